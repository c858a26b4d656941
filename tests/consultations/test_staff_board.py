"""The diary's board, as Reception reads it: a day, a week, and on paper."""

import re
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.users.models import UserProfile

from clinic_site.core.models import Clinic
from clinic_site.users.models import User
from consultations.bookings import changes
from consultations.bookings.by_staff import book_for
from consultations.diary.availability import free_slots
from consultations.models import (
    AppointmentKind,
    BankHoliday,
    DiaryException,
    Event,
    FreeConsultation,
    Resource,
)
from tests.factories.consultations import (
    MARK,
    ResourceFactory,
    answers,
    begun_draft,
    kind_of,
    stored_booking,
)
from tests.factories.core import ClinicFactory

from .rows import every_row

pytestmark = pytest.mark.django_db

BOARD = "/admin/consultations/diary/"
PRINT = "/admin/consultations/diary/print/"
LONDON = ZoneInfo("Europe/London")
TUESDAY = date(2027, 3, 16)
SUNDAY = date(2027, 3, 14)


@contextmanager
def at_that_time(client, moment: datetime):
    """Later or earlier, signed in as the only member of staff there is."""
    with time_machine.travel(moment, tick=False):
        client.force_login(User.objects.get())
        yield


@pytest.fixture(autouse=True)
def sunday_before():
    with time_machine.travel(at(time(9), SUNDAY), tick=False):
        yield


@pytest.fixture
def reception(client_of):
    return client_of("Reception")


@pytest.fixture
def room() -> Resource:
    """Open from nine to twelve, for visits and calls of half an hour."""
    AppointmentKind.objects.update(
        minutes=30, interval=30, buffer_before=0, buffer_after=0
    )
    clinic = ClinicFactory(name="Larkfield Victoria")
    return ResourceFactory(clinic=clinic, name="Room 1", opening=(time(9), time(12)))


def at(clock: time, day: date = TUESDAY) -> datetime:
    return datetime.combine(day, clock, tzinfo=LONDON)


def page_of(client, url: str = BOARD, status: int = 200, **query) -> BeautifulSoup:
    response = client.get(url, {"day": TUESDAY.isoformat(), **query})
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def words(element) -> str:
    return " ".join(element.get_text(" ", strip=True).split())


def rows(page: BeautifulSoup) -> list[str]:
    return [words(row) for row in page.select(".board__row")]


def test_a_day_shows_who_comes_when_and_what_is_free(reception, room):
    visit = stored_booking(kind_of("clinic"), at(time(9, 30)), name="Ann Visitor")
    call = stored_booking(kind_of("phone"), at(time(11)), name="Ben Caller")
    page = page_of(reception)
    assert "Tuesday 16 March 2027" in words(page.select_one(".board__title"))
    assert words(page.select_one(".board__room h3")) == "Room 1"
    assert "Open 09:00 to 12:00" in words(page.select_one(".board__room"))
    free, first, between, second, after = rows(page)
    assert free.startswith("09:00 to 09:30 Free")
    assert first.startswith(f"09:30 to 10:00 {visit.reference} Ann Visitor")
    assert "Confirmed" in first
    assert "By phone" not in first
    assert between.startswith("10:00 to 11:00 Free")
    assert second.startswith(f"11:00 to 11:30 {call.reference} Ben Caller")
    assert "By phone" in second
    assert after.startswith("11:30 to 12:00 Free")
    links = [link["href"] for link in page.select(".board__row a")]
    assert f"/admin/consultations/{visit.pk}/" in links
    assert f"/admin/consultations/{call.pk}/" in links


def test_what_waits_for_somebody_is_said_in_words(reception, room):
    kind = kind_of("clinic", needs_confirmation=True)
    asked = stored_booking(kind, at(time(9)), name="Asks")
    kind_of("clinic", needs_confirmation=False)
    past = stored_booking(kind_of("clinic"), at(time(10)), name="Came")
    extra = book_for(
        actor=User.objects.get(),
        kind=kind_of("clinic"),
        starts_at=at(time(10)),
        answers=answers(name="Beside"),
        submit_key=asked.pk,
        resources=[room],
        overbooking_reason="In pain",
    )
    changes.cancel_for(
        booking=stored_booking(kind_of("clinic"), at(time(11)), name="Gone"),
        actor=User.objects.get(),
        reason="asked",
    )
    with at_that_time(reception, at(time(10, 45))):
        page = page_of(reception)
    text = {reference_of(row): row for row in rows(page) if "FC-" in row}
    assert "Requested, please confirm" in text[asked.reference]
    assert "Not marked yet" in text[past.reference]
    assert "Extra lane" in text[extra.reference]
    assert "Extra lane" not in text[past.reference]
    assert len(text) == 3
    turn = {words(link): link["href"] for link in page.select(".board__turn a")}
    assert set(turn) == {"Waiting for confirmation: 1", "Over and not marked yet: 2"}
    for url in turn.values():
        assert reception.get(url).status_code == 200


def reference_of(row: str) -> str:
    return re.search(r"FC-\w{4}-\w{4}", row).group()


def test_a_free_time_leads_to_booking_it_there(client_of, reception, room):
    kind = kind_of("clinic")
    room.kinds.set([kind])
    stored_booking(kind, at(time(10)))
    page = page_of(reception)
    times = [words(link) for link in page.select(".board__starts a")]
    assert [text[-5:] for text in times] == [
        "09:00",
        "09:30",
        "10:30",
        "11:00",
        "11:30",
    ]
    assert "Add a booking" in times[0]
    link = page.select_one(".board__starts a")["href"]
    assert link.startswith("/admin/consultations/add/") or "starts_at=" in link
    assert "starts_at=2027-03-16T09%3A00%3A00%2B00%3A00" in link
    assert f"kind={kind.pk}" in link
    assert f"resource={room.pk}" in link
    # Specialists look and do not book.
    assert not page_of(client_of("Specialists")).select(".board__starts")


def test_the_free_times_are_those_that_the_diary_has(reception, room):
    kind = kind_of("clinic", buffer_after=10)
    room.kinds.set([kind])
    stored_booking(kind, at(time(10)))
    slots = free_slots(kind=kind, first=TUESDAY, last=TUESDAY, for_staff=True)
    offered = [timezone.localtime(slot.starts_at).strftime("%H:%M") for slot in slots]
    shown = [words(link)[-5:] for link in page_of(reception).select(".board__starts a")]
    assert shown == offered


def test_an_hour_that_the_clock_skips_is_not_free(reception, room):
    room.opening_times.update(weekday=6, opens=time(0), closes=time(4))
    page = page_of(reception, day="2027-03-28")
    assert [row.split(" Free")[0] for row in rows(page)] == [
        "00:00 to 01:00",
        "02:00 to 04:00",
    ]


def test_nothing_is_offered_in_the_past(reception, room):
    with at_that_time(reception, at(time(11, 2))):
        page = page_of(reception)
    (free,) = rows(page)
    assert free.startswith("11:05 to 12:00 Free")
    assert {words(link)[-5:] for link in page.select(".board__starts a")} == {"11:30"}
    with at_that_time(reception, at(time(18))):
        assert rows(page_of(reception)) == []


def test_closures_and_holidays_say_why(reception, room):
    wednesday = TUESDAY + timedelta(days=1)
    DiaryException.objects.create(
        clinic=room.clinic,
        first_day=TUESDAY,
        last_day=TUESDAY,
        opens=time(10),
        closes=time(11),
        label="Training",
    )
    DiaryException.objects.create(
        effect="extra",
        resource=room,
        first_day=TUESDAY,
        last_day=TUESDAY,
        opens=time(18),
        closes=time(19),
    )
    BankHoliday.objects.create(date=wednesday, name="Founders’ Day")
    found = [row.split(" Add")[0] for row in rows(page_of(reception))]
    assert found == [
        "09:00 to 10:00 Free",
        "10:00 to 11:00 Closed: Training",
        "11:00 to 12:00 Free",
        "18:00 to 19:00 Open besides",
        "18:00 to 19:00 Free",
    ]
    page = page_of(reception, day=wednesday.isoformat())
    assert rows(page) == ["All day Closed: Founders’ Day"]
    assert "Not open" in words(page.select_one(".board__room"))


def test_a_time_that_somebody_holds_is_not_free_and_says_so(reception, room):
    kind = kind_of("clinic")
    begun_draft(kind, at(time(9)))
    cancelled = stored_booking(kind, at(time(10)))
    changes.cancel(booking=cancelled)
    found = [row.split(" Add")[0] for row in rows(page_of(reception))]
    assert found == [
        "09:00 to 09:30 Kept until 09:10 for somebody who is booking",
        "09:30 to 10:00 Free",
        "10:00 to 10:30 Cancelled just now; can be undone until 09:15",
        "10:30 to 12:00 Free",
    ]


def test_a_room_for_two_is_free_until_both_are_there(reception, room):
    kind = kind_of("clinic")
    Resource.objects.update(lanes=2)
    room.kinds.set([kind])
    stored_booking(kind, at(time(9)), name="Ann Visitor")
    stored_booking(kind, at(time(9)), name="Ben Visitor")
    stored_booking(kind, at(time(10)), name="Cem Visitor")
    page = page_of(reception)
    assert "up to 2 at a time" in words(page.select_one(".board__room"))
    found = [re.sub(r" FC-\S+|( Visitor| Add).*", "", row) for row in rows(page)]
    assert found == [
        "09:00 to 09:30 Ann",
        "09:00 to 09:30 Ben",
        "09:30 to 10:00 Free",
        "10:00 to 10:30 Cem",
        "10:00 to 12:00 Free",
    ]


def test_each_clinic_has_its_own_board_and_an_open_one_comes_first(reception, room):
    stored_booking(kind_of("clinic"), at(time(9)), name="Ann Visitor")
    shut = ClinicFactory(name="Larkfield Annexe", is_open=False, sort_order=0)
    Clinic.objects.filter(pk=room.clinic.pk).update(sort_order=1)
    assert "Ann Visitor" in str(page_of(reception))
    other = page_of(reception, clinic=shut.pk)
    assert "Larkfield Annexe" in words(other.select_one(".board__title"))
    assert "Ann Visitor" not in str(other)
    assert "no rooms or people" in str(other)


def test_a_room_out_of_use_is_shown_for_those_who_booked_it(reception, room):
    stored_booking(kind_of("clinic"), at(time(9)), name="Still comes")
    Resource.objects.update(is_active=False)
    (row,) = rows(page_of(reception))
    assert "Still comes" in row
    wednesday = (TUESDAY + timedelta(days=1)).isoformat()
    assert not page_of(reception, day=wednesday).select(".board__room")


def test_without_a_day_it_is_today_by_the_clock_in_london(reception, room):
    user = User.objects.get()
    UserProfile.objects.create(user=user, current_time_zone="Pacific/Kiritimati")
    stored_booking(kind_of("clinic"), at(time(9, 30)))
    with at_that_time(reception, at(time(23, 30), SUNDAY)):
        page = BeautifulSoup(reception.get(BOARD).content, "html.parser")
    assert "Sunday 14 March 2027" in words(page.select_one(".board__title"))
    assert "09:30 to 10:00" in str(page_of(reception))
    assert page.select_one("input[name=day]")["value"] == "2027-03-14"


def test_one_walks_through_the_days_by_links(reception, room):
    page = page_of(reception)
    previous, today, following, week, paper = page.select(".board__ways a")
    assert words(paper) == "Print the day"
    assert "16 March" in reception.get(paper["href"]).content.decode()
    for link, title in (
        (previous, "Monday 15 March 2027"),
        (today, "Sunday 14 March 2027"),
        (following, "Wednesday 17 March 2027"),
        (week, "Monday 15 March 2027 to Sunday 21 March 2027"),
    ):
        there = BeautifulSoup(reception.get(link["href"]).content, "html.parser")
        assert title in words(there.select_one(".board__title"))
    later = there.select(".board__ways a")[2]
    assert words(later) == "Next week"
    there = BeautifulSoup(reception.get(later["href"]).content, "html.parser")
    assert "Monday 22 March 2027" in words(there.select_one(".board__title"))


def test_a_week_is_a_table_with_a_row_for_each_day(reception, room):
    ResourceFactory(clinic=room.clinic, name="Dr Example")
    visit = stored_booking(kind_of("clinic"), at(time(9)), name="Ann Visitor")
    page = page_of(reception, span="week")
    heads = [words(head) for head in page.select(".board__week thead th")]
    assert heads == ["Day", "Dr Example", "Room 1"]
    days = [words(head) for head in page.select(".board__week tbody th")]
    assert len(days) == 7
    assert days[0].startswith("Monday 15 March")
    assert days[1].endswith("1 booked")
    tuesday = page.select(".board__week tbody tr")[1]
    assert visit.reference in words(tuesday)
    assert "Ann Visitor" in words(tuesday)
    assert "Free" in words(tuesday)
    link = tuesday.select_one("th a")["href"]
    there = BeautifulSoup(reception.get(link).content, "html.parser")
    assert "Ann Visitor" in str(there)
    assert there.select(".board__row")


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
def test_days_on_which_the_clocks_change_are_shown_whole(reception, room, day):
    room.opening_times.update(opens=time(0), closes=time(4))
    with at_that_time(reception, at(time(12), day - timedelta(days=2))):
        page = page_of(reception, day=day.isoformat())
        kind = kind_of("clinic")
        slots = free_slots(kind=kind, first=day, last=day, for_staff=True)
    assert slots
    shown = [link["href"] for link in page.select(".board__starts a")]
    mine = [url for url in shown if f"kind={kind.pk}&" in url]
    assert len(mine) == len(set(mine)) == len(slots)


def test_what_people_wrote_is_neither_shown_nor_recorded_as_seen(reception, room):
    stored_booking(kind_of("clinic"), at(time(9)), note=MARK)
    seen = Event.objects.count()
    for url in (BOARD, PRINT):
        assert MARK not in str(page_of(reception, url))
    assert Event.objects.count() == seen


def test_looking_changes_nothing(reception, room):
    stored_booking(kind_of("clinic"), at(time(9)))
    before = every_row()
    page_of(reception)
    page_of(reception, span="week")
    page_of(reception, PRINT)
    assert every_row() == before


def test_names_are_kept_by_no_cache_and_stand_in_no_title(reception, room):
    stored_booking(kind_of("clinic"), at(time(9)), name="Ann Visitor")
    for url in (BOARD, PRINT):
        response = reception.get(url, {"day": TUESDAY.isoformat()})
        assert "no-store" in response["Cache-Control"]
        page = BeautifulSoup(response.content, "html.parser")
        assert "Ann Visitor" in str(page)
        assert "Ann" not in page.title.get_text()


@pytest.mark.parametrize(
    "query",
    [
        {"day": "9999-99-99"},
        {"day": "9999-12-31"},
        {"day": "0001-01-01"},
        {"day": "yesterday"},
        {"day": "\x00"},
        {"day": "2027-03-16" * 500},
        {"clinic": "moon"},
        {"clinic": "9" * 30},
        {"clinic": "\x00"},
        {"clinic": "-1"},
        {"span": "year"},
        {"span": "\x00"},
    ],
)
@pytest.mark.parametrize("url", [BOARD, PRINT])
def test_what_cannot_be_is_said_and_the_usual_is_shown(reception, room, url, query):
    page = page_of(reception, url, status=422, **query)
    assert "Larkfield Victoria" in str(page)
    if url == BOARD:
        assert words(page.select_one(".help-critical"))


@pytest.mark.parametrize("day", ["2000-01-01", "2100-12-31"])
@pytest.mark.parametrize("span", ["day", "week"])
def test_the_first_and_the_last_day_have_a_board(reception, room, day, span):
    page_of(reception, day=day, span=span)


def test_without_any_clinic_it_says_what_to_do(reception):
    assert not Clinic.objects.exists()
    assert "There is no clinic yet" in str(page_of(reception))
    page_of(reception, PRINT)


def test_the_day_on_paper_has_what_one_needs_at_the_telephone(reception, room):
    kind_of("clinic", needs_confirmation=True)
    stored_booking(kind_of("clinic"), at(time(9)), name="Ann Visitor", phone="")
    stored_booking(
        kind_of("phone"),
        at(time(10)),
        name="Ben Caller",
        phone="+447700900113",
        no_voicemail=True,
        preferred_hours="morning",
    )
    page = page_of(reception, PRINT)
    first, second = [words(row) for row in page.select("tbody tr")]
    assert "09:00 to 09:30" in first
    assert "Ann Visitor Not given" in first
    assert "(requested)" in first
    assert "No voicemail" not in first
    assert "+447700900113" in second
    assert "by phone" in second
    assert "No voicemail. In the morning" in second
    assert "Free" not in str(page)
    assert not page.select("script")


def test_it_costs_the_same_however_much_is_on(reception, room):
    def cost(url: str, **query) -> int:
        with CaptureQueriesContext(connection) as queries:
            page_of(reception, url, **query)
        return len(queries)

    def costs() -> list[int]:
        return [cost(BOARD), cost(BOARD, span="week"), cost(PRINT)]

    stored_booking(kind_of("clinic"), at(time(9)))
    begun_draft(kind_of("phone"), at(time(9, 30)))
    costs()  # fills what is remembered between requests
    few = costs()
    for number in range(4):
        ResourceFactory(clinic=room.clinic, name=f"Room {number + 2}")
    for number in range(20):
        start = at(time(9 + number // 2 % 3, number % 2 * 30))
        stored_booking(kind_of("clinic"), start, name=f"Visitor {number}")
    changes.cancel(booking=FreeConsultation.objects.filter(name="Visitor 9").get())
    assert costs() == few
    assert max(few) <= 30
