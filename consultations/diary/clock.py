"""The clock on the clinic's wall: what day it is there, whoever asks from wherever."""

from datetime import date, datetime, time

from django.utils import timezone


def today() -> date:
    return day_of(timezone.now())


def on_the_wall(moment: datetime) -> datetime:
    return moment.astimezone(timezone.get_default_timezone())


def day_of(moment: datetime) -> date:
    return on_the_wall(moment).date()


def midnight(day: date) -> datetime:
    """With which the day begins."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def minute_of(moment: datetime) -> int:
    """Since midnight, as the hands show it."""
    local = on_the_wall(moment)
    return local.hour * 60 + local.minute
