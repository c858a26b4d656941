"""What staff may set in the diary, and what they are told when they may not."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from wagtail.admin.forms.models import WagtailAdminModelForm

from ..diary import clock
from ..diary.models import Resource
from .closures import to_come

FURTHEST = timedelta(days=3 * 366)
LONGEST = timedelta(days=366)
# Beside the pages of kinds, below /free-consultation/.
ADDRESSES_IN_USE = ("booking", "waiting-list")


def counted(number: int) -> str:
    return f"{number} booking{'' if number == 1 else 's'}"


def stands(number: int) -> str:
    """The subject and verb of a sentence about bookings."""
    return f"{counted(number)} to come {'stands' if number == 1 else 'stand'}"


def not_too_far(day: date) -> date:
    if day > clock.today() + FURTHEST:
        raise ValidationError("Choose a day within the next three years.")
    return day


class AppointmentKindForm(WagtailAdminModelForm):
    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug in ADDRESSES_IN_USE:
            raise ValidationError("The site has another page there. Choose another.")
        return slug

    def clean_mode(self) -> str:
        mode = self.cleaned_data["mode"]
        if self.instance.pk and mode != self.initial["mode"]:
            number = to_come(appointment_kind=self.instance).count()
            if number:
                raise ValidationError(
                    f"{stands(number)} in the diary for this kind, and those people "
                    "were told where. Make another kind, and this one inactive."
                )
        return mode


class ResourceForm(WagtailAdminModelForm):
    def clean_clinic(self):
        clinic = self.cleaned_data["clinic"]
        if self.instance.pk and clinic.pk != self.initial["clinic"]:
            number = to_come(resource=self.instance).count()
            if number:
                raise ValidationError(
                    f"{stands(number)} here, and those people were told this clinic. "
                    "Add a room or person at the other clinic, and make this one "
                    "inactive."
                )
        return clinic


class DiaryExceptionForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].required = False
        self.fields["last_day"].help_text = "Empty: just that one day."
        resources = Resource.objects.select_related("clinic")
        self.fields["resource"].queryset = resources

    def clean_first_day(self) -> date:
        return not_too_far(self.cleaned_data["first_day"])

    def clean_last_day(self) -> date | None:
        first = self.cleaned_data.get("first_day")
        last = self.cleaned_data["last_day"] or first
        if first and last and last - first > LONGEST:
            raise ValidationError("Choose days within one year, or add two closures.")
        return last


class BankHolidayForm(WagtailAdminModelForm):
    def clean_date(self) -> date:
        return not_too_far(self.cleaned_data["date"])
