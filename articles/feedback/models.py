from datetime import date

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import NullIf

from ..answers.models import AnswerPage


def percent(part: str, whole: str) -> models.Expression:
    """Rounded by whole numbers alone: databases differ in rounding fractions."""
    return (F(part) * 200 + F(whole)) / NullIf(F(whole) * 2, 0)


class FeedbackQuerySet(models.QuerySet):
    def by_answer(self, *, recent_from: date) -> "FeedbackQuerySet":
        """A dict for each answer: its votes and reasons, all and the recent ones."""
        recent, helpful = Q(day__gte=recent_from), Q(is_helpful=True)
        return (
            self.order_by()
            .values("page_id", title=F("page__title"))
            .annotate(
                votes=Count("pk"),
                helpful=Count("pk", filter=helpful),
                unhelpful=Count("pk", filter=~helpful),
                recent_votes=Count("pk", filter=recent),
                recent_helpful=Count("pk", filter=recent & helpful),
                recent_unhelpful=Count("pk", filter=recent & ~helpful),
                **{
                    reason: Count("pk", filter=Q(reason=reason))
                    for reason in Feedback.Reason.values
                },
            )
            .annotate(
                percent=percent("helpful", "votes"),
                recent_percent=percent("recent_helpful", "recent_votes"),
            )
        )


class Feedback(models.Model):
    """Whether an answer helped one reader, whom nothing here tells apart from others.

    No text, no time of day, no address: only a keyed hash of it, for a day, so
    that a second vote changes the first.
    """

    class Reason(models.TextChoices):
        UNCLEAR = "unclear", "It is hard to understand"
        NOT_MY_QUESTION = "not_my_question", "It answers another question than mine"
        NO_NEXT_STEP = "no_next_step", "It does not say what I should do next"
        TOO_LONG = "too_long", "It is too long"
        OUTDATED = "outdated", "It is out of date"
        WRONG = "wrong", "I think something in it is wrong"
        OTHER = "other", "Something else"

    page = models.ForeignKey(
        AnswerPage,
        on_delete=models.CASCADE,
        related_name="feedback",
        db_index=False,  # the index below begins with it
    )
    is_helpful = models.BooleanField()
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    day = models.DateField()
    visitor_key = models.CharField(  # noqa: DJ001 - many have none, no two the same
        max_length=64, unique=True, null=True, editable=False
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "feedback"
        indexes = [models.Index(fields=["page", "day"], name="feedback_page_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    reason__in=[
                        "",
                        "unclear",
                        "not_my_question",
                        "no_next_step",
                        "too_long",
                        "outdated",
                        "wrong",
                        "other",
                    ]
                ),
                name="feedback_reason_is_known",
            ),
            models.CheckConstraint(
                condition=Q(is_helpful=False) | Q(reason=""),
                name="feedback_reason_only_if_unhelpful",
            ),
        ]

    def __str__(self) -> str:
        return "helpful" if self.is_helpful else "not helpful"
