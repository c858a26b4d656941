"""Getting onto the waiting list, off it and back, and what staff see of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client
from django.utils import timezone
from post_office.models import Email

from clinic_site.core.models import Clinic, ClinicSettings
from consultations.models import (
    AccessLink,
    Consent,
    ConsentWording,
    Event,
    Submission,
    WaitingEntry,
)
from tests.factories.consultations import ResourceFactory, kind_of
from tests.factories.core import ClinicFactory
from tests.factories.waiting import (
    link_in_newest_mail,
    offered,
    open_for,
    stored_entry,
    waiting_form,
)

from .rows import every_row

pytestmark = pytest.mark.django_db

VISIT, CALL = (
    f"/free-consultation/waiting-list/{slug}/" for slug in ("clinic", "phone")
)
MONDAY = datetime(2026, 11, 30, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def clinic() -> Clinic:
    """One that visits can be had at."""
    return ResourceFactory().clinic


def text(response) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(page.main.get_text(" ").split())


def errors(response) -> str:
    assert response.status_code == 422
    page = BeautifulSoup(response.content, "html.parser")
    return page.select_one("[data-error-summary]").get_text(" ", strip=True)


class TestJoining:
    def test_keeps_the_wish_and_tells_the_person(self, client, clinic):
        form = waiting_form(
            clinic=clinic.pk, weekdays=["2", "0"], part_of_day="morning"
        )
        response = client.post(VISIT, form)
        assert response.status_code == 303
        entry = WaitingEntry.objects.get()
        assert entry.reference.startswith("WL-")
        assert (entry.clinic, entry.weekdays) == (clinic, [0, 2])
        assert (entry.state, entry.status) == ("waiting", "in_progress")
        assert (entry.first_day, entry.last_day) == (
            date(2026, 11, 30),
            date(2026, 12, 20),
        )
        assert Consent.objects.get().wording.key == "waiting-contact"
        assert Event.objects.get().action == "received"

        received = client.get(response["Location"])
        assert entry.reference in text(received)
        assert "okafor" not in text(received).lower()
        page = client.get(link_in_newest_mail())
        assert "You are on the waiting list" in text(page)
        for words in ("Monday, Wednesday", "Morning", clinic.name, entry.reference):
            assert words in text(page)

    def test_works_for_calls_which_need_a_number(self, client):
        form = waiting_form(phone="")
        assert "Enter the telephone number" in errors(client.post(CALL, form))
        assert "clinic" not in client.get(CALL).context["form"].fields
        form["phone"] = "(213) 373-4253"  # as people dial there
        path = CALL + "?zone=America/New_York&from=/answers/"
        assert client.post(path, form).status_code == 303
        entry = WaitingEntry.objects.get()
        assert entry.source_path == "/answers/"
        assert (entry.phone, entry.clinic) == ("+12133734253", None)
        assert entry.zone == "America/New_York"

    def test_asks_about_an_odd_number_and_takes_it_when_it_is_right(self, client):
        form = waiting_form(phone="12 34")
        response = client.post(CALL, form)
        assert "tick the box" in errors(response)
        page = BeautifulSoup(response.content, "html.parser")
        box = page.select_one("[name=phone_is_right]")
        assert not box.has_attr("checked")
        form |= {"phone_is_right": box["value"], "phone": "56 78"}
        assert "tick the box" in errors(client.post(CALL, form))  # another number
        form["phone"] = "12 34"
        assert client.post(CALL, form).status_code == 303
        assert WaitingEntry.objects.get().phone == "12 34"

    def test_has_the_clinic_of_its_address_chosen(self, client, clinic):
        response = client.get(f"{VISIT}{clinic.slug}/")
        page = BeautifulSoup(response.content, "html.parser")
        chosen = page.select("[name=clinic][checked]")
        assert [box["value"] for box in chosen] == [str(clinic.pk)]
        assert "no-store" in response["Cache-Control"]

    def test_is_for_any_clinic_unless_one_is_chosen(self, client, clinic):
        page = BeautifulSoup(client.get(VISIT).content, "html.parser")
        boxes = page.select("[name=clinic]")
        assert [box["value"] for box in boxes] == ["", str(clinic.pk)]
        assert boxes[0].has_attr("checked")

    @pytest.mark.parametrize(
        "path",
        [
            "/free-consultation/waiting-list/moon/",
            VISIT + "moon/",
            CALL + "victoria/",
            "/waiting-list/joined/WL-2222-2222/",
        ],
    )
    def test_is_not_for_what_there_is_not(self, client, path):
        ClinicFactory(slug="victoria")
        assert client.get(path).status_code == 404

    def test_is_not_for_what_is_not_offered(self, client):
        kind_of("clinic", is_active=False)
        assert client.get(VISIT).status_code == 404

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"name": ""}, "Enter your name"),
            ({"name": "A\x00B"}, "Null characters"),
            ({"email": "amara"}, "@"),
            ({"first_day": ""}, "Enter the first day"),
            ({"first_day": "9999-99-99"}, "Enter a real date"),
            ({"first_day": "2026-11-29"}, "Choose today or a day to come"),
            ({"last_day": "9999-12-31"}, "Choose a day up to 29 January 2027"),
            ({"last_day": "moon\x00"}, "Enter a real date"),
            (
                {"first_day": "2026-12-10", "last_day": "2026-12-09"},
                "The last day must not be before the first one",
            ),
            (
                {"last_day": "2026-12-01", "weekdays": ["5", "6"]},
                "None of these weekdays",
            ),
            ({"weekdays": ["7"]}, "Tick weekdays out of the list"),
            ({"weekdays": ["moon"]}, "Tick weekdays out of the list"),
            ({"part_of_day": "night"}, "out of the list"),
            ({"clinic": "9" * 30}, "Choose one of the clinics"),
            ({"clinic": "moon"}, "Choose one of the clinics"),
            ({"phone": "moon"}, "Enter a telephone number"),
            ({"consent": ""}, "Tick the box"),
            ({"website": "spam"}, "people cannot see"),
            ({"submit_key": "moon"}, "Please send it again"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, client, clinic, changes, words
    ):
        kept = {"name": "Zebedee Quill", "weekdays": ["3", "4"], "phone": "07700900123"}
        response = client.post(VISIT, waiting_form(**{**kept, **changes}))
        assert words in errors(response)
        assert not WaitingEntry.objects.exists()
        page = BeautifulSoup(response.content, "html.parser")
        assert page.title.text.startswith("Error: ")
        if "name" not in changes:
            assert page.select_one("[name=name]")["value"] == "Zebedee Quill"
        if "weekdays" not in changes:
            ticked = page.select("[name=weekdays][checked]")
            assert [box["value"] for box in ticked] == ["3", "4"]

    def test_counts_consent_for_the_words_that_were_shown(self, client, clinic):
        form = waiting_form()
        ConsentWording.objects.create(key="waiting-contact", text="Other words.")
        assert "These words have changed" in errors(client.post(VISIT, form))

    def test_is_limited(self, client, clinic):
        for number in range(10):
            email = f"visitor-{number}@visitor.example"
            assert client.post(VISIT, waiting_form(email=email)).status_code == 303
        response = client.post(VISIT, waiting_form(name="Zebedee Quill"))
        assert response.status_code == 429
        assert "Zebedee Quill" in response.content.decode()
        assert WaitingEntry.objects.count() == Email.objects.count() == 10


class TestTheSameWish:
    def test_sent_twice_is_on_the_list_once(self, client, clinic):
        form = waiting_form(weekdays=["1"])
        first = client.post(VISIT, form)
        again = client.post(VISIT, form)
        from_a_new_form = client.post(VISIT, waiting_form(weekdays=["1"]))
        assert first["Location"] == again["Location"] == from_a_new_form["Location"]
        assert WaitingEntry.objects.count() == Email.objects.count() == 1

    def test_stays_one_for_as_long_as_it_is_on_the_list(self, client, clinic, clock):
        form = waiting_form(first_day="2026-12-03")
        client.post(VISIT, form)
        clock.shift(timedelta(days=2))
        client.post(
            VISIT, waiting_form(first_day="2026-12-03", last_day=form["last_day"])
        )
        assert WaitingEntry.objects.count() == 1

    def test_is_the_same_from_whichever_page_they_came(self, client, clinic):
        form = waiting_form()
        client.post(VISIT + "?from=/answers/", form)
        assert client.post(VISIT + "?from=/", form).status_code == 303
        client.post(VISIT, waiting_form())
        assert WaitingEntry.objects.get().source_path == "/answers/"

    def test_changed_under_the_same_key_is_asked_about(self, client, clinic):
        form = waiting_form()
        client.post(VISIT, form)
        response = client.post(VISIT, {**form, "part_of_day": "evening"})
        assert response.status_code == 409
        assert WaitingEntry.objects.get().reference in text(response)

    def test_of_another_day_or_person_is_another_one(self, client, clinic):
        client.post(VISIT, waiting_form())
        client.post(VISIT, waiting_form(weekdays=["1"]))
        client.post(VISIT, waiting_form(email="ben@visitor.example"))
        client.post(CALL, waiting_form(phone="07700 900123"))
        assert WaitingEntry.objects.count() == 4

    def test_sent_again_after_leaving_waits_again(self, client, clinic):
        form = waiting_form()
        client.post(VISIT, form)
        client.post(link_in_newest_mail() + "leave/")
        client.post(VISIT, form)  # the browser went back and sent it once more
        assert WaitingEntry.objects.get().state == "waiting"
        client.post(link_in_newest_mail() + "leave/")
        client.post(VISIT, waiting_form())
        states = WaitingEntry.objects.order_by("created_at", "state")
        assert sorted(entry.state for entry in states) == ["left", "waiting"]


class TestItsPage:
    def test_is_stored_by_nobody_and_told_to_nobody(self, client):
        stored_entry()
        for path in (link_in_newest_mail(), "/waiting-list/moon/"):
            response = client.get(path)
            assert "no-store" in response["Cache-Control"]
            assert "private" in response["Cache-Control"]
            assert response["Referrer-Policy"] == "no-referrer"
            assert response["X-Robots-Tag"] == "noindex"
            page = BeautifulSoup(response.content, "html.parser")
            assert "okafor" not in page.get_text().lower()
            assert "amara@" not in page.get_text()
            assert not response.cookies

    def test_is_changed_by_no_program_that_opens_links(self, client):
        entry = stored_entry()
        open_for(entry.appointment_kind, MONDAY + timedelta(days=3))
        offered(entry, MONDAY + timedelta(days=3))
        page, before = link_in_newest_mail(), every_row()
        for path in ("", "leave/", "rejoin/", "take/", "decline/", "moon/"):
            for ask in (client.get, client.head, client.options, client.put):
                assert ask(page + path).status_code in (200, 303, 404, 405)
        assert client.post(page).status_code == 405
        assert client.post(page + "take/", {"surname": ""}).status_code == 422
        assert every_row() == before

    @pytest.mark.parametrize("path", ["", "leave/", "rejoin/", "take/", "decline/"])
    def test_is_not_there_for_a_wrong_address(self, client, path):
        entry = stored_entry()
        for ask in (client.get, client.post):
            response = ask(f"/waiting-list/{'x' * 43}/{path}")
            assert response.status_code == 404
            assert "This link no longer works" in text(response)
        entry.refresh_from_db()
        assert entry.state == "waiting"

    def test_lasts_a_fortnight_longer_than_the_days(self, client, clock):
        stored_entry(last_day=date(2026, 12, 1))
        page = link_in_newest_mail()
        clock.move_to(datetime(2026, 12, 15, 23, tzinfo=UTC))
        assert client.get(page).status_code == 200
        clock.move_to(datetime(2026, 12, 16, 1, tzinfo=UTC))
        assert client.get(page).status_code == 404

    def test_is_not_opened_by_the_link_of_a_booking(self, client):
        stored_entry()
        page = link_in_newest_mail()
        AccessLink.objects.update(purpose="booking")
        assert client.get(page).status_code == 404


class TestLeaving:
    def test_is_one_click_and_so_is_coming_back(self, client):
        entry, browser = stored_entry(), Client(enforce_csrf_checks=True)
        page = link_in_newest_mail()
        for path, state, status, words in (
            ("leave/", "left", "withdrawn", "You have left"),
            ("leave/", "left", "withdrawn", "Put me back"),
            ("rejoin/", "waiting", "in_progress", "You are on the waiting list"),
            ("rejoin/", "waiting", "in_progress", "Leave the waiting list"),
        ):
            response = browser.post(page + path)
            assert (response.status_code, response["Location"]) == (303, page)
            entry.refresh_from_db()
            assert (entry.state, entry.status) == (state, status)
            assert words in text(client.get(page))
        details = Event.objects.filter(action="state_changed").order_by("pk")
        assert [event.detail for event in details] == [
            "waiting to left",
            "left to waiting",
        ]

    def test_ends_for_good_with_the_days(self, client, clock):
        entry = stored_entry(last_day=date(2026, 12, 1))
        page = link_in_newest_mail()
        client.post(page + "leave/")
        clock.shift(timedelta(days=3))
        client.post(page + "rejoin/")
        entry.refresh_from_db()
        assert entry.state == "left"
        assert "Your days are over" in text(client.get(page))

    def test_by_mistake_costs_no_offer_for_a_quarter_of_an_hour(self, client, clock):
        entry = stored_entry()
        at = MONDAY + timedelta(days=3)
        open_for(entry.appointment_kind, at)
        offer = offered(entry, at)
        page = link_in_newest_mail()
        client.post(page + "leave/")
        clock.shift(timedelta(minutes=14))
        client.post(page + "rejoin/")
        assert "A time is free for you" in text(client.get(page))
        offer.refresh_from_db()
        assert offer.expires_at == MONDAY + timedelta(minutes=15)
        assert offer.reservation.expires_at == offer.expires_at

    def test_is_limited_without_a_word_lost(self, client):
        stored_entry()
        page = link_in_newest_mail()
        for number in range(20):
            path = page + ("rejoin/" if number % 2 else "leave/")
            assert client.post(path).status_code == 303
        response = client.post(page + "leave/")
        assert response.status_code == 429
        assert "Wait ten minutes" in text(response)


class TestMails:
    def test_say_no_name_and_nothing_of_health(self):
        settings = ClinicSettings.of_default_site()
        settings.discreet_name = "Larkfield"
        settings.save()
        entry = stored_entry()
        open_for(entry.appointment_kind, MONDAY + timedelta(days=3))
        offered(entry, MONDAY + timedelta(days=3))
        joined, offer = Email.objects.order_by("pk")
        assert joined.subject.startswith("You are on the waiting list")
        assert "until 11:00am" in offer.subject
        assert "Thursday 3 December 2026, 10:00am" in offer.message
        for mail in (joined, offer):
            for body in (mail.subject, mail.message, mail.html_message):
                assert body
                for word in ("amara", "okafor", "hair", "scalp", "consultation "):
                    assert word not in body.lower(), body
            assert entry.reference in mail.message
            assert entry.reference not in mail.subject


class TestStaff:
    LIST = "/admin/consultations/waiting-list/"

    @pytest.fixture
    def reception(self, client_of):
        return client_of("Reception")

    def names(self, client, **query) -> list[str]:
        response = client.get(self.LIST, query)
        assert response.status_code == 200
        page = BeautifulSoup(response.content, "html.parser")
        rows = page.select("table.listing tbody tr")
        return [row.select("td")[1].get_text(strip=True) for row in rows]

    def test_see_who_waits_in_turn(self, reception, clinic, clock):
        stored_entry(name="Ann")
        clock.shift(timedelta(hours=1))
        stored_entry(name="Ben", clinic=clinic, weekdays=[0, 4])
        left = stored_entry(kind=kind_of("phone"), name="Cem")
        Submission.objects.filter(pk=left.pk).update(
            created_at=timezone.now() + timedelta(minutes=1)
        )
        WaitingEntry.objects.filter(pk=left.pk).update(state="left")
        assert self.names(reception) == ["Ann", "Ben", "Cem"]
        assert self.names(reception, state="on_the_list") == ["Ann", "Ben"]
        assert self.names(reception, state="left") == ["Cem"]
        assert self.names(reception, clinic=clinic.pk) == ["Ben"]
        assert self.names(reception, kind=kind_of("phone").pk) == ["Cem"]
        assert self.names(reception, q="ann") == ["Ann"]
        words = text(reception.get(self.LIST, {"q": "Ben"}))
        for shown in ("Mon, Fri; any time", clinic.name, "30 Nov to 20 Dec 2026"):
            assert shown in words

    @pytest.mark.parametrize(
        "query",
        [
            {"state": "moon", "kind": "moon", "clinic": "9" * 30},
            {"p": "-1"},
            {"ordering": "\x00"},
            {"q": "\x00"},
        ],
    )
    def test_survive_what_nobody_asks_for(self, reception, query):
        stored_entry()
        assert reception.get(self.LIST, query).status_code in (200, 404)

    def test_need_the_permission(self, client_of, client):
        assert client_of("Editors").get(self.LIST).status_code == 302
        assert client.get(self.LIST).status_code == 302

    def test_open_a_case_with_the_wish_and_the_offers(self, reception):
        entry = stored_entry(weekdays=[3])
        open_for(entry.appointment_kind, MONDAY + timedelta(days=3))
        offered(entry, MONDAY + timedelta(days=3))
        words = text(reception.get(f"/admin/consultations/{entry.pk}/"))
        for shown in (
            "Has an offer",
            "Thursday 3 December 2026, 10:00",
            "kept until 11:00",
            "30 November 2026 to 20 December 2026",
            "Amara Okafor",
        ):
            assert shown in words
        inbox = reception.get("/admin/consultations/?kind=waiting")
        assert entry.reference in inbox.content.decode()

    def test_take_somebody_off_the_list_and_put_them_back(self, reception, client_of):
        entry = stored_entry()
        case = f"/admin/consultations/{entry.pk}/"
        assert "Take off the list" in text(reception.get(case))
        reception.post(case + "take-off-waiting-list/")
        entry.refresh_from_db()
        assert (entry.state, entry.status) == ("left", "withdrawn")
        assert Event.objects.latest("pk").actor.username == "reception"
        assert "Put back on the list" in text(reception.get(case))
        reception.post(case + "put-back-on-waiting-list/")
        entry.refresh_from_db()
        assert (entry.state, entry.status) == ("waiting", "in_progress")

        specialist = client_of("Specialists")
        for path in ("take-off-waiting-list/", "put-back-on-waiting-list/"):
            assert specialist.post(case + path)["Location"] == "/admin/"
            assert reception.get(case + path).status_code == 405
        entry.refresh_from_db()
        assert entry.state == "waiting"

    def test_read_a_status_that_follows_the_list_and_decides_nothing(self, client):
        entry = stored_entry()
        page = link_in_newest_mail()
        Submission.objects.update(status="spam")
        assert "You are on the waiting list" in text(client.get(page))
        assert WaitingEntry.objects.in_turn().exists()
        client.post(page + "leave/")
        entry.refresh_from_db()
        assert (entry.state, entry.status) == ("left", "withdrawn")


def test_removing_an_entry_removes_its_offers_and_links():
    entry = stored_entry()
    open_for(entry.appointment_kind, MONDAY + timedelta(days=3))
    offer = offered(entry, MONDAY + timedelta(days=3))
    Consent.objects.all().delete()
    Event.objects.all().delete()
    Submission.objects.get().delete()
    assert not AccessLink.objects.exists()
    with pytest.raises(ObjectDoesNotExist):
        offer.refresh_from_db()
