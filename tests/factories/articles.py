from datetime import date

import factory
import wagtail_factories
from wagtail.rich_text import RichText

from articles.models import AnswerPage, AnswerPageSource, Source, TopicPage

from .core import ExpertFactory


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Source

    title = factory.Sequence(lambda n: f"Hair loss at injection sites, part {n}")
    authors = "Smith J, Jones K"
    container = "Journal of Cosmetic Dermatology"
    year = 2017
    doi = factory.Sequence(lambda n: f"10.1111/jocd.{n}")


class TopicPageFactory(wagtail_factories.PageFactory):
    """Needs `parent`, the topics index."""

    class Meta:
        model = TopicPage

    title = factory.Sequence(lambda n: f"Shedding {n}")
    slug = factory.Sequence(lambda n: f"shedding-{n}")
    introduction = "Hair that comes out by the handful."


class AnswerPageFactory(wagtail_factories.PageFactory):
    """Needs `parent`, the answers index, and `primary_topic`."""

    class Meta:
        model = AnswerPage

    title = factory.Sequence(lambda n: f"Does mesotherapy work, question {n}?")
    slug = factory.Sequence(lambda n: f"does-mesotherapy-work-{n}")
    question = "I was offered injections for thinning hair. Do they work?"
    asker_name = "Sam"
    asked_on = date(2026, 8, 10)
    short_answer = "We do not know that it does. The studies are small and differ."
    expert = factory.SubFactory(ExpertFactory)
    first_published_at = factory.Sequence(
        lambda n: f"2026-09-{n % 28 + 1:02}T09:00:00+00:00"
    )
    last_published_at = factory.SelfAttribute("first_published_at")
    body = factory.LazyFunction(
        lambda: [
            ("heading", {"text": "What it involves", "level": "h2"}),
            ("paragraph", RichText("<p>Many small injections [1].</p>")),
        ]
    )


def cite(page: AnswerPage, *sources: Source) -> None:
    """Give a page its numbered sources."""
    page.cited = [
        AnswerPageSource(source=source, sort_order=place)
        for place, source in enumerate(sources)
    ]
    page.save()
