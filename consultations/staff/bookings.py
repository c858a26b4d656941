"""The list of all visits and calls, to narrow down and to search."""

from datetime import date, timedelta
from urllib.parse import urlencode

import django_filters
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from clinic_site.core.models import Clinic
from clinic_site.users.models import User

from ..diary.clock import midnight
from ..models import AppointmentKind, FreeConsultation, Submission
from .booking_facts import place
from .cases import may_change_bookings
from .clock import DAY_VALIDATORS
from .inbox import age, case_url, visit_time

State = FreeConsultation.State
UNMARKED = ("unmarked", "Over and not marked yet")
A_DAY = {"validators": DAY_VALIDATORS}


def list_url(**query) -> str:
    return f"{reverse('consultations:bookings')}?{urlencode(query)}"


def add_buttons(user: User) -> list[HeaderButton]:
    """For who may add a booking."""
    if not may_change_bookings(user):
        return []
    url = reverse("consultations:add_booking")
    return [HeaderButton("Add a booking", url=url, icon_name="plus")]


def state(booking: FreeConsultation) -> str:
    """In words, with what is still to be said about it."""
    is_unmarked = booking.state == State.CONFIRMED and booking.is_over
    return "Confirmed, not marked yet" if is_unmarked else booking.get_state_display()


class BookingFilterSet(WagtailFilterSet):
    when = django_filters.ChoiceFilter(
        choices=[("coming", "Still to come"), ("over", "Over")],
        label="When",
        method="filter_when",
    )
    state = django_filters.ChoiceFilter(
        choices=[("live", "Requested or confirmed"), UNMARKED, *State.choices],
        label="State",
        method="filter_state",
    )
    kind = django_filters.ModelChoiceFilter(
        field_name="appointment_kind",
        queryset=AppointmentKind.objects.all(),
        label="Kind",
    )
    mode = django_filters.ChoiceFilter(
        field_name="appointment_kind__mode",
        choices=AppointmentKind.Mode.choices,
        label="Where",
    )
    clinic = django_filters.ModelChoiceFilter(
        queryset=Clinic.objects.all(), label="Clinic"
    )
    visit_from = django_filters.DateFilter(
        label="Visit from", method="filter_from", widget=AdminDateInput, **A_DAY
    )
    visit_to = django_filters.DateFilter(
        label="Visit until", method="filter_to", widget=AdminDateInput, **A_DAY
    )

    class Meta:
        model = FreeConsultation
        fields = []

    def filter_when(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        now = timezone.now()
        over = {"ends_at__lte": now}
        return queryset.filter(**over if value == "over" else {"ends_at__gt": now})

    def filter_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == "live":
            return queryset.live()
        if value == "unmarked":
            return queryset.unmarked()
        return queryset.filter(state=value)

    def filter_from(self, queryset: QuerySet, name: str, value: date) -> QuerySet:
        return queryset.filter(starts_at__gte=midnight(value))

    def filter_to(self, queryset: QuerySet, name: str, value: date) -> QuerySet:
        return queryset.filter(starts_at__lt=midnight(value + timedelta(days=1)))


class BookingsView(generic.IndexView):
    """Who comes when. Contact details are searched; notes are on the case's page."""

    model = FreeConsultation
    page_title = "Bookings"
    header_icon = "calendar-check"
    permission_policy = ModelPermissionPolicy(Submission)
    any_permission_required = ["view"]
    index_url_name = "consultations:bookings"
    index_results_url_name = "consultations:bookings_results"
    inspect_url_name = "consultations:case"
    filterset_class = BookingFilterSet
    is_searchable = True
    default_ordering = "-starts_at"
    paginate_by = 30
    FORMATS = ()  # no export, not even of an empty table by a hand-made link
    columns = [
        TitleColumn(
            "starts_at",
            label="Time",
            classname="w-whitespace-nowrap",
            accessor=visit_time,
            get_url=case_url,
            sort_key="starts_at",
        ),
        Column("reference", label="Reference"),
        Column("name", label="Name", sort_key="name"),
        Column("kind", label="Kind", accessor="appointment_kind.name"),
        Column("place", label="Place", accessor=place),
        StatusTagColumn(
            "state",
            label="State",
            accessor=state,
            sort_key="state",
            primary=lambda booking: booking.state == State.REQUESTED,
        ),
        Column("created_at", label="Booked", accessor=age, sort_key="created_at"),
    ]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return add_buttons(self.request.user)

    def get_base_queryset(self) -> QuerySet:
        return FreeConsultation.objects.with_everything().defer("note")

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """Those without a time last, whichever the database and the direction."""
        if self.ordering == "starts_at":
            by_time = F("starts_at").asc(nulls_last=True)
        elif self.ordering == "-starts_at":
            by_time = F("starts_at").desc(nulls_last=True)
        else:
            return super().order_queryset(queryset)
        return queryset.order_by(by_time, "reference")

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.matching(self.search_query) if self.is_searching else queryset
