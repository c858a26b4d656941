"""Registers what the slices offer to Wagtail's admin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from wagtail import hooks
from wagtail.actions import ActionRegistry
from wagtail.admin.menu import MenuItem
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import policy_registry

from clinic_site.core.models.pages import was_ever_live

from .retire import bulk, deletion, report, services, views

# After Wagtail's own, which these take the place of.
LAST = 100

for action in (bulk.WithdrawBulkAction, bulk.DeleteDraftsBulkAction):
    hooks.register("register_bulk_action", action, order=LAST)


@hooks.register("register_admin_viewset", order=LAST)
def register_pages() -> views.RetiringPageViewSet:
    return views.RetiringPageViewSet()


@hooks.register("register_actions", order=LAST)
def register_page_actions(registry: ActionRegistry) -> None:
    registry.register(Page, deletion.DeleteDraftAction)


@hooks.register("construct_admin_api", order=LAST)
def guard_admin_api(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", deletion.PagesAPIViewSet)


@hooks.register("before_delete_page")
def archive_instead(request: HttpRequest, page: Page) -> HttpResponse | None:
    return redirect("archive_page", page.pk) if was_ever_live(page) else None


@hooks.register("register_admin_urls")
def register_retiring_urls() -> list:
    archived = report.ArchivedPagesView
    return [
        path(
            "pages/<int:page_id>/archive/",
            views.ArchiveView.as_view(),
            name="archive_page",
        ),
        path(
            "pages/<int:page_id>/restore/",
            views.restore_page,
            name="restore_page",
        ),
        path("reports/archived-pages/", archived.as_view(), name="archived_pages"),
        path(
            "reports/archived-pages/results/",
            archived.as_view(results_only=True),
            name="archived_pages_results",
        ),
    ]


class ArchivedPagesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(Page)
        return policy.user_has_permission(request.user, "publish")


@hooks.register("register_reports_menu_item")
def register_archived_pages() -> MenuItem:
    return ArchivedPagesMenuItem(
        "Archived pages",
        reverse("archived_pages"),
        name="archived-pages",
        icon_name="folder",
        order=1150,
    )


@hooks.register("register_log_actions")
def register_retiring_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(services.ARCHIVED, "Archive", "Archived")
    actions.register_action(services.RESTORED, "Restore", "Restored as a draft")
