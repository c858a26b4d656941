"""Booking for somebody on the telephone: in one page, and nothing typed is lost."""

import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from post_office.models import Email

from clinic_site.core.transactions import Busy
from clinic_site.users.models import User
from consultations.bookings.times import in_words
from consultations.models import (
    AppointmentKind,
    BookingFigure,
    Consent,
    ConsentWording,
    Event,
    FreeConsultation,
    Note,
    Resource,
)
from consultations.staff import add_booking
from consultations.staff.time_forms import sent
from tests.factories.consultations import (
    ResourceFactory,
    free_start,
    kind_of,
    stored_booking,
    ticked,
)

from .rows import every_row
from .threads import at_once

pytestmark = pytest.mark.django_db

URL = "/admin/consultations/bookings/add/"


@pytest.fixture
def reception(client_of) -> Client:
    return client_of("Reception")


@pytest.fixture
def room(db) -> Resource:
    return ResourceFactory()


def form_for(room: Resource, at=None, mode: str = "clinic", **changes) -> dict:
    kind = kind_of(mode)
    at = at or free_start(kind, days=3, place=4)
    return {
        "kind": kind.pk,
        "clinic": room.clinic_id,
        "resource": "",
        "day": timezone.localtime(at).date().isoformat(),
        "starts_at": sent(at),
        "extra_at": "",
        "reason": "",
        "submit_key": str(uuid.uuid4()),
        "name": "Ada Moss",
        "phone": "020 7946 0958",
        "email": "",
        "preferred_hours": "any",
        "note": "",
        "agreed": ticked("booking-contact"),
        **changes,
    }


def page_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def text_of(response) -> str:
    return " ".join(page_of(response).select_one("main, #main").get_text(" ").split())


def messages_of(response) -> str:
    return " ".join(item.text for item in page_of(response).select(".messages li"))


def typed_in(response) -> dict:
    """What a browser would send if the form were sent as it is shown."""
    form = page_of(response).select_one("form.staff-form")
    values = {}
    for tag in form.select("input[name]"):
        kind = tag.get("type")
        if kind not in ("checkbox", "radio") or tag.has_attr("checked"):
            values[tag["name"]] = tag.get("value", "")
    for tag in form.select("textarea[name]"):
        values[tag["name"]] = tag.text.removeprefix("\n")
    for tag in form.select("select[name]"):
        chosen = tag.select_one("option[selected]") or tag.select_one("option")
        values[tag["name"]] = chosen["value"]
    return values


def test_it_is_booked_and_read_out(reception, room):
    form = form_for(room)
    response = reception.post(URL, form, follow=True)
    booking = FreeConsultation.objects.get()
    assert response.redirect_chain == [(f"/admin/consultations/{booking.pk}/", 302)]
    words = messages_of(response)
    for part in (booking.reference, in_words(booking.starts_at), room.clinic.name):
        assert part in words
    assert "No email: no confirmation" in words
    assert sent(booking.starts_at) == form["starts_at"]
    assert (booking.state, booking.phone) == ("confirmed", "+442079460958")
    assert booking.resource == room
    assert "By staff, on the telephone" in text_of(response)


def test_what_was_agreed_to_and_who_booked_is_written_down(reception, room):
    reception.post(URL, form_for(room))
    assert Consent.objects.get().wording.key == "booking-contact"
    event = Event.objects.get(action="received")
    assert event.actor.username == "reception"
    assert BookingFigure.objects.get().is_by_staff


def test_with_an_email_address_a_confirmation_goes_out(reception, room):
    form = form_for(room, email="ada@visitor.example", wants_reminders="on")
    response = reception.post(URL, form, follow=True)
    assert "A confirmation goes out" in messages_of(response)
    assert Email.objects.get().to == ["ada@visitor.example"]
    assert FreeConsultation.objects.get().wants_reminders


def test_a_call_needs_no_clinic(reception, room):
    form = form_for(room, mode="phone", clinic="")
    response = reception.post(URL, form, follow=True)
    assert "By phone." in messages_of(response)


def test_sooner_than_visitors_may_book(reception, room):
    kind_of("clinic", lead_hours=24 * 10)
    day = timezone.localdate() + timedelta(days=1)
    response = reception.get(f"{URL}?day={day}")
    at = page_of(response).select_one("input[name=starts_at]")["value"]
    form = {**typed_in(response), **who(), "starts_at": at}
    assert reception.post(URL, form).status_code == 302


def who(**changes) -> dict:
    agreed = ticked("booking-contact")
    return {"name": "Ada Moss", "phone": "020 7946 0958", "agreed": agreed, **changes}


class TestTheBoardLeadsHere:
    def test_with_the_time_chosen(self, reception, room):
        kind = kind_of("clinic")
        other = ResourceFactory(clinic=room.clinic)
        at = free_start(kind, days=4, place=3)
        query = {
            "kind": kind.pk,
            "clinic": other.clinic_id,
            "resource": other.pk,
            "starts_at": at.isoformat(),
        }
        response = reception.get(URL, query)
        values = typed_in(response)
        assert values["starts_at"] == sent(at)
        assert values["resource"] == str(other.pk)
        reception.post(URL, {**values, **who()})
        booking = FreeConsultation.objects.get()
        assert (booking.starts_at, booking.resource) == (at, other)

    def test_and_says_when_that_time_has_gone(self, reception, room):
        booking = stored_booking(kind_of("clinic"), clinic=room.clinic)
        at = booking.starts_at.isoformat()
        response = reception.get(URL, {"starts_at": at, "clinic": room.clinic_id})
        assert "That time is not free" in messages_of(response)
        assert len(page_of(response).select("button[name=nearest]")) == 3

    @pytest.mark.parametrize(
        "query",
        [
            "kind=x",
            "kind=99999999999999999999999",
            "kind=%00",
            "clinic=99999999999999999999999",
            "day=9999-99-99",
            "day=9999-12-31",
            "day=0001-01-01",
        ],
    )
    def test_with_what_cannot_be_is_explained(self, reception, room, query):
        response = reception.get(f"{URL}?{query}")
        assert response.status_code == 422
        assert "hoose" in text_of(response)

    @pytest.mark.parametrize(
        "query", ["starts_at=moon", "starts_at=%00", "resource=x", "day=", "show="]
    )
    def test_with_what_is_nothing_begins_as_usual(self, reception, room, query):
        assert reception.get(f"{URL}?{query}").status_code == 200

    def test_and_looking_changes_nothing(self, reception, room):
        reception.get(URL)
        before = every_row()
        for query in ("", "?starts_at=2026-12-24T10:00Z", "?submit_key=1&name=Ada"):
            response = reception.get(URL + query)
            assert "Ada" not in text_of(response)
        assert every_row() == before


class TestAnotherDay:
    def test_shows_its_times_and_keeps_what_was_typed(self, reception, room):
        day = (timezone.localdate() + timedelta(days=8)).isoformat()
        form = form_for(room, show=day, note="Is there a lift?", no_voicemail="on")
        response = reception.post(URL, form)
        assert response.status_code == 200
        values = typed_in(response)
        assert values["day"] == day
        kept = ("name", "phone", "note", "no_voicemail", "submit_key", "agreed")
        assert {name: values[name] for name in kept} == {
            name: form[name] for name in kept
        }
        assert "wants_reminders" not in values
        assert not FreeConsultation.objects.exists()
        shown = page_of(response).select("input[name=starts_at]")
        assert {tag["value"][:10] for tag in shown} == {day}

    def test_typed_but_not_shown_is_asked_about(self, reception, room):
        day = (timezone.localdate() + timedelta(days=8)).isoformat()
        response = reception.post(URL, form_for(room, day=day))
        assert response.status_code == 422
        assert "Choose a time on the day that is shown now" in text_of(response)

    def test_far_ahead_of_what_visitors_see_can_be_booked(self, reception, room):
        day = (timezone.localdate() + timedelta(days=200)).isoformat()
        response = reception.get(f"{URL}?day={day}")
        at = page_of(response).select_one("input[name=starts_at]")["value"]
        form = {**typed_in(response), **who(), "starts_at": at}
        assert reception.post(URL, form).status_code == 302


class TestATimeThatHasGone:
    def test_is_answered_with_the_nearest_and_all_that_was_typed(self, reception, room):
        form = form_for(room, note="Is there a lift?", email="ada@visitor.example")
        reception.post(URL, form_for(room, name="Bob Hale", phone="020 7946 0111"))
        response = reception.post(URL, form)
        assert response.status_code == 409
        assert "That time has just gone" in messages_of(response)
        values = typed_in(response)
        for name in ("name", "phone", "email", "note", "submit_key", "agreed"):
            assert values[name] == form[name]
        nearest = page_of(response).select("button[name=nearest]")
        assert len(nearest) == 3
        response = reception.post(URL, {**values, "nearest": nearest[1]["value"]})
        assert response.status_code == 302
        booking = FreeConsultation.objects.get(name="Ada Moss")
        assert sent(booking.starts_at) == nearest[1]["value"]

    def test_can_be_given_beside_a_full_diary_with_a_reason(self, reception, room):
        form = form_for(room)
        reception.post(URL, form_for(room, name="Bob Hale", phone="020 7946 0111"))
        form |= {"extra_at": form["starts_at"], "starts_at": ""}
        response = reception.post(URL, form)
        assert response.status_code == 422
        assert "Write why somebody is booked" in text_of(response)
        response = reception.post(URL, {**form, "reason": "Flies home"}, follow=True)
        booking = FreeConsultation.objects.get(name="Ada Moss")
        assert booking.reservation.is_extra
        assert "Flies home" in Note.objects.get().text
        assert "Extra lane: booked beside" in text_of(response)


class TestTheSameForm:
    def test_sent_twice_is_one_booking(self, reception, room):
        form = form_for(room)
        first = reception.post(URL, form)
        second = reception.post(URL, form)
        assert first["Location"] == second["Location"]
        assert FreeConsultation.objects.count() == 1

    def test_changed_and_sent_again_is_asked_about_and_then_stored(
        self, reception, room
    ):
        form = form_for(room)
        reception.post(URL, form)
        at = sent(free_start(kind_of("clinic"), days=3, place=9))
        response = reception.post(URL, {**form, "starts_at": at})
        assert response.status_code == 409
        assert "was stored before, as FC-" in messages_of(response)
        assert reception.post(URL, typed_in(response)).status_code == 302
        assert FreeConsultation.objects.count() == 2

    def test_after_a_cancellation_books_anew(self, reception, room):
        """With the same contents, in a new form, within the hour."""
        form = form_for(room)
        first = reception.post(URL, form)["Location"]
        cancel = {"shown": "confirmed", "reason": "twice"}
        reception.post(f"{first}cancel/", cancel)
        again = reception.post(URL, {**form, "submit_key": str(uuid.uuid4())})
        assert again["Location"] != first
        states = FreeConsultation.objects.values_list("state", flat=True)
        assert sorted(states) == ["confirmed", "withdrawn"]


class TestThePhone:
    @pytest.mark.parametrize(
        "typed", ["020 7946 0958", "(020) 79460958", "+44 (0)20 7946 0958"]
    )
    def test_is_typed_in_any_way(self, reception, room, typed):
        reception.post(URL, form_for(room, phone=typed))
        assert FreeConsultation.objects.get().phone == "+442079460958"

    def test_that_cannot_be_dialled_is_asked_about_and_then_kept(self, reception, room):
        form = form_for(room, phone="7946 ask for Ada")
        response = reception.post(URL, form)
        assert response.status_code == 422
        assert "Read it back to them" in text_of(response)
        values = typed_in(response)
        assert values["phone"] == "7946 ask for Ada"
        assert reception.post(URL, values).status_code == 422  # not ticked yet
        (box,) = page_of(response).select("[name=phone_is_right]")
        values["phone_is_right"] = box["value"]
        times = typed_in(reception.post(URL, {**values, "show": "times"}))
        assert times["phone_is_right"] == "7946 ask for Ada"
        assert reception.post(URL, values).status_code == 302
        assert FreeConsultation.objects.get().phone == "7946 ask for Ada"

    def test_asked_about_once_is_asked_about_again_when_it_changes(
        self, reception, room
    ):
        form = form_for(room, phone="7947 x", phone_is_right="7946 x")
        response = reception.post(URL, form)
        assert response.status_code == 422
        assert "Yes, 7947 x is right" in text_of(response)
        assert "phone_is_right" not in typed_in(response)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Enter their name"),
        ({"name": "x" * 121}, "120 characters or fewer"),
        ({"name": "a\x00b"}, "Null characters"),
        ({"phone": ""}, "Enter their telephone number"),
        ({"phone": "1" * 41}, "40 characters or fewer"),
        ({"email": "ada"}, "Enter an email address"),
        ({"email": '"a,b"@visitor.example'}, "without quotation marks"),
        ({"email": "a\x00@b.example"}, "Null characters"),
        ({"agreed": ""}, "Ask them, and tick the box"),
        ({"agreed": "77777"}, "These words have changed"),
        ({"starts_at": ""}, "Choose a time"),
        ({"note": "x" * 1001}, "1,000 characters or fewer"),
        ({"submit_key": "moon"}, "Nothing is stored yet"),
        ({"preferred_hours": "moon"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_and_nothing_stored(reception, room, changes, words):
    response = reception.post(URL, form_for(room, **changes))
    assert response.status_code == 422
    assert words in text_of(response) + messages_of(response)
    assert not FreeConsultation.objects.exists()


def test_the_words_to_read_out_are_the_newest(reception, room):
    form = form_for(room)
    ConsentWording.objects.create(key="booking-contact", text="You may ring me.")
    response = reception.post(URL, form)
    assert response.status_code == 422
    assert "You may ring me." in text_of(response)
    assert "agreed" not in typed_in(response)


class TestTheSamePerson:
    def test_is_pointed_out_while_adding_and_not_blocked(self, reception, room):
        other = stored_booking(kind_of("phone"), phone="+442079460958")
        response = reception.post(URL, form_for(room, name=""))
        assert f"{other.reference} , {in_words(other.starts_at)}" in text_of(response)
        response = reception.post(URL, form_for(room), follow=True)
        assert f"They also have {other.reference}" in messages_of(response)
        assert FreeConsultation.objects.count() == 2

    def test_is_pointed_out_on_looking_at_another_day(self, reception, room):
        other = stored_booking(kind_of("phone"), email="ada@visitor.example")
        form = form_for(room, show="times", email="ADA@visitor.example", phone="")
        assert other.reference in text_of(reception.post(URL, form))

    def test_is_nobody_whose_visit_is_over(self, reception, room):
        stored_booking(kind_of("phone"), phone="+442079460958")
        FreeConsultation.objects.update(state="missed")
        response = reception.post(URL, form_for(room, name=""))
        assert "has another booking" not in text_of(response)


def test_where_no_kind_is_there_it_says_so(reception):
    AppointmentKind.objects.all().delete()
    response = reception.get(URL)
    assert "There has to be a kind of appointment" in text_of(response)


def test_it_says_when_the_diary_is_busy(reception, room, monkeypatch):
    def fail(**_):
        raise Busy

    monkeypatch.setattr(add_booking, "book_for", fail)
    form = form_for(room)
    response = reception.post(URL, form)
    assert response.status_code == 503
    assert "Nothing was changed: please try again" in messages_of(response)
    assert typed_in(response)["name"] == form["name"]


def test_it_costs_the_same_however_full_the_diary_is(reception, room):
    numbers = []
    for more in (1, 10):
        for _ in range(more):
            stored_booking(starts_at=free_start(kind_of("phone"), days=3))
        with CaptureQueriesContext(connection) as queries:
            reception.get(URL, {"day": timezone.localdate() + timedelta(days=3)})
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 35


@pytest.mark.races
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_form_sent_many_times_at_once_is_one_booking(user_in):
    room, staff = ResourceFactory(), user_in("Reception")
    clients = [Client() for _ in range(8)]
    for client in clients:
        client.force_login(User.objects.get(pk=staff.pk))
    form = form_for(room, email="ada@visitor.example")
    responses = at_once(lambda place: clients[place].post(URL, form), 8)
    assert len({response["Location"] for response in responses}) == 1
    assert FreeConsultation.objects.count() == 1
    assert Email.objects.count() == 1
