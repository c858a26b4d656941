"""What staff do with a booking from its page, and what they are told when it fails."""

import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from post_office.models import Email

from clinic_site.core.transactions import Busy
from clinic_site.users.models import User
from consultations.bookings import changes
from consultations.bookings.states import ChangedMeanwhile
from consultations.bookings.times import in_words
from consultations.models import Claim, Event, FreeConsultation, Note, Reservation
from consultations.staff.time_forms import sent
from tests.factories.consultations import (
    ResourceFactory,
    free_start,
    kind_of,
    stored_booking,
)

from .threads import at_once

pytestmark = pytest.mark.django_db


def requested(**changes_) -> FreeConsultation:
    return stored_booking(kind_of(needs_confirmation=True), **changes_)


def over(booking: FreeConsultation) -> FreeConsultation:
    """As if its time were an hour ago."""
    start = timezone.now() - timedelta(hours=1)
    end = start + timedelta(minutes=20)
    rows = FreeConsultation.objects.filter(pk=booking.pk)
    rows.update(starts_at=start, ends_at=end)
    booking.refresh_from_db()
    return booking


def wish() -> FreeConsultation:
    """From when people asked for a day instead of a time."""
    booking = stored_booking()
    Reservation.objects.all().delete()
    FreeConsultation.objects.filter(pk=booking.pk).update(
        state="requested", status="new", starts_at=None, ends_at=None
    )
    booking.refresh_from_db()
    return booking


def url_of(booking, rest: str = "") -> str:
    return f"/admin/consultations/{booking.pk}/{rest}"


def page_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def text_of(response) -> str:
    return " ".join(page_of(response).select_one("main, #main").get_text(" ").split())


def messages_of(response) -> str:
    return " ".join(item.text for item in page_of(response).select(".messages li"))


def buttons_of(response) -> set[str]:
    page = page_of(response)
    found = page.select(".case__side button, .case__side a.button")
    return {" ".join(button.text.split()) for button in found}


def steps_taken() -> list[tuple]:
    events = Event.objects.filter(action__in=["state_changed", "moved"])
    return list(events.order_by("pk").values_list("action", "detail"))


@pytest.fixture
def reception(client_of) -> Client:
    return client_of("Reception")


@pytest.fixture
def post(reception):
    def send(booking, rest: str, **form):
        return reception.post(url_of(booking, rest), form, follow=True)

    return send


class TestThePageOffers:
    def test_to_confirm_move_or_decline_a_request(self, reception):
        response = reception.get(url_of(requested()))
        assert buttons_of(response) == {"Confirm", "Move", "Decline"}

    def test_to_move_or_cancel_what_is_to_come(self, reception):
        response = reception.get(url_of(stored_booking()))
        assert buttons_of(response) == {"Move", "Cancel the booking"}

    def test_to_mark_what_is_over(self, reception):
        response = reception.get(url_of(over(stored_booking())))
        assert {"Attended", "Did not attend"} <= buttons_of(response)

    def test_not_to_confirm_a_request_whose_time_is_over(self, reception):
        response = reception.get(url_of(over(requested())))
        assert buttons_of(response) == {"Move", "Decline"}

    def test_to_undo_a_mark_for_a_fortnight(self, reception, post):
        booking = over(stored_booking())
        post(booking, "attendance/", came="no")
        assert buttons_of(reception.get(url_of(booking))) == {"Undo the mark"}
        long_ago = timezone.now() - timedelta(days=15)
        FreeConsultation.objects.update(state_changed_at=long_ago)
        assert buttons_of(reception.get(url_of(booking))) == set()

    def test_nothing_to_those_who_only_look(self, client_of):
        response = client_of("Specialists").get(url_of(requested()))
        assert buttons_of(response) == set()

    def test_a_time_to_a_wish_without_one(self, reception):
        response = reception.get(url_of(wish()))
        assert buttons_of(response) == {"Agree on a time", "Decline"}


class TestConfirming:
    def test_tells_the_person_and_is_written_down(self, post):
        booking = requested()
        before = Email.objects.count()
        response = post(booking, "confirm/")
        assert f"{booking.reference} is confirmed." in messages_of(response)
        booking.refresh_from_db()
        assert booking.state == "confirmed"
        assert steps_taken() == [("state_changed", "requested to confirmed")]
        assert Email.objects.count() == before + 1

    def test_reminds_to_phone_who_has_no_email(self, post):
        response = post(requested(email=""), "confirm/")
        assert "Nobody is written to: phone them" in messages_of(response)

    def test_twice_is_once(self, post):
        booking = requested()
        post(booking, "confirm/")
        response = post(booking, "confirm/")
        assert "That cannot be done" in messages_of(response)
        assert "“confirmed” now" in messages_of(response)
        assert len(steps_taken()) == 1

    def test_is_too_late_after_its_time(self, post):
        booking = over(requested())
        response = post(booking, "confirm/")
        assert "That cannot be done" in messages_of(response)
        assert steps_taken() == []


class TestCancelling:
    def cancel(self, post, booking, **form):
        form = {"shown": booking.state, "reason": "asked", "tells": "on", **form}
        return post(booking, "cancel/", **form)

    def test_frees_the_time_and_tells_the_person(self, post):
        booking = stored_booking()
        before = Email.objects.count()
        response = self.cancel(post, booking)
        assert "is cancelled, and its time is free" in messages_of(response)
        booking.refresh_from_db()
        assert (booking.state, Claim.objects.count()) == ("withdrawn", 0)
        assert steps_taken() == [("state_changed", "confirmed to withdrawn, asked")]
        assert Email.objects.count() == before + 1

    def test_declines_a_request(self, post):
        booking = requested()
        response = self.cancel(post, booking, reason="absent")
        assert "is declined" in messages_of(response)
        booking.refresh_from_db()
        assert booking.state == "declined"

    def test_a_wish_without_a_time_is_declined_too(self, post):
        booking = wish()
        response = self.cancel(post, booking)
        assert "is declined" in messages_of(response)

    def test_writes_to_nobody_where_that_is_not_ticked(self, post):
        booking = stored_booking()
        before = Email.objects.count()
        response = self.cancel(post, booking, tells="")
        assert "Nobody is written to: phone them" in messages_of(response)
        assert Email.objects.count() == before

    def test_as_spam_answers_nobody_and_leaves_the_inbox(self, post):
        booking = stored_booking()
        before = Email.objects.count()
        response = self.cancel(post, booking, reason="spam")
        assert "phone them" not in messages_of(response)
        booking.refresh_from_db()
        assert booking.status == "spam"
        assert Email.objects.count() == before

    @pytest.mark.parametrize(
        "form", [{"reason": ""}, {"reason": "moon"}, {"reason": "\x00"}, {"shown": "x"}]
    )
    def test_takes_a_reason_from_the_list_only(self, post, form):
        booking = stored_booking()
        response = self.cancel(post, booking, **form)
        assert "choose a reason from the list" in messages_of(response)
        assert steps_taken() == []

    def test_does_not_cancel_what_was_to_be_declined_and_is_confirmed(self, post):
        booking = requested()
        post(booking, "confirm/")
        response = self.cancel(post, booking, shown="requested")
        assert "Somebody else changed this booking" in messages_of(response)
        booking.refresh_from_db()
        assert booking.state == "confirmed"


class TestAttendance:
    @pytest.mark.parametrize(("came", "state"), [("yes", "attended"), ("no", "missed")])
    def test_is_marked_and_can_be_undone(self, post, came, state):
        booking = over(stored_booking())
        response = post(booking, "attendance/", came=came)
        assert "is marked. You can undo that for 14 days" in messages_of(response)
        booking.refresh_from_db()
        assert booking.state == state
        response = post(booking, "attendance/undo/")
        assert "is not marked any more" in messages_of(response)
        booking.refresh_from_db()
        assert booking.state == "confirmed"

    def test_cannot_be_said_before(self, post):
        response = post(stored_booking(), "attendance/", came="yes")
        assert "That cannot be done" in messages_of(response)
        assert steps_taken() == []

    def test_of_long_ago_stays_as_it_was_marked(self, post):
        booking = over(stored_booking())
        post(booking, "attendance/", came="yes")
        long_ago = timezone.now() - timedelta(days=15)
        FreeConsultation.objects.update(state_changed_at=long_ago)
        response = post(booking, "attendance/undo/")
        assert "14 days, which are over" in messages_of(response)
        booking.refresh_from_db()
        assert booking.state == "attended"

    @pytest.mark.parametrize("came", ["", "moon", "\x00"])
    def test_is_yes_or_no(self, post, came):
        response = post(over(stored_booking()), "attendance/", came=came)
        assert "Say whether the person attended" in messages_of(response)


class TestMoving:
    def move(self, reception, booking, at, **form):
        day = timezone.localtime(at).date().isoformat()
        form = {"starts_at": sent(at), "day": day, **form}
        return reception.post(url_of(booking, "move/"), form, follow=True)

    def test_takes_the_new_time_and_frees_the_old_one(self, reception):
        booking = stored_booking()
        claims = Claim.objects.count()
        at = free_start(booking.appointment_kind, days=3, place=5)
        before = Email.objects.count()
        response = self.move(reception, booking, at)
        assert in_words(at) in messages_of(response)
        booking.refresh_from_db()
        assert booking.starts_at == at
        assert Claim.objects.count() == claims
        assert steps_taken() == [("moved", "")]
        assert Email.objects.count() == before + 1

    def test_by_a_quarter_of_an_hour_overlaps_what_it_had(self, reception):
        """Also when a room is chosen."""
        booking = stored_booking()
        at = booking.starts_at + timedelta(minutes=15)
        self.move(reception, booking, at, resource=booking.resource_id)
        booking.refresh_from_db()
        assert booking.starts_at == at

    def test_lists_times_sooner_than_visitors_may_choose(self, reception):
        booking = stored_booking(kind_of(lead_hours=24 * 3))
        tomorrow = timezone.localdate() + timedelta(days=1)
        url = url_of(booking, f"move/?day={tomorrow}")
        page = page_of(reception.get(url))
        assert len(page.select("input[name=starts_at]")) > 10

    def test_to_the_time_it_has_writes_to_nobody(self, reception):
        booking = stored_booking()
        before = Email.objects.count()
        response = self.move(reception, booking, booking.starts_at)
        assert "It is there already" in messages_of(response)
        assert (steps_taken(), Email.objects.count()) == ([], before)

    def test_to_a_time_that_has_gone_offers_the_three_nearest(self, reception):
        booking = stored_booking()
        at = free_start(booking.appointment_kind, days=3, place=5)
        stored_booking(starts_at=at)
        response = self.move(reception, booking, at)
        assert response.status_code == 409
        assert "That time has just gone" in messages_of(response)
        nearest = page_of(response).select("button[name=nearest]")
        assert len(nearest) == 3
        form = {"nearest": nearest[0]["value"], "day": "2000-01-01"}
        response = reception.post(url_of(booking, "move/"), form, follow=True)
        booking.refresh_from_db()
        assert sent(booking.starts_at) == nearest[0]["value"]
        assert steps_taken() == [("moved", "")]

    def test_beside_a_full_diary_needs_a_reason(self, reception):
        booking, other = stored_booking(), stored_booking()
        form = {"starts_at": "", "extra_at": sent(other.starts_at)}
        response = self.move(reception, booking, other.starts_at, **form)
        assert response.status_code == 422
        assert "Write why" in text_of(response)
        assert steps_taken() == []

        form["reason"] = "She flies home on Friday"
        response = self.move(reception, booking, other.starts_at, **form)
        booking.refresh_from_db()
        assert booking.starts_at == other.starts_at
        assert booking.reservation.is_extra
        assert "She flies home" in Note.objects.get().text
        assert Event.objects.filter(action="extra_lane").count() == 1
        assert "Extra lane: booked beside" in text_of(response)

    def test_lists_taken_times_apart_from_free_ones(self, reception):
        booking, other = stored_booking(), stored_booking()
        day = timezone.localtime(other.starts_at).date()
        page = page_of(reception.get(url_of(booking, f"move/?day={day}")))
        free = {tag["value"] for tag in page.select("input[name=starts_at]")}
        taken = {tag["value"] for tag in page.select("select[name=extra_at] option")}
        assert sent(other.starts_at) in taken - free
        assert not free & taken

    def test_a_visit_to_another_clinic(self, reception):
        here, there = ResourceFactory(), ResourceFactory()
        booking = stored_booking(kind_of("clinic"), clinic=here.clinic)
        clinic = there.clinic_id
        response = self.move(reception, booking, booking.starts_at, clinic=clinic)
        booking.refresh_from_db()
        assert booking.clinic == there.clinic
        assert there.clinic.name in messages_of(response)

    def test_gives_a_wish_its_first_time(self, reception):
        booking = wish()
        at = free_start(booking.appointment_kind, days=3)
        response = self.move(reception, booking, at)
        assert in_words(at) in messages_of(response)
        booking.refresh_from_db()
        assert (booking.starts_at, booking.state) == (at, "requested")
        assert "Confirm" in buttons_of(response)

    @pytest.mark.parametrize(
        ("form", "words"),
        [
            ({"starts_at": ""}, "Choose a time"),
            ({"starts_at": "moon"}, "Choose one of the times"),
            ({"starts_at": "9999-12-31T23:59-12:00"}, "Choose one of the times"),
            ({"starts_at": "0001-01-01T00:00Z"}, "Choose one of the times"),
            ({"starts_at": "\x00"}, "Choose one of the times"),
            ({"day": "9999-99-99"}, "Choose a day between 2000 and 2100"),
            ({"day": "2026-13-01"}, "Choose a day between 2000 and 2100"),
            ({"day": "2050-01-01"}, "on the day that is shown now"),
            ({"clinic": "9" * 30}, "Choose one of the clinics"),
            ({"clinic": "x"}, "Choose one of the clinics"),
            ({"reason": "Because"}, "Choose the taken time"),
            ({"extra_at": "2050-01-01T10:00Z"}, "not both"),
            ({"reason": "x" * 201}, "200 characters or fewer"),
        ],
    )
    def test_says_what_cannot_be(self, reception, form, words):
        booking = stored_booking()
        at = free_start(booking.appointment_kind, days=3)
        response = self.move(reception, booking, at, **form)
        assert response.status_code == 422
        assert words in text_of(response)
        assert steps_taken() == []

    def test_a_room_that_does_not_fit_is_left_open(self, reception):
        booking = stored_booking()
        response = reception.get(url_of(booking, "move/?resource=77777&day="))
        assert response.status_code == 200

    def test_looking_at_times_changes_nothing(self, reception):
        booking = stored_booking()
        form = {"show": "2026-12-24", "starts_at": "2026-12-24T10:00Z"}
        before = Email.objects.count()
        assert reception.post(url_of(booking, "move/"), form).status_code == 200
        assert (steps_taken(), Email.objects.count()) == ([], before)

    def test_is_not_for_what_is_cancelled(self, reception):
        booking = stored_booking()
        FreeConsultation.objects.update(state="withdrawn")
        response = reception.get(url_of(booking, "move/"), follow=True)
        assert "cannot be moved: it is “cancelled by the clinic”" in messages_of(
            response
        )


def test_it_goes_back_to_where_it_was_pressed_on_this_site_only(reception):
    booking = over(stored_booking())
    url = url_of(booking, "attendance/")
    here, there = "/admin/consultations/diary/", "https://evil.example/"
    response = reception.post(url, {"came": "yes", "next": here})
    assert response["Location"] == here
    response = reception.post(url, {"came": "yes", "next": there})
    assert response["Location"] == url_of(booking)


@pytest.mark.parametrize(
    ("error", "words"),
    [(Busy, "The diary is very busy"), (ChangedMeanwhile, "Somebody else changed")],
)
def test_what_the_database_refuses_is_said_in_words(post, monkeypatch, error, words):
    def fail(**_):
        raise error

    monkeypatch.setattr(changes, "confirm", fail)
    assert words in messages_of(post(requested(), "confirm/"))


@pytest.mark.parametrize(
    "rest", ["confirm/", "cancel/", "move/", "attendance/", "attendance/undo/"]
)
def test_a_booking_nobody_made_is_not_there(reception, rest):
    url = f"/admin/consultations/{uuid.uuid4()}/{rest}"
    assert reception.post(url).status_code == 404


@pytest.mark.races
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestManyAtOnce:
    @pytest.fixture
    def clients(self, user_in) -> list[Client]:
        staff = user_in("Reception")
        clients = [Client() for _ in range(8)]
        for client in clients:
            client.force_login(User.objects.get(pk=staff.pk))
        return clients

    def test_who_confirm_one_request_write_once(self, clients):
        booking = requested()
        before = Email.objects.count()
        at_once(lambda place: clients[place].post(url_of(booking, "confirm/")), 8)
        assert steps_taken() == [("state_changed", "requested to confirmed")]
        assert Email.objects.count() == before + 1

    def test_of_whom_some_confirm_and_some_decline_do_one_of_it(self, clients):
        booking = requested()
        before = Email.objects.count()
        decline = {"shown": "requested", "reason": "asked", "tells": "on"}

        def act(place: int):
            rest, form = (("confirm/", {}), ("cancel/", decline))[place % 2]
            return clients[place].post(url_of(booking, rest), form)

        responses = at_once(act, 8)
        assert {response.status_code for response in responses} == {302}
        assert len(steps_taken()) == 1
        assert Email.objects.count() == before + 1

    def test_who_move_one_booking_to_one_time_write_once(self, clients):
        booking = stored_booking()
        claims = Claim.objects.count()
        at = free_start(booking.appointment_kind, days=3)
        before = Email.objects.count()
        day = timezone.localtime(at).date().isoformat()
        form = {"starts_at": sent(at), "day": day}
        at_once(lambda place: clients[place].post(url_of(booking, "move/"), form), 8)
        assert steps_taken() == [("moved", "")]
        assert Email.objects.count() == before + 1
        assert Claim.objects.count() == claims
