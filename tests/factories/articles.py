from datetime import date

import factory
import wagtail_factories
from django.utils import timezone
from wagtail.models import Revision
from wagtail.rich_text import RichText

from articles.answers import citations
from articles.answers.review_dates import add_months
from articles.answers.sign_off import record_sign_off
from articles.models import AnswerPage, SignOff, Source, TopicPage
from clinic_site.core.models import Expert

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
    """Needs `parent`, the answers index, and `primary_topic`.

    Signed off and live unless told otherwise: `live=False` gives a draft.
    """

    class Meta:
        model = AnswerPage

    title = factory.Sequence(lambda n: f"Does mesotherapy work, question {n}?")
    slug = factory.Sequence(lambda n: f"does-mesotherapy-work-{n}")
    question = "I was offered injections for thinning hair. Do they work?"
    asker_name = "Sam"
    asked_on = date(2026, 8, 10)
    evidence = "not_applicable"
    short_answer = "We do not know that it does. The studies are small and differ."
    expert = factory.SubFactory(ExpertFactory)
    first_published_at = factory.Sequence(
        lambda n: f"2026-09-{n % 28 + 1:02}T09:00:00+00:00"
    )
    last_published_at = factory.SelfAttribute("first_published_at")
    body = factory.LazyFunction(
        lambda: [
            ("heading", {"text": "What it involves", "level": "h2"}),
            ("paragraph", RichText("<p>Many small injections.</p>")),
        ]
    )

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        live = kwargs.pop("live", True)
        if not live:
            kwargs |= {"first_published_at": None, "last_published_at": None}
        page = super()._create(model_class, *args, live=False, **kwargs)
        if live:
            make_live(page)
        return page


def make_live(page: AnswerPage) -> SignOff:
    """Signed off and live, with fewer queries than the whole way there."""
    release = sign_off(page.save_revision())
    page.live, page.has_unpublished_changes = True, False
    page.live_revision = page.latest_revision
    page.sign_off, page.review_due = release, release.review_due
    AnswerPage.objects.filter(pk=page.pk).update(
        live=True,
        has_unpublished_changes=False,
        live_revision=page.live_revision,
        sign_off=release,
        review_due=release.review_due,
    )
    return release


def sign_off(revision: Revision, **changes) -> SignOff:
    """What a clinician's sign-off in the workflow leaves behind."""
    fields = {
        "clinician": changes.get("clinician") or ExpertFactory(),
        "what_was_checked": "The whole text, its sources and its rating",
        "review_due": add_months(timezone.localdate(), 12),
    }
    return record_sign_off(revision=revision, **{**fields, **changes})


def marker(source: Source) -> str:
    """How rich text stores a source marker."""
    return f'<a id="{source.pk}" linktype="source">[{source.short_name()}]</a>'


def cite(page: AnswerPage, *sources: Source) -> None:
    """Have the text cite these sources, in this order."""
    markers = " and ".join(marker(source) for source in sources)
    page.body = [("paragraph", RichText(f"<p>Studies say so {markers}.</p>"))]
    write(page)


def write(page: AnswerPage) -> None:
    """Store a page past the gate, which lets nobody write over a live text."""
    super(AnswerPage, page).save()
    citations.store(page)


def reviewed_by(page: AnswerPage, clinician: Expert, **changes) -> None:
    """Have this clinician sign the live text off."""
    page.sign_off = sign_off(page.save_revision(), clinician=clinician, **changes)
    write(page)
