"""Answers as visitors find them."""

from django.db import models
from wagtail.models import PageQuerySet

from clinic_site.core import pictures
from clinic_site.core.models.pages import open_to_all


class AnswerQuerySet(PageQuerySet):
    def published(self) -> "AnswerQuerySet":
        """What every visitor may read, newest first."""
        return open_to_all(self).order_by("-first_published_at", "-pk")

    def about(self, topic: models.Model) -> "AnswerQuerySet":
        return self.filter(
            models.Q(primary_topic=topic)
            | models.Q(
                pk__in=self.model.topics.through.objects.filter(topicpage=topic).values(
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
