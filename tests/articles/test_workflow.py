"""From a draft to a live answer: the editor’s check, then a clinician’s sign-off."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.answers.sign_off import CHECKLIST, content_hash
from articles.models import SignOff
from tests.factories.articles import SourceFactory, cite
from tests.factories.core import ExpertFactory

from .editor_form import editor_form, words
from .signing import (
    IN_DIALOG,
    action_path,
    approve,
    dialog,
    fresh,
    save_draft,
    sent,
    ticked,
)
from .texts import NEW

pytestmark = pytest.mark.django_db

APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}


class TestTheWholeWay:
    def test_leads_from_the_editors_form_to_readers(
        self, client, draft, editor, reviewer, clinician
    ):
        form = editor_form(draft, **{"action-submit": "1"})
        editor.post(f"/admin/pages/{draft.pk}/edit/", form)
        assert fresh(draft).current_workflow_task.name == "Editor’s check"
        approve(draft, editor)
        assert fresh(draft).current_workflow_task.name == "Clinician’s sign-off"
        assert not fresh(draft).live

        reviewer.post(action_path(draft), ticked(draft))

        page = fresh(draft)
        assert page.live
        assert not page.workflow_in_progress
        given = page.sign_off
        assert given.clinician == clinician
        assert given.user == clinician.user
        assert given.revision == page.live_revision
        assert given.content_hash == content_hash(page)
        assert given.checklist == list(CHECKLIST.values())
        assert given.comment == "Read twice."
        assert page.review_due == given.review_due
        assert clinician.name in client.get(page.url).content.decode()

    def test_shows_up_among_what_waits_for_the_clinician(self, reviewer, waiting):
        assert waiting.title in reviewer.get("/admin/").content.decode()
        page = reviewer.get(f"/admin/pages/{waiting.pk}/edit/").content.decode()
        assert action_path(waiting, kind="collect_workflow_action_data") in page
        assert "Sign off" in page


class TestCorrectedWhileApproving:
    """The editor mends a word and presses Approve in the same form."""

    @pytest.fixture
    def submitted(self, draft):
        draft.get_workflow().start(draft, None)
        return draft

    def form_to_approve(self, page, **changes) -> dict:
        opened = fresh(page).latest_revision
        seen = {
            "loaded_revision_id": opened.pk,
            "loaded_revision_created_at": opened.created_at.isoformat(),
        }
        return editor_form(opened.as_object(), **APPROVE, **seen, **changes)

    def correct(self, editor, page, how: str) -> str:
        path = f"/admin/pages/{page.pk}/edit/"
        if how == "at once":
            form = self.form_to_approve(page, short_answer=NEW)
            return words(editor.post(path, form))
        json_wanted = {"accept": "application/json"} if how == "autosaved" else {}
        form = editor_form(page, short_answer=NEW)
        saved = editor.post(path, form, headers=json_wanted)
        if how == "autosaved":
            form["overwrite_revision_id"] = saved.json()["revision_id"]
        return words(editor.post(path, {**form, **APPROVE}))

    @pytest.mark.parametrize("how", ["at once", "saved", "autosaved"])
    def test_goes_on_to_the_clinician_whose_sign_off_covers_it(
        self, editor, reviewer, submitted, how
    ):
        page = self.correct(editor, submitted, how)
        assert "It waits for the next step: Clinician’s sign-off." in page
        assert fresh(submitted).revisions.count() == 2
        reviewer.post(action_path(submitted), ticked(submitted))
        page = fresh(submitted)
        assert page.live
        assert page.short_answer == NEW
        assert page.sign_off.covers(page)
        assert page.sign_off.revision == page.live_revision

    def test_a_change_after_it_goes_past_the_editor_again(
        self, editor, reviewer, submitted
    ):
        self.correct(editor, submitted, "at once")
        save_draft(submitted, short_answer=f"{NEW} And more.")
        reviewer.post(action_path(submitted), ticked(submitted))
        assert not fresh(submitted).live
        assert fresh(submitted).current_workflow_task.name == "Editor’s check"

    def test_a_text_that_somebody_else_saved_meanwhile_is_not_passed_over(
        self, editor, submitted
    ):
        form = self.form_to_approve(submitted)
        save_draft(submitted, short_answer=NEW)
        page = words(editor.post(f"/admin/pages/{submitted.pk}/edit/", form))
        assert "somebody saved another text after you opened this" in page
        assert fresh(submitted).current_workflow_task.name == "Editor’s check"

    def test_a_change_by_somebody_else_is_not_approved_unread(self, editor, submitted):
        """From a list of what waits, where no text is to be seen."""
        save_draft(submitted, short_answer=NEW)
        approve(submitted, editor)
        assert fresh(submitted).current_workflow_task.name == "Editor’s check"

    def test_sent_twice_it_is_done_once(self, editor, submitted):
        form = self.form_to_approve(submitted, short_answer=NEW)
        path = f"/admin/pages/{submitted.pk}/edit/"
        editor.post(path, form)
        assert "done this step already" in words(editor.post(path, form))
        assert fresh(submitted).current_workflow_task.name == "Clinician’s sign-off"
        assert fresh(submitted).revisions.count() == 2


class TestTheDialog:
    def test_tells_what_there_is_to_sign(self, reviewer, draft, editor):
        source = SourceFactory(year=timezone.localdate().year)
        cite(draft, source)
        save_draft(draft, evidence="weak", body=draft.body)
        sent(draft, editor)
        html = dialog(reviewer, draft)
        assert "Weak evidence" in html
        assert "Sources cited: <strong>1</strong>" in html
        assert "No clinician has signed this off yet" in html
        assert "Weak evidence: 12 months." in html  # why this day is proposed
        for statement in CHECKLIST.values():
            assert statement in html
        year = timezone.localdate().year + 1
        assert f'value="{year}-' in html

    def test_opens_for_a_text_whose_rating_was_taken_away(self, reviewer, waiting):
        url = f"/admin/pages/{waiting.pk}/edit/"
        reviewer.post(url, editor_form(waiting, evidence=""))
        assert "can be signed until this is put right" in dialog(reviewer, waiting)

    def test_leads_to_what_changed_since_the_last_sign_off(
        self, reviewer, live, editor
    ):
        save_draft(live, short_answer=NEW)
        sent(live, editor)
        html = dialog(reviewer, live)
        assert "The text has changed since" in html
        newest = fresh(live).latest_revision_id
        path = f"/admin/pages/{live.pk}/revisions/compare/{live.sign_off.revision_id}"
        assert f"{path}...{newest}/" in html
        compared = reviewer.get(f"{path}...{newest}/")
        assert "A new short answer" in compared.content.decode()

    @pytest.mark.parametrize("missing", CHECKLIST)
    def test_wants_every_box_ticked(self, reviewer, waiting, missing):
        form = ticked(waiting)
        del form[missing]
        response = reviewer.post(action_path(waiting), form, headers=IN_DIALOG)
        assert "Tick this, or request changes" in response.json()["html"]
        assert not SignOff.objects.exists()
        assert fresh(waiting).workflow_in_progress

    @pytest.mark.parametrize(
        ("days", "message"), [(0, "in the future"), (1900, "next three years")]
    )
    def test_wants_a_date_of_the_next_review(self, reviewer, waiting, days, message):
        due = timezone.localdate() + timedelta(days=days)
        form = ticked(waiting, review_due=f"{due}")
        response = reviewer.post(action_path(waiting), form, headers=IN_DIALOG)
        assert message in response.json()["html"]
        assert not SignOff.objects.exists()

    def test_refuses_a_text_that_changed_meanwhile(self, reviewer, waiting):
        form = ticked(waiting)
        save_draft(waiting, short_answer=NEW)
        response = reviewer.post(action_path(waiting), form, headers=IN_DIALOG)
        assert "The text was changed after you opened this" in response.json()["html"]
        assert not SignOff.objects.exists()
        assert fresh(waiting).workflow_in_progress

    def test_wants_words_with_a_request_for_changes(self, reviewer, waiting):
        path = action_path(waiting, "reject")
        html = reviewer.post(path, headers=IN_DIALOG).json()["html"]
        assert "Say what should be changed." in html
        reviewer.post(path, {"comment": "State the harms."}, headers=IN_DIALOG)
        state = fresh(waiting).current_workflow_state
        assert state.status == state.STATUS_NEEDS_CHANGES
        assert state.current_task_state.comment == "State the harms."


class TestWhoMayNotSign:
    def refused(self, client, page, message: str) -> bool:
        shown = message in dialog(client, page)
        form = ticked(page)
        posted = client.post(action_path(page), form, headers=IN_DIALOG)
        direct = client.post(action_path(page), form)
        assert not SignOff.objects.exists()
        assert fresh(page).workflow_in_progress
        in_words = message in posted.json()["html"] and message in words(direct)
        return shown and in_words

    def test_somebody_without_an_expert(self, client_of, waiting):
        client = client_of("Clinical reviewers")
        assert self.refused(client, waiting, "not linked to an expert")

    def test_somebody_who_left(self, reviewer, clinician, waiting):
        clinician.is_active = False
        clinician.save()
        assert self.refused(reviewer, waiting, "no longer active")

    def test_who_answered_when_the_evidence_is_strong(
        self, reviewer, clinician, draft, editor
    ):
        cite(draft, SourceFactory())
        save_draft(draft, evidence="strong", expert=clinician, body=draft.body)
        sent(draft, editor)
        assert self.refused(reviewer, draft, "You answered this question yourself")

    def test_who_answered_may_when_no_evidence_is_claimed(
        self, reviewer, clinician, draft, editor
    ):
        save_draft(draft, expert=clinician)
        sent(draft, editor)
        reviewer.post(action_path(draft), ticked(draft))
        assert fresh(draft).live

    def test_anybody_while_something_is_missing(self, reviewer, draft, editor):
        save_draft(draft, short_answer="Too short.")
        sent(draft, editor)
        assert self.refused(reviewer, draft, "Write at least 40")


class TestSuperusers:
    def test_sign_when_linked_to_an_expert(self, user_in, waiting):
        user = user_in(is_superuser=True)
        ExpertFactory(user=user)
        client = Client()
        client.force_login(user)
        client.post(action_path(waiting), ticked(waiting))
        assert fresh(waiting).live

    def test_only_request_changes_otherwise(self, owner, waiting):
        page = owner.get(f"/admin/pages/{waiting.pk}/edit/").content.decode()
        assert "Request changes" in page
        assert "Sign off" not in page.replace("Sign-off", "")
        owner.post(action_path(waiting), ticked(waiting))
        assert not SignOff.objects.exists()


def test_old_versions_are_removed_but_not_what_was_signed(live):
    signed = live.sign_off.revision
    save_draft(live, short_answer=NEW)
    save_draft(live, short_answer=NEW + " More.")
    fresh(live).revisions.update(created_at=timezone.now() - timedelta(days=200))
    call_command("purge_revisions", days=90)
    assert signed in fresh(live).revisions.all()
    assert fresh(live).revisions.count() == 2
