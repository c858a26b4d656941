"""Calendars that staff subscribe to by a secret address."""

import json
import logging
import re
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from clinic_site.core.logs import JsonFormatter
from clinic_site.users.models import User
from consultations.bookings import changes
from consultations.models import CalendarFeed, FreeConsultation
from tests.factories.consultations import (
    MARK,
    ResourceFactory,
    kind_of,
    stored_booking,
)

pytestmark = pytest.mark.django_db

FEEDS = "/admin/consultations/diary/feeds/"
TUESDAY = date(2027, 3, 16)


@pytest.fixture(autouse=True)
def sunday_before():
    with time_machine.travel(at(time(9), date(2027, 3, 14)), tick=False):
        yield


@pytest.fixture
def reception(client_of):
    return client_of("Reception")


@pytest.fixture
def room():
    return ResourceFactory(name="Room 1", clinic__name="Larkfield Victoria")


def at(clock: time, day: date = TUESDAY) -> datetime:
    return datetime.combine(day, clock, tzinfo=ZoneInfo("Europe/London"))


def address_in(response) -> str:
    """The path of the new feed's address."""
    page = BeautifulSoup(response.content, "html.parser")
    return re.sub(r"^https?://[^/]+", "", page.select_one("input[readonly]")["value"])


def made(client, **form) -> str:
    response = client.post(FEEDS, form)
    assert response.status_code == 200
    return address_in(response)


def events(path: str) -> dict[str, dict]:
    """By reference, as a calendar program reads them, which is not signed in."""
    response = Client().get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return {str(event["SUMMARY"])[13:]: event for event in calendar.walk("VEVENT")}


def test_a_calendar_program_reads_references_places_and_times(reception, room):
    visit = stored_booking(kind_of("clinic"), at(time(9)))
    call = stored_booking(kind_of("phone"), at(time(10), TUESDAY + timedelta(weeks=3)))
    path = made(reception)
    assert re.fullmatch(r"/diary-feed/[\w-]{43}\.ics", path)
    found = events(path)
    assert set(found) == {visit.reference, call.reference}
    event = found[visit.reference]
    assert event["SUMMARY"] == f"Consultation {visit.reference}"
    assert event["LOCATION"] == "Larkfield Victoria, Room 1"
    assert event["STATUS"] == "CONFIRMED"
    assert event.decoded("DTSTART") == datetime(2027, 3, 16, 9, tzinfo=UTC)
    assert event.decoded("DTEND") == datetime(2027, 3, 16, 9, 30, tzinfo=UTC)
    event = found[call.reference]
    assert event["LOCATION"] == "By phone, Room 1"
    # By then the clocks have gone forward.
    assert event.decoded("DTSTART") == datetime(2027, 4, 6, 9, tzinfo=UTC)


def test_it_says_nothing_of_the_person(reception, room):
    booking = stored_booking(kind_of("clinic"), at(time(9)), note=MARK)
    text = Client().get(made(reception)).content.decode()
    assert booking.reference in text
    for secret in (booking.name, "Tomasz", booking.email, booking.phone, MARK):
        assert secret not in text


def test_an_event_keeps_its_identity_when_it_is_moved(reception, room):
    booking = stored_booking(kind_of("clinic"), at(time(9)))
    path = made(reception)
    before = events(path)[booking.reference]
    assert events(path)[booking.reference]["UID"] == before["UID"]
    changes.move(booking=booking, starts_at=at(time(11)))
    after = events(path)[booking.reference]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTART") == datetime(2027, 3, 16, 11, tzinfo=UTC)


def test_it_holds_what_is_on_between_a_fortnight_ago_and_three_months_ahead(
    reception, room
):
    asked = stored_booking(
        kind_of("clinic", needs_confirmation=True), at(time(9)), name="Asks"
    )
    kind = kind_of("clinic", needs_confirmation=False)
    gone = stored_booking(kind, at(time(10)), name="Gone")
    changes.cancel(booking=gone)
    now = timezone.now()
    for name, days in (("past", -15), ("recent", -13), ("soon", 89), ("far", 91)):
        booking = stored_booking(kind, name=name)
        start = now + timedelta(days=days)
        FreeConsultation.objects.filter(pk=booking.pk).update(
            starts_at=start, ends_at=start + timedelta(minutes=30), reference=name
        )
    found = events(made(reception))
    assert set(found) == {asked.reference, "recent", "soon"}
    assert found[asked.reference]["STATUS"] == "TENTATIVE"


def test_it_can_be_of_one_clinic_only(reception, room):
    other = ResourceFactory()
    here = stored_booking(kind_of("clinic"), at(time(9)), clinic=room.clinic)
    stored_booking(kind_of("clinic"), at(time(10)), clinic=other.clinic, name="There")
    assert set(events(made(reception, clinic=room.clinic.pk))) == {here.reference}


def test_the_address_is_shown_once_and_only_a_hash_is_kept(reception, room):
    path = made(reception)
    token = path.removeprefix("/diary-feed/").removesuffix(".ics")
    assert token not in reception.get(FEEDS).content.decode()
    assert token not in str(CalendarFeed.objects.values().get())


def test_it_is_kept_by_no_cache_and_told_to_nobody(reception):
    response = Client().get(made(reception))
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_a_revoked_feed_answers_nobody(reception):
    kept, path = made(reception), made(reception)
    newest = CalendarFeed.objects.order_by("pk").last()
    assert reception.get(f"{FEEDS}{newest.pk}/revoke/").status_code == 405
    response = reception.post(f"{FEEDS}{newest.pk}/revoke/", follow=True)
    assert "is revoked" in response.content.decode()
    assert Client().get(path).status_code == 404
    assert Client().get(kept).status_code == 200


def test_only_its_owner_sees_and_revokes_it(reception, client_of):
    path = made(reception)
    other = client_of("Managers")
    assert "None." in other.get(FEEDS).content.decode()
    feed = CalendarFeed.objects.get()
    assert other.post(f"{FEEDS}{feed.pk}/revoke/").status_code == 404
    assert other.post(f"{FEEDS}{'9' * 30}/revoke/").status_code == 404
    assert Client().get(path).status_code == 200


def test_it_ends_when_its_owner_leaves_or_may_not_see_the_diary(reception):
    path = made(reception)
    user = User.objects.get()
    User.objects.update(is_active=False)
    assert Client().get(path).status_code == 404
    User.objects.update(is_active=True)
    assert Client().get(path).status_code == 200
    user.groups.clear()
    assert Client().get(path).status_code == 404


def test_only_who_may_see_the_diary_makes_one(client_of):
    editor = client_of("Editors")
    for ask in (editor.get, editor.post):
        assert ask(FEEDS)["Location"] == "/admin/"
    assert not CalendarFeed.objects.exists()


@pytest.mark.parametrize("clinic", ["moon", "9" * 30, "\x00", "-1"])
def test_a_clinic_that_is_not_there_is_asked_about(reception, clinic):
    response = reception.post(FEEDS, {"clinic": clinic})
    assert response.status_code == 422
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one(".error-message").get_text(strip=True)
    assert not CalendarFeed.objects.exists()


def test_nobody_has_more_than_ten(reception):
    for _ in range(10):
        made(reception)
    response = reception.post(FEEDS)
    assert response.status_code == 422
    assert "Revoke one first" in response.content.decode()
    assert CalendarFeed.objects.count() == 10


def test_when_it_was_read_is_noted_once_an_hour(reception):
    path = made(reception)
    assert "Never" in reception.get(FEEDS).content.decode()
    start = timezone.now()
    for minutes, noted in ((0, 0), (30, 0), (59, 0), (61, 61), (90, 61)):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            Client().get(path)
        feed = CalendarFeed.objects.get()
        assert feed.read_at == start + timedelta(minutes=noted)
    assert "14 March 2027, 10:01" in reception.get(FEEDS).content.decode()


def test_wrong_addresses_are_refused_after_a_while_and_right_ones_never(reception):
    path = made(reception)
    wrong = [
        Client().get(f"/diary-feed/{number:043}.ics").status_code
        for number in range(31)
    ]
    assert wrong == [404] * 30 + [429]
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize(
    "path", [".ics", "%00.ics", "a%2Fb.ics", "%F0%9F%A7%94.ics", "%ff.ics", "", "x/y/"]
)
def test_what_is_no_address_of_a_feed_is_not_found(path):
    assert Client().get(f"/diary-feed/{path}").status_code == 404


def test_its_secret_reaches_no_log(reception, settings):
    path = made(reception)
    secret = path.removeprefix("/diary-feed/").removesuffix(".ics")
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    loggers = [logging.getLogger(name) for name in ("clinic_site.requests", "django")]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        for end in (
            path,
            path + "/",
            f"/diary-feed/{secret}/",
            f"/diary-feed/{secret}",
        ):
            Client().get(end)
        CalendarFeed.objects.all().delete()
        Client().get(path)
    finally:
        logging.getLogger().removeHandler(handler)
        for logger in loggers:
            logger.removeHandler(handler)
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert any("diary-feed" in line.get("path", "") for line in lines)
    assert secret not in written.getvalue()


def test_it_costs_the_same_however_much_is_on(reception, room):
    path = made(reception)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            Client().get(path)
        return len(queries)

    stored_booking(kind_of("clinic"), at(time(9)))
    cost()
    few = cost()
    for hour in range(10, 17):
        stored_booking(kind_of("clinic"), at(time(hour)), name=f"Visitor {hour}")
    assert cost() == few <= 6
