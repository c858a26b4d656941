"""The demo site as a process of its own, the way `make run` starts it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PROJECT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "demo-pass-12345"
IS_UP_WITHIN = 400  # seconds; drawing the demo's pictures takes most of them
STOPS_WITHIN = 20
FIRST = ("migrate --verbosity 0", "seed_demo", "collectstatic --noinput --verbosity 0")


class DemoSite:
    """gunicorn and the worker on a database, media and static files in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "serve.log"
        command = [sys.executable, "manage.py", "serve"]
        command += ["--host", "127.0.0.1", "--port", "0"]
        for first in FIRST:
            command += ["--first", first]
        self.environ = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {
            "DJANGO_SETTINGS_MODULE": "clinic_site.settings.dev",
            "VAR_DIR": str(folder),
            "DEMO_PASSWORD": PASSWORD,
        }
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command,
                cwd=PROJECT,
                env=self.environ,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def made_by(self, script: str) -> str:
        """The last word that a script in the site's own shell prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", script],
            cwd=PROJECT,
            env=self.environ,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split()[-1]

    def wait_until_ready(self) -> str:
        """Returns its address. Raises RuntimeError with the end of its log."""
        deadline = time.monotonic() + IS_UP_WITHIN
        while time.monotonic() < deadline and self.process.poll() is None:
            if (address := self.address()) and answers(f"{address}/readyz"):
                return address
            time.sleep(0.3)
        raise RuntimeError(
            f"The demo site did not come up. Its log ends:\n{self.tail()}"
        )

    def address(self) -> str:
        """Empty until the demo content is in: nobody answers before."""
        for line in self.log.read_text().splitlines():
            if line.startswith("Site:"):
                return line.split()[1].rstrip("/")
        return ""

    def tail(self) -> str:
        return "\n".join(self.log.read_text().splitlines()[-40:])

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()  # its children end with it
            self.process.wait()

    def failures(self) -> list[str]:
        """What the log says went wrong, over its whole life."""
        lines = self.log.read_text().splitlines()
        return [line for line in lines if is_failure(line)]


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=10) as response:  # noqa: S310 - our own address
            return response.status == 200
    except (URLError, OSError):
        return False


def is_failure(line: str) -> bool:
    try:
        return json.loads(line)["level"] in ("ERROR", "CRITICAL")
    except (ValueError, KeyError, TypeError):
        return line.startswith("Traceback")
