"""What stands outside of the seal, and shows whether an attack has come through: files, servers, processes, secrets."""

from __future__ import annotations

import os
import shutil
import site
import socket
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PUBLIC = ("~", "/tmp", "/var/tmp", "/dev/shm", "/run", "/", "/etc", "/opt", *site.getsitepackages())  # noqa: S108
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Outside:
    """Things that an attacker would like to have, and their state before the attack."""

    folder: Path
    mark: str
    """In the name of everything that attacks make; process names have room for 15 letters."""
    token: str
    """The text of every secret."""
    servers: dict[str, socket.socket]
    victim: subprocess.Popen[bytes]
    """A process of the same user, with a secret in its environment and its arguments."""
    before: dict[str, tuple[object, ...]]

    @property
    def targets(self) -> dict[str, object]:
        """What the words in an attack stand for."""
        return {
            "secret": str(self.folder / "secret.txt"),
            "results": str(self.folder / "results"),
            "folder": str(self.folder),
            "home": str(Path.home()),
            "pack": str(ROOT / "reference"),
            "submissions": str(ROOT / "submissions"),
            "mark": self.mark,
            # In two parts, so that the source of an attack does not hold what its output is searched for.
            "loot": f"LOOT-{self.mark}",
            "grader": os.getpid(),
            "victim": self.victim.pid,
            "tcp": self.servers["tcp"].getsockname()[1],
            "udp": self.servers["udp"].getsockname()[1],
            "path": str(self.folder / "path"),
            "datagrams": str(self.folder / "datagrams"),
            "abstract": self.mark,
        }

    def armed(self, source: str, **others: object) -> str:
        """An attack with its targets, or `others` in their places, filled in."""
        for name, target in (self.targets | others).items():
            source = source.replace(f"<{name}>", _literal(name, target))
        return source

    def harm(self, said: str) -> list[str]:
        """All that has come of an attack: what it has changed, reached, left behind, and told in what it `said`."""
        found = [f"changed: {path}" for path, state in _states(self.folder).items() if self.before.get(path) != state]
        found += [f"removed: {path}" for path in self.before if not os.path.lexists(path)]
        found += [f"written: {path}" for path in _public(self.mark)]
        found += [f"reached: {name}" for name, server in self.servers.items() if _visited(server)]
        found += [f"running: {one}" for one in self.processes()]
        if self.victim.poll() is not None:
            found.append("killed: a process of the user")
        return found + [f"told: {secret}" for secret in (self.token, _loot(self.mark)) if secret in said]

    def renew(self) -> None:
        """Take what there is now for what was there before, so that harm is reported once."""
        self.before.clear()
        self.before.update(_states(self.folder))

    def processes(self) -> list[str]:
        """Those that bear the mark, in their name or arguments."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                name = (folder / "comm").read_bytes() + (folder / "cmdline").read_bytes()
                if self.mark.encode() in name and (folder / "stat").read_text().rpartition(") ")[2][0] != "Z":
                    found.append(f"{folder.name} {name.decode(errors='replace')}")
        return found


def _loot(mark: str) -> str:
    return f"LOOT-{mark}"


def _literal(name: str, target: object) -> str:
    if name == "loot":
        return f"'LOOT' + '-{str(target).removeprefix('LOOT-')}'"
    return repr(target)


def _states(folder: Path) -> dict[str, tuple[object, ...]]:
    found: dict[str, tuple[object, ...]] = {}
    for path in [folder, *folder.rglob("*")]:
        stat = path.lstat()
        text = path.read_bytes() if path.is_file() else b""
        found[str(path)] = (stat.st_mode, stat.st_nlink, stat.st_mtime_ns, stat.st_size, text)
    return found


def _public(mark: str) -> list[Path]:
    folders = {Path(folder).expanduser() for folder in PUBLIC}
    return [path for folder in folders if folder.is_dir() for path in folder.glob(f"*{mark}*")]


def _visited(server: socket.socket) -> bool:
    """Whether anybody has come, or sent anything."""
    try:
        if server.type == socket.SOCK_DGRAM:
            return bool(server.recv(100))
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


@contextmanager
def made() -> Iterator[Outside]:
    """All of it, for a while."""
    mark, token = f"h{uuid.uuid4().hex[:12]}", f"secret-{uuid.uuid4().hex}"
    # Short, for the paths of sockets; and not where kernels have their folders, which are in the same one by name.
    folder = Path(tempfile.mkdtemp(prefix="graded-"))
    (folder / "secret.txt").write_text(token)
    (folder / "results" / "other").mkdir(parents=True)
    for name in ("notebook.ipynb", "result.json"):
        (folder / "results" / "other" / name).write_text(token)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder)
        servers = {name: stack.enter_context(socket.socket(*kind)) for name, kind in _KINDS.items()}
        for name, address in {
            "tcp": ("127.0.0.1", 0),
            "udp": ("127.0.0.1", 0),
            "path": str(folder / "path"),
            "datagrams": str(folder / "datagrams"),
            "abstract": f"\0{mark}",
        }.items():
            servers[name].bind(address)
            servers[name].setblocking(False)
            if servers[name].type == socket.SOCK_STREAM:
                servers[name].listen()
        victim = subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(3600)", token], env={"TOKEN": token}, start_new_session=True
        )
        stack.callback(victim.wait)
        stack.callback(victim.kill)
        yield Outside(folder, mark, token, servers, victim, _states(folder))


_KINDS = {
    "tcp": (socket.AF_INET, socket.SOCK_STREAM),
    "udp": (socket.AF_INET, socket.SOCK_DGRAM),
    "path": (socket.AF_UNIX, socket.SOCK_STREAM),
    "datagrams": (socket.AF_UNIX, socket.SOCK_DGRAM),
    "abstract": (socket.AF_UNIX, socket.SOCK_STREAM),
}
