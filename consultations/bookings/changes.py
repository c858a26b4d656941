"""What visitors and staff do with a booking once it is there.

Each is one transaction: the step, what becomes of its time, the event, the mail.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils import timezone

from clinic_site.core.models import Clinic
from clinic_site.core.transactions import retried
from clinic_site.users.models import User

from ..diary import availability, claims
from ..diary.claims import TimeTaken
from ..diary.clock import day_of
from ..diary.models import Reservation, Resource
from ..records.models import Event
from . import emails
from .by_staff import record_overbooking, reserve_for_staff
from .models import (
    UNDO_CANCELLING,
    BookingFigure,
    FreeConsultation,
)
from .services import give_time
from .states import ChangedMeanwhile, State, StepNotAllowed, transition


class TooLate(Exception):
    """The last moment for this has passed; staff help on the telephone."""


def locked(booking: FreeConsultation) -> FreeConsultation:
    """The row as it is now, and nobody else's until the transaction ends."""
    found = FreeConsultation.objects.select_for_update(of=("self",))
    return found.with_everything().get(pk=booking.pk)


def move(
    *,
    booking: FreeConsultation,
    starts_at: datetime,
    clinic: Clinic | None = None,
    zone: str = "",
) -> FreeConsultation:
    """By the visitor, until the cut-off. Raises TooLate, TimeTaken, Busy.

    The old time is given back only once the new one is taken.
    """

    def change() -> FreeConsultation:
        current = locked(booking)
        if not current.may_be_changed_by_visitor():
            raise TooLate
        if zone:
            current.zone = zone
            current.save(update_fields=["zone"])
        if current.starts_at == starts_at and clinic in (None, current.clinic):
            return current  # the same form, sent twice at once: no second mail
        slot = availability.slot_at(
            kind=current.appointment_kind,
            starts_at=starts_at,
            clinic=clinic,
            ignoring=current.reservation,
        )
        if slot is None:
            raise TimeTaken
        taken = claims.move(
            current.reservation, starts_at=starts_at, resources=slot.resources
        )
        return moved(current, taken, actor=None)

    return retried(change)


def move_for(
    *,
    booking: FreeConsultation,
    starts_at: datetime,
    actor: User,
    clinic: Clinic | None = None,
    resources: Iterable[Resource] | None = None,
    overbooking_reason: str = "",
) -> FreeConsultation:
    """By staff, at any time; gives one to those who have none yet.

    To where and when it is already, it changes nothing and writes to nobody.
    Raises StepNotAllowed, TimeTaken, Busy.
    """

    def change() -> FreeConsultation:
        current = locked(booking)
        if not current.is_live:
            raise StepNotAllowed(current.state)
        is_there = clinic in (None, current.clinic) and (
            resources is None or current.resource in resources
        )
        if current.starts_at == starts_at and is_there:
            return current
        taken = reserve_for_staff(
            kind=current.appointment_kind,
            starts_at=starts_at,
            clinic=clinic,
            resources=resources,
            overbooks=bool(overbooking_reason),
            instead_of=current.reservation,
        )
        if overbooking_reason:
            record_overbooking(current, actor=actor, reason=overbooking_reason)
        return moved(current, taken, actor=actor)

    return retried(change)


def moved(
    booking: FreeConsultation, taken: Reservation, *, actor: User | None
) -> FreeConsultation:
    """The booking has its new time; the old one is free again."""
    before = booking.reservation
    give_time(booking, taken)
    if before and before.pk != taken.pk:
        claims.release(before)
    next_sequence(booking)
    Event.objects.create(
        submission_id=booking.pk, actor=actor, action=Event.Action.MOVED
    )
    BookingFigure.objects.filter(booking_id=booking.pk).update(
        times_moved=models.F("times_moved") + 1,
        visit_on=day_of(booking.starts_at),
        clinic=booking.clinic.name,
    )
    emails.moved(booking, by_visitor=actor is None)
    return booking


def cancel(*, booking: FreeConsultation) -> FreeConsultation:
    """By the visitor, until the cut-off. The time stays held while it can be undone.

    Raises TooLate and StepNotAllowed.
    """

    def change() -> FreeConsultation:
        current = locked(booking)
        if current.is_live and not current.may_be_changed_by_visitor():
            raise TooLate
        transition(booking=current, to=State.CANCELLED, actor=None)
        claims.keep(current.reservation, until=timezone.now() + UNDO_CANCELLING)
        next_sequence(current)
        emails.cancelled(current)
        return current

    return retried(change)


def undo_cancel(*, booking: FreeConsultation) -> FreeConsultation:
    """Within a quarter of an hour. Raises TooLate, and TimeTaken when it is gone."""

    def change() -> FreeConsultation:
        current = locked(booking)
        if not current.may_undo_cancelling():
            raise TooLate
        held = current.reservation
        if held is None or not claims.keep(held):
            raise TimeTaken
        transition(booking=current, to=State(current.state_before), actor=None)
        next_sequence(current)
        emails.restored(current)
        return current

    return retried(change)


def cancel_for(
    *, booking: FreeConsultation, actor: User, reason: str, tells: bool = True
) -> FreeConsultation:
    """By staff, with a CancelReason. A request is declined.

    Raises StepNotAllowed, and ChangedMeanwhile when a request that was to be
    declined has been confirmed.
    """

    def change() -> FreeConsultation:
        current = locked(booking)
        if current.is_live and current.state != booking.state:
            raise ChangedMeanwhile
        is_request = current.state == State.REQUESTED
        to = State.DECLINED if is_request else State.WITHDRAWN
        transition(booking=current, to=to, actor=actor, detail=reason)
        if reason == FreeConsultation.CancelReason.SPAM:
            current.status = current.Status.SPAM
            current.save(update_fields=["status"])
            # Nobody asked for a time: reports do not count it.
            BookingFigure.objects.filter(booking_id=current.pk).delete()
        claims.release(current.reservation)
        current.reservation = None
        next_sequence(current)
        if tells and reason != FreeConsultation.CancelReason.SPAM:
            was_asked = reason == FreeConsultation.CancelReason.ASKED
            emails.withdrawn(current, was_asked=was_asked)
        return current

    return retried(change)


def next_sequence(booking: FreeConsultation) -> None:
    """Calendar programs believe the entry with the highest."""
    booking.calendar_sequence += 1
    booking.save(update_fields=["calendar_sequence"])


def confirm(*, booking: FreeConsultation, actor: User) -> FreeConsultation:
    """A request, for the time that it holds, while it is to come.

    Raises StepNotAllowed.
    """

    def change() -> FreeConsultation:
        current = locked(booking)
        has_time = current.starts_at is not None and not current.is_over
        if current.state != State.REQUESTED or not has_time:
            raise StepNotAllowed(current.state)
        transition(booking=current, to=State.CONFIRMED, actor=actor)
        emails.confirmed(current)
        return current

    return retried(change)


def mark_attendance(
    *, booking: FreeConsultation, came: bool, actor: User
) -> FreeConsultation:
    """After the time. Raises StepNotAllowed, also when it is not over yet."""

    def change() -> FreeConsultation:
        current = locked(booking)
        if not current.is_over:
            raise StepNotAllowed("It is not over yet.")
        to = State.ATTENDED if came else State.MISSED
        transition(booking=current, to=to, actor=actor)
        return current

    return retried(change)


def undo_attendance(*, booking: FreeConsultation, actor: User) -> FreeConsultation:
    """For a fortnight. Raises TooLate."""

    def change() -> FreeConsultation:
        current = locked(booking)
        if not current.may_undo_attendance():
            raise TooLate
        transition(booking=current, to=State.CONFIRMED, actor=actor)
        return current

    return retried(change)


def stop_reminders(*, booking: FreeConsultation) -> None:
    FreeConsultation.objects.filter(pk=booking.pk).update(wants_reminders=False)
