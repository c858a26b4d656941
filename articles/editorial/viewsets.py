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

OVERTAKEN = (
    "Not approved: somebody saved another text after you opened this. Yours is the "
    "newest version now. Compare the two in the history, then approve."
)


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

    def form_invalid(self, form) -> HttpResponse:
        """A step taken twice finds the page locked for the next one."""
        if self.is_step_over() and form.is_valid() and self.says_the_same():
            return self.say_that_step_is_over()
        return super().form_invalid(form)

    def save_action(self) -> HttpResponse:
        """Wagtail comes here too with a step that is over."""
        if not self.is_step_over():
            return super().save_action()
        response = None if self.says_the_same() else super().save_action()
        return self.say_that_step_is_over(response)

    def workflow_action_is_valid(self) -> bool:
        self.step = self.page.current_workflow_task_state
        return super().workflow_action_is_valid()

    def is_step_over(self) -> bool:
        is_asked = bool(self.request.POST.get("action-workflow-action"))
        return is_asked and self.action_name == "save"

    def say_that_step_is_over(
        self, response: HttpResponse | None = None
    ) -> HttpResponse:
        now = services.whose_turn_it_is(self.page)
        messages.warning(self.request, f"{services.STEP_IS_OVER.message} {now}")
        return response or self.redirect_away()

    def perform_workflow_action(self) -> HttpResponse:
        """In place of Wagtail's, which approves the text as it was before this form.

        Who approves a text as it is makes no new version of it.
        """
        answers = self.answers()
        if not self.says_the_same():
            response = self.save_action()
            if self.has_unsaved_changes:
                return response
            if self.is_out_of_date and self.workflow_action == "approve":
                messages.error(self.request, OVERTAKEN)
                return response
        try:
            services.take_step(
                task_state=self.step,
                user=self.request.user,
                action=self.workflow_action,
                answers=answers,
            )
        except services.StepIsOver:
            return self.say_that_step_is_over()
        messages.info(self.request, services.whose_turn_it_is(self.page))
        return self.redirect_away()

    def answers(self) -> dict:
        """Of the dialog, from a field that Wagtail takes as it comes."""
        typed = self.request.POST.get("workflow-action-extra-data") or "{}"
        try:
            answers = json.loads(typed)
            is_form = all(isinstance(v, str | bool | None) for v in answers.values())
        except (ValueError, AttributeError):
            is_form = False
        if not is_form:
            raise BadRequest("These are not the answers of a form.")
        return answers

    def says_the_same(self) -> bool:
        """Whether only what the editor adds by itself to a text has changed."""
        if self.is_reverting:
            return False
        formsets = self.form.formsets.values()
        if set(self.form.changed_data) - {"body"} or any(
            formset.has_changed() for formset in formsets
        ):
            return False
        before = services.newest_text(self.real_page_record)
        return content_hash(before) == content_hash(self.form.instance)


class AnswerEditView(RefusesInWords, EditView):
    pass


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
