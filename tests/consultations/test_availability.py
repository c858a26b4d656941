"""What looks free: opening times, exceptions, notice, and what is taken."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from consultations.bookings.choosing import free_days
from consultations.diary import claims
from consultations.diary.availability import free_slots, nearest_slots
from consultations.diary.bank_holidays import load_bank_holidays
from consultations.models import BankHoliday, DiaryException, OpeningTime
from tests.factories.consultations import (
    ResourceFactory,
    free_start,
    kind_of,
    stored_booking,
)
from tests.factories.core import ClinicFactory

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(datetime(2026, 11, 26, 8, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def kind():
    return kind_of("clinic", minutes=30, buffer_after=0, interval=30)


@pytest.fixture
def room():
    return ResourceFactory(opening=(time(9), time(11)))


def times(kind, day: date = MONDAY, **options) -> list[str]:
    slots = free_slots(kind=kind, first=day, last=day, **options)
    return [f"{timezone.localtime(slot.starts_at):%H:%M}" for slot in slots]


def test_a_room_offers_its_opening_times(kind, room):
    assert times(kind) == ["09:00", "09:30", "10:00", "10:30"]


def test_overlapping_opening_times_offer_nothing_twice(kind, room):
    OpeningTime.objects.create(
        resource=room, weekday=0, opens=time(10), closes=time(12)
    )
    assert times(kind) == ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ({}, []),
        ({"opens": time(9, 30), "closes": time(10)}, ["09:00", "10:00", "10:30"]),
        ({"opens": time(0), "closes": time(10)}, ["10:00", "10:30"]),
    ],
)
def test_a_closure_takes_times_away(kind, room, changes, left):
    DiaryException.objects.create(
        clinic=room.clinic, first_day=MONDAY, last_day=MONDAY, **changes
    )
    assert times(kind) == left
    assert len(times(kind, MONDAY + timedelta(days=1))) == 4


def test_a_closure_of_one_room_or_clinic_leaves_the_others(kind, room):
    other = ResourceFactory(opening=(time(14), time(15)))
    days = {"first_day": MONDAY, "last_day": MONDAY + timedelta(days=3)}
    DiaryException.objects.create(resource=room, **days)
    assert times(kind) == ["14:00", "14:30"]
    DiaryException.objects.create(clinic=other.clinic, **days)
    assert times(kind) == []


def test_a_closure_without_clinic_closes_all(kind, room):
    ResourceFactory()
    DiaryException.objects.create(first_day=MONDAY, last_day=MONDAY)
    assert times(kind) == []


def test_an_extra_opening_adds_times_also_on_a_bank_holiday(kind, room):
    BankHoliday.objects.create(date=MONDAY, name="A holiday")
    assert times(kind) == []
    DiaryException.objects.create(
        effect="extra",
        resource=room,
        first_day=MONDAY,
        last_day=MONDAY,
        opens=time(18),
        closes=time(19),
    )
    assert times(kind) == ["18:00", "18:30"]


def test_a_bank_holiday_on_which_staff_work_is_an_ordinary_day(kind, room):
    BankHoliday.objects.create(date=MONDAY, name="A holiday", is_closed=False)
    assert len(times(kind)) == 4


def test_bank_holidays_of_england_are_loaded_and_stay_as_staff_changed_them():
    load_bank_holidays()
    boxing_day = BankHoliday.objects.get(date=date(2026, 12, 28))
    assert "Boxing Day" in boxing_day.name
    assert BankHoliday.objects.filter(date__year=2028).count() >= 8
    # Scotland's own is none of England's.
    assert not BankHoliday.objects.filter(date=date(2027, 1, 4)).exists()

    boxing_day.is_closed = False
    boxing_day.save()
    count = BankHoliday.objects.count()
    load_bank_holidays()
    boxing_day.refresh_from_db()
    assert not boxing_day.is_closed
    assert BankHoliday.objects.count() == count


def test_visitors_keep_to_notice_and_horizon_and_staff_do_not(kind, room):
    kind = kind_of("clinic", lead_hours=26, horizon_days=10, interval=30)
    today = timezone.localdate()
    assert times(kind, today) == []
    assert times(kind, today + timedelta(days=1)) == ["10:00", "10:30"]
    assert times(kind, today + timedelta(days=11)) == []
    assert times(kind, today, for_staff=True) == ["09:00", "09:30", "10:00", "10:30"]
    assert times(kind, today + timedelta(days=11), for_staff=True)


def test_a_booked_time_is_gone_with_its_buffers(kind, room):
    kind = kind_of("clinic", minutes=30, buffer_before=5, buffer_after=5, interval=30)
    stored_booking(kind, free_start(kind, 4, place=1))
    assert times(kind) == ["10:30"]


def test_a_time_stays_while_one_lane_or_one_room_is_left(kind, room):
    room.lanes = 2
    room.save()
    other = ResourceFactory(opening=(time(9), time(11)))
    start = free_start(kind, 4)
    for place, left in enumerate((True, True, False)):
        stored_booking(kind, start, name=f"Person {place}")
        assert ("09:00" in times(kind)) is left
    assert times(kind, clinic=other.clinic) == ["09:30", "10:00", "10:30"]


def test_an_expired_hold_is_free_again(kind, room):
    start = free_start(kind, 4)
    claims.reserve(
        kind=kind, starts_at=start, resources=[room], expires_at=claims.held_until()
    )
    assert times(kind)[0] == "09:30"
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert times(kind)[0] == "09:00"


@pytest.mark.parametrize("change", ["room", "clinic"])
def test_what_is_closed_for_good_offers_nothing(kind, room, change):
    if change == "room":
        room.is_active = False
        room.save()
    else:
        room.clinic.is_open = False
        room.clinic.save()
    assert times(kind) == []


def test_the_nearest_times_are_those_around_the_one_that_is_gone(kind, room):
    start = free_start(kind, 4, place=1)
    stored_booking(kind, start)
    nearest = nearest_slots(kind=kind, to=start)
    assert [f"{timezone.localtime(each.starts_at):%d %H:%M}" for each in nearest] == [
        "30 09:00",
        "30 10:00",
        "30 10:30",
    ]


def test_days_are_listed_by_four_weeks(kind, room):
    found = free_days(kind=kind)
    assert found.earlier is None
    assert found.later == found.first + timedelta(days=28)
    later = free_days(kind=kind, first=found.later)
    assert later.earlier == found.first
    assert later.days[0].day == found.later
    assert free_days(kind=kind, first=later.later).later is None
    assert free_days(kind=kind, first=date(9999, 12, 31)).days == [
        *free_days(kind=kind, first=timezone.localdate() + timedelta(days=60)).days
    ]


def test_the_number_of_queries_does_not_grow(kind, room, django_assert_num_queries):
    for _ in range(3):
        ResourceFactory(clinic=ClinicFactory())
    for place in range(4):
        stored_booking(kind, free_start(kind, 4 + place), note="")
    with django_assert_num_queries(5):
        assert free_days(kind=kind).days
