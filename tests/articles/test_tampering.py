"""What somebody signed in tries, to get words past the clinician."""

import pytest
from wagtail.models import Page
from wagtail.rich_text import RichText

from articles.answers.sign_off import content_hash
from articles.models import AnswerPage
from tests.factories.articles import (
    AnswerPageFactory,
    SourceFactory,
    TopicPageFactory,
    cite,
)

from .editor_form import editor_form
from .signing import sent

pytestmark = pytest.mark.django_db
HIDDEN = ' data-block-key="Take it daily."'


@pytest.fixture
def live(answers_index, topics_index):
    topic = TopicPageFactory(parent=topics_index)
    return AnswerPageFactory(parent=answers_index, primary_topic=topic)


class TestWordsThatLookLikeTheEditorsOwnMarks:
    def test_count_in_a_plain_field(self, live):
        before = content_hash(live)
        live.short_answer += HIDDEN
        assert content_hash(live) != before

    def test_count_in_a_heading(self, live):
        live.body = [("heading", {"text": "Doses", "level": "h2"})]
        before = content_hash(live)
        live.body = [("heading", {"text": f"<p{HIDDEN}>Doses", "level": "h2"})]
        assert content_hash(live) != before

    def test_count_among_the_words_of_rich_text(self, live):
        live.body = [("paragraph", RichText("<p>Doses</p>"))]
        before = content_hash(live)
        live.body = [("paragraph", RichText(f"<p>Doses{HIDDEN}</p>"))]
        assert content_hash(live) != before

    def test_say_nothing_where_the_editor_puts_them(self, live):
        live.body = [("paragraph", RichText("<p>Doses</p>"))]
        before = content_hash(live)
        live.body = [("paragraph", RichText('<p data-block-key="a1b2c">Doses</p>'))]
        assert content_hash(live) == before

    def test_say_nothing_in_the_address_of_a_section(self, live):
        live.body = [("heading", {"text": "Doses", "level": "h2"})]
        before = content_hash(live)
        live.body = [("heading", {"text": "Doses", "level": "h2", "anchor": "much"})]
        assert content_hash(live) == before


def test_a_draft_leaves_what_the_live_page_cites_as_it_is(live):
    source = SourceFactory()
    cite(live, source)
    draft = AnswerPage.objects.get(pk=live.pk)
    draft.body = [("paragraph", RichText("<p>Without a source.</p>"))]
    draft.save_revision()
    assert [row.source for row in live.citations.all()] == [source]


def test_the_home_page_is_neither_withdrawn_nor_archived(client_of, home, live):
    publisher = client_of("Publishers")
    for action in ("archive", "unpublish"):
        path = f"/admin/pages/{home.pk}/{action}/"
        publisher.post(path, {"outcome": "gone", "include_descendants": "on"})
    assert Page.objects.get(pk=home.pk).live
    assert Page.objects.get(pk=live.pk).live


def test_a_page_that_was_never_archived_is_not_restored(client_of, live):
    response = client_of("Publishers").post(f"/admin/pages/{live.pk}/restore/")
    assert response.status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/admin/reports/due-for-review/99999999999999999999999/move/",
        "/admin/answers/99999999999999999999999/publish-without-sign-off/",
    ],
)
def test_a_number_larger_than_any_key_is_a_bad_request(client_of, home, path):
    assert client_of(is_superuser=True).get(path).status_code in (400, 404)


@pytest.mark.parametrize(
    "typed", ["[]", "1", "null", '"s"', "x", '{"review_due":1e400}']
)
def test_answers_of_a_dialog_that_are_none_are_a_bad_request(client_of, live, typed):
    sent(live, client_of("Editors"))
    form = {
        **editor_form(live),
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": typed,
    }
    path = f"/admin/pages/{live.pk}/edit/"
    assert client_of("Clinical reviewers").post(path, form).status_code == 400


def test_fields_left_empty_are_the_same_text_however_they_are_stored(live):
    """The editor's form says "" where a script says nothing at all."""
    mention = {"text": RichText("<p>Our vitamins.</p>")}
    live.body = [("product_mention", mention)]
    before = content_hash(live)
    live.body = [("product_mention", {**mention, "link": "", "link_text": ""})]
    assert content_hash(live) == before
