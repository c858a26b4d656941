"""Which answers to read next, and why."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Coalesce, Least
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable

from .citations import Citation

if TYPE_CHECKING:
    from .lists import TopicPage
    from .models import AnswerPage
    from .querysets import AnswerQuerySet

COUNT = 3
MAX = 6
# What brings two answers close; a second shared source counts, a third does not.
SAME_TOPIC, SHARED_SOURCE, TOPIC_IN_COMMON = 7, 5, 3
SOURCES_COUNTED = 2


class RelatedAnswer(Orderable):
    """An answer an editor recommends next."""

    page = ParentalKey(
        "articles.AnswerPage", on_delete=models.CASCADE, related_name="related"
    )
    answer = models.ForeignKey(
        "articles.AnswerPage", on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("answer")]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(page=models.F("answer")),
                name="answer_not_related_to_itself",
                violation_error_message="An answer cannot be related to itself.",
            )
        ]


def to(page: "AnswerPage", topics: list["TopicPage"]) -> list["AnswerPage"]:
    """The editors' picks, then the closest, each with the `reason` it is there.

    `topics` are those of the page that visitors can open. Where nothing is close,
    the newest: nobody's reading ends in a blank. Among equals the newest first. One
    query.
    """
    topic_keys = [topic.pk for topic in topics]
    found = list(
        _candidates(page, topic_keys)
        .order_by(
            models.F("place").asc(nulls_last=True),
            models.F("closeness").desc(),
            "-first_published_at",
            "-pk",
        )
        .with_cards()[:MAX]
    )
    picked = [answer for answer in found if answer.place is not None]
    shown = found[: max(COUNT, len(picked))]
    for answer in shown:
        answer.reason = _reason(page, answer, topic_keys)
    return shown


def _candidates(page: "AnswerPage", topic_keys: list[int]) -> "AnswerQuerySet":
    picks = RelatedAnswer.objects.filter(page=page.pk)
    cites_the_same = Citation.objects.filter(source__citations__page=page.pk)
    through = type(page).topics.through.objects.filter(topicpage__in=topic_keys)
    others = type(page).objects.published()
    others = others.exclude(pk__in=[page.pk, *_shown_in(page)])
    this = models.OuterRef("pk")
    place = picks.filter(answer=this).values(at=Coalesce("sort_order", 0))
    shared = cites_the_same.filter(page=this).order_by().values("page")
    in_common = through.filter(answerpage=this).order_by("topicpage__path")
    return others.filter(
        models.Q(pk__in=picks.values("answer"))
        | models.Q(pk__in=cites_the_same.values("page"))
        | models.Q(primary_topic__in=topic_keys)
        | models.Q(pk__in=through.values("answerpage"))
        | models.Q(pk__in=others.values("pk")[:COUNT])
    ).annotate(
        place=models.Subquery(place[:1]),
        shared=Coalesce(shared.values(count=models.Count("pk")), 0),
        topic_in_common=models.Subquery(in_common.values("topicpage__title")[:1]),
        closeness=Least("shared", SOURCES_COUNTED) * SHARED_SOURCE
        + models.Case(
            models.When(primary_topic=page.primary_topic_id, then=SAME_TOPIC),
            models.When(primary_topic__in=topic_keys, then=TOPIC_IN_COMMON),
            models.When(topic_in_common__isnull=False, then=TOPIC_IN_COMMON),
            default=0,
        ),
    )


def _reason(page: "AnswerPage", answer: "AnswerPage", topic_keys: list[int]) -> str:
    if answer.place is not None:
        return "Picked by our editors"
    if answer.shared == 1:
        return "Cites one of the same sources"
    if answer.shared:
        return f"Cites {answer.shared} of the same sources"
    if answer.primary_topic_id == page.primary_topic_id:
        return "Same topic"
    if answer.primary_topic_id in topic_keys:
        return "Shares a topic"
    if answer.topic_in_common:
        return f"Also in {answer.topic_in_common}"
    return "New on this site"


def _shown_in(page: "AnswerPage") -> list[int]:
    """Answers that a block of the text shows already."""
    blocks = [block for block in page.body if block.block_type == "related_answer"]
    return [block.value["page"].pk for block in blocks if block.value["page"]]
