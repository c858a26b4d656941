"""Every way an editor can bring a text before visitors, with and without a sign-off."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from articles.models import AnswerPage, SignOff
from clinic_site.core.publishing import NotPublishable
from tests.factories.articles import AnswerPageFactory, TopicPageFactory, sign_off

from .editor_form import editor_form, words
from .texts import NEW, UNSIGNED, changed, is_live, shown, signed

pytestmark = pytest.mark.django_db

PUBLISH = {"action-publish": "1"}


class TestTheEditor:
    def send(self, client, page, **changes):
        form = editor_form(page, **{**PUBLISH, **changes})
        return client.post(f"/admin/pages/{page.pk}/edit/", form)

    def test_keeps_a_draft_and_says_why(self, publisher, draft):
        response = self.send(publisher, draft, short_answer=NEW)
        assert response.status_code == 302
        assert response.url == f"/admin/pages/{draft.pk}/edit/"
        assert UNSIGNED in words(response)
        assert not is_live(draft)
        draft.refresh_from_db()
        assert draft.get_latest_revision_as_object().short_answer == NEW

    def test_keeps_a_change_of_a_live_text_as_a_draft(self, publisher, live):
        before = live.short_answer
        assert UNSIGNED in words(self.send(publisher, live, short_answer=NEW))
        assert shown(live) == before
        live.refresh_from_db()
        assert live.get_latest_revision_as_object().short_answer == NEW

    def test_does_not_take_down_what_went_live_meanwhile(self, draft, answers_index):
        """A clinician signs it off while somebody's form is on its way."""
        opened = AnswerPage.objects.get(pk=draft.pk)
        signed(draft).get_latest_revision().publish()
        form_class = AnswerPage.get_edit_handler().get_form_class()
        typed = editor_form(draft, short_answer=NEW)
        form = form_class(typed, instance=opened, parent_page=answers_index)
        assert form.is_valid()
        form.save().save_revision()
        assert is_live(draft)
        assert shown(draft) == draft.short_answer
        page = AnswerPage.objects.get(pk=draft.pk)
        assert page.get_latest_revision_as_object().short_answer == NEW

    def test_publishes_what_was_signed_off(self, publisher, draft):
        given = signed(draft) and SignOff.objects.get()
        self.send(publisher, draft)
        page = AnswerPage.objects.get(pk=draft.pk)
        assert page.live
        assert page.sign_off == given
        assert page.review_due == given.review_due

    def test_publishes_a_new_address_without_a_new_sign_off(self, publisher, live):
        other = TopicPageFactory(parent=live.primary_topic.get_parent())
        self.send(
            publisher,
            live,
            slug="elsewhere",
            topics=(other.pk,),
            review_due=live.review_due - timedelta(days=9),
        )
        page = AnswerPage.objects.get(pk=live.pk)
        assert page.slug == "elsewhere"
        assert list(page.topics.all()) == [other]
        assert page.review_due == live.review_due, "only a reason moves it"
        assert page.sign_off == live.sign_off

    def test_refuses_a_schedule_at_once(self, publisher, draft):
        later = timezone.localtime() + timedelta(days=1)
        schedule = {"go_live_at": f"{later:%Y-%m-%d %H:%M}"}
        assert UNSIGNED in words(self.send(publisher, draft, **schedule))
        assert not draft.revisions.filter(approved_go_live_at__isnull=False).exists()

    def test_refuses_a_schedule_for_a_live_page_at_once(self, publisher, live):
        later = timezone.localtime() + timedelta(days=1)
        changes = {"go_live_at": f"{later:%Y-%m-%d %H:%M}", "short_answer": NEW}
        assert UNSIGNED in words(self.send(publisher, live, **changes))
        assert not live.revisions.filter(approved_go_live_at__isnull=False).exists()

    def test_a_refusal_leaves_another_schedule_alone(self, publisher, draft):
        sign_off(draft.get_latest_revision())
        draft.go_live_at = timezone.now() + timedelta(days=1)
        planned = draft.save_revision()
        planned.publish()
        changed(draft)
        planned.refresh_from_db()
        page = AnswerPage.objects.get(pk=draft.pk)
        with pytest.raises(NotPublishable):
            page.get_latest_revision().publish()
        planned.refresh_from_db()
        assert planned.approved_go_live_at

    def test_refuses_an_older_version(self, publisher, live):
        old = live.revisions.first()
        new = changed(live)
        sign_off(new.get_latest_revision())
        new.get_latest_revision().publish()
        form = editor_form(live, **PUBLISH)
        path = f"/admin/pages/{live.pk}/revisions/{old.pk}/revert/"
        assert UNSIGNED in words(publisher.post(path, form))
        assert shown(live) == NEW

    def test_says_what_is_missing_and_keeps_what_was_typed(self, publisher, draft):
        response = self.send(publisher, draft, short_answer="Too short.")
        assert response.status_code == 200
        page = response.content.decode()
        assert "Write at least 40" in page
        assert "Too short." in page


class TestANewPage:
    @pytest.fixture
    def create(self, publisher, answers_index, draft):
        path = f"/admin/pages/add/articles/answerpage/{answers_index.pk}/"

        def post(**changes):
            form = editor_form(draft, slug="brand-new", **changes)
            return publisher.post(path, form)

        return post

    def test_is_kept_as_a_draft(self, create):
        response = create(**PUBLISH)
        page = AnswerPage.objects.get(slug="brand-new")
        assert response.url == f"/admin/pages/{page.pk}/edit/"
        assert UNSIGNED in words(response)
        assert not page.live
        assert page.get_latest_revision()

    def test_is_kept_when_its_workflow_would_publish_at_once(self, create):
        Workflow.objects.get(name="Check and sign-off").workflow_tasks.all().delete()
        assert UNSIGNED in words(create(**{"action-submit": "1"}))
        assert not AnswerPage.objects.get(slug="brand-new").live


class TestBulkPublishing:
    def publish(self, client, *pages: Page, **form):
        ids = "&".join(f"id={page.pk}" for page in pages)
        path = f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&{ids}"
        return client.post(path, form)

    def test_names_each_page_and_publishes_none(self, publisher, draft, answers_index):
        ready = AnswerPageFactory(
            parent=answers_index, primary_topic=draft.primary_topic, live=False
        )
        sign_off(ready.save_revision())
        page = words(self.publish(publisher, draft, ready))
        assert f"{draft.title}: {UNSIGNED}" in page.replace("&#x27;", "'")
        assert f"{ready.title}:" not in page
        assert not is_live(draft)
        assert not is_live(ready)

    def test_asks_about_pages_below_too(self, publisher, draft, answers_index):
        page = words(self.publish(publisher, answers_index, include_descendants="on"))
        assert UNSIGNED in page
        assert not is_live(draft)

    def test_publishes_what_was_signed_off(self, publisher, draft):
        self.publish(publisher, signed(draft))
        assert is_live(draft)

    def test_other_pages_go_live_as_ever(self, publisher, topics_index):
        topic = TopicPageFactory(parent=topics_index, live=False)
        self.publish(publisher, topic)
        topic.refresh_from_db()
        assert topic.live


class TestAWorkflowWithoutSignOff:
    @pytest.fixture
    def approve(self, publisher, draft, answers_index):
        task = GroupApprovalTask.objects.get(name="Editor’s check")
        workflow = Workflow.objects.create(name="Short cut")
        WorkflowTask.objects.create(workflow=workflow, task=task)
        WorkflowPage.objects.update_or_create(
            page=answers_index, defaults={"workflow": workflow}
        )
        workflow.start(draft, None)
        state = draft.current_workflow_task_state
        names = (draft.pk, "approve", state.pk)
        path = reverse("wagtailadmin_pages:workflow_action", args=names)
        return lambda **headers: publisher.post(path, headers=headers)

    def test_publishes_nothing_and_stays_in_progress(self, approve, draft):
        assert UNSIGNED in words(approve())
        assert not is_live(draft)
        assert draft.workflow_in_progress

    def test_says_so_in_the_dialog_too(self, approve, draft):
        response = approve(x_requested_with="XMLHttpRequest")
        assert UNSIGNED in response.json()["html"]
        assert draft.workflow_in_progress

    def test_publishes_what_was_signed_off(self, approve, draft):
        signed(draft)
        approve()
        assert is_live(draft)


class TestCopies:
    def copy(self, client, page, **changes):
        form = {
            "new_title": "Second",
            "new_slug": "second",
            "new_parent_page": page.get_parent().pk,
        }
        return client.post(f"/admin/pages/{page.pk}/copy/", {**form, **changes})

    @pytest.mark.parametrize("kind", ["publish_copies", "alias"])
    def test_are_not_made_live(self, publisher, live, kind):
        count = Page.objects.count()
        response = self.copy(publisher, live, **{kind: "on"})
        assert response.status_code == 200
        assert "Not copied." in response.content.decode()
        assert 'value="second"' in response.content.decode()
        assert Page.objects.count() == count
        assert not Page.find_problems()[4]

    def test_no_alias_of_a_draft_either(self, publisher, draft):
        page = self.copy(publisher, draft, alias="on").content.decode()
        assert "An answer has one address" in page
        signed(draft).get_latest_revision().publish()
        assert is_live(draft)

    def test_are_drafts_that_nobody_has_signed(self, publisher, live):
        assert self.copy(publisher, live).status_code == 302
        second = AnswerPage.objects.get(slug="second")
        assert not second.live
        assert second.sign_off is None
        with pytest.raises(NotPublishable):
            second.get_latest_revision().publish()

    def test_of_all_answers_at_once_are_not_made(self, owner, answers_index, live):
        """There is one list of answers, so its branch is never copied."""
        response = self.copy(
            owner, answers_index, copy_subpages="on", publish_copies="on"
        )
        assert response.status_code == 200
        assert AnswerPage.objects.count() == 1

    def test_of_a_branch_by_programme_are_refused(self, home, live):
        count = Page.objects.count()
        branch = CopyPageAction(
            live, update_attrs={"slug": "second"}, recursive=True, keep_live=True
        )
        with pytest.raises(NotPublishable):
            branch.execute(skip_permission_checks=True)
        assert Page.objects.count() == count
