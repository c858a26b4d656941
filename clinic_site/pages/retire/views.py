from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.actions.unpublish_page import UnpublishPagePermissionError
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from clinic_site.core.models.pages import ever_live, was_ever_live

from . import services
from .forms import WithdrawForm


class WithdrawView(UnpublishView):
    """Wagtail's "Unpublish", which also asks what visitors find from now on."""

    template_name = "retire/unpublish.html"
    form = None

    def get_form(self) -> WithdrawForm:
        data = self.request.POST if self.request.method == "POST" else None
        return WithdrawForm(data, pages=self.objects_to_unpublish)

    def unpublish(self) -> HttpResponse | None:
        self.form = self.get_form()
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        response = self.run_hook("before_unpublish_page", self.request, self.object)
        if response is not None:
            return response
        for page in self.objects_to_unpublish:
            try:
                services.withdraw(
                    page=page,
                    user=self.request.user,
                    send_to=self.form.cleaned_data["send_to"],
                    include_descendants=self.form.cleaned_data["include_descendants"],
                )
            except services.FrontPageStays as error:
                self.form.add_error(None, str(error))
                return self.render_to_response(self.get_context_data())
        return self.run_hook("after_unpublish_page", self.request, self.object)

    def get_context_data(self, **kwargs) -> dict:
        form = self.form or self.get_form()
        return super().get_context_data(form=form, media=form.media, **kwargs)


class RetiringPageViewSet(PageViewSet):
    """For every type of page that has no viewset of its own."""

    unpublish_view_class = WithdrawView


class ArchiveView(WagtailAdminTemplateMixin, FormView):
    """Where "Delete" leads for a page that visitors have read."""

    template_name = "retire/archive.html"
    form_class = WithdrawForm
    page_title = "Archive"
    header_icon = "doc-empty-inverse"
    breadcrumbs_items = []

    def dispatch(self, request: HttpRequest, page_id: int) -> HttpResponse:
        self.page = get_object_or_404(Page, pk=page_id)
        permissions = self.page.permissions_for_user(request.user)
        self.may_archive = permissions.can_publish()
        may_look = permissions.can_edit() and request.method != "POST"
        if not (self.may_archive or may_look):
            raise PermissionDenied
        if not was_ever_live(self.page):
            return redirect("wagtailadmin_pages:delete", page_id)
        return super().dispatch(request)

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "pages": [self.page], "whole_family": True}

    def form_valid(self, form: WithdrawForm) -> HttpResponse:
        try:
            services.archive(
                page=self.page,
                user=self.request.user,
                send_to=form.cleaned_data["send_to"],
            )
        except services.FrontPageStays as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        except UnpublishPagePermissionError:
            form.add_error(
                None, "A page in it is locked. Nothing was archived; unlock it first."
            )
            return self.form_invalid(form)
        messages.success(self.request, f"“{self.page}” is archived.")
        return redirect(self.back_url())

    def back_url(self) -> str:
        here = reverse("wagtailadmin_explore", args=[self.page.get_parent().pk])
        return get_valid_next_url_from_request(self.request) or here

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "page": self.page,
            "may_archive": self.may_archive,
            "is_live": self.page.live,
            "is_archived": getattr(self.page.specific, "archived_at", None),
            "below_count": ever_live(self.page.get_descendants()).count(),
            "back_url": self.back_url(),
            "media": context["form"].media,
        }


@require_POST
def restore_page(request: HttpRequest, page_id: int) -> HttpResponse:
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    if not getattr(page, "archived_at", None):
        raise Http404("This page was never archived.")
    services.restore(page=page, user=request.user)
    messages.success(request, f"“{page}” is a draft again.")
    return redirect("wagtailadmin_pages:edit", page.pk)
