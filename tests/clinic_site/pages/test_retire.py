"""Pages that move, are withdrawn or archived."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.actions import action_registry
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, get_page_models

from clinic_site.core.models import BasePage
from clinic_site.pages.models import StandardPage
from clinic_site.pages.retire.deletion import DeleteDraftAction
from clinic_site.pages.retire.views import WithdrawView

pytestmark = pytest.mark.django_db


def published(parent: Page, slug: str) -> StandardPage:
    page = StandardPage(title=slug.title(), slug=slug, live=False)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return StandardPage.objects.get(pk=page.pk)


def draft(parent: Page, slug: str) -> StandardPage:
    return parent.add_child(
        instance=StandardPage(title=slug.title(), slug=slug, live=False)
    )


def publish_as(page: Page, slug: str) -> None:
    page = page.specific_class.objects.get(pk=page.pk)
    page.slug = slug
    page.save_revision().publish()


@pytest.fixture
def renamed(django_capture_on_commit_callbacks):
    """Wagtail makes its redirects when the change is committed."""

    def rename(page: Page, slug: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            publish_as(page, slug)

    return rename


@pytest.fixture
def about(home) -> StandardPage:
    return published(home, "about")


@pytest.fixture
def prices(home) -> StandardPage:
    return published(home, "prices")


@pytest.fixture
def editor(client_of) -> Client:
    return client_of("Managers")


def status(path: str) -> int:
    return Client().get(path).status_code


def trail(path: str) -> list[str]:
    """Where a visitor is led, and the last answer's status."""
    response = Client().get(path, follow=True)
    return [url for url, _ in response.redirect_chain] + [response.status_code]


def unpublish(client: Client, page: Page, **fields):
    return client.post(f"/admin/pages/{page.pk}/unpublish/", fields)


class TestAnAddressThatChanges:
    def test_redirects_from_the_old_slug(self, about, renamed):
        renamed(about, "who-we-are")
        assert trail("/about/") == ["/who-we-are/", 200]

    def test_redirects_from_every_slug_it_had_in_one_step(self, about, renamed):
        renamed(about, "who-we-are")
        renamed(about, "our-people")
        assert trail("/about/") == ["/our-people/", 200]
        assert trail("/who-we-are/") == ["/our-people/", 200]

    def test_serves_the_page_again_when_it_is_named_back(self, about, renamed):
        renamed(about, "who-we-are")
        renamed(about, "about")
        assert trail("/about/") == [200]
        assert trail("/who-we-are/") == ["/about/", 200]

    def test_redirects_pages_below_too(self, about, renamed):
        published(about, "team")
        renamed(about, "who-we-are")
        assert trail("/about/team/") == ["/who-we-are/team/", 200]

    def test_redirects_after_a_move_through_the_admin(self, about, prices, editor):
        path = f"/admin/pages/{about.pk}/move/{prices.pk}/confirm/"
        assert editor.post(path).status_code == 302
        assert trail("/about/") == ["/prices/about/", 200]

    def test_does_not_lead_to_itself_once_it_is_named_back_and_gone(
        self, about, renamed
    ):
        renamed(about, "who-we-are")
        renamed(about, "about")
        StandardPage.objects.get(pk=about.pk).unpublish()
        assert trail("/about/") == [410]
        assert trail("/who-we-are/") == ["/about/", 410]


class TestUnpublishing:
    def test_asks_what_visitors_find(self, about, editor):
        asked = editor.get(f"/admin/pages/{about.pk}/unpublish/").content.decode()
        assert "What should visitors find at the old address?" in asked
        refused = unpublish(editor, about).content.decode()
        assert "Choose what visitors should find." in refused
        assert status("/about/") == 200

    def test_says_that_it_is_gone(self, about, editor):
        assert unpublish(editor, about, outcome="gone").status_code == 302
        response = Client().get("/about/")
        page = response.content.decode()
        assert response.status_code == 410
        assert "This page was withdrawn" in page
        assert 'action="/search/"' in page
        assert 'href="/topics/"' in page
        assert 'content="noindex"' in page

    def test_sends_visitors_to_another_page(self, about, prices, editor):
        unpublish(editor, about, outcome="redirect", send_to=prices.pk)
        assert trail("/about/") == ["/prices/", 200]
        assert trail("/about/?from=mail") == ["/prices/", 200]

    @pytest.mark.parametrize("target", ["none", "itself", "a draft", "below"])
    def test_refuses_to_send_them_nowhere(self, target, about, home, editor):
        below = published(about, "team")
        targets = {"itself": about, "a draft": draft(home, "later"), "below": below}
        chosen = {"send_to": targets[target].pk} if target in targets else {}
        response = unpublish(
            editor, about, outcome="redirect", include_descendants="on", **chosen
        )
        assert "Choose" in response.content.decode()
        assert status("/about/") == 200

    def test_takes_the_pages_below_along_if_asked(self, about, prices, editor):
        published(about, "team")
        fields = {"outcome": "redirect", "send_to": prices.pk}
        unpublish(editor, about, include_descendants="on", **fields)
        assert trail("/about/team/") == ["/prices/", 200]

    def test_leaves_a_locked_page_below_where_it_is(self, about, editor):
        team = published(about, "team")
        Page.objects.filter(pk=team.pk).update(locked=True)
        unpublish(editor, about, outcome="gone", include_descendants="on")
        assert status("/about/") == 410
        assert status("/about/team/") == 200

    def test_leaves_the_pages_below_if_not_asked(self, about, editor):
        published(about, "team")
        unpublish(editor, about, outcome="gone")
        assert status("/about/team/") == 200

    def test_needs_the_right_to_publish(self, about, client_of):
        assert unpublish(client_of("Reception"), about, outcome="gone").url == "/admin/"
        assert status("/about/") == 200

    def test_gone_removes_an_older_redirect_from_the_address(
        self, about, prices, editor, home
    ):
        Redirect.add_redirect("/about", prices)
        unpublish(editor, about, outcome="gone")
        assert trail("/about/") == [410]

    def test_a_redirect_made_later_wins_over_gone(self, about, prices, editor):
        unpublish(editor, about, outcome="gone")
        Redirect.add_redirect("/about", prices)
        assert trail("/about/") == ["/prices/", 200]

    def test_old_addresses_end_in_gone(self, about, renamed, editor):
        renamed(about, "who-we-are")
        unpublish(editor, about, outcome="gone")
        assert trail("/about/") == ["/who-we-are/", 410]

    def test_an_address_stays_gone_when_its_section_is_renamed(
        self, about, renamed, editor
    ):
        team = published(about, "team")
        unpublish(editor, team, outcome="gone")
        renamed(about, "who-we-are")
        assert trail("/about/team/") == [410]

    def test_publishing_again_ends_gone_and_redirect(self, about, prices, editor):
        unpublish(editor, about, outcome="redirect", send_to=prices.pk)
        publish_as(about, "about")
        assert trail("/about/") == [200]
        StandardPage.objects.get(pk=about.pk).unpublish()
        assert trail("/about/") == [410]

    def test_a_new_page_at_the_address_wins(self, about, home, editor, renamed):
        unpublish(editor, about, outcome="gone")
        renamed(about, "about-old")
        published(home, "about")
        assert trail("/about/") == [200]

    def test_several_at_once_get_one_choice(self, about, prices, home, editor):
        path = f"/admin/bulk/wagtailcore/page/unpublish/?id={about.pk}&id={prices.pk}"
        asked = editor.get(path).content.decode()
        assert "What should visitors find at the old address?" in asked
        assert "Choose what visitors should find." in editor.post(path).content.decode()
        target = published(home, "answers-old")
        editor.post(path, {"outcome": "redirect", "send_to": target.pk})
        assert trail("/about/") == trail("/prices/") == ["/answers-old/", 200]

    def test_refuses_the_home_page_and_says_what_to_do_instead(self, home, editor):
        kept = unpublish(editor, home, outcome="gone").content.decode()
        assert "choose that one under Settings, Sites" in kept
        path = f"/admin/pages/{home.pk}/archive/"
        kept = editor.post(path, {"outcome": "gone"}).content.decode()
        assert "choose that one under Settings, Sites" in kept
        path = f"/admin/bulk/wagtailcore/page/unpublish/?id={home.pk}"
        editor.post(path, {"outcome": "gone"})
        assert status("/") == 200

    def test_several_at_once_may_lie_in_each_other(self, about, editor):
        team = published(about, "team")
        path = f"/admin/bulk/wagtailcore/page/unpublish/?id={about.pk}&id={team.pk}"
        editor.post(path, {"outcome": "gone", "include_descendants": "on"})
        assert status("/about/") == status("/about/team/") == 410
        log = PageLogEntry.objects.filter(page=team.pk, action="wagtail.unpublish")
        assert log.count() == 1

    def test_by_the_clock_says_that_it_is_gone(self, about):
        about.expire_at = timezone.now() - timedelta(minutes=1)
        about.save()
        call_command("publish_scheduled")
        assert status("/about/") == 410

    def test_a_page_never_published_is_not_found(self, home):
        draft(home, "later")
        assert status("/later/") == 404

    def test_costs_one_query_and_only_where_nothing_is_found(self, about):
        def queries(path: str) -> int:
            with CaptureQueriesContext(connection) as found:
                status(path)
            return sum("goneaddress" in query["sql"] for query in found)

        assert queries("/no-such-page/") == 1
        assert queries("/about/") == 0

    def test_odd_addresses_are_not_found(self, home):
        for path in ("/%00/", "/a%00b", "/about%2F/", "/" + "x" * 3000 + "/"):
            assert status(path) == 404, path

    def test_every_type_of_page_asks(self):
        types = [model for model in get_page_models() if issubclass(model, BasePage)]
        asking = [
            page_viewset_registry.get_by_type(model).unpublish_view_class
            for model in types
        ]
        assert types
        assert all(issubclass(view, WithdrawView) for view in asking)


class TestDeleting:
    def test_a_page_visitors_have_read_leads_to_archiving(self, about, admin_client):
        response = admin_client.post(f"/admin/pages/{about.pk}/delete/", follow=True)
        page = response.content.decode()
        assert "Visitors have read this page" in page
        assert "Yes, archive it" in page
        assert status("/about/") == 200

    def test_a_section_with_such_a_page_leads_there_too(self, home, admin_client):
        section = draft(home, "section")
        published(section, "page")
        response = admin_client.post(f"/admin/pages/{section.pk}/delete/", follow=True)
        assert "Visitors have read pages below this one" in response.content.decode()

    def test_a_draft_is_deleted_as_usual(self, home, admin_client):
        page = draft(home, "later")
        admin_client.post(f"/admin/pages/{page.pk}/delete/")
        assert not Page.objects.filter(pk=page.pk).exists()

    def test_several_at_once_leave_out_what_visitors_have_read(
        self, about, home, admin_client
    ):
        later = draft(home, "later")
        path = f"/admin/bulk/wagtailcore/page/delete/?id={about.pk}&id={later.pk}"
        assert "visitors have read them" in admin_client.get(path).content.decode()
        admin_client.post(path)
        assert not Page.objects.filter(pk=later.pk).exists()
        assert Page.objects.filter(pk=about.pk).exists()

    def test_the_admins_api_refuses(self, about, home, admin_client):
        def delete(page: Page) -> int:
            path = f"/admin/api/main/pages/{page.pk}/action/delete/"
            return admin_client.post(path).status_code

        assert delete(about) == 403
        assert Page.objects.filter(pk=about.pk).exists()
        assert delete(draft(home, "later")) == 204

    def test_code_is_refused(self, about):
        assert action_registry.get_action_class(Page, "delete") is DeleteDraftAction
        with pytest.raises(ProtectedError):
            about.delete()


class TestArchiving:
    @pytest.fixture
    def archived(self, about, editor) -> StandardPage:
        fields = {"outcome": "gone"}
        response = editor.post(f"/admin/pages/{about.pk}/archive/", fields)
        assert response.status_code == 302
        return StandardPage.objects.get(pk=about.pk)

    def test_takes_it_off_the_site_and_writes_it_down(self, archived):
        assert status("/about/") == 410
        assert archived.archived_at
        log = PageLogEntry.objects.filter(page=archived.pk, action="clinic.archive")
        assert log.get().user.username == "managers"

    def test_asks_where_visitors_go(self, about, prices, editor):
        path = f"/admin/pages/{about.pk}/archive/"
        assert "Choose what visitors" in editor.post(path).content.decode()
        editor.post(path, {"outcome": "redirect", "send_to": prices.pk})
        assert trail("/about/") == ["/prices/", 200]

    def test_takes_the_pages_below_along(self, about, editor):
        team, plan = published(about, "team"), draft(about, "plan")
        path = f"/admin/pages/{about.pk}/archive/"
        refused = editor.post(path, {"outcome": "redirect", "send_to": team.pk})
        assert "not being taken down" in refused.content.decode()
        editor.post(path, {"outcome": "gone"})
        team.refresh_from_db()
        plan.refresh_from_db()
        assert team.archived_at and not team.live
        assert plan.archived_at is None
        assert status("/about/team/") == 410

    def test_changes_nothing_when_a_page_in_it_is_locked(self, about, editor):
        team = published(about, "team")
        Page.objects.filter(pk=team.pk).update(locked=True)
        path = f"/admin/pages/{about.pk}/archive/"
        assert "locked" in editor.post(path, {"outcome": "gone"}).content.decode()
        assert status("/about/") == 200

    def test_stops_a_publishing_that_was_planned(self, about, editor):
        about.unpublish()
        about.go_live_at = timezone.now() + timedelta(days=1)
        about.save_revision().publish()
        editor.post(f"/admin/pages/{about.pk}/archive/", {"outcome": "gone"})
        assert not about.revisions.filter(approved_go_live_at__isnull=False).exists()

    def test_needs_the_right_to_publish(self, about, client_of):
        for group in ("Reception", "Specialists"):
            client = client_of(group)
            path = f"/admin/pages/{about.pk}/archive/"
            assert client.get(path).url == "/admin/"
            assert client.post(path, {"outcome": "gone"}).url == "/admin/"
        assert status("/about/") == 200

    def test_a_draft_is_not_archived_but_deleted(self, home, editor):
        page = draft(home, "later")
        response = editor.get(f"/admin/pages/{page.pk}/archive/")
        assert response.url == f"/admin/pages/{page.pk}/delete/"

    def test_the_report_says_where_addresses_lead(
        self, archived, prices, home, editor, django_assert_max_num_queries
    ):
        for number in range(5):
            page = published(home, f"old-{number}")
            fields = {"outcome": "redirect", "send_to": prices.pk}
            editor.post(f"/admin/pages/{page.pk}/archive/", fields)
        assert (
            "/admin/reports/archived-pages/" in editor.get("/admin/").content.decode()
        )
        with django_assert_max_num_queries(30):
            report = editor.get("/admin/reports/archived-pages/").content.decode()
        assert "/about/" in report
        assert "it is gone (410)" in report
        assert "/old-1/" in report
        assert report.count("Prices") >= 5

    def test_the_report_is_for_those_who_publish(self, archived, client_of):
        response = client_of("Reception").get("/admin/reports/archived-pages/")
        assert response.url == "/admin/"

    def test_restoring_makes_it_a_draft_again(self, archived, editor):
        path = f"/admin/pages/{archived.pk}/restore/"
        assert editor.get(path).status_code == 405
        assert editor.post(path).url == f"/admin/pages/{archived.pk}/edit/"
        archived.refresh_from_db()
        assert archived.archived_at is None and not archived.live
        assert status("/about/") == 410
        report = editor.get("/admin/reports/archived-pages/").content.decode()
        assert "/about/" not in report

    def test_publishing_ends_it(self, archived):
        archived.save_revision().publish()
        archived.refresh_from_db()
        assert archived.archived_at is None
        assert status("/about/") == 200

    def test_a_copy_is_not_archived(self, archived):
        assert archived.copy(update_attrs={"slug": "copy"}).archived_at is None
