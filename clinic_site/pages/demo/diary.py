"""When the invented clinic sees people, and what came of it in the last weeks."""

from datetime import date, time, timedelta

from clinic_site.core.models import Clinic
from consultations.diary.bank_holidays import load_bank_holidays
from consultations.models import (
    AppointmentKind,
    BookingFigure,
    DiaryException,
    OpeningTime,
    Resource,
)

WEEK = range(5)
# branch, name, kinds, lanes, hours by weekday
RESOURCES = (
    (
        "larkfield-victoria",
        "Consulting room 1",
        ["clinic", "interpreter"],
        1,
        {**dict.fromkeys(range(4), ((9, 13), (14, 19))), 4: ((9, 17),), 5: ((10, 16),)},
    ),
    (
        "larkfield-victoria",
        "Telephone desk",
        ["phone"],
        2,
        {**dict.fromkeys(WEEK, ((8, 20),)), 5: ((10, 14),)},
    ),
    (
        "larkfield-bank",
        "Consulting room",
        ["clinic"],
        1,
        dict.fromkeys(WEEK, ((8, 13), (14, 18))),
    ),
)
OUTCOMES = ("attended", "attended", "attended", "missed", "attended", "cancelled")
WEEKS_BACK = 8
VISITS_A_WEEK = 6


def add(*, today: date) -> None:
    AppointmentKind.objects.create(
        name="Visit with an interpreter",
        slug="interpreter",
        mode="clinic",
        description="Ask for a time; we find an interpreter and confirm it.",
        minutes=45,
        buffer_after=15,
        interval=60,
        lead_hours=72,
        cutoff_hours=48,
        needs_confirmation=True,
        sort_order=3,
    )
    kinds = {kind.slug: kind for kind in AppointmentKind.objects.all()}
    for row in RESOURCES:
        add_resource(row, kinds)
    load_bank_holidays()
    training = today + timedelta(days=17)
    DiaryException.objects.create(
        clinic=Clinic.objects.get(slug="larkfield-bank"),
        first_day=training,
        last_day=training,
        opens=time(13),
        closes=time(18),
        label="Training",
    )
    BookingFigure.objects.bulk_create(past_figures(today))


def add_resource(row: tuple, kinds: dict[str, AppointmentKind]) -> None:
    branch, name, slugs, lanes, hours = row
    resource = Resource.objects.create(
        clinic=Clinic.objects.get(slug=branch), name=name, lanes=lanes
    )
    resource.kinds.set(kinds[slug] for slug in slugs)
    OpeningTime.objects.bulk_create(
        OpeningTime(
            resource=resource, weekday=weekday, opens=time(opens), closes=time(closes)
        )
        for weekday, windows in hours.items()
        for opens, closes in windows
    )


def past_figures(today: date) -> list[BookingFigure]:
    """Numbers without people, for the reports to have something to show."""
    clinics = list(Clinic.objects.order_by("sort_order"))
    kinds = list(AppointmentKind.objects.filter(needs_confirmation=False))
    return [
        BookingFigure(
            appointment_kind=kinds[number % len(kinds)].name,
            clinic=clinics[number % len(clinics)].name,
            booked_on=today - timedelta(weeks=week, days=3 + number),
            visit_on=today - timedelta(weeks=week, days=number % 5),
            source_path="/answers/" if number % 3 == 0 else "",
            is_by_staff=number % 4 == 1,
            times_moved=int(number == 2),
            outcome=OUTCOMES[(number + week) % len(OUTCOMES)],
        )
        for week in range(1, WEEKS_BACK + 1)
        for number in range(VISITS_A_WEEK)
    ]
