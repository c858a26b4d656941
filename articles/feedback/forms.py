from django import forms

from clinic_site.core.forms import ClinicFormMixin, HoneypotField

from .models import Feedback


class VoteForm(ClinicFormMixin, forms.Form):
    """Two buttons; which of them was pressed comes as `answer`."""

    answer = forms.ChoiceField(
        label="Was this helpful?", choices=[("yes", "Yes"), ("no", "No")]
    )
    website = HoneypotField()

    def is_helpful(self) -> bool:
        return self.cleaned_data["answer"] == "yes"

    def first_error(self) -> str:
        return next(error for errors in self.errors.values() for error in errors)


class ReasonForm(ClinicFormMixin, forms.Form):
    reason = forms.ChoiceField(
        label="What was the matter?",
        choices=Feedback.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was the matter, or leave it out"},
    )
    website = HoneypotField()
