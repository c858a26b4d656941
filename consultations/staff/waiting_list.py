"""Who waits for a time, in turn; and taking somebody off the list, or back on."""

from uuid import UUID

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.permission_policies import ModelPermissionPolicy

from clinic_site.core.models import Clinic
from clinic_site.core.transactions import Busy

from ..models import AppointmentKind, Submission, WaitingEntry
from ..waiting import services
from . import cases
from .booking_facts import place
from .inbox import age, case_url, visit_time

State = WaitingEntry.State


class WaitingFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        choices=[("on_the_list", "On the list"), *State.choices],
        label="State",
        method="filter_state",
    )
    kind = django_filters.ModelChoiceFilter(
        field_name="appointment_kind",
        queryset=AppointmentKind.objects.all(),
        label="Kind",
    )
    clinic = django_filters.ModelChoiceFilter(
        queryset=Clinic.objects.all(), label="Clinic"
    )

    class Meta:
        model = WaitingEntry
        fields = []

    def filter_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == "on_the_list":
            return queryset.on_the_list()
        return queryset.filter(state=value)


def times(entry: WaitingEntry) -> str:
    weekdays = ", ".join(name[:3] for name in entry.weekday_names())
    return f"{weekdays or 'Any day'}; {entry.get_part_of_day_display().lower()}"


class WaitingListView(generic.IndexView):
    model = WaitingEntry
    page_title = "Waiting list"
    header_icon = "list-ol"
    permission_policy = ModelPermissionPolicy(Submission)
    any_permission_required = ["view"]
    index_url_name = "consultations:waiting_list"
    index_results_url_name = "consultations:waiting_list_results"
    inspect_url_name = "consultations:case"
    filterset_class = WaitingFilterSet
    is_searchable = True
    default_ordering = "created_at"  # whose turn it is stands first
    paginate_by = 30
    FORMATS = ()  # no export, not even of an empty table by a hand-made link
    columns = [
        TitleColumn("reference", label="Reference", get_url=case_url),
        Column("name", label="Name", sort_key="name"),
        Column("kind", label="Kind", accessor="appointment_kind.name"),
        Column("place", label="Place", accessor=place),
        Column("days", label="Days", accessor=visit_time, sort_key="last_day"),
        Column("times", label="Times", accessor=times),
        Column("created_at", label="Waits since", accessor=age, sort_key="created_at"),
        StatusTagColumn(
            "state",
            label="State",
            accessor="get_state_display",
            sort_key="state",
            primary=lambda entry: entry.is_on_the_list,
        ),
    ]

    def get_base_queryset(self) -> QuerySet:
        return WaitingEntry.objects.select_related("appointment_kind", "clinic")

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.matching(self.search_query) if self.is_searching else queryset


def get_entry(request: HttpRequest, pk: UUID) -> WaitingEntry:
    entry = get_object_or_404(WaitingEntry, pk=pk)
    if not cases.may_change(request.user, entry):
        raise PermissionDenied
    return entry


@require_POST
def take_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """On the telephone, say. No mail goes out."""
    return change(request, pk, services.leave, State.LEFT, "is off the waiting list")


@require_POST
def put_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """After taking them off by mistake; they get back the place they had."""
    return change(request, pk, services.rejoin, None, "is back on the waiting list")


def change(
    request: HttpRequest, pk: UUID, do, wanted: State | None, done: str
) -> HttpResponse:
    entry = get_entry(request, pk)
    try:
        current = do(entry=entry, actor=request.user)
    except Busy:
        messages.error(request, "That could not be done just now. Please try again.")
        return redirect("consultations:case", pk)
    came_so = current.state == wanted if wanted else current.is_on_the_list
    if came_so:
        messages.success(request, f"{entry.reference} {done}.")
    else:
        messages.error(
            request,
            f"{entry.reference} cannot be changed so: "
            f"it is “{current.get_state_display()}”.",
        )
    return redirect("consultations:case", pk)
