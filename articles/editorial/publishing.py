"""Wagtail's other ways to publish, each refused before anything has happened."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin.api.actions.publish import PublishPageAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from clinic_site.core.publishing import NotPublishable

from ..answers import gate
from ..answers.models import AnswerPage
from .services import newest_text


class PublishIfSignedOffAction(PublishPageRevisionAction):
    """For the APIs. Wagtail's own sets a schedule without saving the page."""

    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks)
        if isinstance(self.object, AnswerPage):
            gate.check(self.object)


class PublishIfSignedOffAPIAction(PublishPageAPIAction):
    def _action_from_data(self, instance: Page, data: dict) -> PublishIfSignedOffAction:
        user = self.request.user
        revision = instance.get_latest_revision() or instance.save_revision(user=user)
        return PublishIfSignedOffAction(revision, user=user)


def guarded(api: type[PagesAdminAPIViewSet]) -> type[PagesAdminAPIViewSet]:
    """The API of pages the site has by now, with publishing replaced."""
    actions = {**api.actions, "publish": PublishIfSignedOffAPIAction}
    return type(api.__name__, (api,), {"actions": actions})


def refuse_bulk_publishing(
    request: HttpRequest, pages: list[Page], action: PageBulkAction
) -> HttpResponse | None:
    """All or nothing: with one that must not go live, none does."""
    below = action.cleaned_form.cleaned_data.get("include_descendants", False)
    refused = list(_refused(pages, with_those_below=below))
    if not refused:
        return None
    messages.error(request, "Nothing was published. Leave these out, or finish them:")
    for page, error in refused:
        words = " ".join(problem.message for problem in error.problems)
        messages.error(request, f"{page.get_admin_display_title()}: {words}")
    return redirect(action.next_url)


def _refused(
    pages: list[Page], *, with_those_below: bool
) -> Iterator[tuple[Page, NotPublishable]]:
    chosen = {page.pk for page in pages}
    answers = AnswerPage.objects.filter(pk__in=chosen)
    if with_those_below:
        for page in pages:
            answers |= AnswerPage.objects.descendant_of(page).not_live()
    for page in answers:
        try:
            gate.check(newest_text(page))
        except NotPublishable as error:
            yield page, error
