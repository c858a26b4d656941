"""The diary's smallest unit of time, in which everything is claimed."""

from datetime import datetime, time

from django.core.exceptions import ValidationError

MINUTES_PER_TICK = 5
SECONDS = MINUTES_PER_TICK * 60


def whole_ticks(minutes: int) -> None:
    """A validator."""
    if minutes % MINUTES_PER_TICK:
        raise ValidationError(f"Give whole steps of {MINUTES_PER_TICK} minutes.")


def begins_a_tick(clock: time) -> bool:
    return not (clock.minute % MINUTES_PER_TICK or clock.second or clock.microsecond)


def ticks_between(start: datetime, end: datetime) -> range:
    """Every tick that the time between touches, the end itself not included."""
    return range(int(start.timestamp() // SECONDS), -int(-end.timestamp() // SECONDS))
