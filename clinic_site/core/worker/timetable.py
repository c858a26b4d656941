"""What the worker does by the clock.

An app adds a job by decorating a function in a module that its AppConfig.ready
imports:

    @register("consultations.retention", every=timedelta(days=1))
    def remove_what_is_over() -> None: ...
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from . import heartbeat

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    run: Callable[[], None]

    def is_due(self, last_run: datetime | None, now: datetime) -> bool:
        # A last run in the future means the clock was put right since.
        return last_run is None or not (last_run <= now < last_run + self.every)


JOBS: dict[str, Job] = {}


def register(
    name: str, *, every: timedelta
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Have the worker call a function without arguments again and again.

    `name` is what its last run is stored under (at most 40 characters), so that
    a restart does not repeat it.
    """
    if name in JOBS or name == heartbeat.WORKER or len(name) > 40:
        raise ImproperlyConfigured(f"The job name {name!r} is taken or too long.")

    def add(function: Callable[[], None]) -> Callable[[], None]:
        JOBS[name] = Job(name, every, function)
        return function

    return add


def run_due(*, may_go_on: Callable[[], bool]) -> None:
    last_runs = heartbeat.last_beats()
    for job in JOBS.values():
        if job.is_due(last_runs.get(job.name), timezone.now()) and may_go_on():
            run(job)


def run(job: Job) -> None:
    # Noted first: a job that takes the worker down must not do so at every start.
    heartbeat.record(job.name)
    try:
        job.run()
    except Exception:
        logger.exception("job failed", extra={"job": job.name})
