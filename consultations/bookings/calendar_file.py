"""The appointment as an iCalendar file (RFC 5545), with a title that tells nothing.

A program that has one of these knows the next by its UID, takes the one with the
higher SEQUENCE, and believes only the same ORGANIZER, which is therefore the address
that the mails come from (RFC 5546). There is no alarm: people set their own.
"""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

from clinic_site.core.mail import CalendarEntry
from clinic_site.core.models import Clinic, ClinicSettings
from clinic_site.core.templatetags.clinic import dialled

from .models import FreeConsultation

TITLE = "Appointment"
INVITES, CANCELS, PUBLISHES = "REQUEST", "CANCEL", "PUBLISH"


def entry(
    booking: FreeConsultation, clinic: ClinicSettings, method: str
) -> CalendarEntry:
    """For a mail: REQUEST for what takes place, CANCEL for what does not."""
    return CalendarEntry(method, text_of(booking, clinic, method))


def text_of(booking: FreeConsultation, clinic: ClinicSettings, method: str) -> str:
    """Times are in UTC: every program shows them in its owner's zone.

    PUBLISH is for a file that is downloaded: it invites nobody, so it names nobody.
    """
    host = urlsplit(settings.BASE_URL).hostname
    is_off = method == CANCELS
    event = Event()
    event.add("uid", f"{booking.pk}@{host}")
    event.add("sequence", booking.calendar_sequence)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", booking.starts_at.astimezone(UTC))
    event.add("dtend", booking.ends_at.astimezone(UTC))
    event.add("summary", TITLE)
    event.add("location", place(booking))
    event.add("description", description(booking, clinic))
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if is_off else "OPAQUE")
    event.add("class", "PRIVATE")
    event.add("organizer", organizer(clinic))
    if booking.email and method != PUBLISHES:
        event.add("attendee", attendee(booking))
    calendar = Calendar()
    calendar.add("prodid", f"-//{host}//Appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(event)
    return calendar.to_ical().decode()


def organizer(clinic: ClinicSettings) -> vCalAddress:
    sender = clinic.sender()
    address = vCalAddress(f"mailto:{sender.addr_spec}")
    # A quotation mark may not stand there, and few programs know its escape.
    address.params["CN"] = sender.display_name.replace('"', "'")
    return address


def attendee(booking: FreeConsultation) -> vCalAddress:
    """By address alone. They chose the time, so nobody waits for their answer."""
    address = vCalAddress(f"mailto:{booking.email}")
    address.params["CUTYPE"] = "INDIVIDUAL"
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = "ACCEPTED"
    address.params["RSVP"] = "FALSE"
    return address


def description(booking: FreeConsultation, clinic: ClinicSettings) -> str:
    """Without the secret link: calendars are shared with others."""
    text = f"Reference {booking.reference}."
    if clinic.phone:
        text += f"\nTo change it: our mail, or {dialled(clinic.phone)}."
    return text


def place(booking: FreeConsultation) -> str:
    return "By phone" if booking.is_by_phone else address(booking.clinic)


def address(clinic: Clinic) -> str:
    """Without the clinic's name, which might tell what it is for."""
    lines = [*clinic.address.splitlines(), clinic.postcode]
    return ", ".join(filter(None, map(str.strip, lines)))
