"""What readers said about each answer, for those who write them."""

from collections.abc import Callable
from datetime import date, timedelta

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from .models import Feedback

RECENT = timedelta(days=90)
WRITERS = ("add", "change", "publish")
EXPORTED = {
    "title": "Answer",
    "recent_votes": "Votes, 90 days",
    "recent_helpful": "Helpful, 90 days",
    "recent_percent": "Helpful %, 90 days",
    "votes": "Votes, ever",
    "helpful": "Helpful, ever",
    "percent": "Helpful %, ever",
    **{str(value): label for value, label in Feedback.Reason.choices},
}


def recent_from() -> date:
    return timezone.localdate() - RECENT


def reasons(row: dict) -> list[tuple[str, int]]:
    given = [(label, row[value]) for value, label in Feedback.Reason.choices]
    return sorted(
        [(label, count) for label, count in given if count],
        key=lambda reason: -reason[1],
    )


def reasons_in_words(row: dict) -> str:
    return "; ".join(f"{label}: {count}" for label, count in reasons(row))


def share(percent: str, whole: str) -> Callable[[dict], str]:
    def in_words(row: dict) -> str:
        return f"{row[percent]} % of {row[whole]}" if row[whole] else "no votes"

    return in_words


class FeedbackFilterSet(WagtailFilterSet):
    votes = django_filters.NumberFilter(
        lookup_expr="gte", min_value=0, label="At least this many votes"
    )

    class Meta:
        model = Feedback
        fields = []


class FeedbackReportView(ReportView):
    """Answers with votes, those that left most readers without help lately first."""

    model = Feedback
    page_title = "Was it helpful?"
    header_icon = "help"
    index_url_name = "feedback_report"
    index_results_url_name = "feedback_report_results"
    permission_policy = PagePermissionPolicy()
    any_permission_required = WRITERS
    filterset_class = FeedbackFilterSet
    is_searchable = True
    search_fields = ["title"]
    default_ordering = "-recent_unhelpful"
    columns = [
        TitleColumn(
            "title",
            label="Answer",
            width="30%",
            sort_key="title",
            get_url=lambda row: reverse(
                "wagtailadmin_pages:edit", args=[row["page_id"]]
            ),
        ),
        Column("recent_unhelpful", label="“No”, 90 days", sort_key="recent_unhelpful"),
        Column(
            "recent_percent",
            label="Helpful, 90 days",
            sort_key="recent_percent",
            accessor=share("recent_percent", "recent_votes"),
        ),
        Column("unhelpful", label="“No”, ever", sort_key="unhelpful"),
        Column(
            "percent",
            label="Helpful, ever",
            sort_key="percent",
            accessor=share("percent", "votes"),
        ),
        Column("reasons", label="Reasons, ever", accessor=reasons_in_words),
    ]
    list_export = list(EXPORTED)
    export_headings = EXPORTED
    export_filename = "was-it-helpful"

    def get_base_queryset(self) -> QuerySet:
        pages = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, WRITERS
        )
        votes = Feedback.objects.filter(page__in=pages.values("pk"))
        return votes.by_answer(recent_from=recent_from())

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.order_by(self.ordering, "-unhelpful", "title", "page_id")


class FeedbackMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        policy = FeedbackReportView.permission_policy
        return policy.user_has_any_permission(request.user, WRITERS)


def menu_item() -> MenuItem:
    url = reverse("feedback_report")
    return FeedbackMenuItem("Was it helpful?", url, icon_name="help", order=500)


def admin_urls() -> list:
    results = FeedbackReportView.as_view(results_only=True)
    return [
        path(
            "reports/was-it-helpful/",
            FeedbackReportView.as_view(),
            name="feedback_report",
        ),
        path(
            "reports/was-it-helpful/results/", results, name="feedback_report_results"
        ),
    ]
