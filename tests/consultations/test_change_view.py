"""Changing and cancelling by the link in the mail, as the person and as others."""

import logging
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from clinic_site.core.models import ClinicSettings
from clinic_site.core.transactions import Busy
from consultations.bookings import changes
from consultations.bookings.time_lists import value_of
from consultations.diary.availability import free_slots
from consultations.models import (
    AccessLink,
    Event,
    FreeConsultation,
    Reservation,
    Submission,
)
from consultations.records.links import MOST_FAILURES, issue_link, reopen_link
from tests.factories.consultations import (
    ResourceFactory,
    begun_draft,
    free_start,
    kind_of,
    stored_booking,
)

from .rows import every_row

pytestmark = pytest.mark.django_db

PERSONAL = ["Tomasz", "Wójcik", "tomasz@", "7700900113", "900113", "lift"]
RIGHT, WRONG = {"surname": "Wojcik"}, {"surname": "Kowalski"}
STEPS = ["cancel", "undo", "reminders", "move"]
BASE_URL = re.escape(settings.BASE_URL)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clinic_settings(db) -> ClinicSettings:
    clinic = ClinicSettings.of_default_site()
    clinic.phone = "+442079460958"
    clinic.notify_bookings = "desk@larkfield.example"
    clinic.save()
    return clinic


@pytest.fixture
def booking() -> FreeConsultation:
    return stored_booking()


@pytest.fixture
def page(booking) -> str:
    return link_to(booking)


def link_to(booking: Submission, purpose: str = "booking", days: int = 60) -> str:
    over = timezone.now() + timedelta(days=days)
    token = issue_link(submission=booking, purpose=purpose, expires_at=over)
    return reverse("change_booking", args=[token])


def again(booking: FreeConsultation) -> FreeConsultation:
    return FreeConsultation.objects.with_everything().get(pk=booking.pk)


def put(booking: FreeConsultation, state: str, **changes) -> None:
    FreeConsultation.objects.filter(pk=booking.pk).update(state=state, **changes)


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def text_of(response) -> str:
    return " ".join(soup(response).select_one("main").text.split())


def links_on(response) -> set[str]:
    return {link["href"] for link in soup(response).select("main a[href]")}


def mails_to(address: str) -> list[Email]:
    return [mail for mail in Email.objects.order_by("pk") if address in mail.to]


def other_time(booking: FreeConsultation, days: int = 2) -> datetime:
    """One that is free, so many days after the one it has."""
    day = timezone.localdate(booking.starts_at) + timedelta(days=days)
    return free_slots(kind=booking.appointment_kind, first=day, last=day)[3].starts_at


def test_the_page_says_when_and_where_and_not_who(client):
    kind = kind_of("clinic")
    room = ResourceFactory()
    booking = stored_booking(kind, free_start(kind), clinic=room.clinic)
    response = client.get(link_to(booking))

    assert response.status_code == 200
    london = timezone.localtime(booking.starts_at)
    assert f"{london:%A} {london.day} {london:%B %Y}, 9:00am" in text_of(response)
    assert room.clinic.name in text_of(response)
    assert "ZZ99 1EX" in text_of(response)
    for private in [*PERSONAL, booking.reference]:
        assert private not in response.content.decode()
    assert soup(response).title.text.startswith("Your appointment –")


def test_a_call_is_shown_by_the_clock_in_london_and_by_theirs(client):
    booking = stored_booking(zone="Asia/Tokyo")
    page = client.get(link_to(booking))
    assert "9:00am in London" in text_of(page)
    assert "6:00pm in Tokyo" in text_of(page)
    assert "We phone you" in text_of(page)
    times = client.get(f"{link_to(booking)}move/?day={other_time(booking):%Y-%m-%d}")
    assert "6:15pm in Tokyo" in text_of(times)


class TestCancelling:
    def test_takes_a_surname_and_says_until_when_it_can_be_undone(
        self, client, booking, page, time_machine
    ):
        time_machine.move_to(NOON, tick=False)
        assert f"{page}cancel/" in links_on(client.get(page))
        assert "Your surname" in text_of(client.get(f"{page}cancel/"))

        response = client.post(f"{page}cancel/", RIGHT)
        assert (response.status_code, response["Location"]) == (303, page)
        assert again(booking).state == "cancelled"
        shown = client.get(page)
        assert "You cancelled this appointment" in text_of(shown)
        assert "until 12:15pm" in text_of(shown)
        assert f"{page}undo/" in links_on(shown)

    def test_twice_sends_one_mail(self, client, booking, page):
        before = len(mails_to(booking.email))
        for _ in range(2):
            response = client.post(f"{page}cancel/", RIGHT)
            assert (response.status_code, response["Location"]) == (303, page)
        assert len(mails_to(booking.email)) == before + 1
        assert again(booking).calendar_sequence == 1

    def test_twice_at_the_same_moment_ends_on_the_page_too(
        self, client, booking, page, monkeypatch
    ):
        def cancelled_just_before(*, submission, surname):
            changes.cancel(booking=submission)

        monkeypatch.setattr(
            "consultations.bookings.change_views.prove", cancelled_just_before
        )
        before = len(mails_to(booking.email))
        response = client.post(f"{page}cancel/", RIGHT)
        assert (response.status_code, response["Location"]) == (303, page)
        assert len(mails_to(booking.email)) == before + 1

    def test_frees_the_time_after_a_quarter_of_an_hour(
        self, client, booking, page, time_machine
    ):
        time_machine.move_to(NOON, tick=False)
        kind, day = booking.appointment_kind, timezone.localdate(booking.starts_at)

        def is_free() -> bool:
            slots = free_slots(kind=kind, first=day, last=day)
            return booking.starts_at in [slot.starts_at for slot in slots]

        client.post(f"{page}cancel/", RIGHT)
        assert not is_free()
        time_machine.move_to(NOON + timedelta(minutes=15, seconds=1), tick=False)
        assert is_free()

    def test_can_be_undone(self, client, booking, page):
        client.post(f"{page}cancel/", RIGHT)
        assert client.get(f"{page}undo/").status_code == 200
        before = len(mails_to(booking.email))
        for _ in range(2):
            response = client.post(f"{page}undo/", RIGHT)
            assert (response.status_code, response["Location"]) == (303, page)
        assert again(booking).state == "confirmed"
        assert again(booking).reservation.expires_at is None
        assert len(mails_to(booking.email)) == before + 1
        assert "booked for you" in text_of(client.get(page))

    def test_cannot_be_undone_after_a_quarter_of_an_hour(
        self, client, booking, page, time_machine
    ):
        time_machine.move_to(NOON, tick=False)
        client.post(f"{page}cancel/", RIGHT)
        time_machine.move_to(NOON + timedelta(minutes=15), tick=False)

        assert f"{page}undo/" not in links_on(client.get(page))
        assert client.get(f"{page}undo/").status_code == 303
        before = every_row()
        response = client.post(f"{page}undo/", RIGHT)
        assert response.status_code == 409
        assert "could not be done" in text_of(response)
        assert reverse("book") in links_on(response)
        assert every_row() == before

    def test_cannot_be_undone_when_somebody_has_the_time(self, client, booking, page):
        client.post(f"{page}cancel/", RIGHT)
        Reservation.objects.filter(booking=booking).delete()
        response = client.post(f"{page}undo/", RIGHT)
        assert response.status_code == 409
        assert "That time has gone" in text_of(response)
        assert reverse("book") in links_on(response)
        assert again(booking).state == "cancelled"


class TestMoving:
    def test_goes_from_a_day_to_a_time_and_a_surname(self, client, booking, page):
        before, mails = booking.starts_at, len(mails_to(booking.email))
        days = client.get(f"{page}move/")
        to = other_time(booking)
        day_url = f"{page}move/?day={timezone.localdate(to)}"
        assert day_url in links_on(days)

        times = client.get(day_url)
        offered = [box["value"] for box in soup(times).select("input[name=at]")]
        assert value_of(to) in offered
        response = client.post(day_url, {"at": value_of(to), **RIGHT})

        assert (response.status_code, response["Location"]) == (303, page)
        moved = again(booking)
        assert (moved.starts_at, moved.state) == (to, "confirmed")
        assert moved.reservation.starts_at == to
        assert len(mails_to(booking.email)) == mails + 1
        day = timezone.localdate(before)
        free = free_slots(kind=booking.appointment_kind, first=day, last=day)
        assert before in [slot.starts_at for slot in free]

    def test_does_not_offer_the_time_one_has(self, client, booking, page):
        day = timezone.localdate(booking.starts_at)
        response = client.get(f"{page}move/?day={day}")
        offered = [box["value"] for box in soup(response).select("input[name=at]")]
        assert offered
        assert value_of(booking.starts_at) not in offered

    def test_does_not_offer_a_day_that_has_no_other_time(self, client, booking, page):
        day = timezone.localdate(booking.starts_at)
        hours = booking.resource.opening_times.filter(weekday=day.weekday())
        hours.update(closes=timezone.localtime(booking.ends_at).time())
        url = f"{page}move/?day={day}"
        assert url not in links_on(client.get(f"{page}move/"))
        assert "no free time on that day any more" in text_of(client.get(url))

    def test_to_the_next_time_that_overlaps_the_old_one_works(self, client, booking):
        """What it takes up itself, with what is kept free around it, is no obstacle."""
        to = booking.starts_at + timedelta(minutes=booking.appointment_kind.interval)
        form = {"at": value_of(to), **RIGHT}
        assert client.post(f"{link_to(booking)}move/", form).status_code == 303
        assert again(booking).starts_at == to

    def test_twice_sends_one_mail(self, client, booking, page):
        mails, form = (
            len(mails_to(booking.email)),
            {"at": value_of(other_time(booking))},
        )
        for _ in range(2):
            response = client.post(f"{page}move/", {**form, **RIGHT})
            assert (response.status_code, response["Location"]) == (303, page)
        # At the same moment: the second has read the booking before it was moved.
        changes.move(booking=booking, starts_at=again(booking).starts_at)
        assert len(mails_to(booking.email)) == mails + 1

    def test_keeps_a_visit_at_its_clinic(self, client):
        kind = kind_of("clinic")
        here, elsewhere = ResourceFactory(), ResourceFactory()
        booking = stored_booking(kind, free_start(kind), clinic=here.clinic)
        day = timezone.localdate(booking.starts_at) + timedelta(days=1)
        here.opening_times.filter(weekday=day.weekday()).delete()
        page = link_to(booking)

        assert f"{page}move/?day={day}" not in links_on(client.get(f"{page}move/"))
        slots = free_slots(kind=kind, first=day, last=day)
        assert slots[0].resources == (elsewhere,)
        form = {"at": value_of(slots[0].starts_at), **RIGHT}
        assert client.post(f"{page}move/", form).status_code == 409
        assert again(booking).starts_at == booking.starts_at

    def test_to_a_time_that_has_just_gone_offers_the_nearest_three(
        self, client, booking, page
    ):
        to = other_time(booking)
        begun_draft(booking.appointment_kind, to)  # another visitor holds it
        mails = len(mails_to(booking.email))
        response = client.post(f"{page}move/", {"at": value_of(to), **RIGHT})

        assert response.status_code == 409
        assert "That time has just gone" in text_of(response)
        assert soup(response).select_one("input[name=surname]")["value"] == "Wojcik"
        near = [box["value"] for box in soup(response).select("input[name=at]")]
        assert len(near) == 3
        assert value_of(to) not in near
        assert again(booking).starts_at == booking.starts_at
        assert again(booking).reservation is not None
        assert len(mails_to(booking.email)) == mails

        response = client.post(f"{page}move/", {"at": near[1], **RIGHT})
        assert response.status_code == 303
        assert value_of(again(booking).starts_at) == near[1]

    def test_without_a_time_says_so_and_keeps_the_surname(self, client, booking, page):
        day = timezone.localdate(other_time(booking))
        response = client.post(f"{page}move/?day={day}", RIGHT)
        assert response.status_code == 422
        assert "Choose a time" in text_of(response)
        assert soup(response).select_one("input[name=surname]")["value"] == "Wojcik"
        assert soup(response).select("input[name=at]")

    def test_with_the_wrong_surname_keeps_the_time_that_was_chosen(
        self, client, booking, page
    ):
        to = value_of(other_time(booking))
        response = client.post(f"{page}move/", {"at": to, **WRONG})
        assert response.status_code == 422
        (chosen,) = soup(response).select("input[name=at][checked]")
        assert chosen["value"] == to

    def test_leads_on_to_later_days_and_back(self, client, page):
        later = links_on(client.get(f"{page}move/"))
        (later,) = [url for url in later if "?first=" in url]
        back = links_on(client.get(later))
        assert any("?first=" in url for url in back - {later})

    def test_says_so_when_nothing_is_free(self, client, booking, page):
        booking.resource.opening_times.all().delete()
        response = client.get(f"{page}move/")
        assert "no free time" in text_of(response)
        assert "tel:+442079460958" in links_on(response)
        assert client.post(f"{page}move/", RIGHT).status_code == 422

    @pytest.mark.parametrize(
        "value",
        ["", "2026-02-30", "9999-99-99", "0001-01-01", "9999-12-31", "\x00", "1" * 999],
    )
    def test_of_an_odd_day_shows_the_days(self, client, page, value):
        for name in ("day", "from"):
            response = client.get(f"{page}move/", {name: value})
            assert response.status_code == 200
            assert "Choose another day" in text_of(response)

    @pytest.mark.parametrize(
        "value",
        ["tomorrow", "2026-99-99T10:00Z", "0001-01-01T00:00Z", "9999-12-31T23:59Z"]
        + ["2026-12-01T10:00", "\x00", "9" * 5000, "-1"],
    )
    def test_to_an_odd_time_asks_for_another(self, client, booking, page, value):
        response = client.post(f"{page}move/?day=x", {"at": value, **RIGHT})
        assert response.status_code == 422
        assert again(booking).starts_at == booking.starts_at


def test_reminders_can_be_stopped(client, booking, page):
    assert f"{page}reminders/" in links_on(client.get(page))
    assert client.post(f"{page}reminders/", RIGHT)["Location"] == page
    assert again(booking).wants_reminders is False
    shown = client.get(page)
    assert "no reminders" in text_of(shown)
    assert f"{page}reminders/" not in links_on(shown)
    assert client.post(f"{page}reminders/", {}).status_code == 303


class TestTheSurname:
    @pytest.mark.parametrize(
        ("name", "typed"),
        [
            ("Tomasz Wójcik", "Wójcik"),
            ("Tomasz Wójcik", " wojcik "),
            ("Tomasz Wójcik", "TOMASZ WOJCIK"),
            ("Ana Smith-Jones", "smith jones"),
            ("Ana Smith-Jones", "SmithJones"),
            ("Ana Smith Jones", "Smith-Jones"),
            ("Ana Smith-Jones", "Jones"),
            ("Pat O’Brien", "O'Brien"),
            ("Pat O'Brien", "o brien"),
            ("Ayşe Yıldız", "YILDIZ"),
            ("Søren Østergård", "Ostergard"),
            ("Cher", "cher"),
        ],
    )
    def test_may_be_typed_in_any_way(self, client, name, typed):
        page = link_to(stored_booking(name=name))
        assert client.post(f"{page}cancel/", {"surname": typed}).status_code == 303

    @pytest.mark.parametrize(
        "typed",
        ["Kowalski", "Tomasz", "cik", "W", "-", "Wójcik Tomasz", "٪", "x" * 120],
    )
    def test_must_be_theirs(self, client, booking, page, typed):
        response = client.post(f"{page}cancel/", {"surname": typed})
        assert response.status_code == 422
        assert "You can try 4 more times" in text_of(response)
        shown = soup(response)
        assert shown.select_one("input[name=surname]")["value"] == typed
        assert shown.title.text.startswith("Error: Your appointment")
        assert again(booking).state == "confirmed"

    @pytest.mark.parametrize("typed", ["", "  ", "\x00", "x" * 121])
    def test_that_is_no_name_is_not_counted(self, client, booking, page, typed):
        response = client.post(f"{page}cancel/", {"surname": typed})
        assert response.status_code == 422
        assert again(booking).link_failures == 0

    def test_wrong_a_few_times_is_forgotten_when_it_is_right(
        self, client, booking, page
    ):
        for _ in range(MOST_FAILURES - 1):
            response = client.post(f"{page}reminders/", WRONG)
        assert "You can try 1 more time" in text_of(response)
        assert client.post(f"{page}reminders/", RIGHT).status_code == 303
        assert again(booking).link_failures == 0


class TestFiveWrongSurnames:
    @pytest.fixture
    def last(self, client, booking, page):
        """The answer to the fifth, by different links and forms."""
        for url in (f"{page}cancel/", f"{page}move/", f"{page}reminders/"):
            form = {"at": value_of(other_time(booking)), **WRONG}
            assert client.post(url, form).status_code == 422
        other = link_to(booking)
        assert client.post(f"{other}cancel/", WRONG).status_code == 422
        return client.post(f"{other}cancel/", WRONG)

    def test_close_every_link_of_the_booking(self, client, booking, page, last):
        assert last.status_code == 403
        assert "tel:+442079460958" in links_on(last)
        for url in (page, link_to(booking)):
            assert client.post(f"{url}cancel/", RIGHT).status_code == 403
            assert client.get(f"{url}move/").status_code == 403
            shown = client.get(url)
            assert shown.status_code == 200
            assert "takes no more changes" in text_of(shown)
            assert f"{url}cancel/" not in links_on(shown)
        assert again(booking).state == "confirmed"

    def test_tell_staff_once_and_nothing_personal(self, client, booking, page, last):
        client.post(f"{page}cancel/", WRONG)
        client.post(f"{page}cancel/", RIGHT)
        (event,) = Event.objects.filter(action="link_frozen")
        assert (event.submission_id, event.actor) == (booking.pk, None)
        told = [
            mail
            for mail in mails_to("desk@larkfield.example")
            if "wrong surname" in mail.message
        ]
        assert len(told) == 1
        assert f"/admin/consultations/{booking.pk}/" in told[0].message
        for private in [*PERSONAL, "Kowalski"]:
            assert private not in told[0].subject + told[0].message

    def test_are_forgotten_when_staff_open_the_link_again(
        self, client, booking, page, last, user_in
    ):
        staff = user_in("Reception")
        assert reopen_link(submission=booking, actor=staff)
        assert not reopen_link(submission=booking, actor=staff)
        for _ in range(2 * MOST_FAILURES):
            client.post(f"{page}cancel/", WRONG)
        told = [
            mail
            for mail in mails_to("desk@larkfield.example")
            if "wrong surname" in mail.message
        ]
        assert len(told) == 2

        assert reopen_link(submission=booking, actor=staff)
        assert client.post(f"{page}cancel/", RIGHT).status_code == 303
        assert again(booking).state == "cancelled"

    def test_leave_other_bookings_alone(self, client, last):
        page = link_to(stored_booking(name="Ana Jones"))
        assert client.post(f"{page}cancel/", {"surname": "Jones"}).status_code == 303


class TestALinkThatIsNone:
    def urls(self, page: str) -> list[str]:
        return [page, *(f"{page}{step}/" for step in STEPS), f"{page}other/"]

    def refuses(self, client, page: str) -> None:
        before = every_row()
        for url in self.urls(page):
            for ask in (client.get, client.post):
                response = ask(url)
                assert response.status_code == 404, url
                assert "This link does not work" in text_of(response)
                assert "tel:+442079460958" in links_on(response)
                assert response["Cache-Control"] == "private, no-store"
                assert response["Referrer-Policy"] == "no-referrer"
        assert every_row() == before

    @pytest.mark.parametrize(
        "token", ["x", "A" * 43, "a%00b", "%F0%9F%98%80", "9" * 999]
    )
    def test_unknown(self, client, token):
        self.refuses(client, f"/appointment/{token}/")

    def test_expired(self, client, booking, time_machine):
        time_machine.move_to(NOON, tick=False)
        page = link_to(booking, days=1)
        assert client.get(page).status_code == 200
        time_machine.move_to(NOON + timedelta(days=1), tick=False)
        self.refuses(client, page)

    def test_for_another_purpose(self, client, booking):
        self.refuses(client, link_to(booking, purpose="waiting"))


class TestAfterTheCutOff:
    @pytest.fixture(autouse=True)
    def _late(self, booking, page, time_machine):
        cutoff = timedelta(hours=booking.appointment_kind.cutoff_hours)
        time_machine.move_to(
            booking.starts_at - cutoff + timedelta(seconds=1), tick=False
        )

    def test_the_page_gives_the_telephone_number_instead(self, client, page):
        response = client.get(page)
        assert "up to 3 hours before" in text_of(response)
        assert "tel:+442079460958" in links_on(response)
        assert {f"{page}cancel/", f"{page}move/"}.isdisjoint(links_on(response))

    @pytest.mark.parametrize("step", ["cancel", "move"])
    def test_nothing_can_be_changed(self, client, booking, page, step):
        assert client.get(f"{page}{step}/")["Location"] == page
        form = {"at": value_of(booking.starts_at + timedelta(days=2)), **RIGHT}
        before = every_row()
        response = client.post(f"{page}{step}/", form)
        assert response.status_code == 409
        assert "could not be done" in text_of(response)
        assert "tel:+442079460958" in links_on(response)
        assert every_row() == before

    def test_a_form_that_was_opened_before_changes_nothing(
        self, client, booking, page, monkeypatch
    ):
        """The cut-off passes between the look at the booking and the change."""
        monkeypatch.setattr(
            "consultations.bookings.change_views.refused", lambda *args: None
        )
        assert client.post(f"{page}cancel/", RIGHT).status_code == 409
        assert again(booking).state == "confirmed"

    def test_reminders_can_still_be_stopped(self, client, booking, page):
        assert client.post(f"{page}reminders/", RIGHT).status_code == 303
        assert again(booking).wants_reminders is False


class TestWhatThePageSays:
    @pytest.mark.parametrize(
        ("state", "words"),
        [
            ("attended", "The time of this appointment is over"),
            ("missed", "The time of this appointment is over"),
            ("withdrawn", "This appointment was cancelled"),
            ("declined", "We could not give you this appointment"),
            ("cancelled", "You cancelled this appointment"),
        ],
    )
    def test_of_one_that_is_settled(self, client, booking, page, state, words):
        over = timezone.now() - timedelta(hours=1)
        changes = {"starts_at": over - timedelta(minutes=20), "ends_at": over}
        put(booking, state, **changes)
        response = client.get(page)
        assert words in text_of(response)
        assert reverse("book") in links_on(response)
        assert not [url for url in links_on(response) if url.startswith(page)]
        assert "missed" not in text_of(response)
        for step in STEPS:
            assert client.get(f"{page}{step}/")["Location"] == page

    def test_of_one_that_is_over(self, client, booking, page, time_machine):
        time_machine.move_to(booking.ends_at, tick=False)
        response = client.get(page)
        assert "The time of this appointment is over" in text_of(response)
        assert reverse("book") in links_on(response)
        assert not [url for url in links_on(response) if url.startswith(page)]

    def test_of_a_request(self, client):
        booking = stored_booking(kind_of("phone", needs_confirmation=True))
        page = link_to(booking)
        assert "not confirmed yet" in text_of(client.get(page))
        to = other_time(booking)
        form = {"at": value_of(to), **RIGHT}
        assert client.post(f"{page}move/", form).status_code == 303
        assert (again(booking).state, again(booking).starts_at) == ("requested", to)
        assert client.post(f"{page}cancel/", RIGHT).status_code == 303
        assert client.post(f"{page}undo/", RIGHT).status_code == 303
        assert again(booking).state == "requested"

    def test_of_an_old_wish_without_a_time(self, client, booking, page):
        put(booking, "requested", starts_at=None, ends_at=None, clinic=None)
        response = client.get(page)
        assert "not confirmed yet" in text_of(response)
        assert "tel:+442079460958" in links_on(response)
        for step in ("cancel", "move"):
            assert client.get(f"{page}{step}/").status_code == 303
            assert client.post(f"{page}{step}/", RIGHT).status_code == 409


def test_when_the_database_is_busy_it_says_so(client, booking, page, monkeypatch):
    def busy(booking):
        raise Busy

    monkeypatch.setattr(changes, "locked", busy)
    for step in ("cancel", "move"):
        form = {"at": value_of(other_time(booking)), **RIGHT}
        response = client.post(f"{page}{step}/", form)
        assert response.status_code == 503
        assert "Wait a moment" in text_of(response)
        assert soup(response).select_one("input[name=surname]")["value"] == "Wojcik"


def test_one_address_may_not_send_many(client, booking, page, time_machine):
    time_machine.move_to(NOON, tick=False)
    for _ in range(20):
        assert client.post(f"{page}cancel/", {}).status_code == 422
    response = client.post(f"{page}cancel/", RIGHT)
    assert (response.status_code, response["Retry-After"]) == (429, "600")
    assert "Too many changes" in text_of(response)
    assert soup(response).select_one("input[name=surname]")["value"] == "Wojcik"
    assert again(booking).state == "confirmed"

    time_machine.move_to(NOON + timedelta(minutes=10), tick=False)
    assert client.post(f"{page}cancel/", RIGHT).status_code == 303


class TestProgramsThatOpenEveryLink:
    """Mail scanners and previews: HEAD, GET, and forms sent without the proof."""

    def crawl(self, client, start: str) -> set[str]:
        """All pages of ours below the link that can be reached from it."""
        seen, waiting = set(), {start}
        while waiting:
            url = waiting.pop()
            seen.add(url)
            assert client.head(url).status_code in (200, 303)
            response = client.get(url)
            if response.status_code == 303:
                waiting.add(response["Location"])
            else:
                found = {urljoin(url, link) for link in links_on(response)}
                waiting |= {link for link in found if link.startswith(start)}
            waiting -= seen
        return seen

    @pytest.mark.parametrize("state", ["confirmed", "cancelled"])
    def test_change_nothing(self, client, booking, state):
        (mail,) = mails_to(booking.email)
        in_the_mail = set(
            re.findall(rf"{BASE_URL}(/[\w/-]*)", mail.message + mail.html_message)
        )
        (start,) = (url for url in in_the_mail if url.startswith("/appointment/"))
        if state == "cancelled":
            client.post(f"{start}cancel/", RIGHT)
        before = every_row()

        seen = self.crawl(client, start) | in_the_mail
        seen |= {f"{start}{step}/" for step in STEPS}
        assert len(seen) > 4
        for url in seen:
            client.head(url)
            client.get(url)
            client.post(url)
        assert every_row() == before

        for url in sorted(url for url in seen if "?" not in url):
            client.post(url, {"at": value_of(other_time(booking)), **WRONG})
        Submission.objects.update(link_failures=0)
        assert every_row() == before

    def test_leave_no_cookie(self, client, page):
        for url in (page, f"{page}cancel/"):
            client.get(url)
        client.post(f"{page}cancel/", RIGHT)
        assert not client.cookies


class TestSecrecy:
    def test_every_answer_is_private(self, client, booking, page):
        day = timezone.localdate(other_time(booking))
        answers = [
            client.get(page),
            client.get(f"{page}move/"),
            client.get(f"{page}move/?day={day}"),
            client.post(page),
            client.post(f"{page}cancel/", WRONG),
            client.post(f"{page}cancel/", RIGHT),
            client.get(f"{page}nowhere/"),
        ]
        statuses = [answer.status_code for answer in answers]
        assert statuses == [200, 200, 200, 405, 422, 303, 404]
        for answer in answers:
            assert answer["Cache-Control"] == "private, no-store"
            assert answer["Referrer-Policy"] == "no-referrer"
            assert answer["X-Robots-Tag"] == "noindex"
            if answer.content:
                token = page.split("/")[2]
                assert token not in soup(answer).title.text
                assert booking.reference not in soup(answer).title.text

    def test_the_log_holds_no_token(self, client, booking, page, caplog):
        token = page.split("/")[2]
        with caplog.at_level(logging.DEBUG):
            for url in (
                page,
                page[:-1],
                f"{page}cancel",
                f"{page}cancel/x/",
                f"{page}x",
            ):
                client.get(url)
            for step in STEPS:
                client.get(f"{page}{step}/")
                client.post(f"{page}{step}/", WRONG)
            client.post(page)
        lines = [record for record in caplog.records if hasattr(record, "path")]
        assert len(lines) > 10
        for record in caplog.records:
            if not record.name.startswith(("django.request", "django.db")):
                assert token not in str(record.__dict__), record.name

    def test_a_browser_that_may_not_say_where_it_comes_from_is_served(self, page):
        """Its policy makes browsers send such an Origin with every form."""
        browser = Client(enforce_csrf_checks=True, headers={"Origin": "null"})
        assert browser.post(f"{page}cancel/", RIGHT).status_code == 303

    def test_only_a_hash_of_the_token_is_stored(self, booking, page):
        token = page.split("/")[2]
        assert AccessLink.objects.of(token, "booking").exists()
        assert not [
            row for row in every_row()["consultations_accesslink"] if token in row
        ]
