"""Programmes and APIs bring no unsigned text before visitors either."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from wagtail.actions import action_registry
from wagtail.models import Locale, Page, Task
from wagtail.rich_text import RichText

from articles.answers import gate
from articles.answers.sign_off import CHECKLIST, content_hash
from articles.models import AnswerPage, SignOff
from clinic_site.core.publishing import NotPublishable
from clinic_site.core.worker import jobs
from tests.factories.articles import AnswerPageFactory, SourceFactory, cite, sign_off

from .editor_form import editor_form
from .signing import sent
from .texts import NEW, UNSIGNED, changed, is_live, shown, signed

pytestmark = pytest.mark.django_db

PUBLISH = {"action-publish": "1"}


class TestTheAdminsOwnApi:
    def act(self, client, page, action: str, **data):
        path = f"/admin/api/main/pages/{page.pk}/action/{action}/"
        return client.post(path, json.dumps(data), content_type="application/json")

    def test_refuses_in_words(self, publisher, draft):
        response = self.act(publisher, draft, "publish")
        assert response.status_code == 400
        assert UNSIGNED in response.content.decode()
        assert not is_live(draft)

    def test_refuses_to_schedule_a_change_of_a_live_page(self, publisher, live):
        changed(live, go_live_at=timezone.now() + timedelta(days=1))
        assert self.act(publisher, live, "publish").status_code == 400
        assert not live.revisions.filter(approved_go_live_at__isnull=False).exists()

    def test_publishes_what_was_signed_off(self, publisher, draft):
        assert self.act(publisher, signed(draft), "publish").status_code == 200
        assert is_live(draft)

    @pytest.mark.parametrize("action", ["copy", "create_alias"])
    def test_makes_no_live_second(self, publisher, live, action):
        data = {"recursive": False, "slug": "second", "update_slug": "second"}
        count = Page.objects.count()
        response = self.act(publisher, live, action, **data)
        assert response.status_code == 400
        assert Page.objects.count() == count
        assert not Page.find_problems()[4]

    def test_brings_no_older_text_back(self, publisher, live):
        old = live.live_revision
        new = changed(live).get_latest_revision()
        sign_off(new)
        new.publish()
        response = self.act(
            publisher, live, "revert_to_page_revision", revision_id=old.pk
        )
        assert response.status_code == 200
        assert self.act(publisher, live, "publish").status_code == 400
        assert shown(live) == NEW

    @pytest.mark.parametrize("alias", [True, False])
    def test_makes_no_live_translation(self, owner, live, alias):
        Locale.objects.create(language_code="cy")
        data = {"locale": "cy", "copy_parents": True, "alias": alias}
        self.act(owner, live, "copy_for_translation", **data)
        assert [page.pk for page in AnswerPage.objects.live()] == [live.pk]

    def test_makes_no_page_of_an_alias_that_came_past_it(self, owner, draft, live):
        AnswerPage.objects.filter(pk=draft.pk).update(alias_of=live)
        self.act(owner, draft, "convert_alias")
        assert not is_live(draft)

    def test_deleting_is_still_guarded(self, publisher, live):
        assert self.act(publisher, live, "delete").status_code == 403


class TestActionsOfTheThirdApi:
    def test_refuse_before_anything_has_happened(self, live):
        page = changed(live, go_live_at=timezone.now() + timedelta(days=1))
        publish = action_registry.get_action_class(Page, "publish")
        with pytest.raises(ValidationError, match=UNSIGNED):
            publish(page.get_latest_revision()).execute()
        assert not live.revisions.filter(approved_go_live_at__isnull=False).exists()

    def test_publish_what_was_signed_off(self, draft):
        publish = action_registry.get_action_class(Page, "publish")
        publish(signed(draft).get_latest_revision()).execute()
        assert is_live(draft)

    def test_create_and_publish_is_refused_as_a_whole(self, draft, answers_index):
        create = action_registry.get_action_class(AnswerPage, "create")
        count = AnswerPage.objects.count()
        form_class = AnswerPage.get_edit_handler().get_form_class()
        page = AnswerPage(owner=draft.owner)
        form = form_class(
            editor_form(draft, slug="second"),
            instance=page,
            parent_page=answers_index,
        )
        with pytest.raises(NotPublishable, match=UNSIGNED):
            create(page, answers_index, form=form, publish=True).execute()
        assert AnswerPage.objects.count() == count

    def test_edit_and_publish_is_refused_as_a_whole(self, live):
        text = AnswerPage.objects.get(pk=live.pk)
        text.short_answer = NEW
        edit = action_registry.get_action_class(AnswerPage, "edit")
        with pytest.raises(NotPublishable):
            edit(text, publish=True).execute()
        assert shown(live) == live.short_answer


class TestProgrammes:
    def test_do_not_set_a_draft_live(self, draft):
        draft.live = True
        with pytest.raises(NotPublishable, match=UNSIGNED):
            draft.save()
        with pytest.raises(NotPublishable):
            draft.save(update_fields=["live"])
        assert not is_live(draft)

    def test_set_what_was_signed_off_live_with_its_sign_off(self, draft):
        signed(draft).live = True
        draft.save(update_fields=["live"])
        page = AnswerPage.objects.get(pk=draft.pk)
        assert page.live
        assert page.sign_off == SignOff.objects.get()

    def test_do_not_add_a_live_page(self, answers_index, draft):
        page = AnswerPage(
            title="New",
            slug="new",
            question="Why?",
            short_answer=NEW,
            body=[("paragraph", RichText("<p>Text.</p>"))],
            expert=draft.expert,
            primary_topic=draft.primary_topic,
        )
        with pytest.raises(NotPublishable, match=UNSIGNED):
            answers_index.add_child(instance=page)
        assert not AnswerPage.objects.filter(slug="new").exists()
        assert not Page.find_problems()[4]

    def test_do_not_publish_a_revision(self, draft, live):
        with pytest.raises(NotPublishable, match=UNSIGNED):
            draft.get_latest_revision().publish()
        before = live.short_answer
        with pytest.raises(NotPublishable):
            changed(live).get_latest_revision().publish()
        assert not is_live(draft)
        assert shown(live) == before

    def test_do_not_mark_a_revision_as_due(self, draft):
        draft.save_revision(approved_go_live_at=timezone.now() - timedelta(hours=1))
        jobs.publish_scheduled()
        assert not is_live(draft)

    def test_do_not_end_a_workflow_by_taking_its_last_step_away(self, draft, editor):
        sent(draft, editor)
        with pytest.raises(NotPublishable):
            Task.objects.get(name="Clinician’s sign-off").specific.deactivate()
        assert not is_live(draft)

    def test_are_told_what_is_unfinished_too(self, draft):
        revision = signed(draft).get_latest_revision()
        revision.content = {**revision.content, "asker_name": ""}
        revision.save()
        with pytest.raises(NotPublishable, match="Asker name: This field cannot"):
            revision.publish()


class TestASignOffByWhoAnswered:
    @pytest.fixture
    def own(self, draft) -> AnswerPage:
        """Rated strong, and signed off past the form by the expert who answered."""
        draft.evidence = "strong"
        cite(draft, SourceFactory())
        revision = draft.save_revision()
        SignOff.objects.create(
            page=draft,
            revision=revision,
            content_hash=content_hash(revision.as_object()),
            clinician=draft.expert,
            checklist=list(CHECKLIST.values()),
            what_was_checked="The whole text",
            review_due=timezone.localdate() + timedelta(days=365),
        )
        return draft

    def test_does_not_publish_what_claims_strong_evidence(self, own):
        with pytest.raises(NotPublishable) as refused:
            own.get_latest_revision().publish()
        assert refused.value.problems == [gate.SAME_PERSON]
        assert not is_live(own)

    def test_does_not_set_it_live_by_a_save_either(self, own):
        own.live = True
        with pytest.raises(NotPublishable, match="the expert who answered"):
            own.save()
        assert not is_live(own)


class TestTheTextThatWasSigned:
    def test_is_published_and_not_a_newer_one(self, draft):
        first = signed(draft).get_latest_revision()
        newer = changed(draft).get_latest_revision()
        with pytest.raises(NotPublishable):
            newer.publish()
        first.publish()
        assert shown(draft) == draft.short_answer

    def test_is_not_written_over_by_autosave(self, publisher, draft):
        user = publisher.get("/admin/").wsgi_request.user
        revision = draft.save_revision(user=user)
        sign_off(revision)
        form = editor_form(
            draft, short_answer=NEW, overwrite_revision_id=str(revision.pk)
        )
        response = publisher.post(
            f"/admin/pages/{draft.pk}/edit/",
            form,
            headers={"accept": "application/json"},
        )
        assert response.json()["success"]
        assert response.json()["revision_id"] != revision.pk
        revision.refresh_from_db()
        assert revision.content["short_answer"] == draft.short_answer
        page = AnswerPage.objects.get(pk=draft.pk)
        with pytest.raises(NotPublishable):
            page.get_latest_revision().publish()

    def test_does_not_cover_what_was_written_over_it(self, draft):
        revision = signed(draft).get_latest_revision()
        revision.content = {**revision.content, "short_answer": NEW}
        revision.created_at = timezone.now()
        revision.save()
        with pytest.raises(NotPublishable):
            revision.publish()

    def test_stays_signed_when_the_editor_only_saves_it_anew(self, publisher, draft):
        draft.question = "One line.\nAnother."
        draft.save()
        draft.save_revision()
        signed(draft)
        form = editor_form(draft, question="One line.\r\nAnother.", **PUBLISH)
        publisher.post(f"/admin/pages/{draft.pk}/edit/", form)
        assert is_live(draft)

    def test_may_be_published_again_after_it_was_taken_down(self, live):
        live.unpublish()
        live.get_latest_revision().publish()
        assert is_live(live)

    def test_must_be_signed_again_when_it_changed_meanwhile(self, live):
        live.unpublish()
        page = changed(live)
        with pytest.raises(NotPublishable):
            page.get_latest_revision().publish()
        assert not is_live(live)

    def test_stays_live_when_its_page_is_moved(self, owner, live, answers_index):
        other = AnswerPageFactory(
            parent=answers_index, primary_topic=live.primary_topic
        )
        page = Page.objects.get(pk=other.pk)
        page.move(Page.objects.get(pk=live.pk), pos="left")
        moved = AnswerPage.objects.get(pk=other.pk)
        assert moved.live
        assert moved.sign_off == other.sign_off

    def test_stays_a_draft_when_its_page_is_moved(self, draft, live):
        Page.objects.get(pk=draft.pk).move(Page.objects.get(pk=live.pk), pos="left")
        assert not is_live(draft)


def test_a_raw_write_is_the_only_way_round(draft):
    """Which the nightly check finds; test_audit.py."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, draft.pk]
        )
    assert is_live(draft)
