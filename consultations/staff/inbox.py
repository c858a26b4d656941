"""The list of everything visitors sent, newest first."""

from datetime import timedelta

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.permission_policies import ModelPermissionPolicy

from clinic_site.core.models import Clinic

from ..models import FreeConsultation, Submission, WaitingEntry
from .booking_facts import place
from .clock import when

AGES = {
    "today": ("Today", None),
    "1": ("Older than a day", timedelta(days=1)),
    "3": ("Older than three days", timedelta(days=3)),
    "7": ("Older than a week", timedelta(days=7)),
}


class SubmissionFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(choices=Submission.Kind.choices)
    status = django_filters.ChoiceFilter(
        choices=[("open", "New or in progress"), *Submission.Status.choices],
        method="filter_status",
    )
    clinic = django_filters.ModelChoiceFilter(
        queryset=Clinic.objects.all(), label="Clinic", method="filter_clinic"
    )
    age = django_filters.ChoiceFilter(
        label="Age",
        choices=[(key, label) for key, (label, _) in AGES.items()],
        method="filter_age",
    )

    class Meta:
        model = Submission
        fields = ["kind", "status"]

    def filter_status(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.open() if value == "open" else queryset.filter(status=value)

    def filter_clinic(self, queryset: QuerySet, name: str, value: Clinic) -> QuerySet:
        comes = Q(freeconsultation__clinic=value) | Q(waitingentry__clinic=value)
        return queryset.filter(comes)

    def filter_age(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        age = AGES[value][1]
        if age:
            return queryset.older_than(age)
        return queryset.filter(created_at__date=timezone.localdate())


def wish_or_visit(submission: Submission) -> FreeConsultation | WaitingEntry | None:
    """What of it is about coming; None for online consultations."""
    if isinstance(submission, FreeConsultation | WaitingEntry):
        return submission
    for name in ("freeconsultation", "waitingentry"):
        if found := getattr(submission, name, None):
            return found
    return None


def visit_place(submission: Submission) -> str:
    """Where the person comes, or would like to; empty for online consultations."""
    found = wish_or_visit(submission)
    return place(found) if found else ""


def visit_time(submission: Submission) -> str:
    """When the person comes, or between which days they could."""
    found = wish_or_visit(submission)
    if isinstance(found, WaitingEntry):
        first, last = found.first_day, found.last_day
        return f"{first.day} {first:%b} to {last.day} {last:%b %Y}"
    if found is None:
        return ""
    return when(found.starts_at) if found.starts_at else "No time yet"


def case_url(submission: Submission) -> str:
    return reverse("consultations:case", args=[submission.pk])


def age(submission: Submission) -> str:
    return timesince(submission.created_at, depth=1) + " ago"


class InboxView(generic.IndexView):
    """Shows contact details only; answers and photos are on the case's own page."""

    model = Submission
    page_title = "Consultations"
    header_icon = "mail"
    permission_policy = ModelPermissionPolicy(Submission)
    any_permission_required = ["view"]
    index_url_name = "consultations:inbox"
    index_results_url_name = "consultations:inbox_results"
    inspect_url_name = "consultations:case"
    filterset_class = SubmissionFilterSet
    is_searchable = True
    default_ordering = "-created_at"
    paginate_by = 30
    FORMATS = ()  # no export, not even of an empty table by a hand-made link
    columns = [
        TitleColumn("reference", label="Reference", get_url=case_url),
        Column("kind", label="Kind", accessor="get_kind_display", sort_key="kind"),
        Column("name", label="Name", sort_key="name"),
        Column("place", label="Place", accessor=visit_place),
        Column("visit", label="Visit", accessor=visit_time),
        StatusTagColumn(
            "status",
            label="Status",
            accessor="get_status_display",
            sort_key="status",
            primary=lambda submission: submission.status == "new",
        ),
        Column("created_at", label="Received", accessor=age, sort_key="created_at"),
    ]

    def get_base_queryset(self) -> QuerySet:
        return Submission.objects.select_related(
            "freeconsultation__clinic",
            "freeconsultation__appointment_kind",
            "waitingentry__clinic",
            "waitingentry__appointment_kind",
        ).defer("freeconsultation__note")

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.matching(self.search_query) if self.is_searching else queryset
