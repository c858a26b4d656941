"""Taking time, keeping it, moving it and giving it back.

All of it runs inside a transaction of the caller's. Rows are locked and written
in one order (expired reservations by key, claims by lane and tick), so that two
who want the same never wait for each other in a circle.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from .availability import taken_ticks
from .models import MOST_LANES, AppointmentKind, Claim, Reservation, Resource
from .ticks import ticks_between

HOLD = timedelta(minutes=10)


class TimeTaken(Exception):
    """Somebody else has that time, or it is not one that is offered."""


def reserve(
    *,
    kind: AppointmentKind,
    starts_at: datetime,
    resources: Iterable[Resource],
    expires_at: datetime | None = None,
    in_extra_lane: bool = False,
) -> Reservation:
    """Take the time in the first lane of these resources that has it.

    What was held there and has expired is taken over. `in_extra_lane` is for staff
    alone: beside the lanes that visitors are offered. Raises TimeTaken.
    """
    ticks = ticks_between(*kind.occupied(starts_at))
    for resource, lane in free_lanes(list(resources), ticks, in_extra_lane):
        reservation = Reservation(
            appointment_kind=kind,
            resource=resource,
            lane=lane,
            starts_at=starts_at,
            ends_at=starts_at + kind.length(),
            expires_at=expires_at,
        )
        try:
            with transaction.atomic():
                remove_expired(resource, lane, ticks)
                reservation.save(force_insert=True)
                claim(reservation, ticks)
        except IntegrityError:
            continue  # somebody was faster; perhaps another lane is left
        return reservation
    raise TimeTaken


def free_lanes(
    resources: list[Resource], ticks: range, in_extra_lane: bool
) -> Iterator[tuple[Resource, int]]:
    """Those that look free: who asks for one may still find it taken."""
    taken = taken_ticks(resources, ticks)
    for resource in resources:
        ordinary = range(resource.lanes)
        extra = range(resource.lanes, resource.lanes + MOST_LANES)
        for lane in extra if in_extra_lane else ordinary:
            if taken[resource.pk, lane].isdisjoint(ticks):
                yield resource, lane


def remove_expired(resource: Resource, lane: int, ticks: range) -> None:
    """Locked first: whoever keeps or renews a hold at this moment is waited for."""
    expired = Reservation.objects.expired().filter(
        pk__in=Claim.objects.filter(
            resource=resource, lane=lane, tick__gte=ticks.start, tick__lt=ticks.stop
        ).values("reservation")
    )
    for reservation in list(expired.select_for_update().order_by("pk")):
        reservation.delete()


def claim(reservation: Reservation, ticks: Iterable[int]) -> None:
    """Raises IntegrityError when one of them is somebody else's."""
    Claim.objects.bulk_create(
        Claim(
            resource_id=reservation.resource_id,
            lane=reservation.lane,
            tick=tick,
            reservation=reservation,
        )
        for tick in sorted(ticks)
    )


def keep(reservation: Reservation, *, until: datetime | None = None) -> bool:
    """Make a hold last: for good, or until then. False when it was taken over.

    An expired hold that nobody took over is kept all the same.
    """
    kept = Reservation.objects.filter(pk=reservation.pk).update(expires_at=until)
    reservation.expires_at = until
    return bool(kept)


def release(reservation: Reservation | None) -> None:
    if reservation is not None:
        Reservation.objects.filter(pk=reservation.pk).delete()


def move(
    reservation: Reservation,
    *,
    starts_at: datetime,
    resources: Iterable[Resource],
    in_extra_lane: bool = False,
) -> Reservation:
    """Take another time for what has this one, or change nothing.

    The new time may overlap the old one. Returns the reservation to go on with: the
    same row when it stays in its lane; otherwise the caller releases the old one
    once nothing refers to it. Raises TimeTaken.
    """
    resources = list(resources)
    here = [each for each in resources if each.pk == reservation.resource_id]
    stays_ordinary = here and reservation.lane < here[0].lanes
    if stays_ordinary and not in_extra_lane and shift(reservation, starts_at):
        return reservation
    return reserve(
        kind=reservation.appointment_kind,
        starts_at=starts_at,
        resources=resources,
        expires_at=reservation.expires_at,
        in_extra_lane=in_extra_lane,
    )


def shift(reservation: Reservation, starts_at: datetime) -> bool:
    """Within its own lane: new ticks first, then those no longer needed go."""
    kind, lane = reservation.appointment_kind, reservation.lane
    wanted = set(ticks_between(*kind.occupied(starts_at)))
    has = set(reservation.claims.values_list("tick", flat=True))
    spread = range(min(wanted), max(wanted) + 1)
    try:
        with transaction.atomic():
            remove_expired(reservation.resource, lane, spread)
            claim(reservation, wanted - has)
            reservation.claims.filter(tick__in=has - wanted).delete()
            reservation.starts_at = starts_at
            reservation.ends_at = starts_at + kind.length()
            reservation.save(update_fields=["starts_at", "ends_at"])
    except IntegrityError:
        reservation.refresh_from_db()
        return False
    return True


def held_until() -> datetime:
    return timezone.now() + HOLD
