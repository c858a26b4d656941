"""People who wait for a time, and what their browser sends."""

import re
import uuid
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.text import slugify
from post_office.models import Email

from clinic_site.core.models import Clinic
from clinic_site.core.transactions import retried
from consultations.models import AppointmentKind, WaitingEntry, WaitingOffer
from consultations.waiting.offers import HOLD, make_offer
from consultations.waiting.services import join

from .consultations import ResourceFactory, kind_of, ticked, wordings


def waiting_form(**changes) -> dict:
    """A complete form for the waiting list of visits."""
    today = timezone.localdate()
    form = {
        "submit_key": str(uuid.uuid4()),
        "website": "",
        "clinic": "",
        "first_day": today.isoformat(),
        "last_day": (today + timedelta(days=20)).isoformat(),
        "part_of_day": "any",
        "name": "Amara Okafor",
        "email": "amara@visitor.example",
        "phone": "",
        "consent": ticked("waiting-contact"),
    }
    return {**form, **changes}


def stored_entry(kind: AppointmentKind | None = None, **changes) -> WaitingEntry:
    """Who may come on any of the next twenty days, at any clinic."""
    today = timezone.localdate()
    name = changes.get("name", "Amara")
    wish = {
        "submit_key": uuid.uuid4(),
        "name": "Amara Okafor",
        "email": f"{slugify(name)}@visitor.example",
        "phone": "+447700900123",
        "clinic": None,
        "first_day": today,
        "last_day": today + timedelta(days=20),
        "weekdays": [],
        "part_of_day": "any",
        "wordings": wordings("waiting-contact"),
        **changes,
    }
    return join(kind=kind or kind_of("clinic"), **wish)


def taking_form(offer: WaitingOffer, /, **changes) -> dict:
    """What the page of an offer sends when its time is booked."""
    form = {
        "offer": str(offer.pk),
        "surname": "Okafor",
        "wants_reminders": "on",
        "consent": ticked("booking-contact"),
    }
    return {**form, **changes}


def open_for(
    kind: AppointmentKind, *starts: datetime, clinic: Clinic | None = None
) -> None:
    """A room that is free at these times and at no other."""
    room = ResourceFactory(
        opening=None, kinds=[kind], **({"clinic": clinic} if clinic else {})
    )
    room.opening_times.all().delete()
    for start in starts:
        local = timezone.localtime(start)
        room.exceptions.create(
            clinic=room.clinic,
            effect="extra",
            first_day=local.date(),
            last_day=local.date(),
            opens=local.time(),
            closes=timezone.localtime(start + kind.length()).time(),
        )


def offered(entry: WaitingEntry, starts_at: datetime) -> WaitingOffer:
    """An offer as the worker makes it, with its mail."""
    rooms = list(entry.appointment_kind.resources.all())
    retried(lambda: make_offer(entry, starts_at, rooms))
    offer = entry.offers.get(starts_at=starts_at)
    assert offer.expires_at <= timezone.now() + HOLD
    return offer


def link_in_newest_mail(name: str = "waiting-list") -> str:
    """The path of the secret address that the newest mail about it holds."""
    for email in Email.objects.order_by("-pk"):
        if found := re.search(rf"https?://[^/]+(/{name}/\S+/)\s", email.message):
            return found[1]
    raise AssertionError("no mail holds such a link")
