from datetime import date

from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.models import PageManager, Revision
from wagtail.search import index

from clinic_site.core import body, pictures, preload
from clinic_site.core.models import BasePage, ClinicImage, Expert

from . import about, citations, gate, related, review_dates, structured_data
from .blocks import AnswerBody
from .changes import ChangesBlock
from .evidence import Evidence
from .forms import AnswerPageForm
from .previews import AnswerPreviews
from .querysets import AnswerQuerySet
from .sign_off import SignOff, must_stay_as_it_is
from .sources import Source

AnswerManager = PageManager.from_queryset(AnswerQuerySet)


class AnswerPage(AnswerPreviews, BasePage):
    """A visitor's question and an expert's answer to it."""

    Evidence = Evidence

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
            "Two or three sentences, 40 to 320 characters. Search engines show it too."
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
    body = StreamField(AnswerBody())
    evidence = models.CharField(
        max_length=16,
        choices=Evidence,
        help_text="How well studies support the answer. Asked before it is sent.",
    )
    evidence_note = models.TextField(
        max_length=400, blank=True, help_text="Why this rating, in plain words."
    )
    questions_to_ask = models.TextField(
        blank=True, help_text="One per line. Printed on the appointment sheet."
    )
    expert = models.ForeignKey(
        Expert,
        verbose_name="answered by",
        null=True,
        on_delete=models.PROTECT,
        related_name="answers",
    )
    sign_off = models.ForeignKey(
        SignOff,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    review_due = models.DateField(
        "to be reviewed again by",
        null=True,
        blank=True,
        help_text="Set by each sign-off from the rating and the age of the sources.",
    )
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

    changes = StreamField(
        ChangesBlock(),
        blank=True,
        verbose_name="what changed",
        help_text="Readers see this list. Add an entry when the answer changes.",
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
        MultiFieldPanel(
            [FieldPanel("evidence"), FieldPanel("evidence_note")],
            "What the evidence says",
        ),
        FieldPanel("questions_to_ask"),
        FieldPanel("expert"),
        MultiFieldPanel([FieldPanel("primary_topic"), FieldPanel("topics")], "Topics"),
        InlinePanel(
            "related", heading="Related answers", label="Answer", max_num=related.MAX
        ),
        FieldPanel("changes"),
        FieldPanel("review_due", read_only=True),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("question"),
        index.SearchField("short_answer", boost=2),
        index.SearchField("body"),
    ]
    base_form_class = AnswerPageForm
    exclude_fields_in_copy = [*BasePage.exclude_fields_in_copy, "sign_off"]
    template = "answers/answer_page.html"
    shown_with = (
        "picture",
        "expert__picture",
        "sign_off__clinician__picture",
        "primary_topic__picture",
    )
    sharing_kind = "article"
    parent_page_types = ["articles.AnswersIndexPage"]
    subpage_types = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    # Empty in a draft that nobody has rated yet.
                    evidence__in=["", *Evidence.values]
                ),
                name="evidence_is_a_known_rating",
            )
        ]
        indexes = [models.Index(fields=["review_due"], name="answer_review_due")]

    def save(self, *args, **kwargs) -> None:
        """Raises NotPublishable when this would show visitors an unchecked text."""
        gate.refuse_alias(self)
        if text := gate.text_to_be_shown(self, kwargs.get("update_fields")):
            gate.let_through(self, text)
            if fields := kwargs.get("update_fields"):
                kwargs["update_fields"] = {*fields, "sign_off", "review_due"}
        super().save(*args, **kwargs)
        # Wagtail saves single fields of a live page with a draft's text at hand.
        if kwargs.get("update_fields") is None or "body" in kwargs["update_fields"]:
            citations.store(self)

    @transaction.atomic
    def publish(self, revision, **kwargs) -> None:
        """Refuses a schedule as well, at once. Raises NotPublishable."""
        gate.check(revision.as_object())
        return super().publish(revision, **kwargs)

    def save_revision(self, *args, overwrite_revision=None, **kwargs) -> Revision:
        """Autosave goes on in a revision of its own once somebody was asked."""
        if overwrite_revision and must_stay_as_it_is(overwrite_revision):
            overwrite_revision = None
        revision = super().save_revision(
            *args, overwrite_revision=overwrite_revision, **kwargs
        )
        citations.keep_sources(self)
        return revision

    def with_content_json(self, content: dict) -> "AnswerPage":
        """Sign-off and review date belong to what is live, not to a revision."""
        page = super().with_content_json(content)
        page.sign_off_id = self.sign_off_id
        page.review_due = self.review_due
        return page

    @classmethod
    def for_serving(cls) -> models.QuerySet:
        return about.with_topic_keys(super().for_serving())

    def summary(self) -> str:
        return self.short_answer

    def topic_on_card(self) -> str:
        """Of the main topic, while visitors can open it."""
        topic = self.primary_topic
        return topic.title if topic and topic.live else ""

    def sharing_picture(self) -> ClinicImage | None:
        topic = self.primary_topic
        return super().sharing_picture() or (topic.picture if topic else None)

    def evidence_in_words(self) -> str:
        return Evidence(self.evidence).in_words() if self.evidence else ""

    def changes_told(self) -> list:
        """What readers are told about changes, the newest first."""
        told = [block.value for block in self.changes]
        return sorted(told, key=lambda change: change["changed_on"], reverse=True)

    def changed_on(self) -> date:
        """The day of the last change that readers are told of."""
        told = self.changes_told()
        published_on = timezone.localdate(self.first_published_at)
        return max(told[0]["changed_on"], published_on) if told else published_on

    def is_review_overdue(self) -> bool:
        return review_dates.is_overdue(self.review_due, timezone.localdate())

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        keys = about.topic_keys(self)
        topic_model = type(self).topics.rel.model
        with preload.everything_in(self.body, also={topic_model: keys}):
            topics = about.topics(self, keys)
            sources = self.sources()
            markers = citations.SourceMarkers(self.body, sources)
            texts = body.Texts(self.body, markers)
            self.forget_sign_off_of_another_text()
        related_answers = related.to(self, topics)
        self.prefetch_pictures(related_answers)
        found = body.sections(self.body, lead_picture=self.picture)
        return {
            **context,
            "sections": found,
            "contents": body.contents(found),
            "topics": topics,
            "reading_minutes": body.reading_minutes(body.word_count(self.body)),
            "sources": sources,
            "markers": markers,
            "texts": texts,
            "related_answers": related_answers,
            "structured_data": structured_data.for_answer(
                self, topics, sources, request
            ),
        }

    def forget_sign_off_of_another_text(self) -> None:
        """Nobody's name stands over a text that is not theirs: a changed draft's in a
        preview, or one that a script wrote into the database."""
        if self.sign_off and not self.sign_off.covers(self):
            self.sign_off = None

    def sources(self) -> list[Source]:
        """In the order of their numbers."""
        ids = citations.cited_ids(self.body)
        found = preload.many(Source, ids)
        return [found[pk] for pk in ids if pk in found]

    def prefetch_pictures(self, answers: list["AnswerPage"]) -> None:
        """The sizes of all that the page shows, in one query."""
        signer = self.sign_off.clinician if self.sign_off else None
        owners = [self, self.expert, signer, *answers]
        pictures.prefetch_for_all(
            owners, self.sharing_picture(), *body.pictures_in(self.body)
        )
