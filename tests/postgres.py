"""Runs a command with a throwaway PostgreSQL server: tests/postgres.py CMD...

The command finds it in DATABASE_URL. The server listens on 127.0.0.1 only, is
not safe against power cuts (so it is quick), and is gone afterwards.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOR_TESTS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    " -c max_connections=100 -c unix_socket_directories=''"
    " -c listen_addresses=127.0.0.1"
)


def main(command: list[str]) -> int:
    programs = programs_folder()
    if programs is None:
        print(  # noqa: T201
            "PostgreSQL is not installed: its tests did not run."
            " To have them: apt-get install postgresql"
        )
        return 1 if os.environ.get("REQUIRE_ALL") == "1" else 0
    # Ctrl-C reaches the command too; this one must live on to clean up.
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server(programs) as url:
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})


def programs_folder() -> Path | None:
    """Where initdb and pg_ctl are; Debian keeps them off the PATH."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda path: int(path.parent.name),
    )
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for folder in [*folders, *reversed(debian)]:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    return None


@contextmanager
def server(programs: Path) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="clinic-postgres-"))
    data, port = folder / "data", free_port()
    as_user = []
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        user = other_user()
        shutil.chown(folder, user)
        as_user = ["runuser", "-u", user, "--"]

    def run(*command: str) -> None:
        done = subprocess.run(
            [*as_user, *command],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"PostgreSQL did not start:\n{done.stdout}{done.stderr}")

    pg_ctl = [str(programs / "pg_ctl"), "-D", str(data), "-w"]
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "clinic"]
    try:
        run(*initdb, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"{FOR_TESTS} -p {port}"
        run(*pg_ctl, "-l", str(folder / "log"), "-o", options, "start")
        yield f"postgres://clinic@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            run(*pg_ctl, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def other_user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
