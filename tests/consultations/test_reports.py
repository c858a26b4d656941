"""Numbers about bookings, which stay when people are removed."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.models import BookingFigure, FreeConsultation
from tests.factories.articles import AnswerPageFactory, TopicPageFactory
from tests.factories.consultations import stored_booking

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/bookings/"
BY_PAGE = "/admin/reports/visits-by-page/"
MONDAY = date(2026, 6, 1)


@pytest.fixture
def managers(client_of):
    return client_of("Managers")


def figure(day: date = MONDAY, ahead: int = 3, **changes) -> BookingFigure:
    fields = {
        "appointment_kind": "Telephone call",
        "clinic": "Victoria",
        "source_path": "",
        "outcome": "confirmed",
        **changes,
    }
    booked_on = day - timedelta(days=ahead)
    return BookingFigure.objects.create(visit_on=day, booked_on=booked_on, **fields)


def table_of(client, **query) -> dict[str, dict[str, str]]:
    """Cells by the headings of their row and column."""
    asked = {"first_day": "2026-06-01", "last_day": "2026-07-31", **query}
    response = client.get(REPORT, asked)
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    columns = [cell.get_text(strip=True) for cell in page.select(".numbers thead th")]
    return {
        row.th.get_text(strip=True): dict(
            zip(
                columns[1:],
                [cell.get_text(strip=True) for cell in row.select("td")],
                strict=True,
            )
        )
        for row in page.select("table.numbers tbody tr, table.numbers tfoot tr")
    }


def test_each_week_has_its_numbers_and_all_weeks_their_sum(managers):
    figure(ahead=1, outcome="attended")
    figure(MONDAY + timedelta(days=6), ahead=2, outcome="missed", times_moved=2)
    figure(ahead=30, outcome="attended", is_by_staff=True)
    later = MONDAY + timedelta(days=7)
    for outcome in ("attended", "cancelled", "withdrawn", "declined"):
        figure(later, ahead=4, outcome=outcome)
    figure(MONDAY - timedelta(days=1), outcome="attended")
    table = table_of(managers, by="week")
    assert list(table) == ["1 June 2026", "8 June 2026", "All"]
    assert table["1 June 2026"] == {
        "Booked": "3",
        "By visitors": "2",
        "By staff": "1",
        "Moved": "1",
        "Cancelled by the person": "0",
        "Cancelled by us": "0",
        "Declined": "0",
        "Attended": "2",
        "Did not attend": "1",
        "Of those marked": "33 %",
        "Median days ahead": "2",
    }
    assert table["All"]["Booked"] == "7"
    assert table["All"]["Of those marked"] == "25 %"
    assert table["All"]["Median days ahead"] == "4"
    assert table["8 June 2026"]["Cancelled by the person"] == "1"
    assert table["8 June 2026"]["Cancelled by us"] == "1"
    assert table["8 June 2026"]["Declined"] == "1"


def test_rows_can_be_of_clinics_kinds_and_pages(managers):
    figure(source_path="/answers/parting/")
    figure(clinic="Richmond", appointment_kind="Visit to a clinic")
    figure(clinic="Richmond")
    assert list(table_of(managers, by="clinic")) == ["Richmond", "Victoria", "All"]
    kinds = table_of(managers, by="appointment_kind")
    assert list(kinds) == ["Telephone call", "Visit to a clinic", "All"]
    pages = table_of(managers, by="source_path")
    assert list(pages) == ["Not known", "/answers/parting/", "All"]
    assert pages["Not known"]["Booked"] == "2"
    only = table_of(managers, by="week", clinic="Richmond")
    assert only["All"]["Booked"] == "2"
    only = table_of(
        managers, by="week", clinic="Richmond", appointment_kind="Telephone call"
    )
    assert only["All"]["Booked"] == "1"


def test_what_nobody_marked_has_no_rate(managers):
    figure(outcome="cancelled")
    assert table_of(managers)["All"]["Of those marked"] == "–"


def test_numbers_stay_when_the_person_is_removed(managers):
    booking = stored_booking(source_path="/answers/parting/")
    day = timezone.localdate(booking.starts_at).isoformat()
    days = {"first_day": day, "last_day": day}
    before = table_of(managers, by="source_path", **days)
    assert before["/answers/parting/"]["Booked"] == "1"
    booking.reminders.all().delete()
    booking.events.all().delete()
    booking.consents.all().delete()
    FreeConsultation.objects.all().delete()
    assert table_of(managers, by="source_path", **days) == before


def test_the_last_weeks_show_without_asking(managers):
    figure(timezone.localdate())
    page = managers.get(REPORT).content.decode()
    assert "Bookings by the day of the visit" in page
    BookingFigure.objects.all().delete()
    assert (
        "No visit was booked for these days." in managers.get(REPORT).content.decode()
    )


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"first_day": "9999-99-99"}, "Enter a valid date."),
        ({"last_day": "2026-05-01"}, "Choose the first day or a later one."),
        ({"last_day": "9999-12-31"}, "Choose three years at most."),
        ({"first_day": ""}, "Choose the first day."),
        ({"by": "name"}, "not one of the available choices"),
        ({"clinic": "No\x00where"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(managers, query, words):
    asked = {"first_day": "2026-06-01", "last_day": "2026-06-30", **query}
    response = managers.get(REPORT, asked)
    assert response.status_code == 422
    assert words in response.content.decode()


def test_the_report_costs_the_same_however_much_there_was(managers):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            table_of(managers, by="source_path")
        return len(found)

    figure(source_path="/answers/0/")
    queries()
    few = queries()
    for number in range(30):
        figure(source_path=f"/answers/{number}/", clinic=f"Clinic {number}")
    assert queries() == few <= 13


def test_the_table_is_named_and_its_headings_are_headings(managers):
    figure()
    page = BeautifulSoup(
        managers.get(
            REPORT, {"first_day": "2026-06-01", "last_day": "2026-06-02"}
        ).content,
        "html.parser",
    )
    assert page.select_one("table.numbers caption")
    assert all(cell["scope"] == "col" for cell in page.select(".numbers thead th"))
    assert all(cell["scope"] == "row" for cell in page.select(".numbers tbody th"))


@pytest.mark.parametrize("group", ["Editors", "Publishers"])
def test_editors_see_which_pages_lead_to_visits_and_nothing_else(
    client_of, group, answers_index, topics_index
):
    client = client_of(group)
    answer = AnswerPageFactory(
        parent=answers_index,
        title="Why does a parting widen?",
        primary_topic=TopicPageFactory(parent=topics_index),
    )
    path = answer.get_url()
    figure(source_path=path, outcome="attended")
    figure(source_path=path, outcome="missed")
    figure(source_path="/gone/")
    response = client.get(BY_PAGE)
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in BeautifulSoup(response.content, "html.parser").select(
            "table.listing tbody tr"
        )
    ]
    assert rows == [
        ["Why does a parting widen?", path, "2", "1"],
        ["Not a page any more", "/gone/", "1", "0"],
    ]
    assert BY_PAGE in client.get("/admin/").content.decode()
    assert client.get(REPORT).status_code == 302
    assert REPORT not in client.get("/admin/").content.decode()


def test_pages_are_filtered_by_day_and_sorted(client_of):
    client = client_of("Editors")
    figure(source_path="/june/")
    figure(date(2026, 7, 1), source_path="/july/", outcome="attended")
    query = {"visit_on_from": "2026-06-30", "visit_on_to": "2026-07-31"}
    page = client.get(BY_PAGE, query).content.decode()
    assert "/july/" in page
    assert "/june/" not in page
    results = client.get(BY_PAGE + "results/", {"ordering": "-attended"})
    assert results.content.index(b"/july/") < results.content.index(b"/june/")
    for query in ({"export": "csv"}, {"visit_on_from": "9999-99-99"}, {"p": "x"}):
        response = client.get(BY_PAGE, {**query, "ordering": "\x00"})
        assert response.status_code == 200
        assert response["Content-Type"].startswith("text/html")


def test_pages_cost_the_same_however_many_there_are(client_of):
    client = client_of("Editors")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(BY_PAGE).status_code == 200
        return len(found)

    figure(source_path="/answers/0/")
    queries()
    few = queries()
    for number in range(20):
        figure(source_path=f"/answers/{number}/")
    assert queries() == few <= 14


def test_strangers_see_no_numbers(client):
    for url in (REPORT, BY_PAGE, BY_PAGE + "results/"):
        assert "login" in client.get(url).url
