"""From a time that somebody picks to a booking."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import models
from django.utils import timezone

from clinic_site.core.models import Clinic
from clinic_site.core.transactions import retried

from ..diary import availability, claims
from ..diary.claims import TimeTaken
from ..diary.clock import day_of, today
from ..diary.models import AppointmentKind, Reservation
from ..records.links import hash_of, new_token
from ..records.models import ConsentWording, Submission
from ..records.references import new_reference
from ..records.services import fingerprint, record_receipt, submit_once
from . import emails
from .models import LONDON, BookingDraft, BookingFigure, FreeConsultation
from .states import STATUS_OF, State

# What the form asks, stored as it is on the booking.
ANSWERS = (
    "name",
    "email",
    "phone",
    "note",
    "preferred_hours",
    "no_voicemail",
    "wants_reminders",
)


def begin_draft(
    *,
    kind: AppointmentKind,
    clinic: Clinic | None,
    starts_at: datetime,
    zone: str = LONDON,
    source_path: str = "",
) -> tuple[BookingDraft, str]:
    """Hold a time for a visitor; returns the draft and the secret of its address.

    Raises TimeTaken, also for what is no time that visitors are offered.
    """
    token = new_token()
    draft = BookingDraft(
        token_hash=hash_of(token),
        appointment_kind=kind,
        clinic=clinic,
        starts_at=starts_at,
        zone=zone,
        source_path=source_path,
    )

    def store() -> None:
        draft.reservation = hold(kind, clinic, starts_at)
        draft.save()

    retried(store)
    return draft, token


def choose_time(
    *,
    draft: BookingDraft,
    starts_at: datetime,
    clinic: Clinic | None = None,
    zone: str = "",
) -> None:
    """Hold another time in place of the one the draft has. Raises TimeTaken."""

    def store() -> None:
        before, draft.reservation = (
            held_by(draft),
            hold(draft.appointment_kind, clinic, starts_at, instead_of=draft),
        )
        draft.starts_at, draft.clinic = starts_at, clinic
        draft.zone, draft.touched_at = zone or draft.zone, timezone.now()
        draft.save()
        if before != draft.reservation:
            claims.release(before)

    retried(store)


def hold(
    kind: AppointmentKind,
    clinic: Clinic | None,
    starts_at: datetime,
    *,
    instead_of: BookingDraft | None = None,
) -> Reservation:
    """Ten minutes for one visitor. Picking the time one has renews it."""
    has = held_by(instead_of) if instead_of else None
    same = has and has.starts_at == starts_at and clinic in (None, instead_of.clinic)
    if same and claims.keep(has, until=claims.held_until()):
        return has
    slot = availability.slot_at(
        kind=kind, starts_at=starts_at, clinic=clinic, ignoring=has
    )
    if slot is None:
        raise TimeTaken
    return claims.reserve(
        kind=kind,
        starts_at=starts_at,
        resources=slot.resources,
        expires_at=claims.held_until(),
    )


def held_by(draft: BookingDraft) -> Reservation | None:
    """None also where somebody took it over since the draft was read."""
    try:
        return draft.reservation
    except Reservation.DoesNotExist:
        return None


def renew_hold(*, draft: BookingDraft) -> None:
    """Ten minutes more. Raises TimeTaken when somebody took the time over."""
    choose_time(draft=draft, starts_at=draft.starts_at, clinic=draft.clinic)


def store_details(
    *, draft: BookingDraft, answers: dict, wordings: Iterable[ConsentWording]
) -> None:
    """What was typed, and the versions of the words that were agreed to."""
    draft.details = {
        **{name: answers[name] for name in ANSWERS},
        "wordings": [wording.pk for wording in wordings],
    }
    draft.touched_at = timezone.now()
    draft.save(update_fields=["details", "touched_at"])


def keep_typed(*, draft: BookingDraft, typed: dict) -> None:
    """What stands in the form, complete or not: it lacks "wordings"."""
    draft.details = typed
    draft.touched_at = timezone.now()
    draft.save(update_fields=["details", "touched_at"])


def book(
    *,
    draft: BookingDraft,
    check_limit: Callable[[], None] = lambda: None,
    reference: str = "",
) -> FreeConsultation:
    """Make the draft a booking, once, with its mails. A repeat finds the first.

    A hold that expired still counts while nobody took the time over. `check_limit`
    runs after the row is written, so that repeats do not count; what it raises
    undoes everything. The demo alone gives a `reference`. Raises TimeTaken, with
    the draft as it was, SubmittedDifferently, Busy.
    """
    if draft.booking_id:
        return draft.booking
    kind = draft.appointment_kind
    answers = {name: draft.details[name] for name in ANSWERS}
    mark = fingerprint({**answers, "kind": kind.pk, "at": draft.starts_at})

    def create() -> FreeConsultation:
        booking = new_booking(
            reservation=kept_or_taken_again(draft),
            reference=reference,
            submit_key=draft.submit_key,
            fingerprint=mark,
            zone=draft.zone,
            source_path=draft.source_path,
            **answers,
        )
        check_limit()
        wordings = [ConsentWording(pk=pk) for pk in draft.details["wordings"]]
        record_receipt(submission=booking, wordings=wordings)
        record_figure(booking, is_by_staff=False)
        emails.booked(booking)
        close_draft(draft, booking)
        return booking

    booking = submit_once(
        model=FreeConsultation,
        submit_key=draft.submit_key,
        fingerprint=mark,
        create=create,
    )
    if draft.booking_id is None:  # the same contents came in by another draft
        close_draft(draft, booking)
    return booking


def new_booking(
    *, reservation: Reservation, reference: str = "", **fields
) -> FreeConsultation:
    kind = reservation.appointment_kind
    state = State.REQUESTED if kind.needs_confirmation else State.CONFIRMED
    return FreeConsultation.objects.create(
        kind=Submission.Kind.BOOKING,
        reference=reference or new_reference("FC"),
        appointment_kind=kind,
        **place_and_time(reservation),
        **{"state": state, "status": STATUS_OF[state], **fields},
    )


def place_and_time(reservation: Reservation) -> dict:
    """What a booking says of itself, where and when this is reserved."""
    return {
        "reservation": reservation,
        "resource": reservation.resource,
        "clinic": reservation.resource.clinic,
        "starts_at": reservation.starts_at,
        "ends_at": reservation.ends_at,
    }


def kept_or_taken_again(draft: BookingDraft) -> Reservation:
    held = held_by(draft)
    if held and held.starts_at == draft.starts_at and claims.keep(held):
        return held
    slot = availability.slot_at(
        kind=draft.appointment_kind, starts_at=draft.starts_at, clinic=draft.clinic
    )
    if slot is None:
        raise TimeTaken
    return claims.reserve(
        kind=draft.appointment_kind,
        starts_at=draft.starts_at,
        resources=slot.resources,
    )


def give_time(booking: FreeConsultation, reservation: Reservation) -> None:
    for name, value in place_and_time(reservation).items():
        setattr(booking, name, value)
    booking.save(update_fields=list(place_and_time(reservation)))


def close_draft(draft: BookingDraft, booking: FreeConsultation) -> None:
    """What was typed is on the booking now; the address leads to the confirmation."""
    held = held_by(draft)
    draft.booking, draft.details, draft.reservation = booking, {}, None
    draft.save(update_fields=["booking", "details", "reservation"])
    if held and held.pk != booking.reservation_id:
        claims.release(held)


def record_figure(booking: FreeConsultation, *, is_by_staff: bool) -> None:
    BookingFigure.objects.create(
        booking=booking,
        appointment_kind=booking.appointment_kind.name,
        clinic=booking.clinic.name,
        booked_on=today(),
        visit_on=day_of(booking.starts_at),
        source_path=booking.source_path,
        is_by_staff=is_by_staff,
        outcome=booking.state,
    )


def remove_old_drafts() -> int:
    """What visitors left unfinished, and confirmations that had their day."""
    over = BookingDraft.objects.over()
    held = models.Q(draft__in=over, booking=None)
    Reservation.objects.filter(held, expires_at__lte=timezone.now()).delete()
    return over.delete()[0]
