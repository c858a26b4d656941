"""The list of what visitors sent, as Reception sees it."""

import uuid
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.models import FreeConsultation, Submission, WaitingEntry
from consultations.records.references import new_reference
from consultations.records.services import add_note
from tests.factories.consultations import (
    MARK,
    ResourceFactory,
    free_start,
    kind_of,
    stored_booking,
    stored_online,
)

pytestmark = pytest.mark.django_db

INBOX = "/admin/consultations/"


@pytest.fixture
def reception(client_of):
    return client_of("Reception")


def names(response) -> list[str]:
    """The third cell of each row, top to bottom."""
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    rows = page.select("table.listing tbody tr")
    return [row.select("td")[2].get_text(strip=True) for row in rows]


def shown(client, url: str = INBOX, **query) -> set[str]:
    return set(names(client.get(url, query)))


def waits(**fields) -> WaitingEntry:
    """Somebody on the waiting list."""
    return WaitingEntry.objects.create(
        kind="waiting",
        reference=new_reference("WL"),
        submit_key=uuid.uuid4(),
        appointment_kind=kind_of("clinic"),
        first_day=date(2090, 3, 1),
        last_day=date(2090, 3, 8),
        **fields,
    )


def received(submission, **ago) -> None:
    Submission.objects.filter(pk=submission.pk).update(
        created_at=timezone.now() - timedelta(**ago)
    )


def test_both_kinds_are_listed_newest_first(reception):
    received(stored_booking(name="Ann"), hours=3)
    received(stored_online(name="Ben", photos=[]), hours=1)
    received(stored_booking(name="Cem"), hours=2)
    assert names(reception.get(INBOX)) == ["Ben", "Cem", "Ann"]
    assert names(reception.get(INBOX + "results/")) == ["Ben", "Cem", "Ann"]


def test_it_says_where_and_when_somebody_comes_or_would_like_to(reception):
    room = ResourceFactory(clinic__name="Larkfield Bank")
    visit = stored_booking(kind_of("clinic"), free_start(kind_of("clinic")), name="A")
    stored_booking(kind_of("phone"), free_start(kind_of("phone"), place=3), name="B")
    stored_online(name="C", photos=[])
    waits(name="D", clinic=room.clinic)
    waits(name="E", clinic=None)
    old = stored_booking(kind_of("clinic"), name="F")
    FreeConsultation.objects.filter(pk=old.pk).update(starts_at=None, ends_at=None)
    page = BeautifulSoup(reception.get(INBOX).content, "html.parser")
    found = {}
    for row in page.select("table.listing tbody tr"):
        cells = [cell.get_text(strip=True) for cell in row.select("td")]
        found[cells[2]] = cells[3:5]
    at = timezone.localtime(visit.starts_at)
    assert found["A"] == ["Larkfield Bank", f"{at:%a} {at.day} {at:%b %Y, %H:%M}"]
    assert found["B"][0] == "By phone"
    assert found["C"] == ["", ""]
    assert found["D"] == ["Larkfield Bank", "1 Mar to 8 Mar 2090"]
    assert found["E"][0] == "Any clinic"
    assert found["F"] == ["Larkfield Bank", "No time yet"]


def test_nothing_of_health_is_in_the_list(client_of, django_user_model):
    clients = [client_of("Specialists"), client_of("Managers")]
    author = django_user_model.objects.first()
    for submission in (stored_booking(note=MARK), stored_online(photos=[])):
        add_note(submission=submission, text=MARK, author=author)
    for client in clients:
        for url in (INBOX, INBOX + "results/"):
            html = client.get(url).content.decode()
            assert MARK not in html
            assert "Sofia Marchetti" in html
            assert "25 to 34" not in html


def test_it_is_kept_by_no_cache(reception):
    assert "no-store" in reception.get(INBOX)["Cache-Control"]


def test_it_can_be_narrowed_down(reception):
    clinic, other = ResourceFactory().clinic, ResourceFactory().clinic
    visit = stored_booking(kind_of("clinic"), name="Visit", clinic=clinic)
    old = stored_booking(kind_of("clinic"), name="Old", clinic=other)
    stored_online(name="Online", photos=[])
    waits(name="Waits", clinic=other)
    received(old, days=4)
    Submission.objects.filter(pk=visit.pk).update(status="done")

    assert shown(reception, kind="online") == {"Online"}
    assert shown(reception, kind="booking") == {"Visit", "Old"}
    assert shown(reception, kind="waiting") == {"Waits"}
    assert shown(reception, status="open") == {"Old", "Online", "Waits"}
    assert shown(reception, status="done") == {"Visit"}
    assert shown(reception, clinic=clinic.pk) == {"Visit"}
    assert shown(reception, clinic=other.pk) == {"Old", "Waits"}
    assert shown(reception, age="today") == {"Visit", "Online", "Waits"}
    assert shown(reception, age="1") == shown(reception, age="3") == {"Old"}
    assert shown(reception, age="7") == set()
    assert shown(reception, status="open", kind="booking") == {"Old"}


@pytest.mark.parametrize(
    "typed",
    [
        "wójcik",
        "Tomasz W",
        "tomasz@visitor",
        "TOMASZ@",
        "020 7946 0958",
        "(020) 7946-0958",
        "+44 20 7946 0958",
        "+44 (0)20 7946 0958",
        "0044 20 7946 0958",
        "02079460958",
        "79460958",
        "FC-7K3M-9QXT",
        "fc-7k3m-9qxt",
        " fc 7k3m 9qxt ",
        "7k3m 9QXT",
        "FC7K3M9QXT",
    ],
)
def test_it_finds_by_name_email_number_and_reference(reception, typed):
    booking = stored_booking(phone="+442079460958")
    Submission.objects.filter(pk=booking.pk).update(reference="FC-7K3M-9QXT")
    other = stored_booking(name="Another", email="other@visitor.example")
    Submission.objects.filter(pk=other.pk).update(reference="FC-2222-2222")
    assert shown(reception, q=typed) == {"Tomasz Wójcik"}


@pytest.mark.parametrize(
    "typed", ["nobody", "'", '"; --', "\x00", "%", "_", "\\", "🧔", "x" * 5000, "9" * 9]
)
def test_it_finds_nothing_by_what_nobody_wrote(reception, typed):
    stored_booking()
    found = shown(reception, q=typed) | shown(reception, INBOX + "results/", q=typed)
    # A NUL byte is no search, so that everything is still there.
    assert found == ({"Tomasz Wójcik"} if typed == "\x00" else set())


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "moon", "status": "moon", "age": "moon", "clinic": "moon"},
        {"clinic": "9" * 30},
        {"clinic": "\x00", "kind": "\x00"},
        {"p": "9999"},
        {"p": "-1"},
        {"p": "moon"},
        {"ordering": "concern"},
        {"ordering": "\x00"},
        {"order_by": "name"},
    ],
)
def test_it_survives_what_nobody_asks_for(reception, query):
    stored_booking()
    assert reception.get(INBOX, query).status_code in (200, 404)


def test_it_cannot_be_taken_away_as_a_file(reception):
    stored_booking()
    page = BeautifulSoup(reception.get(INBOX).content, "html.parser")
    assert not page.select("a[href*=export]")
    for kind in ("csv", "xlsx"):
        response = reception.get(INBOX, {"export": kind})
        content = response.getvalue() if response.streaming else response.content
        assert b"tomasz@" not in content
        assert "attachment" not in response.get("Content-Disposition", "")


def test_a_page_of_it_costs_the_same_however_long_it_is(reception):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert reception.get(INBOX).status_code == 200
        return len(queries)

    clinic = ResourceFactory().clinic

    def more(number: int) -> None:
        stored_booking(kind_of("clinic"), clinic=clinic, name=f"Visitor {number}")
        stored_online(photos=[])
        waits(name=f"Waits {number}", clinic=clinic)

    more(0)
    reception.get(INBOX)  # fills what is remembered between requests
    few = cost()
    for number in range(1, 13):
        more(number)
    assert cost() == few

    pages = [names(reception.get(INBOX, {"p": number})) for number in (1, 2)]
    assert [len(page) for page in pages] == [30, 9]
