"""What the worker does, piece by piece; test_worker_process.py runs the process."""

import base64
import socket
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from post_office.models import STATUS, Email

from clinic_site.core.models import Heartbeat
from clinic_site.core.worker import heartbeat, jobs, lock, mails, tasks, timetable
from tests.factories.articles import TopicPageFactory

from .worker_tasks import fail, note

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def queued_tasks(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def move_everything_due() -> None:
    DBTaskResult.objects.update(run_after=timezone.now())


class TestTasks:
    def test_run_one_after_the_other(self, tmp_path):
        note.enqueue(str(tmp_path / "mark"), text="a")
        note.enqueue(str(tmp_path / "mark"), text="b")

        assert [tasks.run_next() for _ in range(3)] == [True, True, False]
        assert (tmp_path / "mark").read_text() == "ab"
        assert DBTaskResult.objects.successful().count() == 2

    def test_wait_for_their_time(self, tmp_path):
        later = timezone.now() + timedelta(hours=1)
        note.using(run_after=later).enqueue(str(tmp_path / "mark"))

        assert not tasks.run_next()

    def test_are_tried_again_three_times_and_ever_later(self, caplog):
        fail.enqueue("the secret")
        waits = []
        for _ in range(3):
            assert tasks.run_next()
            assert not tasks.run_next()
            waits.append(DBTaskResult.objects.get().run_after - timezone.now())
            move_everything_due()
        assert tasks.run_next()

        assert waits == sorted(waits)
        assert waits[0] > timedelta(seconds=50)
        row = DBTaskResult.objects.get()
        assert row.status == TaskResultStatus.FAILED
        move_everything_due()
        assert not tasks.run_next()
        assert len(caplog.records) == 4
        assert str(row.pk) in caplog.records[0].task
        assert "worker_tasks.fail" in caplog.records[0].task
        assert "secret" not in "".join(record.getMessage() for record in caplog.records)

    def test_whose_code_is_gone_do_not_stop_the_others(self, tmp_path):
        note.enqueue("elsewhere")
        DBTaskResult.objects.update(task_path="clinic_site.nowhere.gone")
        note.enqueue(str(tmp_path / "mark"))

        assert tasks.run_next()
        assert tasks.run_next()
        assert (tmp_path / "mark").exists()

    def test_that_kill_the_worker_each_time_are_given_up(self):
        note.enqueue("never runs")
        for number in range(1, 5):
            assert DBTaskResult.objects.ready().count() == 1
            DBTaskResult.objects.get().claim(f"worker {number}")
            tasks.take_back_orphans()

        assert DBTaskResult.objects.failed().count() == 1

    def test_of_another_backend_are_left_alone(self, settings, tmp_path):
        note.enqueue(str(tmp_path / "mark"))
        backend = "django_tasks.backends.immediate.ImmediateBackend"
        settings.TASKS = {"default": {"BACKEND": backend}}

        assert not tasks.run_next()


class TestMails:
    @pytest.fixture(autouse=True)
    def no_mail_server(self, settings) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            settings.EMAIL_PORT = probe.getsockname()[1]
        settings.EMAIL_HOST = "127.0.0.1"
        backend = get_connection("clinic_site.core.mail.QueueBackend")
        EmailMessage("Hi", "", to=["a@example.org"], connection=backend).send()

    def test_that_fail_are_put_off_and_end_the_round(self):
        asked = []

        assert mails.send_due(may_go_on=lambda: asked.append(1) or True) == 0

        email = Email.objects.get()
        assert email.status == STATUS.requeued
        assert email.scheduled_time - timezone.now() > timedelta(minutes=4)
        assert email.logs.get().exception_type == "ConnectionRefusedError"
        assert len(asked) == 1

    def test_are_given_up_in_the_end(self, settings, caplog):
        settings.POST_OFFICE = {**settings.POST_OFFICE, "MAX_RETRIES": 1}
        mails.send_next()
        Email.objects.update(scheduled_time=timezone.now())
        mails.send_next()

        assert Email.objects.get().status == STATUS.failed
        assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR"]
        assert "example.org" not in caplog.text

    def test_wait_when_the_worker_is_to_stop(self):
        mails.send_due(may_go_on=lambda: False)

        assert Email.objects.get().status == STATUS.queued


class TestTimetable:
    @pytest.fixture
    def ran(self, monkeypatch) -> list[str]:
        ran = []
        monkeypatch.setattr(timetable, "JOBS", {})

        @timetable.register("daily", every=timedelta(days=1))
        def daily() -> None:
            ran.append("daily")

        @timetable.register("broken", every=timedelta(minutes=1))
        def broken() -> None:
            ran.append("broken")
            raise ValueError("about a person")

        @timetable.register("often", every=timedelta(minutes=1))
        def often() -> None:
            ran.append("often")

        return ran

    def run_due(self) -> None:
        timetable.run_due(may_go_on=lambda: True)

    def test_runs_each_job_at_its_time_also_after_a_restart(self, ran, time_machine):
        time_machine.move_to("2026-03-02 09:00 +0000", tick=False)
        self.run_due()
        assert ran == ["daily", "broken", "often"]

        time_machine.shift(59)
        self.run_due()
        assert len(ran) == 3

        time_machine.shift(1)
        self.run_due()
        assert ran[3:] == ["broken", "often"]

        time_machine.shift(timedelta(days=1))
        self.run_due()
        assert ran[5:] == ["daily", "broken", "often"]

    def test_a_failing_job_is_logged_without_what_it_says(self, ran, caplog):
        self.run_due()

        (record,) = caplog.records
        assert (record.getMessage(), record.job) == ("job failed", "broken")

    def test_a_clock_that_was_ahead_stops_no_job(self, ran):
        ahead = timezone.now() + timedelta(days=400)
        Heartbeat.objects.create(name="daily", beat_at=ahead)

        self.run_due()

        assert "daily" in ran

    @pytest.mark.parametrize("name", ["daily", "worker", "x" * 41])
    def test_refuses_a_name_that_is_taken_or_too_long(self, ran, name):
        with pytest.raises(ImproperlyConfigured):
            timetable.register(name, every=timedelta(days=1))


class TestJobs:
    def test_are_all_registered(self):
        assert set(timetable.JOBS) >= {
            "publish_scheduled",
            "remove_old_sessions",
            "remove_old_tasks",
            "remove_old_mails",
        }

    def test_remove_what_is_old_and_done_and_nothing_else(self):
        now = timezone.now()
        for status in (STATUS.sent, STATUS.queued):
            for days in (29, 31):
                Email.objects.bulk_create(
                    [
                        Email(
                            from_email="a@example.org",
                            to=["b@example.org"],
                            subject=f"{status} {days}",
                            status=status,
                        )
                    ]
                )
                Email.objects.filter(subject=f"{status} {days}").update(
                    last_updated=now - timedelta(days=days)
                )
        for status in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.READY):
            for days in (6, 8):
                finished = now - timedelta(days=days)
                DBTaskResult.objects.create(
                    args_kwargs={}, task_path=f"{status} {days}", status=status,
                    run_after=now, backend_name="default", finished_at=finished,
                )  # fmt: skip
        Session.objects.create(session_key="old", expire_date=now - timedelta(days=1))
        Session.objects.create(session_key="new", expire_date=now + timedelta(days=1))

        for job in timetable.JOBS.values():
            if job.name.startswith("remove_old_"):
                job.run()

        gone = f"{STATUS.sent} 31"
        assert Email.objects.count() == 3
        assert not Email.objects.filter(subject=gone).exists()
        assert DBTaskResult.objects.count() == 3
        assert not DBTaskResult.objects.filter(task_path="SUCCESSFUL 8").exists()
        assert [session.pk for session in Session.objects.all()] == ["new"]

    def test_publish_what_is_scheduled(self, topics_index, time_machine):
        page = TopicPageFactory(parent=topics_index, live=False)
        page.go_live_at = timezone.now() + timedelta(hours=1)
        page.save_revision().publish()

        jobs.publish_scheduled()
        page.refresh_from_db()
        assert not page.live

        time_machine.move_to(timezone.now() + timedelta(hours=2))
        jobs.publish_scheduled()
        page.refresh_from_db()
        assert page.live


class TestLock:
    def test_only_one_holds_it_and_the_next_takes_it_at_once(self):
        first, second = lock.worker_lock(), lock.worker_lock()

        assert first.acquire()
        assert first.is_held()
        assert not second.acquire()
        assert not second.is_held()
        first.release()
        assert not first.is_held()
        assert second.acquire()
        second.release()


def test_the_heartbeat_tells_how_the_worker_is(settings):
    assert heartbeat.worker_state() == "missing"
    heartbeat.record("worker")
    assert heartbeat.worker_state() == "ok"
    Heartbeat.objects.update(beat_at=timezone.now() - settings.WORKER_LATE_AFTER * 2)
    assert heartbeat.worker_state() == "late"


def test_make_encryption_key_prints_one_key_and_nothing_else():
    out = StringIO()
    call_command("make_encryption_key", stdout=out)

    name, _, key = out.getvalue().strip().partition(":")
    assert name.startswith(f"{timezone.localdate():%Y-%m-%d}-")
    assert len(base64.b64decode(key, validate=True)) == 32
