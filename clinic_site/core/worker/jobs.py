"""The site's own jobs by the clock. Other apps register theirs themselves."""

from datetime import timedelta

from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from post_office.models import STATUS, Email
from wagtail.models import Page, Revision

from . import schedule
from .timetable import register

KEEP_TASKS = timedelta(days=7)
KEEP_MAILS = timedelta(days=30)
KEEP_REVISIONS = timedelta(days=90)


@register("publish_scheduled", every=timedelta(minutes=1))
def publish_scheduled() -> None:
    schedule.publish_due()


@register("remove_old_sessions", every=timedelta(days=1))
def remove_old_sessions() -> None:
    call_command("clearsessions")


@register("remove_old_tasks", every=timedelta(days=1))
def remove_old_tasks() -> None:
    before = timezone.now() - KEEP_TASKS
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()


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
