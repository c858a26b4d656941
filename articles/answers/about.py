"""What an answer is about: its main topic, then the others."""

from typing import TYPE_CHECKING

from django.db import models

from clinic_site.core import preload

if TYPE_CHECKING:
    from .lists import TopicPage
    from .models import AnswerPage


class Keys(models.Subquery):
    """All keys that a query of topics finds, as one column.

    A query of their own would be an article's ninth.
    """

    template = "(SELECT %(function)s(found.topic_key) FROM (%(subquery)s) found)"
    output_field = models.JSONField()

    def as_sqlite(self, compiler, connection, **extra) -> tuple[str, tuple]:
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **extra)

    def as_postgresql(self, compiler, connection, **extra) -> tuple[str, tuple]:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)


def with_topic_keys(answers: models.QuerySet) -> models.QuerySet:
    """Answers that know the keys of their other topics without a further query."""
    through = answers.model.topics.through.objects
    others = through.filter(answerpage=models.OuterRef("pk"))
    return answers.annotate(
        other_topic_keys=Keys(others.values(topic_key=models.F("topicpage")))
    )


def topic_keys(page: "AnswerPage") -> list[int]:
    """The main topic's first. Drafts and copies have to ask for the others."""
    if hasattr(page, "other_topic_keys"):
        others = page.other_topic_keys or []  # PostgreSQL's list of nothing is None
    else:
        others = [topic.pk for topic in page.topics.all()]
    main = page.primary_topic_id
    return [*([main] if main else []), *(key for key in others if key != main)]


def topics(page: "AnswerPage", keys: list[int]) -> list["TopicPage"]:
    """Those that visitors can open: the main one, then the editors' order."""
    found = preload.many(page._meta.get_field("topics").related_model, keys).values()
    return sorted(
        (topic for topic in found if topic.is_open),
        key=lambda topic: (topic.pk != page.primary_topic_id, topic.path),
    )
