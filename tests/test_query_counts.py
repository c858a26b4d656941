"""How many queries a page costs must not depend on how much there is."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents.models import Document
from wagtail.models import Site

from articles.answers import related
from articles.models import AnswerPage, RelatedAnswer
from clinic_site.core.models import ClinicImage
from clinic_site.pages.models import StandardPage
from tests.factories.articles import (
    AnswerPageFactory,
    SourceFactory,
    TopicPageFactory,
    cite,
    make_live,
    marker,
    reviewed_by,
)
from tests.factories.blocks import described, every_block, words
from tests.factories.core import ClinicFactory, ClinicImageFactory, ExpertFactory

pytestmark = pytest.mark.django_db
LIMITS = {
    "home": 6,
    "index": 6,
    "topic": 7,
    "topics": 4,
    "search": 5,
    "standard page": 6,
}
ARTICLE_LIMIT = 8
PARTS = (
    ".prose .figure picture",
    ".sources li",
    ".source-marker a",
    ".answer__topics a",
    ".changes dd",
    ".related .card",
    ".related .card picture",
    ".byline picture",
)
FRAME = 3  # its settings, clinics and sections, where no cache has them


@pytest.fixture(params=[3, 60], ids=["3 answers", "60 answers"])
def site(request, home, answers_index, topics_index):
    """A site with pictures, topics, sources and this many answers."""
    ClinicFactory.create_batch(2)
    picture, expert = ClinicImageFactory(), ExpertFactory(picture=ClinicImageFactory())
    topics = TopicPageFactory.create_batch(
        request.param // 3, parent=topics_index, picture=picture
    )
    answers = [
        AnswerPageFactory(
            parent=answers_index,
            primary_topic=topics[number % len(topics)],
            picture=picture,
            expert=expert,
        )
        for number in range(request.param)
    ]
    cite(answers[0], *SourceFactory.create_batch(request.param // 3))
    home.picture = picture
    home.save()
    return {"home": home, "index": answers_index, "topics": topics_index}


@pytest.fixture(params=[1, 40], ids=["1 of each", "40 of each"])
def article(request, answers_index, topics_index):
    """An answer with so many of all that an answer can have."""
    number = request.param
    ClinicFactory.create_batch(number)
    picture = ClinicImageFactory()
    topics = TopicPageFactory.create_batch(number, parent=topics_index, picture=picture)
    others = [
        AnswerPageFactory(
            parent=answers_index, primary_topic=topics[0], picture=picture
        )
        for _ in range(number)
    ]
    picks = [
        AnswerPageFactory(
            parent=answers_index,
            primary_topic=topics[-1],
            picture=ClinicImageFactory(),
        )
        for _ in range(min(number, related.MAX))
    ]
    page = AnswerPageFactory(
        parent=answers_index,
        primary_topic=topics[0],
        picture=ClinicImageFactory(),
        social_image=ClinicImageFactory(),
        expert=ExpertFactory(picture=ClinicImageFactory()),
        live=False,
    )
    page.topics = topics
    page.related = [RelatedAnswer(answer=pick) for pick in picks]
    page.body = [block for other in others for block in blocks_of(other, picture)]
    page.changes = [
        ("change", {"changed_on": "2026-10-01", "what": "A study", "why": "It is new"})
    ] * number
    page.save()
    make_live(page)
    reviewed_by(page, ExpertFactory(picture=ClinicImageFactory()))
    return page


def blocks_of(answer: AnswerPage, image: ClinicImage) -> list[tuple[str, object]]:
    """Every block once, with links, a picture and sources of its own."""
    source = SourceFactory()
    document = Document.objects.create(
        title="Leaflet", file=ContentFile(b"%PDF-", "leaflet.pdf")
    )
    return [
        *every_block(
            image=image, source=source, other_source=SourceFactory(), answer=answer
        ),
        ("figure", {"image": described(ClinicImageFactory(), "Another root")}),
        (
            "paragraph",
            words(
                f'<a linktype="page" id="{answer.pk}">An answer</a>, '
                f'<a linktype="page" id="{answer.primary_topic_id}">a topic</a>, '
                f'<a linktype="page" id="{answer.get_parent().pk}">all of them</a>, '
                f'<a linktype="document" id="{document.pk}">a leaflet</a> '
                f"{marker(source)}"
            ),
        ),
    ]


def queries_of(client, path: str) -> int:
    client.get(path)  # a process remembers where sites begin, and the frame
    return queries_now(client, path)


def queries_now(client, path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_an_article_stays_within_its_queries(client, article):
    warm = queries_of(client, article.url)
    assert_shows_all_of(article, client.get(article.url))
    cache.clear()
    Site.get_site_root_paths()  # Wagtail's, not of the frame
    cold = queries_now(client, article.url)

    assert warm <= ARTICLE_LIMIT
    assert cold == warm + FRAME


def assert_shows_all_of(article: AnswerPage, response) -> None:
    """A limit says nothing about what the page leaves out."""
    soup = BeautifulSoup(response.content, "html.parser")
    shown = {part: len(soup.select(part)) for part in PARTS}
    number = len(article.changes)
    picks = min(number, related.MAX)
    assert shown.pop(".prose .figure picture") >= 4 * number
    assert shown.pop(".source-marker a") >= 3 * number
    assert shown == {
        ".sources li": 2 * number,
        ".answer__topics a": number,
        ".changes dd": number,
        ".related .card": picks,
        ".related .card picture": picks,
        ".byline picture": 2,
    }


def test_pages_stay_within_their_queries(client, site):
    about = site["home"].add_child(
        instance=StandardPage(
            title="About us",
            body=blocks_for_any_page(site["index"].get_children().last().specific),
        )
    )
    topic = site["topics"].get_children().first()
    counts = {
        page: queries_of(client, path)
        for page, path in {
            "home": site["home"].url,
            "index": site["index"].url,
            "topic": topic.url,
            "topics": site["topics"].url,
            "search": "/search/?q=mesotherapy",
            "standard page": about.url,
        }.items()
    }
    assert counts == {page: min(n, LIMITS[page]) for page, n in counts.items()}


def blocks_for_any_page(answer: AnswerPage) -> list[tuple[str, object]]:
    return [
        ("figure", {"image": described(ClinicImageFactory(), "A root")}),
        ("figure", {"image": described(ClinicImageFactory(), "Another root")}),
        ("paragraph", words(f'<a linktype="page" id="{answer.pk}">An answer</a>')),
        ("callout", {"kind": "note", "title": "And", "text": words("more.")}),
    ]
