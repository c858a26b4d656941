"""When a resource is open, by the clock on the wall.

Times of day are minutes since midnight; a window is a pair of them, opening and
closing. All of it is arithmetic on what was read from the database before.
"""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta

from .models import Resource
from .opening import BankHoliday, DiaryException

Window = tuple[int, int]
WHOLE_DAY: Window = (0, 24 * 60)


class Hours:
    """The opening times of some resources in a range of days, in two queries.

    The resources come with their opening times prefetched.
    """

    def __init__(self, first: date, last: date) -> None:
        self.exceptions = list(DiaryException.objects.touching(first, last))
        self.holidays = set(
            BankHoliday.objects.filter(
                is_closed=True, date__range=(first, last)
            ).values_list("date", flat=True)
        )

    def windows(self, resource: Resource, day: date) -> list[Window]:
        """In order, and none touching the next."""
        here = [
            exception
            for exception in self.exceptions
            if exception.first_day <= day <= exception.last_day
            and exception.concerns(resource)
        ]
        weekly = [] if day in self.holidays else resource.opening_times.all()
        opened = [window(row) for row in weekly if row.weekday == day.weekday()]
        opened += [window(row) for row in here if row.effect == row.Effect.EXTRA]
        closed = [window(row) for row in here if row.effect == row.Effect.CLOSED]
        return without(merged(opened), closed)


def window(row) -> Window:
    """Of an opening time or an exception; one without times lasts all day."""
    if row.opens is None:
        return WHOLE_DAY
    return minutes(row.opens), minutes(row.closes)


def minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def merged(windows: Iterable[Window]) -> list[Window]:
    """Overlapping opening times are one, so that no time is offered twice."""
    result: list[Window] = []
    for opens, closes in sorted(windows):
        if result and opens <= result[-1][1]:
            result[-1] = (result[-1][0], max(closes, result[-1][1]))
        else:
            result.append((opens, closes))
    return result


def without(windows: list[Window], closed: Iterable[Window]) -> list[Window]:
    for start, end in closed:
        windows = [
            piece
            for opens, closes in windows
            for piece in ((opens, min(closes, start)), (max(opens, end), closes))
            if piece[0] < piece[1]
        ]
    return windows


def days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
