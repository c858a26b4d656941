"""What a visitor's browser sends, and what is stored of it."""

import itertools
import uuid
from datetime import datetime, time, timedelta

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic_site.core.models import Clinic
from consultations.bookings.services import begin_draft, book, store_details
from consultations.bookings.time_lists import value_of
from consultations.diary.availability import free_slots
from consultations.models import (
    AppointmentKind,
    BookingDraft,
    ConsentWording,
    FreeConsultation,
    OnlineConsultation,
    OpeningTime,
    Resource,
)
from consultations.online import photos
from consultations.online.services import submit_online_consultation

from .core import ClinicFactory, jpeg

# The same contents sent twice within an hour are one submission.
_days = itertools.cycle(range(5, 26))

MARK = "canary-alopecia-7391"  # planted in health data, looked for elsewhere


def ticked(key: str) -> str:
    """What a ticked box sends: which version of its words was on the page."""
    return str(ConsentWording.objects.current(key)[key].pk)


class ResourceFactory(factory.django.DjangoModelFactory):
    """A room that is open every day from nine to five for all kinds there are."""

    class Meta:
        model = Resource
        skip_postgeneration_save = True

    clinic = factory.SubFactory(ClinicFactory)
    name = factory.Sequence(lambda n: f"Room {n}")

    @factory.post_generation
    def opening(self, create, hours, **kwargs):
        """`opening=(time(9), time(12))` for other hours."""
        opens, closes = hours or (time(9), time(17))
        for weekday in range(7):
            OpeningTime.objects.create(
                resource=self, weekday=weekday, opens=opens, closes=closes
            )

    @factory.post_generation
    def kinds(self, create, kinds, **kwargs):
        self.kinds.set(kinds or AppointmentKind.objects.all())


def kind_of(mode: str = "phone", **changes) -> AppointmentKind:
    """The kind that migrations bring, changed."""
    kind = AppointmentKind.objects.get(mode=mode)
    for name, value in changes.items():
        setattr(kind, name, value)
    kind.save()
    return kind


def free_start(kind: AppointmentKind, days: int = 5, place: int = 0) -> datetime:
    """A time that is free that many days from now."""
    day = timezone.localdate() + timedelta(days=days)
    return free_slots(kind=kind, first=day, last=day)[place].starts_at


def answers(**changes) -> dict:
    """What a visitor says about themselves when booking."""
    return {
        "name": "Tomasz Wójcik",
        "email": "tomasz@visitor.example",
        "phone": "+447700900113",
        "note": "Is there a lift?",
        "preferred_hours": "any",
        "no_voicemail": False,
        "wants_reminders": True,
        **changes,
    }


def begun_draft(
    kind: AppointmentKind | None = None, starts_at: datetime | None = None, **fields
) -> tuple[BookingDraft, str]:
    """A time that a visitor holds, and the secret of its address."""
    kind = kind or kind_of("phone")
    if not Resource.objects.exists():
        ResourceFactory()
    return begin_draft(
        kind=kind,
        starts_at=starts_at or free_start(kind, next(_days)),
        **{"clinic": None, **fields},
    )


def stored_booking(
    kind: AppointmentKind | None = None, starts_at: datetime | None = None, **changes
) -> FreeConsultation:
    """By the way a visitor goes; the time is free, on a day of its own."""
    fields = {
        name: changes.pop(name)
        for name in ("clinic", "zone", "source_path")
        if name in changes
    }
    draft, _ = begun_draft(kind, starts_at, **fields)
    store_details(
        draft=draft,
        answers=answers(**changes),
        wordings=wordings("booking-contact", "booking-note"),
    )
    return book(draft=draft)


def details_form(**changes) -> dict:
    """What a browser sends from the page that asks for a visitor's details."""
    form = {
        "website": "",
        **answers(phone="07700 900113"),
        "wants_reminders": "on",
        "consent": ticked("booking-contact"),
        "consent_note": ticked("booking-note"),
    }
    del form["no_voicemail"]  # a box that is not ticked is not sent
    return {**form, **changes}


def hold_online(
    client: Client,
    kind: AppointmentKind | None = None,
    *,
    clinic: Clinic | None = None,
    starts_at: datetime | None = None,
    query: str = "",
) -> str:
    """Pick a time as a visitor does; the secret address that this leads to."""
    kind = kind or kind_of("phone")
    if not Resource.objects.exists():
        ResourceFactory()
    starts_at = starts_at or free_start(kind, next(_days))
    place = [kind.slug, *([clinic.slug] if clinic else [])]
    path = reverse("choose_time", args=[*place, timezone.localdate(starts_at)])
    response = client.post(path + query, {"at": value_of(starts_at)})
    assert response.status_code == 303, response.status_code
    return response["Location"]


def book_online(
    client: Client, kind: AppointmentKind | None = None, *, address: str = "", **changes
) -> HttpResponse:
    """The whole way of a visitor; the answer to its last button.

    `clinic`, `starts_at` and `query` say where and when, all else is typed.
    """
    choices = {
        name: changes.pop(name)
        for name in ("clinic", "starts_at", "query")
        if name in changes
    }
    address = address or hold_online(client, kind, **choices)
    response = client.post(address, details_form(**changes))
    assert response.status_code == 303, response.status_code
    return client.post(response["Location"])


def photo_upload(name: str = "scalp.jpg", colour: str = "brown") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg((640, 480), colour), "image/jpeg")


def online_form(**changes) -> dict:
    """A complete online consultation form with one photo."""
    form = {
        "submit_key": str(uuid.uuid4()),
        "website": "",
        "age_band": "25-34",
        "country": "IT",
        "concern": f"My parting has become wider. {MARK}",
        "since": f"About a year. {MARK}",
        "medicines": f"An iron supplement. {MARK}",
        "photos": [photo_upload()],
        "name": "Sofia Marchetti",
        "email": "sofia@visitor.example",
        "phone": "",
        "consent_health": ticked("online-health"),
        "consent_photos": ticked("online-photos"),
    }
    return {**form, **changes}


def wordings(*keys: str) -> list[ConsentWording]:
    return list(ConsentWording.objects.current(*keys).values())


def stored_online(**changes) -> OnlineConsultation:
    values = {
        "submit_key": uuid.uuid4(),
        "name": "Sofia Marchetti",
        "email": "sofia@visitor.example",
        "phone": "",
        "age_band": "25-34",
        "country": "IT",
        "concern": f"My parting has become wider. {MARK}",
        "since": f"About {next(_days)} days. {MARK}",
        "medicines": f"An iron supplement. {MARK}",
        "photos": [photos.prepare(photo_upload())],
        "kept": [],
        "wordings": list(
            ConsentWording.objects.current("online-health", "online-photos").values()
        ),
    }
    return submit_online_consultation(**{**values, **changes})
