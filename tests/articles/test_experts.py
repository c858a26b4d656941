"""The pages about people."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from tests.factories.articles import AnswerPageFactory, TopicPageFactory, reviewed_by
from tests.factories.core import ClinicFactory, ClinicImageFactory, ExpertFactory

pytestmark = pytest.mark.django_db
LIMIT = 8


@pytest.fixture
def topic(topics_index):
    return TopicPageFactory(parent=topics_index)


@pytest.fixture
def make_answer(answers_index, topic):
    def make(**fields):
        return AnswerPageFactory(parent=answers_index, primary_topic=topic, **fields)

    return make


@pytest.fixture
def expert(home):
    return ExpertFactory(
        name="Miriam Calloway",
        slug="miriam-calloway",
        biography="Twenty years with scalps.\n\nTeaches as well.",
        picture=ClinicImageFactory(),
    )


def soup_of(client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(soup: BeautifulSoup, section: str) -> list[str]:
    links = soup.select(f"section[aria-labelledby={section}] .card__title a")
    return [link.text for link in links]


def test_it_says_who_somebody_is_and_where_to_look_them_up(client, expert):
    soup = soup_of(client, "/experts/miriam-calloway/")
    head = soup.select_one(".page-head").text

    assert soup.h1.text == "Miriam Calloway, MIT"
    assert "Lead trichologist" in head
    assert "Institute of Trichologists, number EXAMPLE-3107" in head
    assert soup.select_one(".expert__picture img")
    assert [p.text for p in soup.select(".expert__biography p")] == [
        "Twenty years with scalps.",
        "Teaches as well.",
    ]
    assert "no longer works with us" not in head


def test_it_lists_what_they_answered_and_what_they_reviewed(
    client, expert, make_answer
):
    theirs = make_answer(title="Written by Miriam", expert=expert)
    checked = make_answer(title="Checked by Miriam")
    reviewed_by(checked, expert)
    make_answer(title="Somebody else’s")
    make_answer(title="Not yet live", expert=expert, live=False)

    soup = soup_of(client, "/experts/miriam-calloway/")
    assert titles(soup, "answered") == [theirs.title]
    assert titles(soup, "reviewed") == [checked.title]


def test_a_long_list_of_answers_has_pages(client, expert, make_answer):
    for _ in range(13):
        make_answer(expert=expert)
    first = soup_of(client, "/experts/miriam-calloway/")
    assert len(titles(first, "answered")) == 12
    further = first.select_one("a[rel=next]")["href"]
    second = soup_of(client, "/experts/miriam-calloway/" + further)
    assert len(titles(second, "answered")) == 1
    canonical = second.select_one("link[rel=canonical]")["href"]
    assert canonical == "http://testserver/experts/miriam-calloway/?page=2"


def test_a_long_list_of_reviewed_answers_has_a_page_of_its_own(
    client, expert, make_answer
):
    for _ in range(7):
        reviewed_by(make_answer(), expert)
    soup = soup_of(client, "/experts/miriam-calloway/")
    assert len(titles(soup, "reviewed")) == 6
    path = soup.select_one("section[aria-labelledby=reviewed] p > a")["href"]
    whole = soup_of(client, path)
    assert len(whole.select(".card")) == 7
    assert whole.h1.text == "Answers reviewed by Miriam Calloway"


def test_somebody_who_left_keeps_a_page_and_is_not_listed(client, expert):
    other = ExpertFactory(name="Priya Raman")
    expert.is_active = False
    expert.save()
    head = soup_of(client, "/experts/miriam-calloway/").select_one(".page-head").text
    assert "Miriam Calloway no longer works with us" in head
    listed = soup_of(client, "/experts/").select(".expert h2")
    assert [name.text for name in listed] == [str(other)]


def test_an_unknown_name_is_not_found(client, expert):
    assert client.get("/experts/nobody/").status_code == 404
    assert client.get("/experts/miriam-calloway/reviewed/").status_code == 404


def test_it_tells_machines_the_same(client, expert):
    soup = soup_of(client, "/experts/miriam-calloway/")
    data = json.loads(soup.find("script", type="application/ld+json").text)
    nodes = {node["@type"]: node for node in data["@graph"]}
    person = nodes["Person"]

    assert person["@id"] == "http://testserver/experts/miriam-calloway/"
    assert nodes["ProfilePage"]["mainEntity"]["@id"] == person["@id"]
    assert person["identifier"]["value"] == "EXAMPLE-3107"
    assert person["hasCredential"]["identifier"] == "EXAMPLE-3107"
    assert person["worksFor"]["@id"] == nodes["MedicalOrganization"]["@id"]
    names = [item["name"] for item in nodes["BreadcrumbList"]["itemListElement"]]
    assert names == ["Home", "Experts", "Miriam Calloway"]

    expert.is_active = False
    expert.save()
    soup = soup_of(client, "/experts/miriam-calloway/")
    assert "worksFor" not in soup.find("script", type="application/ld+json").text


def test_search_engines_find_the_pages(client, expert):
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/experts/</loc>" in sitemap
    assert "/experts/miriam-calloway/</loc>" in sitemap
    soup = soup_of(client, "/experts/miriam-calloway/")
    assert "Miriam Calloway, MIT" in soup.title.text
    description = soup.find("meta", attrs={"name": "description"})["content"]
    assert description.startswith("Miriam Calloway, MIT, Lead trichologist. Twenty")


def test_an_answer_links_to_its_people(client, expert, make_answer):
    answer = make_answer(expert=expert)
    soup = soup_of(client, answer.url)
    assert soup.select_one('.byline a[href="/experts/miriam-calloway/"]')


@pytest.mark.parametrize("count", [1, 30])
def test_pages_stay_within_their_queries(client, expert, make_answer, count):
    ClinicFactory.create_batch(2)
    picture = ClinicImageFactory()
    for _ in range(count):
        reviewed_by(make_answer(expert=expert, picture=picture), expert)
    ExpertFactory.create_batch(count, picture=ClinicImageFactory())
    for path in (
        "/experts/",
        "/experts/miriam-calloway/",
        "/experts/miriam-calloway/reviewed/",
    ):
        client.get(path)  # makes what is missing of the pictures
        cache.clear()
        Site.get_site_root_paths()  # a process remembers these, not every picture
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        assert len(found) <= LIMIT, [query["sql"] for query in found]
