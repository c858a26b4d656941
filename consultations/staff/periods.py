"""From one day to another, as reports and exports are asked for."""

from datetime import timedelta

from django import forms
from wagtail.admin.widgets import AdminDateInput

from ..diary import clock

FURTHEST = timedelta(days=3 * 366)


class PeriodForm(forms.Form):
    """No longer than `longest`, of which `at_most` speaks."""

    longest: timedelta
    at_most: str

    first_day = forms.DateField(
        label="From",
        widget=AdminDateInput,
        help_text="By the day of the visit.",
        error_messages={"required": "Choose the first day."},
    )
    last_day = forms.DateField(
        label="To",
        widget=AdminDateInput,
        error_messages={"required": "Choose the last day."},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].help_text = f"{self.at_most.capitalize()} at most."

    def clean(self) -> dict:
        cleaned = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "Choose the first day or a later one.")
        elif first and last and last - first >= self.longest:
            self.add_error("last_day", f"Choose {self.at_most} at most.")
        elif last and last > clock.today() + FURTHEST:
            self.add_error("last_day", "Choose a day within the next three years.")
        return cleaned
