"""Nothing survives a grader, however it ends: no process, file, socket or shared memory of what its notebooks started.

Each test grades in a process of its own a notebook that litters, ends the grader in one way, and looks at the machine.
Sealed, everything must be gone. Without a sandbox (`--sandbox none`) student code has the grader's own rights: promised
are then its processes and the folder for temporary files; shared memory, and files elsewhere, are beyond reach.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from grader.kernel.seal.offer import offered
from tests.kernels import notebook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what is left is read from /proc")

BEGINS_WITHIN_S, ENDS_WITHIN_S = 240.0, 60.0
PUBLIC = tuple(map(Path, ("/tmp", "/var/tmp", "/dev/shm")))  # noqa: S108 (looked into, not written to)
ENDS = {"its own end": None, "kill": signal.SIGKILL, "terminate": signal.SIGTERM, "interrupt": signal.SIGINT}

# `mark` names everything that has a name, `key` everything that has a number. The last process to start tells what was
# made in its arguments; the cell waits until that process is ended.
DAEMONS = """
import os, signal, socket, subprocess, sys, tempfile, time

def daemon(work):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            try:
                work()
            finally:
                os._exit(0)
        os._exit(0)

def deaf():
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    held = []
    for name in (os.path.join(tempfile.gettempdir(), mark), chr(0) + mark):
        try:
            held.append(socket.socket(socket.AF_UNIX))
            held[-1].bind(name)
        except OSError:
            pass
    time.sleep(300)

def without_a_trace():
    os.chdir('/')
    os.execve(sys.executable, ['python', '-c', 'import time; time.sleep(300)'], {})

def restless():
    while os.fork() == 0:
        time.sleep(0.5)

for work in (deaf, without_a_trace, restless, lambda: time.sleep(300), lambda: os.kill(os.getpid(), signal.SIGSTOP)):
    daemon(work)
"""
FILES = """
made = []
deep = tempfile.mkdtemp(prefix=mark)
for _ in range(50):
    deep = os.path.join(deep, 'd')
    os.mkdir(deep)
open(os.path.join(deep, 'read-only'), 'w').close()
os.chmod(deep, 0o500)
open(mark, 'w').close()
made.append('files')
"""
ELSEWHERE = """
import ctypes
from multiprocessing.shared_memory import SharedMemory

for folder in ('/tmp', '/var/tmp', '/dev/shm'):
    try:
        open(os.path.join(folder, mark + '-file'), 'w').close()
        made.append(folder)
    except OSError:
        pass
try:
    memory = SharedMemory(mark + '-memory', create=True, size=4096)
    made.append('memory')
except OSError:
    pass
libc = ctypes.CDLL(None)
for name, arguments in (('shmget', (key, 4096, 0o1600)), ('semget', (key, 1, 0o1600)), ('msgget', (key, 0o1600))):
    if getattr(libc, name)(*arguments) >= 0:
        made.append(name)
"""
WAIT = """
command = [sys.executable, '-c', 'import time; time.sleep(300)', mark + '-made', *made]
subprocess.Popen(command).wait()
"""


@dataclass(frozen=True)
class Traces:
    """By what the litter of one grader is known on a machine that runs other things as well."""

    mark: str
    key: int
    temporary: Path

    def processes(self) -> dict[int, list[str]]:
        """Those that have the mark in their environment or arguments: the arguments, by process id."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                arguments = (folder / "cmdline").read_bytes()
                if self.mark.encode() in arguments + (folder / "environ").read_bytes():
                    found[int(folder.name)] = arguments.decode(errors="replace").split("\0")[:-1]
        return found

    def files(self) -> list[str]:
        """In public folders; the folder for temporary files itself must be there, and empty."""
        names = [str(path) for folder in PUBLIC if folder.is_dir() for path in folder.glob(f"*{self.mark}-*")]
        return names + [str(path) for path in self.temporary.iterdir()]

    def sockets(self) -> list[str]:
        """Bound to a name in the file system or outside of it."""
        return [line for line in Path("/proc/net/unix").read_text().splitlines() if self.mark in line]

    def memory(self) -> list[str]:
        """Shared memory, semaphores and message queues of System V."""
        found = []
        for kind in ("shm", "sem", "msg"):
            lines = Path("/proc/sysvipc", kind).read_text().splitlines()[1:]
            found += [f"{kind} {line}" for line in lines if int(line.split()[0]) == self.key]
        return found

    def left(self, known: set[tuple[int, str]]) -> list[str]:
        """All that is there, with those of the known processes that still run."""
        running = [f"{pid} {' '.join(arguments)}" for pid, arguments in self.processes().items() if not _gone(pid)]
        running += [f"{pid}" for pid, start in known if _stat(pid)[19:20] == [start] and not _gone(pid)]
        return running + self.files() + self.sockets() + self.memory()


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on; nothing if there is no such process."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return []


def _gone(pid: int) -> bool:
    return _stat(pid)[:1] in ([], ["Z"])


def descendants(root: int) -> set[tuple[int, str]]:
    """A process and all below it: process id and time of start, so that a reused id is not taken for it."""
    stats = {int(folder.name): _stat(int(folder.name)) for folder in Path("/proc").glob("[0-9]*")}
    family = {root}
    while more := {pid for pid, stat in stats.items() if stat and int(stat[1]) in family} - family:
        family |= more
    return {(pid, stats[pid][19]) for pid in family if stats[pid]}


@pytest.fixture
def traces() -> Iterator[Traces]:
    mark = f"survivor{uuid.uuid4().hex[:10]}"
    # Short and directly in /tmp: sockets must fit in it. Its name is in the environment of all that a grader starts.
    folder = Path(tempfile.mkdtemp(prefix=mark, dir="/tmp"))
    (folder / "t").mkdir()
    made = Traces(mark, int(mark[-7:], 16) + 1, folder / "t")
    yield made
    while made.processes():  # After a test that failed.
        for pid in made.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)
    shutil.rmtree(folder)


def _heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(traces: Traces, sandbox: str, *sources: str) -> subprocess.Popen[str]:
    """A grader at work on a notebook of these sources, as its own group, as a terminal would start it."""
    file = traces.temporary.parent / "notebook.ipynb"
    setting = f"mark, key = {traces.mark!r}, {traces.key}\n"
    nbformat.write(notebook(setting + "".join(sources)), file)
    command = [sys.executable, "-m", "grader", "grade", str(file), "--out", str(file.parent / "out"), "--quiet"]
    return subprocess.Popen(
        [*command, "--sandbox", sandbox, "--keras", "3", "--cell-timeout", "1000", "--timeout", "1000"],
        env={**os.environ, "TMPDIR": str(traces.temporary)},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        # A shell's job in the background ignores an interrupt, and so would all that it starts.
        preexec_fn=_heed_interrupts,  # noqa: PLW1509 (it does nothing else)
    )


def what_was_made(traces: Traces, grader: subprocess.Popen[str]) -> tuple[int, list[str]]:
    """The process for which the cell waits, and what the cell has made."""
    end = time.monotonic() + BEGINS_WITHIN_S
    while time.monotonic() < end and grader.poll() is None:
        for pid, arguments in traces.processes().items():
            if f"{traces.mark}-made" in arguments:
                return pid, arguments[arguments.index(f"{traces.mark}-made") + 1 :]
        time.sleep(0.1)
    grader.kill()
    pytest.fail(f"the cell has not come to wait: {grader.communicate()[1]}")


def finish(grader: subprocess.Popen[str], waited_for: int, signum: signal.Signals | None) -> str:
    """End the grader, or let it come to its end. What it said."""
    if signum is None:
        os.kill(waited_for, signal.SIGKILL)
    else:
        os.killpg(grader.pid, signum)
    try:
        return grader.communicate(timeout=ENDS_WITHIN_S)[1]
    except subprocess.TimeoutExpired:
        grader.kill()
        pytest.fail(f"the grader has not ended: {grader.communicate()[1]}")


def left_at_last(traces: Traces, known: set[tuple[int, str]]) -> list[str]:
    """What is still there after a while."""
    end = time.monotonic() + ENDS_WITHIN_S
    while (left := traces.left(known)) and time.monotonic() < end:
        time.sleep(0.1)
    return left


@pytest.mark.slow
@pytest.mark.skipif(
    not {"ipc-namespace", "pid-namespace"} <= set(offered().layers), reason="this machine has no namespaces for all"
)
@pytest.mark.parametrize("end", ENDS)
def test_nothing_is_left_of_what_was_sealed(traces: Traces, end: str) -> None:
    """Are all processes, files, sockets and shared memory of a hostile notebook gone after the grader?"""
    grader = start(traces, "auto", DAEMONS, FILES, ELSEWHERE, WAIT)
    waited_for, made = what_was_made(traces, grader)
    assert "files" in made
    known = descendants(grader.pid)
    assert len(known) > 8, traces.processes()  # The grader, a parent, a keeper, a kernel and what it has started.
    said = finish(grader, waited_for, ENDS[end])
    assert left_at_last(traces, known) == []
    assert "Traceback" not in said
    assert grader.returncode == {None: 0, signal.SIGINT: 130, signal.SIGTERM: 143}.get(ENDS[end], -(ENDS[end] or 0))


@pytest.mark.slow
@pytest.mark.parametrize("end", ENDS)
def test_no_process_is_left_of_what_was_not_sealed(traces: Traces, end: str) -> None:
    """Without a sandbox, are all processes gone after the grader, and all files in the folder for temporary ones?"""
    grader = start(traces, "none", DAEMONS, FILES, WAIT)
    waited_for, made = what_was_made(traces, grader)
    assert made == ["files"]
    assert sum(line.endswith(("/" + traces.mark, "@" + traces.mark)) for line in traces.sockets()) == 2
    known = descendants(grader.pid)
    assert len(known) > 7, traces.processes()
    said = finish(grader, waited_for, ENDS[end])
    assert left_at_last(traces, known) == []
    assert "Traceback" not in said
    assert grader.returncode == {None: 0, signal.SIGINT: 130, signal.SIGTERM: 143}.get(ENDS[end], -(ENDS[end] or 0))
