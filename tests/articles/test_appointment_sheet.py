"""An answer on a sheet to take along."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction
from wagtail.rich_text import RichText

from articles.answers.previews import MODES
from articles.answers.sheet import GENERAL_QUESTIONS
from articles.models import AnswerPage
from tests.factories.articles import (
    AnswerPageFactory,
    SourceFactory,
    TopicPageFactory,
    marker,
    write,
)
from tests.factories.core import ClinicFactory

from .test_print import read_qr_code

pytestmark = [pytest.mark.django_db, pytest.mark.rendering]


@pytest.fixture
def answer(answers_index, topics_index):
    topic = TopicPageFactory(parent=topics_index)
    return AnswerPageFactory(parent=answers_index, primary_topic=topic)


def sheet_of(client, answer) -> BeautifulSoup:
    response = client.get(f"{answer.url}appointment-sheet/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def questions(soup: BeautifulSoup) -> list[str]:
    return [item.text for item in soup.select(".sheet__questions li")]


def callout(kind: str, title: str, words: str) -> tuple[str, dict]:
    return "callout", {
        "kind": kind,
        "title": title,
        "text": RichText(f"<p>{words}</p>"),
    }


def test_it_has_the_answer_and_room_to_write(client, answer):
    clinic = ClinicFactory()
    answer.evidence, answer.evidence_note = "none", "Three small trials."
    write(answer)

    soup = sheet_of(client, answer)
    text = soup.main.text

    assert soup.h1.text == answer.title
    assert soup.title.text.startswith(f"Appointment sheet: {answer.title}")
    assert answer.short_answer in text
    assert "Three small trials." in text
    assert answer.expert.name in text
    assert "My notes" in text
    assert clinic.name in text and "020 7946 0958" in text
    assert read_qr_code(soup.select_one("svg.qr")) == answer.full_url


def test_harms_are_on_it_and_what_is_only_good_to_know_is_not(client, answer):
    source = SourceFactory(authors="Rinaldi F", year=2017)
    answer.body = [
        callout("note", "Prices differ", "Ask first."),
        callout("warning", "Infections", f"They happen {marker(source)}."),
        callout("doctor", "Fever", "Do not wait."),
    ]
    write(answer)

    soup = sheet_of(client, answer)

    assert [
        title.text.split("\n")[-1].strip() for title in soup.select(".callout__title")
    ] == [
        "Take care: Infections",
        "See a doctor now: Fever",
    ]
    assert (
        "Rinaldi F, Journal of Cosmetic Dermatology, 2017"
        in soup.select_one(".sheet__sources").text
    )
    assert soup.select_one(".sheet__sources a")["href"] == source.link()
    for link in soup.select(".callout a[href^='#']"):
        assert soup.find(id=link["href"][1:])


def test_the_editors_questions_take_the_place_of_the_general_ones(client, answer):
    general = questions(sheet_of(client, answer))
    assert set(GENERAL_QUESTIONS["not_applicable"]) < set(general)

    answer.questions_to_ask = "How many sessions?\n\n  Who pays if it fails?  \n"
    write(answer)
    assert questions(sheet_of(client, answer)) == [
        "How many sessions?",
        "Who pays if it fails?",
    ]


def test_many_sources_leave_room_to_write(client, answer):
    sources = SourceFactory.create_batch(20, authors="Lind A, Berg B, Holm C")
    answer.body = [
        ("paragraph", RichText("<p>" + " ".join(map(marker, sources)) + "</p>")),
        callout("warning", "Infections", f"They happen {marker(sources[18])}."),
    ]
    sources[11].status = "retracted"
    sources[11].save()
    write(answer)

    listed = sheet_of(client, answer).select_one(".sheet__sources")

    numbers = [int(item["value"]) for item in listed.select("li")]
    assert numbers == [1, 2, 3, 4, 5, 6, 12, 19]
    assert listed.find(id="source-19")["value"] == "19"
    assert "Lind A et al., Journal" in listed.text
    assert "And 12 more" in listed.text


@pytest.mark.parametrize("mode", MODES)
def test_a_draft_that_nobody_has_rated_is_previewed(answer, mode):
    answer.evidence = ""
    response = answer.make_preview_request(preview_mode=mode)
    assert response.status_code == 200


@pytest.mark.parametrize("rating", AnswerPage.Evidence.values)
def test_every_rating_has_general_questions(rating):
    assert len(GENERAL_QUESTIONS[rating]) >= 3


def test_search_engines_are_sent_to_the_answer(client, answer):
    soup = sheet_of(client, answer)

    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert soup.select_one("link[rel=canonical]")["href"] == answer.full_url


def test_without_scripts_there_is_no_print_button(client, answer):
    assert sheet_of(client, answer).select_one("[data-print]").has_attr("hidden")


def test_a_draft_has_none(client, answers_index, answer):
    draft = AnswerPageFactory(
        parent=answers_index, primary_topic=answer.primary_topic, live=False
    )
    assert client.get(f"{draft.url}appointment-sheet/").status_code == 404


def test_neither_have_addresses_that_do_not_exist(client, answer, topics_index):
    assert client.get(f"{answer.url}appointment-sheets/").status_code == 404
    assert client.get(f"{answer.url}appointment-sheet/x/").status_code == 404
    assert client.get(f"{topics_index.url}appointment-sheet/").status_code == 404


def test_it_is_as_private_as_the_answer(client, answer):
    restriction = PageViewRestriction.objects.create(
        page=answer, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set(Group.objects.filter(name="Editors"))

    response = client.get(f"{answer.url}appointment-sheet/")

    assert response.status_code == 302
    assert "/login/" in response["Location"]
