"""What an editor types about a source, and what is asked of it."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permissions import page_permission_policy

from .dois import normalise_doi
from .sign_off import bound_to_go_live
from .sources import Source

# Which publication it is, and what readers are told of its kind: what a clinician
# compared the text with.
IDENTITY = {
    "kind",
    "title",
    "authors",
    "container",
    "year",
    "doi",
    "pmid",
    "url",
    "study_type",
    "population",
}
STANDING = {"status", "status_note"}
WORSE_AND_WORSE = list(Source.Status)
PUBMED = re.compile(
    r"(?:pmid[:\s]*|(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov"
    r"|ncbi\.nlm\.nih\.gov/pubmed)/)?(\d{1,9})/?",
    re.IGNORECASE | re.ASCII,
)
FIRST_JOURNAL = 1665


class SourceForm(WagtailAdminModelForm):
    doi = forms.CharField(
        label="DOI",
        max_length=1000,  # a reference or an address is longer than the DOI in it
        required=False,
        help_text=Source._meta.get_field("doi").help_text,
    )
    pmid = forms.CharField(
        label="PubMed number",
        max_length=200,
        required=False,
        help_text="The number, or the address at PubMed.",
    )
    url = forms.URLField(
        label="Address", max_length=500, required=False, assume_scheme="https"
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        if "status" in self.changed_data:
            self.instance.status_set_at = timezone.now()
        changed = (IDENTITY | STANDING).intersection(self.changed_data)
        if changed and self.is_signed_for():
            if IDENTITY & changed:
                self.add_error(
                    None,
                    "Answers that were signed off by a clinician cite this source as "
                    "it is. Ask a publisher to correct it, or add another one.",
                )
            if STANDING & changed:
                self.refuse_to_make_light()
        return cleaned

    def is_signed_for(self) -> bool:
        """Whether this person may not change what signed answers rest on."""
        source, may_publish = self.instance, page_permission_policy.user_has_permission
        if not source.pk or may_publish(self.for_user, "publish"):
            return False
        return (
            source.citations.filter(page__live=True).exists()
            or source.uses.filter(page__in=bound_to_go_live()).exists()
        )

    def refuse_to_make_light(self) -> None:
        """Anybody may raise an alarm; readers lose none without a publisher."""
        before, after = self.initial["status"], self.cleaned_data.get("status")
        if after is None:
            return  # refused already
        change = WORSE_AND_WORSE.index(after) - WORSE_AND_WORSE.index(before)
        if change < 0:
            self.add_error(
                "status",
                "Signed answers cite this source, so its status can only be made "
                "worse here. Ask a publisher to take the warning back.",
            )
        elif change == 0:
            self.add_error(
                "status_note",
                "Signed answers cite this source, and readers see this note. Choose "
                "a worse status together with it, or ask a publisher to change it.",
            )

    def clean_year(self) -> int | None:
        year = self.cleaned_data["year"]
        if year and not FIRST_JOURNAL <= year <= timezone.localdate().year + 1:
            raise ValidationError("Give the year in full, like 2019.")
        return year

    def clean_doi(self) -> str:
        typed = self.cleaned_data["doi"]
        try:
            doi = normalise_doi(typed)
        except ValidationError:
            return typed  # the model refuses it, in words
        # Where it is refused here, the model would ask for an address as well.
        self.instance.doi = doi
        self.refuse_another("this DOI", doi=doi)
        return doi

    def clean_pmid(self) -> str:
        typed = self.cleaned_data["pmid"]
        found = PUBMED.fullmatch(typed)
        if typed and not found:
            raise ValidationError("Give the number at PubMed, like 28486833.")
        pmid = self.instance.pmid = found[1] if found else ""
        self.refuse_another("this PubMed number", pmid=pmid)
        return pmid

    def clean_url(self) -> str:
        """Parts of a book have one address, and DOIs of their own."""
        url = self.instance.url = self.cleaned_data["url"]
        if not self.cleaned_data.get("doi"):
            self.refuse_another("this address", url=url, doi="")
        return url

    def refuse_another(self, what: str, **fields: str) -> None:
        others = Source.objects.exclude(pk=self.instance.pk).filter(**fields)
        if any(fields.values()) and (same := others.first()):
            raise ValidationError(already_there(what, same))


class SourceCreationForm(SourceForm):
    """Has ids of its own: the page behind the dialog has a title field as well."""

    class Meta:
        model = Source
        fields = [
            "kind",
            "title",
            "authors",
            "container",
            "year",
            "doi",
            "pmid",
            "url",
            "study_type",
            "population",
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{**kwargs, "auto_id": "id_new_source_%s"})


def already_there(what: str, source: Source) -> SafeString:
    return format_html(
        "There is already a source with {}: "
        '<a href="{}" target="_blank">{}</a>. Use that one.',
        what,
        edit_url(source),
        source,
    )


def edit_url(source: Source) -> str:
    return reverse("wagtailsnippets_articles_source:edit", args=[source.pk])
