"""The worker as its own process, on a database of its own, with a mail server."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, connections, transaction
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from post_office.models import STATUS, Email

from clinic_site.core.worker import heartbeat
from tests.waiting import until

from .mail_server import Mailbox
from .worker_tasks import note

SETTINGS = "clinic_site.settings.dev"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    mailbox = Mailbox()
    mailbox.controller.start()
    yield mailbox
    if mailbox.controller.server is not None:
        mailbox.controller.stop()


@pytest.fixture(scope="session")
def template_database(request, django_db_setup, django_db_blocker) -> Iterator[None]:
    """The suite's migrated database; made here when no other test asks for it."""
    uses = {"db", "transactional_db", "live_server"}
    if any(
        item.get_closest_marker("django_db") or uses & {*item.fixturenames}
        for item in request.session.items
    ):
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases=["default"])
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def database_url(template_database, django_db_blocker, tmp_path) -> Iterator[str]:
    """A migrated database for this test, as "default" of this process too."""
    with django_db_blocker.unblock():
        shared = connections["default"]
        if shared.vendor == "sqlite":
            name = str(tmp_path / "db.sqlite3")
            shared.ensure_connection()
            copy = sqlite3.connect(name)
            shared.connection.backup(copy)
            copy.close()
            url = f"sqlite:///{name}"
        else:
            name = f"worker_{uuid.uuid4().hex}"
            template = shared.settings_dict["NAME"]
            shared.close()  # a template may have no visitors
            in_postgres(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            url = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"
        connections["default"] = own_connection(name)
        yield url
        connections["default"].close()
        connections["default"] = shared
        if shared.vendor == "postgresql":
            in_postgres(f'DROP DATABASE "{name}" WITH (FORCE)')


def own_connection(name: str):
    configured = connections["default"].settings_dict
    return type(connections["default"])({**configured, "NAME": name}, "default")


def in_postgres(statement: str) -> None:
    maintenance = own_connection("postgres")
    with maintenance.cursor() as cursor:
        cursor.execute(statement)
    maintenance.close()


@pytest.fixture
def start_worker(database_url, mailbox, tmp_path) -> Iterator[Callable]:
    workers = []
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DATABASE_URL": database_url,
        "EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}",
        "VAR_DIR": str(tmp_path),
    }

    def start() -> subprocess.Popen:
        log = tmp_path / f"worker-{len(workers)}.log"
        with log.open("w") as file:
            worker = subprocess.Popen(
                [sys.executable, "manage.py", "worker", "--interval", "0.1"],
                cwd=settings.BASE_DIR,
                env=environ,
                stdout=file,
                stderr=file,
            )
        worker.log = log
        workers.append(worker)
        return worker

    yield start
    for worker in workers:
        worker.kill()
        worker.wait()


@pytest.fixture(autouse=True)
def queued_tasks(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def queue(subject: str) -> None:
    EmailMessage(
        subject,
        "Body",
        to=["visitor@example.org"],
        connection=get_connection("clinic_site.core.mail.QueueBackend"),
    ).send()


def is_at_work(worker: subprocess.Popen) -> bool:
    assert worker.poll() is None, worker.log.read_text()
    return "worker at work" in worker.log.read_text()


def kill(worker: subprocess.Popen) -> None:
    worker.kill()
    worker.wait()


def test_delivers_what_is_queued_and_finishes_it_when_told_to_stop(
    start_worker, mailbox
):
    worker = start_worker()
    queue("First for Ms O'Brien")
    until(lambda: mailbox.subjects == ["First for Ms O'Brien"])
    assert heartbeat.worker_state() == "ok"

    mailbox.before_accepting = lambda: time.sleep(1)
    queue("Second")
    queue("Third")
    until(lambda: mailbox.begun == 2)
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=5) == 0
    assert mailbox.subjects == ["First for Ms O'Brien", "Second"]
    statuses = Email.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == [STATUS.sent, STATUS.sent, STATUS.queued]
    log = worker.log.read_text()
    assert '"mail sent"' in log
    assert "example.org" not in log
    assert "O'Brien" not in log


def test_a_mail_that_was_rolled_back_is_never_sent(start_worker, mailbox):
    with transaction.atomic():
        queue("Rolled back")
        transaction.set_rollback(True)
    queue("Kept")

    start_worker()
    until(lambda: mailbox.messages)

    assert mailbox.subjects == ["Kept"]


def test_killed_in_the_middle_of_a_mail_it_sends_it_once_after_a_restart(
    start_worker, mailbox
):
    queue("Once")
    first = start_worker()

    def power_cut() -> None:
        kill(first)
        raise ConnectionAbortedError

    mailbox.before_accepting = power_cut
    until(lambda: mailbox.begun and first.poll() is not None)
    assert mailbox.messages == []

    mailbox.before_accepting = lambda: None
    start_worker()
    until(lambda: Email.objects.filter(status=STATUS.sent).exists())

    assert mailbox.subjects == ["Once"]


def test_two_workers_send_each_mail_once_and_the_second_takes_over(
    start_worker, mailbox
):
    with transaction.atomic():
        for number in range(30):
            queue(f"Mail {number}")
    first, second = start_worker(), start_worker()

    until(lambda: not Email.objects.exclude(status=STATUS.sent).exists())
    assert Counter(mailbox.subjects) == {f"Mail {n}": 1 for n in range(30)}
    until(lambda: all(worker.log.read_text() for worker in (first, second)))
    leader, other = (first, second) if is_at_work(first) else (second, first)
    assert other.log.read_text().count("standing by") == 1

    kill(leader)
    queue("After the kill")
    until(lambda: "After the kill" in mailbox.subjects, seconds=10)
    assert is_at_work(other)


def test_a_mail_server_that_is_down_loses_nothing_and_delays_no_task(
    start_worker, mailbox, tmp_path
):
    mailbox.controller.stop()
    queue("Patience")
    queue("Patience too")
    note.enqueue(str(tmp_path / "mark"))

    worker = start_worker()
    until((tmp_path / "mark").exists)
    until(lambda: Email.objects.filter(status=STATUS.requeued).count() == 2)
    due = Email.objects.values_list("scheduled_time", flat=True)
    assert all(timedelta(minutes=4) < at - timezone.now() for at in due)
    assert "example.org" not in worker.log.read_text()

    again = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    again.start()
    Email.objects.update(scheduled_time=timezone.now())
    until(lambda: len(mailbox.messages) == 2)
    again.stop()
    assert sorted(mailbox.subjects) == ["Patience", "Patience too"]


def test_a_task_cut_short_by_a_kill_is_run_again(start_worker, tmp_path):
    mark = tmp_path / "mark"
    note.enqueue(str(mark), seconds=60)
    worker = start_worker()
    until(mark.exists)
    kill(worker)
    task = DBTaskResult.objects.running().get()
    task.args_kwargs["kwargs"] = {}
    task.save()

    start_worker()
    until(lambda: DBTaskResult.objects.successful().exists())

    assert mark.read_text() == "ran\nran\n"


@pytest.mark.only_on("postgresql")  # SQLite has no server
def test_goes_on_after_the_database_server_dropped_it(start_worker, mailbox):
    worker = start_worker()
    until(lambda: is_at_work(worker))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    queue("Still here")
    until(lambda: mailbox.subjects == ["Still here"])

    assert worker.log.read_text().count("worker at work") == 2


@pytest.mark.only_on("sqlite")  # about its file
def test_a_folder_without_a_database_is_no_reason_to_end(start_worker, tmp_path):
    path = Path(connection.settings_dict["NAME"])
    connection.close()
    path.rename(tmp_path / "elsewhere")
    worker = start_worker()
    until(lambda: "worker interrupted" in worker.log.read_text())

    path.unlink()
    (tmp_path / "elsewhere").rename(path)

    until(lambda: is_at_work(worker) and heartbeat.worker_state() == "ok")
