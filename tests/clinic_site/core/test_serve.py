"""`manage.py serve`: the site and the worker together, as processes."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings

from tests.waiting import until


class Site:
    def __init__(self, folder: Path, *options: str) -> None:
        self.log = folder / "serve.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", *options],
                cwd=settings.BASE_DIR,
                env=os.environ
                | {
                    "DJANGO_SETTINGS_MODULE": "clinic_site.settings.dev",
                    "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
                    "VAR_DIR": str(folder),
                },
                stdout=log,
                stderr=log,
            )
        self.everyone: set[int] = set()

    @property
    def output(self) -> str:
        return self.log.read_text()

    def wait_until_up(self) -> None:
        until(lambda: "Stop with Ctrl-C." in self.output)
        address = re.search(r"Site: +(\S+)/", self.output)[1]
        with urlopen(f"{address}/healthz", timeout=60) as response:  # noqa: S310
            assert response.read() == b"ok"
        until(lambda: "worker interrupted" in self.output)  # an empty folder
        self.everyone = descendants(self.process.pid)

    def child(self, name: str) -> int:
        mine = children(self.process.pid)
        (pid,) = (pid for pid in mine if name in command_line(pid))
        return pid

    def anyone_left(self) -> bool:
        return any(Path(f"/proc/{pid}").exists() for pid in self.everyone)


def children(pid: int) -> list[int]:
    try:
        return [*map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    except FileNotFoundError:
        return []


def descendants(pid: int) -> set[int]:
    below = children(pid)
    return {pid, *below}.union(*map(descendants, below))


def command_line(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/cmdline").read_text().split("\0")


@pytest.fixture
def site(tmp_path) -> Iterator[Site]:
    site = Site(tmp_path, "--port", "0")
    site.wait_until_up()
    yield site
    everyone = site.everyone | descendants(site.process.pid)
    site.process.kill()
    site.process.wait()
    for pid in everyone:
        if Path(f"/proc/{pid}").exists():
            os.kill(pid, signal.SIGKILL)


def test_keeps_the_worker_alive_and_stops_everything_at_ctrl_c(site):
    assert len(site.everyone) == 4  # itself, gunicorn, its process, the worker
    os.kill(site.child("worker"), signal.SIGKILL)
    until(lambda: "The worker ended by itself; starting it again." in site.output)
    until(lambda: site.output.count("worker interrupted") > 1)
    site.everyone |= descendants(site.process.pid)

    site.process.send_signal(signal.SIGINT)

    assert site.process.wait(timeout=12) == 0
    assert not site.anyone_left()
    assert "Traceback" not in site.output


def test_ends_with_an_error_when_the_web_server_does(site):
    os.kill(site.child("gunicorn"), signal.SIGKILL)

    assert site.process.wait(timeout=12) == 1
    assert "The web server ended by itself" in site.output
    until(lambda: not site.anyone_left())


def test_leaves_nobody_behind_when_it_is_killed_itself(site):
    site.process.kill()
    site.process.wait()

    until(lambda: not site.anyone_left())


def test_a_port_in_use_is_one_clear_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        site = Site(tmp_path, "--port", str(port))

        assert site.process.wait(timeout=60) == 1

    (line,) = site.output.splitlines()
    assert f"port {port}: Address already in use" in line
