"""Which answers to read next."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Coalesce
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable

from .citations import Citation

if TYPE_CHECKING:
    from .models import AnswerPage

COUNT = 3
MAX = 6


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


def _shown_in(page: "AnswerPage") -> list[int]:
    """Answers that a block of the text shows already."""
    blocks = [block for block in page.body if block.block_type == "related_answer"]
    return [block.value["page"].pk for block in blocks if block.value["page"]]


def to(page: "AnswerPage") -> list["AnswerPage"]:
    """The editors' picks, then what cites the same sources, then the same topic.

    Among equals the newest first. One query.
    """
    picks = RelatedAnswer.objects.filter(page=page.pk)
    cites_the_same = Citation.objects.filter(source__citations__page=page.pk)
    this = models.OuterRef("pk")
    place = picks.filter(answer=this).values(at=Coalesce("sort_order", 0))
    shared = cites_the_same.filter(page=this).order_by().values("page")
    found = list(
        type(page)
        .objects.published()
        .exclude(pk__in=[page.pk, *_shown_in(page)])
        .filter(
            models.Q(pk__in=picks.values("answer"))
            | models.Q(pk__in=cites_the_same.values("page"))
            | models.Q(primary_topic=page.primary_topic_id)
        )
        .annotate(
            place=models.Subquery(place[:1]),
            shared=shared.values(count=models.Count("pk")),
        )
        .order_by(
            models.F("place").asc(nulls_last=True),
            models.F("shared").desc(nulls_last=True),
            "-first_published_at",
            "-pk",
        )
        .with_cards()[:MAX]
    )
    picked = [answer for answer in found if answer.place is not None]
    return found[: max(COUNT, len(picked))]
