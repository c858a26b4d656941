"""What an editor sees before an answer goes out, in each of its forms."""

import pytest
from bs4 import BeautifulSoup
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from tests.factories.articles import AnswerPageFactory, TopicPageFactory
from tests.factories.core import ClinicImageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.rendering]
TYPED = "Typed a moment ago: nobody knows, the studies are small."


@pytest.fixture
def topic(topics_index):
    return TopicPageFactory(parent=topics_index)


@pytest.fixture
def answer(answers_index, topic):
    return AnswerPageFactory(
        parent=answers_index, primary_topic=topic, picture=ClinicImageFactory()
    )


@pytest.fixture
def editor(client_of):
    return client_of("Editors")


def what_is_typed(answer) -> dict:
    paragraph = rich_text("<p>A text.</p>", features=["bold", "link", "source"])
    return nested_form_data(
        {
            "title": answer.title,
            "slug": answer.slug,
            "question": answer.question,
            "asker_name": "Sam",
            "short_answer": TYPED,
            "picture": answer.picture.pk if answer.picture else "",
            "body": streamfield([("paragraph", paragraph)]),
            "evidence": "weak",
            "expert": answer.expert.pk,
            "primary_topic": answer.primary_topic.pk,
            "changes": streamfield([]),
            "related": inline_formset([]),
            "comments": inline_formset([]),
        }
    )


@pytest.fixture
def preview(editor, answer):
    """A form of the answer as the panel beside the editor shows it."""
    path = f"/admin/pages/{answer.pk}/edit/preview/"
    assert editor.post(path, what_is_typed(answer)).json()["is_valid"]

    def show(mode: str) -> BeautifulSoup:
        response = editor.get(path, {"mode": mode, "in_preview_panel": "true"})
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return show


def test_the_page(preview, answer):
    soup = preview("")
    assert TYPED in soup.select_one(".short-answer").text
    assert not soup.select("link[href*='print.css'][media=all]")


def test_the_card_in_lists(preview, answer):
    soup = preview("card")
    card = soup.select_one("main .card")
    assert card.select_one(".card__title").text == answer.title
    assert TYPED in card.text
    assert card.img
    assert not soup.select(".short-answer")


def test_a_shared_link(preview, answer):
    link = preview("social").select_one(".shared-link")
    assert link.select_one(".shared-link__title").text == answer.title
    assert link.select_one(".shared-link__description").text == TYPED
    assert link.img["alt"] == answer.picture.description


def test_a_printed_copy(preview):
    soup = preview("print")
    assert TYPED in soup.select_one(".short-answer").text
    assert soup.select_one("link[href*='print.css'][media=all]")
    assert soup.select_one(".print-foot svg")


def test_the_appointment_sheet(preview):
    soup = preview("sheet")
    assert TYPED in soup.select_one(".sheet__answer").text
    assert soup.select(".sheet__questions li")


@pytest.mark.parametrize("mode", ["", "card", "social", "print", "sheet"])
def test_each_form_of_an_answer_that_is_not_saved_yet(
    editor, answers_index, topic, mode
):
    new = AnswerPageFactory.build(slug="new", primary_topic=topic, picture=None)
    new.expert.save()
    path = f"/admin/pages/add/articles/answerpage/{answers_index.pk}/preview/"
    assert editor.post(path, what_is_typed(new)).json()["is_valid"]

    response = editor.get(path, {"mode": mode})

    assert response.status_code == 200
    assert TYPED in response.content.decode()


def test_the_editor_offers_them_all(editor, answer):
    soup = BeautifulSoup(
        editor.get(f"/admin/pages/{answer.pk}/edit/").content, "html.parser"
    )
    offered = [o["value"] for o in soup.select("#id_preview_mode option")]
    assert offered == ["", "card", "social", "print", "sheet"]


def test_an_unknown_form_shows_the_page(editor, answer):
    response = editor.get(f"/admin/pages/{answer.pk}/view_draft/", {"mode": "nonsense"})
    assert answer.short_answer in response.content.decode()
