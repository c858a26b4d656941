"""The site's own jobs by the clock. Other apps register theirs themselves."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from post_office.models import STATUS, Email

from .timetable import register

KEEP_TASKS = timedelta(days=7)
KEEP_MAILS = timedelta(days=30)


@register("publish_scheduled", every=timedelta(minutes=1))
def publish_scheduled() -> None:
    call_command("publish_scheduled")


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
