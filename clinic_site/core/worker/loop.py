"""The one background process: mails, tasks and the timetable, in turn."""

import logging
import time

from django.db import close_old_connections, connections

from . import heartbeat, jobs, mails, tasks, timetable  # noqa: F401 (jobs registers)
from .lock import Lock, worker_lock

BEAT_EVERY = 5.0  # seconds
PAUSE_AFTER_ERROR = 3.0
TASKS_PER_ROUND = 20

logger = logging.getLogger(__name__)


class Worker:
    """Works while it holds the lock; otherwise stands by to take over."""

    def __init__(self, *, interval: float, lock: Lock | None = None) -> None:
        self.interval = interval
        self.lock = lock or worker_lock()
        self.is_stopping = False
        self.leads = False
        self.said_standing_by = False
        self.next_beat = 0.0

    def stop(self) -> None:
        """Finish what is under way, then leave `run`. Safe in a signal handler."""
        self.is_stopping = True

    def run(self) -> None:
        while not self.is_stopping:
            try:
                if not self.take_turn():
                    self.rest(self.interval)
            except Exception:
                # Mostly the database going away for a moment. Whoever comes
                # next, this process or another, starts from what is stored.
                logger.exception("worker interrupted")
                self.stand_down()
                self.rest(PAUSE_AFTER_ERROR)
        self.stand_down()

    def take_turn(self) -> bool:
        """One round. True when there may be more to do at once."""
        close_old_connections()
        if not self.is_leading():
            return False
        sent = mails.send_due(may_go_on=self.may_go_on)
        ran = 0
        while ran < TASKS_PER_ROUND and self.may_go_on() and tasks.run_next():
            ran += 1
        timetable.run_due(may_go_on=self.may_go_on)
        return bool(sent or ran)

    def is_leading(self) -> bool:
        if self.leads and not self.lock.is_held():
            logger.warning("worker lost its lock")
            self.stand_down()
        if not self.leads and self.lock.acquire():
            logger.info("worker at work")
            self.leads, self.said_standing_by = True, False
            tasks.take_back_orphans()
        if not self.leads and not self.said_standing_by:
            logger.info("worker standing by: another one is at work")
            self.said_standing_by = True
        return self.leads

    def may_go_on(self) -> bool:
        """Asked between two pieces of work; shows a sign of life meanwhile."""
        if self.is_stopping or not self.lock.is_held():
            return False
        if time.monotonic() >= self.next_beat:
            heartbeat.record(heartbeat.WORKER)
            self.next_beat = time.monotonic() + BEAT_EVERY
        return True

    def stand_down(self) -> None:
        self.leads = False
        self.lock.release()
        connections.close_all()

    def rest(self, seconds: float) -> None:
        """Sleep in short steps, so that a signal is soon noticed."""
        until = time.monotonic() + seconds
        while not self.is_stopping and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.25))
