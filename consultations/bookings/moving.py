"""The times to which a visitor can move a booking: what it has itself counts as free.

A visit stays at its clinic; who phones does not matter to those who are called.
"""

from dataclasses import replace
from datetime import date, datetime
from functools import partial

from clinic_site.core.models import Clinic

from ..diary.availability import Slot, free_slots, nearest
from .choosing import FreeDay, FreeDays, free_days
from .models import FreeConsultation


def place_of(booking: FreeConsultation) -> Clinic | None:
    return None if booking.is_by_phone else booking.clinic


def days_for(booking: FreeConsultation, *, first: date | None) -> FreeDays:
    free = free_days(
        kind=booking.appointment_kind,
        clinic=place_of(booking),
        first=first,
        ignoring=booking.reservation,
    )
    days = [FreeDay(each.day, others(booking, each.slots)) for each in free.days]
    return replace(free, days=[each for each in days if each.slots])


def times_for(booking: FreeConsultation, *, day: date) -> list[Slot]:
    return times_between(booking, day, day)


def times_near(booking: FreeConsultation, *, to: datetime) -> list[Slot]:
    return nearest(to, partial(times_between, booking))


def times_between(booking: FreeConsultation, first: date, last: date) -> list[Slot]:
    slots = free_slots(
        kind=booking.appointment_kind,
        clinic=place_of(booking),
        first=first,
        last=last,
        ignoring=booking.reservation,
    )
    return others(booking, slots)


def others(booking: FreeConsultation, slots: list[Slot]) -> list[Slot]:
    return [slot for slot in slots if slot.starts_at != booking.starts_at]
