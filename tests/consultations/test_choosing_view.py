"""The way to a time: where, on which day, when; and where people came from."""

from datetime import datetime, time, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from clinic_site.core.models import ClinicSettings
from clinic_site.core.transactions import Busy
from consultations.bookings import services, zones
from consultations.bookings.time_lists import value_of
from consultations.diary.availability import free_slots
from consultations.models import (
    BookingDraft,
    DiaryException,
    FreeConsultation,
    Reservation,
    Resource,
)
from tests.factories.consultations import (
    ResourceFactory,
    begun_draft,
    book_online,
    free_start,
    hold_online,
    kind_of,
)
from tests.factories.core import ClinicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.rendering]

START = "/free-consultation/"
PHONE = "/free-consultation/phone/"
NOW = "2026-11-23T08:00:00Z"  # a Monday


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def room() -> Resource:
    return ResourceFactory(clinic=ClinicFactory(name="Larkfield Bank", slug="bank"))


def page_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def text_of(response) -> str:
    return " ".join(page_of(response).select_one("main").text.split())


def links_of(response, selector: str) -> list[str]:
    return [link["href"] for link in page_of(response).select(f"main {selector}")]


def day_url(days: int, place: str = "phone") -> str:
    day = timezone.localdate() + timedelta(days=days)
    return f"{START}{place}/{day.isoformat()}/"


class TestTheStart:
    def test_offers_each_clinic_and_the_telephone(self, client, room):
        ResourceFactory(clinic=ClinicFactory(name="Larkfield Victoria", slug="vic"))
        response = client.get(START)
        assert links_of(response, ".way__link") == [
            "/free-consultation/clinic/bank/",
            "/free-consultation/clinic/vic/",
            PHONE,
        ]
        words = text_of(response)
        assert "Larkfield Bank 12 Example Row, London, ZZ99 1EX" in words
        assert "It takes 20 minutes and is free" in words

    def test_offers_only_what_somebody_has_time_for(self, client, room):
        room.kinds.set([kind_of("phone")])
        ClinicFactory(name="Larkfield Empty")
        ResourceFactory(clinic=ClinicFactory(is_open=False))
        ResourceFactory(clinic=ClinicFactory(), is_active=False)
        assert links_of(client.get(START), ".way__link") == [PHONE]

        kind_of("phone", is_active=False)
        assert links_of(client.get(START), ".way__link") == []

    def test_says_so_when_there_is_nothing_to_book(self, client):
        settings = ClinicSettings.of_default_site()
        settings.phone = "+442079460958"
        settings.save()
        words = text_of(client.get(START))
        assert "there are no times to book here" in words
        assert "phone 020 7946 0958" in words

    def test_says_which_kinds_are_confirmed_later(self, client, room):
        kind_of("phone", needs_confirmation=True)
        words = "You ask for a time, and we confirm it within one working day."
        assert text_of(client.get(START)).count(words) == 1


class TestTheDays:
    def test_of_four_weeks_have_their_free_times_counted(self, client, room):
        response = client.get(PHONE)
        days = links_of(response, ".day-list__day")
        assert len(days) == 28
        assert days[0] == f"{PHONE}2026-11-23/"
        assert "Tuesday 24 November 31 times" in text_of(response)
        headings = [title.text for title in page_of(response).select("main h2")]
        assert headings[:3] == ["This week", "Next week", "Week of 7 December"]

    def test_say_less_when_a_time_is_taken(self, client, room):
        begun_draft(starts_at=free_start(kind_of("phone"), 1))
        assert "Tuesday 24 November 29 times" in text_of(client.get(PHONE))

    def test_lead_on_and_back_to_the_horizon(self, client, room):
        later = page_of(client.get(PHONE)).select(".more-days a")
        assert [link.text for link in later] == ["Later days"]
        links = page_of(client.get(later[0]["href"])).select(".more-days a")
        assert [link.text for link in links] == ["Earlier days", "Later days"]
        assert links[0]["href"] == f"{PHONE}?first=2026-11-23"
        last = client.get(links[1]["href"])
        assert len(links_of(last, ".day-list__day")) == 4
        assert "Later days" not in text_of(last)

    def test_beyond_the_horizon_are_none(self, client, room):
        response = client.get(f"{PHONE}?first=9999-12-31")
        assert response.status_code == 200
        assert links_of(response, ".day-list__day") == []
        assert "Earlier days" in text_of(response)

    @pytest.mark.parametrize("first", ["0001-01-01", "2026-02-30", "x", "", "\x00"])
    def test_begin_today_whatever_nonsense_is_asked_for(self, client, room, first):
        days = links_of(client.get(PHONE, {"first": first}), ".day-list__day")
        assert days[0].startswith(f"{PHONE}2026-11-23/")

    def test_of_a_clinic_are_those_of_that_clinic(self, client, room):
        ResourceFactory(opening=(time(9), time(10)))
        response = client.get("/free-consultation/clinic/bank/")
        assert "Tuesday 24 November 23 times" in text_of(response)

    def test_when_none_is_free_lead_to_the_waiting_list(self, client, room):
        DiaryException.objects.create(
            first_day="2026-11-01", last_day="2027-12-31", effect="closed"
        )
        for path, waiting in (
            (PHONE, "/free-consultation/waiting-list/phone/"),
            (
                "/free-consultation/clinic/bank/",
                "/free-consultation/waiting-list/clinic/bank/",
            ),
        ):
            response = client.get(path)
            assert response.status_code == 200
            assert "There is no free time in these four weeks" in text_of(response)
            assert waiting in links_of(response, "a")
            assert links_of(response, ".day-list__day") == []

    @pytest.mark.parametrize(
        "path",
        [
            "nothing/",
            "clinic/nowhere/",
            "clinic/closed/",
            "phone/bank/",
            "phone/9999-99-99/",
            "phone/2026-02-30/",
            "clinic/bank/2026-13-01/",
            "received/FC-2222-2222/",
        ],
    )
    def test_of_what_is_not_offered_are_not_there(self, client, room, path):
        ResourceFactory(clinic=ClinicFactory(slug="closed", is_open=False))
        assert client.get(START + path).status_code == 404

    def test_of_a_kind_that_is_not_offered_are_not_there(self, client, room):
        kind_of("phone", is_active=False)
        assert client.get(PHONE).status_code == 404

    def test_of_no_clinic_lead_back_to_the_start(self, client, room):
        times = f"{day_url(1, 'clinic')}?from=/answers/x/"
        starts_at = value_of(free_start(kind_of("clinic"), 1))
        for response in (
            client.get("/free-consultation/clinic/?from=/answers/x/"),
            client.get(times),
            client.post(times, {"at": starts_at}),
        ):
            assert response["Location"] == f"{START}?from=/answers/x/"

    def test_take_twelve_queries_at_most(
        self, client, room, django_assert_max_num_queries
    ):
        ResourceFactory.create_batch(3)
        begun_draft(starts_at=free_start(kind_of("phone"), 1))
        ClinicSettings.of_default_site()
        cache.clear()
        with django_assert_max_num_queries(12):
            client.get(PHONE)


class TestTheTimes:
    def test_are_a_list_by_part_of_the_day(self, client, room):
        page = page_of(client.get(day_url(1)))
        assert page.select_one("main fieldset > legend").text.strip() == "Free times"
        parts = [title.text for title in page.select(".choices__title")]
        assert parts == ["Morning", "Afternoon"]
        first = page.select_one(".choice")
        assert first.text.strip() == "9:00am"
        assert first.input["value"] == "2026-11-24T09:00Z"
        assert page.title.text.startswith("Step 3 of 5: Choose a time")

    def test_of_a_day_without_any_say_so(self, client, room):
        for days in (-1, 400):
            response = client.get(day_url(days))
            assert response.status_code == 200
            assert "No time is free on this day." in text_of(response)

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_of_an_absurd_day_are_none(self, client, room, day):
        assert client.get(f"{PHONE}{day}/").status_code == 200
        assert client.post(f"{PHONE}{day}/", {"at": f"{day}T10:00Z"}).status_code == 422

    def test_hold_the_one_that_is_picked_for_ten_minutes(self, client, room):
        address = hold_online(client, starts_at=free_start(kind_of("phone"), 1))
        draft = BookingDraft.objects.get()
        assert draft.reservation.expires_at == timezone.now() + timedelta(minutes=10)
        assert address.startswith("/free-consultation/booking/")
        assert "We keep this time for you until 8:10am." in text_of(client.get(address))

    @pytest.mark.parametrize(
        "form",
        [
            {},
            {"at": ""},
            {"at": "10:30"},
            {"at": "2026-11-24T09:00"},
            {"at": "9999-12-31T23:59Z"},
            {"at": "\x00"},
            {"at": "9" * 5000},
        ],
    )
    def test_are_asked_for_when_none_was_picked(self, client, room, form):
        response = client.post(day_url(1), form)
        page = page_of(response)
        assert response.status_code == 422
        assert page.title.text.startswith("Error: ")
        target = page.select_one(".error-summary a")
        assert target.text == "Choose a time"
        assert page.select_one(target["href"])["type"] == "radio"
        assert not Reservation.objects.exists()

    def test_that_are_offered_to_nobody_cannot_be_held(self, client, room):
        for moment in ("2026-11-24T03:00Z", "2026-11-24T09:07Z", "2026-11-20T09:00Z"):
            response = client.post(day_url(1), {"at": moment})
            assert response.status_code == 409
        assert not Reservation.objects.exists()

    def test_that_are_gone_are_answered_with_the_nearest_three(self, client, room):
        starts_at = free_start(kind_of("phone"), 1, place=4)  # 10:00
        begun_draft(starts_at=starts_at)
        response = client.post(day_url(1), {"at": value_of(starts_at)})

        page = page_of(response)
        assert response.status_code == 409
        assert "That time has just gone" in page.title.text
        offered = [choice.text.strip() for choice in page.select(".choice")]
        assert offered == [
            "Tuesday 24 November, 9:15am",
            "Tuesday 24 November, 9:30am",
            "Tuesday 24 November, 10:30am",
        ]
        form = page.select_one("main form")
        nearest = page.select(".choice input")[2]["value"]
        again = client.post(form["action"], {"at": nearest})
        assert again.status_code == 303
        assert BookingDraft.objects.filter(starts_at="2026-11-24T10:30Z").exists()

    def test_cannot_be_held_without_end_by_one_address(self, client, room):
        tomorrow = timezone.localdate() + timedelta(days=1)
        slots = free_slots(
            kind=kind_of("phone"), first=tomorrow, last=tomorrow + timedelta(days=1)
        )
        free = [slot.starts_at for slot in slots]
        answers = [
            client.post(day_url(1), {"at": value_of(start)}).status_code
            for start in free[::2][:21]
        ]
        assert answers == [303] * 20 + [429]
        other = client.post(
            day_url(1), {"at": value_of(free[-1])}, REMOTE_ADDR="203.0.113.9"
        )
        assert other.status_code == 303

    def test_need_no_cookie(self, room):
        client = Client(enforce_csrf_checks=True)
        page = page_of(client.get(day_url(1)))
        form = {"at": page.select_one("[name=at]")["value"]}
        assert client.post(day_url(1), form).status_code == 303
        gone = client.post(day_url(1), form)
        assert (gone.status_code, bool(client.cookies)) == (409, False)


class TestTheTimeZone:
    def test_is_chosen_from_a_list_for_a_call(self, client, room):
        page = page_of(client.get(PHONE))
        assert page.select_one("[name=zone] [selected]")["value"] == "Europe/London"
        regions = [group["label"] for group in page.select("[name=zone] optgroup")]
        assert regions[:3] == ["Africa", "America", "Antarctica"]
        assert page.select_one("option[value='America/New_York']").text == "New York"

        visit = page_of(client.get("/free-consultation/clinic/bank/"))
        assert not visit.select("[name=zone]")

    def test_goes_along_to_the_booking(self, client, room):
        chosen = client.get(f"{PHONE}?zone=America/Los_Angeles")
        (day, *_) = links_of(chosen, ".day-list__day")[1:]
        assert parse_qs(urlsplit(day).query) == {"zone": ["America/Los_Angeles"]}
        response = client.get(day)
        assert "9:00am in London 1:00am in Los Angeles" in text_of(response)

        moment = page_of(response).select_one("[name=at]")["value"]
        address = client.post(day, {"at": moment})["Location"]
        assert "1:00am in Los Angeles" in text_of(client.get(address))
        response = book_online(client, address=address, phone="(213) 373-4253")
        booking = FreeConsultation.objects.get()
        assert booking.zone == "America/Los_Angeles"
        assert booking.phone == "+12133734253"  # as people dial there
        words = text_of(client.get(response["Location"]))
        assert "Tuesday 24 November 2026, 9:00am in London" in words
        assert "1:00am in Los Angeles" in words

    def test_shows_the_day_where_it_is_another_one_there(self, client, room):
        ResourceFactory(opening=(time(5), time(9)))
        response = client.get(f"{day_url(1)}?zone=America/Los_Angeles")
        words = "5:00am in London 9:00pm on Monday 23 November in Los Angeles"
        assert words in text_of(response)

    @pytest.mark.parametrize(
        "name", ["Moon/Base", "../../etc/passwd", "x" * 99, "\x00"]
    )
    def test_is_london_when_it_is_none(self, client, room, name):
        hold_online(client, query=f"?zone={name}".replace("\x00", "%00"))
        assert BookingDraft.objects.get().zone == "Europe/London"

    def test_may_have_an_old_name_that_a_browser_gives(self, client, room):
        page = page_of(client.get(f"{PHONE}?zone=Asia/Calcutta"))
        chosen = page.select_one("[name=zone] [selected]")
        assert (chosen["value"], chosen.text) == ("Asia/Calcutta", "Calcutta")

    def test_does_not_matter_to_a_visit(self, client, room):
        hold_online(
            client, kind_of("clinic"), clinic=room.clinic, query="?zone=Asia/Tokyo"
        )
        assert BookingDraft.objects.get().zone == "Europe/London"

    def test_there_is_said_by_the_clock_there(self):
        summer = datetime.fromisoformat("2026-07-01T09:00:00+00:00")
        assert zones.there(summer, "Europe/London") == ""
        assert zones.there(summer, "Asia/Kolkata") == "2:30pm in Kolkata"


class TestTheSource:
    """Which of our pages led to a booking: its path and no more."""

    def source(self, client, path: str = START, **headers) -> str:
        """By the links of the pages, from the start to the booking."""
        response = client.get(path, headers=headers)
        (days,) = [
            link for link in links_of(response, ".way__link") if link.startswith(PHONE)
        ]
        day = links_of(client.get(days), ".day-list__day")[1]
        moment = page_of(client.get(day)).select_one("[name=at]")["value"]
        book_online(client, address=client.post(day, {"at": moment})["Location"])
        return FreeConsultation.objects.get().source_path

    def test_is_the_page_that_linked_here(self, client, room):
        came_from = "http://testserver/answers/?q=secret#top"
        assert self.source(client, referer=came_from) == "/answers/"
        assert FreeConsultation.objects.get().figure.source_path == "/answers/"

    def test_may_be_named_in_the_link(self, client, room):
        path = f"{START}?from=/topics/"
        came_from = "http://testserver/answers/"
        assert self.source(client, path, referer=came_from) == "/topics/"

    @pytest.mark.parametrize(
        "referer",
        [
            "https://elsewhere.example/answers/",
            "http://testserver/free-consultation/phone/",
            "http://testserver/admin/consultations/",
            "http://testserver/appointment/2tHqd8gN3hVx/",
            "http://testserver/answers/Uppercase/",
            "http://testserver/answers/words-that-somebody-invented/",
            "http://testserver/" + "x" * 200,
            "http://[",
            "nonsense",
        ],
    )
    def test_is_unknown_for_anything_else(self, client, room, referer):
        assert self.source(client, referer=referer) == ""

    @pytest.mark.parametrize(
        "path", ["//evil.example/", "http://x.example/", "/a b/", "/ä/", "/x\n", "\x00"]
    )
    def test_takes_nothing_but_a_path(self, client, room, path):
        links = links_of(client.get(START, {"from": path}), ".way__link")
        assert links[-1] == PHONE

    def test_reaches_us_from_our_own_pages(self, client, home):
        assert client.get("/")["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", [START, PHONE, "/free-consultation/clinic/bank/"])
class TestAllOfThem:
    def test_are_stored_by_no_cache_and_set_no_cookie(self, client, room, path):
        response = client.get(path)
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies

    def test_answer_no_form(self, client, room, path):
        assert client.post(path).status_code == 405

    def test_hold_and_store_nothing(self, client, room, path):
        client.get(path)
        assert client.head(path).status_code == 200
        assert not Reservation.objects.exists()
        assert not BookingDraft.objects.exists()


def test_only_the_start_is_for_search_engines(client, room):
    assert "X-Robots-Tag" not in client.get(START)
    for path in (PHONE, day_url(1)):
        assert client.get(path)["X-Robots-Tag"] == "noindex"


def test_a_busy_database_is_answered_in_words(client, room, monkeypatch):
    def busy(**choices):
        raise Busy

    monkeypatch.setattr(services, "begin_draft", busy)
    response = client.post(day_url(1), {"at": "2026-11-24T09:00Z"})
    assert response.status_code == 503
    assert "Nothing was stored" in text_of(response)
