"""Wagtail's own screens about an answer, as an editor meets them."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse
from wagtail.models import Comment, Workflow

from articles.answers.previews import MODES
from articles.models import AnswerPage, RelatedAnswer
from tests.factories.articles import AnswerPageFactory

from .editor_form import editor_form, words

pytestmark = [pytest.mark.django_db, pytest.mark.rendering]
COMMENTS_OFF = {
    "comment_notifications": "",
    "comments-TOTAL_FORMS": 1,
    "comments-INITIAL_FORMS": 0,
    "comments-MIN_NUM_FORMS": 0,
    "comments-MAX_NUM_FORMS": 1000,
    "comments-0-replies-TOTAL_FORMS": 0,
    "comments-0-replies-INITIAL_FORMS": 0,
    "comments-0-replies-MIN_NUM_FORMS": 0,
    "comments-0-replies-MAX_NUM_FORMS": 1000,
}


@pytest.fixture
def editor(user_in):
    return user_in("Editors")


@pytest.fixture
def admin(editor, client):
    """Opens a screen of an answer: admin("history", page) gives its text."""
    client.force_login(editor)

    def read(name: str, page: AnswerPage, *args, **query) -> str:
        url = reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *args])
        response = client.get(url, query)
        assert response.status_code == 200
        text = re.sub(r"<[^>]+>", " ", response.content.decode())
        return re.sub(r"\s+", " ", unescape(text))

    return read


def body(*paragraphs: str) -> str:
    """Each paragraph is the same block as the one in its place before."""
    blocks = [
        {"type": "paragraph", "value": f"<p>{text}</p>", "id": f"block-{place}"}
        for place, text in enumerate(paragraphs)
    ]
    return json.dumps(blocks)


def test_the_history_names_each_step_and_who_did_it(admin, live, editor):
    live.save_revision(user=editor, log_action=True)
    Workflow.objects.get(name="Check and sign-off").start(live, editor)
    text = admin("history", live)
    assert "Draft saved" in text
    assert "'Check and sign-off' started" in text
    assert "editors" in text


def test_two_revisions_are_compared_block_by_block(admin, draft):
    draft.body = body("The studies are small.", "Nobody repeated them.")
    first = draft.save_revision()
    draft.body = body("The studies are large.", "Three teams repeated them.")
    draft.short_answer = "We know now that it does, from three large studies."
    second = draft.save_revision()
    text = admin("revisions_compare", draft, first.pk, second.pk)
    assert "The studies are small. large." in text
    assert "Three teams" in text
    assert "three large studies" in text
    assert "There are no differences" not in text


def test_a_draft_is_compared_with_what_is_live(admin, live):
    live.title = "A title nobody has checked"
    live.save_revision()
    text = admin("revisions_compare", live, "live", "latest")
    assert "A title nobody has checked" in text


def test_usage_names_the_answers_that_lead_here(admin, live, answers_index, topic):
    other = AnswerPageFactory(parent=answers_index, primary_topic=topic)
    RelatedAnswer.objects.create(page=other, answer=live)
    assert other.title in admin("usage", live)


def test_a_copy_is_a_draft_that_nobody_has_signed_off(admin, client, live, editor):
    assert "Copy" in admin("copy", live)
    fields = {
        "new_title": "The same for children",
        "new_slug": "the-same-for-children",
        "new_parent_page": live.get_parent().pk,
    }
    response = client.post(reverse("wagtailadmin_pages:copy", args=[live.pk]), fields)
    assert response.status_code == 302
    copy = AnswerPage.objects.get(slug="the-same-for-children")
    assert copy.title == "The same for children"
    assert (copy.live, copy.sign_off) == (False, None)
    assert copy.owner == editor
    assert copy.short_answer == live.short_answer
    live.refresh_from_db()
    assert live.sign_off is not None


def test_a_comment_on_a_field_is_kept_and_shown_again(admin, client, draft, editor):
    form = editor_form(draft) | COMMENTS_OFF
    form |= {
        "comments-0-id": "",
        "comments-0-contentpath": "short_answer",
        "comments-0-text": "Who says so?",
        "comments-0-position": "",
        "comments-0-DELETE": "",
        "comments-0-resolved": "",
    }
    response = client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), form)
    assert "Who says so?" in words(response)
    comment = Comment.objects.get(page=draft)
    assert (comment.text, comment.contentpath) == ("Who says so?", "short_answer")
    assert comment.user == editor


def test_the_workflow_says_where_an_answer_is_and_was(admin, draft, editor):
    Workflow.objects.get(name="Check and sign-off").start(draft, editor)
    draft.current_workflow_task_state.reject(user=editor, comment="Cite the trial")
    state = draft.workflow_states.get()
    assert "Check and sign-off" in admin("workflow_history", draft)
    text = admin("workflow_history_detail", draft, state.pk)
    assert "Editor’s check" in text
    assert "Cite the trial" in text


@pytest.mark.parametrize("mode", MODES)
def test_a_draft_is_previewed_in_every_form(admin, draft, mode):
    draft.title = "Does a preview show what was just saved?"
    draft.save_revision()
    assert "Does a preview show" in admin("view_draft", draft, mode=mode)


def test_an_older_revision_can_be_looked_at(admin, draft):
    draft.title = "As it was in spring"
    revision = draft.save_revision()
    draft.title = "As it is now"
    draft.save_revision()
    assert "As it was in spring" in admin("revisions_view", draft, revision.pk)


def test_answers_are_not_sorted_by_hand(admin_client, draft):
    """Wagtail shows all of them at once for it: minutes, for thousands."""
    answers = draft.get_parent()
    for page, is_offered in ((answers, False), (answers.get_parent(), True)):
        path = f"/admin/pages/{page.pk}/"
        html = admin_client.get(path).content.decode()
        assert (f'href="{path}?ordering=ord"' in html) == is_offered
