"""A time that is free is offered to those who wait, one by one.

Each minute the worker makes a round. An offer is a real hold of an hour: the diary's
claims see to it that nobody else has the time meanwhile, so that rounds that run at
once can neither offer a time twice nor give one person two. Who changes an entry
locks it first.
"""

import contextlib
from datetime import datetime, time, timedelta
from functools import partial

from django.utils import timezone

from clinic_site.core.transactions import Busy, retried
from clinic_site.core.worker.timetable import register

from ..bookings.models import FreeConsultation
from ..diary import claims
from ..diary.claims import TimeTaken
from ..diary.models import Resource
from . import emails
from .free_times import FreeTimes
from .models import WaitingEntry, WaitingOffer
from .services import LOCKED, State, locked, step

HOLD = timedelta(hours=1)
# By the clock in London: nobody is woken, and nobody's hour passes while they sleep.
FIRST_MAIL, LAST_MAIL = time(8), time(20)
# Who lets offers pass is not written to every hour of the day.
MOST_UNANSWERED_A_DAY = 3

Outcome = WaitingOffer.Outcome


@register("offer free times", every=timedelta(minutes=1))
def offer_free_times() -> None:
    """One round. Costs one query when nobody waits."""
    if not WaitingEntry.objects.to_look_after().exists():
        return
    for offer in WaitingOffer.objects.expired().select_related("entry"):
        with contextlib.suppress(Busy):  # the next round comes in a minute
            retried(partial(expire, offer))
    if not FIRST_MAIL <= timezone.localtime().time() < LAST_MAIL:
        return
    for entry in WaitingEntry.objects.with_days_over():
        with contextlib.suppress(Busy):
            retried(partial(end, entry))
    offer_what_is_free()


def offer_what_is_free() -> None:
    entries = list(
        WaitingEntry.objects.in_turn()
        .select_related("appointment_kind")
        .prefetch_related("offers")
    )
    free = FreeTimes(entries, held_for=HOLD)
    for entry in entries:
        if not is_left_alone_today(entry):
            with contextlib.suppress(Busy):
                offer_first_fitting(entry, free)


def is_left_alone_today(entry: WaitingEntry) -> bool:
    today = timezone.localdate()
    unanswered = [
        offer
        for offer in entry.offers.all()
        if offer.outcome == Outcome.EXPIRED
        and timezone.localdate(offer.expires_at) == today
    ]
    return len(unanswered) >= MOST_UNANSWERED_A_DAY


def offer_first_fitting(entry: WaitingEntry, free: FreeTimes) -> None:
    for starts_at, resources in free.fitting(entry):
        try:
            retried(partial(make_offer, entry, starts_at, resources))
        except TimeTaken:
            free.cross_off(entry, starts_at, resources)
        else:
            return


def has_enough(entry: WaitingEntry) -> bool:
    """Whether the same person has an offer or a booking of this kind already."""
    same = {"appointment_kind": entry.appointment_kind, "email__iexact": entry.email}
    booked = FreeConsultation.objects.live().filter(**same, ends_at__gt=timezone.now())
    return booked.exists() or (
        WaitingEntry.objects.filter(**same, state=State.OFFERED).exists()
    )


def make_offer(
    entry: WaitingEntry, starts_at: datetime, resources: list[Resource]
) -> None:
    """Nothing when another round or the person is at this entry. Raises TimeTaken."""
    rows = WaitingEntry.objects.select_for_update(of=LOCKED, skip_locked=True)
    current = rows.filter(pk=entry.pk, state=State.WAITING).first()
    if current is None or current.open_offer() or has_enough(entry):
        return
    expires_at = timezone.now() + HOLD
    reservation = claims.reserve(
        kind=entry.appointment_kind,
        starts_at=starts_at,
        resources=resources,
        expires_at=expires_at,
    )
    offer = WaitingOffer.objects.create(
        entry=current,
        reservation=reservation,
        clinic=reservation.resource.clinic,
        starts_at=starts_at,
        expires_at=expires_at,
    )
    step(current, State.OFFERED)
    emails.offered(offer)


def expire(offer: WaitingOffer) -> None:
    """Unless it was answered at this moment."""
    entry = locked(offer.entry)
    still = WaitingOffer.objects.expired().filter(pk=offer.pk).first()
    if still:
        close(entry, still, Outcome.EXPIRED)


def end(entry: WaitingEntry) -> None:
    current = locked(entry)
    if current.state == State.WAITING:
        step(current, State.OVER)
        emails.over(current)


def decline(*, entry: WaitingEntry, offer_id: int) -> None:
    """The person goes on waiting, and the next one may have the time."""

    def change() -> None:
        current = locked(entry)
        offer = current.open_offer()
        if offer and offer.pk == offer_id:
            close(current, offer, Outcome.DECLINED)

    retried(change)


def close(entry: WaitingEntry, offer: WaitingOffer, outcome: Outcome) -> None:
    """Give the time back. Whoever left the list meanwhile stays away from it."""
    claims.release(offer.reservation)
    offer.reservation, offer.outcome = None, outcome
    offer.save(update_fields=["reservation", "outcome"])
    if entry.state == State.OFFERED:
        step(entry, State.WAITING)
