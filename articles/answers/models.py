from django.db import models
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager, PageQuerySet
from wagtail.search import index

from clinic_site.core import body, pictures
from clinic_site.core.blocks import BodyBlock
from clinic_site.core.models import BasePage, ClinicImage, Expert
from clinic_site.core.models.pages import open_to_all

from . import structured_data
from .forms import AnswerPageForm
from .sources import Source

RELATED_COUNT = 3
RELATED_MAX = 6


class AnswerQuerySet(PageQuerySet):
    def published(self) -> "AnswerQuerySet":
        """What every visitor may read, newest first."""
        return open_to_all(self).order_by("-first_published_at", "-pk")

    def about(self, topic: models.Model) -> "AnswerQuerySet":
        return self.filter(
            models.Q(primary_topic=topic)
            | models.Q(
                pk__in=AnswerPage.topics.through.objects.filter(topicpage=topic).values(
                    "answerpage"
                )
            )
        )

    def with_cards(self) -> "AnswerQuerySet":
        """With all that a card shows but the sizes of its picture."""
        return self.select_related("primary_topic", "picture").defer("body")

    def for_cards(self) -> "AnswerQuerySet":
        """With all that a card shows, whatever the number of cards."""
        return self.with_cards().prefetch_related(pictures.prefetch("picture"))


AnswerManager = PageManager.from_queryset(AnswerQuerySet)


class AnswerPage(BasePage):
    """A visitor's question and an expert's answer to it."""

    class Evidence(models.TextChoices):
        STRONG = "strong", "Strong evidence"
        MIXED = "mixed", "Mixed evidence"
        WEAK = "weak", "Weak evidence"
        NONE = "none", "No evidence"
        NOT_APPLICABLE = "not_applicable", "Not a question of evidence"

    question = models.TextField(
        max_length=2000,
        help_text="In the asker's words, without anything that identifies them.",
    )
    asker_name = models.CharField(
        max_length=40, default="Anonymous", help_text="First name only."
    )
    asker_place = models.CharField(max_length=60, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    short_answer = models.TextField(
        max_length=320,
        help_text=(
            "The answer in two or three sentences. Also used by search engines."
        ),
    )
    picture = models.ForeignKey(
        ClinicImage,
        verbose_name="lead picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(BodyBlock())
    evidence = models.CharField(
        max_length=16, choices=Evidence, default=Evidence.NOT_APPLICABLE
    )
    evidence_note = models.TextField(
        max_length=400, blank=True, help_text="Why this rating, in plain words."
    )
    expert = models.ForeignKey(
        Expert,
        verbose_name="answered by",
        null=True,
        on_delete=models.PROTECT,
        related_name="answers",
    )
    reviewer = models.ForeignKey(
        Expert,
        verbose_name="reviewed by",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviewed_answers",
    )
    reviewed_on = models.DateField("last reviewed", null=True, blank=True)
    reviewed_what = models.CharField("what was checked", max_length=200, blank=True)
    primary_topic = models.ForeignKey(
        "articles.TopicPage",
        verbose_name="main topic",
        null=True,
        on_delete=models.PROTECT,
        related_name="answers",
    )
    topics = ParentalManyToManyField(
        "articles.TopicPage",
        verbose_name="other topics",
        blank=True,
        related_name="other_answers",
    )

    objects = AnswerManager()

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("question"),
                FieldRowPanel(
                    [
                        FieldPanel("asker_name"),
                        FieldPanel("asker_place"),
                        FieldPanel("asked_on"),
                    ]
                ),
            ],
            "The question",
        ),
        FieldPanel("short_answer"),
        FieldPanel("picture"),
        FieldPanel("body", heading="Answer"),
        InlinePanel(
            "cited",
            heading="Sources",
            label="Source",
            help_text="In the order of their numbers: [1] in the text is the first.",
        ),
        MultiFieldPanel(
            [FieldPanel("evidence"), FieldPanel("evidence_note")],
            "What the evidence says",
        ),
        MultiFieldPanel(
            [
                FieldPanel("expert"),
                FieldPanel("reviewer"),
                FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("reviewed_what")]),
            ],
            "Who answered, who checked",
        ),
        MultiFieldPanel([FieldPanel("primary_topic"), FieldPanel("topics")], "Topics"),
        InlinePanel(
            "related", heading="Related answers", label="Answer", max_num=RELATED_MAX
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("question"),
        index.SearchField("short_answer", boost=2),
        index.SearchField("body"),
    ]
    base_form_class = AnswerPageForm
    template = "answers/answer_page.html"
    shown_with = (
        "picture",
        "expert__picture",
        "reviewer__picture",
        "primary_topic",
    )
    parent_page_types = ["articles.AnswersIndexPage"]
    subpage_types = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    evidence__in=["strong", "mixed", "weak", "none", "not_applicable"]
                ),
                name="evidence_is_a_known_rating",
            )
        ]

    def summary(self) -> str:
        return self.short_answer

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        body.prefetch_pictures(self.body, self.picture)
        found = body.sections(self.body)
        sources = list(self.sources())
        return {
            **context,
            "sections": found,
            "contents": body.contents(found),
            "reading_minutes": body.reading_minutes(body.word_count(self.body)),
            "sources": sources,
            "markers": body.SourceMarkers(len(sources)),
            "related_answers": self.related_answers(),
            "structured_data": structured_data.for_answer(self, sources, request),
        }

    def sources(self) -> list[Source]:
        """In the order of their numbers."""
        return [cited.source for cited in self.cited.select_related("source")]

    def related_answers(self) -> list["AnswerPage"]:
        """The editors' picks, filled up with the newest of the same topic."""
        place = Coalesce("sort_order", 0)
        pick = RelatedAnswer.objects.filter(page=self.pk, answer=models.OuterRef("pk"))
        found = list(
            AnswerPage.objects.published()
            .exclude(pk=self.pk)
            .annotate(place=models.Subquery(pick.values(at=place)[:1]))
            .filter(
                models.Q(place__isnull=False)
                | models.Q(primary_topic=self.primary_topic_id)
            )
            .order_by(
                models.F("place").asc(nulls_last=True), "-first_published_at", "-pk"
            )
            .for_cards()[:RELATED_MAX]
        )
        picked = [page for page in found if page.place is not None]
        return found[: max(RELATED_COUNT, len(picked))]


class AnswerPageSource(Orderable):
    """One numbered source of one answer."""

    page = ParentalKey(AnswerPage, on_delete=models.CASCADE, related_name="cited")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="cited_by"
    )

    panels = [FieldPanel("source")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["page", "source"], name="source_once_per_answer"
            )
        ]


class RelatedAnswer(Orderable):
    """An answer an editor recommends next."""

    page = ParentalKey(AnswerPage, on_delete=models.CASCADE, related_name="related")
    answer = models.ForeignKey(AnswerPage, on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("answer")]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(page=models.F("answer")),
                name="answer_not_related_to_itself",
                violation_error_message="An answer cannot be related to itself.",
            )
        ]
