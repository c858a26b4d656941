"""Free times as people choose them: first a day, then a time."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from clinic_site.core.models import Clinic

from ..diary.availability import Slot, free_slots
from ..diary.clock import today
from ..diary.models import AppointmentKind, Reservation

DAYS_AT_A_TIME = 28


@dataclass(frozen=True)
class FreeDay:
    day: date
    slots: list[Slot]


@dataclass(frozen=True)
class FreeDays:
    """The days of four weeks that have free times, and where to look on from there."""

    days: list[FreeDay]
    first: date
    earlier: date | None
    later: date | None

    @property
    def last(self) -> date:
        return self.first + timedelta(days=DAYS_AT_A_TIME - 1)


def free_days(
    *,
    kind: AppointmentKind,
    clinic: Clinic | None = None,
    first: date | None = None,
    for_staff: bool = False,
    ignoring: Reservation | None = None,
) -> FreeDays:
    """Five queries. A `first` day in the past begins today."""
    now = today()
    first = max(first or now, now)
    first = min(first, now + timedelta(days=kind.horizon_days))
    following = first + timedelta(days=DAYS_AT_A_TIME)
    slots = free_slots(
        kind=kind,
        first=first,
        last=following - timedelta(days=1),
        clinic=clinic,
        for_staff=for_staff,
        ignoring=ignoring,
    )
    before = max(first - timedelta(days=DAYS_AT_A_TIME), now)
    return FreeDays(
        days=[
            FreeDay(day, list(found))
            for day, found in groupby(slots, key=lambda slot: slot.day)
        ],
        first=first,
        earlier=before if first > now else None,
        later=following if following <= last_day(kind, now) else None,
    )


def last_day(kind: AppointmentKind, now: date) -> date:
    return now + timedelta(days=kind.horizon_days)
