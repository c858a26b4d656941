from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from clinic_site.core.forms import DateInput
from clinic_site.core.models import Clinic

from ..records.forms import ConsentField, SubmissionForm, clean_phone
from ..records.models import ConsentWording
from .models import FreeConsultation

HORIZON = timedelta(days=90)


class FreeConsultationForm(SubmissionForm):
    """One short page: where, when, who."""

    mode = forms.ChoiceField(
        label="Where would you like to talk to us?",
        choices=FreeConsultation.Mode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a clinic visit or a phone call"},
    )
    clinic = forms.ModelChoiceField(
        label="Which clinic?",
        queryset=Clinic.objects.none(),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
        help_text="Only if you would like to come to a clinic.",
        error_messages={"invalid_choice": "Choose one of the clinics in the list"},
    )
    preferred_date = forms.DateField(
        label="Which day suits you?",
        widget=DateInput,
        help_text="We will offer you the nearest free time and confirm it with you.",
        error_messages={
            "required": "Enter the day that suits you",
            "invalid": "Enter a real date, like 14/12/2026",
        },
    )
    part_of_day = forms.ChoiceField(
        label="Which part of the day?",
        choices=FreeConsultation.PartOfDay.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a part of the day"},
    )
    phone = forms.CharField(
        label="Telephone number",
        max_length=40,
        help_text="For calls outside the UK begin with + and the country code.",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={
            "required": "Enter a telephone number we can reach you on",
            "max_length": "Your telephone number must be 40 characters or fewer",
        },
    )
    note = forms.CharField(
        label="Anything we should know before we talk?",
        required=False,
        max_length=500,
        help_text=(
            "Such as step-free access or times when we should not call. "
            "Please no medical details: we talk about those with you."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Your note must be 500 characters or fewer"},
    )
    consent = ConsentField(
        key=ConsentWording.Key.BOOKING_CONTACT,
        missing="Tick the box to let us contact you about this consultation",
    )

    field_order = [
        "submit_key",
        "website",
        "mode",
        "clinic",
        "preferred_date",
        "part_of_day",
        "name",
        "email",
        "phone",
        "note",
        "consent",
    ]

    def __init__(self, data=None, files=None, **kwargs) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["clinic"].queryset = Clinic.objects.open_to_visitors()
        today = timezone.localdate()
        self.fields["preferred_date"].widget.attrs.update(
            min=today.isoformat(), max=(today + HORIZON).isoformat()
        )

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"])

    def clean_preferred_date(self) -> date:
        day = self.cleaned_data["preferred_date"]
        today = timezone.localdate()
        if day < today:
            raise ValidationError("Choose today or a day to come")
        if day > today + HORIZON:
            raise ValidationError("Choose a day in the next three months")
        return day

    def clean(self) -> dict:
        cleaned = super().clean()
        wants_visit = cleaned.get("mode") == FreeConsultation.Mode.CLINIC
        if wants_visit and not cleaned.get("clinic") and "clinic" not in self.errors:
            self.add_error("clinic", "Choose the clinic you would like to come to")
        if not wants_visit:
            # Chosen before the visitor changed their mind: not an error.
            self.errors.pop("clinic", None)
            cleaned["clinic"] = None
        return cleaned
