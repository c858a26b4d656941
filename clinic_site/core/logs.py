"""One line of JSON for each event, with nothing of a visitor in it.

Left out on purpose: query strings, bodies, addresses, user names, and the
messages of exceptions (a database error quotes the values it refused).
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import PurePath

request_id: ContextVar[str] = ContextVar("request_id", default="")

# What `extra=` may add to a line; anything else is dropped.
FIELDS = (
    "method",
    "path",
    "status",
    "duration_ms",
    "job",
    "mail",
    "task",
    "page",
    "count",
)


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": self.message(record),
        }
        if getattr(record, "request_id", ""):
            line["request_id"] = record.request_id
        line.update(
            (name, getattr(record, name)) for name in FIELDS if hasattr(record, name)
        )
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["at"] = self.places(record.exc_info[2])
        return json.dumps(line, default=str)

    def message(self, record: logging.LogRecord) -> str:
        if record.name.startswith(("django.request", "django.security")):
            # Their own words hold the path, which may be a secret link.
            return f"answered {getattr(record, 'status_code', 'with an error')}"
        return record.getMessage()

    def places(self, tb: object) -> list[str]:
        """Where it happened: file, line and function, without any value."""
        return [
            f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(tb)[-12:]
        ]
