"""Where and when, as staff choose it: also sooner than visitors may, or beside a full
diary with a reason."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from clinic_site.core.forms import DateInput
from clinic_site.core.models import Clinic

from ..bookings.choosing import FreeDay, free_days
from ..bookings.times import clock, in_words
from ..diary.availability import (
    Slot,
    all_slots,
    free_slots,
    nearest,
    resources_for,
)
from ..diary.clock import day_of, on_the_wall, today
from ..diary.models import AppointmentKind, Reservation, Resource
from .clock import DAY_VALIDATORS, NO_DAY

DAYS_SHOWN = 8
SHOW = "times"  # what the button sends that lists the times of the day typed
GONE = "That time has just gone. Nothing was changed. The nearest free times are below."
NO_TIME = "Choose one of the times in the list"


def sent(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def picked(given: dict) -> dict:
    """The day of a button that was pressed, or the time of an address, as chosen."""
    if given.get("show") not in (None, "", SHOW):
        return {**given, "day": given["show"]}
    at = moment_of(given.get("starts_at"))
    if at is None:
        return given
    return {"day": day_of(at).isoformat(), **given, "starts_at": sent(at)}


def moment_of(typed: str | None) -> datetime | None:
    try:
        return MomentField(required=False).clean(typed)
    except ValidationError:
        return None


class MomentField(forms.ChoiceField):
    """One of the times that were listed, as a datetime; None for none.

    Any other is taken as well: whether it is still to be had, the diary says.
    """

    def valid_value(self, value: str) -> bool:
        return True

    def clean(self, value: object) -> datetime | None:
        # In an address, + stands for a space.
        typed = super().clean(value).replace(" ", "+")
        if not typed:
            return None
        try:
            moment = datetime.fromisoformat(typed).astimezone(UTC)
        except (ValueError, OverflowError):
            raise ValidationError(NO_TIME) from None
        if not 2000 <= moment.year <= 2100:
            raise ValidationError(NO_TIME)
        return moment


class WhereForm(forms.Form):
    """What the times of a day are listed for. What does not fit is left open."""

    kind = forms.ModelChoiceField(
        AppointmentKind.objects.all(),
        label="What",
        empty_label=None,
        error_messages={"invalid_choice": "Choose one of the kinds in the list"},
    )
    clinic = forms.ModelChoiceField(
        Clinic.objects.open_to_visitors(),
        label="Clinic",
        required=False,
        empty_label="Any (calls only)",
        error_messages={"invalid_choice": "Choose one of the clinics in the list"},
    )
    resource = forms.ModelChoiceField(
        Resource.objects.none(),
        label="Room or person",
        required=False,
        empty_label="Any that is free",
    )
    day = forms.DateField(
        required=False,
        widget=DateInput,
        validators=DAY_VALIDATORS,
        error_messages={"invalid": NO_DAY},
    )

    def __init__(self, data: dict, *, kind: AppointmentKind | None = None) -> None:
        super().__init__(data)
        self.kind = kind
        if kind is not None:
            del self.fields["kind"]

    def clean_kind(self) -> AppointmentKind:
        self.kind = self.cleaned_data["kind"]
        return self.kind

    def clean_clinic(self) -> Clinic | None:
        """A visit is at one clinic, so that everybody knows at which."""
        clinic = self.cleaned_data["clinic"]
        if self.kind and not self.kind.is_by_phone and clinic is None:
            clinic = self.fields["clinic"].queryset.first()
            self.data["clinic"] = str(clinic.pk) if clinic else ""
        if self.kind:
            found = resources_for(self.kind, clinic)
            self.fields["resource"].queryset = found
        return clinic

    def clean(self) -> dict:
        if "resource" in self.errors:  # of another clinic, or for another kind
            del self.errors["resource"]
            self.data["resource"] = ""
        return self.cleaned_data

    def times(self, *, ignoring: Reservation | None = None) -> "Times | None":
        """Also of a form with mistakes, whose errors are shown beside them."""
        self.is_valid()
        if self.kind is None:
            return None
        times = Times(
            kind=self.kind,
            clinic=self.cleaned_data.get("clinic"),
            resource=self.cleaned_data.get("resource"),
            day=self.cleaned_data.get("day"),
            ignoring=ignoring,
        )
        if "day" not in self.errors:
            self.data["day"] = times.day.isoformat()
        return times


class Times:
    """The times of a day, free or not, and the next days that have free ones."""

    def __init__(
        self,
        *,
        kind: AppointmentKind,
        clinic: Clinic | None,
        resource: Resource | None,
        day: date | None,
        ignoring: Reservation | None = None,
    ) -> None:
        self.kind, self.clinic, self.resource = kind, clinic, resource
        self.ignoring = ignoring
        self.wished = day

    @property
    def resources(self) -> list[Resource] | None:
        """As services take them; None for any."""
        return [self.resource] if self.resource else None

    @cached_property
    def days(self) -> list[FreeDay]:
        """From the wished day on, or from the first there is. Five queries."""
        found = free_days(
            kind=self.kind,
            clinic=self.clinic,
            first=self.wished,
            for_staff=True,
            ignoring=self.ignoring,
        )
        days = (FreeDay(each.day, self.suiting(each.slots)) for each in found.days)
        return [each for each in days if each.slots][:DAYS_SHOWN]

    @cached_property
    def day(self) -> date:
        first = self.days[0].day if self.days else today()
        return self.wished or first

    @cached_property
    def free(self) -> list[Slot]:
        # Not from `days`: they end where visitors' choice ends, staff's does not.
        return self.between(self.day, self.day)

    @cached_property
    def taken(self) -> list[datetime]:
        """Times to come at which it is open, and nothing is free."""
        free = {slot.starts_at for slot in self.free}
        found = all_slots(self.kind, self.day, self.day, self.clinic)
        return sorted(
            start
            for start, resources in found.items()
            if start > timezone.now()
            and start not in free
            and self.resource in (None, *resources)
        )

    def nearest(self, to: datetime) -> list[Slot]:
        """The free times that lie nearest to one that is gone, in order of time."""
        return nearest(to, self.between)

    def between(self, first: date, last: date) -> list[Slot]:
        return self.suiting(
            free_slots(
                kind=self.kind,
                first=first,
                last=last,
                clinic=self.clinic,
                for_staff=True,
                ignoring=self.ignoring,
            )
        )

    def suiting(self, slots: Iterable[Slot]) -> list[Slot]:
        return [slot for slot in slots if self.resource in (None, *slot.resources)]


class TimeForm(forms.Form):
    """A free time; or one that is taken, with a reason."""

    starts_at = MomentField(
        label="Free times", required=False, widget=forms.RadioSelect
    )
    extra_at = MomentField(label="Taken time", required=False)
    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=200,
        help_text="Kept as a note of the booking.",
        error_messages={"max_length": "The reason must be 200 characters or fewer"},
    )

    def __init__(self, data: dict | None = None, *, times: Times, **kwargs) -> None:
        super().__init__(data, **kwargs)
        self.times = times
        self.instead: list[Slot] = []  # of a time that has gone
        self.fields["starts_at"].choices = [
            (sent(slot.starts_at), clock(on_the_wall(slot.starts_at)))
            for slot in times.free
        ]
        self.fields["extra_at"].choices = [
            ("", "None: a free time"),
            *((sent(start), clock(on_the_wall(start))) for start in times.taken),
        ]
        # One of the nearest times, whichever its day: a button of its own.
        self.nearest = bool(data and data.get("nearest"))
        if self.nearest:
            self.data = {**data, "starts_at": data["nearest"], "extra_at": ""}

    def clean(self) -> dict:
        if {"starts_at", "extra_at"} & self.errors.keys():
            return self.cleaned_data
        free_at = self.cleaned_data["starts_at"]
        extra_at = self.cleaned_data["extra_at"]
        reason = "" if self.nearest else self.cleaned_data.get("reason", "")
        at = free_at or extra_at
        if at is None:
            self.add_error("starts_at", "Choose a time")
        elif free_at and extra_at:
            message = "Choose either a free time or one that is taken, not both"
            self.add_error("starts_at", message)
        elif not self.nearest and day_of(at) != self.times.day:
            field = "starts_at" if free_at else "extra_at"
            self.add_error(field, "Choose a time on the day that is shown now")
        if extra_at and not reason and "reason" not in self.errors:
            self.add_error("reason", "Write why somebody is booked beside a full diary")
        if reason and not extra_at:
            message = (
                "Choose the taken time that the reason is for, or empty the reason"
            )
            self.add_error("extra_at", message)
        return {**self.cleaned_data, "at": at, "reason": reason}

    def lists(self, at: datetime) -> bool:
        return any(slot.starts_at == at for slot in self.times.free)

    def nearest_times(self) -> list[tuple[str, str]]:
        """What a button sends and says, for each that is offered instead."""
        return [
            (sent(slot.starts_at), in_words(slot.starts_at)) for slot in self.instead
        ]
