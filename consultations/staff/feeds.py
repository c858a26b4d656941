"""Calendars that staff subscribe to: references, places and times, and no people."""

from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from icalendar import Calendar, Event

from clinic_site.core.models import Clinic
from clinic_site.users.models import User

from ..models import CalendarFeed, FreeConsultation
from ..records.links import hash_of, new_token
from .booking_facts import place
from .cases import may_view

BACK, AHEAD = timedelta(days=14), timedelta(days=90)
MOST_FEEDS = 10
NOTED_EVERY = timedelta(hours=1)


class TooManyFeeds(Exception):
    """Whoever wants one more revokes one first."""


def make_feed(*, owner: User, clinic: Clinic | None = None) -> str:
    """Returns the secret of its address, which is stored nowhere."""
    if CalendarFeed.objects.filter(owner=owner).count() >= MOST_FEEDS:
        raise TooManyFeeds
    token = new_token()
    CalendarFeed.objects.create(owner=owner, clinic=clinic, token_hash=hash_of(token))
    return token


def revoke_feed(*, owner: User, pk: int) -> bool:
    """Whether they had one with that number; its address answers nobody any more."""
    return bool(CalendarFeed.objects.filter(owner=owner, pk=pk).delete()[0])


def feed_of(token: str) -> CalendarFeed | None:
    """None also when its owner has left, or may not see the diary any more."""
    found = CalendarFeed.objects.select_related("owner", "clinic")
    feed = found.filter(token_hash=hash_of(token)).first()
    return feed if feed and may_view(feed.owner) else None


def note_reading(feed: CalendarFeed) -> None:
    """Calendar programs come every few minutes; a write each time tells no more."""
    now = timezone.now()
    if feed.read_at is None or feed.read_at < now - NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)


def bookings_in(feed: CalendarFeed) -> QuerySet:
    """What is on, from a fortnight ago to three months ahead."""
    now = timezone.now()
    here = Q(clinic=feed.clinic) if feed.clinic else Q()
    return (
        FreeConsultation.objects.live()
        .filter(here, starts_at__gte=now - BACK, starts_at__lte=now + AHEAD)
        .select_related("appointment_kind", "clinic", "resource")
        .defer("note")
        .order_by("starts_at", "reference")
    )


def calendar_text(feed: CalendarFeed) -> bytes:
    """RFC 5545, with times in UTC, which every program shows in its owner's zone."""
    host = urlsplit(settings.BASE_URL).hostname
    calendar = Calendar()
    calendar.add("prodid", f"-//{host}//Diary//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", feed.clinic.name if feed.clinic else "Diary")
    for booking in bookings_in(feed):
        calendar.add_component(event_of(booking, host))
    return calendar.to_ical()


def event_of(booking: FreeConsultation, host: str) -> Event:
    is_request = booking.state == FreeConsultation.State.REQUESTED
    event = Event()
    event.add("uid", f"diary-{booking.pk}@{host}")
    event.add("sequence", booking.calendar_sequence)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", booking.starts_at.astimezone(UTC))
    event.add("dtend", booking.ends_at.astimezone(UTC))
    event.add("summary", f"Consultation {booking.reference}")
    event.add("location", f"{place(booking)}, {booking.resource.name}")
    event.add("status", "TENTATIVE" if is_request else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event
