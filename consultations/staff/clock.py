"""The clock on the clinic's wall, by which staff everywhere read the diary."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from ..diary.clock import on_the_wall

NO_DAY = "Choose a day between 2000 and 2100, written like 2026-11-24."
# For fields: days with which one can reckon.
DAY_VALIDATORS = (
    MinValueValidator(date(2000, 1, 1), NO_DAY),
    MaxValueValidator(date(2100, 12, 31), NO_DAY),
)


def clock(minute: int) -> str:
    """09:30 for 570."""
    return f"{minute // 60:02}:{minute % 60:02}"


def when(moment: datetime) -> str:
    """Tue 24 Nov 2026, 10:30."""
    local = on_the_wall(moment)
    return f"{local:%a} {local.day} {local:%b %Y}, {local:%H:%M}"


def in_words(day: date) -> str:
    """Tuesday 24 November 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def at_the_clinic(view: Callable) -> Callable:
    """All that the view reads, writes and shows goes by this clock."""

    @wraps(view)
    def by_the_wall(*args, **kwargs):
        with timezone.override(timezone.get_default_timezone()):
            response = view(*args, **kwargs)
            return response.render() if hasattr(response, "render") else response

    return by_the_wall
