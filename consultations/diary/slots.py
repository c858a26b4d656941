"""From opening times on the wall to moments in time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .hours import Window
from .models import AppointmentKind


def starts(
    kind: AppointmentKind, day: date, windows: list[Window], zone: ZoneInfo
) -> Iterator[datetime]:
    """Each moment, in UTC, at which an appointment of this kind can begin.

    It ends inside the window, and lasts its exact length also on the days on which
    clocks change. A time that the clock skips is left out; of a time that comes
    twice, the first is meant.
    """
    for opens, closes in windows:
        end = moment(day, closes, zone)
        for minute in range(opens, closes - kind.minutes + 1, kind.interval):
            start = moment(day, minute, zone)
            if exists(start, minute, zone) and start + kind.length() <= end:
                yield start


def moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Where a clock goes forward, it is read as if it had not yet."""
    wall = datetime.combine(day, time.min) + timedelta(minutes=minute)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def exists(moment: datetime, minute: int, zone: ZoneInfo) -> bool:
    """Whether a clock on the wall ever shows that minute of its day."""
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute == minute
