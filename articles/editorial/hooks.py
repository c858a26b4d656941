"""What the slice offers to Wagtail's admin. articles/wagtail_hooks.py registers it."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.actions import ActionRegistry
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.admin.widgets.button import Button
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page, PageLogEntry

from clinic_site.core.worker import schedule
from clinic_site.users.models import User

from ..answers import gate
from ..answers.models import AnswerPage
from . import audit, publishing, review, services, urls
from .viewsets import AnswerPageViewSet
from .workflow import SignOffTask


def register_answers() -> AnswerPageViewSet:
    others = page_viewset_registry.get_by_type(Page)
    return AnswerPageViewSet(unpublish_view_class=others.unpublish_view_class)


def refuse_unsigned(request: HttpRequest, page: Page) -> None:
    """Before Wagtail sets a schedule; AnswerEditView says why."""
    if isinstance(page, AnswerPage):
        gate.check(page)


def refuse_unsigned_among_many(
    request: HttpRequest, action_type: str, objects: list, action: BulkAction
) -> HttpResponse | None:
    if action_type == "publish" and action.model is Page:
        return publishing.refuse_bulk_publishing(request, objects, action)
    return None


def register_publishing(registry: ActionRegistry) -> None:
    # For Page: API v3 looks no further down.
    registry.register(Page, publishing.PublishIfSignedOffAction)


def guard_admin_api(router: WagtailAPIRouter) -> None:
    name, api = router.get_model_endpoint(Page)
    router.register_endpoint(name, publishing.guarded(api))


def admin_urls() -> list:
    return urls.urlpatterns


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


def put_sign_off_first(
    items: list[ActionMenuItem], request: HttpRequest, context: dict
) -> None:
    """What a clinician has come for is the button; the rest lies behind it."""
    page = context.get("page")
    if isinstance(page, AnswerPage) and isinstance(
        page.current_workflow_task, SignOffTask
    ):
        items.sort(key=lambda item: item.name != "approve")


class OverriddenFormatter(LogFormatter):
    label = "Publish without sign-off"

    def format_message(self, log_entry: PageLogEntry) -> str:
        return f"Published without a sign-off: {log_entry.data['reason']}"


class MovedFormatter(LogFormatter):
    label = "Move review date"

    def format_message(self, log_entry: PageLogEntry) -> str:
        data = log_entry.data
        return f"Review date moved from {data['from'] or 'none'} to {data['to']}"

    def format_comment(self, log_entry: PageLogEntry) -> str:
        return log_entry.data["reason"]


class ScheduleRefusedFormatter(LogFormatter):
    label = "Scheduled publishing refused"

    def format_message(self, log_entry: PageLogEntry) -> str:
        return f"Did not go live as planned: {' '.join(log_entry.data['reasons'])}"


def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(services.OVERRIDDEN)(OverriddenFormatter)
    actions.register_action(review.MOVED)(MovedFormatter)
    actions.register_action(schedule.REFUSED)(ScheduleRefusedFormatter)
    actions.register_action(
        audit.FOUND, "Live without sign-off", "Live text matches no sign-off"
    )
