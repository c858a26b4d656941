"""The form that puts a wish on the waiting list, and the one that takes an offer."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from clinic_site.core.forms import DateInput
from clinic_site.core.models import Clinic

from ..bookings import zones
from ..bookings.change_forms import SurnameForm
from ..bookings.models import LONDON
from ..diary.hours import days
from ..diary.models import AppointmentKind
from ..diary.opening import Weekday
from ..records.forms import (
    ConsentField,
    ConsentForm,
    SubmissionForm,
    TickBox,
)
from ..records.models import ConsentWording
from ..records.phone_forms import BOX, PhoneAskedMixin
from .models import WaitingEntry

NO_REAL_DATE = "Enter a real date, like 14/12/2026"
WRONG_SURNAME = (
    "That is not the surname we have for this place on the list. Type the last word "
    "of the name you gave when you joined. You can try {} more {}."
)


class WaitingListForm(PhoneAskedMixin, SubmissionForm):
    """Where, between which days, at which time of day; and who."""

    clinic = forms.ModelChoiceField(
        label="Which clinic?",
        queryset=Clinic.objects.none(),
        required=False,
        blank=True,
        empty_label="Any of them",
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the clinics in the list"},
    )
    first_day = forms.DateField(
        label="First day that suits you",
        widget=DateInput,
        error_messages={
            "required": "Enter the first day that suits you",
            "invalid": NO_REAL_DATE,
        },
    )
    last_day = forms.DateField(
        label="Last day that suits you",
        widget=DateInput,
        help_text="After this day we stop looking and tell you so.",
        error_messages={
            "required": "Enter the last day that suits you",
            "invalid": NO_REAL_DATE,
        },
    )
    weekdays = forms.TypedMultipleChoiceField(
        label="Which weekdays?",
        choices=Weekday.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick none if any day of the week suits you.",
        error_messages={"invalid_choice": "Tick weekdays out of the list"},
    )
    part_of_day = forms.ChoiceField(
        label="Which part of the day?",
        choices=WaitingEntry.PartOfDay.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a part of the day",
            "invalid_choice": "Choose a part of the day out of the list",
        },
    )
    phone = forms.CharField(
        label="Telephone number",
        max_length=40,
        help_text=(
            "Any way of typing it will do. Numbers outside the UK begin with + and "
            "the country code."
        ),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={
            "required": "Enter the telephone number we shall call",
            "max_length": "Your telephone number must be 40 characters or fewer",
        },
    )
    consent = ConsentField(
        key=ConsentWording.Key.WAITING_CONTACT,
        missing="Tick the box to let us write to you when a time is free",
    )

    field_order = [
        "submit_key",
        "website",
        "clinic",
        "first_day",
        "last_day",
        "weekdays",
        "part_of_day",
        "name",
        "email",
        "phone",
        BOX,
        "consent",
    ]

    def __init__(
        self,
        data=None,
        *,
        kind: AppointmentKind,
        clinic: Clinic | None = None,
        zone: str = LONDON,
    ) -> None:
        super().__init__(data)
        self.kind = kind
        if kind.is_by_phone:
            self.country = zones.country_of(zone)
        self.today = timezone.localdate()
        self.horizon = self.today + timedelta(days=kind.horizon_days)
        self.initial |= {
            "clinic": clinic,
            "first_day": self.today,
            "last_day": self.horizon,
            "part_of_day": WaitingEntry.PartOfDay.ANY,
        }
        limits = {"min": self.today.isoformat(), "max": self.horizon.isoformat()}
        for name in ("first_day", "last_day"):
            self.fields[name].widget.attrs.update(limits)
        self.fields["name"].help_text = (
            "First name and surname. With your surname you show that it is you when "
            "you book the time that we offer."
        )
        self.fields["email"].help_text = "We write to it as soon as a time is free."
        self.fields["phone"].required = kind.is_by_phone
        self.fields["clinic"].queryset = clinics_for(kind)
        if kind.is_by_phone:
            del self.fields["clinic"]
        self.ask_about_odd_number()

    def clean_first_day(self) -> date:
        return self.bookable_day("first_day")

    def clean_last_day(self) -> date:
        return self.bookable_day("last_day")

    def bookable_day(self, name: str) -> date:
        day = self.cleaned_data[name]
        if day < self.today:
            raise ValidationError("Choose today or a day to come")
        if day > self.horizon:
            latest = f"{self.horizon.day} {self.horizon:%B %Y}"
            raise ValidationError(
                f"Choose a day up to {latest}: later ones cannot be booked yet"
            )
        return day

    def clean_weekdays(self) -> list[int]:
        return sorted(set(self.cleaned_data["weekdays"]))

    def clean(self) -> dict:
        cleaned = super().clean()
        cleaned.setdefault("clinic", None)
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last:
            self.check_days(first, last, cleaned.get("weekdays"))
        return cleaned

    def submission(self) -> dict:
        values = super().submission()
        values.pop("phone_is_right", None)
        return values

    def check_days(self, first: date, last: date, weekdays: list[int] | None) -> None:
        if last < first:
            self.add_error("last_day", "The last day must not be before the first one")
        elif weekdays and not any(
            day.weekday() in weekdays for day in days(first, last)
        ):
            self.add_error(
                "weekdays",
                "None of these weekdays lies between your first and your last day. "
                "Tick others, or choose a later last day",
            )


def clinics_for(kind: AppointmentKind) -> QuerySet:
    """Those that have a room or a person for it."""
    here = Clinic.objects.open_to_visitors()
    return here.filter(resources__kinds=kind, resources__is_active=True).distinct()


class OfferForm(SurnameForm, ConsentForm):
    """The second proof of whose offer it is, and what each booking asks."""

    no_voicemail = TickBox(label="Do not leave a voicemail")
    wants_reminders = TickBox(
        label="Remind me by email, two days and three hours before",
        help_text="Untick it if you would rather not get reminders.",
        initial=True,
    )
    consent = ConsentField(
        key=ConsentWording.Key.BOOKING_CONTACT,
        missing="Tick the box to let us contact you about this consultation",
    )

    field_order = ["surname", "no_voicemail", "wants_reminders", "consent"]

    def __init__(self, data=None, *, entry: WaitingEntry) -> None:
        super().__init__(data)
        if not entry.phone:
            del self.fields["no_voicemail"]
        self.fields["surname"].help_text = (
            "The last word of the name you gave when you joined. Capitals, accents "
            "and hyphens do not matter."
        )

    def answers(self) -> dict:
        """For the service, once it is valid."""
        return {
            "wordings": self.agreed(),
            "no_voicemail": self.cleaned_data.get("no_voicemail", False),
            "wants_reminders": self.cleaned_data["wants_reminders"],
        }

    def refuse_surname(self, tries_left: int) -> None:
        times = "time" if tries_left == 1 else "times"
        self.add_error("surname", WRONG_SURNAME.format(tries_left, times))
