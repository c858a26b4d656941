"""Which answers an answer leads to, and the reasons it gives."""

import pytest
from bs4 import BeautifulSoup

from articles.models import RelatedAnswer
from tests.factories.articles import (
    AnswerPageFactory,
    SourceFactory,
    TopicPageFactory,
    cite,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def topics(topics_index):
    return TopicPageFactory.create_batch(3, parent=topics_index)


@pytest.fixture
def make_answer(answers_index):
    def make(topic, others=(), **fields):
        page = AnswerPageFactory(parent=answers_index, primary_topic=topic, **fields)
        if others:
            page.topics = others
            write(page)
        return page

    return make


def told(client, page) -> list[tuple[str, str]]:
    """The related answers that readers see, each with its reason."""
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    return [
        (card.select_one(".card__title").text, card.select_one(".card__reason").text)
        for card in soup.select(".related .card")
    ]


def test_picks_come_first_then_sources_then_topics(client, topics, make_answer):
    main, second, third = topics
    source, other_source = SourceFactory.create_batch(2)
    answer = make_answer(main, [second])
    elsewhere = make_answer(third, [second])
    same_topic, main_elsewhere = make_answer(main), make_answer(second)
    cites_both, cites_one = make_answer(third), make_answer(third)
    pick = make_answer(third)
    for page in (answer, cites_both):
        cite(page, source, other_source)
    cite(cites_one, source)

    expected = [
        (pick, "Picked by our editors"),
        (cites_both, "Cites 2 of the same sources"),
        (same_topic, "Same topic"),
        (cites_one, "Cites one of the same sources"),
        (main_elsewhere, "Shares a topic"),
        (elsewhere, f"Also in {second.title}"),
    ]
    answer.related = [RelatedAnswer(answer=pick)]
    write(answer)
    assert told(client, answer) == [
        (page.title, reason) for page, reason in expected[:3]
    ]

    for page, _reason in expected[:3]:
        type(page).objects.filter(pk=page.pk).update(live=False)
    assert told(client, answer) == [
        (page.title, reason) for page, reason in expected[3:]
    ]


def test_where_nothing_is_close_the_newest_stand_there(client, topics, make_answer):
    main, second, third = topics
    answer = make_answer(main)
    old = make_answer(second, first_published_at="2020-01-01T09:00:00+00:00")
    newest = [
        make_answer(third, first_published_at=f"2026-11-0{day}T09:00:00+00:00")
        for day in (3, 2, 1)
    ]

    shown = told(client, answer)

    assert shown == [(page.title, "New on this site") for page in newest]
    assert old.title not in str(shown)


def test_no_topic_is_named_that_visitors_cannot_open(client, topics, make_answer):
    main, closed, third = topics
    answer = make_answer(main, [closed])
    make_answer(third, [closed])
    make_answer(closed)
    cards = "/answers/"

    assert f"Also in {closed.title}" in str(told(client, answer))
    type(closed).objects.filter(pk=closed.pk).update(live=False)

    assert closed.title not in client.get(answer.url).content.decode()
    assert closed.title not in client.get(cards).content.decode()
