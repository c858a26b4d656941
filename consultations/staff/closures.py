"""Which bookings a closure touches, and writing to those people, each once."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.db.models import QuerySet
from django.utils import timezone

from clinic_site.core.transactions import retried
from clinic_site.users.models import User

from ..bookings import emails
from ..bookings.models import FreeConsultation
from ..diary.clock import day_of, midnight
from ..diary.hours import days
from ..diary.opening import BankHoliday, DiaryException
from ..records.models import Event

Closure = DiaryException | BankHoliday
Span = tuple[datetime, datetime]

# Mails of one press: the page answers in time however long the closure is.
MOST_AT_ONCE = 200


def to_come(**where) -> QuerySet:
    """Live bookings of times that are still to come."""
    bookings = FreeConsultation.objects.live()
    return bookings.filter(starts_at__gt=timezone.now(), **where)


def touched_by(closure: Closure) -> list[FreeConsultation]:
    """Live bookings to come that lie in it, in order of time; it need not be saved.

    Two queries at most. What does not close anything touches nothing.
    """
    if not closes(closure):
        return []
    first, last = days_of(closure)
    found = to_come(
        starts_at__lt=midnight(last + timedelta(days=1)),
        ends_at__gt=midnight(first),
        **whose(closure),
    )
    open_besides = extra_openings(closure)
    return [
        booking
        for booking in found.with_everything().order_by("starts_at", "reference")
        if touches(closure, booking, open_besides)
    ]


def touches(
    closure: Closure,
    booking: FreeConsultation,
    open_besides: Iterable[DiaryException],
) -> bool:
    span = booking.starts_at, booking.ends_at
    if isinstance(closure, DiaryException):
        concerned = closure.concerns(booking.resource)
        return concerned and any(overlap(span, each) for each in spans(closure, span))
    # A bank holiday ends the week's opening times, not those added for the day.
    spared = any(
        extra.concerns(booking.resource) and each[0] <= span[0] and span[1] <= each[1]
        for extra in open_besides
        for each in spans(extra, span)
    )
    return overlap(span, whole_day(closure.date)) and not spared


def closes(closure: Closure) -> bool:
    if isinstance(closure, BankHoliday):
        return closure.is_closed
    return closure.effect == DiaryException.Effect.CLOSED


def days_of(closure: Closure) -> tuple[date, date]:
    if isinstance(closure, BankHoliday):
        return closure.date, closure.date
    return closure.first_day, closure.last_day


def whose(closure: Closure) -> dict:
    if isinstance(closure, DiaryException):
        if closure.resource_id:
            return {"resource": closure.resource_id}
        if closure.clinic_id:
            return {"resource__clinic": closure.clinic_id}
    return {"resource__isnull": False}


def extra_openings(closure: Closure) -> list[DiaryException]:
    """Of the day of a bank holiday; a closure has its way over them."""
    if isinstance(closure, DiaryException):
        return []
    extra = DiaryException.objects.filter(effect=DiaryException.Effect.EXTRA)
    return list(extra.touching(closure.date, closure.date))


def spans(exception: DiaryException, about: Span) -> Iterator[Span]:
    """From when until when, by the clock on the wall, on the days of `about`."""
    first = max(exception.first_day, day_of(about[0]))
    last = min(exception.last_day, day_of(about[1]))
    for day in days(first, last):
        if exception.opens is None:
            yield whole_day(day)
        else:
            yield at(day, exception.opens), at(day, exception.closes)


def whole_day(day: date) -> Span:
    return midnight(day), midnight(day + timedelta(days=1))


def at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, timezone.get_default_timezone())


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def mark_of(bookings: Iterable[FreeConsultation]) -> str:
    """Stands for just these bookings, so that a form can say which it showed."""
    keys = sorted(str(booking.pk) for booking in bookings)
    return sha256("".join(keys).encode()).hexdigest()[:16] if keys else ""


def detail_of(closure: Closure) -> str:
    """How the events of bookings name it."""
    is_holiday = isinstance(closure, BankHoliday)
    return f"{'bank holiday' if is_holiday else 'closure'} {closure.pk}"


def written_to(
    closure: Closure, bookings: Iterable[FreeConsultation]
) -> dict[object, datetime]:
    """When their mails about it were queued, by booking."""
    events = Event.objects.filter(
        action=Event.Action.MAIL_QUEUED,
        detail=detail_of(closure),
        submission__in=[booking.pk for booking in bookings],
    )
    return dict(events.values_list("submission", "at"))


def write_to_touched(*, closure: Closure, actor: User) -> int:
    """Queue a mail to each who has none about this closure yet; returns how many.

    No more than MOST_AT_ONCE of them. Raises Busy.
    """
    touched = touched_by(closure)
    written = written_to(closure, touched)
    waiting = [each for each in touched if each.email and each.pk not in written]
    return sum(
        write_to(booking, closure, actor=actor) for booking in waiting[:MOST_AT_ONCE]
    )


def write_to(booking: FreeConsultation, closure: Closure, *, actor: User) -> bool:
    """False when somebody was faster, or the booking no longer stands there."""

    def queue() -> bool:
        rows = FreeConsultation.objects.select_for_update(of=("self",))
        current = rows.with_everything().filter(pk=booking.pk).first()
        if (
            current is None
            or not current.is_live
            or not touches(closure, current, extra_openings(closure))
            or written_to(closure, [current])
        ):
            return False
        emails.must_change(current)
        Event.objects.create(
            submission_id=current.pk,
            actor=actor,
            action=Event.Action.MAIL_QUEUED,
            detail=detail_of(closure),
        )
        return True

    return retried(queue)
