"""Reminders of review dates, and moving one."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email
from wagtail.models import PageLogEntry, Revision

from articles.answers.review_dates import (
    add_months,
    due_in_words,
    review_due,
    rule_in_words,
)
from articles.editorial.review import move_review_date, remind_of_reviews, stage_of
from articles.models import AnswerPage, ReviewReminder
from clinic_site.core.models import ClinicSettings
from clinic_site.core.worker.jobs import remove_old_revisions
from clinic_site.users.models import User
from tests.factories.articles import (
    AnswerPageFactory,
    SourceFactory,
    TopicPageFactory,
    cite,
    reviewed_by,
    sign_off,
)
from tests.factories.core import ExpertFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def answer(answers_index, topics_index):
    """A live answer: answer(in_days=30, owner=somebody)."""
    topic = TopicPageFactory(parent=topics_index)

    def make(*, in_days: int, **fields) -> AnswerPage:
        page = AnswerPageFactory(parent=answers_index, primary_topic=topic, **fields)
        page.review_due = timezone.localdate() + timedelta(days=in_days)
        AnswerPage.objects.filter(pk=page.pk).update(review_due=page.review_due)
        return page

    return make


def mails_to(person) -> list[Email]:
    mails = Email.objects.order_by("pk")
    return [mail for mail in mails if mail.to == [person.email]]


@pytest.mark.parametrize(
    ("rating", "years", "months"),
    [
        ("strong", [2018], 24),
        ("strong", [2017], 12),
        ("mixed", [2001, 2018], 12),
        ("weak", [2017, None], 6),
        ("none", [], 12),
        ("not_applicable", [None], 36),
        ("weak", [2010, 2027], 12),  # in press
        ("weak", [2010, 2071], 6),  # a slip of the pen is not a new source
        ("", [], 12),
    ],
)
def test_the_interval_comes_from_the_rating_and_the_newest_source(
    rating, years, months
):
    due = review_due(rating=rating, years=years, today=TODAY)
    assert due == add_months(TODAY, months)
    assert f"{months} months" in rule_in_words(rating=rating, years=years, today=TODAY)


def test_a_month_ends_where_it_ends():
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2026, 2, 28), 12) == date(2027, 2, 28)
    assert add_months(date(2027, 8, 31), 6) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("days", "stage"),
    [(61, None), (60, 60), (31, 60), (30, 30), (1, 30), (0, 0), (-400, 0)],
)
def test_a_stage_holds_until_the_next_one(days, stage):
    assert stage_of(TODAY + timedelta(days=days), TODAY) == stage


def test_a_date_is_told_in_words():
    assert due_in_words(TODAY, TODAY) == "due today"
    assert due_in_words(TODAY + timedelta(days=1), TODAY) == "due in 1 day"
    assert due_in_words(TODAY - timedelta(days=12), TODAY) == "overdue by 12 days"


def test_the_owner_the_group_and_the_clinician_get_one_mail_each(answer, user_in):
    owner = user_in("Contributors")
    editor = user_in("Editors")
    clinician = user_in("Clinical reviewers")
    User.objects.filter(pk=clinician.pk).update(email="anna@larkfield.example")
    clinician.refresh_from_db()
    first = answer(in_days=60, owner=owner)
    second = answer(in_days=-3, owner=owner)
    reviewed_by(first, ExpertFactory(user=clinician))
    AnswerPage.objects.filter(pk=first.pk).update(review_due=first.review_due)
    answer(in_days=61, owner=owner)

    remind_of_reviews()

    for person in (owner, editor):
        (mail,) = mails_to(person)
        assert mail.subject == "2 answers to review"
        assert first.title in mail.message
        assert "Overdue by 3 days" in mail.message
        for text in (mail.message, mail.html_message):
            assert reverse("wagtailadmin_pages:edit", args=[second.pk]) in text
            assert "Overdue by 3 days" in text
    (mail,) = mails_to(clinician)
    assert mail.subject == "1 answer to review"
    assert second.title not in mail.message


def test_nobody_is_reminded_of_the_same_stage_twice(answer, user_in):
    editor = user_in("Editors")
    page = answer(in_days=25)
    remind_of_reviews()
    remind_of_reviews()
    assert len(mails_to(editor)) == 1
    assert list(page.review_reminders.values_list("stage", flat=True)) == [30]


def test_a_worker_that_was_off_for_weeks_sends_the_latest_stage_only(answer, user_in):
    editor = user_in("Editors")
    page = answer(in_days=58)
    remind_of_reviews()
    due = timezone.localdate() - timedelta(days=1)
    AnswerPage.objects.filter(pk=page.pk).update(review_due=due)
    ReviewReminder.objects.update(review_due=due)

    remind_of_reviews()

    assert len(mails_to(editor)) == 2
    stages = page.review_reminders.order_by("-stage").values_list("stage", flat=True)
    assert list(stages) == [60, 0]


def test_a_new_date_is_reminded_of_anew(answer, user_in):
    editor = user_in("Editors")
    page = answer(in_days=10)
    remind_of_reviews()
    AnswerPage.objects.filter(pk=page.pk).update(
        review_due=timezone.localdate() + timedelta(days=20)
    )
    remind_of_reviews()
    assert len(mails_to(editor)) == 2


def test_a_draft_is_not_reminded_of(answer, user_in):
    answer(in_days=5, live=False, owner=user_in("Editors"))
    remind_of_reviews()
    assert not Email.objects.exists()


def test_who_left_gets_no_mail_and_the_next_editor_still_does(answer, user_in):
    gone = user_in("Editors", is_active=False)
    answer(in_days=5, owner=gone)
    remind_of_reviews()
    assert not Email.objects.exists()
    User.objects.filter(pk=gone.pk).update(is_active=True)
    remind_of_reviews()
    assert len(mails_to(gone)) == 1


def test_the_database_keeps_a_reminder_from_being_noted_twice(answer):
    page = answer(in_days=5)
    fields = {"page": page, "review_due": page.review_due, "stage": 30}
    ReviewReminder.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewReminder.objects.create(**fields)


def test_one_odd_address_does_not_silence_the_others(answer, user_in):
    odd, editor = user_in("Contributors"), user_in("Editors")
    User.objects.filter(pk=odd.pk).update(email="not an address")
    odd.refresh_from_db()
    answer(in_days=5, owner=odd)
    remind_of_reviews()
    assert len(mails_to(editor)) == 1


def test_a_mail_that_cannot_be_queued_leaves_no_reminder_noted(
    answer, user_in, monkeypatch
):
    user_in("Editors")
    answer(in_days=5)

    def fail(*args, **kwargs) -> None:
        raise RuntimeError

    monkeypatch.setattr("articles.editorial.emails.mail.queue", fail)
    with pytest.raises(RuntimeError):
        remind_of_reviews()
    assert not ReviewReminder.objects.exists()


def test_readers_are_told_of_an_overdue_review_only_by_choice(answer, client):
    page = answer(in_days=-1)
    words = "Review overdue"
    due = f"{page.review_due:%Y-%m-%d}"
    for address in (page.url, page.sheet_url()):
        html = client.get(address).content.decode()
        assert words not in html
        assert due not in html
    settings = ClinicSettings.of_default_site()
    settings.show_overdue_reviews = True
    settings.save()
    assert words in client.get(page.url).content.decode()
    assert words in client.get(page.sheet_url()).content.decode()


class TestMovingAReviewDate:
    def move(self, client, page, **changes):
        fields = {
            "review_due": (timezone.localdate() + timedelta(days=200)).isoformat(),
            "reason": "The new guideline comes in May",
        }
        url = reverse("move_review_date", args=[page.pk])
        return client.post(url, {**fields, **changes})

    def test_what_the_rule_would_set_is_told(self, answer, client_of):
        page = answer(in_days=-1, evidence="weak")
        cite(page, SourceFactory(year=2001))
        url = reverse("move_review_date", args=[page.pk])
        html = client_of("Editors").get(url).content.decode()
        due = add_months(timezone.localdate(), 6)
        assert f"{due.day} {due:%B %Y}" in html
        assert "the newest source is from 2001" in html

    def test_an_editor_moves_it_and_the_history_says_why(self, answer, client_of):
        page = answer(in_days=-1)
        response = self.move(client_of("Editors"), page)
        assert response.url == reverse("review_due_report")
        page.refresh_from_db()
        assert page.review_due == timezone.localdate() + timedelta(days=200)
        entry = PageLogEntry.objects.get(action="articles.move_review_date")
        assert entry.comment == "The new guideline comes in May"
        history = client_of("Publishers").get(
            reverse("wagtailadmin_pages:history", args=[page.pk])
        )
        assert "Review date moved from" in history.content.decode()

    def test_publishing_the_draft_later_does_not_bring_the_old_date_back(
        self, answer, user_in
    ):
        page = answer(in_days=-1)
        page.save_revision()
        due = timezone.localdate() + timedelta(days=90)
        move_review_date(
            page=page, review_due=due, reason="x", user=user_in("Publishers")
        )
        page.refresh_from_db()
        page.latest_revision.publish()
        page.refresh_from_db()
        assert page.review_due == due

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"reason": ""}, "Say why"),
            ({"reason": "\u200b\u2060"}, "Say why"),
            ({"review_due": "2020-01-01"}, "Choose today or a later day"),
            ({"review_due": "2040-01-01"}, "within the next three years"),
        ],
    )
    def test_what_makes_no_sense_is_refused_in_words(
        self, answer, client_of, changes, words
    ):
        page = answer(in_days=-1)
        response = self.move(client_of("Editors"), page, **changes)
        assert words in response.content.decode()
        assert not PageLogEntry.objects.filter(
            action="articles.move_review_date"
        ).exists()

    def test_who_only_writes_moves_no_date_not_even_of_their_own(
        self, answer, user_in, client
    ):
        contributor = user_in("Contributors")
        page = answer(in_days=-1, owner=contributor)
        client.force_login(contributor)
        self.move(client, page)
        page.refresh_from_db()
        assert page.review_due < timezone.localdate()


class TestOldRevisions:
    def test_autosaved_steps_go_and_what_matters_stays(self, answer):
        page = answer(in_days=100)
        signed, live = page.sign_off.revision, page.live_revision
        step = page.save_revision()
        other_signed = sign_off(page.save_revision()).revision
        scheduled = page.save_revision()
        newest = page.save_revision()
        Revision.objects.update(created_at=timezone.now() - timedelta(days=91))
        Revision.objects.filter(pk=scheduled.pk).update(
            approved_go_live_at=timezone.now() + timedelta(days=1)
        )

        remove_old_revisions()

        kept = set(Revision.objects.for_instance(page).values_list("pk", flat=True))
        wanted = {signed.pk, live.pk, other_signed.pk, scheduled.pk, newest.pk}
        assert kept == wanted
        assert step.pk not in kept

    def test_the_live_text_stays_while_a_newer_draft_waits(self, home):
        live = home.save_revision()
        live.publish()
        home.refresh_from_db()
        home.save_revision()
        Revision.objects.update(created_at=timezone.now() - timedelta(days=91))
        remove_old_revisions()
        home.refresh_from_db()
        assert home.live_revision_id == live.pk

    def test_steps_of_the_last_90_days_stay(self, answer):
        page = answer(in_days=100)
        step = page.save_revision()
        page.save_revision()
        remove_old_revisions()
        assert Revision.objects.filter(pk=step.pk).exists()
