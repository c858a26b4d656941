"""What was scheduled goes live only with the text that was signed off."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from post_office.models import Email
from wagtail.models import (
    PageLogEntry,
)

from clinic_site.core.worker import jobs, schedule
from tests.factories.articles import TopicPageFactory, sign_off

from .texts import UNSIGNED, changed, is_live, signed

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["the worker", "the command"])
def run_schedule(request):
    if request.param == "the worker":
        return jobs.publish_scheduled
    return lambda: call_command("publish_scheduled")


class TestAtTheAppointedTime:
    @pytest.fixture
    def planned(self, draft, time_machine, user_in):
        """Signed off and scheduled for an hour ago."""
        draft.owner = user_in("Contributors")
        draft.go_live_at = timezone.now() + timedelta(hours=1)
        draft.save()
        draft.save_revision()
        signed(draft).get_latest_revision().publish()
        time_machine.move_to(timezone.now() + timedelta(hours=2))
        return draft

    def test_what_was_signed_off_goes_live(self, planned, run_schedule):
        run_schedule()
        assert is_live(planned)

    def test_what_no_longer_fits_is_refused_and_its_owner_told(
        self, planned, run_schedule, caplog
    ):
        sign_off(changed(planned).get_latest_revision())
        run_schedule()
        run_schedule()

        assert not is_live(planned)
        assert not planned.revisions.filter(approved_go_live_at__isnull=False)
        note = PageLogEntry.objects.get(action=schedule.REFUSED)
        assert note.page == planned.page_ptr
        assert UNSIGNED in note.data["reasons"][0]
        assert UNSIGNED in note.message
        mail = Email.objects.get()
        assert mail.to == [planned.owner.email]
        assert f"/admin/pages/{planned.pk}/edit/" in mail.message
        assert planned.title not in mail.subject + mail.message
        assert planned.title not in caplog.text

    def test_one_refused_page_does_not_stop_the_others(
        self, planned, run_schedule, topics_index
    ):
        sign_off(changed(planned).get_latest_revision())
        topic = TopicPageFactory(parent=topics_index, live=False)
        revision = topic.save_revision()
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        revision.save()
        ended = TopicPageFactory(
            parent=topics_index, expire_at=timezone.now() - timedelta(minutes=1)
        )
        run_schedule()
        for page in (topic, ended):
            page.refresh_from_db()
        assert topic.live
        assert not ended.live
        assert ended.expired

    def test_a_failure_of_one_does_not_stop_the_others(
        self, planned, run_schedule, topics_index
    ):
        topic = TopicPageFactory(parent=topics_index, live=False)
        revision = topic.save_revision()
        revision.approved_go_live_at = timezone.now() - timedelta(days=1)
        revision.content = {**revision.content, "locale": "nonsense"}
        revision.save()
        run_schedule()
        assert is_live(planned)

    def test_a_trial_run_changes_nothing(self, planned, capsys):
        call_command("publish_scheduled", dryrun=True)
        assert not is_live(planned)
        assert planned.slug in capsys.readouterr().out
