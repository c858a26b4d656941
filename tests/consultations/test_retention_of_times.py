"""What time removes of bookings, of the waiting list and of what never was booked."""

import uuid
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from consultations import retention
from consultations.bookings import changes
from consultations.bookings.services import book, store_details
from consultations.models import (
    AccessLink,
    BookingDraft,
    BookingFigure,
    Claim,
    Consent,
    Event,
    FreeConsultation,
    Note,
    Reminder,
    Reservation,
    Submission,
    WaitingEntry,
    WaitingOffer,
)
from consultations.records.services import add_note
from tests.factories.consultations import (
    answers,
    begun_draft,
    kind_of,
    stored_booking,
)

pytestmark = pytest.mark.django_db


def booking_of(*, days: int, status: str = "done") -> FreeConsultation:
    """Booked and over that many days ago."""
    booking = stored_booking()
    then = timezone.now() - timedelta(days=days)
    Submission.objects.filter(pk=booking.pk).update(status=status, created_at=then)
    visit_on(booking, then)
    return booking


def visit_on(booking: FreeConsultation, ended_at: datetime) -> None:
    FreeConsultation.objects.filter(pk=booking.pk).update(
        starts_at=ended_at - timedelta(minutes=20), ends_at=ended_at
    )


class TestBookings:
    def test_count_from_the_visit_even_if_nobody_marked_it(self):
        booking = booking_of(days=900, status="in_progress")
        for days, is_there in ((-3, True), (364, True), (366, False)):
            visit_on(booking, timezone.now() - timedelta(days=days))
            retention.remove_closed_submissions()
            assert FreeConsultation.objects.exists() is is_there

    def test_without_a_time_count_from_when_they_came(self):
        for days in (364, 366):
            wish = booking_of(days=days, status="new")
            FreeConsultation.objects.filter(pk=wish.pk).update(
                starts_at=None, ends_at=None
            )
        retention.remove_closed_submissions()
        kept = FreeConsultation.objects.get()
        assert kept.created_at > timezone.now() - timedelta(days=365)

    def test_leave_their_numbers_and_nothing_else(self, user_in):
        booking = booking_of(days=366)
        add_note(submission=booking, text="Rang.", author=user_in("Reception"))
        Reminder.objects.create(
            booking=booking, kind="48h", starts_at=booking.starts_at
        )
        retention.remove_closed_submissions()
        gone = (FreeConsultation, Submission, AccessLink, Reminder, Reservation)
        for model in (*gone, Claim, BookingDraft, Consent, Event, Note):
            assert not model.objects.exists(), model
        figure = BookingFigure.objects.get()
        assert figure.booking_id is None
        assert figure.appointment_kind == booking.appointment_kind.name

    def test_of_others_are_left_alone(self):
        booking_of(days=366)
        other = stored_booking()
        retention.remove_closed_submissions()
        assert FreeConsultation.objects.get() == other
        assert Reservation.objects.get().booking == other
        assert Claim.objects.filter(reservation__booking=other).exists()
        assert AccessLink.objects.get().submission_id == other.pk


def waiting(state: str, **changes) -> WaitingEntry:
    today = timezone.localdate()
    values = {
        "kind": Submission.Kind.WAITING,
        "reference": f"WL-{uuid.uuid4().hex[:8]}",
        "submit_key": uuid.uuid4(),
        "fingerprint": uuid.uuid4().hex,
        "name": "Ann",
        "email": "ann@visitor.example",
        "appointment_kind": kind_of("phone"),
        "first_day": today,
        "last_day": today + timedelta(days=20),
        "state": state,
        "created_at": timezone.now() - timedelta(days=90),
        **changes,
    }
    return WaitingEntry.objects.create(**values)


def event(entry: WaitingEntry, *, days: int, action: str = "state_changed") -> None:
    at = timezone.now() - timedelta(days=days)
    Event.objects.create(submission_id=entry.pk, action=action, at=at)


class TestWaitingList:
    @pytest.mark.parametrize("state", ["left", "booked"])
    def test_a_wish_goes_a_month_after_it_was_met_or_taken_back(self, state):
        fresh, old = waiting(state), waiting(state)
        event(fresh, days=29)
        event(old, days=31)
        event(old, days=1, action="answers_viewed")
        retention.remove_closed_submissions()
        assert WaitingEntry.objects.get() == fresh
        assert Event.objects.get().submission_id == fresh.pk

    def test_a_wish_whose_days_are_over_goes_a_month_later(self):
        today = timezone.localdate()
        first = today - timedelta(days=60)
        fresh, _ = (
            waiting("over", first_day=first, last_day=today - timedelta(days=days))
            for days in (29, 31)
        )
        retention.remove_closed_submissions()
        assert WaitingEntry.objects.get() == fresh

    @pytest.mark.parametrize("state", ["waiting", "offered"])
    def test_who_waits_is_kept(self, state):
        waiting(state)
        retention.remove_closed_submissions()
        assert WaitingEntry.objects.exists()

    def test_its_offers_go_with_it_but_not_the_booking_it_became(self):
        booking = stored_booking()
        entry = waiting("booked", booking=booking)
        WaitingOffer.objects.create(
            entry=entry,
            reservation=booking.reservation,
            clinic=booking.clinic,
            starts_at=booking.starts_at,
            expires_at=timezone.now(),
            outcome="taken",
        )
        retention.remove_closed_submissions()
        assert not WaitingEntry.objects.exists()
        assert not WaitingOffer.objects.exists()
        booking.refresh_from_db()
        assert booking.reservation.claims.exists()


class TestDraftsAndHolds:
    def test_a_hold_goes_an_hour_after_it_expired(self):
        draft, _ = begun_draft()
        expired = draft.reservation.expires_at
        for minutes, is_there in ((59, True), (61, False)):
            with time_machine.travel(expired + timedelta(minutes=minutes)):
                retention.remove_drafts_and_holds()
            assert Reservation.objects.exists() is is_there
            assert Claim.objects.exists() is is_there
        draft.refresh_from_db()
        assert draft.reservation is None

    def test_its_draft_can_still_be_booked_until_it_goes_itself(self):
        draft, _ = begun_draft()
        store_details(draft=draft, answers=answers(), wordings=[])
        with time_machine.travel(timezone.now() + timedelta(hours=23)):
            retention.remove_drafts_and_holds()
            booking = book(draft=BookingDraft.objects.get())
            assert booking.reservation.claims.exists()
        with time_machine.travel(timezone.now() + timedelta(hours=25)):
            retention.remove_drafts_and_holds()
            assert not BookingDraft.objects.exists()
            assert FreeConsultation.objects.get().reservation == booking.reservation

    def test_what_was_cancelled_stays_while_that_can_be_undone(self):
        booking = stored_booking()
        changes.cancel(booking=booking)
        now = timezone.now()
        with time_machine.travel(now + timedelta(minutes=14)):
            retention.remove_drafts_and_holds()
            booking = changes.undo_cancel(booking=booking)
        with time_machine.travel(now + timedelta(days=2)):
            retention.remove_drafts_and_holds()
            assert booking.reservation.claims.exists()
            changes.cancel(booking=booking)
        with time_machine.travel(now + timedelta(days=2, minutes=76)):
            retention.remove_drafts_and_holds()
            assert not Reservation.objects.exists()

    def test_what_an_appointment_has_stays_whatever_it_says(self):
        reservation = stored_booking().reservation
        then = timezone.now() - timedelta(days=1)
        Reservation.objects.update(expires_at=then)
        retention.remove_drafts_and_holds()
        assert Reservation.objects.get() == reservation

    def test_what_an_open_offer_holds_stays(self):
        draft, _ = begun_draft()
        held = draft.reservation
        entry = waiting("offered")
        offer = WaitingOffer.objects.create(
            entry=entry,
            reservation=held,
            clinic=held.resource.clinic,
            starts_at=held.starts_at,
            expires_at=held.expires_at,
        )
        draft.delete()
        with time_machine.travel(timezone.now() + timedelta(hours=3)):
            retention.remove_drafts_and_holds()
            assert Reservation.objects.get() == held
            WaitingOffer.objects.filter(pk=offer.pk).update(outcome="expired")
            retention.remove_drafts_and_holds()
            assert not Reservation.objects.exists()


def test_links_go_when_they_expire():
    booking = stored_booking()
    over = booking.ends_at + timedelta(days=14)
    for moment, is_there in ((over - timedelta(1), True), (over, False)):
        with time_machine.travel(moment, tick=False):
            retention.remove_expired_links()
        assert AccessLink.objects.exists() is is_there
