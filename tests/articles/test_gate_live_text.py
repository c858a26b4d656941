"""A text that visitors read is written over by nobody, not even by a programme."""

import pytest
from django.core import serializers
from wagtail.models import Page
from wagtail.rich_text import RichText

from articles.answers import gate
from articles.editorial import audit
from articles.models import AnswerPage
from clinic_site.core.publishing import NotPublishable
from tests.factories.articles import sign_off, write
from tests.factories.blocks import described
from tests.factories.core import ClinicImageFactory, ExpertFactory

from .texts import NEW, UNSIGNED, changed, is_live, shown

pytestmark = pytest.mark.django_db


def as_readers_see(page: Page) -> dict:
    found = AnswerPage.objects.get(pk=page.pk)
    return {**gate.as_stored(found), "live": found.live, "sign_off": found.sign_off_id}


class TestWritingOverALiveText:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("title", "Another"),
            ("seo_title", "Another"),
            ("short_answer", NEW),
            ("evidence", "none"),
            ("body", [("paragraph", RichText("<p>Another.</p>"))]),
            (
                "changes",
                [("change", {"changed_on": "2026-10-01", "what": "a", "why": "b"})],
            ),
        ],
    )
    @pytest.mark.parametrize("alone", [True, False], ids=["the field", "the page"])
    def test_is_refused(self, live, name, value, alone):
        before = as_readers_see(live)
        page = AnswerPage.objects.get(pk=live.pk)
        setattr(page, name, value)
        with pytest.raises(NotPublishable, match=UNSIGNED):
            page.save(update_fields=[name] if alone else None)
        assert as_readers_see(live) == before

    @pytest.mark.parametrize("name", ["expert", "expert_id"])
    def test_is_refused_by_whichever_name(self, live, name):
        page = AnswerPage.objects.get(pk=live.pk)
        page.expert = ExpertFactory()
        with pytest.raises(NotPublishable, match=UNSIGNED):
            page.save(update_fields=[name])
        assert as_readers_see(live)["expert_id"] == live.expert_id

    def test_is_refused_to_an_object_that_does_not_know_it_is_live(self, live):
        live.live, live.short_answer = False, NEW
        with pytest.raises(NotPublishable):
            live.save(update_fields=["short_answer"])
        assert shown(live) != NEW

    def test_is_refused_to_what_loads_no_text(self, live):
        page = Page.objects.get(pk=live.pk).specific_deferred
        page.title = "Another"
        with pytest.raises(NotPublishable):
            page.save()

    def test_is_refused_to_an_old_copy_of_the_page(self, live):
        """Held while somebody else published; saving it would bring back the old."""
        old = AnswerPage.objects.get(pk=live.pk)
        revision = changed(live).get_latest_revision()
        sign_off(revision)
        revision.publish()
        with pytest.raises(NotPublishable):
            old.save()
        assert shown(live) == NEW

    def test_is_refused_to_an_update_or_create(self, live):
        with pytest.raises(NotPublishable):
            AnswerPage.objects.update_or_create(pk=live.pk, defaults={"title": "x"})

    def test_is_done_once_it_is_signed_off(self, live):
        page = AnswerPage.objects.get(pk=live.pk)
        page.short_answer = NEW
        given = sign_off(page.save_revision())
        page.save()
        assert as_readers_see(live) == {**as_readers_see(page), "sign_off": given.pk}
        assert shown(live) == NEW


class TestTheTextThatIsStored:
    """Decides what goes live, whatever the object at hand holds beside it."""

    def test_is_not_set_live_with_a_signed_text_at_hand(self, live):
        signed = live.sign_off.revision
        live.unpublish()
        draft = AnswerPage.objects.get(pk=live.pk)
        draft.short_answer = NEW
        draft.save()
        text = signed.as_object()
        text.live = True
        with pytest.raises(NotPublishable, match=UNSIGNED):
            text.save(update_fields=["live"])
        assert not is_live(live)

    def test_is_left_alone_by_a_draft_at_hand(self, live):
        text = changed(live).get_latest_revision_as_object()
        text.show_in_menus = True
        text.save(update_fields=["show_in_menus"])
        assert shown(live) == live.short_answer


class TestWhatVisitorsDoNotRead:
    def test_is_saved_as_ever(self, live):
        page = AnswerPage.objects.get(pk=live.pk)
        page.slug = "elsewhere"
        page.save()
        page.show_in_menus = True
        page.save(update_fields=["show_in_menus"])
        stored = AnswerPage.objects.get(pk=live.pk)
        assert (stored.slug, stored.show_in_menus) == ("elsewhere", True)
        assert stored.sign_off == live.sign_off

    def test_is_saved_though_the_text_could_not_be_signed_today(self, live):
        """The rules have grown since, or an expert has left."""
        AnswerPage.objects.filter(pk=live.pk).update(short_answer="Too short.")
        page = AnswerPage.objects.get(pk=live.pk)
        page.slug = "elsewhere"
        page.save()
        assert AnswerPage.objects.get(pk=live.pk).slug == "elsewhere"

    def test_costs_no_more_than_to_look_at_the_row(
        self, live, draft, django_assert_num_queries
    ):
        page = AnswerPage.objects.get(pk=live.pk)
        with django_assert_num_queries(1):
            assert gate.text_to_be_shown(page, None) is None
        with django_assert_num_queries(0):
            assert gate.text_to_be_shown(page, ["slug", "latest_revision"]) is None
            assert gate.text_to_be_shown(draft, None) is None


class TestPastTheGate:
    """What no page can refuse, the nightly check finds."""

    @pytest.mark.parametrize("how", ["its plain page", "a dump", "a bulk update"])
    def test_a_text_is_found_at_night(self, live, how):
        page = AnswerPage.objects.get(pk=live.pk)
        page.title = "Another"
        if how == "its plain page":
            plain = Page.objects.get(pk=live.pk)
            plain.title = "Another"
            plain.save()
        elif how == "a dump":
            dump = serializers.serialize("json", [page, page.page_ptr])
            dump = dump.replace(live.title, "Another")
            for row in serializers.deserialize("json", dump):
                row.save()
        else:
            AnswerPage.objects.bulk_update([page], ["title"])
        assert AnswerPage.objects.get(pk=live.pk).title == "Another"
        audit.check_live_answers()
        assert AnswerPage.objects.get(pk=live.pk).sign_off is None


class TestAPictureOfALiveAnswer:
    """Is part of what a clinician signed, though kept apart from the text."""

    @pytest.fixture(params=["lead", "figure"])
    def picture(self, request, live):
        picture = ClinicImageFactory(description="A needle near a root")
        if request.param == "lead":
            live.picture = picture
        else:
            figure = {"image": described(picture, "A root"), "caption": ""}
            live.body = [("figure", figure)]
        write(live)
        return picture

    def change(self, client, picture) -> str:
        form = {
            "title": picture.title,
            "collection": picture.collection_id,
            "credit": "Somebody",
            "description": "Better than any other.",
        }
        path = f"/admin/images/{picture.pk}/"
        response = client.post(path, form, follow=True)
        picture.refresh_from_db()
        return response.content.decode()

    def test_keeps_what_it_shows_from_an_editor(self, client_of, picture):
        page = self.change(client_of("Editors"), picture)
        assert "Ask a publisher to change it, or add another picture" in page
        assert "Better than any other." in page, "nothing typed is lost"
        assert picture.description == "A needle near a root"

    def test_is_corrected_by_a_publisher(self, publisher, picture):
        self.change(publisher, picture)
        assert picture.description == "Better than any other."

    def test_is_an_editors_while_only_drafts_show_it(self, client_of, picture, live):
        live.unpublish()
        self.change(client_of("Editors"), picture)
        assert picture.description == "Better than any other."
