"""Bookings as a file: who may have it, what is in it, and that it is remembered."""

import csv
import io
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from consultations.models import BookingExport, FreeConsultation
from consultations.records.services import add_note
from consultations.staff import exports
from tests.factories.consultations import (
    MARK,
    ResourceFactory,
    free_start,
    kind_of,
    stored_booking,
)

EXPORTS = "/admin/consultations/exports/"
REASON = "Numbers for the landlord"


@pytest.fixture
def managers(client_of):
    return client_of("Managers")


def export_form(**changes) -> dict:
    today = timezone.localdate()
    return {
        "first_day": today.isoformat(),
        "last_day": (today + timedelta(days=90)).isoformat(),
        "clinic": "",
        "reason": REASON,
        **changes,
    }


def rows_of(response) -> list[dict]:
    assert response.status_code == 200, text_of(response)
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


@pytest.mark.django_db
class TestTheFile:
    def test_holds_who_booked_what_and_when(self, managers):
        booking = stored_booking(
            kind_of("phone"), name="Ann Lee", source_path="/answers/parting/"
        )
        response = managers.post(EXPORTS, export_form())
        assert response.content.startswith(b"\xef\xbb\xbf")
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert "attachment; filename=" in response["Content-Disposition"]
        assert "no-store" in response["Cache-Control"]
        london = ZoneInfo("Europe/London")
        start = booking.starts_at.astimezone(london)
        assert rows_of(response) == [
            {
                "Reference": booking.reference,
                "Kind": "Telephone call",
                "Clinic": booking.clinic.name,
                "Room or person": booking.resource.name,
                "Start": f"{start:%Y-%m-%d %H:%M}",
                "End": f"{start + timedelta(minutes=20):%Y-%m-%d %H:%M}",
                "State": "Confirmed",
                "Name": "Ann Lee",
                "Telephone": "'+447700900113",
                "Email": "tomasz@visitor.example",
                "Came from page": "/answers/parting/",
                "Booked on": f"{timezone.now().astimezone(london):%Y-%m-%d %H:%M}",
            }
        ]

    def test_never_holds_what_was_written(self, managers, user_in):
        booking = stored_booking(note=MARK)
        add_note(submission=booking, text=MARK, author=user_in("Reception"))
        assert MARK.encode() not in managers.post(EXPORTS, export_form()).content

    def test_holds_the_visits_of_the_days_in_london(self, managers):
        kind, room = kind_of("phone"), ResourceFactory()
        names = {"23:30 the day before": -30, "midnight": 0, "23:50": 23 * 60 + 50}
        names["midnight after"] = 24 * 60
        london = ZoneInfo("Europe/London")
        day = timezone.localdate() + timedelta(days=200)
        midnight = datetime(day.year, day.month, day.day, tzinfo=london)
        for place, (name, minutes) in enumerate(names.items()):
            booking = stored_booking(kind, free_start(kind, place=2 * place), name=name)
            start = midnight + timedelta(minutes=minutes)
            FreeConsultation.objects.filter(pk=booking.pk).update(
                starts_at=start, ends_at=start + timedelta(minutes=20)
            )
        form = export_form(first_day=day.isoformat(), last_day=day.isoformat())
        rows = rows_of(managers.post(EXPORTS, form))
        assert [row["Name"] for row in rows] == ["midnight", "23:50"]
        assert rows[0]["Clinic"] == room.clinic.name

    def test_can_be_of_one_clinic(self, managers):
        kind, here = kind_of("phone"), ResourceFactory()
        there = ResourceFactory()
        stored_booking(kind, name="Here", clinic=here.clinic)
        stored_booking(kind, name="There", clinic=there.clinic)
        form = export_form(clinic=there.clinic.pk)
        rows = rows_of(managers.post(EXPORTS, form))
        assert [row["Name"] for row in rows] == ["There"]
        assert BookingExport.objects.get().clinic == there.clinic

    def test_costs_the_same_however_long_it_is(self, managers):
        def queries() -> int:
            with CaptureQueriesContext(connection) as found:
                managers.post(EXPORTS, export_form())
            return len(found)

        stored_booking(name="Ann 0")
        queries()
        few = queries()
        for number in range(1, 5):
            stored_booking(name=f"Ann {number}")
        assert queries() == few <= 14


@pytest.mark.django_db
class TestTheRecord:
    def test_says_who_when_why_and_how_many(self, managers):
        stored_booking()
        managers.post(EXPORTS, export_form())
        export = BookingExport.objects.get()
        assert (export.actor.username, export.reason, export.rows) == (
            "managers",
            REASON,
            1,
        )
        page = text_of(managers.get(EXPORTS))
        assert f"managers {REASON}" in page
        assert "All 1" in page

    def test_is_kept_for_an_empty_file_too(self, managers):
        assert rows_of(managers.post(EXPORTS, export_form())) == []
        assert BookingExport.objects.get().rows == 0

    def test_is_not_there_when_the_file_could_not_be_made(self, managers, monkeypatch):
        def fail(*args) -> str:
            raise RuntimeError

        monkeypatch.setattr(exports, "as_csv", fail)
        with pytest.raises(RuntimeError):
            managers.post(EXPORTS, export_form())
        assert not BookingExport.objects.exists()

    def test_has_pages(self, managers, django_user_model):
        day = timezone.localdate()
        for number in range(60):
            BookingExport.objects.create(
                actor=django_user_model.objects.get(),
                reason=f"Reason number {number}",
                first_day=day,
                last_day=day,
                rows=1,
                at=timezone.now() - timedelta(days=60 - number),
            )
        assert "Reason number 59" in text_of(managers.get(EXPORTS))
        second = text_of(managers.get(EXPORTS, {"p": 2}))
        assert "Reason number 9 " in second
        assert "Reason number 59" not in second
        assert managers.get(EXPORTS, {"p": "x\x00"}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, "Say what the file is for."),
        ({"reason": "Because"}, "Say in a few words more what the file is for."),
        ({"reason": " " * 40}, "Say what the file is for."),
        ({"reason": "x" * 201}, "Say it in 200 characters or fewer."),
        ({"reason": "Because\x00 I say so"}, "Null characters are not allowed."),
        ({"first_day": ""}, "Choose the first day."),
        ({"first_day": "9999-99-99"}, "Enter a valid date."),
        ({"last_day": "9999-12-31"}, "Choose 366 days at most."),
        (
            {"first_day": "9999-12-30", "last_day": "9999-12-31"},
            "Choose a day within the next three years.",
        ),
        (
            {"first_day": "2027-01-02", "last_day": "2027-01-01"},
            "Choose the first day or a later one.",
        ),
        (
            {"first_day": "2027-01-01", "last_day": "2028-01-02"},
            "Choose 366 days at most.",
        ),
        ({"clinic": "x"}, "not one of the available choices"),
    ],
)
def test_a_form_that_cannot_be_is_refused_in_words(managers, changes, words):
    response = managers.post(EXPORTS, export_form(**changes))
    assert response.status_code == 422
    assert words in text_of(response)
    assert not BookingExport.objects.exists()


@pytest.mark.django_db
def test_a_leap_year_of_visits_can_be_exported(managers):
    form = export_form(first_day="2027-03-01", last_day="2028-02-29")
    assert rows_of(managers.post(EXPORTS, form)) == []


@pytest.mark.django_db
def test_too_many_rows_are_refused_and_what_was_typed_stays(managers, monkeypatch):
    monkeypatch.setattr(exports, "MOST_ROWS", 1)
    for name in ("Ann Lee", "Bo Lee"):
        stored_booking(name=name)
    response = managers.post(EXPORTS, export_form())
    assert response.status_code == 422
    assert "These are 2 bookings." in text_of(response)
    assert REASON in response.content.decode()
    assert not BookingExport.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("group", ["Reception", "Specialists", "Editors"])
def test_others_may_not_export(client_of, group):
    client = client_of(group)
    stored_booking()
    for response in (client.get(EXPORTS), client.post(EXPORTS, export_form())):
        assert response.status_code == 302
        assert response.url == "/admin/"
    assert EXPORTS not in client.get("/admin/").content.decode()
    assert not BookingExport.objects.exists()


@pytest.mark.django_db
def test_strangers_are_sent_to_sign_in(client):
    for response in (client.get(EXPORTS), client.post(EXPORTS, export_form())):
        assert "login" in response.url


@pytest.mark.django_db
def test_the_menu_leads_to_it_and_looking_exports_nothing(managers):
    assert EXPORTS in managers.get("/admin/").content.decode()
    assert managers.get(EXPORTS, export_form()).status_code == 200
    assert not BookingExport.objects.exists()


FORMULAS = [
    "=1+1",
    "+44",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    ' "=1',
    "'=1",
    "“=1",
    "＝1",
    "＋1",
    "－1",
    "＠A1",
    " \u200b＝1",
    "\ufeff=1",
    "−1",
    "x;=1+1",
    'x",=1',
    "x\n=1",
    "x\t\"=cmd|' /C calc'!A0",
]


def program_reads(text: str, separator: str) -> list[str]:
    """As a spreadsheet set to this separator splits it, quotes or no quotes."""
    lines = text.replace("\r", "\n").split("\n")
    return [cell for line in lines for cell in line.split(separator)]


def is_formula(cell: str) -> bool:
    bare = cell.lstrip(" \t\"'“”‘’`\u00a0\u200b\ufeff")
    # What begins with our apostrophe is text to a spreadsheet.
    is_text = cell.lstrip(' \t"').startswith("'")
    return bool(bare) and bare[0] in "=+-@＝＋－＠−" and not is_text


@pytest.mark.parametrize("typed", FORMULAS)
def test_what_begins_a_formula_is_made_text(typed):
    for separator in ",;\t|":
        for cell in program_reads(exports.safe(typed), separator):
            assert not is_formula(cell)


def test_what_is_no_formula_stays_as_it_was():
    for typed in ("", "Ann Lee", "Smith-Jones", "a+b@c.example", "2026-11-05 10:30"):
        assert exports.safe(typed) == typed


cells = st.text(
    st.sampled_from("=+-@＝＋－＠− \t\r\n\"'“;,|\u200b\ufeffA1é")
    | st.characters(codec="utf-8"),
    max_size=20,
)


@given(st.lists(cells, min_size=1, max_size=4))
@example(["=1"])
@example(["a", ' "\t＝1'])
def test_no_cell_of_a_file_begins_a_formula(row):
    text = exports.as_csv([tuple(row)]).removeprefix("\ufeff")
    read = next(csv.reader(io.StringIO(text, newline="")), [])
    assert len(read) == len(row)
    for typed, cell in zip(row, read, strict=True):
        assert not is_formula(cell)
        assert cell.replace("'", "") == typed.replace("'", "")
        for separator in ";\t|":
            assert not any(map(is_formula, program_reads(cell, separator)))
