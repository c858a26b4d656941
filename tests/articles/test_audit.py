"""The nightly look for live text that nobody stands for, and its report."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from post_office.models import Email
from wagtail.models import PageLogEntry

from articles.answers.sign_off import record_override
from articles.editorial import audit
from articles.models import AnswerPage
from clinic_site.core.worker import timetable
from tests.factories.articles import AnswerPageFactory, sign_off

pytestmark = pytest.mark.django_db

NEW = "A new short answer that was written past everything there is."
REPORT = "/admin/reports/live-without-sign-off/"


def written_past_the_gate(page: AnswerPage, **changes) -> None:
    AnswerPage.objects.filter(pk=page.pk).update(**{"short_answer": NEW, **changes})


def check() -> None:
    timetable.JOBS["check live answers"].run()


def mails() -> dict[str, str]:
    return {mail.to[0]: mail.message for mail in Email.objects.all()}


@pytest.fixture
def people(user_in):
    return user_in("Publishers"), user_in("Contributors")


def test_what_was_signed_off_is_left_alone(live, people):
    check()
    assert AnswerPage.objects.get(pk=live.pk).sign_off == live.sign_off
    assert not Email.objects.exists()


def test_a_name_is_taken_off_a_text_it_does_not_stand_for(live, people):
    written_past_the_gate(live)
    check()
    page = AnswerPage.objects.get(pk=live.pk)
    assert page.sign_off is None
    assert page.live


def test_publishers_and_the_owner_are_told_once_and_of_no_words(live, people):
    publisher, contributor = people
    AnswerPage.objects.filter(pk=live.pk).update(owner=contributor)
    written_past_the_gate(live)
    check()
    check()
    assert set(mails()) == {publisher.email, contributor.email}
    assert Email.objects.count() == 2
    for message in mails().values():
        assert f"/admin/pages/{live.pk}/edit/" in message
        assert REPORT in message
        assert live.title not in message
        assert NEW not in message


def test_another_text_is_another_finding(live, people):
    written_past_the_gate(live)
    check()
    written_past_the_gate(live, short_answer=NEW + " Again.")
    check()
    assert Email.objects.count() == 2


def test_a_page_set_live_past_the_gate_is_found(draft, people):
    AnswerPage.objects.filter(pk=draft.pk).update(live=True)
    check()
    assert PageLogEntry.objects.get(action=audit.FOUND).page == draft.page_ptr


def test_a_sign_off_of_a_draft_does_not_count_against_the_live_text(live, people):
    text = AnswerPage.objects.get(pk=live.pk)
    text.short_answer = NEW
    sign_off(text.save_revision())
    check()
    assert AnswerPage.objects.get(pk=live.pk).sign_off == live.sign_off
    assert not Email.objects.exists()


def test_an_override_stands_for_its_text(draft, people, user_in):
    owner = user_in(is_superuser=True)
    revision = draft.get_latest_revision()
    record_override(revision=revision, user=owner, reason="It could not wait.")
    revision.publish()
    check()
    assert not Email.objects.exists()


def test_one_that_cannot_be_read_does_not_hide_the_others(
    live, people, answers_index, monkeypatch
):
    other = AnswerPageFactory(parent=answers_index, primary_topic=live.primary_topic)
    written_past_the_gate(other)
    look = audit._is_new_finding

    def break_at_first(page):
        if page.pk == live.pk:
            raise ValueError
        return look(page)

    monkeypatch.setattr(audit, "_is_new_finding", break_at_first)
    check()
    assert f"/admin/pages/{other.pk}/edit/" in mails()[people[0].email]


class TestTheReport:
    @pytest.fixture
    def overridden(self, draft, user_in) -> AnswerPage:
        owner = user_in(is_superuser=True)
        revision = draft.get_latest_revision()
        record_override(revision=revision, user=owner, reason="It could not wait.")
        revision.publish()
        return draft

    def test_lists_overrides_with_reason_person_and_day(self, publisher, overridden):
        page = publisher.get(REPORT).content.decode()
        assert "It could not wait." in page
        assert "nobody" in page  # the account's name
        assert f"/admin/pages/{overridden.pk}/edit/" in page

    def test_lists_what_the_nightly_check_found(self, publisher, live):
        assert f"/admin/pages/{live.pk}/" not in publisher.get(REPORT).content.decode()
        written_past_the_gate(live)
        check()
        page = publisher.get(REPORT).content.decode()
        assert f"/admin/pages/{live.pk}/edit/" in page
        assert "No sign-off matches its text" in page

    def test_an_override_does_not_excuse_a_later_text(self, publisher, overridden):
        written_past_the_gate(overridden)
        check()
        page = publisher.get(REPORT).content.decode()
        assert "It could not wait." not in page
        assert "No sign-off matches its text" in page

    def test_is_in_the_menu_of_those_who_work_on_pages(self, publisher, client_of):
        assert REPORT in publisher.get("/admin/").content.decode()
        reception = client_of("Reception")
        assert REPORT not in reception.get("/admin/").content.decode()
        assert reception.get(REPORT).status_code == 302

    def test_can_be_taken_along(self, publisher, overridden):
        response = publisher.get(REPORT, {"export": "csv"})
        table = b"".join(response.streaming_content).decode("utf-8-sig")
        assert table.startswith("Answer,")
        assert "It could not wait." in table

    def test_costs_the_same_whatever_its_length(
        self, publisher, overridden, answers_index
    ):
        def queries() -> int:
            with CaptureQueriesContext(connection) as found:
                publisher.get(REPORT)
            return len(found)

        publisher.get(REPORT)
        before = queries()
        for _ in range(5):
            page = AnswerPageFactory(
                parent=answers_index, primary_topic=overridden.primary_topic
            )
            AnswerPage.objects.filter(pk=page.pk).update(sign_off=None)
        assert queries() == before


def test_the_check_reads_answers_in_chunks(live, answers_index, people, monkeypatch):
    monkeypatch.setattr(audit, "CHUNK", 2)
    more = [
        AnswerPageFactory(parent=answers_index, primary_topic=live.primary_topic)
        for _ in range(4)
    ]
    for page in (live, *more):
        written_past_the_gate(page)
    check()
    assert PageLogEntry.objects.filter(action=audit.FOUND).count() == 5
    assert Email.objects.count() == 1
