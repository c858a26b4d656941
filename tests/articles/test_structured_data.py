"""What pages say to machines, held against what they show to readers."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup

from articles.models import Source
from tests.factories.articles import (
    AnswerPageFactory,
    SourceFactory,
    TopicPageFactory,
    cite,
    reviewed_by,
    write,
)
from tests.factories.core import ClinicFactory, ClinicImageFactory, ExpertFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(answers_index, topics_index):
    main, other = TopicPageFactory.create_batch(2, parent=topics_index)
    page = AnswerPageFactory(
        parent=answers_index,
        primary_topic=main,
        evidence="weak",
        picture=ClinicImageFactory(credit="A. Person"),
        expert=ExpertFactory(picture=ClinicImageFactory()),
    )
    page.topics = [other]
    page.changes = [
        ("change", {"changed_on": date(2026, 10, 1), "what": "A", "why": "B"})
    ]
    cite(page, SourceFactory(), SourceFactory(status=Source.Status.RETRACTED))
    checker = ExpertFactory(name="Priya Raman")
    reviewed_by(page, checker, created_at=datetime(2026, 11, 9, 12, tzinfo=UTC))
    return page


def read(client, path: str) -> tuple[BeautifulSoup, dict[str, dict]]:
    """The page, and the nodes of its graph by their type."""
    soup = BeautifulSoup(client.get(path).content, "html.parser")
    [script] = soup.find_all("script", type="application/ld+json")
    data = json.loads(script.string)
    assert data["@context"] == "https://schema.org"
    return soup, {node["@type"]: node for node in data["@graph"]}


def values(data: object) -> Iterator[dict]:
    """Every object in a graph, however deep."""
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from values(value)
    elif isinstance(data, list):
        for value in data:
            yield from values(value)


def dangling(nodes: dict[str, dict]) -> set[str]:
    """What a graph refers to and does not hold."""
    found = list(values(list(nodes.values())))
    held = {one["@id"] for one in found if "@id" in one and "@type" in one}
    return {one["@id"] for one in found if one.keys() == {"@id"}} - held


def test_an_answer_is_a_medical_page_with_an_article(client, answer):
    soup, nodes = read(client, answer.url)
    page, article = nodes["MedicalWebPage"], nodes["Article"]

    assert page["mainEntity"]["text"] == answer.question
    assert page["mainEntity"]["acceptedAnswer"]["text"] == answer.short_answer
    assert page["reviewedBy"]["name"] == "Priya Raman"
    assert article["author"]["name"] == answer.expert.name
    assert article["headline"] == soup.h1.text
    assert [topic["name"] for topic in page["about"]] == [
        link.text for link in soup.select(".answer__topics a")
    ]
    assert article["keywords"]["name"] == "Weak evidence"
    assert page["primaryImageOfPage"]["creditText"] == "A. Person"
    assert dangling(nodes) == set()
    assert "QAPage" not in str(nodes)


def test_its_dates_are_those_that_readers_see(client, answer):
    soup, nodes = read(client, answer.url)
    page = nodes["MedicalWebPage"]
    seen = {time["datetime"] for time in soup.find_all("time")}

    assert page["lastReviewed"] == "2026-11-09"
    assert page["dateModified"] == "2026-10-01"
    assert page["mainEntity"]["dateCreated"] == "2026-08-10"
    for name in ("lastReviewed", "dateModified", "datePublished"):
        assert page[name][:10] in seen


def test_its_way_from_home_is_the_breadcrumb_that_readers_see(client, answer):
    soup, nodes = read(client, answer.url)
    steps = nodes["BreadcrumbList"]["itemListElement"]
    links = soup.select(".breadcrumb a")

    assert [step["name"] for step in steps[:-1]] == [link.text for link in links]
    assert [step["item"] for step in steps[:-1]] == [
        "http://testserver" + link["href"] for link in links
    ]
    assert steps[-1]["name"] == answer.title


def test_its_sources_say_where_they_were_and_whether_they_stand(client, answer):
    _soup, nodes = read(client, answer.url)
    first, second = nodes["Article"]["citation"]

    assert first["@type"] == "ScholarlyArticle"
    assert first["isPartOf"]["name"] == "Journal of Cosmetic Dermatology"
    assert first["sameAs"].startswith("https://doi.org/")
    assert "creativeWorkStatus" not in first
    assert second["creativeWorkStatus"] == "Retracted"


def test_no_text_can_end_the_script(client, answer):
    answer.question = 'Is it "safe"? </script><script>alert(1)</script>'
    write(answer)

    soup, nodes = read(client, answer.url)

    assert nodes["MedicalWebPage"]["mainEntity"]["text"] == answer.question
    assert len(soup.select("script:not([src])")) == 1


def test_lists_say_what_they_list(client, answer, answers_index, topics_index):
    topic = answer.primary_topic
    listed = {
        answers_index.url: [answer.title],
        topic.url: [answer.title],
        topics_index.url: [page.title for page in topics_index.get_children()],
    }
    for path, titles in listed.items():
        soup, nodes = read(client, path)
        items = nodes["CollectionPage"]["mainEntity"]["itemListElement"]
        steps = nodes["BreadcrumbList"]["itemListElement"]
        assert [item["name"] for item in items] == titles
        assert [step["name"] for step in steps] == [
            *[link.text for link in soup.select(".breadcrumb a")],
            soup.h1.text,
        ]
        assert dangling(nodes) == set()


def test_the_home_page_says_who_we_are_and_where(client, home):
    clinic = ClinicFactory()

    _soup, nodes = read(client, home.url)

    assert nodes["MedicalClinic"]["name"] == clinic.name
    assert nodes["MedicalClinic"]["address"]["postalCode"] == clinic.postcode
    assert nodes["MedicalOrganization"]["address"]
    assert "/search/?q={" in str(nodes["WebSite"]["potentialAction"])
    assert dangling(nodes) == set()
