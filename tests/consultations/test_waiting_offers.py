"""A time that is free is offered to those who wait, one by one, and taken once."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from post_office.models import Email

from clinic_site.core.worker.timetable import JOBS
from consultations.models import (
    BookingFigure,
    Consent,
    ConsentWording,
    DiaryException,
    Event,
    FreeConsultation,
    Reservation,
    WaitingEntry,
    WaitingOffer,
)
from consultations.waiting import free_times
from consultations.waiting.offers import offer_free_times
from tests.factories.consultations import begun_draft, kind_of, stored_booking
from tests.factories.core import ClinicFactory
from tests.factories.waiting import (
    link_in_newest_mail,
    offered,
    open_for,
    stored_entry,
    taking_form,
    waiting_form,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)  # a Monday, ten o'clock in London
AT = NOW + timedelta(days=3)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def kind():
    return kind_of("clinic")


def text(response) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(page.main.get_text(" ").split())


def states() -> list[str]:
    """Of all entries, by name."""
    return list(WaitingEntry.objects.order_by("name").values_list("state", flat=True))


def offers() -> list[tuple[str, str]]:
    made = WaitingOffer.objects.order_by("pk")
    return [(offer.entry.name, offer.outcome) for offer in made]


class TestARound:
    def test_is_made_each_minute(self):
        assert JOBS["offer free times"].every == timedelta(minutes=1)

    def test_offers_a_free_time_to_who_came_first(self, kind, clock):
        stored_entry(name="Ben", email="ben@visitor.example")
        clock.shift(timedelta(minutes=1))
        stored_entry(name="Ann")
        open_for(kind, AT)
        offer_free_times()
        assert offers() == [("Ben", "open")]
        assert states() == ["waiting", "offered"]
        held = Reservation.objects.get()
        assert held.starts_at == AT
        assert held.expires_at == timezone.now() + timedelta(hours=1)
        mail = Email.objects.latest("pk")
        assert mail.to == ["ben@visitor.example"]
        offer_free_times()  # the time is held: nobody else has it offered
        assert len(offers()) == 1

    def test_gives_each_person_one_time_at_a_time(self, kind):
        stored_entry(name="Ann")
        stored_entry(name="Ben")
        open_for(kind, AT, AT + timedelta(hours=2), AT + timedelta(hours=4))
        offer_free_times()
        offer_free_times()
        assert sorted(offers()) == [("Ann", "open"), ("Ben", "open")]
        begin = WaitingOffer.objects.order_by("starts_at")
        assert [offer.starts_at for offer in begin] == [AT, AT + timedelta(hours=2)]

    def test_asks_the_next_one_when_an_hour_has_passed(self, kind, clock):
        stored_entry(name="Ann")
        clock.shift(timedelta(seconds=1))
        stored_entry(name="Ben")
        open_for(kind, AT)
        offer_free_times()
        clock.shift(timedelta(minutes=59))
        offer_free_times()
        assert offers() == [("Ann", "open")]
        clock.shift(timedelta(minutes=1))
        offer_free_times()
        assert offers() == [("Ann", "expired"), ("Ben", "open")]
        assert states() == ["waiting", "offered"]
        clock.shift(timedelta(hours=1))
        offer_free_times()
        assert offers() == [("Ann", "expired"), ("Ben", "expired")]
        assert states() == ["waiting", "waiting"]
        assert not Reservation.objects.exists()

    def test_copes_with_an_expired_offer_whose_time_somebody_else_has(
        self, kind, clock
    ):
        stored_entry(name="Ann")
        open_for(kind, AT)
        offer_free_times()
        clock.shift(timedelta(minutes=61))
        stored_booking(kind, AT)
        offer_free_times()
        assert offers() == [("Ann", "expired")]
        assert states() == ["waiting"]

    @pytest.mark.parametrize(
        ("wish", "fits"),
        [
            ({}, True),
            ({"first_day": date(2026, 12, 4)}, False),
            ({"last_day": date(2026, 12, 2)}, False),
            ({"first_day": date(2026, 12, 3), "last_day": date(2026, 12, 3)}, True),
            ({"weekdays": [3]}, True),
            ({"weekdays": [0, 1, 2, 4, 5, 6]}, False),
            ({"part_of_day": "morning"}, True),
            ({"part_of_day": "afternoon"}, False),
            ({"part_of_day": "evening"}, False),
        ],
    )
    def test_offers_only_what_suits(self, kind, wish, fits):
        stored_entry(name="Ann", **wish)
        open_for(kind, AT)
        offer_free_times()
        assert offers() == ([("Ann", "open")] if fits else [])

    def test_offers_at_the_wanted_clinic_only(self, kind, clock):
        here, there = ClinicFactory(), ClinicFactory()
        stored_entry(name="Ann", clinic=here)
        clock.shift(timedelta(seconds=1))
        stored_entry(name="Ben")
        open_for(kind, AT, clinic=there)
        offer_free_times()
        assert offers() == [("Ben", "open")]
        assert WaitingOffer.objects.get().clinic == there

    def test_offers_nothing_that_begins_too_soon_after_the_hold(self, kind):
        stored_entry(name="Ann")  # visits want four hours of notice
        open_for(kind, NOW + timedelta(hours=4, minutes=55))
        offer_free_times()
        assert offers() == []
        open_for(kind, NOW + timedelta(hours=5))
        offer_free_times()
        assert offers() == [("Ann", "open")]

    @pytest.mark.parametrize(
        ("at", "sends"),
        [("07:59", False), ("08:00", True), ("19:59", True), ("20:00", False)],
    )
    def test_writes_only_by_day(self, kind, clock, at, sends):
        stored_entry(name="Ann")
        open_for(kind, AT)
        clock.move_to(datetime.combine(NOW, time.fromisoformat(at), tzinfo=UTC))
        offer_free_times()
        assert bool(offers()) == sends

    def test_closes_what_expired_also_by_night(self, kind, clock):
        entry = stored_entry(name="Ann")
        open_for(kind, AT)
        offered(entry, AT)
        clock.move_to(datetime(2026, 11, 30, 23, tzinfo=UTC))
        offer_free_times()
        assert (offers(), states()) == ([("Ann", "expired")], ["waiting"])

    def test_offers_no_time_twice_to_the_same_person(self, kind, clock):
        entry = stored_entry(name="Ann")
        open_for(kind, AT)
        offer_free_times()
        clock.shift(timedelta(hours=2))
        offer_free_times()
        offer_free_times()
        assert offers() == [("Ann", "expired")]
        open_for(kind, AT + timedelta(hours=1))
        offer_free_times()
        assert entry.offers.latest("pk").starts_at == AT + timedelta(hours=1)

    def test_leaves_who_does_not_answer_alone_after_three_a_day(self, kind, clock):
        stored_entry(name="Ann")
        open_for(kind, *(AT + timedelta(hours=number) for number in range(6)))
        for _ in range(6):
            offer_free_times()
            clock.shift(timedelta(hours=1))
        assert offers() == [("Ann", "expired")] * 3
        clock.move_to(NOW + timedelta(days=1))
        offer_free_times()
        assert offers()[3:] == [("Ann", "open")]

    def test_goes_past_a_time_that_is_gone_meanwhile(self, kind, monkeypatch):
        stored_entry(name="Ann")
        open_for(kind, AT, AT + timedelta(hours=2))
        begun_draft(kind, AT)  # a visitor holds it

        seen = free_times.free_slots

        def with_one_too_many(**query):
            slots = seen(**query)
            gone = type(slots[0])(AT, AT + kind.length(), slots[0].resources)
            return [gone, *slots]

        monkeypatch.setattr(free_times, "free_slots", with_one_too_many)
        offer_free_times()
        assert WaitingOffer.objects.get().starts_at == AT + timedelta(hours=2)

    def test_asks_nobody_who_left(self, kind):
        stored_entry(name="Ann")
        WaitingEntry.objects.update(state="left")
        open_for(kind, AT)
        offer_free_times()
        assert offers() == []
        assert not WaitingEntry.objects.in_turn().exists()

    def test_offers_nothing_of_a_kind_that_is_no_longer_offered(self, kind):
        stored_entry(name="Ann")
        open_for(kind, AT)
        kind_of("clinic", is_active=False)
        offer_free_times()
        assert offers() == []

    def test_costs_one_query_when_nobody_waits(self, kind):
        WaitingEntry.objects.filter(pk=stored_entry().pk).update(state="left")
        with CaptureQueriesContext(connection) as queries:
            offer_free_times()
        assert len(queries) == 1

    def test_reads_the_diary_once_however_many_wait(self, kind):
        def cost() -> int:
            with CaptureQueriesContext(connection) as queries:
                offer_free_times()
            return len(queries)

        open_for(kind, AT)
        stored_entry(name="Ann", weekdays=[0])
        few = cost()
        for number in range(8):
            stored_entry(name=f"Person {number}", weekdays=[0])
        assert cost() == few


class TestDaysThatAreOver:
    def test_end_the_wait_with_one_mail(self, kind, clock):
        entry = stored_entry(name="Ann", last_day=date(2026, 12, 1))
        clock.move_to(datetime(2026, 12, 1, 23, tzinfo=UTC))
        offer_free_times()
        assert states() == ["waiting"]
        clock.move_to(datetime(2026, 12, 2, 9, tzinfo=UTC))
        for _ in range(2):
            offer_free_times()
        entry.refresh_from_db()
        assert (entry.state, entry.status) == ("over", "done")
        assert Email.objects.count() == 2
        mail = Email.objects.latest("pk")
        assert "1 December 2026" in mail.message
        links = set(re.findall(r"https?://[^/]+(/\S+)\s", mail.message))
        assert links == {"/free-consultation/"}  # says nothing of what they waited for

    def test_are_told_on_the_page(self, client, kind, clock):
        stored_entry(name="Ann", last_day=date(2026, 12, 1))
        page = link_in_newest_mail()
        clock.move_to(datetime(2026, 12, 2, 9, tzinfo=UTC))
        for _ in range(2):  # before the round and after it
            assert "Your days are over" in text(client.get(page))
            offer_free_times()


@pytest.fixture
def offer(kind) -> WaitingOffer:
    """Made to Amara Okafor, for a time that nobody else can have."""
    open_for(kind, AT)
    return offered(stored_entry(), AT)


def take(client, offer, /, **changes):
    form = taking_form(offer, **changes)
    return client.post(link_in_newest_mail() + "take/", form)


def test_an_expired_offer_of_a_day_that_was_closed_since_is_gone(client, offer, clock):
    clock.shift(timedelta(minutes=61))
    DiaryException.objects.create(first_day=AT.date(), last_day=AT.date())
    assert take(client, offer).status_code == 409
    assert not FreeConsultation.objects.exists()


class TestTaking:
    def test_shows_the_time_and_until_when_it_is_kept(self, client, offer):
        words = text(client.get(link_in_newest_mail()))
        for shown in (
            "Thursday 3 December 2026, 10:00am",
            "until 11:00am",
            offer.clinic.name,
            "Book this time",
            "No, thank you",
        ):
            assert shown in words

    def test_makes_a_booking_with_its_mails(self, client, offer):
        page = link_in_newest_mail()
        response = take(client, offer)
        assert (response.status_code, response["Location"]) == (303, page)
        booking = FreeConsultation.objects.get()
        assert (booking.name, booking.starts_at) == ("Amara Okafor", AT)
        assert (booking.state, booking.status) == ("confirmed", "in_progress")
        assert booking.reference.startswith("FC-")
        assert booking.reservation == Reservation.objects.get()
        assert booking.reservation.expires_at is None
        assert BookingFigure.objects.get().booking == booking
        assert Event.objects.filter(submission=booking, action="received").exists()

        entry = WaitingEntry.objects.get()
        assert (entry.state, entry.status) == ("booked", "done")
        assert entry.booking == booking
        assert offers() == [("Amara Okafor", "taken")]
        words = text(client.get(page))
        assert booking.reference in words
        assert "Thursday 3 December 2026, 10:00am" in words
        assert "/appointment/" in Email.objects.latest("pk").message

    def test_asks_what_every_booking_asks(self, client, offer):
        page = BeautifulSoup(client.get(link_in_newest_mail()).content, "html.parser")
        boxes = {
            name: page.select_one(f"[name={name}]").has_attr("checked")
            for name in ("no_voicemail", "wants_reminders", "consent")
        }
        assert boxes == {
            "no_voicemail": False,
            "wants_reminders": True,
            "consent": False,
        }
        wording = ConsentWording.objects.current("booking-contact")["booking-contact"]
        assert wording.text in text(client.get(link_in_newest_mail()))

    def test_asks_nothing_about_a_telephone_that_nobody_gave(self, client, kind):
        open_for(kind, AT)
        offer = offered(stored_entry(phone=""), AT)
        page = BeautifulSoup(client.get(link_in_newest_mail()).content, "html.parser")
        assert not page.select("[name=no_voicemail]")
        assert take(client, offer, no_voicemail="on").status_code == 303
        assert not FreeConsultation.objects.get().no_voicemail

    def test_keeps_the_consents_of_the_wait_and_of_the_booking_apart(
        self, client, offer, clock
    ):
        clock.shift(timedelta(minutes=20))
        take(client, offer)
        booking = FreeConsultation.objects.get()
        given = Consent.objects.get(submission=booking)
        assert given.wording.key == "booking-contact"
        assert given.given_at == NOW + timedelta(minutes=20)
        waited = Consent.objects.get(submission=offer.entry_id)
        assert (waited.wording.key, waited.given_at) == ("waiting-contact", NOW)

    def test_books_nothing_without_consent_and_keeps_what_was_typed(
        self, client, offer
    ):
        response = take(client, offer, consent="", no_voicemail="on")
        assert response.status_code == 422
        assert "Tick the box to let us contact you" in text(response)
        page = BeautifulSoup(response.content, "html.parser")
        assert page.select_one("[name=surname]")["value"] == "Okafor"
        assert page.select_one("[name=no_voicemail]").has_attr("checked")
        assert not FreeConsultation.objects.exists()

    def test_counts_consent_for_the_words_that_were_shown(self, client, offer):
        form = taking_form(offer)
        ConsentWording.objects.create(key="booking-contact", text="Other words.")
        response = client.post(link_in_newest_mail() + "take/", form)
        assert response.status_code == 422
        assert "These words have changed" in text(response)

    @pytest.mark.parametrize(
        ("sent", "stored"),
        [
            ({"no_voicemail": "on", "wants_reminders": "on"}, (True, True)),
            ({}, (False, False)),
        ],
    )
    def test_keeps_how_they_want_to_be_reached(self, client, offer, sent, stored):
        form = taking_form(offer)
        del form["wants_reminders"]
        client.post(link_in_newest_mail() + "take/", {**form, **sent})
        booking = FreeConsultation.objects.get()
        assert (booking.no_voicemail, booking.wants_reminders) == stored

    def test_counts_for_the_page_that_led_to_the_list(self, client, kind):
        open_for(kind, AT)
        offer = offered(stored_entry(source_path="/answers/"), AT)
        take(client, offer)
        assert FreeConsultation.objects.get().source_path == "/answers/"
        assert BookingFigure.objects.get().source_path == "/answers/"

    def test_sent_again_with_other_answers_finds_the_first(self, client, offer):
        page = link_in_newest_mail()
        client.post(page + "take/", taking_form(offer))
        again = client.post(page + "take/", taking_form(offer, no_voicemail="on"))
        assert (again.status_code, again["Location"]) == (303, page)
        assert not FreeConsultation.objects.get().no_voicemail

    def test_makes_a_request_where_staff_confirm(self, client, kind):
        kind_of("clinic", needs_confirmation=True)
        open_for(kind, AT)
        offer = offered(stored_entry(), AT)
        page = link_in_newest_mail()
        take(client, offer)
        assert FreeConsultation.objects.get().state == "requested"
        assert "We have your request" in text(client.get(page))

    def test_sent_twice_books_once(self, client, offer):
        page = link_in_newest_mail()
        form = taking_form(offer, surname="okafor")
        for _ in range(3):
            response = client.post(page + "take/", form)
            assert (response.status_code, response["Location"]) == (303, page)
        assert FreeConsultation.objects.count() == 1
        assert Email.objects.count() == 3  # on the list, the offer, booked

    def test_takes_the_surname(self, client, offer):
        for number in range(4):
            response = take(client, offer, surname="Smith")
            assert response.status_code == 422
            words = text(response)
            assert f"try {4 - number} more" in words
            assert "Book this time" in words
        assert 'value="Smith"' in response.content.decode()
        assert take(client, offer, surname="Smith").status_code == 403
        response = take(client, offer)  # even with the right one
        assert response.status_code == 403
        assert "wrong too many times" in text(response)
        assert not FreeConsultation.objects.exists()
        assert Event.objects.filter(action="link_frozen").count() == 1

    @pytest.mark.parametrize("surname", ["", " ", "\x00", "x" * 500])
    def test_asks_for_a_surname_in_words(self, client, offer, surname):
        response = take(client, offer, surname=surname)
        assert response.status_code == 422
        assert "There is a problem" in text(response)
        offer.entry.refresh_from_db()
        assert offer.entry.link_failures == 0

    def test_still_works_after_the_hour_while_nobody_has_the_time(
        self, client, offer, clock
    ):
        clock.shift(timedelta(minutes=61))
        assert "you can still book it" in text(client.get(link_in_newest_mail()))
        assert take(client, offer).status_code == 303
        assert FreeConsultation.objects.get().starts_at == AT

    def test_still_works_after_a_round_gave_the_time_back(self, client, offer, clock):
        page = link_in_newest_mail()
        clock.shift(timedelta(minutes=61))
        offer_free_times()
        form = taking_form(offer)
        assert client.post(page + "take/", form).status_code == 303
        assert offers() == [("Amara Okafor", "taken")]

    @pytest.mark.parametrize("round_first", [True, False])
    def test_of_a_time_that_is_gone_leaves_the_person_on_the_list(
        self, client, kind, offer, clock, round_first
    ):
        page = link_in_newest_mail()
        clock.shift(timedelta(minutes=61))
        stored_booking(kind, AT)
        if round_first:
            offer_free_times()
        form = taking_form(offer)
        response = client.post(page + "take/", form)
        assert response.status_code == 409
        assert "That time has just gone" in text(response)
        assert "You are on the waiting list" in text(response)
        assert states() == ["waiting"]
        assert FreeConsultation.objects.count() == 1
        assert offers() == [("Amara Okafor", "expired")]

    @pytest.mark.parametrize("typed", ["", "moon", "-1", "0", "9" * 30, "\x00", "1.5"])
    def test_of_no_offer_books_nothing(self, client, offer, typed):
        assert take(client, offer, offer=typed).status_code == 409
        assert not FreeConsultation.objects.exists()
        assert offers() == [("Amara Okafor", "open")]

    def test_of_somebody_elses_offer_books_nothing(self, client, kind, offer):
        open_for(kind, AT + timedelta(hours=2))
        other = offered(stored_entry(name="Ben Okafor"), AT + timedelta(hours=2))
        assert take(client, offer).status_code == 409  # by Ben's link
        assert take(client, other).status_code == 303
        assert FreeConsultation.objects.get().name == "Ben Okafor"

    def test_of_an_older_offer_never_books_the_newer_one(
        self, client, kind, offer, clock
    ):
        page = link_in_newest_mail()
        clock.shift(timedelta(minutes=61))
        open_for(kind, AT + timedelta(hours=2))
        stored_booking(kind, AT)
        offer_free_times()
        form = taking_form(offer)
        response = client.post(page + "take/", form)
        assert response.status_code == 409
        assert "Thursday 3 December 2026, 12 noon" in text(response)
        assert [outcome for _, outcome in offers()] == ["expired", "open"]

    def test_of_an_older_offer_gives_the_newer_one_back(
        self, client, kind, offer, clock
    ):
        page = link_in_newest_mail()
        clock.shift(timedelta(minutes=61))
        open_for(kind, AT + timedelta(hours=2))
        offer_free_times()
        form = taking_form(offer)
        assert client.post(page + "take/", form).status_code == 303
        assert FreeConsultation.objects.get().starts_at == AT
        assert [outcome for _, outcome in offers()] == ["taken", "declined"]
        assert Reservation.objects.count() == 1

    def test_of_a_time_that_has_begun_books_nothing(self, client, offer, clock):
        page = link_in_newest_mail()
        clock.move_to(AT + timedelta(minutes=1))
        form = taking_form(offer)
        assert client.post(page + "take/", form).status_code == 409

    def test_says_so_when_the_booking_is_over_or_cancelled(self, client, offer):
        page = link_in_newest_mail()
        take(client, offer)
        FreeConsultation.objects.update(state="cancelled")
        assert "no longer on the waiting list" in text(client.get(page))
        WaitingEntry.objects.update(booking=None)
        assert "no longer on the waiting list" in text(client.get(page))

    def test_is_limited(self, client, offer):
        for _ in range(20):
            take(client, offer, surname="")
        response = take(client, offer, surname="Okafor")
        assert response.status_code == 429
        assert 'value="Okafor"' in response.content.decode()


class TestDeclining:
    def test_gives_the_time_to_the_next_one(self, client, kind, offer, clock):
        page = link_in_newest_mail()
        clock.shift(timedelta(minutes=1))
        stored_entry(name="Ben")
        response = client.post(page + "decline/", taking_form(offer))
        assert (response.status_code, response["Location"]) == (303, page)
        assert states() == ["waiting", "waiting"]
        offer_free_times()
        assert offers() == [("Amara Okafor", "declined"), ("Ben", "open")]

    @pytest.mark.parametrize("typed", ["", "moon", "0", "9" * 30])
    def test_of_no_offer_changes_nothing(self, client, offer, typed):
        page = link_in_newest_mail()
        client.post(page + "decline/", {"offer": typed, "surname": "Okafor"})
        assert offers() == [("Amara Okafor", "open")]

    def test_twice_is_as_good_as_once(self, client, offer):
        page = link_in_newest_mail()
        for _ in range(2):
            client.post(page + "decline/", taking_form(offer))
        assert offers() == [("Amara Okafor", "declined")]


def test_leaving_with_an_offer_gives_the_time_back_soon(client, kind, offer, clock):
    client.post(link_in_newest_mail() + "leave/")
    clock.shift(timedelta(minutes=16))
    offer_free_times()
    assert (offers(), states()) == ([("Amara Okafor", "expired")], ["left"])
    assert not Reservation.objects.exists()


class TestACall:
    """At five in the morning of New York, three days from now."""

    @pytest.fixture
    def call(self) -> WaitingOffer:
        kind = kind_of("phone")
        open_for(kind, AT)
        return offered(stored_entry(kind, zone="America/New_York"), AT)

    def test_is_told_also_by_the_clock_of_whoever_is_called(self, client, call):
        mail, page = Email.objects.latest("pk"), link_in_newest_mail()
        for body in (mail.message, mail.html_message, text(client.get(page))):
            assert "10:00am" in body
            assert "5:00am in New York" in body
        take(client, call)
        assert "5:00am in New York" in text(client.get(page))
        assert FreeConsultation.objects.get().zone == "America/New_York"

    def test_shows_the_number_to_nobody_who_has_but_the_link(self, client, call):
        words = text(client.get(link_in_newest_mail()))
        assert "the number you gave us" in words
        assert "7700" not in words

    def test_in_london_has_one_clock(self, client):
        kind = kind_of("phone")
        open_for(kind, AT)
        offered(stored_entry(kind), AT)
        assert "in London" not in Email.objects.latest("pk").message
        assert "in London" not in text(client.get(link_in_newest_mail()))


def test_the_mail_has_the_address_without_empty_lines(kind):
    address = "1 Example Street\r\n \r\nLondon \n"
    clinic = ClinicFactory(address=address, postcode="SW1A 1AA")
    open_for(kind, AT, clinic=clinic)
    offered(stored_entry(), AT)
    mail = Email.objects.latest("pk")
    assert "Where: 1 Example Street, London, SW1A 1AA\n" in mail.message


class TestOnePerson:
    """Somebody with many wishes does not empty the diary."""

    def test_has_one_offer_at_a_time_whatever_they_wish(self, kind):
        open_for(kind, AT, AT + timedelta(hours=2))
        for part in ("any", "morning"):
            stored_entry(part_of_day=part)
        offer_free_times()
        assert WaitingOffer.objects.count() == 1

    def test_who_has_booked_is_offered_nothing_more(self, kind):
        open_for(kind, AT, AT + timedelta(hours=2))
        stored_entry()
        stored_booking(kind, AT, email="Amara@visitor.example")
        offer_free_times()
        assert not WaitingOffer.objects.exists()

    def test_is_told_when_they_wait_often_enough(self, client, offer):
        for part in ("morning", "afternoon"):
            stored_entry(part_of_day=part)
        url = "/free-consultation/waiting-list/clinic/"
        response = client.post(url, waiting_form(part_of_day="evening"))
        assert response.status_code == 409
        assert "on the waiting list for this already" in response.content.decode()
        assert WaitingEntry.objects.count() == 3


def test_declining_needs_the_surname(client, offer):
    page = link_in_newest_mail()
    response = client.post(page + "decline/", {"offer": str(offer.pk)})
    assert response.status_code == 422
    assert offers() == [("Amara Okafor", "open")]
