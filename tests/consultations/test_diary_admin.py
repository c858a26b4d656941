"""The diary's settings, as Managers and Reception see and change them."""

from datetime import datetime, time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultations.models import (
    AppointmentKind,
    BankHoliday,
    DiaryException,
    FreeConsultation,
    OpeningTime,
    Resource,
)
from tests.factories.consultations import (
    ResourceFactory,
    free_start,
    kind_of,
    stored_booking,
)
from tests.factories.core import ClinicFactory

pytestmark = pytest.mark.django_db

KINDS = "/admin/diary/kinds/"
RESOURCES = "/admin/diary/resources/"
CLOSURES = "/admin/diary/closures/"
HOLIDAYS = "/admin/diary/bank-holidays/"
KIND_FIELDS = (
    "name",
    "slug",
    "mode",
    "description",
    "what_to_bring",
    "minutes",
    "interval",
    "buffer_before",
    "buffer_after",
    "lead_hours",
    "horizon_days",
    "cutoff_hours",
    "sort_order",
)
TIMES = "input[type=radio][name=at]"
LISTS = (KINDS, RESOURCES, CLOSURES, HOLIDAYS)


@pytest.fixture
def managers(client_of):
    return client_of("Managers")


@pytest.fixture
def reception(client_of):
    return client_of("Reception")


def kind_form(kind: AppointmentKind, **changes) -> dict:
    form = {name: getattr(kind, name) for name in KIND_FIELDS}
    return {**form, "is_active": "on", **changes}


def opening_form(*rows: tuple, kept: int = 0) -> dict:
    """Rows of (weekday, opens, closes, key of an opening time that is there)."""
    form = {
        "opening_times-TOTAL_FORMS": len(rows),
        "opening_times-INITIAL_FORMS": kept,
        "opening_times-MIN_NUM_FORMS": 0,
        "opening_times-MAX_NUM_FORMS": 70,
    }
    for place, (weekday, opens, closes, *key) in enumerate(rows):
        form |= {
            f"opening_times-{place}-weekday": weekday,
            f"opening_times-{place}-opens": opens,
            f"opening_times-{place}-closes": closes,
            f"opening_times-{place}-id": key[0] if key else "",
        }
    return form


def resource_form(resource: Resource, **changes) -> dict:
    """As the page shows it, with `rows` for other opening times."""
    there = [
        (row.weekday, f"{row.opens:%H:%M}", f"{row.closes:%H:%M}", row.pk)
        for row in OpeningTime.objects.filter(resource=resource)
    ]
    form = {
        "clinic": resource.clinic_id,
        "name": resource.name,
        "kinds": [kind.pk for kind in resource.kinds.all()],
        "lanes": resource.lanes,
        "is_active": "on",
        **opening_form(*there, kept=len(there)),
        **changes,
    }
    return {name: value for name, value in form.items() if value is not None}


def edit_url(thing) -> str:
    start = {
        AppointmentKind: KINDS,
        Resource: RESOURCES,
        DiaryException: CLOSURES,
        BankHoliday: HOLIDAYS,
    }[type(thing)]
    return f"{start}edit/{thing.pk}/"


def text_of(response) -> str:
    return response.content.decode()


def saved(response, url: str) -> None:
    assert response.status_code == 302, text_of(response)
    assert response.url == url


def test_a_manager_changes_how_long_an_appointment_is(managers):
    kind = kind_of("clinic")
    form = kind_form(kind, minutes=45, interval=15)
    saved(managers.post(edit_url(kind), form), KINDS)
    kind.refresh_from_db()
    assert (kind.minutes, kind.interval) == (45, 15)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("minutes", 32, "Give whole steps of 5 minutes."),
        ("interval", 0, "greater than or equal to 5"),
        ("interval", 7, "Give whole steps of 5 minutes."),
        ("buffer_after", 600, "less than or equal to 120"),
        ("horizon_days", 9999, "less than or equal to 365"),
        ("mode", "by post", "not one of the available choices"),
        ("slug", "booking", "The site has another page there."),
        ("name", "a\x00b", "Null characters are not allowed."),
    ],
)
def test_a_kind_that_cannot_be_is_refused_in_words(managers, field, value, words):
    kind = kind_of("clinic")
    response = managers.post(edit_url(kind), kind_form(kind, **{field: value}))
    assert words in text_of(response)
    before = getattr(kind, field)
    kind.refresh_from_db()
    assert getattr(kind, field) == before


def test_a_kind_that_people_booked_does_not_become_another_mode(managers):
    booking = stored_booking(kind_of("phone"))
    kind = booking.appointment_kind
    response = managers.post(edit_url(kind), kind_form(kind, mode="clinic"))
    assert "1 booking to come stands in the diary for this kind" in text_of(response)
    kind.refresh_from_db()
    assert kind.mode == "phone"


def test_a_kind_that_is_no_longer_offered_keeps_its_bookings(managers):
    booking = stored_booking(kind_of("phone"))
    kind = booking.appointment_kind
    response = managers.post(edit_url(kind), kind_form(kind, is_active=""), follow=True)
    assert "1 booking to come stands in the diary for this kind" in text_of(response)
    kind.refresh_from_db()
    assert not kind.is_active


def test_a_manager_adds_a_room_with_its_opening_times(managers):
    clinic, kind = ClinicFactory(), kind_of("clinic")
    response = managers.post(
        RESOURCES + "new/",
        {
            "clinic": clinic.pk,
            "name": "Room 7",
            "kinds": [kind.pk],
            "lanes": 2,
            "is_active": "on",
            **opening_form((0, "09:00", "12:00"), (0, "11:00", "17:05")),
        },
    )
    saved(response, RESOURCES)
    room = Resource.objects.get(name="Room 7")
    assert (room.lanes, list(room.kinds.all())) == (2, [kind])
    assert [str(row) for row in room.opening_times.all()] == [
        "Monday 09:00 to 12:00",
        "Monday 11:00 to 17:05",
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((0, "09:02", "12:00"), "whole steps of 5 minutes, like 09:35"),
        ((0, "09:00", "11:59:30"), "whole steps of 5 minutes, like 09:35"),
        ((0, "17:00", "09:00"), "It must close after it opens."),
        ((0, "09:00", "09:00"), "It must close after it opens."),
        ((9, "09:00", "12:00"), "not one of the available choices"),
        ((0, "25:00", "later"), "Enter a valid time."),
        ((0, "", "12:00"), "This field is required."),
    ],
)
def test_opening_times_that_cannot_be_are_refused_in_words(managers, row, words):
    room = ResourceFactory()
    OpeningTime.objects.filter(resource=room).delete()
    form = resource_form(room, **opening_form(row))
    assert words in text_of(managers.post(edit_url(room), form))
    assert not OpeningTime.objects.filter(resource=room).exists()


def test_what_is_saved_shows_at_once_where_visitors_look(managers, client):
    room, kind = ResourceFactory(), kind_of("phone", lead_hours=0)
    day = timezone.localdate() + timedelta(days=3)

    def offered() -> list[str]:
        url = reverse("choose_time", kwargs={"kind": kind.slug, "day": day})
        page = BeautifulSoup(client.get(url).content, "html.parser")
        found = [datetime.fromisoformat(each["value"]) for each in page.select(TIMES)]
        return [f"{timezone.localtime(moment):%H:%M}" for moment in found]

    rows = opening_form((day.weekday(), "10:00", "10:30"))
    OpeningTime.objects.filter(resource=room).delete()
    saved(managers.post(edit_url(room), resource_form(room, **rows)), RESOURCES)
    assert offered() == ["10:00"]
    form = {"effect": "extra", "first_day": day, "opens": "18:00", "closes": "18:20"}
    saved(managers.post(CLOSURES + "new/", form), CLOSURES)
    assert offered() == ["10:00", "18:00"]
    form = {"effect": "closed", "first_day": day, "opens": "09:00", "closes": "12:00"}
    saved(managers.post(CLOSURES + "new/", form), CLOSURES)
    assert offered() == ["18:00"]
    saved(managers.post(edit_url(room), resource_form(room, is_active=None)), RESOURCES)
    assert offered() == []


def test_a_room_with_bookings_stays_in_its_clinic(managers):
    booking, other = stored_booking(), ClinicFactory()
    room = booking.resource
    response = managers.post(edit_url(room), resource_form(room, clinic=other.pk))
    assert "those people were told this clinic" in text_of(response)
    room.refresh_from_db()
    assert room.clinic == booking.clinic
    FreeConsultation.objects.update(state="withdrawn")
    form = resource_form(room, clinic=other.pk)
    saved(managers.post(edit_url(room), form), RESOURCES)


def test_making_a_room_inactive_says_how_many_bookings_stand_there(managers):
    room, kind = ResourceFactory(), kind_of("phone")
    for place in range(2):
        stored_booking(kind, free_start(kind, place=place), name=f"Ann {place}")
    form = resource_form(room, is_active=None)
    page = text_of(managers.post(edit_url(room), form, follow=True))
    assert "2 bookings to come stand here" in page
    assert FreeConsultation.objects.live().count() == 2


def test_fewer_lanes_say_how_many_bookings_stand_beside_them(managers):
    room, kind = ResourceFactory(lanes=3), kind_of("phone")
    start = free_start(kind)
    for number in range(3):
        stored_booking(kind, start, name=f"Ann {number}")
    page = text_of(
        managers.post(edit_url(room), resource_form(room, lanes=1), follow=True)
    )
    assert "2 bookings to come stand beside the 1 at a time that are left" in page
    page = text_of(
        managers.post(edit_url(room), resource_form(room, lanes=3), follow=True)
    )
    assert "bookings to come" not in page


@pytest.mark.parametrize("of", ["resource", "appointment_kind"])
def test_what_bookings_need_is_not_deleted_but_can_be_made_inactive(managers, of):
    thing = getattr(stored_booking(), of)
    url = edit_url(thing).replace("/edit/", "/delete/")
    assert managers.get(url).status_code == 200
    response = managers.post(url, follow=True)
    assert "make it inactive instead" in text_of(response)
    assert type(thing).objects.filter(pk=thing.pk).exists()


def test_what_nothing_needs_is_deleted(managers):
    room = ResourceFactory()
    saved(managers.post(f"{RESOURCES}delete/{room.pk}/"), RESOURCES)
    assert not Resource.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"opens": "09:00"}, "Give both times"),
        ({"effect": "extra"}, "Give both times"),
        ({"opens": "12:00", "closes": "09:00"}, "Give both times"),
        ({"opens": "09:01", "closes": "12:00"}, "whole steps of 5 minutes"),
        ({"last_day": "2020-01-01"}, "The last day must not be before the first."),
        ({"first_day": "9999-99-99"}, "Enter a valid date."),
        ({"first_day": "9999-12-31"}, "Choose a day within the next three years."),
        ({"last_day": "9999-12-31"}, "Choose days within one year"),
        ({"first_day": ""}, "This field is required."),
        ({"clinic": "x"}, "not one of the available choices"),
    ],
)
def test_a_closure_that_cannot_be_is_refused_in_words(reception, changes, words):
    form = {"effect": "closed", "first_day": timezone.localdate(), **changes}
    assert words in text_of(reception.post(CLOSURES + "new/", form))
    assert not DiaryException.objects.exists()


def test_a_closure_of_a_room_names_no_other_clinic(reception):
    room, other = ResourceFactory(), ClinicFactory()
    form = {"effect": "closed", "first_day": timezone.localdate(), "resource": room.pk}
    page = text_of(reception.post(CLOSURES + "new/", {**form, "clinic": other.pk}))
    assert f"{room.name} is at {room.clinic}." in page
    saved(reception.post(CLOSURES + "new/", form), CLOSURES)


def test_a_closure_without_a_last_day_is_one_day_long(reception):
    day = timezone.localdate() + timedelta(days=8)
    form = {"effect": "closed", "first_day": day, "label": "Training"}
    saved(reception.post(CLOSURES + "new/", form), CLOSURES)
    closure = DiaryException.objects.get()
    assert (closure.first_day, closure.last_day) == (day, day)
    assert "Training" in text_of(reception.get(CLOSURES))


def test_closures_are_filtered_by_whether_they_are_past(reception):
    today = timezone.localdate()
    for days, label in ((-9, "Long ago"), (9, "Soon")):
        day = today + timedelta(days=days)
        DiaryException.objects.create(first_day=day, last_day=day, label=label)
    page = text_of(reception.get(CLOSURES, {"when": "coming"}))
    assert "Soon" in page
    assert "Long ago" not in page


def test_reception_sees_all_of_the_diary_but_changes_closures_only(reception):
    things = [kind_of("phone"), ResourceFactory(), holiday()]
    for url in LISTS:
        assert reception.get(url).status_code == 200
    for thing in things:
        inspect = edit_url(thing).replace("/edit/", "/inspect/")
        assert reception.get(inspect).status_code == 200
        for action in ("edit", "delete"):
            url = edit_url(thing).replace("/edit/", f"/{action}/")
            for response in (reception.get(url), reception.post(url)):
                saved(response, "/admin/")
    for url in (KINDS, RESOURCES, HOLIDAYS):
        saved(reception.get(url + "new/"), "/admin/")


def test_who_inspects_a_room_sees_when_it_is_open(reception):
    room = ResourceFactory(opening=(time(8), time(18)))
    page = text_of(reception.get(f"{RESOURCES}inspect/{room.pk}/"))
    assert "Monday 08:00 to 18:00" in page
    assert "Telephone call" in page


@pytest.mark.parametrize("group", ["Editors", "Specialists"])
def test_others_see_nothing_of_the_settings(client_of, group):
    client = client_of(group)
    for url in LISTS:
        assert client.get(url).status_code == 302
    assert "/admin/diary/" not in text_of(client.get("/admin/"))


def test_nothing_is_copied_exported_or_shown_to_strangers(managers, client):
    room = ResourceFactory()
    assert managers.get(f"{RESOURCES}copy/{room.pk}/").status_code == 404
    assert managers.get(f"{RESOURCES}usage/{room.pk}/").status_code == 404
    for url in LISTS:
        assert "login" in client.get(url).url
        response = managers.get(url, {"export": "csv", "ordering": "x\x00", "p": "-9"})
        assert response["Content-Type"].startswith("text/html")


def test_ids_that_are_none_are_not_found(managers):
    for url in LISTS:
        for key in ("0", "x", "9" * 30, "-1"):
            for action in ("edit", "delete", "inspect", "history"):
                response = managers.get(f"{url}{action}/{key}/")
                assert response.status_code in (400, 404), response.request


def test_the_menu_leads_to_each_list(managers):
    page = text_of(managers.get("/admin/"))
    for url in LISTS:
        assert f'"{url}"' in page, url


def test_lists_cost_the_same_however_long_they_are(managers):
    def queries(url: str) -> int:
        managers.get(url)
        with CaptureQueriesContext(connection) as found:
            assert managers.get(url).status_code == 200
        return len(found)

    def add(number: int) -> None:
        for place in range(number):
            room = ResourceFactory()
            day = timezone.localdate() + timedelta(days=place)
            DiaryException.objects.create(first_day=day, last_day=day, resource=room)

    BankHoliday.objects.all().delete()
    holiday()
    add(2)
    few = [queries(url) for url in LISTS]
    add(10)
    assert [queries(url) for url in LISTS] == few
    assert max(few) <= 16


def holiday(days: int = 5) -> BankHoliday:
    day = timezone.localdate() + timedelta(days=days)
    return BankHoliday.objects.create(date=day, name="Larkfield Day", is_closed=False)


def test_a_bank_holiday_is_added_and_taken_back(managers):
    day = timezone.localdate() + timedelta(days=5)
    form = {"date": day, "name": "A day for the King", "is_closed": "on"}
    saved(managers.post(HOLIDAYS + "new/", form), HOLIDAYS)
    found = BankHoliday.objects.get(date=day)
    assert found.is_closed
    saved(managers.post(edit_url(found), {**form, "is_closed": ""}), HOLIDAYS)
    found.refresh_from_db()
    assert not found.is_closed
    page = text_of(managers.post(HOLIDAYS + "new/", form))
    assert "already exists" in page


def test_cases_are_not_in_wagtails_log(managers):
    room = stored_booking().resource
    managers.post(edit_url(room), resource_form(room, lanes=2))
    history = text_of(managers.get(f"{RESOURCES}history/{room.pk}/"))
    assert "Edit" in history
    assert "Wójcik" not in history
