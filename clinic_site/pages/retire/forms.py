from django import forms
from django.db import models
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from clinic_site.core.models.pages import open_to_all


class WithdrawForm(forms.Form):
    """What visitors find where pages were. Nothing is chosen beforehand."""

    class Outcome(models.TextChoices):
        REDIRECT = "redirect", "Send visitors to another page"
        GONE = "gone", "Gone: say that it was withdrawn"

    outcome = forms.ChoiceField(
        label="What should visitors find at the old address?",
        choices=Outcome,
        widget=forms.RadioSelect,
        help_text=(
            "Send them on where another page answers the same. Otherwise search "
            "engines are told that it is gone (410), and visitors are offered a search."
        ),
        error_messages={"required": "Choose what visitors should find."},
    )
    send_to = forms.ModelChoiceField(
        label="Send them to",
        queryset=Page.objects.none(),
        required=False,
        widget=AdminPageChooser,
        error_messages={
            "invalid_choice": "Choose a page that every visitor may read now."
        },
    )
    include_descendants = forms.BooleanField(
        label="Unpublish the pages below as well", required=False
    )

    def __init__(self, *args, pages: list[Page], whole_family=False, **kwargs) -> None:
        """`whole_family`: pages below go along without being asked about."""
        super().__init__(*args, **kwargs)
        self.pages = pages
        self.whole_family = whole_family
        self.fields["send_to"].queryset = open_to_all(Page.objects.all())
        below = any(page.get_descendants().live().exists() for page in pages)
        if whole_family or not below:
            del self.fields["include_descendants"]

    def clean(self) -> dict:
        cleaned = super().clean()
        cleaned.setdefault("include_descendants", self.whole_family)
        if cleaned.get("outcome") != self.Outcome.REDIRECT:
            cleaned["send_to"] = None
        elif cleaned.get("send_to") is None:
            if "send_to" not in self.errors:
                self.add_error("send_to", "Choose the page that visitors are sent to.")
        elif self.goes_too(cleaned["send_to"]):
            self.add_error("send_to", "Choose a page that is not being taken down.")
        return cleaned

    def goes_too(self, target: Page) -> bool:
        with_those_below = self.cleaned_data["include_descendants"]
        return any(
            target.pk == page.pk or (with_those_below and target.is_descendant_of(page))
            for page in self.pages
        )
