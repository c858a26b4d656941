"""What is removed with time. The worker runs it; README and privacy notice say so."""

import logging
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from clinic_site.core.worker.timetable import register

from .bookings.services import remove_old_drafts
from .models import (
    AccessLink,
    Consent,
    Event,
    FreeConsultation,
    Note,
    Photo,
    Reservation,
    Submission,
    WaitingEntry,
    WaitingOffer,
)
from .online import photos
from .online.services import delete_photos

# Photos that came with a form that was never completed.
ABANDONED_PHOTOS = timedelta(days=2)
# Online consultations that are done, withdrawn or spam, from when they came;
# appointments from when they took place or would have.
CLOSED_SUBMISSIONS = timedelta(days=365)
# Wishes of the waiting list that were met, taken back or not to be met.
ENDED_WAITING = timedelta(days=30)
# Longer than any visitor is still on the way, and than cancelling can be undone.
EXPIRED_HOLDS = timedelta(hours=1)
# A file without a row is left by a crash between the two; none is written slower.
ORPHANED_FILES = timedelta(days=1)
INTERRUPTED_UPLOADS = timedelta(hours=1)
BATCH = 200

logger = logging.getLogger(__name__)


@register("remove abandoned photos", every=timedelta(hours=1))
def remove_abandoned_photos() -> None:
    """Photos of forms that were never sent, and files that no row knows."""
    with transaction.atomic():
        abandoned = Photo.objects.abandoned(timezone.now() - ABANDONED_PHOTOS)
        count = delete_photos(abandoned)
    remove_interrupted_uploads()
    known = set(Photo.objects.values_list("stored_name", flat=True))
    oldest = time.time() - ORPHANED_FILES.total_seconds()
    for name, modified_at in photos.stored_names():
        if name not in known and modified_at < oldest:
            photos.delete(name)
            count += 1
    if count:
        logger.info("abandoned photos removed", extra={"count": count})


def remove_interrupted_uploads() -> None:
    """What a process that was killed had received and not read yet."""
    oldest = time.time() - INTERRUPTED_UPLOADS.total_seconds()
    for file in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir():
        if file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)


@register("remove drafts and holds", every=timedelta(hours=1))
def remove_drafts_and_holds() -> None:
    """Of visitors who left before they had booked."""
    drafts, holds = remove_old_drafts(), remove_expired_holds()
    if drafts or holds:
        logger.info("drafts and holds removed", extra={"count": drafts + holds})


def remove_expired_holds() -> int:
    """What nobody has taken over. The time was free already; these are its rows.

    Not what an appointment has, nor an offer that is still open. Locked first:
    until a hold is taken over, its holder may make it last at any moment.
    """
    with transaction.atomic():
        expired = (
            Reservation.objects.expired(timezone.now() - EXPIRED_HOLDS)
            .exclude(booking__state__in=FreeConsultation.LIVE)
            .exclude(offer__outcome=WaitingOffer.Outcome.OPEN)
            .order_by("pk")
            .select_for_update(of=("self",), skip_locked=True)
        )
        holds = [reservation.pk for reservation in expired[:BATCH]]
        Reservation.objects.filter(pk__in=holds).delete()
    return len(holds)


@register("remove expired links", every=timedelta(days=1))
def remove_expired_links() -> None:
    AccessLink.objects.filter(expires_at__lte=timezone.now()).delete()


@register("remove closed submissions", every=timedelta(days=1))
def remove_closed_submissions() -> None:
    """Everything about submissions whose time is over, photos first."""
    over = list(submissions_over().values_list("pk", flat=True)[:BATCH])
    removed = sum(remove_submission(pk=pk) for pk in over)
    if removed:
        logger.info("closed submissions removed", extra={"count": removed})


def submissions_over() -> QuerySet:
    """Each kind by its own clock."""
    online = Submission.objects.filter(kind=Submission.Kind.ONLINE)
    over = (online.over(CLOSED_SUBMISSIONS), bookings_over(), waiting_over())
    either = Q()
    for found in over:
        either |= Q(pk__in=found.order_by().values("pk"))
    return Submission.objects.filter(either)


def bookings_over() -> QuerySet:
    """Counted from the visit, whether or not anybody marked what came of it."""
    ended_at = Coalesce("ends_at", "created_at")
    return FreeConsultation.objects.alias(ended_at=ended_at).filter(
        ended_at__lt=timezone.now() - CLOSED_SUBMISSIONS
    )


def waiting_over() -> QuerySet:
    """Counted from when they left or booked, or from the last day of their wish."""
    State = WaitingEntry.State
    since = timezone.now() - ENDED_WAITING
    done_since = Event.objects.filter(submission=OuterRef("pk"), at__gte=since)
    ended = Q(state__in=[State.LEFT, State.BOOKED]) | Q(
        state=State.OVER, last_day__lt=timezone.localdate(since)
    )
    return WaitingEntry.objects.filter(
        ended,
        ~Exists(done_since.exclude(action__in=Event.LOOKS)),
        created_at__lt=since,
    )


def remove_submission(*, pk: UUID) -> bool:
    """False where it was opened again meanwhile, or could not be removed.

    Its links, reminders and offers go with it; what reports count of it stays.
    """
    try:
        with transaction.atomic():
            still_over = submissions_over().select_for_update().filter(pk=pk)
            submission = still_over.first()
            if submission is None:
                return False
            delete_photos(Photo.objects.filter(consultation_id=pk))
            remove_time_of(pk)
            for model in (Note, Consent, Event):
                model.objects.filter(submission_id=pk).delete()
            submission.delete()
    except DatabaseError:
        logger.exception("a closed submission could not be removed")
        return False
    return True


def remove_time_of(pk: UUID) -> None:
    """What an offer held, too, but not where a booking has it now."""
    Reservation.objects.filter(booking=pk).delete()
    Reservation.objects.filter(offer__entry=pk, booking=None).delete()
