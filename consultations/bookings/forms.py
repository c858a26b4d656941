"""What a visitor says about themselves once a time is held for them."""

from django import forms
from django.utils import timezone

from ..records import phone_numbers
from ..records.forms import ConsentField, ContactForm, TickBox
from ..records.models import ConsentWording
from ..records.phone_forms import BOX, PhoneAskedMixin
from . import zones
from .models import BookingDraft, FreeConsultation
from .services import ANSWERS

MOST_BOOKINGS = 3  # to come, of one person
ENOUGH_BOOKINGS = (
    "You have three appointments with us already. To book one more, please phone us"
)
LONGEST_KEPT = 5000  # of what stands in a box, right or wrong


class DetailsForm(PhoneAskedMixin, ContactForm):
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
        BOX,
        "preferred_hours",
        "no_voicemail",
        "wants_reminders",
        "note",
        "consent_note",
        "consent",
    ]

    def __init__(self, data=None, *, draft: BookingDraft) -> None:
        super().__init__(data)
        if draft.appointment_kind.is_by_phone:
            self.country = zones.country_of(draft.zone)
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
        self.ask_about_odd_number()

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
        phone, vouched_for = details.get("phone", ""), ""
        if "wordings" in details:  # all was right, or said to be
            is_odd = phone_numbers.is_odd(phone, self.country)
            vouched_for = phone if is_odd else ""
            phone = phone if is_odd else phone_numbers.shown(phone)
        return {**usual, **details, "phone": phone, BOX: vouched_for, **ticked}

    def clean(self) -> dict:
        cleaned = super().clean()
        self.refuse_one_more(cleaned.get("email", ""), cleaned.get("phone", ""))
        if cleaned.get("note") and not self.has_agreed("consent_note"):
            missing = self.fields["consent_note"].error_messages["required"]
            self.add_error("consent_note", missing)
        return cleaned

    def refuse_one_more(self, email: str, phone: str) -> None:
        """One person does not fill the diary; more than that is for the telephone."""
        theirs = FreeConsultation.objects.of_person(email=email, phone=phone)
        if theirs.live().filter(ends_at__gt=timezone.now()).count() >= MOST_BOOKINGS:
            self.add_error(None, ENOUGH_BOOKINGS)

    def has_agreed(self, name: str) -> bool:
        return name in self.errors or self.cleaned_data.get(name, False)

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
