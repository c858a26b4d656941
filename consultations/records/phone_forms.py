"""Forms that ask about a telephone number which looks wrong: people know their own."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from . import phone_numbers
from .forms import NO_NUMBER, TickBox

ODD_NUMBER = (
    "This number {}. Correct it, or tick the box if it is right as you typed it"
)
BOX = "phone_is_right"


class PhoneAskedMixin:
    """Goes before a form with the field `phone`, which it understands or asks about.

    `ask_about_odd_number` is for the end of `__init__`, when `initial` is complete.
    The box that it adds has the number as its value: a tick is about the number that
    stood there, and another one is asked about anew.
    """

    odd_number = ODD_NUMBER
    # Whose numbers need no country code.
    country = "GB"

    def ask_about_odd_number(self) -> None:
        given = self.data if self.is_bound else self.initial
        typed = self.odd_number_in(given)
        is_vouched = phone_numbers.tidy(given.get(BOX) or "") == typed
        if not self.is_bound:
            self.initial = {**self.initial, BOX: is_vouched}
        elif not is_vouched:
            self.data = self.data.copy()
            self.data.pop(BOX, None)  # the box starts unticked
        # Before a form is sent, nothing is asked that was not asked before.
        if typed and (self.is_bound or is_vouched):
            self.fields[BOX] = TickBox(label=f"Yes, {typed} is right")
            self.fields[BOX].widget.attrs["value"] = typed
            self.order_fields(self.field_order)

    def odd_number_in(self, given: Mapping[str, str]) -> str:
        """Empty when there is none, or the field refuses it anyway."""
        try:
            typed = self.fields["phone"].clean(given.get("phone") or "")
        except ValidationError:
            return ""
        typed = phone_numbers.tidy(typed)
        return typed if phone_numbers.is_odd(typed, self.country) else ""

    def clean_phone(self) -> str:
        """In E.164 form; as it was typed where somebody says that it is right."""
        typed = phone_numbers.tidy(self.cleaned_data["phone"])
        number, oddity = phone_numbers.read(typed, self.country) if typed else ("", "")
        if oddity and not phone_numbers.has_digits(typed):
            raise ValidationError(NO_NUMBER)
        if oddity and BOX not in self.data:
            raise ValidationError(self.odd_number.format(oddity))
        return number or typed
