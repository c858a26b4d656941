"""What editors see of the readers' votes."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from articles.models import AnswerPage, Feedback, SignOff
from tests.factories.articles import AnswerPageFactory, TopicPageFactory

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/was-it-helpful/"


@pytest.fixture
def make_answer(answers_index, topics_index):
    topic = TopicPageFactory(parent=topics_index)

    def make(title: str) -> AnswerPage:
        return AnswerPageFactory(parent=answers_index, primary_topic=topic, title=title)

    return make


def votes(page: AnswerPage, *, yes: int = 0, days_ago: int = 0, **reasons: int) -> None:
    """votes(page, yes=2, too_long=1, none=1): two "yes", two "no"."""
    day = timezone.localdate() - timedelta(days=days_ago)
    rows = [Feedback(page=page, day=day, is_helpful=True) for _ in range(yes)]
    for reason, count in reasons.items():
        reason = "" if reason == "none" else reason
        rows += [
            Feedback(page=page, day=day, is_helpful=False, reason=reason)
            for _ in range(count)
        ]
    Feedback.objects.bulk_create(rows)


def rows(client: Client, query: str = "") -> list[list[str]]:
    page = BeautifulSoup(client.get(REPORT + query).content, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
        for row in page.select("main table tbody tr")
    ]


def titles(client: Client, query: str = "") -> list[str]:
    return [row[0] for row in rows(client, query)]


def test_it_counts_votes_reasons_and_the_trend(client_of, make_answer):
    page = make_answer("Does it work?")
    make_answer("Nobody voted on this")
    votes(page, yes=1, too_long=1, none=1)
    votes(page, yes=4, unclear=1, days_ago=91)
    votes(page, yes=1, none=1, days_ago=181)
    votes(page, wrong=1, days_ago=90)
    assert rows(client_of("Editors")) == [
        [
            "Does it work?",
            "3",
            "25% of 4",
            "down 55 points",
            "It is too long: 1; I think something in it is wrong: 1",
            "55% of 11",
        ]
    ]


def test_what_has_no_trend_is_sorted_last_either_way(client_of, make_answer):
    votes(make_answer("New"), yes=1)
    for title, before in (("Better", 3), ("Worse", 0)):
        page = make_answer(title)
        votes(page, yes=1, none=1)
        votes(page, yes=1, none=before, days_ago=100)
    editor = client_of("Editors")
    assert [row[3] for row in rows(editor, "?ordering=trend")] == [
        "down 50 points",
        "up 25 points",
        "",
    ]
    assert titles(editor, "?ordering=-trend") == ["Better", "Worse", "New"]


def test_it_begins_with_those_that_helped_least_lately(client_of, make_answer):
    votes(make_answer("Fine"), yes=9)
    votes(make_answer("Was bad"), none=9, yes=1, days_ago=200)
    votes(make_answer("Bad"), none=3, yes=90)
    votes(make_answer("Worst"), none=4)
    editor = client_of("Editors")
    assert titles(editor) == ["Worst", "Bad", "Was bad", "Fine"]
    assert titles(editor, "?ordering=title") == ["Bad", "Fine", "Was bad", "Worst"]
    assert titles(editor, "?ordering=-percent")[:2] == ["Fine", "Bad"]
    assert titles(editor, "?ordering=nonsense") == titles(editor)


def test_it_can_leave_out_answers_with_few_votes_and_find_one(client_of, make_answer):
    votes(make_answer("Often"), yes=5)
    votes(make_answer("Seldom"), yes=4)
    editor = client_of("Editors")
    assert titles(editor, "?votes=5") == ["Often"]
    assert titles(editor, "?q=seld") == ["Seldom"]
    fragment = editor.get(f"{REPORT}results/?votes=5").content.decode()
    assert "Often" in fragment
    assert "Seldom" not in fragment


def test_it_is_narrowed_by_topic_and_by_a_reason_given_lately(
    client_of, make_answer, topics_index
):
    wrong, other = make_answer("Wrong"), make_answer("Long")
    votes(wrong, wrong=1)
    votes(other, too_long=1)
    votes(other, wrong=1, days_ago=100)
    topic = TopicPageFactory(parent=topics_index)
    AnswerPage.objects.filter(pk=other.pk).update(primary_topic=topic)
    editor = client_of("Editors")
    assert titles(editor, "?reason=wrong") == ["Wrong"]
    assert titles(editor, f"?topic={topic.pk}") == ["Long"]


def test_it_is_exported_with_a_column_for_each_reason(client_of, make_answer):
    votes(make_answer("=1+1"), yes=2, too_long=1)
    response = client_of("Editors").get(f"{REPORT}?export=csv")
    text = response.getvalue().decode("utf-8-sig")
    line = next(csv.DictReader(text.splitlines()))
    assert line["Answer"] == "'=1+1"
    assert line["Votes, ever"] == "3"
    assert line["Helpful %, 90 days"] == "67"
    assert line["It is too long, 90 days"] == "1"
    assert line["It is out of date, ever"] == "0"


def test_a_title_with_what_no_spreadsheet_takes_is_exported(client_of, make_answer):
    votes(make_answer("Pasted\x0bfrom slides"), yes=1)
    response = client_of("Managers").get(f"{REPORT}?export=xlsx")
    sheet = load_workbook(BytesIO(response.getvalue())).active
    assert sheet["A2"].value == "Pastedfrom slides"


class TestOneAnswer:
    """Month by month."""

    @pytest.fixture
    def page(self, make_answer) -> AnswerPage:
        page = make_answer("Does it work?")
        for day, fields in (
            (date(2026, 2, 3), {"is_helpful": False, "reason": "wrong"}),
            (date(2026, 2, 28), {"is_helpful": True}),
            (date(2026, 3, 1), {"is_helpful": True}),
        ):
            Feedback.objects.create(page=page, day=day, **fields)
        day = datetime(2026, 3, 1, 12, tzinfo=UTC)
        SignOff.objects.filter(page=page).update(created_at=day)
        return page

    def test_is_reached_from_the_report_and_leads_to_the_editor(self, client_of, page):
        editor = client_of("Editors")
        url = f"{REPORT}{page.pk}/"
        assert url in editor.get(REPORT).content.decode()
        assert f"/admin/pages/{page.pk}/edit/" in editor.get(url).content.decode()
        # Who may not change this answer reads what was said, and has no dead link.
        writer = client_of("Contributors").get(url)
        assert writer.status_code == 200
        assert f"/admin/pages/{page.pk}/edit/" not in writer.content.decode()

    def test_has_months_with_reasons_and_days_of_sign_offs(self, client_of, page):
        assert rows(client_of("Editors"), f"{page.pk}/") == [
            ["March 2026", "1", "0", "100% of 1", "", "1 March"],
            [
                "February 2026",
                "1",
                "1",
                "50% of 2",
                "I think something in it is wrong: 1",
                "",
            ],
        ]

    def test_is_exported(self, client_of, page):
        response = client_of("Editors").get(f"{REPORT}{page.pk}/?export=csv")
        text = response.getvalue().decode("utf-8-sig")
        line = next(csv.DictReader(text.splitlines()))
        assert (line["Month"], line["Text signed off on"]) == ("2026-03-01", "1 March")

    def test_is_not_for_those_who_do_not_write(self, client_of, page):
        assert client_of("Reception").get(f"{REPORT}{page.pk}/").status_code == 404


@pytest.mark.parametrize("group", ["Editors", "Managers"])
def test_it_is_in_the_menu_of_those_who_write(client_of, home, group):
    assert REPORT in client_of(group).get("/admin/").content.decode()


@pytest.mark.parametrize("group", ["Reception", "Specialists"])
def test_it_is_not_for_those_who_do_not_write(client_of, home, group):
    client = client_of(group)
    for path in (REPORT, f"{REPORT}results/", f"{REPORT}?export=csv"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert REPORT not in client.get("/admin/").content.decode()
    assert Client().get(REPORT)["Location"].startswith("/admin/login/")


def test_it_costs_the_same_for_one_answer_and_for_many(client_of, make_answer):
    editor = client_of("Editors")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert editor.get(REPORT).status_code == 200
        return len(found)

    votes(make_answer("The first"), yes=1, too_long=1)
    queries()  # a process remembers a few things
    with_one = queries()
    for number in range(12):
        votes(make_answer(f"Another, {number}"), yes=2, wrong=1)
    assert queries() == with_one
