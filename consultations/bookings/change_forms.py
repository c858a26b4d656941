"""What is asked on the pages that a link opens."""

from collections.abc import Iterable
from datetime import datetime

from django import forms

from clinic_site.core.forms import ClinicFormMixin

from ..diary.availability import Slot
from .time_lists import TimeForm

GONE = "That time has just gone. Choose another; until then you keep the one you have"
WRONG_SURNAME = (
    "That is not the surname we have for this appointment. Type the last word of the "
    "name you gave when you booked. You can try {} more {}"
)


class SurnameForm(ClinicFormMixin, forms.Form):
    """The second proof, beside the link, of whose appointment it is."""

    surname = forms.CharField(
        label="Your surname",
        max_length=120,
        help_text=(
            "The last word of the name you gave when you booked. Capitals, accents "
            "and hyphens do not matter."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "family-name", "spellcheck": "false"}
        ),
        error_messages={
            "required": "Enter your surname, so that we know it is you",
            "max_length": "Your surname must be 120 characters or fewer",
        },
    )

    def refuse_surname(self, tries_left: int) -> None:
        times = "time" if tries_left == 1 else "times"
        self.add_error("surname", WRONG_SURNAME.format(tries_left, times))


class MoveForm(TimeForm, SurnameForm):
    field_order = ["at", "surname"]

    def chosen(self) -> datetime | None:
        """Whether or not the rest of the form is right."""
        self.full_clean()
        return self.cleaned_data.get("at")

    def offer_instead(self, slots: Iterable[Slot], *, zone: str) -> None:
        """What was chosen is gone; what was typed stays."""
        self.offer_nearest(slots, legend="The nearest free times", zone=zone)
        self.add_error("at", GONE)
