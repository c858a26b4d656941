"""A few things that invented visitors sent, through the same code as real ones."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from consultations.bookings.services import begin_draft, book, store_details
from consultations.diary.availability import free_slots
from consultations.diary.opening import Weekday
from consultations.models import AppointmentKind, ConsentWording, Submission
from consultations.online import photos
from consultations.online.services import submit_online_consultation
from consultations.waiting.services import join

SOURCE_PATHS = ("/answers/", "", "/")
# reference, name, phone, kind, days ahead, which of the free times, note, days ago
BOOKINGS = (
    (
        "FC-7KQ2-M4TX",
        "Tomasz Wójcik",
        "+447700900113",
        "clinic",
        1,
        2,
        "I use a wheelchair; is there a lift?",
        0,
    ),
    ("FC-9WD3-HR6P", "Grace Adeyemi", "+447700900127", "phone", 1, 8, "", 1),
    ("FC-C5VN-28JB", "Henry Whitlock", "+442079460121", "clinic", 2, 5, "", 4),
    ("FC-4HTE-V7QD", "Mei Lin Tan", "+6561234567", "phone", 3, 20, "", 2),
    (
        "FC-R2XA-6KPM",
        "Amira Haddad",
        "+447700900158",
        "interpreter",
        6,
        1,
        "Arabic, please.",
        0,
    ),
)
# reference, name, age band, country, concern, since, medicines, photos, days ago
ONLINE = (
    (
        "OC-3XHT-9QFA",
        "Sofia Marchetti",
        "25-34",
        "IT",
        "My parting has become wider and I see more scalp in photos. My mother's hair "
        "thinned at about the same age.",
        "About a year and a half.",
        "An iron supplement. No allergies.",
        ("pattern-women", "comb"),
        0,
    ),
    (
        "OC-8MRB-K2YW",
        "Andrew Sinclair",
        "35-44",
        "GB",
        "A round bald patch at the back of my head, the size of a coin. It does not "
        "itch or hurt.",
        "I found it three weeks ago.",
        "None. Hay fever in summer.",
        ("patch",),
        2,
    ),
)
# For Saturday evenings, when all are closed: nothing is offered within a minute.
WAITING = ("WL-6NTC-P3QA", "Leonie Brandt", "+447700900164", 3)


def add(*, today: date, draw: Callable[[str], bytes]) -> None:
    """`draw` gives a picture of the demo as JPEG; they stand in for photos."""
    for row in BOOKINGS:
        add_booking(row, today=today)
    for row in ONLINE:
        add_online(row, today=today, draw=draw)
    add_waiting(WAITING, today=today)


def add_booking(row: tuple, *, today: date) -> None:
    reference, name, phone, slug, ahead, place, note, ago = row
    kind = AppointmentKind.objects.get(slug=slug)
    # A time can only be booked in the days to come, whatever day the demo is of.
    first = max(today, timezone.localdate()) + timedelta(days=ahead)
    slots = free_slots(kind=kind, first=first, last=first + timedelta(days=14))
    draft, _ = begin_draft(
        kind=kind,
        clinic=None,
        starts_at=slots[place].starts_at,
        zone="Asia/Singapore" if phone.startswith("+65") else "Europe/London",
        source_path=SOURCE_PATHS[place % len(SOURCE_PATHS)],
    )
    answers = {
        "name": name,
        "email": email_of(name),
        "phone": phone,
        "note": note,
        "preferred_hours": "any",
        "no_voicemail": slug == "phone",
        "wants_reminders": True,
    }
    keys = ["booking-contact", "booking-note"] if note else ["booking-contact"]
    store_details(draft=draft, answers=answers, wordings=wordings(*keys))
    booking = book(draft=draft, reference=reference)
    backdate(booking, today - timedelta(days=ago))


def add_online(row: tuple, *, today: date, draw: Callable[[str], bytes]) -> None:
    reference, name, age_band, country, concern, since, medicines, shown, ago = row
    uploads = [SimpleUploadedFile(f"{picture}.jpg", draw(picture)) for picture in shown]
    consultation = submit_online_consultation(
        submit_key=key_of(reference),
        reference=reference,
        name=name,
        email=email_of(name),
        phone="",
        age_band=age_band,
        country=country,
        concern=concern,
        since=since,
        medicines=medicines,
        photos=[photos.prepare(upload) for upload in uploads],
        kept=[],
        wordings=list(
            ConsentWording.objects.current("online-health", "online-photos").values()
        ),
    )
    backdate(consultation, today - timedelta(days=ago))


def add_waiting(row: tuple, *, today: date) -> None:
    reference, name, phone, ago = row
    # As for bookings: its days are to come, whatever day the demo is of.
    first = max(today, timezone.localdate()) + timedelta(days=1)
    entry = join(
        kind=AppointmentKind.objects.get(slug="clinic"),
        submit_key=key_of(reference),
        reference=reference,
        source_path="/answers/",
        name=name,
        email=email_of(name),
        phone=phone,
        clinic=None,
        first_day=first,
        last_day=first + timedelta(days=28),
        weekdays=[Weekday.SATURDAY],
        part_of_day="evening",
        wordings=wordings("waiting-contact"),
    )
    backdate(entry, today - timedelta(days=ago))


def wordings(*keys: str) -> list[ConsentWording]:
    return list(ConsentWording.objects.current(*keys).values())


def key_of(reference: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"https://larkfield.example/demo/{reference}")


def email_of(name: str) -> str:
    return name.split()[0].lower() + "@visitor.example"


def backdate(submission: Submission, day: date) -> None:
    moment = datetime.combine(day, time(8, 30), tzinfo=UTC)
    Submission.objects.filter(pk=submission.pk).update(created_at=moment)
    submission.events.update(at=moment)
    submission.consents.update(given_at=moment)
