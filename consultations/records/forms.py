"""What both forms ask in the same words."""

import uuid

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError

from clinic_site.core.forms import ClinicFormMixin, HoneypotField

from .models import ConsentWording

EMAIL_INVALID = "Enter an email address with an @ in it, like name@example.com"


def clean_phone(typed: str) -> str:
    """A number in E.164 out of any usual way of typing it.

    Numbers without a country code are read as British. Only what cannot be dialled
    from elsewhere is refused: lists of valid ranges lag behind real ones.
    """
    try:
        number = phonenumbers.parse(typed, "GB")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not is_dialable(number):
        raise ValidationError(
            "Enter a telephone number, like 020 7946 0958 or +44 20 7946 0958. "
            "Numbers outside the UK begin with + and the country code"
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_dialable(number: phonenumbers.PhoneNumber) -> bool:
    # is_possible_number() also allows a number that lacks its area code.
    found = phonenumbers.is_possible_number_with_reason(number)
    return found == phonenumbers.ValidationResult.IS_POSSIBLE


class ConsentField(forms.BooleanField):
    """A box that starts unticked, beside the words that are agreed to."""

    def __init__(
        self, *, key: ConsentWording.Key, missing: str, required: bool = True
    ) -> None:
        super().__init__(required=required, error_messages={"required": missing})
        self.key = key


class ContactForm(ClinicFormMixin, forms.Form):
    """Who it is and how to reach them, what they agree to, and a trap for machines."""

    website = HoneypotField()
    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": "Enter your name",
            "max_length": "Your name must be 120 characters or fewer",
        },
    )
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        help_text="We write to say that your request has arrived.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Enter your email address",
            "invalid": EMAIL_INVALID,
            "max_length": "Your email address must be 254 characters or fewer",
        },
    )

    def __init__(self, data=None, files=None, **kwargs) -> None:
        super().__init__(data, files, **kwargs)
        self.wordings = ConsentWording.objects.current(*self.consent_fields.values())
        for name, key in self.consent_fields.items():
            wording = self.wordings[key]
            self.fields[name].label = wording.text
            # Comes back with the form, to tell which words were on the page.
            self.fields[name].widget.attrs["value"] = str(wording.pk)

    @property
    def consent_fields(self) -> dict[str, ConsentWording.Key]:
        return {
            name: field.key
            for name, field in self.base_fields.items()
            if isinstance(field, ConsentField)
        }

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if '"' in email:
            # Quoted, it may hold commas and spaces, which the queue cannot.
            raise ValidationError("Enter an email address without quotation marks")
        return email

    def clean(self) -> dict:
        for name, key in self.consent_fields.items():
            self.check_wording(name, self.wordings[key])
        return self.cleaned_data

    def check_wording(self, name: str, current: ConsentWording) -> None:
        """Consent counts for the words that were shown, not for newer ones."""
        is_ticked = self.cleaned_data.get(name, False)
        if not is_ticked or self.data.get(name) == str(current.pk):
            return
        self.data = self.data.copy()
        del self.data[name]  # the box starts unticked again
        self.add_error(
            name,
            "These words have changed since you opened the form. Read them again and "
            "tick the box if you agree",
        )

    def submission(self) -> dict:
        """Cleaned data for the service: without traps, consents as wordings."""
        not_stored = {"website", *self.consent_fields}
        values = {k: v for k, v in self.cleaned_data.items() if k not in not_stored}
        agreed = [
            self.wordings[key]
            for name, key in self.consent_fields.items()
            if self.cleaned_data[name]
        ]
        return {**values, "wordings": agreed}


class SubmissionForm(ContactForm):
    """Stored when it is sent: its key tells the same form sent twice."""

    submit_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": "The form was incomplete. Please send it again",
            "invalid": "The form was damaged on its way. Please send it again",
        },
    )

    def __init__(self, data=None, files=None, **kwargs) -> None:
        super().__init__(data, files, initial={"submit_key": uuid.uuid4()}, **kwargs)

    def clean(self) -> dict:
        if "submit_key" in self.errors:
            message = self.errors.pop("submit_key")[0]
            self.ask_again(message)
        return super().clean()

    def ask_again(self, message: str) -> None:
        """Show `message` and let the same contents be sent under a new key."""
        self.data = self.data.copy()
        self.data["submit_key"] = str(uuid.uuid4())
        self.add_error(None, message)
