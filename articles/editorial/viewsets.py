"""Wagtail's views of pages, where publishing an answer has to be refused in words."""

import json
from functools import partial

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.pages.workflow import (
    CollectWorkflowActionDataView,
    WorkflowActionView,
)
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import TaskState

from clinic_site.core.publishing import NotPublishable

from ..answers import gate
from ..answers.models import AnswerPage
from ..answers.sign_off import content_hash
from . import services
from .checklist import ChecklistSidePanel, standing_of
from .forms import RequestChangesForm, SignOffForm


def say_why(request: HttpRequest, error: NotPublishable, beginning: str) -> None:
    for problem in error.problems:
        messages.error(request, f"{beginning} {problem.message}")


class WithChecklist:
    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        panels.append(ChecklistSidePanel(self.page, self.request))
        return MediaContainer(sorted(panels, key=lambda panel: panel.order))


class AnswerCreateView(WithChecklist, CreateView):
    """A new answer is never live at once: nobody can have signed it off."""

    def publish_action(self) -> HttpResponse:
        refused = NotPublishable([gate.UNSIGNED])
        say_why(self.request, refused, "Saved as a draft, not published.")
        return self.save_action()

    def submit_action(self) -> HttpResponse:
        try:
            return super().submit_action()
        except NotPublishable as error:
            say_why(self.request, error, "Saved as a draft, not published.")
            return self.redirect_and_remain()


class RefusesInWords(WithChecklist):
    """What was typed is a draft by then, and stays one."""

    def form_valid(self, form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except NotPublishable as error:
            say_why(self.request, error, "Saved as a draft, not published.")
            return self.redirect_and_remain()

    def perform_workflow_action(self) -> HttpResponse:
        """Who approves a text as it is makes no new version of it.

        A new one sends Wagtail's workflow back to its start.
        """
        if self.has_content_changes and self.says_the_same():
            self.has_content_changes = False
        return super().perform_workflow_action()

    def says_the_same(self) -> bool:
        """Whether only what the editor adds by itself to a text has changed."""
        formsets = self.form.formsets.values()
        if set(self.form.changed_data) - {"body"} or any(
            formset.has_changed() for formset in formsets
        ):
            return False
        before = services.newest_text(self.real_page_record)
        return content_hash(before) == content_hash(self.form.instance)


class AnswerEditView(RefusesInWords, EditView):
    def perform_workflow_action(self) -> HttpResponse:
        """Wagtail takes the dialog's answers from a field as they come."""
        typed = self.request.POST.get("workflow-action-extra-data") or "{}"
        try:
            answers = json.loads(typed)
            is_form = all(isinstance(v, str | bool | None) for v in answers.values())
        except (ValueError, AttributeError):
            is_form = False
        if not is_form:
            raise BadRequest("These are not the answers of a form.")
        response = super().perform_workflow_action()
        messages.info(self.request, services.whose_turn_it_is(self.page))
        return response


class AnswerRevertView(RefusesInWords, RevisionsRevertView):
    pass


class AnswerCopyView(CopyView):
    def form_valid(self, form) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except NotPublishable as error:
            say_why(self.request, error, "Not copied.")
            return self.form_invalid(form)


class SignsOff:
    """Gives the form of SignOffTask the text and the person it is about."""

    is_done_here = True

    def get_task_state(self) -> TaskState:
        state = super().get_task_state()
        if state.workflow_state.object_id != str(self.object.pk):
            raise Http404
        return state

    def get_form_class(self):
        if self.action_name == "reject":
            return RequestChangesForm  # Wagtail lets an editor send back without a word
        form_class = super().get_form_class()
        if form_class is not SignOffForm:
            return form_class
        self.text = services.newest_text(self.object)
        clinician = services.clinician_of(self.request.user)
        return partial(SignOffForm, page=self.text, clinician=clinician)

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        is_over = self.task_state.status != TaskState.STATUS_IN_PROGRESS
        if is_over and self.object.workflow_in_progress:
            messages.error(request, services.STEP_IS_OVER.message)
            return redirect(self.redirect_url)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = self.form_class(request.POST)
        try:
            response = super().post(request, *args, **kwargs)
        except NotPublishable as error:
            for problem in error.problems:
                form.add_error(None, problem.message)
        else:
            if form.is_valid() and self.is_done_here:
                messages.info(request, services.whose_turn_it_is(self.object))
            if form.is_valid() or self.in_dialog():
                return response
        if self.in_dialog():
            return self.render_modal_form(request, form)
        for message in form.errors.values():
            messages.error(request, f"Not approved. {' '.join(message)}")
        return redirect(self.redirect_url)

    def in_dialog(self) -> bool:
        return self.request.headers.get("x-requested-with") == "XMLHttpRequest"

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        if isinstance(context.get("form"), SignOffForm):
            context |= {
                "text": self.text,
                "sources_count": len(self.text.sources()),
                "standing": standing_of(self.text),
            }
        return context


class AnswerWorkflowActionView(SignsOff, WorkflowActionView):
    pass


class AnswerCollectWorkflowActionDataView(SignsOff, CollectWorkflowActionDataView):
    """Only asks: the editor's form that is sent next takes the step."""

    is_done_here = False


class AnswerPageViewSet(PageViewSet):
    model = AnswerPage
    # The list of all answers stays what the site has for every list of pages.
    parent_models = ()
    add_view_class = AnswerCreateView
    edit_view_class = AnswerEditView
    revisions_revert_view_class = AnswerRevertView
    copy_view_class = AnswerCopyView
    workflow_action_view_class = AnswerWorkflowActionView
    collect_workflow_action_data_view_class = AnswerCollectWorkflowActionDataView
