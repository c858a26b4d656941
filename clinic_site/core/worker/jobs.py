"""The site's own jobs by the clock. Other apps register theirs themselves."""

from datetime import timedelta

from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from post_office.models import STATUS, Email
from wagtail.models import Page, Revision, UploadedFile

from ..models import ClinicImage, ClinicRendition
from ..models.images import make_renditions
from . import schedule
from .timetable import register

KEEP_TASKS = timedelta(days=7)
KEEP_MAILS = timedelta(days=30)
KEEP_UPLOADS = timedelta(days=1)
KEEP_REVISIONS = timedelta(days=90)


@register("publish_scheduled", every=timedelta(minutes=1))
def publish_scheduled() -> None:
    schedule.publish_due()


@register("make_missing_pictures", every=timedelta(minutes=10))
def make_missing_pictures() -> None:
    """Queue the pictures that lack a size: after a restore, or with new sizes.

    Not those whose task waits or failed while tasks are kept: what could not be read
    an hour ago, at the last of several tries, is not readable now.
    """
    unfinished = DBTaskResult.objects.filter(
        task_path=make_renditions.module_path
    ).exclude(status=TaskResultStatus.SUCCESSFUL)
    asked = {row["args"][0] for row in unfinished.values_list("args_kwargs", flat=True)}
    made = set(ClinicRendition.objects.values_list("image_id", "filter_spec"))
    for image in ClinicImage.objects.exclude(pk__in=asked).only("width"):
        if any((image.pk, size.spec) not in made for size in image.wanted_sizes()):
            make_renditions.enqueue(image.pk)


@register("remove_old_sessions", every=timedelta(days=1))
def remove_old_sessions() -> None:
    call_command("clearsessions")


@register("remove_old_tasks", every=timedelta(days=1))
def remove_old_tasks() -> None:
    before = timezone.now() - KEEP_TASKS
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()


@register("remove_old_uploads", every=timedelta(days=1))
def remove_old_uploads() -> None:
    """What editors uploaded and never described: it still holds all its metadata."""
    before = timezone.now() - KEEP_UPLOADS
    for upload in UploadedFile.objects.all():
        storage, name = upload.file.storage, upload.file.name
        if not storage.exists(name) or storage.get_modified_time(name) < before:
            storage.delete(name)
            upload.delete()


@register("remove_old_mails", every=timedelta(days=1))
def remove_old_mails() -> None:
    """Mails that were sent or given up; those still waiting stay."""
    before = timezone.now() - KEEP_MAILS
    done = Email.objects.filter(status__in=[STATUS.sent, STATUS.failed])
    done.filter(last_updated__lt=before).delete()


@register("remove_old_revisions", every=timedelta(days=1))
def remove_old_revisions() -> None:
    """What autosave left on the way to a text.

    What is live, newest, scheduled or went through a workflow stays. Wagtail's own
    purge_revisions removes the live one as soon as there is a newer draft.
    """
    old = Revision.page_revisions.filter(
        created_at__lt=timezone.now() - KEEP_REVISIONS,
        approved_go_live_at=None,
        task_states=None,
    )
    for name in ("latest_revision", "live_revision"):
        kept = Page.objects.exclude(**{name: None}).values(name)
        old = old.exclude(pk__in=kept)
    for revision in list(old.defer("content")):
        try:
            with transaction.atomic():  # deleting moves its comments first
                revision.delete()
        except ProtectedError:
            continue  # a clinician signed this very text off
