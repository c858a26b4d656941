"""From an offer to a booking."""

import uuid
from collections.abc import Iterable

from django.utils import timezone

from clinic_site.core.transactions import retried

from ..bookings import emails
from ..bookings.models import FreeConsultation
from ..bookings.services import kept_or_taken_again, new_booking, record_figure
from ..diary.claims import TimeTaken
from ..records.models import ConsentWording
from ..records.services import fingerprint, record_receipt, submit_once
from .models import WaitingEntry, WaitingOffer
from .offers import Outcome, close
from .services import State, locked, step_by


def take(
    *,
    entry: WaitingEntry,
    offer_id: int,
    wordings: Iterable[ConsentWording],
    **answers: bool,
) -> FreeConsultation:
    """Make the offer a booking, once, with its mails. A repeat finds the first.

    `answers` holds the fields of FreeConsultation that the offer's page asks for;
    a repeat with others changes nothing.
    An offer that was not answered in time still counts while nobody has taken the
    time over. Raises TimeTaken, and the person goes on waiting; Busy.
    """

    def create() -> FreeConsultation:
        current = locked(entry)
        if current.state == State.BOOKED:
            return booking_of(current)
        return book(current, offer_of(current, offer_id), wordings, answers)

    try:
        return submit_once(
            model=FreeConsultation,
            # Of a kind that anybody can derive: one entry, one booking.
            submit_key=uuid.uuid5(entry.pk, "booking"),
            fingerprint=fingerprint({"waited as": entry.pk}),
            create=create,
        )
    except TimeTaken:
        forget(entry, offer_id)
        raise


def booking_of(entry: WaitingEntry) -> FreeConsultation:
    if entry.booking is None:  # removed since
        raise TimeTaken
    return entry.booking


def offer_of(entry: WaitingEntry, offer_id: int) -> WaitingOffer:
    """One that this person was made, for a time that is still to come."""
    offers = entry.offers.select_related("clinic", "reservation__resource__clinic")
    offer = offers.filter(pk=offer_id, starts_at__gt=timezone.now()).first()
    if offer is None:
        raise TimeTaken
    return offer


def book(
    entry: WaitingEntry,
    offer: WaitingOffer,
    wordings: Iterable[ConsentWording],
    answers: dict[str, bool],
) -> FreeConsultation:
    booking = new_booking(
        reservation=kept_or_taken_again(
            held=offer.reservation,
            kind=entry.appointment_kind,
            starts_at=offer.starts_at,
            clinic=offer.clinic,
        ),
        submit_key=uuid.uuid5(entry.pk, "booking"),
        fingerprint=fingerprint({"waited as": entry.pk}),
        name=entry.name,
        email=entry.email,
        phone=entry.phone,
        zone=entry.zone,
        source_path=entry.source_path,
        **answers,
    )
    record_receipt(submission=booking, wordings=wordings)
    record_figure(booking, is_by_staff=False)
    emails.booked(booking)
    finish(entry, offer, booking)
    return booking


def finish(entry: WaitingEntry, offer: WaitingOffer, booking: FreeConsultation) -> None:
    # An older offer than the one that is open may be taken, if it is free again.
    other = entry.open_offer()
    if other and other.pk != offer.pk:
        close(entry, other, Outcome.DECLINED)
    offer.reservation, offer.outcome = None, Outcome.TAKEN
    offer.save(update_fields=["reservation", "outcome"])
    entry.booking = booking
    entry.save(update_fields=["booking"])
    step_by(None, entry, State.BOOKED)


def forget(entry: WaitingEntry, offer_id: int) -> None:
    """Its time is gone: the page must not go on showing it."""

    def change() -> None:
        current = locked(entry)
        offer = current.open_offer()
        if offer and offer.pk == offer_id:
            close(current, offer, Outcome.EXPIRED)

    retried(change)
