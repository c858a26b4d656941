"""When an answer should be looked at again."""

import calendar
from collections.abc import Iterable
from datetime import date

from .evidence import Evidence

# Months by evidence rating: what is disputed or thin moves sooner than what is settled.
MONTHS = {"strong": 24, "mixed": 12, "weak": 12, "none": 12, "not_applicable": 36}
# A draft that nobody has rated yet.
UNRATED_MONTHS = min(MONTHS.values())
# Neither a sign-off nor a moved date lets an answer wait for longer.
FURTHEST_MONTHS = max(MONTHS.values())
TOO_FAR = "Choose a day within the next three years."
OLD_SOURCES_YEARS = 8


def newest_year(years: Iterable[int | None], today: date) -> int | None:
    """Of the sources that say it; a year later than the next is a slip of the pen."""
    return max(
        (year for year in years if year and year <= today.year + 1), default=None
    )


def is_old(newest: int | None, today: date) -> bool:
    return newest is not None and today.year - newest > OLD_SOURCES_YEARS


def months_until_review(*, rating: str, newest: int | None, today: date) -> int:
    """Halved when even the newest source is over eight years old."""
    months = MONTHS.get(rating, UNRATED_MONTHS)
    return months // 2 if is_old(newest, today) else months


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    return day.replace(
        year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1])
    )


def review_due(*, rating: str, years: Iterable[int | None], today: date) -> date:
    newest = newest_year(years, today)
    months = months_until_review(rating=rating, newest=newest, today=today)
    return add_months(today, months)


def rule_in_words(*, rating: str, years: Iterable[int | None], today: date) -> str:
    """Why `review_due` is what it is, to judge whether another day is better."""
    label = Evidence(rating).label if rating else "No rating yet"
    newest = newest_year(years, today)
    months = months_until_review(rating=rating, newest=newest, today=today)
    said = f"{label}: {months} months"
    if is_old(newest, today):
        said += f", half the usual time because the newest source is from {newest}"
    return said


def furthest_date(today: date) -> date:
    return add_months(today, FURTHEST_MONTHS)


def is_overdue(due: date | None, today: date) -> bool:
    return due is not None and due < today


def due_in_words(due: date | None, today: date) -> str:
    """ "due in 12 days", "due today" or "overdue by 3 days"; empty without a date."""
    if due is None:
        return ""
    days = (due - today).days
    if days == 0:
        return "due today"
    count = f"{abs(days)} day" + ("" if abs(days) == 1 else "s")
    return f"due in {count}" if days > 0 else f"overdue by {count}"
