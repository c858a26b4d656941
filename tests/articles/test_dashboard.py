"""The first screen of the admin, for each kind of person."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import PageLogEntry, Revision, TaskState, Workflow

from articles.models import AnswerPage, Source
from clinic_site.core.models import Heartbeat
from clinic_site.core.worker import heartbeat
from clinic_site.core.worker.schedule import REFUSED
from tests.factories.articles import (
    AnswerPageFactory,
    SourceFactory,
    TopicPageFactory,
    cite,
    make_live,
)

pytestmark = pytest.mark.django_db
PANELS = {
    "waiting": 'id="waiting-for-me-section"',
    "review": 'id="due-for-review-section"',
    "schedules": 'id="schedules-section"',
    "sources": 'id="source-tasks-section"',
}
MOST_QUERIES = 45


@pytest.fixture
def draft(answers_index, topics_index):
    topic = TopicPageFactory(parent=topics_index)

    def make(**fields) -> AnswerPage:
        fields = {"live": False, **fields}
        return AnswerPageFactory(parent=answers_index, primary_topic=topic, **fields)

    return make


@pytest.fixture
def sent(draft):
    """An answer on its way: sent(by=writer)."""

    def make(*, by, **fields) -> AnswerPage:
        page = draft(owner=by, **fields)
        page.save_revision(user=by)
        Workflow.objects.get(name="Check and sign-off").start(page, by)
        return page

    return make


def home_of(person) -> str:
    client = Client()
    client.force_login(person)
    return client.get(reverse("wagtailadmin_home")).content.decode()


def panel(html: str, name: str) -> str:
    """The text of one panel."""
    start = html.index(PANELS[name])
    return html[start : html.index("</section>", start)]


def finish_step(page: AnswerPage, user, *, approve: bool, comment: str = "") -> None:
    state = page.current_workflow_task_state
    (state.approve if approve else state.reject)(user=user, comment=comment)


@pytest.mark.parametrize(
    ("group", "shown"),
    [
        ("Contributors", {"waiting", "review"}),
        ("Editors", {"waiting", "review", "schedules", "sources"}),
        ("Clinical reviewers", {"waiting", "review", "sources"}),
        ("Publishers", {"waiting", "review", "schedules", "sources"}),
        ("Managers", {"waiting", "review", "schedules", "sources"}),
        ("Reception", set()),
        ("Specialists", set()),
    ],
)
def test_everybody_sees_what_concerns_them(user_in, group, shown):
    html = home_of(user_in(group))
    assert {name for name, mark in PANELS.items() if mark in html} == shown


def test_an_empty_dashboard_says_so_in_words(user_in):
    heartbeat.record(heartbeat.WORKER)
    html = home_of(user_in("Publishers"))
    assert "Nothing waits for you." in panel(html, "waiting")
    assert "Nothing is due within 30 days." in panel(html, "review")
    assert "No schedule is late" in panel(html, "schedules")
    assert "No live answer waits for a look" in panel(html, "sources")


class TestWaitingForMe:
    def test_an_editor_sees_what_was_sent_and_for_how_long(self, user_in, sent):
        writer, editor = user_in("Contributors"), user_in("Editors")
        page = sent(by=writer)
        three_days_ago = timezone.now() - timedelta(days=3, minutes=1)
        TaskState.objects.update(started_at=three_days_ago)
        text = panel(home_of(editor), "waiting")
        assert page.title in text
        assert "Editor’s check" in text
        assert "Waiting for 3\xa0days" in text
        assert "Sent by contributors" in text

    def test_a_clinician_sees_the_answers_to_sign_off_only(self, user_in, sent):
        writer, editor = user_in("Contributors"), user_in("Editors")
        clinician = user_in("Clinical reviewers")
        checked, unchecked = sent(by=writer), sent(by=writer)
        finish_step(checked, editor, approve=True)
        text = panel(home_of(clinician), "waiting")
        assert checked.title in text
        assert "sign-off" in text
        assert unchecked.title not in text
        assert checked.title not in panel(home_of(editor), "waiting")

    def test_a_writer_sees_what_came_back_and_why(self, user_in, sent):
        writer, editor = user_in("Contributors"), user_in("Editors")
        page = sent(by=writer)
        assert "Nothing for you: sent" in panel(home_of(writer), "waiting")
        finish_step(page, editor, approve=False, comment="Say where the 12% is from")
        text = panel(home_of(writer), "waiting")
        assert "Sent back: “Say where the 12% is from”" in text
        assert "now with others" not in text
        assert page.title not in panel(home_of(editor), "waiting")

    def test_whoever_owns_a_page_reads_who_sent_it(self, user_in, sent):
        writer, owner = user_in("Contributors"), user_in("Editors")
        page = sent(by=writer)
        finish_step(page, owner, approve=True)
        AnswerPage.objects.update(owner=owner)
        assert "Sent by contributors" in panel(home_of(owner), "waiting")
        assert "Sent by you" in panel(home_of(writer), "waiting")


class TestDueForReview:
    def test_ones_own_come_first_and_late_ones_say_by_how_much(self, user_in, draft):
        editor = user_in("Editors")
        today = timezone.localdate()
        late, own = draft(live=True), draft(live=True, owner=editor)
        later = draft(live=True)
        for page, days in ((late, -3), (own, 20), (later, 31)):
            due = today + timedelta(days=days)
            AnswerPage.objects.filter(pk=page.pk).update(review_due=due)
        text = panel(home_of(editor), "review")
        assert text.index(own.title) < text.index(late.title)
        assert "Overdue by 3 days" in text
        assert later.title not in text

    def test_a_writer_sees_their_own_only(self, user_in, draft):
        writer = user_in("Contributors")
        own, other = draft(live=True, owner=writer), draft(live=True)
        AnswerPage.objects.update(review_due=timezone.localdate())
        text = panel(home_of(writer), "review")
        assert own.title in text
        assert other.title not in text


class TestSchedules:
    def test_the_worker_was_seen_a_moment_ago(self, user_in):
        heartbeat.record(heartbeat.WORKER)
        text = panel(home_of(user_in("Publishers")), "schedules")
        assert "Background work last seen" in text
        assert "Background work is late" not in text

    @pytest.mark.parametrize(
        ("seen", "words"),
        [
            (None, "has never been seen"),
            (timedelta(hours=2), "is late: last seen 2\xa0hours ago"),
        ],
    )
    def test_a_worker_that_is_late_is_warned_about(self, user_in, seen, words):
        if seen:
            Heartbeat.objects.create(
                name=heartbeat.WORKER, beat_at=timezone.now() - seen
            )
        assert words in panel(home_of(user_in("Publishers")), "schedules")

    def test_what_should_be_live_by_now_is_listed(self, user_in, draft):
        late, not_yet = draft(), draft()
        for page, minutes in ((late, 6), (not_yet, 4)):
            revision = page.save_revision()
            Revision.objects.filter(pk=revision.pk).update(
                approved_go_live_at=timezone.now() - timedelta(minutes=minutes)
            )
        text = panel(home_of(user_in("Publishers")), "schedules")
        assert "Late: should have gone live" in text
        assert late.title in text
        assert not_yet.title not in text

    def test_what_should_be_gone_by_now_is_listed(self, user_in, draft):
        page = draft(live=True)
        hour_ago = timezone.now() - timedelta(hours=1)
        AnswerPage.objects.filter(pk=page.pk).update(expire_at=hour_ago)
        text = panel(home_of(user_in("Publishers")), "schedules")
        assert "Late: should have left the site" in text
        assert page.title in text

    def test_a_refused_schedule_is_shown_for_a_week(self, user_in, draft):
        refused, long_ago = draft(), draft()
        for page in (refused, long_ago):
            log(instance=page, action=REFUSED, data={"reasons": ["Not signed off."]})
        PageLogEntry.objects.filter(page=long_ago.pk).update(
            timestamp=timezone.now() - timedelta(days=8)
        )
        text = panel(home_of(user_in("Publishers")), "schedules")
        assert refused.title in text
        assert "Not signed off." in text
        assert long_ago.title not in text


def test_a_retracted_source_of_a_live_answer_is_a_task(user_in, draft):
    checked_on = timezone.localdate() - timedelta(days=21)
    source = SourceFactory(status_checked_on=checked_on)
    live, not_live = draft(), draft()
    for page in (live, not_live):
        cite(page, source)
    make_live(live)
    source.status = Source.Status.RETRACTED
    source.save()
    text = panel(home_of(user_in("Editors")), "sources")
    assert live.title in text
    assert "Retracted" in text
    assert "Checked 3\xa0weeks ago" in text
    assert not_live.title not in text


def test_more_rows_cost_no_more_queries(user_in, sent, draft):
    writer, editor = user_in("Contributors"), user_in("Managers")
    source = SourceFactory(status=Source.Status.RETRACTED)
    late = timezone.now() - timedelta(hours=1)

    def one_of_each() -> None:
        sent(by=writer)
        finish_step(sent(by=editor), editor, approve=False, comment="No")
        page = draft()
        cite(page, source)
        make_live(page)
        Source.objects.filter(pk=source.pk).update(status_set_at=timezone.now())
        today = timezone.localdate()
        AnswerPage.objects.filter(pk=page.pk).update(review_due=today, expire_at=late)
        revision = draft().save_revision()
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=late)
        log(instance=page, action=REFUSED, data={"reasons": ["Not signed off."]})

    def count() -> int:
        client = Client()
        client.force_login(editor)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            html = client.get(reverse("wagtailadmin_home")).content.decode()
        assert all(mark in html for mark in PANELS.values())
        return len(queries)

    one_of_each()
    count()
    few = count()
    for _ in range(29):
        one_of_each()
    many = count()
    assert many <= MOST_QUERIES
    assert many <= few + 8  # each list counts what it does not show
