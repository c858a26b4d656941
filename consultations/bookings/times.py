"""Days and times in words, the same whoever's browser or admin asked for them.

Django's filters would show them in the time zone and language of the member of
staff whose click sends a mail.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from .models import LONDON


def in_words(moment: datetime, zone: str = LONDON) -> str:
    """Like "Tuesday 1 December 2026, 10:30am"."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%A} {local.day} {local:%B %Y}, {clock(local)}"


def clock(local: datetime) -> str:
    if local.minute == 0 and local.hour in (0, 12):
        return "12 noon" if local.hour else "12 midnight"
    half = "am" if local.hour < 12 else "pm"
    return f"{local.hour % 12 or 12}:{local:%M}{half}"


def city(zone: str) -> str:
    """Like "New York" for America/New_York."""
    return zone.rpartition("/")[2].replace("_", " ")
