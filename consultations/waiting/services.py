"""Getting onto the waiting list, off it, and back."""

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.utils import timezone

from clinic_site.core.transactions import retried
from clinic_site.users.models import User

from ..diary import claims
from ..diary.models import AppointmentKind
from ..records.models import ConsentWording, Event, Submission
from ..records.references import new_reference
from ..records.services import fingerprint, record_receipt, submit_once
from . import emails
from .models import WaitingEntry

# A held time outlives leaving that long, so that leaving by mistake costs nothing.
UNDO_LEAVING = timedelta(minutes=15)

# Of one person for one kind: each may be offered times of its own.
MOST_WISHES = 3

State = WaitingEntry.State
# How the inbox shows it among all that came in: the list looks after itself.
STATUS_OF = {
    State.WAITING: Submission.Status.IN_PROGRESS,
    State.OFFERED: Submission.Status.IN_PROGRESS,
    State.BOOKED: Submission.Status.DONE,
    State.LEFT: Submission.Status.WITHDRAWN,
    State.OVER: Submission.Status.DONE,
}
# Both rows of an entry: its state is in the one, its status in the other.
LOCKED = ("self", "submission_ptr")


class TooManyWishes(Exception):
    """This email address waits for this kind often enough."""


def join(
    *,
    kind: AppointmentKind,
    submit_key: uuid.UUID,
    wordings: Iterable[ConsentWording],
    check_limit: Callable[[], None] = lambda: None,
    reference: str = "",
    source_path: str = "",
    **wish: object,
) -> WaitingEntry:
    """Put a wish on the list, once, with its mail. A repeat finds the first.

    `wish` holds the fields of WaitingEntry that a visitor fills in. Somebody who
    has the very same wish on the list already stays where they are in the turn;
    the form of a wish that was taken back puts it back. Which page led them here
    (`source_path`) makes no other wish. `check_limit` as for the other forms; the
    demo alone gives a `reference`. Raises SubmittedDifferently, TooManyWishes
    and Busy.
    """
    # With the key: the same wish may be made anew once the first is dealt with.
    mark = fingerprint({**wish, "kind": kind.pk, "key": submit_key})

    def create() -> WaitingEntry:
        # One at a time: the same wish may come in by two forms at one instant. Bookings
        # of the kind, which only refer to the row, do not wait for it.
        AppointmentKind.objects.select_for_update(no_key=True).get(pk=kind.pk)
        there = WaitingEntry.objects.on_the_list()
        theirs = there.filter(appointment_kind=kind, email__iexact=wish["email"])
        if found := theirs.filter(**wish).first():
            return found
        if theirs.count() >= MOST_WISHES:
            raise TooManyWishes
        entry = WaitingEntry.objects.create(
            kind=Submission.Kind.WAITING,
            status=STATUS_OF[State.WAITING],
            reference=reference or new_reference("WL"),
            submit_key=submit_key,
            fingerprint=mark,
            appointment_kind=kind,
            source_path=source_path,
            **wish,
        )
        check_limit()
        record_receipt(submission=entry, wordings=wordings)
        emails.joined(entry)
        return entry

    entry = submit_once(
        model=WaitingEntry, submit_key=submit_key, fingerprint=mark, create=create
    )
    return rejoin(entry=entry) if entry.state == State.LEFT else entry


def locked(entry: WaitingEntry) -> WaitingEntry:
    """The row as it is now, and nobody else's until the transaction ends."""
    found = WaitingEntry.objects.select_for_update(of=LOCKED)
    return found.select_related("appointment_kind").get(pk=entry.pk)


def step(entry: WaitingEntry, to: State) -> None:
    """The caller has locked the row."""
    entry.state, entry.status = to, STATUS_OF[to]
    entry.save(update_fields=["state", "status"])


def step_by(actor: User | None, entry: WaitingEntry, to: State) -> None:
    """A step that somebody took; `actor` is None for the person who waits."""
    before = entry.state
    step(entry, to)
    Event.objects.create(
        submission_id=entry.pk,
        actor=actor,
        action=Event.Action.STATE_CHANGED,
        detail=f"{before} to {to}",
    )


def leave(*, entry: WaitingEntry, actor: User | None = None) -> WaitingEntry:
    """Whoever is not on the list stays as they are."""

    def change() -> WaitingEntry:
        current = locked(entry)
        if not current.is_on_the_list:
            return current
        if offer := current.open_offer():
            offer.expires_at = min(offer.expires_at, timezone.now() + UNDO_LEAVING)
            if offer.reservation:
                claims.keep(offer.reservation, until=offer.expires_at)
            offer.save(update_fields=["expires_at"])
        step_by(actor, current, State.LEFT)
        return current

    return retried(change)


def rejoin(*, entry: WaitingEntry, actor: User | None = None) -> WaitingEntry:
    """Undo leaving, with the old place in the turn, as long as its days last."""

    def change() -> WaitingEntry:
        current = locked(entry)
        if current.state == State.LEFT and not current.is_over:
            has_offer = current.open_offer() is not None
            step_by(actor, current, State.OFFERED if has_offer else State.WAITING)
        return current

    return retried(change)
