"""What a clinician fills in to sign off, and a superuser to do without."""

from datetime import date

from django import forms
from django.utils import timezone
from wagtail.forms import TaskStateCommentForm

from clinic_site.core.models import Expert
from clinic_site.core.publishing import Problem

from ..answers import rules
from ..answers.models import AnswerPage
from ..answers.review_dates import (
    TOO_FAR,
    furthest_date,
    review_due,
    rule_in_words,
)
from ..answers.sign_off import CHECKLIST, content_hash, who_may_not_sign
from ..answers.wording import visible

REASON_MIN, REASON_MAX = 20, 1000
CHANGED = (
    "The text was changed after you opened this, so nothing was signed. Open it "
    "again and read the new text."
)


class WordsField(forms.CharField):
    """For words that somebody will read: what nobody can see is not among them."""

    def to_python(self, value: object) -> str:
        return visible(super().to_python(value))


class BoundToText(forms.Form):
    """Carries which text its reader saw, so that nobody stands for another."""

    seen = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": CHANGED}
    )

    def __init__(self, *args, page: AnswerPage | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        if page:
            self.fields["seen"].initial = content_hash(page)

    def clean_seen(self) -> str:
        seen = self.cleaned_data["seen"]
        if self.page is None or seen != content_hash(self.page):
            raise forms.ValidationError(CHANGED)
        return seen

    def problems(self) -> list[Problem]:
        """Errors as what is said where there is no form to show them in."""
        return [
            Problem(self.in_words(name, message))
            for name, messages in self.errors.items()
            for message in messages
        ]

    def in_words(self, name: str, message: str) -> str:
        field = self.fields.get(name)
        if field is None or field.widget.is_hidden:
            return message
        return f"{field.label} {message}"


class SignOffForm(BoundToText):
    """Built for one text and one clinician. Without them it is never valid."""

    what_was_checked = WordsField(
        label="What you checked",
        max_length=200,
        initial="The whole text, its sources and its rating",
        help_text="Readers see it beside your name.",
        error_messages={"required": "Say what you checked, in a few words."},
    )
    review_due = forms.DateField(
        label="To be reviewed again by",
        # The browser's own: Wagtail's needs a script that the dashboard lacks.
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    comment = forms.CharField(
        label="Comment",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For colleagues.",
    )
    field_order = ["seen", *CHECKLIST]

    def __init__(self, *args, clinician: Expert | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.clinician = clinician
        for name, statement in CHECKLIST.items():
            self.fields[name] = forms.BooleanField(
                label=statement,
                error_messages={
                    "required": "Tick this, or request changes if it is not so."
                },
            )
        if self.page:
            rule = {
                "rating": self.page.evidence,
                "years": [source.year for source in self.page.sources()],
                "today": timezone.localdate(),
            }
            self.fields["review_due"].initial = review_due(**rule)
            self.fields["review_due"].help_text = f"{rule_in_words(**rule)}."
        self.order_fields(self.field_order)

    def obstacles(self) -> list[str]:
        """Why nobody, or not this person, can sign this text as it is."""
        if self.page is None:
            return ["Open the sign-off from its page."]
        reason = who_may_not_sign(self.page, self.clinician)
        found = [problem.message for problem in rules.problems(self.page)]
        return [reason, *found] if reason else found

    def clean_review_due(self) -> date:
        due, today = self.cleaned_data["review_due"], timezone.localdate()
        if due <= today:
            raise forms.ValidationError("Choose a day in the future.")
        if due > furthest_date(today):
            raise forms.ValidationError(TOO_FAR)
        return due

    def clean(self) -> dict:
        for obstacle in self.obstacles():
            self.add_error(None, obstacle)
        return super().clean()


class RequestChangesForm(TaskStateCommentForm):
    comment = WordsField(
        label="What should be changed, and why",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what should be changed."},
    )


class OverrideForm(BoundToText):
    reason = WordsField(
        label="Why this cannot wait for a clinician",
        min_length=REASON_MIN,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Kept for good with your name, and listed in the reports.",
        error_messages={
            "required": "Give the reason.",
            "min_length": "Give the reason in at least %(limit_value)d characters.",
            "max_length": "Give the reason in at most %(limit_value)d characters.",
        },
    )
    confirm = forms.BooleanField(
        label="No clinician has signed this text off. I publish it all the same.",
        error_messages={"required": "Tick this to publish."},
    )
