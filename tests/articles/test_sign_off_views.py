"""A sign-off given in the editor, or posted past every form."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.editorial import services
from articles.editorial.viewsets import AnswerEditView
from articles.models import SignOff
from clinic_site.core.publishing import NotPublishable
from tests.factories.articles import AnswerPageFactory
from tests.factories.core import ExpertFactory

from .editor_form import editor_form, words
from .signing import (
    IN_DIALOG,
    action_path,
    approve,
    fresh,
    save_draft,
    sent,
    ticked,
)
from .texts import NEW

pytestmark = pytest.mark.django_db

APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}


class TestPostedDirectly:
    @pytest.mark.parametrize("group", ["Editors", "Publishers", "Contributors"])
    def test_by_another_group(self, client_of, user_in, draft, group):
        user = user_in("Managers")
        editor = Client()
        editor.force_login(user)
        sent(draft, editor)
        other = client_of(group)
        response = other.post(action_path(draft), ticked(draft))
        assert response.status_code in (302, 403)
        assert not SignOff.objects.exists()
        assert not fresh(draft).live

    def test_twice(self, reviewer, waiting):
        path, form = action_path(waiting), ticked(waiting)
        reviewer.post(path, form)
        response = reviewer.post(path, form)
        assert "not currently awaiting moderation" in words(response)
        assert SignOff.objects.count() == 1

    def test_to_a_step_that_is_over(self, reviewer, reviewer_user, waiting):
        state = fresh(waiting).current_workflow_task_state
        path, form = action_path(waiting), ticked(waiting)
        reviewer.post(action_path(waiting, "reject"), {"comment": "No."})
        fresh(waiting).current_workflow_state.resume()
        assert "done this step already" in words(reviewer.post(path, form))
        with pytest.raises(NotPublishable, match="done this step already"):
            services.give_sign_off(task_state=state, user=reviewer_user, answers=form)
        assert not SignOff.objects.exists()

    def test_for_another_page(self, reviewer, waiting, answers_index, editor):
        other = AnswerPageFactory(
            parent=answers_index, primary_topic=waiting.primary_topic, live=False
        )
        other.save_revision()
        sent(other, editor)
        state = fresh(other).current_workflow_task_state
        path = reverse(
            "wagtailadmin_pages:workflow_action",
            args=[waiting.pk, "approve", state.pk],
        )
        assert reviewer.post(path, ticked(other)).status_code == 404
        assert not SignOff.objects.exists()

    def test_with_nothing_filled_in(self, reviewer, waiting):
        page = words(reviewer.post(action_path(waiting)))
        assert "Not approved" in page
        assert not SignOff.objects.exists()
        assert fresh(waiting).workflow_in_progress

    def test_past_every_view(self, waiting, user_in):
        """As a programme might, with a clinician who is in no group."""
        state = fresh(waiting).current_workflow_task_state
        stranger = user_in("Reception")
        ExpertFactory(user=stranger)
        with pytest.raises(PermissionDenied):
            state.task.specific.on_action(state, stranger, "approve", **ticked(waiting))
        assert not SignOff.objects.exists()

    def test_past_the_form(self, waiting, reviewer_user):
        """Approved without a sign-off, the workflow cannot end."""
        state = fresh(waiting).current_workflow_task_state
        with pytest.raises(NotPublishable):
            state.approve(user=reviewer_user)
        assert fresh(waiting).workflow_in_progress


class TestInTheEditor:
    def send(self, client, page, data: dict, **changes):
        collect = action_path(page, kind="collect_workflow_action_data")
        collected = client.post(collect, data, headers=IN_DIALOG).json()
        form = {
            **APPROVE,
            "workflow-action-extra-data": json.dumps(collected["cleaned_data"]),
        }
        text = fresh(page).get_latest_revision().as_object()
        path = f"/admin/pages/{page.pk}/edit/"
        return client.post(path, editor_form(text, **{**form, **changes}))

    def test_a_text_is_signed_as_it_is(self, reviewer, waiting, clinician):
        path = action_path(waiting, kind="collect_workflow_action_data")
        assert "What you checked" in reviewer.get(path).json()["html"]
        due = timezone.localdate() + timedelta(days=123)
        data = ticked(waiting, review_due=f"{due}")
        assert self.send(reviewer, waiting, data).status_code == 302
        given = SignOff.objects.get()
        assert given.clinician == clinician
        assert given.review_due == due
        page = fresh(waiting)
        assert page.live
        assert page.revisions.count() == 1

    def test_a_new_address_does_not_send_it_back(self, reviewer, waiting):
        self.send(reviewer, waiting, ticked(waiting), slug="elsewhere")
        page = fresh(waiting)
        assert page.live
        assert page.slug == "elsewhere"
        assert page.revisions.count() == 2

    def test_the_editors_check_is_passed_at_once_too(self, editor, draft):
        draft.get_workflow().start(draft, None)
        form = editor_form(draft, **APPROVE)
        editor.post(f"/admin/pages/{draft.pk}/edit/", form)
        assert fresh(draft).current_workflow_task.name == "Clinician’s sign-off"

    def test_what_is_typed_while_signing_is_kept_and_not_signed(
        self, reviewer, waiting
    ):
        data = ticked(waiting)
        response = self.send(reviewer, waiting, data, short_answer=NEW)
        assert "The text was changed after you opened this" in words(response)
        page = fresh(waiting)
        assert not SignOff.objects.exists()
        assert page.workflow_in_progress
        assert page.get_latest_revision().content["short_answer"] == NEW

    def test_a_change_by_the_clinician_goes_past_the_editor_again(
        self, reviewer, waiting, editor
    ):
        """Both have agreed to the same text in the end."""
        save_draft(waiting, short_answer=NEW)
        self.send(reviewer, waiting, ticked(waiting))
        assert SignOff.objects.get().revision == fresh(waiting).latest_revision
        assert not fresh(waiting).live
        assert fresh(waiting).current_workflow_task.name == "Editor’s check"
        approve(waiting, editor)
        page = fresh(waiting)
        assert page.live
        assert page.short_answer == NEW
        assert page.sign_off == SignOff.objects.get()

    def test_a_text_changed_after_the_sign_off_is_not_published(
        self, reviewer, waiting, editor
    ):
        save_draft(waiting, short_answer=NEW)
        self.send(reviewer, waiting, ticked(waiting))
        save_draft(waiting, short_answer=f"{NEW} And more.")
        approve(waiting, editor)
        page = fresh(waiting)
        assert not page.live
        assert page.workflow_in_progress


class TestSentTwice:
    @pytest.fixture
    def form(self, waiting):
        answers = {"workflow-action-extra-data": json.dumps(ticked(waiting))}
        return editor_form(waiting, **APPROVE, **answers)

    def test_a_sign_off_is_given_once(self, reviewer, waiting, form):
        path = f"/admin/pages/{waiting.pk}/edit/"
        reviewer.post(path, form)
        page = words(reviewer.post(path, form))
        assert "done this step already. It is live." in page
        assert SignOff.objects.count() == 1
        assert fresh(waiting).revisions.count() == 1
        assert not fresh(waiting).has_unpublished_changes

    def test_what_was_typed_since_is_a_draft(self, reviewer, waiting, form):
        path = f"/admin/pages/{waiting.pk}/edit/"
        reviewer.post(path, form)
        page = words(reviewer.post(path, {**form, "short_answer": NEW}))
        assert "done this step already" in page
        assert fresh(waiting).get_latest_revision().content["short_answer"] == NEW
        assert fresh(waiting).short_answer != NEW

    def test_at_the_same_moment(self, reviewer, waiting, form, monkeypatch):
        """The first is done after the second was found to be allowed."""
        path, data = action_path(waiting), ticked(waiting)
        is_valid = AnswerEditView.workflow_action_is_valid

        def overtaken(view) -> bool:
            found = is_valid(view)
            reviewer.post(path, data)
            return found

        monkeypatch.setattr(AnswerEditView, "workflow_action_is_valid", overtaken)
        response = reviewer.post(f"/admin/pages/{waiting.pk}/edit/", form)
        assert "done this step already. It is live." in words(response)
        assert SignOff.objects.count() == 1


class TestWhoeverActs:
    def test_reads_that_a_clinician_is_next(self, editor, draft):
        fresh(draft).get_workflow().start(fresh(draft), None)
        response = editor.post(action_path(draft), follow=True)
        assert "It waits for the next step: Clinician’s sign-off." in words(response)

    def test_reads_that_it_is_live(self, reviewer, waiting):
        response = reviewer.post(action_path(waiting), ticked(waiting), follow=True)
        assert "It is live." in words(response)

    def test_reads_it_once_though_the_dialog_was_asked_first(self, reviewer, waiting):
        dialog_path = action_path(waiting, kind="collect_workflow_action_data")
        reviewer.post(dialog_path, ticked(waiting), headers=IN_DIALOG)
        response = reviewer.get("/admin/")
        assert "It waits for the next step" not in words(response)

    def test_finds_the_sign_off_as_the_first_button(self, reviewer, editor, waiting):
        path = f"/admin/pages/{waiting.pk}/edit/"
        html = reviewer.get(path).content.decode()
        assert html.index("Sign off\n") < html.index("Save draft")
        assert "Sign off\n" not in editor.get(path).content.decode()

    def test_reads_who_has_it_again(self, editor, user_in, draft):
        writer = user_in("Contributors")
        writer.first_name, writer.last_name = "Mara", "Finch"
        writer.save()
        draft.get_workflow().start(draft, writer)
        path = action_path(draft, "reject")
        response = editor.post(path, {"comment": "State the harms."}, follow=True)
        assert "It has gone back to Mara Finch." in words(response)

    def test_reads_what_to_write_about_what_was_checked(self, reviewer, waiting):
        form = ticked(waiting, what_was_checked=" ")
        answer = reviewer.post(action_path(waiting), form, headers=IN_DIALOG)
        assert "Say what you checked" in answer.json()["html"]

    @pytest.mark.parametrize("step", ["Editor’s check", "Clinician’s sign-off"])
    def test_says_why_a_text_goes_back(self, editor, reviewer, draft, step):
        draft.get_workflow().start(draft, None)
        if step != "Editor’s check":
            approve(draft, editor)
        person = editor if step == "Editor’s check" else reviewer
        for kind in ("", "collect_workflow_action_data"):
            path = action_path(draft, "reject", kind)
            answer = person.post(path, {"comment": " "}, headers=IN_DIALOG)
            assert "Say what should be changed." in answer.json()["html"]
        assert fresh(draft).workflow_in_progress
