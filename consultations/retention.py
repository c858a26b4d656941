"""What is removed with time. The worker runs it; README and privacy notice say so."""

import logging
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from clinic_site.core.worker.timetable import register

from .models import Consent, Event, Note, Photo, Submission
from .online import photos
from .online.services import delete_photos

# Photos that came with a form that was never completed.
ABANDONED_PHOTOS = timedelta(days=2)
# Submissions that are done, withdrawn or spam, counted from when they came.
CLOSED_SUBMISSIONS = timedelta(days=365)
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


@register("remove closed submissions", every=timedelta(days=1))
def remove_closed_submissions() -> None:
    """Everything about submissions whose time is over, photos first."""
    over = Submission.objects.over(CLOSED_SUBMISSIONS).values_list("pk", flat=True)
    removed = sum(remove_submission(pk=pk) for pk in list(over[:BATCH]))
    if removed:
        logger.info("closed submissions removed", extra={"count": removed})


def remove_submission(*, pk: UUID) -> bool:
    """False where it was opened again meanwhile, or could not be removed."""
    try:
        with transaction.atomic():
            still_over = Submission.objects.over(CLOSED_SUBMISSIONS)
            submission = still_over.select_for_update().filter(pk=pk).first()
            if submission is None:
                return False
            delete_photos(Photo.objects.filter(consultation_id=pk))
            for model in (Note, Consent, Event):
                model.objects.filter(submission_id=pk).delete()
            submission.delete()
    except DatabaseError:
        logger.exception("a closed submission could not be removed")
        return False
    return True
