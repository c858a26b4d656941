"""What a visitor says about themselves once a time is held for them."""

import copy

from django import forms

from ..records.forms import ConsentField, ContactForm
from ..records.models import ConsentWording
from . import phone_numbers
from .models import BookingDraft, FreeConsultation
from .services import ANSWERS

LONGEST_KEPT = 5000  # of what stands in a box, right or wrong
NO_NUMBER = "Enter a telephone number, like 020 7946 0958 or +44 20 7946 0958"
ODD_NUMBER = (
    "This number {}. Correct it, or tick the box if it is right as you typed it"
)


class TickBox(forms.BooleanField):
    """Left unticked it is an answer too, so nobody needs to read "(optional)"."""

    is_answer_unticked = True

    def __init__(self, **kwargs) -> None:
        super().__init__(required=False, **kwargs)


class DetailsForm(ContactForm):
    """One short page: who, and how to reach them without anybody else noticing."""

    phone = forms.CharField(
        label="Telephone number",
        max_length=40,
        help_text=(
            "Any way of typing it will do. Numbers outside the UK begin with + and "
            "the country code."
        ),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={
            "required": "Enter a telephone number we can reach you on",
            "max_length": "Your telephone number must be 40 characters or fewer",
        },
    )
    # There only when it is asked. Its value is the number that it is about.
    phone_is_right = TickBox()
    preferred_hours = forms.ChoiceField(
        label="If we need to phone you, when is it best?",
        choices=FreeConsultation.PreferredHours.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when it is best to phone you"},
    )
    no_voicemail = TickBox(label="Do not leave a voicemail")
    note = forms.CharField(
        label="Anything we should know before we talk?",
        required=False,
        max_length=500,
        help_text=(
            "Such as step-free access. Please no medical details: we talk about those "
            "with you."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Your note must be 500 characters or fewer"},
    )
    consent_note = ConsentField(
        key=ConsentWording.Key.BOOKING_NOTE,
        missing="Tick the box to let us keep your note, or empty the note",
        required=False,
    )
    wants_reminders = TickBox(
        label="Remind me by email, two days and three hours before",
        help_text="Untick it if you would rather not get reminders.",
    )
    consent = ConsentField(
        key=ConsentWording.Key.BOOKING_CONTACT,
        missing="Tick the box to let us contact you about this consultation",
    )

    field_order = [
        "website",
        "name",
        "email",
        "phone",
        "phone_is_right",
        "preferred_hours",
        "no_voicemail",
        "wants_reminders",
        "note",
        "consent_note",
        "consent",
    ]

    def __init__(self, data=None, *, draft: BookingDraft) -> None:
        super().__init__(data)
        self.initial = self.remembered(draft.details)
        self.fields["name"].help_text = (
            "First name and surname. With your surname you show that it is you when "
            "you change or cancel."
        )
        self.fields[
            "email"
        ].help_text = (
            "We send the appointment there, with a link to change or cancel it."
        )
        self.fields["consent_note"].help_text = "Only needed if you write a note."
        del self.fields["phone_is_right"]
        vouched_for = self.vouched_number()
        if vouched_for:
            self.ask_about_number(vouched_for)

    def remembered(self, details: dict) -> dict:
        """What was typed before; boxes are ticked for words that are still the same."""
        agreed = details.get("wordings") or details.get("agreed", [])
        ticked = {
            name: self.wordings[key].pk in agreed
            for name, key in self.consent_fields.items()
        }
        usual = {
            "preferred_hours": FreeConsultation.PreferredHours.ANY,
            "wants_reminders": True,
        }
        phone = details.get("phone", "")
        if "wordings" in details and not phone_numbers.read(phone)[1]:
            phone = phone_numbers.shown(phone)
        return {**usual, **details, "phone": phone, **ticked}

    def vouched_number(self) -> str:
        """The odd number that the visitor says is right; empty: none.

        A tick is about the number that stood there: another one is asked about anew.
        """
        if self.is_bound:
            ticked = phone_numbers.tidy(self.data.get("phone_is_right", ""))
            typed = phone_numbers.tidy(self.data.get("phone", ""))
            return typed if ticked == typed else ""
        kept = self.initial["phone"] if "wordings" in self.initial else ""
        is_odd = bool(kept and phone_numbers.read(kept)[1])
        self.initial["phone_is_right"] = is_odd
        return kept if is_odd else ""

    def ask_about_number(self, typed: str) -> None:
        field = copy.deepcopy(self.base_fields["phone_is_right"])
        field.label = f"Yes, {typed} is right"
        field.widget.attrs["value"] = typed
        self.fields["phone_is_right"] = field
        self.order_fields(self.field_order)

    def clean(self) -> dict:
        cleaned = super().clean()
        if "phone" in cleaned:
            self.understand_number(phone_numbers.tidy(cleaned["phone"]))
        if cleaned.get("note") and not self.has_agreed("consent_note"):
            missing = self.fields["consent_note"].error_messages["required"]
            self.add_error("consent_note", missing)
        return cleaned

    def has_agreed(self, name: str) -> bool:
        return name in self.errors or self.cleaned_data.get(name, False)

    def understand_number(self, typed: str) -> None:
        """What cannot be a number that we know is asked about, not refused."""
        number, oddity = phone_numbers.read(typed)
        has_digits = phone_numbers.has_digits(typed)
        if not oddity or not has_digits:
            self.fields.pop("phone_is_right", None)
        if not has_digits:
            self.add_error("phone", NO_NUMBER)
        elif oddity and not self.cleaned_data.get("phone_is_right"):
            self.data = self.data.copy()
            self.data.pop("phone_is_right", None)  # the box starts unticked
            self.ask_about_number(typed)
            self.add_error("phone", ODD_NUMBER.format(oddity))
        else:
            self.cleaned_data["phone"] = number or typed

    def typed(self) -> dict:
        """All that stands in the form, right or wrong, to show it again."""
        values = {name: self[name].value() for name in ANSWERS}
        agreed = [
            self.wordings[key].pk
            for name, key in self.consent_fields.items()
            if self.data.get(name) == str(self.wordings[key].pk)
        ]
        kept = {
            name: value[:LONGEST_KEPT] if isinstance(value, str) else bool(value)
            for name, value in values.items()
            if value is not None
        }
        return {**kept, "agreed": agreed}

    def details(self) -> dict:
        """For the service, once it is valid."""
        values = self.submission()
        for_note = ConsentWording.Key.BOOKING_NOTE
        return {
            "answers": {name: values[name] for name in ANSWERS},
            "wordings": [
                wording
                for wording in values["wordings"]
                if values["note"] or wording.key != for_note
            ],
        }
