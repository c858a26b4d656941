"""What a visitor's browser sends, and what is stored of it."""

import itertools
import uuid
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from clinic_site.core.models import Clinic
from consultations.bookings.services import request_free_consultation
from consultations.models import ConsentWording, FreeConsultation, OnlineConsultation
from consultations.online import photos
from consultations.online.services import submit_online_consultation

from .core import jpeg

# The same contents sent twice within an hour are one submission.
_days = itertools.count(5)

MARK = "canary-alopecia-7391"  # planted in health data, looked for elsewhere


def ticked(key: str) -> str:
    """What a ticked box sends: which version of its words was on the page."""
    return str(ConsentWording.objects.current(key)[key].pk)


def booking_form(clinic: Clinic | None = None, **changes) -> dict:
    """A complete free consultation form; at `clinic`, else by phone."""
    form = {
        "submit_key": str(uuid.uuid4()),
        "website": "",
        "mode": "clinic" if clinic else "phone",
        "clinic": clinic.pk if clinic else "",
        "preferred_date": (timezone.localdate() + timedelta(days=5)).isoformat(),
        "part_of_day": "morning",
        "name": "Tomasz Wójcik",
        "email": "tomasz@visitor.example",
        "phone": "07700 900113",
        "note": "Is there a lift?",
        "consent": ticked("booking-contact"),
    }
    return {**form, **changes}


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


def stored_booking(**changes) -> FreeConsultation:
    values = {
        "submit_key": uuid.uuid4(),
        "name": "Tomasz Wójcik",
        "email": "tomasz@visitor.example",
        "phone": "+447700900113",
        "mode": "phone",
        "clinic": None,
        "preferred_date": timezone.localdate() + timedelta(days=next(_days)),
        "part_of_day": "morning",
        "note": "Is there a lift?",
        "wordings": wordings("booking-contact"),
    }
    return request_free_consultation(**{**values, **changes})


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
