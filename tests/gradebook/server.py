"""A PostgreSQL server of the tests' own, on a Unix socket, which ends with them."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PLACES = ("/usr/local/bin", *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True))
ORDINARY = ("postgres", "nobody")
"""As whom the server runs where the tests are root's: it refuses to be root."""


class NoServer(Exception):
    """There is no PostgreSQL here, or none that starts; the message says which."""


@contextmanager
def running() -> Iterator[str]:
    """The URL of an empty database. Raises `NoServer`."""
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # the path of a socket must be short
    user = _user()
    try:
        shutil.chown(home, user)
        data = home / "data"
        _run(user, "initdb", "-D", str(data), "-A", "trust", "-U", "grader", "--no-sync", "-E", "UTF8")
        settings = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off"
        _run(user, "pg_ctl", "-D", str(data), "-l", str(home / "log"), "-w", "-t", "60", "-o", settings, "start")
        try:
            _run(user, "createdb", "-h", str(home), "-U", "grader", "grades")
            yield f"postgresql+psycopg://grader@/grades?host={home}"
        finally:
            with suppress(NoServer):
                _run(user, "pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _user() -> str:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    for name in ORDINARY:
        with suppress(KeyError):
            pwd.getpwnam(name)
            return name
    raise NoServer("PostgreSQL does not run as root, and there is no other user")


def _run(user: str, name: str, *arguments: str) -> None:
    program = shutil.which(name, path=os.pathsep.join((*PLACES, os.environ.get("PATH", ""))))
    if program is None:
        raise NoServer(f"there is no {name}: Debian's package postgresql has it")
    other = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    try:
        # Not through pipes: the server would hold them open.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                [program, *arguments], stdout=said, stderr=said, check=False, timeout=120, cwd="/", **other
            )
            said.seek(0)
            if done.returncode:
                raise NoServer(f"{name} ended with {done.returncode}: {said.read()[-400:]}")
    except OSError as error:
        raise NoServer(f"{name} cannot be started: {error}") from error
