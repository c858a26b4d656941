from datetime import date

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import NullIf, TruncMonth
from django.utils import timezone

from ..answers.models import AnswerPage

HELPFUL = Q(is_helpful=True)


def percent(part: str, whole: str) -> models.Expression:
    """Rounded by whole numbers alone: databases differ in rounding fractions."""
    return (F(part) * 200 + F(whole)) / NullIf(F(whole) * 2, 0)


def counts(prefix: str = "", *, among: Q | None = None) -> dict[str, models.Aggregate]:
    """Of votes and of each reason, as annotations."""
    among = among or Q()
    return {
        f"{prefix}votes": Count("pk", filter=among),
        f"{prefix}helpful": Count("pk", filter=among & HELPFUL),
        f"{prefix}unhelpful": Count("pk", filter=among & ~HELPFUL),
        **{
            prefix + reason: Count("pk", filter=among & Q(reason=reason))
            for reason in Feedback.Reason.values
        },
    }


class FeedbackQuerySet(models.QuerySet):
    def by_answer(self, *, recent_from: date) -> "FeedbackQuerySet":
        """A dict for each answer: votes and reasons, all of them and the recent ones.

        `trend` compares with as many days before, in points of a percentage.
        """
        before = recent_from - (timezone.localdate() - recent_from)
        earlier = Q(day__gte=before, day__lt=recent_from)
        return (
            self.order_by()
            .values("page_id", title=F("page__title"))
            .annotate(
                **counts(),
                **counts("recent_", among=Q(day__gte=recent_from)),
                earlier_votes=Count("pk", filter=earlier),
                earlier_helpful=Count("pk", filter=earlier & HELPFUL),
            )
            .annotate(
                percent=percent("helpful", "votes"),
                recent_percent=percent("recent_helpful", "recent_votes"),
                trend=percent("recent_helpful", "recent_votes")
                - percent("earlier_helpful", "earlier_votes"),
            )
        )

    def by_month(self) -> "FeedbackQuerySet":
        """A dict for each month with votes, the newest first."""
        return (
            self.order_by()
            .annotate(month=TruncMonth("day"))
            .values("month")
            .annotate(**counts())
            .annotate(percent=percent("helpful", "votes"))
            .order_by("-month")
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
