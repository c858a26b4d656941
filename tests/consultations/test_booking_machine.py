"""Whatever people do in whichever order: claims are the ticks of live bookings."""

from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.bookings import changes, states
from consultations.bookings.services import book, choose_time, store_details
from consultations.bookings.states import STEPS, State, StepNotAllowed, transition
from consultations.diary.claims import TimeTaken
from consultations.diary.ticks import ticks_between
from consultations.models import (
    BookingDraft,
    BookingFigure,
    Claim,
    Event,
    FreeConsultation,
    Reservation,
    Resource,
)
from consultations.retention import remove_submission
from tests.factories.consultations import (
    ResourceFactory,
    answers,
    begun_draft,
    free_start,
    kind_of,
    stored_booking,
    wordings,
)

pytestmark = pytest.mark.django_db

# What a step does, to which of those there are, and at which of eight times.
steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["hold", "book", "choose", "move", "cancel", "undo", "withdraw", "wait"]
        ),
        st.integers(0, 3),
        st.integers(0, 7),
    ),
    min_size=4,
    max_size=14,
)


class Clinic:
    """One room with two lanes, a few people, and a clock."""

    def __init__(self, user) -> None:
        self.user = user
        self.kind = kind_of("clinic", minutes=30, buffer_after=10, interval=20)
        self.first = free_start(self.kind, 20)
        self.number = 0

    def time(self, place: int):
        return self.first + timedelta(minutes=20 * place)

    def draft(self, place: int):
        drafts = list(BookingDraft.objects.filter(booking=None).order_by("touched_at"))
        return drafts[place % len(drafts)] if drafts else None

    def booking(self, place: int):
        found = list(FreeConsultation.objects.order_by("created_at"))
        return found[place % len(found)] if found else None

    def hold(self, place: int, at: int) -> None:
        self.number += 1
        draft, _ = begun_draft(self.kind, self.time(at))
        store_details(
            draft=draft,
            answers=answers(name=f"Person {self.number}", note=""),
            wordings=wordings("booking-contact"),
        )

    def book(self, place: int, at: int) -> None:
        if draft := self.draft(place):
            book(draft=draft)

    def choose(self, place: int, at: int) -> None:
        if draft := self.draft(place):
            choose_time(draft=draft, starts_at=self.time(at))

    def move(self, place: int, at: int) -> None:
        if booking := self.booking(place):
            changes.move(booking=booking, starts_at=self.time(at))

    def cancel(self, place: int, at: int) -> None:
        if booking := self.booking(place):
            changes.cancel(booking=booking)

    def undo(self, place: int, at: int) -> None:
        if booking := self.booking(place):
            changes.undo_cancel(booking=booking)

    def withdraw(self, place: int, at: int) -> None:
        if booking := self.booking(place):
            changes.cancel_for(booking=booking, actor=self.user, reason="asked")


REFUSALS = (TimeTaken, changes.TooLate, StepNotAllowed)


def check_claims(kind) -> None:
    for reservation in Reservation.objects.all():
        ticks = ticks_between(*kind.occupied(reservation.starts_at))
        claims = Claim.objects.filter(reservation=reservation)
        assert set(claims.values_list("tick", flat=True)) == set(ticks)
        places = set(claims.values_list("resource", "lane"))
        assert places == {(reservation.resource_id, reservation.lane)}
    kept = Reservation.objects.filter(expires_at=None)
    assert set(kept.values_list("booking", flat=True)) == set(
        FreeConsultation.objects.live().values_list("pk", flat=True)
    )
    for booking in FreeConsultation.objects.live().select_related("reservation"):
        assert booking.starts_at == booking.reservation.starts_at
        assert booking.ends_at - booking.starts_at == kind.length()


def clear() -> None:
    BookingDraft.objects.all().delete()
    for pk in FreeConsultation.objects.values_list("pk", flat=True):
        Event.objects.filter(submission_id=pk).delete()
        FreeConsultation.objects.get(pk=pk).consents.all().delete()
    FreeConsultation.objects.all().delete()
    Reservation.objects.all().delete()


@pytest.fixture
def member_of_staff(user_in):
    return user_in("Reception")


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sequence=steps)
def test_claims_are_the_ticks_of_what_is_held_or_booked(member_of_staff, sequence):
    clear()
    if not Resource.objects.exists():
        ResourceFactory(lanes=2)
    clinic = Clinic(member_of_staff)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for name, place, at in sequence:
            if name == "wait":
                clock.shift(timedelta(minutes=4 * (place + 1)))
                continue
            with suppress(*REFUSALS):
                getattr(clinic, name)(place, at)
            check_claims(clinic.kind)


@pytest.mark.parametrize("before", State.values)
@pytest.mark.parametrize("after", State.values)
def test_only_listed_steps_are_taken(member_of_staff, before, after):
    booking = stored_booking()
    FreeConsultation.objects.filter(pk=booking.pk).update(state=before)
    booking.refresh_from_db()
    if after in STEPS[before]:
        transition(booking=booking, to=State(after), actor=None)
        assert FreeConsultation.objects.get().state == after
        assert BookingFigure.objects.get().outcome == after
        assert booking.events.filter(action="state_changed").count() == 1
    else:
        with pytest.raises(StepNotAllowed):
            transition(booking=booking, to=State(after), actor=None)
        assert FreeConsultation.objects.get().state == before
        assert not booking.events.filter(action="state_changed").exists()


def test_a_step_from_what_somebody_else_changed_is_refused():
    booking = stored_booking()
    FreeConsultation.objects.filter(pk=booking.pk).update(state="cancelled")
    with pytest.raises(states.ChangedMeanwhile):
        transition(booking=booking, to=State.WITHDRAWN, actor=None)


class TestCancelling:
    def test_keeps_the_time_for_a_quarter_of_an_hour(self):
        booking = stored_booking()
        cancelled = changes.cancel(booking=booking)
        with pytest.raises(TimeTaken):
            stored_booking(booking.appointment_kind, booking.starts_at, name="B")
        restored = changes.undo_cancel(booking=cancelled)
        assert restored.state == "confirmed"
        assert restored.reservation.expires_at is None
        assert restored.status == "in_progress"

    def test_cannot_be_undone_later(self):
        booking = changes.cancel(booking=stored_booking())
        with time_machine.travel(timezone.now() + timedelta(minutes=16)):
            with pytest.raises(changes.TooLate):
                changes.undo_cancel(booking=booking)
            stored_booking(booking.appointment_kind, booking.starts_at, name="B")

    def test_is_not_possible_after_the_cut_off(self):
        booking = stored_booking()
        with time_machine.travel(booking.starts_at - timedelta(hours=2)):
            for change in (
                lambda: changes.cancel(booking=booking),
                lambda: changes.move(
                    booking=booking, starts_at=booking.starts_at + timedelta(days=1)
                ),
            ):
                with pytest.raises(changes.TooLate):
                    change()
        assert FreeConsultation.objects.get().state == "confirmed"


class TestRequests:
    def test_hold_their_time_and_are_confirmed_or_declined(self, member_of_staff):
        kind = kind_of("phone", needs_confirmation=True)
        booking = stored_booking(kind)
        assert (booking.state, booking.status) == ("requested", "new")
        with pytest.raises(TimeTaken):
            stored_booking(kind, booking.starts_at, name="Somebody Else")
        confirmed = changes.confirm(booking=booking, actor=member_of_staff)
        assert confirmed.state == "confirmed"
        with pytest.raises(StepNotAllowed):
            changes.confirm(booking=booking, actor=member_of_staff)

    def test_that_are_declined_give_their_time_back(self, member_of_staff):
        booking = stored_booking(kind_of("phone", needs_confirmation=True))
        changes.cancel_for(booking=booking, actor=member_of_staff, reason="other")
        assert FreeConsultation.objects.get().state == "declined"
        assert not Claim.objects.exists()


class TestAttendance:
    def test_is_marked_after_the_time_only_and_undone_for_a_fortnight(
        self, member_of_staff
    ):
        booking, who = stored_booking(), {"actor": member_of_staff}
        with pytest.raises(StepNotAllowed):
            changes.mark_attendance(booking=booking, came=False, **who)
        with time_machine.travel(booking.ends_at + timedelta(hours=1), tick=False):
            missed = changes.mark_attendance(booking=booking, came=False, **who)
            assert missed.state == "missed"
            assert changes.undo_attendance(booking=missed, **who).state == "confirmed"
            changes.mark_attendance(booking=missed, came=True, **who)
        later = time_machine.travel(booking.ends_at + timedelta(days=15))
        with later, pytest.raises(changes.TooLate):
            changes.undo_attendance(booking=booking, **who)


def test_numbers_survive_the_removal_of_the_person(member_of_staff):
    booking = stored_booking(source_path="/answers/shedding/")
    changes.cancel_for(booking=booking, actor=member_of_staff, reason="asked")
    with time_machine.travel(timezone.now() + timedelta(days=500)):
        assert remove_submission(pk=booking.pk)
    figure = BookingFigure.objects.get()
    assert figure.booking is None
    assert (figure.outcome, figure.source_path) == ("withdrawn", "/answers/shedding/")
