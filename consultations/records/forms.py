"""What both forms ask in the same words."""

import re
import uuid

from django import forms
from django.core.exceptions import ValidationError

from clinic_site.core.forms import ClinicFormMixin, HoneypotField

from . import phone_numbers
from .links import plain_words
from .models import ConsentWording

# Control characters, and those that turn the direction of what follows.
MISLEADING = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
EMAIL_INVALID = "Enter an email address with an @ in it, like name@example.com"
NO_NUMBER = "Enter a telephone number, like 020 7946 0958 or +44 20 7946 0958"


def clean_phone(typed: str) -> str:
    """For forms that cannot ask about a number that looks wrong."""
    number, oddity = phone_numbers.read(typed)
    if oddity:
        raise ValidationError(
            f"{NO_NUMBER}. Numbers outside the UK begin with + and the country code"
        )
    return number


def without_quotes(email: str) -> None:
    """Quoted, an address may hold commas and spaces, which the queue cannot."""
    if '"' in email:
        raise ValidationError("Enter an email address without quotation marks")


class TickBox(forms.BooleanField):
    """Left unticked it is an answer too, so nobody needs to read "(optional)"."""

    is_answer_unticked = True

    def __init__(self, **kwargs) -> None:
        super().__init__(required=False, **kwargs)


class ConsentField(forms.BooleanField):
    """A box that starts unticked, beside the words that are agreed to."""

    def __init__(
        self, *, key: ConsentWording.Key, missing: str, required: bool = True
    ) -> None:
        super().__init__(required=required, error_messages={"required": missing})
        self.key = key
        # Whether it is needed depends on another answer: "(optional)" would mislead.
        self.is_answer_unticked = not required


class ConsentForm(ClinicFormMixin, forms.Form):
    """Its ConsentFields stand beside the present words, and count for those alone."""

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

    def agreed(self) -> list[ConsentWording]:
        """The words of each box that is ticked."""
        return [
            self.wordings[key]
            for name, key in self.consent_fields.items()
            if self.cleaned_data[name]
        ]


class ContactForm(ConsentForm):
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
        validators=[without_quotes],
        help_text="We write to say that your request has arrived.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Enter your email address",
            "invalid": EMAIL_INVALID,
            "max_length": "Your email address must be 254 characters or fewer",
        },
    )

    def clean_name(self) -> str:
        """One line that reads from one end to the other, with a surname to prove."""
        name = " ".join(MISLEADING.sub(" ", self.cleaned_data["name"]).split())
        if not plain_words(name):
            raise ValidationError("Enter your name with letters")
        return name

    def submission(self) -> dict:
        """Cleaned data for the service: without traps, consents as wordings."""
        not_stored = {"website", *self.consent_fields}
        values = {k: v for k, v in self.cleaned_data.items() if k not in not_stored}
        return {**values, "wordings": self.agreed()}


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
