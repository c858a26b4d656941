"""The two reports: answers due for review, and sources that need a look."""

import csv
import re
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from articles.models import AnswerPage, Source
from tests.factories.articles import (
    AnswerPageFactory,
    SourceFactory,
    TopicPageFactory,
    cite,
    make_live,
    reviewed_by,
)
from tests.factories.core import ExpertFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(topics_index):
    return TopicPageFactory(parent=topics_index)


@pytest.fixture
def answer(answers_index, topic):
    """A live answer: answer("Title", in_days=30)."""

    def make(title: str, *, in_days: int | None, **fields) -> AnswerPage:
        fields = {"primary_topic": topic, **fields}
        page = AnswerPageFactory(parent=answers_index, title=title, **fields)
        due = in_days is not None and timezone.localdate() + timedelta(days=in_days)
        AnswerPage.objects.filter(pk=page.pk).update(review_due=due or None)
        return page

    return make


def read(client, name: str, **query) -> list[str]:
    """The texts of the page between its tags."""
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    return re.findall(r">\s*([^<>]*[^<>\s])\s*<", response.content.decode())


class TestDueForReview:
    NAME = "review_due_report"

    def test_the_most_urgent_comes_first_with_all_that_helps_to_decide(
        self, answer, client_of, user_in
    ):
        answer("Not dated", in_days=None)
        answer("Later", in_days=80)
        page = answer("Overdue", in_days=-5, owner=user_in("Contributors"))
        cite(page, SourceFactory(year=2011), SourceFactory(year=2019))
        reviewed_by(page, ExpertFactory(name="Anna Lindqvist"))
        due = timezone.localdate() - timedelta(days=5)
        AnswerPage.objects.filter(pk=page.pk).update(review_due=due)
        texts = read(client_of("Editors"), self.NAME)
        places = [texts.index(name) for name in ("Overdue", "Later", "Not dated")]
        assert places == sorted(places)
        assert "Overdue by 5 days" in texts
        assert "2019" in texts
        assert "Anna Lindqvist, MIT" in texts
        assert "contributors" in texts
        assert "Move review date" in texts

    @pytest.mark.parametrize(
        ("due", "titles"),
        [
            ("0", {"Overdue"}),
            ("30", {"Overdue", "In 30"}),
            ("60", {"Overdue", "In 30", "In 60"}),
            ("90", {"Overdue", "In 30", "In 60", "In 90"}),
        ],
    )
    def test_it_is_narrowed_by_how_soon(self, answer, client_of, due, titles):
        dates = {"Overdue": -1, "In 30": 30, "In 60": 60, "In 90": 90, "In 91": 91}
        for title, days in dates.items():
            answer(title, in_days=days)
        texts = read(client_of("Editors"), self.NAME, due=due)
        assert {title for title in dates if title in texts} == titles

    def test_it_is_narrowed_by_topic_rating_and_owner(
        self, answer, client_of, user_in, topics_index
    ):
        owner, other = user_in("Contributors"), TopicPageFactory(parent=topics_index)
        wanted = answer("Wanted", in_days=1, primary_topic=other, owner=owner)
        AnswerPage.objects.filter(pk=wanted.pk).update(evidence="weak")
        answer("Unwanted", in_days=1)
        client = client_of("Editors")
        for query in (
            {"primary_topic": other.pk},
            {"evidence": "weak"},
            {"owner": owner.pk},
        ):
            texts = read(client, self.NAME, **query)
            assert "Wanted" in texts
            assert "Unwanted" not in texts

    def test_it_can_be_taken_along_as_a_spreadsheet(self, answer, client_of):
        answer("=1+1 is not run", in_days=3)
        client = client_of("Editors")
        url = reverse(self.NAME)
        text = b"".join(client.get(url, {"export": "csv"})).decode("utf-8-sig")
        row = next(csv.DictReader(StringIO(text)))
        assert row["Answer"] == "'=1+1 is not run"
        assert row["Review"] == "Due in 3 days"
        book = b"".join(client.get(url, {"export": "xlsx"}))
        cell = load_workbook(BytesIO(book)).active["A2"]
        assert (cell.value, cell.data_type) == ("=1+1 is not run", "s")

    def test_it_is_sorted_and_searched(self, answer, client_of):
        for title, in_days in (("Bald patch", 9), ("Not dated", None), ("Braids", 3)):
            answer(title, in_days=in_days)
        client = client_of("Editors")

        def titles(**query) -> list[str]:
            found = read(client, self.NAME, **query)
            return [text for text in found if text in wanted]

        wanted = {"Bald patch", "Not dated", "Braids"}
        assert titles() == ["Braids", "Bald patch", "Not dated"]
        assert titles(ordering="-review_due") == ["Bald patch", "Braids", "Not dated"]
        assert titles(ordering="title") == ["Bald patch", "Braids", "Not dated"]
        assert titles(q="brai") == ["Braids"]

    def test_a_writer_sees_their_own_and_moves_nothing(self, answer, user_in, client):
        writer = user_in("Contributors")
        answer("Own", in_days=1, owner=writer)
        answer("Somebody else’s", in_days=1)
        client.force_login(writer)
        texts = read(client, self.NAME)
        assert "Own" in texts
        assert "Somebody else’s" not in texts
        assert "Move review date" not in texts

    def test_reception_has_no_report(self, client_of):
        client = client_of("Reception")
        assert client.get(reverse(self.NAME)).status_code == 302
        assert "Due for review" not in read(client, "wagtailadmin_home")

    def test_more_answers_cost_no_more_queries(self, answer, client_of):
        client = client_of("Editors")

        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                read(client, self.NAME)
            return len(queries)

        answer("First", in_days=1)
        count()
        few = count()
        for number in range(29):
            answer(f"Another {number}", in_days=1)
        assert count() <= few


class TestSources:
    NAME = "source_health_report"

    @pytest.fixture
    def cited(self, answer):
        """A source of a live answer: cited("Title", year=2026)."""

        def make(title: str, **fields) -> Source:
            today = timezone.localdate()
            fields = {"year": today.year, "status_checked_on": today, **fields}
            source = SourceFactory(title=title, **fields)
            page = answer(f"Answer on {title}", in_days=100)
            cite(page, source)
            make_live(page)
            return source

        return make

    def test_it_lists_what_needs_a_look_and_says_why(self, cited, client_of):
        today = timezone.localdate()
        cited("Sound")
        cited("Doubted", status=Source.Status.CONCERN, status_note="Data missing")
        cited("Ancient", year=today.year - 9)
        cited("Unknown", status_checked_on=None)
        cited("Long unseen", status_checked_on=today - timedelta(days=400))
        texts = read(client_of("Editors"), self.NAME)
        assert "Sound" not in texts
        for words in ("Doubted", "Expression of concern", "Data missing", "Ancient"):
            assert words in texts
        assert "Never" in texts
        assert "1\xa0year ago" in texts

    def test_it_is_narrowed_by_what_is_wrong(self, cited, client_of):
        cited("Withdrawn", status=Source.Status.RETRACTED)
        cited("Ancient", year=2001)
        texts = read(client_of("Editors"), self.NAME, problem="old")
        assert "Ancient" in texts
        assert "Withdrawn" not in texts

    def test_what_no_live_answer_cites_does_not_matter(self, client_of):
        SourceFactory(title="Nobody cites it", status=Source.Status.RETRACTED)
        texts = read(client_of("Editors"), self.NAME)
        assert "Nobody cites it" not in texts
        assert "No source of a live answer needs a look." in texts

    def test_who_may_not_change_sources_does_not_see_it(self, client_of):
        client = client_of("Contributors")
        assert client.get(reverse(self.NAME)).status_code == 302
        assert "Old or troubled sources" not in read(client, "wagtailadmin_home")
