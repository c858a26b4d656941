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
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.permission_policies.pages import PagePermissionPolicy

from clinic_site.core.reports import ClinicReportView

from ..answers.lists import TopicPage
from .models import Feedback
from .months import FeedbackOfAnswerView
from .words import REASONS, helpful_share, reasons_in_words

RECENT = timedelta(days=90)
WRITERS = ("add", "change", "publish")
EXPORTED = {
    "title": "Answer",
    "recent_votes": "Votes, 90 days",
    "recent_helpful": "Helpful, 90 days",
    "recent_percent": "Helpful %, 90 days",
    "trend": "Change in percentage points from the 90 days before",
    **{f"recent_{value}": f"{label}, 90 days" for value, label in REASONS},
    "votes": "Votes, ever",
    "helpful": "Helpful, ever",
    "percent": "Helpful %, ever",
    **{value: f"{label}, ever" for value, label in REASONS},
}


def recent_from() -> date:
    return timezone.localdate() - RECENT


def trend_in_words(row: dict) -> str:
    points = row["trend"]
    if points is None:
        return ""  # no votes to compare with
    if points == 0:
        return "no change"
    count = f"{abs(points)} point" + ("" if abs(points) == 1 else "s")
    return f"up {count}" if points > 0 else f"down {count}"


def sortable(name: str, label: str, accessor: Callable | None = None) -> Column:
    return Column(name, label=label, sort_key=name, accessor=accessor or name)


class FeedbackFilterSet(WagtailFilterSet):
    votes = django_filters.NumberFilter(
        lookup_expr="gte", min_value=0, label="At least this many votes"
    )
    topic = django_filters.ModelChoiceFilter(
        field_name="page__primary_topic",
        label="Topic",
        queryset=TopicPage.objects.order_by("title"),
    )
    reason = django_filters.ChoiceFilter(
        method="filter_reason",
        label="Reason given in the last 90 days",
        choices=REASONS,
    )

    class Meta:
        model = Feedback
        fields = []

    def filter_reason(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(**{f"recent_{value}__gt": 0})


class AnswersPaginator(WagtailPaginator):
    verbose_name = "answer"
    verbose_name_plural = "answers"


class FeedbackReportView(ClinicReportView):
    """Answers with votes, those that left most readers without help lately first."""

    model = Feedback
    page_title = "Was it helpful?"
    header_icon = "help"
    index_url_name = "feedback_report"
    index_results_url_name = "feedback_report_results"
    permission_policy = PagePermissionPolicy()
    any_permission_required = WRITERS
    filterset_class = FeedbackFilterSet
    paginator_class = AnswersPaginator
    no_results_message = "No reader has voted on an answer that matches."
    is_searchable = True
    search_fields = ["title"]
    default_ordering = "-recent_unhelpful"
    then_by = ("-unhelpful", "title", "page_id")
    columns = [
        TitleColumn(
            "title",
            label="Answer",
            width="30%",
            sort_key="title",
            get_url=lambda row: reverse("feedback_of_answer", args=[row["page_id"]]),
        ),
        sortable("recent_unhelpful", "“No”, 90 days"),
        sortable(
            "recent_percent", "Helpful, 90 days", accessor=helpful_share("recent_")
        ),
        sortable("trend", "Trend", accessor=trend_in_words),
        Column(
            "reasons",
            label="Most frequent reasons, 90 days",
            accessor=reasons_in_words("recent_", most=3),
        ),
        sortable("percent", "Helpful, ever", accessor=helpful_share()),
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


class FeedbackMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        policy = FeedbackReportView.permission_policy
        return policy.user_has_any_permission(request.user, WRITERS)


def menu_item() -> MenuItem:
    url = reverse("feedback_report")
    return FeedbackMenuItem("Was it helpful?", url, icon_name="help", order=500)


def admin_urls() -> list:
    report, of_answer = FeedbackReportView, FeedbackOfAnswerView
    start = "reports/was-it-helpful/"
    return [
        path(start, report.as_view(), name="feedback_report"),
        path(
            f"{start}results/",
            report.as_view(results_only=True),
            name="feedback_report_results",
        ),
        path(f"{start}<int:page_id>/", of_answer.as_view(), name="feedback_of_answer"),
    ]
