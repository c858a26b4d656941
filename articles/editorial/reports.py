"""In Wagtail's Reports menu: what is due for review, and how the sources are."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import django_filters
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, TitleColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.widgets.button import ListingButton
from wagtail.permissions import policy_registry

from clinic_site.core.reports import ClinicReportView
from clinic_site.users.models import User

from ..answers.citations import Citation
from ..answers.lists import TopicPage
from ..answers.models import AnswerPage
from ..answers.review_dates import OLD_SOURCES_YEARS, due_in_words
from ..answers.sources import Source
from .move_review import may_move_some

UNCHECKED_AFTER = timedelta(days=365)


def answers_to_keep_up(user: User) -> QuerySet:
    """Live answers that this person may edit."""
    policy = policy_registry.get_by_type(AnswerPage)
    mine = policy.instances_user_has_permission_for(user, "change")
    return AnswerPage.objects.live().filter(pk__in=mine.values("pk"))


class ReviewDueFilterSet(WagtailFilterSet):
    due = django_filters.ChoiceFilter(
        label="Due",
        method="filter_due",
        choices=[
            ("0", "Overdue or due today"),
            ("30", "Within 30 days"),
            ("60", "Within 60 days"),
            ("90", "Within 90 days"),
        ],
    )
    primary_topic = django_filters.ModelChoiceFilter(
        label="Topic", queryset=TopicPage.objects.order_by("title")
    )
    evidence = django_filters.MultipleChoiceFilter(
        label="Rating", choices=AnswerPage.Evidence.choices
    )
    owner = django_filters.ModelChoiceFilter(
        label="Owner",
        queryset=lambda request: User.objects.filter(
            pk__in=AnswerPage.objects.live().values("owner")
        ),
    )

    class Meta:
        model = AnswerPage
        fields = ["due", "primary_topic", "evidence", "owner"]

    def filter_due(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        until = timezone.localdate() + timedelta(days=int(value))
        return queryset.filter(review_due__lte=until)


# Columns that a click on their heading sorts by, and what by.
SORTED_BY = {
    "review_due": "review_due",
    "get_evidence_display": "evidence",
    "newest_year": "newest_year",
    "signed_on": "sign_off__created_at",
}


class AnswerColumn(ButtonsColumnMixin, TitleColumn):
    def get_buttons(
        self, instance: AnswerPage, parent_context: dict
    ) -> list[ListingButton]:
        if not may_move_some(parent_context["request"].user):
            return []
        url = reverse("move_review_date", args=[instance.pk])
        name = {"aria-label": f"Move review date of {instance.title}"}
        return [ListingButton("Move review date", url=url, attrs=name)]


class ReviewDueView(ClinicReportView):
    """The most urgent first; answers without a date last."""

    model = AnswerPage
    page_title = "Due for review"
    header_icon = "calendar-alt"
    any_permission_required = ["add", "change", "publish"]
    index_url_name = "review_due_report"
    index_results_url_name = "review_due_report_results"
    filterset_class = ReviewDueFilterSet
    no_results_message = "No live answer matches."
    export_filename = "due-for-review"
    export_headings = {
        "title": "Answer",
        "in_words": "Review",
        "review_due": "Due on",
        "get_evidence_display": "Rating",
        "newest_year": "Newest source",
        "signed_by": "Signed off by",
        "signed_on": "Signed off on",
        "owner_name": "Owner",
    }
    list_export = list(export_headings)
    columns = [
        AnswerColumn(
            "title",
            label="Answer",
            width="30%",
            sort_key="title",
            url_name="wagtailadmin_pages:edit",
        ),
        *(
            Column(name, label=label, sort_key=SORTED_BY.get(name))
            for name, label in [*export_headings.items()][1:]
        ),
    ]
    default_ordering = "review_due"
    is_searchable = True
    search_fields = ["title"]
    search_backend_name = None  # by words of the title, in the order of the dates

    def get_base_queryset(self) -> QuerySet:
        newest = (
            Citation.objects.filter(page=OuterRef("pk"))
            .order_by()
            .values("page")
            .annotate(newest=Max("source__year"))
        )
        return (
            answers_to_keep_up(self.request.user)
            .select_related("owner", "sign_off__clinician")
            .defer("body", "changes")
            .annotate(newest_year=Subquery(newest.values("newest")))
        )

    def decorate_paginated_queryset(
        self, object_list: Iterable[AnswerPage]
    ) -> Iterable[AnswerPage]:
        today = timezone.localdate()
        for page in object_list:
            page.in_words = due_in_words(page.review_due, today).capitalize()
            page.signed_by = page.sign_off and page.sign_off.clinician
            page.signed_on = page.sign_off and page.sign_off.signed_on
            page.owner_name = page.owner and get_user_display_name(page.owner)
        return object_list


class SourceHealthFilterSet(WagtailFilterSet):
    problem = django_filters.ChoiceFilter(
        label="What is wrong",
        method="filter_problem",
        choices=[
            ("troubled", "Corrected, doubted or retracted"),
            ("old", f"Over {OLD_SOURCES_YEARS} years old"),
            ("unchecked", "Status not checked for a year"),
        ],
    )

    class Meta:
        model = Source
        fields = ["problem", "kind"]

    def filter_problem(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(source_problems()[value])


def source_problems() -> dict[str, Q]:
    today = timezone.localdate()
    return {
        "troubled": ~Q(status=Source.Status.OK),
        "old": Q(year__lt=today.year - OLD_SOURCES_YEARS),
        "unchecked": Q(status_checked_on=None)
        | Q(status_checked_on__lt=today - UNCHECKED_AFTER),
    }


class SourceHealthView(ClinicReportView):
    """Sources of live answers that somebody should look at."""

    model = Source
    page_title = "Old or troubled sources"
    header_icon = "warning"
    any_permission_required = ["change"]
    index_url_name = "source_health_report"
    index_results_url_name = "source_health_report_results"
    filterset_class = SourceHealthFilterSet
    no_results_message = "No source of a live answer needs a look."
    export_filename = "sources"
    export_headings = {
        "title": "Source",
        "container": "Published in",
        "year": "Year",
        "get_status_display": "Status",
        "status_note": "About the status",
        "checked": "Status checked",
        "live_answers": "Live answers citing it",
    }
    list_export = list(export_headings)
    columns = [
        TitleColumn(
            "title", label="Source", url_name="wagtailsnippets_articles_source:edit"
        ),
        *(Column(name, label=label) for name, label in [*export_headings.items()][1:]),
    ]

    def get_base_queryset(self) -> QuerySet:
        problems = source_problems()
        is_live = Q(citations__page__live=True)
        return (
            Source.objects.filter(
                problems["troubled"] | problems["old"] | problems["unchecked"]
            )
            .annotate(live_answers=Count("citations", filter=is_live))
            .filter(live_answers__gt=0)
            .order_by("-live_answers", "year", "title")
        )

    def decorate_paginated_queryset(
        self, object_list: Iterable[Source]
    ) -> Iterable[Source]:
        today = timezone.localdate()
        for source in object_list:
            day = source.status_checked_on
            source.checked = "Never"
            if day:
                source.checked = (
                    f"{timesince(day, today, depth=1)} ago" if day < today else "Today"
                )
        return object_list


class ReportMenuItem(MenuItem):
    """Shown to those who may open the report."""

    def __init__(self, view: type[ClinicReportView]) -> None:
        self.view = view
        super().__init__(
            view.page_title, reverse(view.index_url_name), icon_name=view.header_icon
        )

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(self.view.model)
        needed = self.view.any_permission_required
        return policy.user_has_any_permission(request.user, needed)


def menu_item(view: type[ClinicReportView]) -> Callable[[], ReportMenuItem]:
    """For the register_reports_menu_item hook, which asks when addresses are known."""
    return lambda: ReportMenuItem(view)
