"""What the editorial slice remembers."""

from django.db import models
from django.utils import timezone


class ReviewReminder(models.Model):
    """That people were reminded of a review date, once for each stage."""

    class Stage(models.IntegerChoices):
        SIXTY_DAYS = 60, "60 days ahead"
        THIRTY_DAYS = 30, "30 days ahead"
        DUE = 0, "due"

    page = models.ForeignKey(
        "articles.AnswerPage",
        on_delete=models.CASCADE,
        related_name="review_reminders",
    )
    review_due = models.DateField()
    stage = models.PositiveSmallIntegerField(choices=Stage)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "review_due", "stage"], name="review_reminder_once"
            ),
            models.CheckConstraint(
                condition=models.Q(stage__in=[60, 30, 0]),
                name="review_reminder_has_a_known_stage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_due}, {self.get_stage_display()}"
