import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic_site.pages.search import plain_words
from tests.factories.articles import AnswerPageFactory, TopicPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers(answers_index, topics_index):
    topic = TopicPageFactory(parent=topics_index)

    def make(**fields):
        return AnswerPageFactory(parent=answers_index, primary_topic=topic, **fields)

    return [
        make(title="Does biotin help hair grow?"),
        make(short_answer="Tight braids can pull hair out, and it may not come back."),
        make(title="A draft about biotin", live=False),
    ]


def titles(response) -> list[str]:
    soup = BeautifulSoup(response.content, "html.parser")
    return [link.text for link in soup.select(".card__title")]


def test_it_finds_by_title_and_by_text(client, answers):
    assert titles(client.get("/search/", {"q": "biotin"})) == [answers[0].title]
    assert titles(client.get("/search/", {"q": "BRAIDS pull"})) == [answers[1].title]


def test_nothing_found_offers_other_ways(client, answers):
    response = client.get("/search/", {"q": "wombat"})
    page = response.content.decode()
    assert "Nothing found for “wombat”" in page
    assert "/free-consultation/" in page


def test_an_empty_search_shows_topics(client, answers):
    for query in ({}, {"q": ""}, {"q": "   "}, {"other": "x"}):
        response = client.get("/search/", query)
        assert response.status_code == 200
        assert titles(response) == []


def test_what_was_typed_is_shown_escaped_and_never_in_the_title(client, db):
    typed = '"><script>alert(1)</script>'
    response = client.get("/search/", {"q": typed})
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one("#search-q")["value"] == typed
    assert not soup.find("script")
    assert "alert" not in soup.title.text


@pytest.mark.parametrize(
    "typed",
    ['"', '""', "'", "\x00", "a\x00b", "  ", "AND", "NEAR(a b)", "*", "a*", "-"],
)
def test_no_input_breaks_it(client, answers, typed):
    assert client.get("/search/", {"q": typed}).status_code == 200


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(typed=st.text(max_size=200))
def test_no_text_at_all_breaks_it(client, answers, typed):
    from django.core.cache import cache

    cache.clear()
    assert client.get("/search/", {"q": typed}).status_code == 200


@given(st.text())
def test_plain_words_hold_letters_and_digits_only(typed):
    words = plain_words(typed).split()
    assert len(words) <= 10
    assert all(character.isalnum() or character in "'-" for character in "".join(words))


def test_a_flood_of_searches_is_slowed_down(client, db):
    answers = [client.get("/search/").status_code for _ in range(61)]
    assert answers[:60] == [200] * 60
    assert answers[60] == 429
    assert client.get("/search/")["Retry-After"]
