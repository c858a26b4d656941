"""The first screen of the admin: what of the consultations is somebody's turn."""

import uuid
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.bookings import changes
from consultations.models import WaitingEntry
from tests.factories.consultations import (
    ResourceFactory,
    kind_of,
    stored_booking,
    stored_online,
)

pytestmark = pytest.mark.django_db

SUNDAY, TUESDAY = date(2027, 3, 14), date(2027, 3, 16)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(at(time(9), SUNDAY), tick=False) as traveller:
        yield traveller


@pytest.fixture
def full_day(clock) -> None:
    """Tuesday, after the first of two visits, with something of everything."""
    store_all()
    clock.move_to(at(time(9, 45)))


def at(clock: time, day: date = TUESDAY) -> datetime:
    return datetime.combine(day, clock, tzinfo=ZoneInfo("Europe/London"))


def panel(client) -> BeautifulSoup | None:
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    return page.select_one("#waiting-consultations-section, #waiting-consultations")


def lines(client) -> list[str]:
    items = panel(client).select("li")
    return [" ".join(item.get_text(" ", strip=True).split()) for item in items]


def store_all() -> None:
    room = ResourceFactory()
    stored_booking(kind_of("clinic"), at(time(9)))
    stored_booking(kind_of("clinic"), at(time(11)), name="Second")
    changes.cancel(booking=stored_booking(kind_of("clinic"), at(time(15)), name="No"))
    asks = kind_of("phone", needs_confirmation=True)
    stored_booking(asks, at(time(9), TUESDAY + timedelta(days=1)), name="Asks")
    stored_online(photos=[])
    WaitingEntry.objects.create(
        kind="waiting",
        reference="WL-2222-2222",
        submit_key=uuid.uuid4(),
        status="in_progress",
        appointment_kind=kind_of("clinic"),
        clinic=room.clinic,
        first_day=TUESDAY,
        last_day=TUESDAY + timedelta(days=7),
    )


def test_it_says_what_needs_somebody_now_and_how_old_it_is(client_of, full_day):
    assert lines(client_of("Reception")) == [
        "2 visits and calls today",
        "1 request to confirm , the oldest from 2 days ago",
        "1 visit over and not marked yet",
        "1 new online consultation , the oldest from 2 days ago",
        "1 person on the waiting list",
    ]


def test_each_line_leads_to_what_it_counts(client_of, full_day):
    reception = client_of("Reception")
    links = [link["href"] for link in panel(reception).select("li a")]
    assert len(links) == 5
    found = ["Second", "Asks", "Tomasz", "Sofia", "WL-2222-2222"]
    for link, name in zip(links, found, strict=True):
        response = reception.get(link)
        assert response.status_code == 200
        assert name in response.content.decode()


def test_on_a_quiet_day_it_leads_to_the_diary(client_of):
    assert lines(client_of("Reception")) == ["No visits and calls today"]


def test_who_may_not_see_consultations_does_not_see_how_many_there_are(
    client_of, full_day
):
    assert panel(client_of("Editors")) is None


def test_it_costs_the_same_however_much_waits(client_of, full_day):
    reception = client_of("Reception")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            panel(reception)
        return len(queries)

    cost()
    few = cost()
    for hour in (12, 13, 14):
        start = at(time(hour), TUESDAY + timedelta(days=1))
        stored_booking(kind_of("clinic"), start, name=f"Visitor {hour}")
    assert cost() == few
