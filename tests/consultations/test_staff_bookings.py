"""The list of all visits and calls, to narrow down and to search."""

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic_site.users.models import User
from consultations.bookings import changes
from consultations.models import FreeConsultation
from tests.factories.consultations import (
    MARK,
    ResourceFactory,
    kind_of,
    stored_booking,
    stored_online,
)

pytestmark = pytest.mark.django_db

BOOKINGS = "/admin/consultations/bookings/"
TUESDAY = date(2027, 3, 16)


@contextmanager
def at_that_time(client, moment: datetime):
    """Later or earlier, signed in as the only member of staff there is."""
    with time_machine.travel(moment, tick=False):
        client.force_login(User.objects.get())
        yield


@pytest.fixture(autouse=True)
def sunday_before():
    with time_machine.travel(at(time(9), date(2027, 3, 14)), tick=False):
        yield


@pytest.fixture
def reception(client_of):
    return client_of("Reception")


@pytest.fixture
def room():
    return ResourceFactory()


def at(clock: time, day: date = TUESDAY) -> datetime:
    return datetime.combine(day, clock, tzinfo=ZoneInfo("Europe/London"))


def cells(response) -> list[list[str]]:
    """The text of each row's cells, top to bottom."""
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    return [
        [" ".join(cell.get_text(" ", strip=True).split()) for cell in row.select("td")]
        for row in page.select("table.listing tbody tr")
    ]


def names(client, url: str = BOOKINGS, **query) -> list[str]:
    return [row[2] for row in cells(client.get(url, query))]


def test_each_is_shown_with_its_time_place_and_state(reception, room):
    visit = stored_booking(kind_of("clinic"), at(time(9)), name="Ann Visitor")
    stored_booking(kind_of("phone"), at(time(10)), name="Ben Caller")
    stored_online(photos=[])
    with at_that_time(reception, at(time(9), TUESDAY)):
        call, first = cells(reception.get(BOOKINGS))
    when, reference, name, kind, place, state, age = first
    assert when.startswith("Tue 16 Mar 2027, 09:00")
    assert reference == visit.reference
    assert name == "Ann Visitor"
    assert kind == kind_of("clinic").name
    assert place == room.clinic.name
    assert state == "Confirmed"
    assert age == "2 days ago"
    assert call[4] == "By phone"


def test_it_leads_to_the_case(reception, room):
    booking = stored_booking(kind_of("clinic"), at(time(9)))
    assert f"/admin/consultations/{booking.pk}/" in str(reception.get(BOOKINGS).content)


def test_it_is_ordered_by_time_with_those_without_one_last(reception, room):
    stored_booking(kind_of("clinic"), at(time(11)), name="Late")
    stored_booking(kind_of("clinic"), at(time(9)), name="Early")
    old = stored_booking(kind_of("clinic"), at(time(10)), name="Never had one")
    FreeConsultation.objects.filter(pk=old.pk).update(starts_at=None, ends_at=None)
    assert names(reception) == ["Late", "Early", "Never had one"]
    assert names(reception, ordering="starts_at") == ["Early", "Late", "Never had one"]
    assert names(reception, ordering="-name") == ["Never had one", "Late", "Early"]
    assert cells(reception.get(BOOKINGS))[2][0].startswith("No time yet")


def test_it_can_be_narrowed_down(reception, room):
    other = ResourceFactory()
    asks = kind_of("phone", needs_confirmation=True)
    stored_booking(asks, at(time(9)), name="Asks")
    came = stored_booking(kind_of("clinic"), at(time(9)), clinic=other.clinic)
    FreeConsultation.objects.filter(pk=came.pk).update(name="Over", email="a@b.example")
    later = TUESDAY + timedelta(days=2)
    stored_booking(
        kind_of("clinic"), at(time(9), later), clinic=room.clinic, name="Coming"
    )
    gone = stored_booking(
        kind_of("clinic"), at(time(10), later), clinic=room.clinic, name="Gone"
    )
    changes.cancel_for(booking=gone, actor=User.objects.get(), reason="asked")

    def shown(**query) -> set[str]:
        with at_that_time(reception, at(time(12))):
            found = names(reception, **query)
            assert names(reception, BOOKINGS + "results/", **query) == found
        return set(found)

    assert shown(state="requested") == {"Asks"}
    assert shown(state="live") == {"Asks", "Over", "Coming"}
    assert shown(state="unmarked") == {"Over"}
    assert shown(state="withdrawn") == {"Gone"}
    assert shown(when="coming") == {"Coming", "Gone"}
    assert shown(when="over") == {"Asks", "Over"}
    assert shown(mode="phone") == {"Asks"}
    assert shown(mode="clinic") == {"Over", "Coming", "Gone"}
    assert shown(kind=asks.pk) == {"Asks"}
    assert shown(clinic=other.clinic.pk) >= {"Over"}
    assert "Coming" not in shown(clinic=other.clinic.pk)
    assert shown(visit_from=later) == {"Coming", "Gone"}
    assert shown(visit_to=TUESDAY) == {"Asks", "Over"}
    assert shown(visit_from=TUESDAY, visit_to=TUESDAY, state="unmarked") == {"Over"}


def test_what_is_over_and_not_marked_says_so(reception, room):
    booking = stored_booking(kind_of("clinic"), at(time(9)))
    with at_that_time(reception, at(time(12))):
        assert cells(reception.get(BOOKINGS))[0][5] == "Confirmed, not marked yet"
        changes.mark_attendance(booking=booking, came=True, actor=User.objects.get())
        assert cells(reception.get(BOOKINGS))[0][5] == "Attended"


@pytest.mark.parametrize("typed", ["wójcik", "tomasz@", "07700 900113", "fc 7k3m 9qxt"])
def test_it_finds_by_name_email_number_and_reference(reception, room, typed):
    booking = stored_booking(kind_of("clinic"), at(time(9)), phone="+447700900113")
    FreeConsultation.objects.filter(pk=booking.pk).update(reference="FC-7K3M-9QXT")
    stored_booking(
        kind_of("clinic"), at(time(10)), name="Other", email="o@x.example", phone=""
    )
    assert names(reception, q=typed) == ["Tomasz Wójcik"]


@pytest.mark.parametrize(
    "query",
    [
        {"state": "moon", "kind": "moon", "clinic": "moon", "mode": "moon"},
        {"clinic": "9" * 30, "kind": "9" * 30},
        {"clinic": "\x00", "kind": "\x00", "q": "\x00"},
        {"visit_from": "9999-99-99"},
        {"visit_from": "0001-01-01", "visit_to": "9999-12-31"},
        {"visit_to": "\x00"},
        {"p": "9999"},
        {"ordering": "note"},
        {"ordering": "\x00"},
        {"q": "x" * 5000},
    ],
)
def test_it_survives_what_nobody_asks_for(reception, room, query):
    stored_booking(kind_of("clinic"), at(time(9)))
    assert reception.get(BOOKINGS, query).status_code in (200, 404)


def test_nothing_written_is_in_it_and_nothing_can_be_taken_away(reception, room):
    stored_booking(kind_of("clinic"), at(time(9)), note=MARK)
    response = reception.get(BOOKINGS)
    assert MARK not in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    for kind in ("csv", "xlsx"):
        response = reception.get(BOOKINGS, {"export": kind})
        assert "attachment" not in response.get("Content-Disposition", "")


def test_a_page_of_it_costs_the_same_however_long_it_is(reception, room):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert reception.get(BOOKINGS).status_code == 200
        return len(queries)

    stored_booking(kind_of("clinic"), at(time(9)))
    cost()
    few = cost()
    ResourceFactory()
    for number in range(32):
        mode = "clinic" if number % 2 else "phone"
        day = TUESDAY + timedelta(days=1 + number // 4)
        start = at(time(9 + number % 4), day)
        stored_booking(kind_of(mode), start, name=f"Visitor {number}")
    assert cost() == few
    assert [len(names(reception, p=page)) for page in (1, 2)] == [30, 3]
