"""Who has which five minutes: taking, keeping, taking over, moving, giving back."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from consultations.bookings import changes, services
from consultations.bookings.by_staff import book_for
from consultations.bookings.services import (
    begin_draft,
    book,
    choose_time,
    renew_hold,
    store_details,
)
from consultations.diary.claims import TimeTaken
from consultations.models import (
    BookingDraft,
    Claim,
    DiaryException,
    Event,
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

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return ResourceFactory()


@pytest.fixture
def kind(room):
    return kind_of("clinic", minutes=30, buffer_before=5, buffer_after=10, interval=15)


def later(minutes: int):
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes))


def told(draft: BookingDraft) -> BookingDraft:
    """The draft as the last page finds it, with all that was typed."""
    store_details(draft=draft, answers=answers(), wordings=wordings("booking-contact"))
    return BookingDraft.objects.get(pk=draft.pk)


def test_a_booking_takes_its_time_and_what_is_kept_free_around_it(kind):
    booking = stored_booking(kind)
    assert Claim.objects.count() == (5 + 30 + 10) / 5
    assert booking.reservation.expires_at is None
    assert booking.ends_at - booking.starts_at == timedelta(minutes=30)


def test_the_database_refuses_a_tick_that_is_taken(kind):
    claim = Claim.objects.filter(reservation=stored_booking(kind).reservation).first()
    claim.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        claim.save(force_insert=True)


def test_a_time_that_is_not_offered_cannot_be_held(kind, room):
    start = free_start(kind)
    for wrong in (
        start + timedelta(minutes=1),
        start + timedelta(hours=12),
        start - timedelta(days=30),
        start + timedelta(days=400),
    ):
        with pytest.raises(TimeTaken):
            begun_draft(kind, wrong)
    assert not Reservation.objects.exists()
    assert not BookingDraft.objects.exists()


class TestHold:
    def test_keeps_others_away_for_ten_minutes(self, kind):
        start = free_start(kind)
        begun_draft(kind, start)
        with later(9), pytest.raises(TimeTaken):
            begun_draft(kind, start)
        with later(11):
            begun_draft(kind, start)
        assert Reservation.objects.count() == 1

    def test_can_be_renewed_and_then_lasts_ten_minutes_more(self, kind):
        start = free_start(kind)
        draft, _ = begun_draft(kind, start)
        with later(9):
            renew_hold(draft=draft)
        with later(15), pytest.raises(TimeTaken):
            begun_draft(kind, start)

    def test_that_expired_still_becomes_a_booking_while_nobody_wants_it(self, kind):
        draft, _ = begun_draft(kind)
        draft = told(draft)
        with later(60):
            booking = book(draft=draft)
        assert booking.reservation.expires_at is None
        assert Reservation.objects.count() == 1

    def test_that_was_taken_over_does_not(self, kind):
        start = free_start(kind)
        draft, _ = begun_draft(kind, start)
        draft = told(draft)
        with later(11):
            stored_booking(kind, start, name="Somebody Faster")
            with pytest.raises(TimeTaken):
                book(draft=draft)
            with pytest.raises(TimeTaken):
                renew_hold(draft=draft)
        draft = BookingDraft.objects.get(pk=draft.pk)
        assert draft.details["name"] == "Tomasz Wójcik"  # nothing typed is lost
        assert Reservation.objects.count() == 1

    def test_moves_with_the_choice_and_frees_the_time_before(self, kind):
        start = free_start(kind)
        draft, _ = begun_draft(kind, start)
        choose_time(draft=draft, starts_at=start + timedelta(hours=2))
        assert Reservation.objects.get() == draft.reservation
        begin_draft(kind=kind, clinic=None, starts_at=start)

    def test_stays_when_the_other_time_is_taken(self, kind):
        start = free_start(kind)
        stored_booking(kind, start + timedelta(hours=2))
        draft, _ = begun_draft(kind, start)
        with pytest.raises(TimeTaken):
            choose_time(draft=draft, starts_at=start + timedelta(hours=2))
        draft = BookingDraft.objects.select_related("reservation").get(pk=draft.pk)
        assert draft.starts_at == start == draft.reservation.starts_at


class TestMoving:
    def test_by_a_quarter_of_an_hour_overlaps_itself(self, kind):
        booking = stored_booking(kind)
        before = booking.reservation_id
        start = booking.starts_at + timedelta(minutes=15)
        moved = changes.move(booking=booking, starts_at=start)
        assert (moved.starts_at, moved.reservation_id) == (start, before)
        assert Claim.objects.count() == 9
        assert moved.calendar_sequence == 1

    def test_frees_the_old_time_and_takes_the_new(self, kind):
        booking = stored_booking(kind)
        start = booking.starts_at
        changes.move(booking=booking, starts_at=start + timedelta(hours=3))
        stored_booking(kind, start, name="Next Person")
        with pytest.raises(TimeTaken):
            stored_booking(kind, start + timedelta(hours=3), name="Third Person")

    def test_to_a_time_that_is_taken_changes_nothing(self, kind):
        booking = stored_booking(kind, name="First Person")
        other = stored_booking(
            kind, booking.starts_at + timedelta(hours=2), name="Second Person"
        )
        with pytest.raises(TimeTaken):
            changes.move(booking=booking, starts_at=other.starts_at)
        booking.refresh_from_db()
        assert booking.reservation.starts_at == booking.starts_at
        assert booking.calendar_sequence == 0
        assert Claim.objects.count() == 18

    def test_goes_to_another_room_where_its_own_is_taken(self, kind, room):
        booking = stored_booking(kind, name="First Person")
        there = booking.starts_at + timedelta(hours=2)
        stored_booking(kind, there, name="Second Person")
        other = ResourceFactory(clinic=room.clinic)
        moved = changes.move(booking=booking, starts_at=there, clinic=room.clinic)
        assert moved.resource == other
        assert Claim.objects.filter(reservation=moved.reservation).count() == 9
        assert Claim.objects.count() == 18


class TestStaff:
    def book(self, actor, kind, start, **options):
        key = BookingDraft._meta.get_field("submit_key").default()
        return book_for(
            actor=actor,
            kind=kind,
            starts_at=start,
            submit_key=key,
            answers={"name": f"Caller {key}", "phone": "+442079460121"},
            **options,
        )

    def test_book_beside_a_full_diary_only_on_purpose(self, kind, user_in):
        start, actor = free_start(kind), user_in("Reception")
        stored_booking(kind, start)
        with pytest.raises(TimeTaken):
            self.book(actor, kind, start)

        extra = self.book(actor, kind, start, overbooking_reason="Comes from afar")
        assert extra.reservation.is_extra
        assert extra.notes.get().text == "Extra lane: Comes from afar"
        assert extra.events.filter(action=Event.Action.EXTRA_LANE).count() == 1
        # The extra lane is not offered to visitors when the other one is free.
        another = self.book(actor, kind, start, overbooking_reason="So does she")
        assert another.reservation.lane == extra.reservation.lane + 1

    def test_cannot_book_outside_the_opening_hours(self, kind, user_in):
        night, actor = free_start(kind) + timedelta(hours=12), user_in("Reception")
        for reason in ("", "Comes from afar"):
            with pytest.raises(TimeTaken):
                self.book(actor, kind, night, overbooking_reason=reason)


def test_three_lanes_take_three_and_no_fourth(kind, room):
    room.lanes = 3
    room.save()
    start = free_start(kind)
    for place in range(3):
        stored_booking(kind, start, name=f"Person {place}")
    with pytest.raises(TimeTaken):
        stored_booking(kind, start, name="Person four")
    lanes = Reservation.objects.values_list("lane", flat=True)
    assert sorted(lanes) == [0, 1, 2]


def test_a_longer_kind_does_not_fit_between_two(kind):
    start = free_start(kind)
    stored_booking(kind, start, name="Person one")
    stored_booking(kind, start + timedelta(minutes=75), name="Person two")
    with pytest.raises(TimeTaken):
        stored_booking(kind, start + timedelta(minutes=45), name="Person three")


def test_different_kinds_share_a_room(kind, room):
    phone = kind_of("phone", minutes=20, buffer_after=0, interval=5)
    start = free_start(kind)
    stored_booking(kind, start)
    with pytest.raises(TimeTaken):
        stored_booking(phone, start + timedelta(minutes=20))
    stored_booking(phone, start + timedelta(minutes=40))


class TestTwoTabs:
    """One draft, open twice: what has become a booking takes nothing more."""

    def test_choosing_another_time_after_booking_holds_nothing(self, kind):
        draft, _ = begun_draft(kind)
        draft = told(draft)
        other_tab = BookingDraft.objects.get(pk=draft.pk)
        booking = book(draft=draft)
        choose_time(draft=other_tab, starts_at=booking.starts_at + timedelta(hours=2))
        assert Reservation.objects.get() == booking.reservation
        assert BookingDraft.objects.get().booking == booking

    def test_typing_after_booking_leaves_nothing_behind(self, kind):
        draft, _ = begun_draft(kind)
        draft = told(draft)
        other_tab = BookingDraft.objects.get(pk=draft.pk)
        book(draft=draft)
        told(other_tab)
        assert BookingDraft.objects.get().details == {}

    def test_a_try_that_fails_at_the_very_end_can_be_begun_again(
        self, kind, monkeypatch
    ):
        draft, _ = begun_draft(kind)
        draft = told(draft)
        with monkeypatch.context() as patch:
            patch.setattr(services, "close_draft", refuse)
            with pytest.raises(OperationalError):
                book(draft=draft)
        assert draft.details["name"] == "Tomasz Wójcik"
        assert draft.reservation.expires_at is not None
        assert book(draft=draft).reservation.expires_at is None


def refuse(*args):
    raise OperationalError("no more")


class TestWhatIsNoLongerOffered:
    def test_a_time_that_has_passed_is_neither_kept_nor_booked(self, kind):
        draft, _ = begun_draft(kind)
        draft = told(draft)
        with time_machine.travel(draft.starts_at + timedelta(minutes=1)):
            for act in (renew_hold, book):
                with pytest.raises(TimeTaken):
                    act(draft=BookingDraft.objects.get(pk=draft.pk))

    def test_nor_is_one_that_was_closed_after_its_hold_expired(self, kind, room):
        draft, _ = begun_draft(kind)
        draft = told(draft)
        day = timezone.localdate(draft.starts_at)
        DiaryException.objects.create(first_day=day, last_day=day)
        with later(11), pytest.raises(TimeTaken):
            book(draft=BookingDraft.objects.get(pk=draft.pk))

    def test_nor_is_a_kind_that_is_no_longer_there(self, kind):
        draft = told(begun_draft(kind)[0])
        kind.is_active = False
        kind.save()
        with pytest.raises(TimeTaken):
            book(draft=BookingDraft.objects.get(pk=draft.pk))

    def test_nobody_holds_a_time_for_longer_than_an_hour(self, kind):
        start = free_start(kind)
        draft, _ = begun_draft(kind, start)
        for minute in range(9, 70, 9):
            with later(minute):
                renew_hold(draft=draft)
        with later(64):
            begun_draft(kind, start)
