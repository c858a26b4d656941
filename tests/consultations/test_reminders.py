"""Mails by the clock: who is reminded, when, and never twice."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError
from post_office.models import Email

from clinic_site.core.worker import timetable
from clinic_site.users.models import User
from consultations.bookings import changes, emails, reminders
from consultations.models import FreeConsultation, Reminder
from tests.factories.consultations import ResourceFactory, kind_of, stored_booking

pytestmark = pytest.mark.django_db

START = datetime(2026, 12, 1, 10, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
TWO_DAYS = "Reminder of your appointment"
THREE_HOURS = "Your appointment is soon"
MISSED = "About your appointment"


@pytest.fixture(autouse=True)
def clock():
    """A week and more before."""
    with time_machine.travel(datetime(2026, 11, 20, 9, tzinfo=UTC), tick=False) as now:
        yield now


@pytest.fixture(autouse=True)
def room(db):
    return ResourceFactory(lanes=3)


def booking_at(start: datetime = START, **changes) -> FreeConsultation:
    return stored_booking(kind_of("clinic", interval=30), start, **changes)


@pytest.fixture
def booking(room) -> FreeConsultation:
    return booking_at()


@pytest.fixture
def reminded(clock):
    """What the job sends at a time: reminded(start - 2 * HOUR) == [THREE_HOURS]."""

    def run(moment: datetime) -> list[str]:
        clock.move_to(moment)
        Email.objects.all().delete()
        reminders.send_reminders()
        rows = Email.objects.order_by("pk")
        return [row.subject.partition(" (")[0] for row in rows]

    return run


@pytest.fixture
def reception(user_in) -> User:
    return user_in("Reception")


def test_two_reminders_each_at_its_time_and_once(booking, reminded):
    sent = {
        hours: reminded(START - hours * HOUR)
        for hours in (49, 48, 47.9, 30, 24.1, 23, 4, 3, 2.9, 0.1, 0, -1)
    }
    assert {hours: mails for hours, mails in sent.items() if mails} == {
        48: [TWO_DAYS],
        3: [THREE_HOURS],
    }
    assert set(Reminder.objects.values_list("kind", "starts_at")) == {
        ("48h", START),
        ("3h", START),
    }


def test_each_has_a_link_of_its_own(booking, reminded, client):
    reminded(START - 40 * HOUR)
    text = Email.objects.get().message
    assert "When: Tuesday 1 December 2026, 10:30am" in text
    link = next(word for word in text.split() if "/appointment/" in word)
    assert client.get(link).status_code == 200


def test_a_late_worker_leaves_out_what_says_nothing_new(booking, reminded):
    assert reminded(START - 23 * HOUR) == []
    assert reminded(START - HOUR) == [THREE_HOURS]


def test_a_late_worker_reminds_of_nothing_that_has_begun(booking, reminded):
    assert reminded(START) == []
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    ("hours", "later"),
    [(47, [THREE_HOURS]), (49, [TWO_DAYS, THREE_HOURS])],
)
def test_who_books_late_is_spared_the_first(clock, reminded, hours, later):
    clock.move_to(START - hours * HOUR)
    booking_at()
    moments = (min(hours, 46), 30, 3, 1)
    assert sum((reminded(START - each * HOUR) for each in moments), []) == later


def test_a_confirmation_counts_like_a_booking(clock, reminded, reception):
    kind_of("clinic", needs_confirmation=True)
    booking = booking_at()
    assert reminded(START - 48 * HOUR) == []
    clock.move_to(START - 40 * HOUR)
    changes.confirm(booking=booking, actor=reception)
    assert reminded(START - 39 * HOUR) == []
    assert reminded(START - 3 * HOUR) == [THREE_HOURS]


@pytest.mark.parametrize(
    "changes",
    [{"wants_reminders": False}, {"email": ""}, {"state": "cancelled"}],
    ids=["who said no", "without an address", "cancelled"],
)
def test_some_are_not_reminded(booking, reminded, changes):
    FreeConsultation.objects.filter(pk=booking.pk).update(**changes)
    assert reminded(START - 48 * HOUR) == reminded(START - 3 * HOUR) == []


def test_who_stops_reminders_has_none_any_more(booking, reminded):
    assert reminded(START - 48 * HOUR) == [TWO_DAYS]
    changes.stop_reminders(booking=booking)
    assert reminded(START - 3 * HOUR) == []


def test_a_moved_booking_is_reminded_of_its_new_time(booking, reminded):
    assert reminded(START - 48 * HOUR) == [TWO_DAYS]
    later = START + 96 * HOUR
    changes.move(booking=booking, starts_at=later)
    assert reminded(START - 3 * HOUR) == []
    assert reminded(later - 48 * HOUR) == [TWO_DAYS]
    assert reminded(later - 3 * HOUR) == [THREE_HOURS]
    assert Reminder.objects.count() == 3


def test_who_just_moved_to_tomorrow_needs_no_reminder_today(booking, clock, reminded):
    clock.move_to(START - 40 * HOUR)
    changes.move(booking=booking, starts_at=START + 2 * HOUR)
    assert reminded(START - 39 * HOUR) == []
    assert reminded(START - HOUR) == [THREE_HOURS]


class TestAMissedVisit:
    def test_brings_one_mail_after_an_hour(self, booking, clock, reminded, reception):
        clock.move_to(START + HOUR)
        changes.mark_attendance(booking=booking, came=False, actor=reception)
        assert reminded(START + 1.9 * HOUR) == []
        assert reminded(START + 2 * HOUR) == [MISSED]
        assert "/free-consultation/" in Email.objects.get().message
        assert reminded(START + 3 * HOUR) == []

    def test_that_was_a_mistake_brings_none(self, booking, clock, reminded, reception):
        clock.move_to(START + HOUR)
        changes.mark_attendance(booking=booking, came=False, actor=reception)
        clock.move_to(START + 1.5 * HOUR)
        changes.undo_attendance(booking=booking, actor=reception)
        assert reminded(START + 3 * HOUR) == []

    def test_is_not_written_about_twice(self, booking, clock, reminded, reception):
        clock.move_to(START + HOUR)
        changes.mark_attendance(booking=booking, came=False, actor=reception)
        assert reminded(START + 3 * HOUR) == [MISSED]
        changes.undo_attendance(booking=booking, actor=reception)
        changes.mark_attendance(booking=booking, came=False, actor=reception)
        assert reminded(START + 6 * HOUR) == []

    def test_of_weeks_ago_brings_none(self, booking, clock, reminded, reception):
        clock.move_to(START + timedelta(days=8))
        changes.mark_attendance(booking=booking, came=False, actor=reception)
        assert reminded(START + timedelta(days=8, hours=2)) == []

    def test_brings_none_to_who_has_booked_again(
        self, booking, clock, reminded, reception
    ):
        clock.move_to(START + HOUR)
        changes.mark_attendance(booking=booking, came=False, actor=reception)
        booking_at(START + timedelta(days=10), email="TOMASZ@visitor.example")
        assert reminded(START + 3 * HOUR) == []


class TestTwoWorkers:
    def test_send_one_and_think_nothing_of_it(
        self, booking, reminded, monkeypatch, caplog
    ):
        """The second asked before the first had written anything."""
        find = reminders.due_long_before

        def and_another_sends_it() -> object:
            found = find()
            Reminder.objects.get_or_create(
                booking=booking, kind="48h", starts_at=booking.starts_at
            )
            return found

        monkeypatch.setattr(reminders, "without_reminder", lambda found, kind: found)
        monkeypatch.setattr(reminders, "due_long_before", and_another_sends_it)
        assert reminded(START - 48 * HOUR) == []
        assert Reminder.objects.count() == 1
        assert not [each for each in caplog.records if each.levelname == "ERROR"]

    def test_are_kept_apart_by_the_database(self, booking):
        row = {"booking": booking, "kind": "48h", "starts_at": START}
        Reminder.objects.create(**row)
        with pytest.raises(IntegrityError):
            Reminder.objects.create(**row)


def test_a_mail_that_cannot_be_queued_leaves_no_trace_and_stops_no_other(
    booking, reminded, monkeypatch, caplog
):
    other = booking_at(START + HOUR)
    queue = emails.reminded

    def fail_for_the_first(found, clinic, **how) -> None:
        if found.pk == booking.pk:
            raise ValueError(found.email)
        queue(found, clinic, **how)

    monkeypatch.setattr(emails, "reminded", fail_for_the_first)
    with caplog.at_level(logging.ERROR):
        assert reminded(START - 47 * HOUR) == [TWO_DAYS]
    assert Reminder.objects.get().booking == other
    assert [record.getMessage() for record in caplog.records] == [
        "a reminder could not be queued"
    ]
    monkeypatch.undo()
    assert reminded(START - 46.9 * HOUR) == [TWO_DAYS]


def test_the_earliest_of_many_come_first(reminded, monkeypatch):
    monkeypatch.setattr(reminders, "BATCH", 2)
    starts = [START + place * HOUR for place in (2, 0, 1)]
    for start in starts:
        booking_at(start)
    assert len(reminded(START - 46 * HOUR)) == 2
    times = Reminder.objects.order_by("pk").values_list("starts_at", flat=True)
    assert list(times) == [START, START + HOUR]
    assert len(reminded(START - 45.9 * HOUR)) == 1


def test_each_costs_few_queries_and_a_quiet_round_three(
    booking, clock, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_num_queries(3):
        reminders.send_reminders()
    for place in range(1, 5):
        booking_at(START + place * HOUR)
    clock.move_to(START - 44 * HOUR)
    # Find, lock, reminder, link, mail; and the two of a savepoint.
    with django_assert_max_num_queries(3 + 1 + 5 * 7):
        reminders.send_reminders()
    assert Reminder.objects.count() == 5


def test_the_worker_does_it_every_five_minutes():
    jobs = {job.run: job for job in timetable.JOBS.values()}
    assert jobs[reminders.send_reminders].every == timedelta(minutes=5)
