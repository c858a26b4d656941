"""What the days of one clinic hold: who comes, what is closed, what is free."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from clinic_site.core.models import Clinic

from ..diary.availability import taken_ticks
from ..diary.clock import midnight, minute_of
from ..diary.hours import WHOLE_DAY, Hours, Window, days, window
from ..diary.models import AppointmentKind, Reservation, Resource
from ..diary.opening import BankHoliday, DiaryException
from ..diary.ticks import ticks_between
from ..models import FreeConsultation
from .clock import clock
from .free_time import Start, free_pieces, starts_in

State = FreeConsultation.State
# Who is expected and who was there. Cancelled ones have given their time back.
SHOWN = (*FreeConsultation.LIVE, State.ATTENDED, State.MISSED)


@dataclass(frozen=True)
class Row:
    """One thing of a day, in words; times are minutes on the clinic's wall."""

    begins: int
    ends: int
    text: str = ""
    booking: FreeConsultation | None = None
    is_free: bool = False
    starts: list[Start] = field(default_factory=list)

    @property
    def at(self) -> str:
        return clock(self.begins)

    @property
    def span(self) -> str:
        is_all_day = (self.begins, self.ends) == WHOLE_DAY
        return "All day" if is_all_day else as_words((self.begins, self.ends))

    @property
    def is_extra(self) -> bool:
        """In a lane that staff opened on purpose, beside a full diary."""
        taken = self.booking.reservation if self.booking else None
        return taken is not None and taken.lane >= self.booking.resource.lanes

    @property
    def is_unmarked(self) -> bool:
        booking = self.booking
        return booking.state == State.CONFIRMED and booking.is_over


@dataclass(frozen=True)
class RoomDay:
    """One day of a room or a person."""

    resource: Resource
    opening: str
    rows: list[Row]

    def bookings(self) -> list[FreeConsultation]:
        return [row.booking for row in self.rows if row.booking]


@dataclass(frozen=True)
class Day:
    date: date
    rooms: list[RoomDay]

    def visits(self) -> int:
        return sum(len(room.bookings()) for room in self.rooms)


class Timetable:
    """Of a clinic from the first day to the last. Nine queries, however much is on."""

    def __init__(self, clinic: Clinic, first: date, last: date) -> None:
        self.clinic, self.now = clinic, timezone.now()
        self.bounds = midnight(first), midnight(last + timedelta(days=1))
        self.bookings = list(bookings_of(clinic, *self.bounds))
        self.resources = self.read_resources(clinic)
        self.hours = Hours(first, last)
        self.holidays = dict(
            BankHoliday.objects.filter(
                is_closed=True, date__range=(first, last)
            ).values_list("date", "name")
        )
        self.taken = taken_ticks(self.resources, ticks_between(*self.bounds))
        self.held = list(held_times(clinic, *self.bounds))
        self.days = [
            Day(day, [self.room(resource, day) for resource in self.resources])
            for day in days(first, last)
        ]

    def read_resources(self, clinic: Clinic) -> list[Resource]:
        """Those in use, and those that are not any more but have a booking."""
        booked = {booking.resource_id for booking in self.bookings}
        kinds = Prefetch("kinds", AppointmentKind.objects.offered())
        found = Resource.objects.filter(clinic=clinic).prefetch_related(
            "opening_times", kinds
        )
        return list(found.filter(Q(is_active=True) | Q(pk__in=booked)))

    def room(self, resource: Resource, day: date) -> RoomDay:
        windows = self.hours.windows(resource, day) if resource.is_active else []
        taken = [
            *self.on(day, resource, self.held, held_row),
            *self.on(day, resource, self.bookings, booking_row),
        ]
        rows = [
            *self.closures(resource, day),
            *taken,
            *self.free(resource, day, windows, {row.begins for row in taken}),
        ]
        # What lasts all day first; then what is taken, and what is free beside it.
        rows.sort(key=lambda row: (row.begins, row.ends != WHOLE_DAY[1]))
        opening = ", ".join(map(as_words, windows))
        return RoomDay(resource, f"Open {opening}" if opening else "Not open", rows)

    def on(self, day: date, resource: Resource, found: list, as_row) -> list[Row]:
        begin, end = midnight(day), midnight(day + timedelta(days=1))
        return [
            as_row(one)
            for one in found
            if one.resource_id == resource.pk and begin <= one.starts_at < end
        ]

    def closures(self, resource: Resource, day: date) -> list[Row]:
        rows = [
            exception_row(exception)
            for exception in self.hours.exceptions
            if exception.first_day <= day <= exception.last_day
            and exception.concerns(resource)
        ]
        if day in self.holidays:
            rows.append(Row(*WHOLE_DAY, text=f"Closed: {self.holidays[day]}"))
        return rows

    def free(
        self, resource: Resource, day: date, windows: list[Window], cuts: set[int]
    ) -> list[Row]:
        taken = [self.taken[resource.pk, lane] for lane in range(resource.lanes)]
        pieces = free_pieces(day, windows, taken, after=self.now, cuts=cuts)
        starts = [
            start
            for kind in (resource.kinds.all() if self.clinic.is_open else ())
            for start in starts_in(kind, resource, day, windows, taken)
        ]
        return [
            Row(
                *piece,
                text="Free",
                is_free=True,
                starts=[
                    start for start in starts if piece[0] <= start.minute < piece[1]
                ],
            )
            for piece in pieces
        ]


def bookings_of(clinic: Clinic, begin: datetime, end: datetime) -> QuerySet:
    """The visits and calls of a clinic between two moments, in order of time."""
    return (
        FreeConsultation.objects.with_everything()
        .defer("note")
        .filter(
            resource__clinic=clinic,
            state__in=SHOWN,
            starts_at__gte=begin,
            starts_at__lt=end,
        )
        .order_by("starts_at", "name", "reference")
    )


def held_times(clinic: Clinic, begin: datetime, end: datetime) -> QuerySet:
    return (
        Reservation.objects.filter(
            resource__clinic=clinic,
            expires_at__gt=timezone.now(),
            starts_at__gte=begin,
            starts_at__lt=end,
        )
        .select_related("offer", "booking")
        .defer("booking__note")
    )


def booking_row(booking: FreeConsultation) -> Row:
    begins, ends = minute_of(booking.starts_at), minute_of(booking.ends_at)
    return Row(begins, ends, booking=booking)


def held_row(held: Reservation) -> Row:
    """Why a time that nobody has booked is not free."""
    until = clock(minute_of(held.expires_at))
    if hasattr(held, "offer"):
        text = f"Offered to somebody on the waiting list until {until}"
    elif hasattr(held, "booking"):
        text = f"Cancelled just now; can be undone until {until}"
    else:
        text = f"Kept until {until} for somebody who is booking"
    return Row(minute_of(held.starts_at), minute_of(held.ends_at), text=text)


def exception_row(exception: DiaryException) -> Row:
    text = exception.get_effect_display()
    if exception.label:
        text += f": {exception.label}"
    return Row(*window(exception), text=text)


def as_words(piece: Window) -> str:
    return f"{clock(piece[0])} to {clock(piece[1])}"
