"""The first screen of the admin: what needs me now, by what each person may do.

Wagtail's two workflow panels are replaced: they ask several questions for each row.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.models import (
    Page,
    PageLogEntry,
    Revision,
    TaskState,
    WorkflowState,
    get_default_page_content_type,
)
from wagtail.permissions import policy_registry

from clinic_site.core.models import Heartbeat
from clinic_site.core.worker import heartbeat, schedule
from clinic_site.users.models import User

from ..answers.review_dates import due_in_words, is_overdue
from ..answers.source_admin import answers_with_source_tasks
from .reports import answers_to_keep_up

SHOWN = 10  # rows of a panel; what is over is counted
DUE_WITHIN = timedelta(days=30)
LATE_AFTER = timedelta(minutes=5)
REFUSED_WITHIN = timedelta(days=7)


def page_rights(user: User) -> set[str]:
    """What somebody may do to pages, anywhere: "add_page", "change_page" and so on."""
    policy = policy_registry.get_by_type(Page)
    if user.is_superuser:
        return {"add_page", "change_page", "publish_page"}
    granted = policy.get_cached_permissions_for_user(user)
    return {grant.permission.codename for grant in granted}


class DashboardPanel(Component):
    """For one person. `context` gives the template what differs from panel to panel."""

    heading = ""
    icon = ""
    nothing = ""

    def is_shown(self, user: User) -> bool:
        raise NotImplementedError

    def context(self, user: User) -> dict:
        raise NotImplementedError

    def get_context_data(self, parent_context: dict) -> dict:
        user = parent_context["request"].user
        words = {"heading": self.heading, "nothing": self.nothing}
        return {"name": self.name, "icon": self.icon, **words, **self.context(user)}

    def render_html(self, parent_context: dict | None = None) -> str:
        if not self.is_shown(parent_context["request"].user):
            return ""
        return super().render_html(parent_context)


def first_rows(queryset: QuerySet) -> tuple[list, int]:
    """The rows to show, and how many more there are."""
    found = list(queryset[: SHOWN + 1])
    if len(found) <= SHOWN:
        return found, 0
    return found[:SHOWN], queryset.count() - SHOWN


class WaitingForMePanel(DashboardPanel):
    """Tasks I can act on, texts sent back to me, and mine that others have."""

    name = "waiting-for-me"
    heading = "Waiting for me"
    icon = "tasks"
    nothing = "Nothing waits for you."
    template_name = "editorial/dashboard_waiting.html"
    order = 100

    def is_shown(self, user: User) -> bool:
        return bool(page_rights(user))

    def context(self, user: User) -> dict:
        tasks = (
            TaskState.objects.reviewable_by(user)
            .select_related("task", "revision", "workflow_state__requested_by")
            .defer("revision__content")
            .order_by("started_at")
        )
        mine = workflows_of(user)
        back = mine.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
        away = mine.filter(status=WorkflowState.STATUS_IN_PROGRESS).exclude(
            current_task_state__in=tasks.order_by().values("pk")
        )
        tasks, more_tasks = first_rows(tasks)
        back, more_back = first_rows(back.order_by("current_task_state__finished_at"))
        away, more_away = first_rows(away.order_by("current_task_state__started_at"))
        return {
            "me": user,
            "tasks": tasks,
            "back": back,
            "away": away,
            "more": more_tasks + more_back + more_away,
            "report_url": reverse("wagtailadmin_reports:workflow"),
        }


def workflows_of(user: User) -> QuerySet:
    """Those somebody asked for, and those of pages that belong to them."""
    own = Page.objects.filter(
        owner=user, pk=Cast(OuterRef("object_id"), output_field=IntegerField())
    )
    return (
        WorkflowState.objects.filter(base_content_type=get_default_page_content_type())
        .filter(Q(requested_by=user) | Exists(own))
        .select_related(
            "requested_by",
            "current_task_state__task",
            "current_task_state__finished_by",
            "current_task_state__revision",
        )
        .defer("current_task_state__revision__content")
    )


class ReviewDuePanel(DashboardPanel):
    """Overdue and the next 30 days, one's own first."""

    name = "due-for-review"
    heading = "Due for review"
    icon = "calendar-alt"
    nothing = "Nothing is due within 30 days."
    template_name = "editorial/dashboard_review.html"
    order = 110

    def is_shown(self, user: User) -> bool:
        return bool(page_rights(user) & {"add_page", "change_page"})

    def context(self, user: User) -> dict:
        today = timezone.localdate()
        due = (
            answers_to_keep_up(user)
            .filter(review_due__lte=today + DUE_WITHIN)
            .select_related("owner")
            .only("title", "review_due", "owner")
            .order_by(Case(When(owner=user, then=0), default=1), "review_due", "title")
        )
        pages, more = first_rows(due)
        rows = [
            {
                "page": page,
                "in_words": due_in_words(page.review_due, today),
                "is_overdue": is_overdue(page.review_due, today),
                "is_mine": page.owner_id == user.pk,
            }
            for page in pages
        ]
        report_url = reverse("review_due_report")
        return {"rows": rows, "more": more, "report_url": report_url}


class SchedulesPanel(DashboardPanel):
    """Whether the worker lives, and what it has not done or was refused."""

    name = "schedules"
    heading = "Schedules"
    icon = "time"
    nothing = "No schedule is late, and none was refused in the last 7 days."
    template_name = "editorial/dashboard_schedules.html"
    order = 120

    def is_shown(self, user: User) -> bool:
        rights = page_rights(user)
        return "publish_page" in rights or {"add_page", "change_page"} <= rights

    def context(self, user: User) -> dict:
        now = timezone.now()
        late, more_late = first_rows(
            Revision.page_revisions.filter(approved_go_live_at__lt=now - LATE_AFTER)
            .defer("content")
            .order_by("approved_go_live_at")
        )
        expired, more_expired = first_rows(
            Page.objects.live()
            .filter(expire_at__lt=now - LATE_AFTER)
            .order_by("expire_at")
        )
        refused, more_refused = first_rows(
            PageLogEntry.objects.filter(
                action=schedule.REFUSED, timestamp__gte=now - REFUSED_WITHIN
            ).order_by("-timestamp")
        )
        beat = Heartbeat.objects.filter(name=heartbeat.WORKER).first()
        return {
            "late": late,
            "expired": expired,
            "refused": refused,
            "more": more_late + more_expired + more_refused,
            "beat_at": beat and beat.beat_at,
            "is_late": beat is None or now - beat.beat_at > settings.WORKER_LATE_AFTER,
            "seconds": beat and max(0, round((now - beat.beat_at).total_seconds())),
        }


class SourceTasksPanel(DashboardPanel):
    """Live answers whose sources were retracted, corrected or are in doubt."""

    name = "source-tasks"
    heading = "Open tasks on sources"
    icon = "warning"
    nothing = "No live answer waits for a look at what became of its sources."
    template_name = "editorial/dashboard_sources.html"
    order = 130

    def is_shown(self, user: User) -> bool:
        return user.has_perm("articles.change_source")

    def context(self, user: User) -> dict:
        rows, more = first_rows(answers_with_source_tasks())
        report_url = reverse("source_health_report")
        return {"rows": rows, "more": more, "report_url": report_url}


OURS = (WaitingForMePanel, ReviewDuePanel, SchedulesPanel, SourceTasksPanel)
REPLACED = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)


def show_panels(request: HttpRequest, panels: list[Component]) -> None:
    """For the construct_homepage_panels hook."""
    kept = [panel for panel in panels if not isinstance(panel, REPLACED)]
    panels[:] = [*kept, *(panel() for panel in OURS)]
