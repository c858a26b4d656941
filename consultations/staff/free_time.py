"""What is free in a day, of times still to come: arithmetic on what was read."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from ..diary.clock import minute_of
from ..diary.hours import Window
from ..diary.models import AppointmentKind, Resource
from ..diary.slots import exists, moment, starts
from ..diary.ticks import MINUTES_PER_TICK, ticks_between
from .clock import clock

Taken = Iterable[set[int]]  # the ticks that are taken, lane by lane


@dataclass(frozen=True)
class Start:
    """When an appointment of this kind can begin, and where."""

    kind: AppointmentKind
    resource: Resource
    starts_at: datetime

    @property
    def minute(self) -> int:
        return minute_of(self.starts_at)

    @property
    def at(self) -> str:
        return clock(self.minute)

    def add_url(self) -> str:
        """Of the form with which staff book it for somebody."""
        query = {
            "starts_at": self.starts_at.isoformat(),
            "kind": self.kind.pk,
            "clinic": self.resource.clinic_id,
            "resource": self.resource.pk,
        }
        return f"{reverse('consultations:add_booking')}?{urlencode(query)}"


def free_pieces(
    day: date,
    windows: list[Window],
    taken: Taken,
    *,
    after: datetime,
    cuts: Collection[int] = (),
) -> list[Window]:
    """The stretches of opening time in which at least one lane has nothing.

    Cut where something begins in another lane, so that a list stays in order.
    """
    pieces: list[Window] = []
    for opens, closes in windows:
        for minute in range(opens, closes, MINUTES_PER_TICK):
            end = min(minute + MINUTES_PER_TICK, closes)
            if not is_free_at(day, minute, taken, after):
                continue
            if pieces and pieces[-1][1] == minute and minute not in cuts:
                pieces[-1] = (pieces[-1][0], end)
            else:
                pieces.append((minute, end))
    return pieces


def is_free_at(day: date, minute: int, taken: Taken, after: datetime) -> bool:
    zone = timezone.get_default_timezone()
    at = moment(day, minute, zone)
    if at < after or not exists(at, minute, zone):
        return False
    return has_lane(taken, ticks_between(at, at + timedelta(minutes=MINUTES_PER_TICK)))


def starts_in(
    kind: AppointmentKind,
    resource: Resource,
    day: date,
    windows: list[Window],
    taken: Taken,
) -> Iterator[Start]:
    """Where the whole appointment fits, with what is kept free around it."""
    for start in starts(kind, day, windows, timezone.get_default_timezone()):
        if has_lane(taken, ticks_between(*kind.occupied(start))):
            yield Start(kind, resource, start)


def has_lane(taken: Taken, ticks: range) -> bool:
    return any(lane.isdisjoint(ticks) for lane in taken)
