"""Publishing without a sign-off: superusers only, with a reason that is kept."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from clinic_site.core import errors
from clinic_site.core.publishing import NotPublishable

from ..answers import rules
from ..answers.models import AnswerPage
from . import services
from .checklist import standing_of
from .forms import OverrideForm


class PublishWithoutSignOffView(WagtailAdminTemplateMixin, FormView):
    template_name = "editorial/publish_without_sign_off.html"
    form_class = OverrideForm
    page_title = "Publish without sign-off"
    header_icon = "warning"
    breadcrumbs_items = []

    def dispatch(self, request: HttpRequest, page_id: int) -> HttpResponse:
        if not request.user.is_superuser:
            # Raised, Wagtail would turn it into a redirect.
            return errors.permission_denied(request, PermissionDenied())
        self.page = get_object_or_404(AnswerPage, pk=page_id)
        self.text = services.newest_text(self.page)
        return super().dispatch(request)

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "page": self.text}

    def form_valid(self, form: OverrideForm) -> HttpResponse:
        try:
            services.publish_without_sign_off(
                page=self.page, user=self.request.user, answers=self.request.POST
            )
        except NotPublishable as error:
            for problem in error.problems:
                form.add_error(None, problem.message)
            return self.form_invalid(form)
        messages.success(
            self.request, f"“{self.text.title}” is published without a sign-off."
        )
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def get_page_subtitle(self) -> str:
        return self.text.title

    def get_context_data(self, **kwargs) -> dict:
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "problems": rules.problems(self.text),
            "standing": standing_of(self.text),
        }
