"""When an answer should be looked at again."""

import calendar
from datetime import date

# Months by evidence rating: what is disputed or thin moves sooner than what is settled.
MONTHS = {"strong": 24, "mixed": 12, "weak": 12, "none": 12, "not_applicable": 36}
# Neither a sign-off nor a moved date lets an answer wait for longer.
FURTHEST_MONTHS = max(MONTHS.values())
TOO_FAR = "Choose a day within the next three years."
OLD_SOURCES_YEARS = 8


def months_until_review(*, rating: str, years: list[int], today: date) -> int:
    """Halved when even the newest source is over eight years old."""
    months = MONTHS[rating]
    if years and today.year - max(years) > OLD_SOURCES_YEARS:
        months //= 2
    return months


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    return day.replace(
        year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1])
    )


def review_due(*, rating: str, years: list[int], today: date) -> date:
    return add_months(
        today, months_until_review(rating=rating, years=years, today=today)
    )


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
