"""Mails to people who wait: neither a name nor a word about health in them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from clinic_site.core import mail
from clinic_site.core.models import ClinicSettings

from ..bookings import zones
from ..bookings.calendar_file import address
from ..bookings.models import LONDON
from ..bookings.times import clock, in_words
from ..records.links import AccessLink, issue_link
from .models import WaitingEntry, WaitingOffer

LINK_OUTLIVES_DAYS = timedelta(days=14)


def joined(entry: WaitingEntry) -> None:
    to_person(entry, "waiting_joined", wish=wish_of(entry))


def offered(offer: WaitingOffer) -> None:
    to_person(
        offer.entry,
        "waiting_offer",
        when=in_words(offer.starts_at),
        when_there=zones.there(offer.starts_at, offer.entry.zone),
        place=address(offer.clinic),
        kept_until=clock(offer.expires_at.astimezone(ZoneInfo(LONDON))),
    )


def over(entry: WaitingEntry) -> None:
    """Their last day has passed without a time.

    What they waited for is in no address: the way back to the list begins anew.
    """
    to_person(
        entry,
        "waiting_over",
        last_day=day_in_words(entry.last_day),
        book_url=settings.BASE_URL + reverse("book"),
    )


def to_person(entry: WaitingEntry, name: str, **context: object) -> None:
    clinic = ClinicSettings.of_default_site()
    mail.queue(
        f"consultations/{name}",
        to=[entry.email],
        context={"entry": entry, "clinic": clinic, "url": page_url(entry), **context},
        sender=str(clinic.sender()),
    )


def wish_of(entry: WaitingEntry) -> str:
    """When, and no more: what it is about stands on the page behind the link."""
    days = f"{day_in_words(entry.first_day)} to {day_in_words(entry.last_day)}"
    return ", ".join([days, *entry.weekday_names(), entry.get_part_of_day_display()])


def day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def page_url(entry: WaitingEntry) -> str:
    """A new secret address of the entry's page."""
    last = timezone.make_aware(datetime.combine(entry.last_day, time.max))
    token = issue_link(
        submission=entry,
        purpose=AccessLink.Purpose.WAITING,
        expires_at=max(last, timezone.now()) + LINK_OUTLIVES_DAYS,
    )
    return settings.BASE_URL + reverse("waiting_entry", args=[token])
