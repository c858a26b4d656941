"""Where an answer's claims come from, recorded once and cited by many."""

import re
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

DOI_PREFIX = re.compile(r"^(doi\s*:?\s*|https?://(dx\.)?doi\.org/)+", re.IGNORECASE)
# Crossref's advice; the registrant's part after the slash may be nearly anything.
DOI = re.compile(r"^10\.\d{4,9}/\S+$")


def normalise_doi(typed: str) -> str:
    """The bare DOI in lower case out of any usual way of writing it.

    DOIs compare without regard to case (DOI Handbook, 2.4). Raises
    ValidationError when what is left is no DOI.
    """
    doi = DOI_PREFIX.sub("", re.sub(r"\s+", " ", typed).strip())
    doi = doi.replace(" ", "").rstrip(".,;").lower()
    if doi and not DOI.match(doi):
        raise ValidationError(
            "This is not a DOI. One looks like 10.1111/jocd.12320; it begins with "
            "“10.” and has a slash after the first number."
        )
    return doi


class Source(index.Indexed, models.Model):
    """A publication that answers cite."""

    class Kind(models.TextChoices):
        JOURNAL = "journal", "Journal article"
        GUIDELINE = "guideline", "Guideline"
        REGULATOR = "regulator", "Regulator or public body"
        WEB = "web", "Other web page"

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.JOURNAL)
    title = models.CharField(max_length=400)
    authors = models.CharField(
        max_length=300, blank=True, help_text="As printed: Smith J, Jones K."
    )
    container = models.CharField(
        "published in", max_length=200, help_text="The journal, body or site."
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    doi = models.CharField(
        "DOI",
        max_length=200,
        blank=True,
        help_text="In any form; “doi:” and resolver addresses are understood.",
    )
    pmid = models.CharField(
        "PubMed number",
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^\d{1,9}$", "Digits only, like 28486833.")],
    )
    url = models.URLField("address", max_length=500, blank=True)

    panels = [
        FieldPanel("kind"),
        FieldPanel("title"),
        FieldPanel("authors"),
        FieldRowPanel([FieldPanel("container"), FieldPanel("year")]),
        MultiFieldPanel(
            [FieldPanel("doi"), FieldPanel("pmid"), FieldPanel("url")],
            "Where to find it",
        ),
    ]
    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.AutocompleteField("authors"),
        index.AutocompleteField("doi"),
    ]

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["doi"],
                condition=~models.Q(doi=""),
                name="one_source_per_doi",
                violation_error_message=(
                    "There is already a source with this DOI. Search for it instead."
                ),
            )
        ]

    def __str__(self) -> str:
        year = f" ({self.year})" if self.year else ""
        return f"{self.title}{year}"

    def clean(self) -> None:
        try:
            self.doi = normalise_doi(self.doi)
        except ValidationError as error:
            raise ValidationError({"doi": error}) from error
        if not (self.doi or self.url):
            raise ValidationError(
                {"url": "Give a DOI or an address, so that readers can check it."}
            )

    def link(self) -> str:
        if self.doi:
            return "https://doi.org/" + quote(self.doi, safe="/:;()._-")
        return self.url
