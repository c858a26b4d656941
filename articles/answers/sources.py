"""Where an answer's claims come from, recorded once and cited by many."""

from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from .dois import normalise_doi, resolver_address

SEARCHED = ("title", "authors", "container", "year", "doi", "pmid", "url")


class SourceQuerySet(models.QuerySet):
    def matching(self, typed: str) -> "SourceQuerySet":
        """Every word somewhere in what tells publications apart, or just this DOI.

        Without the search index: that knows no part of a word, address or number.
        """
        every_word = models.Q()
        for word in typed.split():
            places = (models.Q(**{f"{name}__icontains": word}) for name in SEARCHED)
            every_word &= reduce(or_, places)
        try:
            doi = normalise_doi(typed)
        except ValidationError:
            doi = ""
        return self.filter(
            every_word | models.Q(doi__startswith=doi) if doi else every_word
        )

    def uncited(self) -> "SourceQuerySet":
        """No live text and no draft names them."""
        return self.filter(uses__isnull=True)

    def with_citation_count(self) -> "SourceQuerySet":
        return self.annotate(citation_count=models.Count("uses"))


class Source(models.Model):
    """A publication that answers cite."""

    class Kind(models.TextChoices):
        JOURNAL = "journal", "Journal article"
        GUIDELINE = "guideline", "Guideline"
        REGULATOR = "regulator", "Regulator or public body"
        NEWS = "news", "News"
        CLINIC = "clinic", "Clinic's own data"
        WEB = "web", "Other web page"

    class StudyType(models.TextChoices):
        REVIEW = "systematic_review", "Systematic review"
        TRIAL = "trial", "Controlled trial"
        OBSERVATIONAL = "observational", "Observational study"
        CASES = "cases", "Case reports"
        LABORATORY = "laboratory", "Laboratory study"
        NARRATIVE = "narrative", "Narrative review or opinion"

    class Population(models.TextChoices):
        HUMAN = "human", "People"
        ANIMAL = "animal", "Animals"
        CELLS = "cells", "Cells or tissue"

    class Status(models.TextChoices):
        OK = "ok", "No known problem"
        CORRECTED = "corrected", "Corrected"
        CONCERN = "concern", "Expression of concern"
        RETRACTED = "retracted", "Retracted"

    TROUBLED = (Status.CONCERN, Status.RETRACTED)

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
        help_text=(
            "In any form: with “doi:”, as an address at doi.org, or the address of "
            "the article at its publisher."
        ),
    )
    pmid = models.CharField(
        "PubMed number",
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^\d{1,9}$", "Digits only, like 28486833.")],
    )
    url = models.URLField("address", max_length=500, blank=True)
    study_type = models.CharField(max_length=20, choices=StudyType, blank=True)
    population = models.CharField(
        "studied in", max_length=8, choices=Population, blank=True
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.OK)
    status_set_at = models.DateTimeField(null=True, editable=False)
    status_note = models.CharField(
        "about the status",
        max_length=255,
        blank=True,
        help_text="What was corrected, or why it was retracted. Readers see it.",
    )
    status_checked_on = models.DateField(
        null=True, blank=True, help_text="When somebody last looked. Empty: never."
    )

    objects = SourceQuerySet.as_manager()

    panels = [
        FieldPanel("kind"),
        FieldPanel("title"),
        FieldPanel("authors"),
        FieldRowPanel([FieldPanel("container"), FieldPanel("year")]),
        MultiFieldPanel(
            [FieldPanel("doi"), FieldPanel("pmid"), FieldPanel("url")],
            "Where to find it",
        ),
        FieldRowPanel([FieldPanel("study_type"), FieldPanel("population")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("status"), FieldPanel("status_checked_on")]),
                FieldPanel("status_note"),
            ],
            "Does it still stand?",
        ),
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
            ),
            models.CheckConstraint(
                condition=models.Q(status="ok") | models.Q(status_set_at__isnull=False),
                name="trouble_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        year = f" ({self.year})" if self.year else ""
        return f"{self.title}{year}"

    def save(self, *args, **kwargs) -> None:
        """Trouble has a day from which on answers have to be signed off again."""
        if self.status != self.Status.OK and self.status_set_at is None:
            self.status_set_at = timezone.now()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        try:
            self.doi = normalise_doi(self.doi)
        except ValidationError as error:
            raise ValidationError({"doi": error}) from error
        # Django's own fields take ftp:// as well, which browsers do not open.
        if self.url and not self.url.lower().startswith(("http://", "https://")):
            words = "Give an address that begins with http:// or https://."
            raise ValidationError({"url": words})
        if not self.link():
            words = (
                "Give a DOI, a PubMed number or an address, so that readers can "
                "check it."
            )
            raise ValidationError({"url": words})

    def short_name(self) -> str:
        """How a marker names it in the editor: Rinaldi 2017."""
        first = self.authors.split(",")[0].split(" et al")[0].strip()
        # "Smith JA" and "van Zuuren EJ": initials say nothing here.
        words = [word for word in first.split() if not word.isupper()]
        name = " ".join(words) or self.container or self.title
        return f"{name[:30].strip()} {self.year or ''}".strip()

    def link(self) -> str:
        doi = resolver_address(self.doi) if self.doi else ""
        return doi or self.url or self.pubmed_address()

    def pubmed_address(self) -> str:
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/" if self.pmid else ""

    def is_troubled(self) -> bool:
        return self.status in self.TROUBLED

    def is_retracted(self) -> bool:
        return self.status == self.Status.RETRACTED

    def nature(self) -> str:
        """What it is, for readers: "Systematic review, people". Empty if unknown."""
        # That it is an article or a web page, its reference says already.
        is_plain = self.kind in (self.Kind.JOURNAL, self.Kind.WEB)
        kind = "" if is_plain else self.get_kind_display()
        study, studied_in = self.get_study_type_display(), self.get_population_display()
        words = ", ".join(filter(None, [kind, study, studied_in]))
        return words[:1] + words[1:].lower()

    def reader_warning(self) -> str:
        """What became of it since, for readers. Empty when nothing did."""
        return {
            self.Status.CORRECTED: "Corrected since it was published",
            self.Status.CONCERN: "Its publisher has raised doubts about it",
            self.Status.RETRACTED: "Retracted: its publisher has withdrawn it",
        }.get(self.status, "")

    def what_became_of_it(self) -> str:
        """For editors, after "a source". Empty while it stands."""
        return {
            self.Status.CORRECTED: "was corrected",
            self.Status.CONCERN: "is doubted by its publisher",
            self.Status.RETRACTED: "was retracted",
        }.get(self.status, "")
