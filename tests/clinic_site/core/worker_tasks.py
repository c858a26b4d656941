"""Tasks for the worker's tests; the worker process imports them from here."""

import time
from pathlib import Path

from django_tasks import task


@task()
def note(path: str, text: str = "ran\n", seconds: float = 0) -> None:
    """Leave a mark that another process can see, then take some time."""
    with Path(path).open("a") as file:
        file.write(text)
    time.sleep(seconds)


@task()
def fail(secret: str) -> None:
    raise ValueError(secret)
