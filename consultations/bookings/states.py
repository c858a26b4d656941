"""What can become of a booking, and what each step leaves in the records."""

from django.utils import timezone

from clinic_site.users.models import User

from ..records.models import Event, Submission
from .models import BookingFigure, FreeConsultation

State = FreeConsultation.State

# Every step there is. Undoing goes back along some of them, for a while.
STEPS: dict[str, set[str]] = {
    State.REQUESTED: {State.CONFIRMED, State.DECLINED, State.CANCELLED},
    State.CONFIRMED: {
        State.ATTENDED,
        State.MISSED,
        State.CANCELLED,
        State.WITHDRAWN,
    },
    State.CANCELLED: {State.REQUESTED, State.CONFIRMED},
    State.ATTENDED: {State.CONFIRMED},
    State.MISSED: {State.CONFIRMED},
    State.WITHDRAWN: set(),
    State.DECLINED: set(),
}
# How the inbox shows it among all that came in.
STATUS_OF = {
    State.REQUESTED: Submission.Status.NEW,
    State.CONFIRMED: Submission.Status.IN_PROGRESS,
    State.ATTENDED: Submission.Status.DONE,
    State.MISSED: Submission.Status.DONE,
    State.CANCELLED: Submission.Status.WITHDRAWN,
    State.WITHDRAWN: Submission.Status.DONE,
    State.DECLINED: Submission.Status.DONE,
}


class StepNotAllowed(Exception):
    """The booking is not in a state from which that can be done."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the booking after it was read."""


def transition(
    *, booking: FreeConsultation, to: State, actor: User | None, detail: str = ""
) -> None:
    """One step, exactly once, with its event and its figure.

    The caller holds a transaction and sees to the reservation. `actor` is None for
    the visitor; `detail` comes from a list, never from a person's keyboard.
    Raises StepNotAllowed and ChangedMeanwhile.
    """
    if to not in STEPS[booking.state]:
        raise StepNotAllowed(f"{booking.state} to {to}")
    before, now = booking.state, timezone.now()
    changed = FreeConsultation.objects.filter(pk=booking.pk, state=before).update(
        state=to,
        state_before=before if to == State.CANCELLED else "",
        state_changed_at=now,
        status=STATUS_OF[to],
    )
    if not changed:
        raise ChangedMeanwhile
    booking.state, booking.status = to, STATUS_OF[to]
    booking.state_before = before if to == State.CANCELLED else ""
    booking.state_changed_at = now
    Event.objects.create(
        submission_id=booking.pk,
        actor=actor,
        action=Event.Action.STATE_CHANGED,
        detail=f"{before} to {to}" + (f", {detail}" if detail else ""),
    )
    BookingFigure.objects.filter(booking_id=booking.pk).update(outcome=to)
