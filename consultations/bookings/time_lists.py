"""Free days as links and free times as choices, the way pages show them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from clinic_site.core.forms import ClinicFormMixin

from ..diary.availability import Slot
from . import times, zones
from .choosing import FreeDays
from .models import LONDON

VALUE = "%Y-%m-%dT%H:%MZ"
# Nobody books further away; dates near the ends of the calendar break arithmetic.
ABSURD = timedelta(days=800)
CHOOSE = "Choose a time"
# From which hour on, in London.
PARTS = ((17, "Evening"), (12, "Afternoon"), (0, "Morning"))


@dataclass(frozen=True)
class DayLink:
    day: date
    count: int
    url: str


@dataclass(frozen=True)
class Week:
    title: str
    days: list[DayLink]


def weeks_of(free: FreeDays, url_of: Callable[[date], str]) -> list[Week]:
    """For `consultations/choosing/days.html`, as `weeks`."""
    links = [DayLink(each.day, len(each.slots), url_of(each.day)) for each in free.days]
    return [
        Week(title_of(monday), list(days))
        for monday, days in groupby(links, key=lambda link: monday_of(link.day))
    ]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def title_of(monday: date) -> str:
    ahead = (monday - monday_of(timezone.localdate())).days // 7
    if ahead in (0, 1):
        return ("This week", "Next week")[ahead]
    return f"Week of {date_format(monday, 'j F')}"


def value_of(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(VALUE)


class TimeField(forms.ChoiceField):
    """A moment out of a list. Whether it is still free shows when it is taken."""

    widget = forms.RadioSelect

    def to_python(self, value: object) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            moment = datetime.strptime(str(value), VALUE).replace(tzinfo=UTC)
        except ValueError as error:
            raise ValidationError(CHOOSE) from error
        if abs(moment - timezone.now()) > ABSURD:
            raise ValidationError(CHOOSE)
        return moment

    def validate(self, value: datetime | None) -> None:
        if value is None:
            raise ValidationError(CHOOSE)


class TimeForm(ClinicFormMixin, forms.Form):
    """One time out of those that `offer` puts into it, before or after it is sent.

    `consultations/choosing/times.html` shows it, as `form`.
    """

    at = TimeField(label=CHOOSE)

    def offer(
        self, slots: Iterable[Slot], *, legend: str, zone: str = LONDON
    ) -> "TimeForm":
        """Those of one day, by part of the day."""
        self.fields["at"].choices = [
            (part, [(value_of(slot.starts_at), label(slot, zone)) for slot in found])
            for part, found in groupby(slots, key=part_of_day)
        ]
        self.fields["at"].label = legend
        return self

    def offer_nearest(
        self, slots: Iterable[Slot], *, legend: str, zone: str = LONDON
    ) -> "TimeForm":
        """A few of several days, each with its day."""
        self.fields["at"].choices = [
            (value_of(slot.starts_at), label(slot, zone, with_day=True))
            for slot in slots
        ]
        self.fields["at"].label = legend
        return self


def label(slot: Slot, zone: str, *, with_day: bool = False) -> str:
    """By the clock in London, and by theirs for a call to somewhere else."""
    local = timezone.localtime(slot.starts_at)
    text = times.clock(local)
    if with_day:
        text = f"{date_format(local, 'l j F')}, {text}"
    if zone == LONDON:
        return text
    there = zones.there(slot.starts_at, zone)
    return format_html('{} in London <span class="time-there">{}</span>', text, there)


def part_of_day(slot: Slot) -> str:
    hour = timezone.localtime(slot.starts_at).hour
    return next(name for begins, name in PARTS if hour >= begins)
