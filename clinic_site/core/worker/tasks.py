"""Runs queued tasks, one at a time.

django-tasks-db's own `db_worker` is not used: it takes over the signals, never
tries a failed task again, and leaves the task of a killed worker running for
ever.
"""

import logging
import os
import socket
from datetime import timedelta
from traceback import format_exception

from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus, task_backends
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

# Before the second, third and fourth try.
RETRY_DELAYS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))

logger = logging.getLogger(__name__)


class WorkerDied(Exception):
    """The worker was killed while it ran this task, at every try."""


def run_next() -> bool:
    """Run the task that is due first. False when there was none."""
    if not isinstance(task_backends["default"], DatabaseBackend):
        return False
    due = DBTaskResult.objects.ready().filter(backend_name="default")
    if not due.exists():
        return False
    with exclusive_transaction():
        row = due.get_locked()
        if row is None:
            return False
        row.claim(f"{socket.gethostname()[:40]}:{os.getpid()}")
    run(row)
    return True


def run(row: DBTaskResult) -> None:
    try:
        task, result = row.task, row.task_result
        context = [TaskContext(task_result=result)] if task.takes_context else []
        value = task.call(*context, *result.args, **result.kwargs)
    except Exception as error:
        put_back_or_fail(row, error)
        return
    row.set_successful(value)


def put_back_or_fail(row: DBTaskResult, error: Exception) -> None:
    tries = len(row.worker_ids)
    extra = {"task": f"{row.pk} {row.task_path}", "count": tries}
    # Only where it happened: arguments and messages may tell about a person.
    logger.error("task failed", exc_info=error, extra=extra)
    if tries > len(RETRY_DELAYS):
        row.set_failed(error)
        return
    row.status = TaskResultStatus.READY
    row.run_after = timezone.now() + RETRY_DELAYS[tries - 1]
    row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    row.traceback = "".join(format_exception(error))
    row.save()


def take_back_orphans() -> None:
    """Put back what a worker that is gone was running; for whoever holds the lock.

    A task can thus run a second time after it was cut short, so every task has
    to bear that. One that kills its worker each time is given up.
    """
    for row in DBTaskResult.objects.running().filter(backend_name="default"):
        logger.warning(
            "task was cut short", extra={"task": f"{row.pk} {row.task_path}"}
        )
        if len(row.worker_ids) > len(RETRY_DELAYS):
            row.set_failed(WorkerDied())
        else:
            DBTaskResult.objects.filter(pk=row.pk).update(status=TaskResultStatus.READY)
