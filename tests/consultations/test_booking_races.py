"""Many at the same moment want the same times. Each runs on either database."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from post_office.models import Email

from clinic_site.core import transactions
from consultations.bookings import changes
from consultations.bookings.services import begin_draft, book, store_details
from consultations.bookings.states import StepNotAllowed
from consultations.diary import availability, claims
from consultations.diary.claims import TimeTaken
from consultations.diary.ticks import ticks_between
from consultations.models import (
    BookingDraft,
    BookingFigure,
    Claim,
    FreeConsultation,
    Reservation,
)
from tests.factories.consultations import (
    ResourceFactory,
    answers,
    begun_draft,
    free_start,
    kind_of,
    stored_booking,
    wordings,
)

from .threads import VISITORS, at_once

pytestmark = [
    pytest.mark.races,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def room():
    return ResourceFactory()


@pytest.fixture
def kind(room):
    return kind_of("clinic", minutes=30, buffer_before=0, buffer_after=10, interval=10)


def tried(act):
    """What `act` gives, or how it was refused; anything else fails the test."""
    try:
        return act()
    except (TimeTaken, changes.TooLate, StepNotAllowed) as error:
        return type(error).__name__


def held_by_each(kind, starts, number: int = VISITORS) -> list:
    return at_once(
        lambda place: tried(
            lambda: begin_draft(
                kind=kind, clinic=None, starts_at=starts[place % len(starts)]
            )[0]
        ),
        number,
    )


def winners(results: list) -> list:
    assert {each for each in results if isinstance(each, str)} <= {"TimeTaken"}
    return [each for each in results if not isinstance(each, str)]


def told(draft: BookingDraft, name: str = "Tomasz Wójcik") -> BookingDraft:
    store_details(
        draft=draft, answers=answers(name=name), wordings=wordings("booking-contact")
    )
    return draft


def no_orphans(kind) -> bool:
    """Every reservation has just its ticks, and nothing else is claimed."""
    reservations = Reservation.objects.all()
    wanted = sum(
        len(ticks_between(*kind.occupied(each.starts_at))) for each in reservations
    )
    return Claim.objects.count() == wanted


def test_of_many_who_want_one_time_one_gets_it(kind):
    won = winners(held_by_each(kind, [free_start(kind)]))
    assert len(won) == 1
    assert Reservation.objects.count() == BookingDraft.objects.count() == 1
    assert no_orphans(kind)


def test_of_overlapping_times_none_are_sold_twice(kind):
    """Three neighbours, each overlapping the next two; forty minutes apart fit."""
    start = free_start(kind)
    starts = [start + timedelta(minutes=10 * place) for place in range(7)]
    won = winners(held_by_each(kind, starts))
    times = sorted(draft.starts_at for draft in won)
    for earlier, later in zip(times, times[1:], strict=False):
        assert later - earlier >= timedelta(minutes=40)
    assert 1 <= len(won) <= 2
    assert no_orphans(kind)


def test_in_mixed_order_of_rooms_every_lane_is_sold_once(kind, room):
    rooms = [room, ResourceFactory(clinic=room.clinic), ResourceFactory()]
    start = free_start(kind)

    def take(place: int):
        mixed = rooms if place % 2 else rooms[::-1]
        return tried(
            lambda: transactions.retried(
                lambda: claims.reserve(kind=kind, starts_at=start, resources=mixed)
            )
        )

    won = winners(at_once(take))
    assert Counter(each.resource_id for each in won) == {each.pk: 1 for each in rooms}
    assert no_orphans(kind)


def test_the_last_of_three_lanes_goes_to_one(kind, room):
    room.lanes = 3
    room.save()
    start = free_start(kind)
    for name in ("First Person", "Second Person"):
        stored_booking(kind, start, name=name)
    assert len(winners(held_by_each(kind, [start]))) == 1
    assert Reservation.objects.count() == 3


def test_an_expired_hold_is_taken_over_by_one(kind):
    start = free_start(kind)
    old, _ = begun_draft(kind, start)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        won = winners(held_by_each(kind, [start]))
    assert len(won) == 1
    old.refresh_from_db()
    assert old.reservation is None
    assert Reservation.objects.get() == won[0].reservation
    assert no_orphans(kind)


def test_who_books_late_and_who_takes_over_do_not_both_win(kind):
    start = free_start(kind)
    old = told(begun_draft(kind, start)[0])
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):

        def act(place: int):
            if place % 2:
                return tried(
                    lambda: begin_draft(kind=kind, clinic=None, starts_at=start)[0]
                )
            return tried(lambda: book(draft=BookingDraft.objects.get(pk=old.pk)))

        results = at_once(act)
    booked = {r.pk for r in results if isinstance(r, FreeConsultation)}
    held = [r for r in results if isinstance(r, BookingDraft)]
    assert len(booked) + len(held) == 1
    assert Reservation.objects.count() == 1
    assert no_orphans(kind)


def test_one_draft_sent_by_many_at_once_is_one_booking(kind):
    draft = told(begun_draft(kind)[0])
    results = at_once(lambda _: book(draft=BookingDraft.objects.get(pk=draft.pk)))
    assert len({booking.pk for booking in results}) == 1
    assert FreeConsultation.objects.count() == BookingFigure.objects.count() == 1
    assert Email.objects.count() == 1
    assert no_orphans(kind)


def test_the_same_contents_from_many_drafts_are_one_booking(kind, room):
    room.lanes = 4
    room.save()
    start = free_start(kind)
    drafts = [told(begun_draft(kind, start)[0]) for _ in range(4)]
    results = at_once(
        lambda place: book(draft=BookingDraft.objects.get(pk=drafts[place].pk)), 4
    )
    # Looked for first; those that look at the same moment are told apart by nothing.
    assert len({booking.reference for booking in results}) <= 4
    assert FreeConsultation.objects.count() == len({each.pk for each in results})
    assert no_orphans(kind)


def test_two_who_swap_their_times_neither_lose_one_nor_lock(kind):
    start = free_start(kind)
    first = stored_booking(kind, start, name="First Person")
    second = stored_booking(kind, start + timedelta(hours=2), name="Second Person")
    times = [first.starts_at, second.starts_at]

    def act(place: int):
        booking = (first, second)[place % 2]
        to = times[1 - place % 2]
        return tried(lambda: changes.move(booking=booking, starts_at=to))

    results = at_once(act)
    assert set(results) == {"TimeTaken"}  # each stands where the other wants to go
    first.refresh_from_db()
    second.refresh_from_db()
    assert [first.starts_at, second.starts_at] == times
    assert Reservation.objects.count() == 2
    assert no_orphans(kind)


def test_many_who_move_to_one_free_time_move_one(kind):
    start = free_start(kind)
    bookings = [
        stored_booking(kind, start + timedelta(minutes=40 * n), name=f"Person {n}")
        for n in range(8)
    ]
    to = start + timedelta(minutes=40 * 8)
    results = at_once(
        lambda place: tried(
            lambda: changes.move(booking=bookings[place], starts_at=to)
        ),
        8,
    )
    assert len(winners(results)) == 1
    assert Reservation.objects.count() == 8
    assert FreeConsultation.objects.filter(starts_at=to).count() == 1
    assert no_orphans(kind)


def test_a_chain_of_moves_ends_without_a_deadlock(kind):
    """Each wants what the next is just giving up."""
    start = free_start(kind)
    bookings = [
        stored_booking(kind, start + timedelta(minutes=40 * n), name=f"Person {n}")
        for n in range(6)
    ]

    def act(place: int):
        to = bookings[place].starts_at + timedelta(minutes=40)
        return tried(lambda: changes.move(booking=bookings[place], starts_at=to))

    winners(at_once(act, 6))
    times = FreeConsultation.objects.values_list("starts_at", flat=True)
    assert len(set(times)) == 6
    assert no_orphans(kind)


def test_cancelling_and_moving_at_once_is_one_after_the_other(kind):
    booking = stored_booking(kind)
    to = booking.starts_at + timedelta(hours=2)

    def act(place: int):
        if place % 2:
            return tried(lambda: changes.cancel(booking=booking))
        return tried(lambda: changes.move(booking=booking, starts_at=to))

    at_once(act, 8)
    booking.refresh_from_db()
    assert booking.state == "cancelled"
    assert booking.events.filter(action="state_changed").count() == 1
    assert no_orphans(kind)


def test_two_requests_for_one_time_cannot_both_be_made_and_one_is_confirmed_once(
    kind, user_in
):
    kind.needs_confirmation = True
    kind.save()
    start = free_start(kind)
    won = winners(held_by_each(kind, [start], 2))
    booking = book(draft=told(won[0]))
    assert booking.state == "requested"
    staff = user_in("Reception")
    results = at_once(
        lambda _: tried(lambda: changes.confirm(booking=booking, actor=staff)), 8
    )
    assert sum(not isinstance(each, str) for each in results) == 1
    assert Email.objects.filter(to=["tomasz@visitor.example"]).count() == 2


def test_undo_and_somebody_elses_hold_do_not_both_win(kind):
    booking = changes.cancel(booking=stored_booking(kind))
    start = booking.starts_at
    # The quarter of an hour is just over for the diary, not yet for the person.
    Reservation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    def act(place: int):
        if place % 2:
            return tried(
                lambda: begin_draft(kind=kind, clinic=None, starts_at=start)[0]
            )
        return tried(lambda: changes.undo_cancel(booking=booking))

    at_once(act, 8)
    booking.refresh_from_db()
    held = BookingDraft.objects.exclude(pk=None).filter(booking=None).count()
    assert (booking.state == "confirmed") + held == 1
    assert no_orphans(kind)


def test_the_last_step_sent_many_times_by_browsers_is_one_booking(kind):
    draft, token = begun_draft(kind)
    told(draft)
    url = f"/free-consultation/booking/{token}/check/"
    responses = at_once(
        lambda place: Client(REMOTE_ADDR=f"203.0.113.{place}").post(url)
    )
    assert {response.status_code for response in responses} == {303}
    assert len({response["Location"] for response in responses}) == 1
    assert FreeConsultation.objects.count() == 1


def test_without_the_constraint_one_time_is_sold_many_times(kind, monkeypatch):
    """The control: the threads do race, and only the UNIQUE ticks stop them."""
    start = free_start(kind)
    all_have_looked = threading.Barrier(VISITORS, timeout=30)
    look = availability.slot_at

    def look_and_wait(**options):
        found = look(**options)
        if not connection.in_atomic_block or connection.vendor == "postgresql":
            all_have_looked.wait()
        return found

    def insert_only(*, kind, starts_at, resources, **_):
        return Reservation.objects.create(
            appointment_kind=kind,
            resource=resources[0],
            lane=0,
            starts_at=starts_at,
            ends_at=starts_at + kind.length(),
        )

    monkeypatch.setattr(claims, "reserve", insert_only)
    monkeypatch.setattr(availability, "slot_at", look_and_wait)
    # Without the one writer at a time of SQLite, which hides the race.
    monkeypatch.setattr(
        "consultations.bookings.services.retried", lambda work, **_: work()
    )
    assert len(winners(held_by_each(kind, [start]))) == VISITORS
    assert Reservation.objects.filter(starts_at=start).count() == VISITORS
