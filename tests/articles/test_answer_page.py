import re
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from wagtail.rich_text import RichText

from articles.models import AnswerPage, Citation, RelatedAnswer
from tests.factories.articles import (
    AnswerPageFactory,
    SourceFactory,
    TopicPageFactory,
    marker,
    reviewed_by,
    write,
)
from tests.factories.core import ClinicImageFactory, ExpertFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(topics_index):
    return TopicPageFactory(parent=topics_index, title="Treatments explained")


@pytest.fixture
def answer(answers_index, topic):
    return AnswerPageFactory(parent=answers_index, primary_topic=topic)


def page_of(client, page) -> BeautifulSoup:
    response = client.get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_it_shows_the_question_and_the_answer(client, answer):
    soup = page_of(client, answer)

    assert soup.h1.text == answer.title
    question = soup.select_one(".question").text
    assert "Sam asked on 10 August 2026" in re.sub(r"\s+", " ", question)
    assert answer.question in question
    assert answer.short_answer in soup.select_one(".short-answer").text
    assert "Many small injections" in soup.select_one(".prose").text


def test_it_says_who_answered_and_who_checked_what(client, answer):
    reviewed_by(
        answer,
        ExpertFactory(name="Priya Raman", register_number="EXAMPLE-77"),
        what_was_checked="sources read again",
        created_at=datetime(2026, 11, 9, 12, tzinfo=UTC),
    )

    byline = page_of(client, answer).select_one(".byline").text

    assert "Answered by" in byline
    assert answer.expert.name in byline
    assert "Priya Raman" in byline
    assert "EXAMPLE-77" in byline
    assert "9 November 2026: sources read again" in byline


def test_sources_are_numbered_and_linked_both_ways(client, answer):
    first, second = SourceFactory(), SourceFactory()
    text = f"<p>A claim {marker(first)}. Another {marker(second)}. {marker(first)}</p>"
    answer.body = [("paragraph", RichText(text))]
    write(answer)

    soup = page_of(client, answer)
    items = soup.select(".sources li")
    markers = [a["href"] for a in soup.select(".source-marker a")]

    assert [item.cite.text for item in items] == [first.title, second.title]
    assert items[0].select_one(".sources__link")["href"] == first.link()
    assert markers == ["#source-1", "#source-2", "#source-1"]
    back = [a["href"][1:] for a in items[0].select(".sources__back")]
    assert back == ["use-1-1", "use-1-2"]
    assert all(soup.find(id=anchor) for anchor in back)


def test_contents_appear_from_three_sections_on(client, answer):
    def sections(*texts):
        return [("heading", {"text": text, "level": "h2"}) for text in texts]

    answer.body = sections("What it is", "Does it work?")
    write(answer)
    assert not page_of(client, answer).select(".contents")

    answer.body = sections("What it is", "Does it work?", "Does it work?")
    write(answer)
    soup = page_of(client, answer)
    links = [a["href"] for a in soup.select(".contents a")]
    assert links == [
        "#section-what-it-is",
        "#section-does-it-work",
        "#section-does-it-work-2",
    ]
    assert all(soup.find(id=link[1:]) for link in links)


def test_a_figure_shows_its_alternative_text_caption_and_credit(client, answer):
    image = ClinicImageFactory(credit="Drawing: A. Person")
    image.contextual_alt_text = "A needle near a root"
    image.decorative = False
    answer.body = [("figure", {"image": image, "caption": "Where it goes."})]
    write(answer)

    figure = page_of(client, answer).figure

    assert figure.img["alt"] == "A needle near a root"
    assert figure.img["width"] and figure.img["height"]
    assert figure.img["fetchpriority"] == "high"  # the first picture of the page
    assert "Where it goes." in figure.figcaption.text
    assert "Drawing: A. Person" in figure.figcaption.text


def test_a_product_mention_is_marked_as_promotion(client, answer):
    answer.body = [("product_mention", {"text": RichText("<p>Our vitamins.</p>")})]
    write(answer)

    assert "Promotion" in page_of(client, answer).select_one(".product-mention").text


@pytest.mark.parametrize(
    ("rating", "words"),
    [
        ("strong", "Strong evidence: Several good studies agree."),
        ("mixed", "Mixed evidence: Studies disagree, or their results hold for some"),
        ("weak", "Weak evidence: There are few studies, or small ones."),
        ("none", "No evidence: No study we know of has tested this."),
        ("not_applicable", "Not a question of evidence: The answer is about"),
    ],
)
def test_every_rating_is_told_in_words_with_the_short_answer_and_after_the_text(
    client, answer, rating, words
):
    AnswerPage.objects.filter(pk=answer.pk).update(evidence=rating)

    soup = page_of(client, answer)
    short, full = (
        soup.select_one(".short-answer__evidence"),
        soup.select_one(".evidence"),
    )

    assert short.text.startswith(words)
    assert soup.select_one(short.a["href"]) is full
    rating_told, explained = words.split(": ")
    assert rating_told.lower() in full.h2.text
    assert explained in full.text


def test_its_topics_stand_above_its_heading(client, topics_index, topic, answer):
    shedding = TopicPageFactory(parent=topics_index, title="Shedding")
    closed = TopicPageFactory(parent=topics_index, title="Not yet open", live=False)
    care = TopicPageFactory(parent=topics_index, title="Scalp care")
    answer.topics = [care, closed, topic, shedding]
    write(answer)

    links = page_of(client, answer).h1.find_previous("ul").select("a")

    assert [link.text for link in links] == [topic.title, "Shedding", "Scalp care"]
    assert [link["href"] for link in links] == [topic.url, shedding.url, care.url]


def test_a_topic_that_was_taken_down_is_not_linked(client, topic, answer):
    topic.unpublish()

    soup = page_of(client, answer)

    assert [link.text for link in soup.select(".breadcrumb a")] == ["Home", "Answers"]
    assert not soup.select(".answer__topics")


def test_text_of_editors_is_escaped(client, answer):
    answer.title = answer.short_answer = answer.asker_name = "<b>&\"'</b>"
    write(answer)

    soup = page_of(client, answer)

    assert soup.h1.text == "<b>&\"'</b>"
    assert soup.select_one(".short-answer p").text == "<b>&\"'</b>"
    assert not soup.select(".question b")


def test_a_topic_lists_answers_of_which_it_is_the_main_or_another_topic(
    client, answers_index, topics_index, topic, answer
):
    other = TopicPageFactory(parent=topics_index)
    also = AnswerPageFactory(parent=answers_index, primary_topic=other)
    also.topics = [topic]
    also.save()
    AnswerPageFactory(parent=answers_index, primary_topic=other)

    titles = {a.text for a in page_of(client, topic).select(".card__title")}

    assert titles == {answer.title, also.title}


def test_drafts_are_shown_nowhere(client, answers_index, topic):
    draft = AnswerPageFactory(parent=answers_index, primary_topic=topic, live=False)

    assert client.get(draft.url).status_code == 404
    assert draft.title not in client.get(answers_index.url).content.decode()
    assert draft.title not in client.get(topic.url).content.decode()


def test_lists_have_pages_and_a_wrong_number_shows_the_nearest(
    client, answers_index, topic
):
    AnswerPageFactory.create_batch(13, parent=answers_index, primary_topic=topic)

    first = page_of(client, answers_index)
    second = BeautifulSoup(client.get("/answers/?page=2").content, "html.parser")

    assert len(first.select(".card")) == 12
    assert first.select_one("[rel=next]")["href"] == "?page=2"
    assert len(second.select(".card")) == 1
    assert second.select_one("[rel=prev]")["href"] == "/answers/"
    assert client.get("/answers/?page=999").status_code == 200
    assert client.get("/answers/?page=x").status_code == 200


class TestTheDatabaseRefuses:
    def test_a_source_twice_on_one_page(self, answer):
        source = SourceFactory()
        Citation.objects.create(page=answer, source=source, number=1)
        with pytest.raises(IntegrityError), transaction.atomic():
            Citation.objects.create(page=answer, source=source, number=2)

    def test_an_answer_related_to_itself(self, answer):
        with pytest.raises(IntegrityError), transaction.atomic():
            RelatedAnswer.objects.create(page=answer, answer=answer)

    def test_an_unknown_rating(self, answer):
        with pytest.raises(IntegrityError), transaction.atomic():
            AnswerPage.objects.filter(pk=answer.pk).update(evidence="miraculous")
