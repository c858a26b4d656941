"""What the slice offers to Wagtail's admin. articles/wagtail_hooks.py loads it."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail import hooks
from wagtail.actions import ActionRegistry
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.admin.widgets.button import Button
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import policy_registry

from clinic_site.core.worker import schedule
from clinic_site.users.models import User

from ..answers import gate
from ..answers.models import AnswerPage
from . import audit, publishing, services, urls
from .viewsets import AnswerPageViewSet

# After whatever else the site puts in the place of Wagtail's own.
LAST = 200


@hooks.register("register_admin_viewset", order=LAST)
def register_answers() -> AnswerPageViewSet:
    others = page_viewset_registry.get_by_type(Page)
    return AnswerPageViewSet(unpublish_view_class=others.unpublish_view_class)


@hooks.register("before_publish_page")
def refuse_unsigned(request: HttpRequest, page: Page) -> None:
    """Before Wagtail sets a schedule; AnswerEditView says why."""
    if isinstance(page, AnswerPage):
        gate.check(page)


@hooks.register("before_bulk_action")
def refuse_unsigned_among_many(
    request: HttpRequest, action_type: str, objects: list, action: BulkAction
) -> HttpResponse | None:
    if action_type == "publish" and action.model is Page:
        return publishing.refuse_bulk_publishing(request, objects, action)
    return None


@hooks.register("register_actions", order=LAST)
def register_publishing(registry: ActionRegistry) -> None:
    # For Page: API v3 looks no further down.
    registry.register(Page, publishing.PublishIfSignedOffAction)


@hooks.register("construct_admin_api", order=LAST)
def guard_admin_api(router: WagtailAPIRouter) -> None:
    name, api = router.get_model_endpoint(Page)
    router.register_endpoint(name, publishing.guarded(api))


@hooks.register("register_admin_urls")
def register_editorial_urls() -> list:
    return urls.urlpatterns


@hooks.register("register_page_header_buttons")
def offer_override(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if isinstance(page, AnswerPage) and user.is_superuser and view_name == "edit":
        yield Button(
            "Publish without sign-off",
            url=reverse("publish_without_sign_off", args=[page.pk]),
            icon_name="warning",
            priority=90,
        )


class PagesReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(Page)
        return policy.user_has_any_permission(
            request.user, ["add", "change", "publish"]
        )


@hooks.register("register_reports_menu_item")
def register_unsigned_report() -> MenuItem:
    return PagesReportMenuItem(
        "Live without sign-off",
        reverse("live_without_sign_off"),
        name="live-without-sign-off",
        icon_name="warning",
        order=1110,
    )


class OverriddenFormatter(LogFormatter):
    label = "Publish without sign-off"

    def format_message(self, log_entry: PageLogEntry) -> str:
        return f"Published without a sign-off: {log_entry.data['reason']}"


class ScheduleRefusedFormatter(LogFormatter):
    label = "Scheduled publishing refused"

    def format_message(self, log_entry: PageLogEntry) -> str:
        return f"Did not go live as planned: {' '.join(log_entry.data['reasons'])}"


@hooks.register("register_log_actions")
def register_editorial_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(services.OVERRIDDEN)(OverriddenFormatter)
    actions.register_action(schedule.REFUSED)(ScheduleRefusedFormatter)
    actions.register_action(
        audit.FOUND, "Live without sign-off", "Live text matches no sign-off"
    )
