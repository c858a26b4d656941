"""From a held time to a booking: what the visitor gets and what is stored."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from post_office.models import Email

from clinic_site.core import mail
from clinic_site.core.models import ClinicSettings
from clinic_site.core.transactions import Busy
from consultations.bookings import changes, services
from consultations.bookings.time_lists import value_of
from consultations.models import (
    BookingDraft,
    Claim,
    Consent,
    ConsentWording,
    Event,
    FreeConsultation,
    Reservation,
    Resource,
    Submission,
)
from consultations.records.services import SubmittedDifferently
from tests.factories.consultations import (
    MARK,
    ResourceFactory,
    answers,
    begun_draft,
    book_online,
    details_form,
    free_start,
    hold_online,
    kind_of,
    stored_booking,
)
from tests.factories.core import ClinicFactory

from .rows import every_row

pytestmark = pytest.mark.django_db

BOOK = "/free-consultation/"
PERSONAL = ["Tomasz", "Wójcik", "tomasz@", "07700", "900113", "lift"]
GONE = "That time has just gone"


@pytest.fixture
def staff_address(db):
    settings = ClinicSettings.of_default_site()
    settings.notify_bookings = "desk@larkfield.example"
    settings.save()


@pytest.fixture
def address(client) -> str:
    """Of the page for a visitor's details, with a time held."""
    return hold_online(client)


@pytest.fixture
def wait(time_machine):
    """wait(minutes=8): so much time goes by."""

    def shift(**time) -> None:
        time_machine.move_to(timezone.now() + timedelta(**time), tick=False)

    return shift


def page_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def text_of(response) -> str:
    return " ".join(page_of(response).select_one("main").text.split())


def take_over() -> None:
    """Somebody else holds the visitor's time, as soon as they may."""
    draft = BookingDraft.objects.get()
    Reservation.objects.update(expires_at=timezone.now())
    begun_draft(draft.appointment_kind, draft.starts_at, clinic=draft.clinic)


def would_send(page: BeautifulSoup) -> dict[str, str]:
    """What the browser would send if the button were pressed on this page."""
    values = {}
    for control in page.select("main form [name]:not(button)"):
        if control.name == "textarea":
            values[control["name"]] = control.text.removeprefix("\n")
        elif control["type"] not in ("radio", "checkbox"):
            values[control["name"]] = control.get("value", "")
        elif control.has_attr("checked"):
            values[control["name"]] = control.get("value", "on")
    return values


def test_it_works(client):
    response = book_online(client)
    booking = FreeConsultation.objects.get()
    assert response.status_code == 303
    assert response["Location"].endswith("/booked/")
    assert booking.reference in text_of(client.get(response["Location"]))


def test_everything_is_stored(client):
    room = ResourceFactory()
    kind = kind_of("clinic")
    starts_at = free_start(kind, 6)
    book_online(
        client,
        kind,
        clinic=room.clinic,
        starts_at=starts_at,
        query="?from=/answers/",
        no_voicemail="on",
        preferred_hours="evening",
        wants_reminders="",
    )
    booking = FreeConsultation.objects.get()
    assert (booking.kind, booking.state) == ("booking", "confirmed")
    assert (booking.clinic, booking.resource) == (room.clinic, room)
    assert (booking.starts_at, booking.zone) == (starts_at, "Europe/London")
    assert (booking.name, booking.email) == ("Tomasz Wójcik", "tomasz@visitor.example")
    assert (booking.phone, booking.note) == ("+447700900113", "Is there a lift?")
    assert (booking.preferred_hours, booking.no_voicemail) == ("evening", True)
    assert booking.wants_reminders is False
    assert booking.source_path == "/answers/"
    assert booking.reservation.expires_at is None
    (event,) = booking.events.all()
    assert (event.action, event.actor, event.detail) == ("received", None, "")


def test_two_neutral_mails_wait_in_the_queue(client, staff_address):
    book_online(client, note=MARK)
    booking = FreeConsultation.objects.get()
    to_visitor, to_staff = Email.objects.order_by("pk")
    assert to_visitor.to == ["tomasz@visitor.example"]
    assert to_staff.to == ["desk@larkfield.example"]
    assert f"/admin/consultations/{booking.pk}/" in to_staff.message
    for email in (to_visitor, to_staff):
        everything = f"{email.subject} {email.message} {email.html_message}"
        assert booking.reference in everything
        for word in [*PERSONAL, MARK]:
            assert word not in everything
        assert "hair loss" not in everything.lower()


def test_without_an_address_for_staff_only_the_visitor_gets_a_mail(client):
    book_online(client)
    assert Email.objects.get().to == ["tomasz@visitor.example"]


@pytest.mark.parametrize("failing", [1, 2])
def test_when_a_mail_cannot_be_queued_nothing_is_stored(
    staff_address, monkeypatch, failing
):
    queued = []

    def queue(name, **details):
        queued.append(name)
        if len(queued) == failing:
            raise OSError("no room")
        real(name, **details)

    real = mail.queue
    monkeypatch.setattr(mail, "queue", queue)
    response = book_online(Client(raise_request_exception=False))

    assert response.status_code == 500
    for model in (Submission, FreeConsultation, Consent, Event, Email):
        assert not model.objects.exists()
    assert BookingDraft.objects.get().details["name"] == "Tomasz Wójcik"


class TestTheDetails:
    def test_come_with_what_was_chosen_and_how_long_it_is_kept(self, client, address):
        draft = BookingDraft.objects.get()
        until = timezone.localtime(draft.reservation.expires_at)
        words = text_of(client.get(address))
        assert "Step 4 of 5 Your details" in words
        assert "Telephone call, 20 minutes" in words
        assert f"We keep this time for you until {until:%-I:%M}" in words

    def test_are_shown_again_as_they_were_typed(self, client, address):
        form = details_form(no_voicemail="on", preferred_hours="evening")
        client.post(address, form)
        shown = would_send(page_of(client.get(address)))
        assert shown == form

    def test_may_be_left_and_changed_before_the_end(self, client, address):
        client.post(address, details_form())
        client.post(address, details_form(name="Tomasz Nowak", wants_reminders=""))
        check = text_of(client.get(f"{address}check/"))
        assert "Tomasz Nowak" in check and "Reminders None" in check

    def test_lie_encrypted_in_the_database(self, client, address):
        client.post(address, details_form(note=MARK))
        rows = every_row()
        assert not [row for each in rows.values() for row in each if MARK in row]
        for row in rows["consultations_bookingdraft"]:
            assert "tomasz" not in row and "Wójcik" not in row

    def test_are_gone_with_the_draft_once_it_is_booked(self, client, address):
        book_online(client, address=address)
        assert BookingDraft.objects.get().details == {}


class TestKeepingTheTime:
    def test_is_one_button_and_loses_nothing_typed(self, client, address, wait):
        wait(minutes=8)
        typed = {"name": "Tomasz", "email": "half-way", "note": "Is there", "phone": ""}
        response = client.post(f"{address}keep/", typed)
        assert (response.status_code, response["Location"]) == (303, address)

        page = page_of(client.get(address))
        shown = would_send(page)
        assert {name: shown[name] for name in typed} == typed
        assert not page.select(".error-summary")
        assert "wants_reminders" not in shown  # it was unticked
        left = Reservation.objects.get().expires_at - timezone.now()
        assert left == pytest.approx(timedelta(minutes=10), abs=timedelta(seconds=5))

    def test_leads_back_to_the_check(self, client, address):
        client.post(address, details_form())
        response = client.post(f"{address}keep/", {"then": "check"})
        assert response["Location"] == f"{address}check/"
        assert "Tomasz" in text_of(client.get(response["Location"]))

    def test_half_typed_details_must_be_finished(self, client, address):
        client.post(address, details_form())
        client.post(f"{address}keep/", details_form(email=""))
        for ask in (client.get, client.post):
            assert ask(f"{address}check/")["Location"] == address
        assert not FreeConsultation.objects.exists()

    def test_works_after_ten_minutes_while_nobody_took_it(self, client, address, wait):
        wait(minutes=11)
        assert "The ten minutes are over" in text_of(client.get(address))
        assert client.post(f"{address}keep/").status_code == 303
        assert "We keep this time for you until" in text_of(client.get(address))

    def test_fails_in_words_when_somebody_took_it(self, client, address):
        typed = details_form(email="half-way")
        take_over()
        assert "Somebody else has taken this time" in text_of(client.get(address))
        response = client.post(f"{address}keep/", typed)
        assert response.status_code == 409
        assert GONE in text_of(response)
        assert would_send(page_of(client.get(address)))["email"] == "half-way"

    def test_is_not_done_by_opening_its_address(self, client, address, wait):
        before = Reservation.objects.get().expires_at
        wait(minutes=3)
        assert client.get(f"{address}keep/")["Location"] == address
        assert Reservation.objects.get().expires_at == before

    def test_counts_as_often_as_taking_it(self, client, address):
        codes = [client.post(f"{address}keep/").status_code for _ in range(20)]
        assert codes == [303] * 19 + [429]


class TestAnotherTime:
    def test_is_chosen_for_the_same_draft(self, client, address):
        client.post(address, details_form())
        days = page_of(client.get(f"{address}time/")).select(".day-list__day")
        times = page_of(client.get(days[7]["href"]))
        moment = times.select(".choice input")[3]["value"]
        response = client.post(days[7]["href"], {"at": moment})

        assert response["Location"] == f"{address}check/"
        draft, held = BookingDraft.objects.get(), Reservation.objects.get()
        assert value_of(draft.starts_at) == value_of(held.starts_at) == moment
        assert draft.details["name"] == "Tomasz Wójcik"
        assert client.post(f"{address}check/").status_code == 303
        assert FreeConsultation.objects.get().starts_at == draft.starts_at

    def test_has_the_one_that_is_held_ticked(self, client, address):
        draft = BookingDraft.objects.get()
        day = timezone.localdate(draft.starts_at)
        page = page_of(client.get(f"{address}time/?day={day}"))
        assert page.select_one("[checked]")["value"] == value_of(draft.starts_at)

    def test_may_be_at_another_clinic(self, client):
        here = ResourceFactory()
        other = ResourceFactory(clinic=ClinicFactory(name="Larkfield Bank"))
        address = hold_online(client, kind_of("clinic"), clinic=here.clinic)
        page = page_of(client.get(f"{address}time/"))
        (link,) = page.select(".other-clinic")
        assert link.text == "Times at Larkfield Bank"
        day = page_of(client.get(link["href"])).select(".day-list__day")[3]["href"]
        moment = page_of(client.get(day)).select_one("[name=at]")["value"]
        client.post(day, {"at": moment})
        draft = BookingDraft.objects.get()
        assert draft.clinic == draft.reservation.resource.clinic == other.clinic

    def test_may_be_in_another_zone(self, client, address):
        for zone in ("Asia/Tokyo", "Europe/London"):
            page = page_of(client.get(f"{address}time/?zone={zone}"))
            day = page.select(".day-list__day")[3]["href"]
            moment = page_of(client.get(day)).select_one("[name=at]")["value"]
            client.post(day, {"at": moment})
            assert BookingDraft.objects.get().zone == zone

    def test_that_is_gone_keeps_the_old_one_and_what_was_typed(self, client, address):
        client.post(address, details_form())
        kind, before = kind_of("phone"), BookingDraft.objects.get()
        wanted = free_start(kind, 3)
        begun_draft(kind, wanted)
        response = client.post(f"{address}time/", {"at": value_of(wanted)})
        assert response.status_code == 409
        assert GONE in text_of(response)
        draft = BookingDraft.objects.get(pk=before.pk)
        assert draft.starts_at == before.starts_at
        assert draft.reservation == before.reservation
        assert draft.details == before.details

    @pytest.mark.parametrize("at", ["", "x", "\x00", "9999-12-31T23:59Z"])
    def test_is_asked_for_when_none_was_picked(self, client, address, at):
        response = client.post(f"{address}time/", {"at": at})
        assert response.status_code == 422
        assert page_of(response).select(".choice input")

    @pytest.mark.parametrize(
        "query",
        ["day=x", "day=2026-02-30", "day=9999-12-31", "first=0001-01-01", "zone=%00"],
    )
    def test_whatever_nonsense_is_asked_for(self, client, address, query):
        assert client.get(f"{address}time/?{query}").status_code == 200

    def test_at_no_clinic_that_there_is(self, client):
        clinic = ResourceFactory().clinic
        address = hold_online(client, kind_of("clinic"), clinic=clinic)
        assert client.get(f"{address}time/?clinic=nowhere").status_code == 404


class TestTheCheck:
    def test_shows_everything_with_links_to_change_it(self, client, address):
        client.post(address, details_form(note="Is there\na lift?", no_voicemail="on"))
        response = client.get(f"{address}check/")
        words = text_of(response)
        for said in (
            "Step 5 of 5 Check and book",
            "Telephone call, 20 minutes",
            "Tomasz Wójcik",
            "tomasz@visitor.example",
            "07700 900113",
            "Any time, no voicemail",
            "Is there a lift?",
        ):
            assert said in words
        changes = page_of(response).select(".summary__change a")
        assert [link["href"].split("#")[0] for link in changes] == [
            f"{address}time/",
            *[address] * 5,
        ]
        details = page_of(client.get(address))
        for link in changes[1:]:
            assert details.find(id=link["href"].split("#")[1])
        assert page_of(response).select_one("main form button").text == "Book this time"

    def test_stores_nothing_by_being_opened(self, client, address):
        client.post(address, details_form())
        for ask in (client.get, client.head):
            assert ask(f"{address}check/").status_code == 200
        assert not Submission.objects.exists()

    def test_comes_after_the_details(self, client, address):
        for ask in (client.get, client.post):
            response = ask(f"{address}check/")
            assert (response.status_code, response["Location"]) == (303, address)
        assert not Submission.objects.exists()

    def test_says_that_the_time_is_gone_and_offers_others(self, client, address):
        client.post(address, details_form())
        take_over()
        response = client.post(f"{address}check/")
        page = page_of(response)
        assert response.status_code == 409
        assert GONE in page.title.text
        assert "Nothing you typed is lost" in page.text
        assert len(page.select(".choice")) == 3

        form = page.select_one("main form")
        moment = page.select_one(".choice input")["value"]
        again = client.post(form["action"], {"at": moment})
        assert again["Location"] == f"{address}check/"
        assert client.post(again["Location"]).status_code == 303
        booking = FreeConsultation.objects.get()
        assert (value_of(booking.starts_at), booking.name) == (moment, "Tomasz Wójcik")

    def test_books_after_ten_minutes_too_while_nobody_took_it(
        self, client, address, wait
    ):
        client.post(address, details_form())
        wait(hours=1)
        assert client.post(f"{address}check/").status_code == 303

    def test_sent_twice_is_one_booking(self, client, address, staff_address):
        first = book_online(client, address=address)
        second = client.post(f"{address}check/")
        assert second.status_code == 303
        assert first["Location"] == second["Location"]
        assert FreeConsultation.objects.count() == Event.objects.count() == 1
        assert Email.objects.count() == 2

    def test_of_the_same_booking_again_from_the_start_is_one(self, client):
        """After Back, a time that one has oneself looks gone to oneself."""
        kind = kind_of("phone")
        ResourceFactory.create_batch(2)
        starts_at = free_start(kind, 5)
        answers = [book_online(client, kind, starts_at=starts_at) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [303, 303]
        assert FreeConsultation.objects.count() == 1
        assert Claim.objects.values("reservation").distinct().count() == 1

    @pytest.mark.parametrize(
        ("error", "status", "words"),
        [
            (lambda: Busy(), 503, "Nothing you typed is lost"),
            (lambda: SubmittedDifferently(stored_booking()), 409, "reference is FC-"),
        ],
    )
    def test_says_why_it_could_not_be_booked(
        self, client, address, monkeypatch, error, status, words
    ):
        client.post(address, details_form())
        raised = error()

        def refuse(**fields):
            raise raised

        monkeypatch.setattr(services, "book", refuse)
        response = client.post(f"{address}check/")
        assert response.status_code == status
        assert words in text_of(response)
        assert "Tomasz Wójcik" in text_of(response)


def test_the_last_button_takes_fifteen_queries_at_most(
    client, address, staff_address, django_assert_max_num_queries
):
    client.post(address, details_form())
    ClinicSettings.of_default_site()  # remembered for a minute at a time
    with django_assert_max_num_queries(100) as found:
        assert client.post(f"{address}check/").status_code == 303
    counted = [
        query["sql"]
        for query in found.captured_queries
        if "SAVEPOINT" not in query["sql"]
    ]
    assert len(counted) <= 15, "\n".join(counted)


class TestConsent:
    def test_is_kept_with_the_wordings_that_were_shown(self, client):
        book_online(client)
        kept = Consent.objects.values_list("wording__key", "wording__version")
        assert set(kept) == {("booking-contact", 1), ("booking-note", 1)}

    def test_for_a_note_is_not_kept_where_there_is_none(self, client):
        book_online(client, note="")
        assert Consent.objects.get().wording.key == "booking-contact"

    def test_follows_a_new_version_of_the_wording(self, client, address):
        wording = ConsentWording.objects.create(
            key="booking-contact", text="Phone me, please."
        )
        assert "Phone me, please." in text_of(client.get(address))
        book_online(client, address=address)
        assert Consent.objects.filter(wording=wording).exists()

    def test_to_older_words_is_not_ticked_again(self, client, address):
        client.post(address, details_form())
        ConsentWording.objects.create(key="booking-contact", text="Newer words.")
        page = page_of(client.get(address))
        assert not page.select_one("[name=consent]").has_attr("checked")
        assert page.select_one("[name=consent_note]").has_attr("checked")


class TestTheEnd:
    @pytest.fixture
    def end(self, client) -> str:
        return book_online(client)["Location"]

    def test_shows_the_reference_and_nothing_personal(self, client, end):
        response = client.get(end)
        booking = FreeConsultation.objects.get()
        assert response.status_code == 200
        assert "Your appointment is booked" in page_of(response).title.text
        assert booking.reference in text_of(response)
        for word in PERSONAL:
            assert word not in response.content.decode()

    def test_says_where_to_come_and_what_to_bring(self, client):
        clinic = ClinicFactory(name="Larkfield Bank", directions="Ring twice.")
        ResourceFactory(clinic=clinic)
        end = book_online(client, kind_of("clinic"), clinic=clinic)["Location"]
        page = page_of(client.get(end))
        link = page.select_one("main dl a")
        assert link["href"] == clinic.map_url()
        assert "noopener" in link["rel"] and "noreferrer" in link["rel"]
        for words in ("12 Example Row", "ZZ99 1EX", "A list of the medicines", "Ring"):
            assert words in page.select_one("main").text

    def test_of_a_call_says_that_we_phone(self, client, end):
        assert "At that time we phone you" in text_of(client.get(end))

    def test_of_a_request_says_that_it_is_confirmed_later(self, client):
        kind = kind_of("phone", needs_confirmation=True)
        address = hold_online(client, kind)
        client.post(address, details_form())
        check = page_of(client.get(f"{address}check/"))
        assert check.select_one("main form button").text == "Ask for this time"
        end = client.post(f"{address}check/")["Location"]
        booking = FreeConsultation.objects.get()
        assert (booking.state, booking.reservation.expires_at) == ("requested", None)
        words = text_of(client.get(end))
        assert "We have your request" in words
        assert "write to you within one working day to confirm it" in words
        assert "calendar" not in words
        assert client.get(f"{end}appointment.ics").status_code == 404

    def test_has_a_calendar_file_that_names_nobody(self, client, end):
        response = client.get(f"{end}appointment.ics")
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert "attachment" in response["Content-Disposition"]
        (event,) = Calendar.from_ical(response.content).walk("VEVENT")
        booking = FreeConsultation.objects.get()
        assert event.decoded("dtstart") == booking.starts_at
        for word in PERSONAL:
            assert word not in response.content.decode()

    def test_follows_what_becomes_of_the_booking(self, client, end):
        booking = FreeConsultation.objects.get()
        changes.cancel(booking=booking)
        words = text_of(client.get(end))
        assert "This appointment is closed" in words
        assert "At that time we phone you" not in words
        assert client.get(f"{end}appointment.ics").status_code == 404

    def test_is_where_all_pages_of_the_draft_lead(self, client, end):
        address = end.removesuffix("booked/")
        for page in ("", "time/", "check/", "keep/"):
            for ask in (client.get, client.post):
                response = ask(address + page, details_form())
                assert (response.status_code, response["Location"]) == (303, end)
        assert FreeConsultation.objects.count() == 1

    def test_changes_nothing_however_often_it_is_opened(self, client, end):
        for _ in range(3):
            assert client.get(end).status_code == 200
            assert client.get(f"{end}appointment.ics").status_code == 200
        assert client.post(end).status_code == 405
        assert FreeConsultation.objects.count() == Event.objects.count() == 1
        assert Email.objects.count() == 1

    def test_comes_after_the_booking(self, client, address):
        assert client.get(f"{address}booked/")["Location"] == f"{address}check/"

    def test_can_be_opened_for_a_day(self, client, end, wait):
        wait(hours=23)
        assert client.get(end).status_code == 200
        wait(hours=2)
        response = client.get(end)
        assert response.status_code == 404
        assert "look into your email" in text_of(response)


class TestTheSecretAddress:
    PAGES = ("", "keep/", "time/", "check/", "booked/", "booked/appointment.ics")

    @pytest.mark.parametrize(
        "token", ["wrong", "x" * 500, "%00", "%F0%9F%A7%94", "a.b"]
    )
    def test_that_opens_nothing_says_what_to_do(self, client, token):
        for page in (*self.PAGES, "else/", "check/else/"):
            response = client.get(f"{BOOK}booking/{token}/{page}")
            assert response.status_code == 404
            assert "Pages of a booking last a day" in text_of(response)

    def test_is_told_to_nobody(self, client, address):
        client.post(address, details_form())
        assert client.post(f"{address}check/").status_code == 303
        for page in self.PAGES:
            response = client.get(address + page)
            assert response["Referrer-Policy"] == "no-referrer"
            assert "no-store" in response["Cache-Control"]
            assert "noindex" in response["X-Robots-Tag"]

    def test_is_not_stored_as_it_is(self, client, address):
        token = address.split("/")[3]
        assert len(token) == 43
        assert token not in str(list(BookingDraft.objects.values()))

    def test_is_reached_and_used_without_any_cookie(self):
        client = Client(enforce_csrf_checks=True)
        ResourceFactory()
        path = f"{BOOK}phone/"
        client.get(BOOK)
        (day, *_) = page_of(client.get(path)).select("main .day-list__day")
        times = page_of(client.get(day["href"]))
        at = times.select_one("[name=at]")["value"]
        address = client.post(day["href"], {"at": at})["Location"]
        client.get(address)
        check = client.post(address, details_form())["Location"]
        client.get(check)
        done = client.post(check)["Location"]
        assert client.get(done).status_code == 200
        assert FreeConsultation.objects.count() == 1
        assert not client.cookies

    def test_needs_no_cookie(self, address):
        """Browsers send "Origin: null" from pages that name themselves to nobody."""
        client = Client(enforce_csrf_checks=True, headers={"Origin": "null"})
        assert book_online(client, address=address).status_code == 303
        assert not client.cookies


def person(number: int) -> dict:
    """Somebody else for each number, as the form has it."""
    return {
        "email": f"person{number}@visitor.example",
        "phone": f"020 7946 00{number:02}",
    }


def test_nobody_books_more_than_three_times_to_come(client):
    ResourceFactory()
    kind = kind_of("phone")
    for number in range(3):
        book_online(client, kind, starts_at=free_start(kind, 1 + number))
    address = hold_online(client, kind)
    form = details_form(email="TOMASZ@visitor.example", phone="020 7946 0000")
    response = client.post(address, form)
    assert response.status_code == 422
    assert "You have three appointments with us already" in text_of(response)
    assert client.post(address, {**form, **person(1)}).status_code == 303


class TestTooManyBookings:
    def test_are_refused_with_everything_typed_still_there(self, client, time_machine):
        time_machine.move_to("2026-11-22T10:00:05Z", tick=False)
        ResourceFactory(lanes=4)
        kind = kind_of("phone")
        for number in range(10):
            starts_at = free_start(kind, 1 + number)
            response = book_online(client, kind, starts_at=starts_at, **person(number))
            assert response.status_code == 303
        # Sent again by an impatient visitor: not one more.
        address = response["Location"].removesuffix("booked/")
        assert client.post(f"{address}check/").status_code == 303

        address = hold_online(client, kind)
        someone = person(10)
        response = book_online(client, address=address, note="Number eleven", **someone)
        assert response.status_code == 429
        assert "Nothing you typed is lost" in text_of(response)
        assert "Number eleven" in text_of(response)
        assert FreeConsultation.objects.count() == Email.objects.count() == 10

        time_machine.move_to("2026-11-22T10:01:05Z", tick=False)
        assert client.post(f"{address}check/").status_code == 303

    def test_are_counted_by_address(self, client, settings, time_machine):
        time_machine.move_to("2026-11-22T10:00:05Z", tick=False)
        settings.PROXY_COUNT = 1
        ResourceFactory(lanes=4)
        seen, other = "203.0.113.5", "203.0.113.6"
        addresses = []
        for number in range(13):
            draft, token = begun_draft(
                starts_at=free_start(kind_of("phone"), 1 + number)
            )
            services.store_details(
                draft=draft, answers=answers(note=f"{number}"), wordings=[]
            )
            addresses.append(f"{BOOK}booking/{token}/check/")
        for path in addresses[:10]:
            assert client.post(path, HTTP_X_FORWARDED_FOR=seen).status_code == 303
        for forwarded, status in (
            (f"198.51.100.9, {seen}", 429),  # the first part is invented
            (other, 303),
        ):
            response = client.post(addresses[11], HTTP_X_FORWARDED_FOR=forwarded)
            assert response.status_code == status


class TestWhatMustNotBeRead:
    @pytest.mark.parametrize(
        "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
    )
    def test_another_charset_than_utf_8(self, address, kind):
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        kind = f"{kind}; charset=utf-7"
        assert client.post(address, "name=Sam", content_type=kind).status_code == 400

    def test_more_than_a_form_can_hold(self, client, settings, address):
        settings.REQUEST_MAX_BYTES = 2000
        form = details_form(note="x" * 2000)
        assert client.post(address, form).status_code == 413
        assert client.post(address, details_form()).status_code == 303

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_other_ways_of_asking(self, client, address, method):
        for page in ("", "keep/", "time/", "check/"):
            assert getattr(client, method)(address + page).status_code == 405


def test_of_two_visitors_with_one_lane_the_second_is_told(client):
    room = ResourceFactory()
    starts_at = free_start(kind_of("phone"), 4)
    hold_online(client, starts_at=starts_at)
    day = timezone.localdate(starts_at)
    response = client.post(f"{BOOK}phone/{day}/", {"at": value_of(starts_at)})
    assert response.status_code == 409
    assert Resource.objects.get() == room
    assert stored_booking().starts_at != starts_at
