"""From a time that somebody picks to a booking."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

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

LONGEST_HOLD = timedelta(hours=1)
TIME_FIELDS = ["reservation", "starts_at", "clinic", "zone", "touched_at"]


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
    """Hold another time in place of the one the draft has. Raises TimeTaken.

    A draft that has become a booking meanwhile, in another tab, stays as it is.
    """

    def store() -> BookingDraft:
        current = locked(draft)
        if current.booking_id:
            return current
        before = current.reservation
        current.reservation = hold(kind, clinic, starts_at, instead_of=current)
        current.starts_at, current.clinic = starts_at, clinic
        current.zone, current.touched_at = zone or current.zone, timezone.now()
        current.save(update_fields=TIME_FIELDS)
        if before != current.reservation:
            claims.release(before)
        return current

    kind = draft.appointment_kind
    take_over(draft, retried(store))


def locked(draft: BookingDraft) -> BookingDraft:
    """The row as it is now, and nobody else's until the transaction ends.

    Before any reservation: whoever changes a draft locks in this order.
    """
    drafts = BookingDraft.objects.select_for_update(of=("self",))
    return drafts.with_everything().get(pk=draft.pk)


def take_over(draft: BookingDraft, current: BookingDraft) -> None:
    """What was stored in the end, after however many tries, for the caller to show."""
    for name in (*TIME_FIELDS, "booking", "details"):
        setattr(draft, name, getattr(current, name))


def hold(
    kind: AppointmentKind,
    clinic: Clinic | None,
    starts_at: datetime,
    *,
    instead_of: BookingDraft | None = None,
) -> Reservation:
    """Ten minutes for one visitor. Picking the time one has renews it."""
    has = instead_of.reservation if instead_of else None
    same = has and has.starts_at == starts_at and clinic in (None, instead_of.clinic)
    if same and may_keep(has, clinic) and claims.keep(has, until=hold_ends(instead_of)):
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
        expires_at=hold_ends(instead_of),
    )


def may_keep(held: Reservation, clinic: Clinic | None) -> bool:
    """Whether the time is still offered; an expired hold is asked about anew."""
    kind = held.appointment_kind
    if not held.is_expired:
        return kind.is_active and held.starts_at > timezone.now()
    return None is not availability.slot_at(
        kind=kind, starts_at=held.starts_at, clinic=clinic, ignoring=held
    )


def hold_ends(draft: BookingDraft | None) -> datetime:
    """In ten minutes; but nobody holds times for ever without booking."""
    if draft is None:
        return claims.held_until()
    return min(claims.held_until(), draft.begun_at + LONGEST_HOLD)


def renew_hold(*, draft: BookingDraft) -> None:
    """Ten minutes more, up to an hour. Raises TimeTaken when it is somebody else's."""
    choose_time(draft=draft, starts_at=draft.starts_at, clinic=draft.clinic)


def store_details(
    *, draft: BookingDraft, answers: dict, wordings: Iterable[ConsentWording]
) -> None:
    """What was typed, and the versions of the words that were agreed to."""
    agreed = [wording.pk for wording in wordings]
    typed = {name: answers[name] for name in ANSWERS}
    keep_typed(draft=draft, typed={**typed, "wordings": agreed})


def keep_typed(*, draft: BookingDraft, typed: dict) -> None:
    """What stands in the form; without "wordings" it is not complete.

    What has become a booking meanwhile takes nothing more.
    """

    def store() -> BookingDraft:
        current = locked(draft)
        if current.booking_id is None:
            current.details, current.touched_at = typed, timezone.now()
            current.save(update_fields=["details", "touched_at"])
        return current

    take_over(draft, retried(store))


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
    answers = {name: draft.details[name] for name in ANSWERS}
    wordings = [ConsentWording(pk=pk) for pk in draft.details["wordings"]]
    kind = draft.appointment_kind
    mark = fingerprint({**answers, "kind": kind.pk, "at": draft.starts_at})

    def create() -> FreeConsultation:
        # Not locked: who takes an expired hold over locks it before its draft.
        current = BookingDraft.objects.with_everything().get(pk=draft.pk)
        if current.booking_id:
            return current.booking
        booking = new_booking(
            reservation=kept_or_taken_again(
                held=current.reservation,
                kind=kind,
                starts_at=current.starts_at,
                clinic=current.clinic,
            ),
            reference=reference,
            submit_key=draft.submit_key,
            fingerprint=mark,
            zone=current.zone,
            source_path=current.source_path,
            **answers,
        )
        check_limit()
        record_receipt(submission=booking, wordings=wordings)
        record_figure(booking, is_by_staff=False)
        emails.booked(booking)
        close_draft(current, booking)
        return booking

    booking = submit_once(
        model=FreeConsultation,
        submit_key=draft.submit_key,
        fingerprint=mark,
        create=create,
    )
    if booking.submit_key != draft.submit_key:  # it came in by another draft
        retried(lambda: close_draft(locked(draft), booking))
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


def kept_or_taken_again(
    *,
    held: Reservation | None,
    kind: AppointmentKind,
    starts_at: datetime,
    clinic: Clinic | None,
) -> Reservation:
    """The hold for good; or the same time anew, if it is free. Raises TimeTaken."""
    same = held and held.starts_at == starts_at
    if same and may_keep(held, clinic) and claims.keep(held):
        return held
    slot = availability.slot_at(kind=kind, starts_at=starts_at, clinic=clinic)
    if slot is None:
        raise TimeTaken
    return claims.reserve(kind=kind, starts_at=starts_at, resources=slot.resources)


def give_time(booking: FreeConsultation, reservation: Reservation) -> None:
    for name, value in place_and_time(reservation).items():
        setattr(booking, name, value)
    booking.save(update_fields=list(place_and_time(reservation)))


def close_draft(draft: BookingDraft, booking: FreeConsultation) -> None:
    """What was typed is on the booking now; the address leads to the confirmation."""
    if draft.booking_id:
        return
    held = draft.reservation
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
    return BookingDraft.objects.over().delete()[0]
