"""Mails that go out by the clock: two before an appointment, one after a missed one.

That one was sent is a row of its own, unique and written together with the mail:
neither a second worker nor a restart repeats it. It names the time, so a booking
that was moved is reminded of the new one.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from clinic_site.core.models import ClinicSettings
from clinic_site.core.worker.timetable import register

from ..records.models import Event
from . import emails
from .models import FreeConsultation, Reminder

BATCH = 100
LONG_BEFORE = timedelta(hours=48)
# Less than this before, the one "two days before" says nothing new.
TOO_LATE_FOR_LONG_BEFORE = timedelta(hours=24)
SHORT_BEFORE = timedelta(hours=3)
# Staff may take "did not attend" back; and nobody writes about last month's visit.
MISSED_SINCE = timedelta(hours=1)
MISSED_WITHIN = timedelta(days=7)

State = FreeConsultation.State
Kind = Reminder.Kind
Send = Callable[[FreeConsultation, ClinicSettings], None]

logger = logging.getLogger(__name__)


@register("remind of appointments", every=timedelta(minutes=5))
def send_reminders() -> None:
    queue_all(Kind.TWO_DAYS, due_long_before, remind)
    queue_all(Kind.THREE_HOURS, due_shortly_before, remind_shortly_before)
    queue_all(Kind.MISSED, missed_lately, emails.missed)


def remind(booking: FreeConsultation, clinic: ClinicSettings) -> None:
    emails.reminded(booking, clinic, is_today=False)


def remind_shortly_before(booking: FreeConsultation, clinic: ClinicSettings) -> None:
    emails.reminded(booking, clinic, is_today=True)


def due_long_before() -> QuerySet:
    return due(at_least=TOO_LATE_FOR_LONG_BEFORE, before=LONG_BEFORE)


def due_shortly_before() -> QuerySet:
    return due(at_least=timedelta(0), before=SHORT_BEFORE)


def due(*, at_least: timedelta, before: timedelta) -> QuerySet:
    """Not those who have had a mail about this very time since then anyway."""
    now = timezone.now()
    reminded_from = OuterRef("starts_at") - before
    moved_since = Event.objects.filter(
        submission=OuterRef("pk"), action=Event.Action.MOVED, at__gt=reminded_from
    )
    return FreeConsultation.objects.filter(
        ~Exists(moved_since),
        state=State.CONFIRMED,
        wants_reminders=True,
        starts_at__gt=now + at_least,
        starts_at__lte=now + before,
        # When it was booked, confirmed or taken up again.
        state_changed_at__lte=F("starts_at") - before,
    ).exclude(email="")


def missed_lately() -> QuerySet:
    """Not those who have found another time meanwhile."""
    now = timezone.now()
    comes_again = FreeConsultation.objects.live().filter(
        email__iexact=OuterRef("email"), starts_at__gt=now
    )
    return FreeConsultation.objects.filter(
        ~Exists(comes_again),
        state=State.MISSED,
        state_changed_at__lte=now - MISSED_SINCE,
        ends_at__gt=now - MISSED_WITHIN,
    ).exclude(email="")


def queue_all(kind: Kind, find: Callable[[], QuerySet], send: Send) -> None:
    """The earliest first; what is beyond the batch has its turn minutes later."""
    waiting = list(
        without_reminder(find(), kind)
        .order_by("starts_at")
        .values_list("pk", flat=True)[:BATCH]
    )
    if not waiting:
        return
    clinic, queued = ClinicSettings.of_default_site(), 0
    for pk in waiting:
        try:
            queued += queue_one(pk, kind, find, send, clinic)
        except Exception:  # one that cannot be written to must not stop the others
            logger.exception("a reminder could not be queued")
    logger.info("reminders queued", extra={"count": queued})


def queue_one(pk, kind: Kind, find, send: Send, clinic: ClinicSettings) -> bool:
    """False where it is no longer due, or another worker was faster."""
    try:
        with transaction.atomic():
            # Asked again under lock: it may have been cancelled or moved just now.
            found = without_reminder(find(), kind).with_everything().filter(pk=pk)
            booking = found.select_for_update(of=("self",), skip_locked=True).first()
            if booking is None:
                return False
            Reminder.objects.create(
                booking=booking, kind=kind, starts_at=booking.starts_at
            )
            send(booking, clinic)
    except IntegrityError:
        return False
    return True


def without_reminder(found: QuerySet, kind: Kind) -> QuerySet:
    sent = Reminder.objects.filter(
        booking=OuterRef("pk"), kind=kind, starts_at=OuterRef("starts_at")
    )
    return found.filter(~Exists(sent))
