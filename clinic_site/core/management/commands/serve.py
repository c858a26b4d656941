import ctypes
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

STOP_WITHIN = 10.0  # seconds, then children are killed
WORKER_PAUSE = 2.0  # before a worker that ended is started again
PR_SET_PDEATHSIG = 1


class Command(BaseCommand):
    help = "Runs the site and its background worker together until Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        # A developer's convenience, not a setting of the site: hence not in
        # settings/. `make run PORT=8001` arrives here.
        environ = os.environ
        parser.add_argument("--host", default=environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", type=int, default=environ.get("PORT") or "8000")
        parser.add_argument(
            "--first",
            action="append",
            default=[],
            metavar="COMMAND",
            help="Run this command before; may be given again. Starting the site"
            " once for all of them saves seconds.",
        )
        # One process: the default cache, with its rate limits, lives in it.
        parser.add_argument("--workers", type=int, default=1)
        parser.add_argument("--threads", type=int, default=8)

    def handle(
        self,
        *,
        host: str,
        port: int,
        first: list[str],
        workers: int,
        threads: int,
        **options: object,
    ) -> None:
        with listen(host, port) as listener:
            self.run_first(first)
            self.is_stopping = False
            signal.signal(signal.SIGTERM, self.stop)
            signal.signal(signal.SIGINT, self.stop)
            self.web = start(web_command(listener.fileno(), workers, threads), listener)
            self.worker = start(worker_command())
            self.announce(*listener.getsockname()[:2])
        try:
            self.supervise()
        finally:
            end([self.web, self.worker])
        if not self.is_stopping:
            raise CommandError("The web server ended by itself; see above.")

    def run_first(self, commands: list[str]) -> None:
        try:
            for command in commands:
                call_command(*shlex.split(command))
        except KeyboardInterrupt:
            raise CommandError("Stopped before the site was up.") from None
        connections.close_all()

    def stop(self, signum: int, frame: FrameType | None) -> None:
        self.is_stopping = True

    def announce(self, host: str, port: int) -> None:
        address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        self.stdout.write(f"Site:   {address}/")
        self.stdout.write(f"Admin:  {address}/admin/")
        if settings.DEV_MAIL:
            self.stdout.write(f"Mails:  {address}/dev/mail/")
        self.stdout.write("Stop with Ctrl-C.")
        self.stdout.flush()

    def supervise(self) -> None:
        """Returns when told to stop or when the web server has ended."""
        while not self.is_stopping and self.web.poll() is None:
            time.sleep(0.2)
            if self.worker.poll() is not None and not self.is_stopping:
                self.stderr.write("The worker ended by itself; starting it again.")
                time.sleep(WORKER_PAUSE)
                self.worker = start(worker_command())


def listen(host: str, port: int) -> socket.socket:
    """Taken before anything starts, so that a taken port is one clear line."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        reason = reason.partition(" (while")[0]  # Python repeats the address
        raise CommandError(
            f"Cannot listen on {host} port {port}: {reason}."
            " Choose another with HOST and PORT, as in: make run PORT=8001"
        ) from None


def web_command(listener: int, workers: int, threads: int) -> list[str]:
    command = [sys.executable, "-m", "gunicorn", "clinic_site.wsgi"]
    command += ["--bind", f"fd://{listener}", "--worker-class", "gthread"]
    command += ["--workers", str(workers), "--threads", str(threads)]
    command += ["--graceful-timeout", "5", "--log-level", "warning"]
    command += ["--logger-class", "clinic_site.core.server_log.ServerLogger"]
    command += ["--no-control-socket"]
    if Path("/dev/shm").is_dir():  # noqa: S108
        # On a disk that is busy its sign of life can come too late.
        command += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    return command


def worker_command() -> list[str]:
    return [sys.executable, "manage.py", "worker"]


def start(
    command: list[str], listener: socket.socket | None = None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - a fixed command of ours
        command,
        cwd=settings.BASE_DIR,
        pass_fds=[listener.fileno()] if listener else [],
        # Ctrl-C reaches this process only; it then stops the others in order.
        start_new_session=True,
        preexec_fn=end_with_parent,
    )


def end_with_parent() -> None:
    """Have Linux stop this child when the parent dies, by kill -9 too."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_WITHIN
    for child in children:
        try:
            child.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
