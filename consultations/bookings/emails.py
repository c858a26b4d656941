"""Mails about appointments: no name, no note, no word about health.

A mailbox is read by others. Each mail to the person carries a secret link of its
own; what happens behind it asks for a second proof.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from clinic_site.core import mail
from clinic_site.core.models import ClinicSettings

from ..records import emails
from ..records.emails import News
from ..records.links import AccessLink, issue_link
from . import calendar_file
from .calendar_file import CANCELS, INVITES
from .models import LONDON, UNDO_CANCELLING, FreeConsultation
from .times import city, clock, in_words

LINK_OUTLIVES_VISIT = timedelta(days=14)
State = FreeConsultation.State


def booked(booking: FreeConsultation) -> None:
    """By the visitor. To them, with a calendar entry once it is confirmed; to staff."""
    clinic = ClinicSettings.of_default_site()
    confirmed(booking, clinic)
    tell_staff(booking, clinic, News.NEW)


def confirmed(booking: FreeConsultation, clinic: ClinicSettings | None = None) -> None:
    """By staff, who know."""
    is_request = booking.state == State.REQUESTED
    name = "booking_requested" if is_request else "booking_confirmed"
    to_person(booking, name, clinic, method="" if is_request else INVITES)


def restored(booking: FreeConsultation) -> None:
    """The visitor took their cancelling back."""
    clinic = ClinicSettings.of_default_site()
    confirmed(booking, clinic)
    tell_staff(booking, clinic, News.CHANGED)


def moved(booking: FreeConsultation, *, by_visitor: bool) -> None:
    clinic = ClinicSettings.of_default_site()
    is_request = booking.state == State.REQUESTED
    to_person(booking, "booking_moved", clinic, method="" if is_request else INVITES)
    if by_visitor:
        tell_staff(booking, clinic, News.CHANGED)


def cancelled(booking: FreeConsultation) -> None:
    """By the visitor; it can be undone for a quarter of an hour."""
    clinic = ClinicSettings.of_default_site()
    was_request = booking.state_before == State.REQUESTED
    undo_until = booking.state_changed_at + UNDO_CANCELLING
    to_person(
        booking,
        "booking_cancelled",
        clinic,
        method="" if was_request else CANCELS,
        undo_until=clock(undo_until.astimezone(ZoneInfo(LONDON))),
    )
    tell_staff(booking, clinic, News.CANCELLED)


def withdrawn(booking: FreeConsultation, *, was_asked: bool = False) -> None:
    """By staff, who also decline requests; `was_asked`: because the person asked."""
    is_declined = booking.state == State.DECLINED
    name = "booking_declined" if is_declined else "booking_withdrawn"
    method = "" if is_declined else CANCELS
    to_person(booking, name, method=method, has_link=False, was_asked=was_asked)


def must_change(booking: FreeConsultation) -> None:
    """We are closed then after all: would they choose another time?"""
    to_person(booking, "booking_must_change")


def reminded(
    booking: FreeConsultation, clinic: ClinicSettings, *, is_today: bool
) -> None:
    to_person(
        booking, "booking_reminder_today" if is_today else "booking_reminder", clinic
    )


def missed(booking: FreeConsultation, clinic: ClinicSettings) -> None:
    to_person(booking, "booking_missed", clinic, has_link=False)


def to_person(
    booking: FreeConsultation,
    name: str,
    clinic: ClinicSettings | None = None,
    *,
    method: str = "",
    has_link: bool = True,
    **words: str | bool,
) -> None:
    """Nobody without an address. `method` is the calendar entry's; none without."""
    if not booking.email:
        return
    clinic = clinic or ClinicSettings.of_default_site()
    context = {
        "clinic": clinic,
        "booking": booking,
        "when": when(booking),
        "when_there": when_there(booking),
        "place": calendar_file.place(booking),
        "last_change": last_change(booking),
        "url": change_url(booking) if has_link else "",
        "book_url": settings.BASE_URL + reverse("book"),
        **words,
    }
    mail.queue(
        f"consultations/{name}",
        to=[booking.email],
        sender=str(clinic.sender()),
        context=context,
        calendar=calendar_file.entry(booking, clinic, method) if method else None,
    )


def tell_staff(booking: FreeConsultation, clinic: ClinicSettings, news: News) -> None:
    emails.tell_staff(booking, address=clinic.notify_bookings, news=news)


def when(booking: FreeConsultation) -> str:
    """Empty for a wish from when people asked for a day instead of a time."""
    if booking.starts_at is None:
        return ""
    words = in_words(booking.starts_at)
    return f"{words} (London time)" if booking.is_by_phone else words


def when_there(booking: FreeConsultation) -> str:
    """By the clock of somebody who is phoned elsewhere; empty for all others."""
    if booking.starts_at is None or not booking.shows_other_zone:
        return ""
    return f"{in_words(booking.starts_at, booking.zone)} ({city(booking.zone)})"


def last_change(booking: FreeConsultation) -> str:
    """Until when they can change it themselves; empty when that is over."""
    if not booking.may_be_changed_by_visitor():
        return ""
    hours = booking.appointment_kind.cutoff_hours
    return in_words(booking.starts_at - timedelta(hours=hours))


def change_url(booking: FreeConsultation) -> str:
    """A new secret address of the page on which it is changed or cancelled."""
    over = max(booking.ends_at, timezone.now()) + LINK_OUTLIVES_VISIT
    token = issue_link(
        submission=booking, purpose=AccessLink.Purpose.BOOKING, expires_at=over
    )
    return settings.BASE_URL + reverse("change_booking", args=[token])
