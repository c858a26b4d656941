"""Was this helpful? What a reader sends, and what is kept of it."""

from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.signing import BadSignature
from django.db import IntegrityError
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from articles.feedback import retention, services
from articles.feedback.tokens import PAGE_TOKEN, VOTE_TOKEN
from articles.models import AnswerPage, Feedback
from clinic_site.core.worker import timetable
from tests.consultations.test_races import at_once
from tests.factories.articles import AnswerPageFactory, TopicPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(answers_index, topics_index) -> AnswerPage:
    topic = TopicPageFactory(parent=topics_index)
    return AnswerPageFactory(parent=answers_index, primary_topic=topic)


@pytest.fixture
def browser() -> Client:
    """Checks for Django's own token, which readers do not have."""
    return Client(enforce_csrf_checks=True)


def later(**by):
    return time_machine.travel(timezone.now() + timedelta(**by), tick=False)


def url(answer: AnswerPage) -> str:
    return reverse("give_feedback", args=[PAGE_TOKEN.make(answer.pk)])


def vote(browser: Client, answer: AnswerPage, choice: str, **options):
    return browser.post(url(answer), {"answer": choice}, **options)


def stored() -> list[tuple]:
    return list(Feedback.objects.order_by("pk").values_list("is_helpful", "reason"))


def words(response) -> str:
    main = BeautifulSoup(response.content, "html.parser").find("main")
    return " ".join(main.get_text(" ").split())


class TestTheForm:
    def test_stands_on_the_answer_and_works_as_it_is(self, browser, answer):
        page = BeautifulSoup(browser.get(answer.url).content, "html.parser")
        form = page.select_one("form.feedback__form")
        buttons = {b.get_text(): (b["name"], b["value"]) for b in form.select("button")}
        assert set(buttons) == {"Yes", "No"}

        browser.post(form["action"], dict([buttons["Yes"]]))
        assert stored() == [(True, "")]

    def test_costs_no_query(self, answer, django_assert_num_queries):
        template = Template("{% load feedback %}{% feedback_form page %}")
        with django_assert_num_queries(0):
            assert "Was this helpful?" in template.render(Context({"page": answer}))

    def test_is_the_same_for_everybody_all_day(self, answer):
        with time_machine.travel("2026-05-01 06:00Z", tick=False):
            morning = url(answer)
        with time_machine.travel("2026-05-01 20:00Z", tick=False):
            assert url(answer) == morning

    def test_does_nothing_in_a_preview(self, answer):
        page = BeautifulSoup(answer.make_preview_request().content, "html.parser")
        buttons = page.select(".feedback button")
        assert len(buttons) == 2
        assert all(button.has_attr("disabled") for button in buttons)


class TestAVote:
    def test_for_yes_is_stored_and_thanked_for(self, browser, answer):
        response = vote(browser, answer, "yes")
        assert response.status_code == 303
        thanks = browser.get(response["Location"])
        assert "Thank you" in words(thanks)
        assert answer.url in thanks.content.decode()
        assert stored() == [(True, "")]

    def test_for_no_is_stored_before_the_reason_is_asked_for(self, browser, answer):
        question = browser.get(vote(browser, answer, "no")["Location"])
        assert stored() == [(False, "")]
        assert "What was the matter?" in words(question)

    def test_counts_once_for_an_address_and_a_day(self, browser, answer):
        for _ in range(3):
            assert vote(browser, answer, "yes").status_code == 303
        assert stored() == [(True, "")]

    def test_is_changed_by_a_second_one(self, browser, answer):
        asked = vote(browser, answer, "no")["Location"]
        browser.post(asked, {"reason": "too_long"})
        vote(browser, answer, "yes")
        assert stored() == [(True, "")]
        vote(browser, answer, "no")
        assert stored() == [(False, "")]

    def test_does_not_show_what_another_one_at_the_same_address_said(
        self, browser, answer
    ):
        asked = vote(browser, answer, "no")["Location"]
        browser.post(asked, {"reason": "no_next_step"})
        vote(Client(), answer, "no")
        page = BeautifulSoup(browser.get(asked).content, "html.parser")
        assert not page.select("input[checked]")
        assert stored() == [(False, "")]

    def test_counts_anew_on_another_day_from_elsewhere_and_elsewhere(
        self, browser, answer
    ):
        other = AnswerPageFactory(
            parent=answer.get_parent(), primary_topic=answer.primary_topic
        )
        vote(browser, answer, "yes")
        vote(browser, answer, "yes", REMOTE_ADDR="203.0.113.9")
        vote(browser, other, "yes")
        with later(days=1):
            vote(browser, answer, "yes")
        assert Feedback.objects.count() == 4

    def test_leads_back_to_the_answer_when_its_address_is_opened(self, browser, answer):
        with later(days=365):  # a bookmark
            response = browser.get(url(answer))
        assert response.status_code == 302
        assert response["Location"] == answer.url
        assert stored() == []

    def test_is_limited_for_each_address(self, browser, answers_index, answer):
        others = AnswerPageFactory.create_batch(
            20, parent=answers_index, primary_topic=answer.primary_topic
        )
        for page in others:
            vote(browser, page, "yes")
            vote(browser, page, "yes")  # a double click does not count
        refused = vote(browser, answer, "yes")
        assert refused.status_code == 429
        assert "Please wait" in words(refused)
        assert Feedback.objects.count() == 20
        assert (
            vote(browser, answer, "yes", REMOTE_ADDR="203.0.113.9").status_code == 303
        )


class TestTheReason:
    @pytest.fixture
    def asked(self, browser, answer) -> str:
        return vote(browser, answer, "no")["Location"]

    @pytest.mark.parametrize("reason", Feedback.Reason.values)
    def test_is_stored_with_the_vote(self, browser, asked, reason):
        response = browser.post(asked, {"reason": reason})
        assert response.status_code == 303
        assert stored() == [(False, reason)]

    @pytest.mark.parametrize(
        ("sent", "error"),
        [
            ({}, "Choose what was the matter, or leave it out"),
            ({"reason": "no idea"}, "Choose from the answers listed"),
            (
                {"reason": "wrong", "website": "http://spam.example"},
                "people cannot see",
            ),
        ],
    )
    def test_that_is_wrong_is_asked_for_again(self, browser, asked, sent, error):
        response = browser.post(asked, sent)
        assert response.status_code == 400
        assert "There is a problem" in words(response)
        assert error in words(response)
        assert stored() == [(False, "")]

    def test_leads_to_the_two_actions_when_a_next_step_was_missing(
        self, browser, asked
    ):
        def actions(reason: str) -> int:
            thanks = browser.get(browser.post(asked, {"reason": reason})["Location"])
            main = BeautifulSoup(thanks.content, "html.parser").find("main")
            return len(main.select("a.button"))

        assert actions("no_next_step") == 2
        assert actions("too_long") == 0

    def test_is_not_asked_for_when_the_vote_has_become_a_yes(
        self, browser, answer, asked
    ):
        vote(browser, answer, "yes")
        for response in (
            browser.get(asked),
            browser.post(asked, {"reason": "too_long"}),
        ):
            assert response["Location"].endswith("/thank-you/")
        assert stored() == [(True, "")]

    def test_cannot_be_given_days_later(self, browser, answer, asked):
        with later(days=2):
            response = browser.post(asked, {"reason": "too_long"})
        assert response.status_code == 400
        assert "We have your vote" in words(response)
        assert f'href="{answer.url}"' in response.content.decode()
        assert stored() == [(False, "")]

    def test_that_the_answer_was_another_leads_to_the_search(self, browser, asked):
        def searches(reason: str) -> int:
            thanks = browser.get(browser.post(asked, {"reason": reason})["Location"])
            return len(BeautifulSoup(thanks.content, "html.parser").select("main form"))

        assert searches("not_my_question") == 1
        assert searches("too_long") == 0


class TestRefused:
    def test_is_what_nobody_signed(self, browser, answer):
        for path in (
            "/was-this-helpful/",
            "/was-this-helpful/nonsense/",
            f"/was-this-helpful/{answer.pk}-1:x/",
            f"/was-this-helpful/{VOTE_TOKEN.make(answer.pk)}/",
            url(answer)[:-2] + "/",
        ):
            response = browser.post(path, {"answer": "yes"})
            assert response.status_code == 400
            assert "did not come from a page of ours" in words(response)
            assert "Find the answer" in words(response)
        assert stored() == []

    def test_is_a_page_that_was_open_too_long_but_it_may_be_sent_again(
        self, browser, answer
    ):
        old = url(answer)
        with later(days=30):
            assert browser.post(old, {"answer": "yes"}).status_code == 303
        with later(days=31):
            response = browser.post(old, {"answer": "no"})
            assert response.status_code == 400
            assert "open for too long" in words(response)
            page = BeautifulSoup(response.content, "html.parser")
            again = page.select_one("form.feedback__form")["action"]
            assert browser.post(again, {"answer": "no"}).status_code == 303
        assert stored() == [(True, ""), (False, "")]

    @pytest.mark.parametrize(
        ("sent", "headers", "why"),
        [
            ({}, {}, "Choose an answer to “Was this helpful?”"),
            ({"answer": "maybe"}, {}, "Choose from the answers listed"),
            ({"answer": "yes", "website": "x"}, {}, "a box that people cannot see"),
            ({"answer": "yes"}, {"Sec-Fetch-Site": "cross-site"}, "page that is not"),
        ],
    )
    def test_is_what_no_reader_sends(self, browser, answer, sent, headers, why):
        response = browser.post(url(answer), sent, headers=headers)
        assert response.status_code == 400
        assert why in words(response)
        assert stored() == []

    def test_is_a_vote_on_what_is_no_longer_there(self, browser, answer):
        asked = vote(browser, answer, "no")["Location"]
        AnswerPage.objects.update(live=False)
        assert vote(browser, answer, "yes").status_code == 404
        assert browser.get(url(answer)).status_code == 404
        assert browser.get(asked).status_code == 404

        never_there = reverse("give_feedback", args=[PAGE_TOKEN.make(answer.pk + 999)])
        assert browser.post(never_there, {"answer": "yes"}).status_code == 404
        assert stored() == [(False, "")]

    @hypothesis_settings(
        deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.text(min_size=1))
    @example("9" * 30 + "-1:" + "A" * 43)
    @example("..:\x00")
    def test_is_anything_made_up_without_a_server_error(self, browser, made_up):
        with pytest.raises(BadSignature):
            PAGE_TOKEN.read(made_up)
        for step in ("", "why/", "thank-you/"):
            path = f"/was-this-helpful/{quote(made_up, safe='')}/{step}"
            for response in (browser.get(path), browser.post(path)):
                assert 400 <= response.status_code < 500


class TestPrivacy:
    def test_no_step_sets_a_cookie_or_is_kept_or_found(self, browser, answer):
        asked = vote(browser, answer, "no")
        steps = [
            asked,
            browser.get(asked["Location"]),
            browser.post(asked["Location"], {}),
            received := browser.post(asked["Location"], {"reason": "wrong"}),
            browser.get(received["Location"]),
            browser.post(url(answer), {}),
        ]
        for response in steps:
            assert "private" in response["Cache-Control"]
            # The second step is kept for Back, by the reader's own browser.
            is_second = response.request["PATH_INFO"].endswith("/why/")
            kept = "no-cache" if is_second else "no-store"
            assert kept in response["Cache-Control"]
            if response.status_code != 303:
                page = BeautifulSoup(response.content, "html.parser")
                assert page.select_one("meta[name=robots]")["content"] == "noindex"
                assert answer.title not in page.title.get_text()
        assert not browser.get(answer.url).cookies
        assert not browser.cookies

    def test_the_address_is_not_stored_and_its_hash_goes_with_the_day(
        self, browser, answer
    ):
        vote(browser, answer, "yes", REMOTE_ADDR="203.0.113.77")
        key = Feedback.objects.get().visitor_key
        assert len(key) == 64
        assert "203.0.113" not in key

        retention.forget_visitors()  # its day is not over
        assert Feedback.objects.get().visitor_key == key
        with later(days=1):
            vote(browser, answer, "yes")
            retention.forget_visitors()
        keys = Feedback.objects.order_by("day").values_list("visitor_key", flat=True)
        assert list(keys)[0] is None
        assert list(keys)[1]

    def test_the_hash_cannot_be_made_without_our_key(self, answer, settings):
        ours = services.visitor_key(address="203.0.113.77", page=answer)
        settings.SECRET_KEY = "somebody else's guess"
        assert services.visitor_key(address="203.0.113.77", page=answer) != ours

    def test_the_worker_forgets_every_hour(self):
        job = timetable.JOBS["forget who gave feedback"]
        assert (job.run, job.every) == (retention.forget_visitors, timedelta(hours=1))


@pytest.mark.parametrize(
    "fields",
    [
        {"is_helpful": True, "reason": "too_long"},
        {"is_helpful": False, "reason": "no idea"},
    ],
)
def test_the_database_refuses_what_makes_no_sense(answer, fields):
    with pytest.raises(IntegrityError):
        Feedback.objects.create(page=answer, day=timezone.localdate(), **fields)


@pytest.mark.races
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_vote_sent_by_many_at_once_is_one(answer):
    def send(place: int) -> int:
        return vote(Client(), answer, "yes" if place % 2 else "no").status_code

    assert set(at_once(send, 8)) == {303}
    assert Feedback.objects.count() == 1
