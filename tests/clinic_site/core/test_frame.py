"""Header and footer: remembered between requests, never out of date for an editor."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from clinic_site.core.models import ClinicSettings
from clinic_site.pages.models import StandardPage
from tests.factories.core import ClinicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic_settings(db) -> ClinicSettings:
    return ClinicSettings.for_site(Site.objects.get(is_default_site=True))


@pytest.fixture
def about(home) -> StandardPage:
    return home.add_child(instance=StandardPage(title="About us", show_in_menus=True))


def read(client, path: str = "/") -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def menu(client, path: str = "/") -> list[str]:
    return [link.text for link in read(client, path).select(".site-nav a")]


def footer(client) -> str:
    return read(client).select_one(".site-footer").text


class TestAtOnce:
    """After somebody saved it in this process."""

    def test_new_settings_are_shown(self, client, clinic_settings):
        assert "Larkfield" not in footer(client)
        clinic_settings.clinic_name = "Larkfield"
        clinic_settings.save()
        assert "Larkfield" in footer(client)

    def test_a_clinic_that_changed_is_shown_as_it_is(self, client):
        clinic = ClinicFactory(name="Larkfield Bank")
        assert "Larkfield Bank" in footer(client)
        clinic.name = "Larkfield Monument"
        clinic.save()
        assert "Larkfield Monument" in footer(client)
        clinic.delete()
        assert "Larkfield Monument" not in footer(client)

    def test_a_clinic_that_closed_is_not_shown(self, client):
        clinic = ClinicFactory(name="Larkfield Bank")
        assert "Larkfield Bank" in footer(client)
        clinic.is_open = False
        clinic.save()
        assert "Larkfield Bank" not in footer(client)

    def test_the_menu_follows_its_pages(self, client, home):
        assert "About us" not in menu(client)
        page = home.add_child(
            instance=StandardPage(title="About us", show_in_menus=True)
        )
        assert "About us" in menu(client)
        page.title = "Who we are"
        page.save_revision().publish()
        assert "Who we are" in menu(client)
        page.unpublish()
        assert "Who we are" not in menu(client)


def test_it_costs_no_query_while_it_is_remembered(client, about):
    client.get(about.url)
    with CaptureQueriesContext(connection) as warm:
        client.get(about.url)
    cache.clear()
    with CaptureQueriesContext(connection) as cold:
        client.get(about.url)
    tables = ('"core_clinicsettings"', '"core_clinic"')
    assert not any(t in query["sql"] for t in tables for query in warm)
    assert any(t in query["sql"] for t in tables for query in cold)


def test_what_passes_by_saving_is_shown_after_a_minute(client, about):
    with time_machine.travel("2026-11-02T09:00:00Z", tick=False) as clock:
        assert "About us" in menu(client)
        Page.objects.filter(pk=about.pk).update(title="Who we are")
        clock.shift(50)
        assert "About us" in menu(client)
        clock.shift(20)
        assert "Who we are" in menu(client)


def test_where_a_reader_is_belongs_to_each_request(client, about, answers_index):
    def current(path: str) -> list[str]:
        links = read(client, path).select(".site-nav [aria-current]")
        return [link["href"] for link in links]

    assert current(about.url) == [about.url]
    assert current("/") == []
    assert current(answers_index.url) == [answers_index.url]


class TestPagesAreFound:
    """By the type that their place allows, and without knowing it."""

    def test_at_any_depth(self, client, about):
        team = about.add_child(instance=StandardPage(title="Team"))
        people = team.add_child(instance=StandardPage(title="People"))
        for page in (about, team, people):
            assert read(client, page.url).h1.text == page.title

    def test_below_a_section_that_is_private(self, client, about):
        team = about.add_child(instance=StandardPage(title="Team"))
        PageViewRestriction.objects.create(
            page=about, restriction_type=PageViewRestriction.LOGIN
        )
        assert client.get(team.url).status_code == 302

    def test_while_a_moved_section_is_remembered(self, client, home, about):
        team = about.add_child(instance=StandardPage(title="Team"))
        client.get(team.url)
        Page.objects.get(pk=team.pk).move(home, pos="last-child")
        assert read(client, "/team/").h1.text == "Team"
        assert client.get(team.url).status_code in (301, 404, 410)

    def test_but_drafts_are_not(self, client, about):
        about.add_child(instance=StandardPage(title="Team", live=False))
        assert client.get(f"{about.url}team/").status_code in (404, 410)
