"""Bookings as a file, for those who may take them out of the site and say why."""

import csv
import io
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from clinic_site.core.models import Clinic
from clinic_site.core.spreadsheets import safe
from clinic_site.users.models import User

from ..bookings.models import FreeConsultation
from ..diary import clock
from .models import BookingExport

MOST_ROWS = 5_000
HEADINGS = (
    "Reference",
    "Kind",
    "Clinic",
    "Room or person",
    "Start",
    "End",
    "State",
    "Name",
    "Telephone",
    "Email",
    "Came from page",
    "Booked on",
)


class TooManyRows(Exception):
    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@transaction.atomic
def export_bookings(
    *,
    actor: User,
    reason: str,
    first_day: date,
    last_day: date,
    clinic: Clinic | None = None,
) -> str:
    """The bookings of visits in these days as CSV; that it was done is kept.

    Never what people or staff wrote about them. Raises TooManyRows.
    """
    bookings = visits(first_day, last_day, clinic)
    number = bookings.count()
    if number > MOST_ROWS:
        raise TooManyRows(number)
    rows = [row_of(booking) for booking in bookings]
    BookingExport.objects.create(
        actor=actor,
        reason=reason,
        first_day=first_day,
        last_day=last_day,
        clinic=clinic,
        rows=len(rows),
    )
    return as_csv([HEADINGS, *rows])


def visits(first: date, last: date, clinic: Clinic | None) -> QuerySet:
    found = FreeConsultation.objects.filter(
        starts_at__gte=clock.midnight(first),
        starts_at__lt=clock.midnight(last + timedelta(days=1)),
    )
    if clinic:
        found = found.filter(clinic=clinic)
    found = found.select_related("appointment_kind", "clinic", "resource")
    return found.defer("note").order_by("starts_at", "reference")


def row_of(booking: FreeConsultation) -> tuple:
    return (
        booking.reference,
        booking.appointment_kind.name,
        booking.clinic.name if booking.clinic else "",
        booking.resource.name if booking.resource else "",
        in_london(booking.starts_at),
        in_london(booking.ends_at),
        booking.get_state_display(),
        booking.name,
        booking.phone,
        booking.email,
        booking.source_path,
        in_london(booking.created_at),
    )


def in_london(moment: datetime) -> str:
    return f"{clock.on_the_wall(moment):%Y-%m-%d %H:%M}"


def as_csv(rows: list[tuple]) -> str:
    """With the mark by which Excel knows UTF-8, and without a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerows([safe(str(cell)) for cell in row] for row in rows)
    return "\N{BOM}" + file.getvalue()
