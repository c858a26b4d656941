"""Which times look free. A hint for the screen: what counts are the claims."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from clinic_site.core.models import Clinic

from .clock import day_of, midnight
from .hours import Hours, days
from .models import AppointmentKind, Claim, Reservation, Resource, is_live
from .slots import starts
from .ticks import ticks_between

NEAREST = 3
LOOK_AROUND = (timedelta(days=1), timedelta(days=14))


@dataclass(frozen=True)
class Slot:
    """A free time, and the resources that have a lane for it."""

    starts_at: datetime
    ends_at: datetime
    resources: tuple[Resource, ...]

    @property
    def day(self) -> date:
        return day_of(self.starts_at)


def resources_for(kind: AppointmentKind, clinic: Clinic | None = None) -> QuerySet:
    """What takes this kind: at one clinic, or at any of those that are open."""
    found = kind.resources.filter(is_active=True, clinic__is_open=True)
    if clinic:
        found = found.filter(clinic=clinic)
    return found.select_related("clinic").prefetch_related("opening_times")


def free_slots(
    *,
    kind: AppointmentKind,
    first: date,
    last: date,
    clinic: Clinic | None = None,
    for_staff: bool = False,
    ignoring: Reservation | None = None,
) -> list[Slot]:
    """In order of time. Five queries, however many days.

    Visitors see what is neither sooner nor later than the kind allows; staff see
    all that is still to come. `ignoring`: what an appointment that is being moved
    has now counts as free.
    """
    now = timezone.now()
    earliest, latest = (now, None) if for_staff else kind.bookable(now)
    first = max(first, day_of(earliest))
    if latest:
        last = min(last, day_of(latest))
    if first > last or not (kind.is_active or for_staff):
        return []
    found = all_slots(kind, first, last, clinic)
    wanted = {
        start: resources
        for start, resources in found.items()
        if start >= earliest and (latest is None or start <= latest)
    }
    return without_taken(kind, wanted, ignoring)


def all_slots(
    kind: AppointmentKind, first: date, last: date, clinic: Clinic | None = None
) -> dict[datetime, list[Resource]]:
    """Taken or not: when an appointment can begin, and where."""
    hours, zone = Hours(first, last), timezone.get_default_timezone()
    found: dict[datetime, list[Resource]] = defaultdict(list)
    for resource in resources_for(kind, clinic):
        for day in days(first, last):
            for start in starts(kind, day, hours.windows(resource, day), zone):
                found[start].append(resource)
    return found


def without_taken(
    kind: AppointmentKind,
    wanted: dict[datetime, list[Resource]],
    ignoring: Reservation | None,
) -> list[Slot]:
    if not wanted:
        return []
    resources = {resource for each in wanted.values() for resource in each}
    begin, _ = kind.occupied(min(wanted))
    _, end = kind.occupied(max(wanted))
    taken = taken_ticks(resources, ticks_between(begin, end), ignoring)
    slots = []
    for start in sorted(wanted):
        ticks = ticks_between(*kind.occupied(start))
        free = tuple(
            resource
            for resource in wanted[start]
            if any(
                taken[resource.pk, lane].isdisjoint(ticks)
                for lane in range(resource.lanes)
            )
        )
        if free:
            slots.append(Slot(start, start + kind.length(), free))
    return slots


def taken_ticks(
    resources: Iterable[Resource], ticks: range, ignoring: Reservation | None = None
) -> dict[tuple[int, int], set[int]]:
    """By resource and lane; what is held and expired is free."""
    claims = Claim.objects.filter(
        is_live(prefix="reservation__"),
        resource__in=resources,
        tick__gte=ticks.start,
        tick__lt=ticks.stop,
    )
    if ignoring:
        claims = claims.exclude(reservation=ignoring)
    taken: dict[tuple[int, int], set[int]] = defaultdict(set)
    for resource, lane, tick in claims.values_list("resource", "lane", "tick"):
        taken[resource, lane].add(tick)
    return taken


def slot_at(
    *,
    kind: AppointmentKind,
    starts_at: datetime,
    clinic: Clinic | None = None,
    for_staff: bool = False,
    ignoring: Reservation | None = None,
) -> Slot | None:
    """The free slot that begins just then; None when there is none, or no longer."""
    day = day_of(starts_at)
    slots = free_slots(
        kind=kind,
        first=day,
        last=day,
        clinic=clinic,
        for_staff=for_staff,
        ignoring=ignoring,
    )
    return next((slot for slot in slots if slot.starts_at == starts_at), None)


def nearest_slots(
    *, kind: AppointmentKind, to: datetime, clinic: Clinic | None = None
) -> list[Slot]:
    """The free times that lie nearest to one that is gone, in order of time."""
    return nearest(
        to,
        lambda first, last: free_slots(
            kind=kind, first=first, last=last, clinic=clinic
        ),
    )


def nearest(to: datetime, between: Callable[[date, date], list[Slot]]) -> list[Slot]:
    """Those of what `between` finds from one day to another that lie nearest.

    Looks at the next days first: on a busy morning many ask for this at once.
    """
    for around in LOOK_AROUND:
        first, last = day_of(to) - around, day_of(to) + around
        slots = sorted(between(first, last), key=lambda slot: abs(slot.starts_at - to))
        found = slots[:NEAREST]
        # What lies outside of the days looked at is at least this far away.
        seen = min(to - midnight(first), midnight(last + timedelta(days=1)) - to)
        if len(found) == NEAREST and abs(found[-1].starts_at - to) <= seen:
            break
    return sorted(found, key=lambda slot: slot.starts_at)
