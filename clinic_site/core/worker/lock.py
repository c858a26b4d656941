"""Which of several workers works: the one that holds the lock.

The lock hangs on something the system takes away when a process dies, by kill
-9 too: a database session or an open file. So nothing has to run out before
another worker takes over.
"""

import fcntl
import tempfile
from pathlib import Path
from typing import Protocol, TextIO

from django.db import connection, connections

POSTGRES_KEY = (0x636C, 0x776B)  # any two numbers nobody else locks


class Lock(Protocol):
    def acquire(self) -> bool:
        """Try once, without waiting."""

    def is_held(self) -> bool:
        """Whether it is still held. May raise a database error."""

    def release(self) -> None: ...


class PostgresLock:
    """An advisory lock on a database session of its own.

    Not on the session the work runs in: Django closes and reopens that one as
    it sees fit, and the lock would go with it unnoticed. This one is opened
    again only by `acquire`.
    """

    def __init__(self) -> None:
        self.session = connections.create_connection("default")

    def acquire(self) -> bool:
        with self.session.cursor() as cursor:
            # When this host dies without a goodbye, the server must not keep
            # the session, and with it the lock, for its usual two hours.
            cursor.execute("SET tcp_keepalives_idle = 20")
            cursor.execute("SET tcp_keepalives_interval = 5")
            cursor.execute("SET tcp_keepalives_count = 3")
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", POSTGRES_KEY)
            return cursor.fetchone()[0]

    def is_held(self) -> bool:
        if self.session.connection is None:
            return False
        with self.session.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory'"
                " AND pid = pg_backend_pid() AND classid = %s AND objid = %s)",
                POSTGRES_KEY,
            )
            return cursor.fetchone()[0]

    def release(self) -> None:
        self.session.close()


class FileLock:
    """A locked file beside the SQLite database."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: TextIO | None = None

    def acquire(self) -> bool:
        # The file stays for good: deleting it would let two hold "the" lock.
        file = self.path.open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self.file = file
        return True

    def is_held(self) -> bool:
        return self.file is not None

    def release(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None


def worker_lock() -> Lock:
    if connection.vendor == "postgresql":
        return PostgresLock()
    if connection.is_in_memory_db():
        return FileLock(Path(tempfile.gettempdir()) / "clinic.worker.lock")
    return FileLock(Path(f"{connection.settings_dict['NAME']}.worker.lock"))
