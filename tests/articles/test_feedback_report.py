"""What editors see of the readers' votes."""

import csv
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import AnswerPage, Feedback
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


def test_it_counts_votes_and_reasons_of_the_last_90_days_and_of_all(
    client_of, make_answer
):
    page = make_answer("Does it work?")
    make_answer("Nobody voted on this")
    votes(page, yes=1, too_long=1, none=1)
    votes(page, yes=4, too_long=1, unclear=1, days_ago=91)
    votes(page, wrong=1, days_ago=90)
    assert rows(client_of("Editors")) == [
        [
            "Does it work?",
            "3",
            "25 % of 4",
            "5",
            "50 % of 10",
            "It is too long: 2; It is hard to understand: 1; "
            "I think something in it is wrong: 1",
        ]
    ]


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


def test_it_leads_to_the_editor_of_each_answer(client_of, make_answer):
    page = make_answer("Does it work?")
    votes(page, yes=1)
    html = client_of("Editors").get(REPORT).content.decode()
    assert f"/admin/pages/{page.pk}/edit/" in html


def test_it_is_exported_with_a_column_for_each_reason(client_of, make_answer):
    votes(make_answer("Does it work?"), yes=2, too_long=1)
    response = client_of("Editors").get(f"{REPORT}?export=csv")
    line = next(csv.DictReader(response.getvalue().decode().splitlines()))
    assert line["Answer"] == "Does it work?"
    assert line["Votes, ever"] == "3"
    assert line["Helpful %, 90 days"] == "67"
    assert line["It is too long"] == "1"
    assert line["It is out of date"] == "0"
    assert client_of("Managers").get(f"{REPORT}?export=xlsx").status_code == 200


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
