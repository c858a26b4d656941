"""Transactions that are tried again when the database refuses for a moment."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction

T = TypeVar("T")

TRIES = 4
LOCK_TIMEOUT = "3s"  # nobody waits longer than this for another's row
# serialization_failure, deadlock_detected, lock_not_available
PASSING = {"40001", "40P01", "55P03"}


class Busy(Exception):
    """The database was asked several times and could not answer; try later."""


def retried(work: Callable[[], T], *, durable: bool = False) -> T:
    """Run `work` in a transaction, anew after a deadlock or a lock that took too long.

    Inside another transaction, unless `durable`, it runs once: only the outermost can
    be begun again. Raises Busy when no try came through.
    """
    if connection.in_atomic_block and not durable:
        return work()
    for place in range(TRIES):
        try:
            with transaction.atomic(durable=durable):
                limit_waiting()
                return work()
        except OperationalError as error:
            if not is_passing(error):
                raise
            if place == TRIES - 1:
                raise Busy from error
        # Two that met must not meet again at the same moment.
        time.sleep(random.uniform(0.01, 0.05) * 2**place)  # noqa: S311
    raise AssertionError("unreachable")


def limit_waiting() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")


def is_passing(error: OperationalError) -> bool:
    code = getattr(error.__cause__, "pgcode", None)
    return code in PASSING or "database is locked" in str(error)
