"""Calendar entries, as calendar programs read them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from icalendar import Calendar
from post_office.models import STATUS, Email

from clinic_site.core.models import ClinicSettings
from clinic_site.core.worker import mails
from consultations.bookings import calendar_file, changes
from consultations.models import FreeConsultation
from tests.clinic_site.core.mail_server import Mailbox
from tests.factories.consultations import (
    MARK,
    ResourceFactory,
    kind_of,
    stored_booking,
)
from tests.factories.core import ClinicFactory

pytestmark = pytest.mark.django_db

# In summer: what people read as 10:30 in London is 9:30 UTC.
START = datetime(2027, 6, 1, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2027, 5, 20, 9, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def clinic(db) -> ClinicSettings:
    clinic = ClinicSettings.of_default_site()
    clinic.clinic_name = "Larkfield Hair Clinic"
    clinic.discreet_name = "Larkfield"
    clinic.phone = "+442079460958"
    clinic.save()
    return clinic


@pytest.fixture
def booking(clinic) -> FreeConsultation:
    address = (
        "Bâtiment Größe, 12 Example Row; third floor, the door on the left\nLondon"
    )
    ResourceFactory(clinic=ClinicFactory(address=address))
    kind = kind_of("clinic", interval=30, minutes=30)
    return stored_booking(kind, START, name=f"Ann {MARK}", note=MARK)


@pytest.fixture
def mailbox(settings):
    mailbox = Mailbox()
    mailbox.controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
    yield mailbox
    mailbox.controller.stop()


def events() -> list:
    """Of all mails so far, as (method, event)."""
    found = []
    for email in Email.objects.exclude(calendar=None).order_by("pk"):
        calendar = Calendar.from_ical(email.calendar.content)
        (event,) = calendar.walk("VEVENT")
        assert calendar["method"] == email.calendar.method
        found.append((str(calendar["method"]), event))
    return found


def test_an_entry_says_when_and_where_and_no_more(booking):
    ((method, event),) = events()
    assert method == "REQUEST"
    assert (event.start, event.end) == (START, START + timedelta(minutes=30))
    assert event["summary"] == "Appointment"
    assert event["location"].startswith("Bâtiment Größe, 12 Example Row; third floor")
    assert event["description"].startswith(f"Reference {booking.reference}.\n")
    assert (event["status"], event["class"]) == ("CONFIRMED", "PRIVATE")
    assert event["dtstamp"].dt == datetime(2027, 5, 20, 9, tzinfo=UTC)
    content = Email.objects.first().calendar.content
    for word in (MARK, "Ann", "Hair", "/appointment/", "VALARM", "TZID"):
        assert word not in content


def test_it_names_the_sender_of_the_mail_and_the_person_by_address(booking):
    ((_, event),) = events()
    assert event["organizer"] == "mailto:hello@larkfield.example"
    assert event["organizer"].params["cn"] == "Larkfield"
    assert Email.objects.first().from_email == "Larkfield <hello@larkfield.example>"
    assert event["attendee"] == "mailto:tomasz@visitor.example"
    assert event["attendee"].params["partstat"] == "ACCEPTED"
    assert "cn" not in event["attendee"].params


def test_each_change_follows_the_last_under_one_name(booking, user_in):
    changes.move(booking=booking, starts_at=START + timedelta(hours=1))
    changes.cancel(booking=booking)
    changes.undo_cancel(booking=booking)
    changes.cancel_for(booking=booking, actor=user_in("Reception"), reason="absent")
    found = events()
    assert [method for method, _ in found] == [
        "REQUEST",
        "REQUEST",
        "CANCEL",
        "REQUEST",
        "CANCEL",
    ]
    assert len({event["uid"] for _, event in found}) == 1
    assert len({event["organizer"] for _, event in found}) == 1
    assert [event["sequence"] for _, event in found] == [0, 1, 2, 3, 4]
    statuses = [str(event["status"]) for _, event in found]
    assert statuses == ["CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED", "CANCELLED"]
    starts = [event.start for _, event in found]
    assert starts == [START] + [START + timedelta(hours=1)] * 4


def test_a_file_to_download_invites_nobody(booking, clinic):
    text = calendar_file.text_of(booking, clinic, calendar_file.PUBLISHES)
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    assert calendar["method"] == "PUBLISH"
    assert "attendee" not in event
    ((_, mailed),) = events()
    assert event["uid"] == mailed["uid"]
    assert "visitor" not in text


def test_lines_are_folded_and_end_as_the_format_asks(booking):
    content = Email.objects.first().calendar.content.encode()
    *lines, last = content.split(b"\r\n")
    assert last == b""
    assert not any(b"\n" in line or len(line) > 75 for line in lines)


def test_a_call_has_no_address(clinic):
    ResourceFactory()
    stored_booking(kind_of("phone"))
    ((_, event),) = events()
    assert event["location"] == "By phone"


def test_a_name_with_quotation_marks_leaves_it_readable(booking, clinic):
    clinic.discreet_name = 'The "Lark", O\'Hara; & Söhne'
    text = calendar_file.text_of(booking, clinic, "REQUEST")
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event["organizer"].params["cn"] == "The 'Lark', O'Hara; & Söhne"


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_it_arrives_as_an_invitation_and_as_a_file(booking, mailbox, method):
    if method == "CANCEL":
        Email.objects.all().delete()
        changes.cancel(booking=booking)
    kept = Email.objects.get(to="tomasz@visitor.example").calendar.content
    assert mails.send_due(may_go_on=lambda: True)
    assert set(Email.objects.values_list("status", flat=True)) == {STATUS.sent}

    (message,) = (each for each in mailbox.messages if "tomasz" in each["To"])
    assert message.get_content_type() == "multipart/mixed"
    body, file = message.get_payload()
    assert body.get_content_type() == "multipart/alternative"
    types = [part.get_content_type() for part in body.get_payload()]
    assert types == ["text/plain", "text/html", "text/calendar"]
    invitation = body.get_payload()[-1]
    assert invitation.get_param("method") == method
    assert invitation.get_content_charset() == "utf-8"
    assert "attachment" not in str(invitation["Content-Disposition"])
    assert file.get_content_type() == "application/ics"
    assert file.get_filename() == "appointment.ics"
    assert file.get_payload(decode=True) == kept.encode()
    for part in (invitation, file):
        calendar = Calendar.from_ical(part.get_payload(decode=True))
        (event,) = calendar.walk("VEVENT")
        assert calendar["method"] == method
        assert event["uid"].startswith(str(booking.pk))
        assert "Größe" in event["location"]
