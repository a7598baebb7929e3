"""What a kernel and all that it starts may use: reaching a limit ends what must end, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.kernel.bounds import held, usage
from grader.kernel.bounds.limits import Limits
from grader.kernel.pool import KernelPool
from grader.kernel.process import folder
from grader.kernel.runs import CellRun
from tests.kernels import notebook, text

MB = 1 << 20
SMALL = Limits(cell_s=40, grace_s=2, memory_bytes=1536 * MB, processes=30, file_bytes=16 * MB, files=500)

CHILDREN = """
import subprocess, sys, time
hog = "import time; kept = bytearray({size} << 20); time.sleep(30)"
children = [subprocess.Popen([sys.executable, "-c", hog]) for _ in range({number})]
time.sleep(30)
"""
DAEMONS = """
import os, time
for _ in range({number}):
    if os.fork() == 0:
        if os.fork() == 0:
            os.setsid()
            kept = bytearray({size} << 20)
            time.sleep(30)
        os._exit(0)
    os.wait()
time.sleep(30)
"""
LOCKS = """
import fcntl, time
for number in range(10):
    file = globals()["file%d" % number] = open("f%d" % number, "w")
    for at in range(1500): fcntl.lockf(file, fcntl.LOCK_EX, 1, 2 * at)
time.sleep(30)
"""
SHARED = """
import mmap, time
kept = mmap.mmap(-1, 2 << 30)
for at in range(0, 2 << 30, 4096): kept[at] = 1
time.sleep(30)
"""
BEHIND_ITS_END = """
import ctypes, os, threading, time
def work():
    kept = bytearray({size} << 20)
    more = [os.dup(0) for _ in range({opened})]
    time.sleep(30)
for _ in range({number}):
    if os.fork() == 0:
        threading.Thread(target=work).start()
        ctypes.CDLL(None).pthread_exit(None)
time.sleep(30)
"""
NAMELESS = """
import mmap, os, time
for number in range(40):
    with open("f%d" % number, "w+b") as file:
        file.write(bytes(1 << 20))
        file.flush()
        kept = {keep}
        globals()["kept%d" % number] = kept
    os.unlink("f%d" % number)
time.sleep(30)
"""


def run(pool: KernelPool, source: str) -> tuple[CellRun, str]:
    """The run of a cell under small limits, what it printed, and: does the next cell of a notebook run?"""
    with pool.session(notebook(source, "print('next')"), 3, SMALL) as session:
        first = session.run_cell(0)
        if not session.alive:
            session.restart()
        assert session.run_cell(1).status == "ok"
        return first, text(session, 0)


@pytest.mark.parametrize("sealing", ["sealed", "unsealed"])
def test_memory_of_children_counts(request: pytest.FixtureRequest, sealing: str) -> None:
    """Is a kernel ended, and the reason told, whose children hold too much memory together?"""
    first, _ = run(request.getfixturevalue(sealing), CHILDREN.format(size=400, number=5))
    assert (first.status, first.excess) == ("dead", "it used more than 1,536 MB of memory")


@pytest.mark.parametrize(
    ("size", "number", "what"),
    [(400, 5, "it used more than 1,536 MB of memory"), (1, 40, "it started more than 30 processes")],
)
def test_daemons_count(sealed: KernelPool, size: int, number: int, what: str) -> None:
    """Is counted what leaves the kernel's family, as daemons do?"""
    first, _ = run(sealed, DAEMONS.format(size=size, number=number))
    assert (first.status, first.excess) == ("dead", what)


def test_processes_have_an_end_that_no_watch_is_needed_for(sealed: KernelPool) -> None:
    """Would the system itself refuse a process at some point, also between two looks?"""
    source = "import resource\nprint(*resource.getrlimit(resource.RLIMIT_NPROC))"
    there = int(Path("/proc/loadavg").read_text().split()[3].partition("/")[2])
    first, printed = run(sealed, source)
    assert first.status == "ok"
    assert all(0 < int(limit) < there + 2_000 for limit in printed.split())


def test_locks_have_an_end(sealed: KernelPool) -> None:
    """Is a kernel ended that locks files in very many parts, each of which is memory in nobody's account?"""
    first, printed = run(sealed, LOCKS)
    assert (first.status, first.excess) == ("dead", "it held more than 10,000 locks on parts of files"), printed


PARTS = """
import ctypes, sys
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
page, number = 4096, 3000
at = libc.mmap(None, ctypes.c_size_t(2 * number * page), 1, 0x22, -1, ctypes.c_long(0))
for each in range(number): libc.mprotect(ctypes.c_void_p(at + 2 * each * page), ctypes.c_size_t(page), 0)
print("laid out", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is of Linux")
def test_parts_of_memory_are_counted() -> None:
    """Is told in how many parts memory is, and what the system takes for it, and is counting given up in time?"""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", PARTS], **pipes) as child:
        assert child.stdout.readline() == "laid out\n"
        found = held.mapped([child.pid, child.pid], 1_000_000, nameless=False)
        assert 12_000 < found.parts < 16_000
        assert found.system_bytes > 12_000 * held.PART
        assert held.mapped([child.pid], 100, nameless=False).parts > 100
        assert held.mapped([child.pid] * 1_000, 7_000, nameless=False).parts < 100_000
        child.stdin.close()


def test_shared_memory_counts(unsealed: KernelPool) -> None:
    """Is memory counted that belongs to no process alone? Where the seal holds, there is none."""
    first, _ = run(unsealed, SHARED)
    assert (first.status, first.excess) == ("dead", "it used more than 1,536 MB of memory")


@pytest.mark.parametrize(
    ("size", "opened", "number", "what"),
    [(600, 0, 3, "it used more than 1,536 MB of memory"), (1, 900, 25, "it opened more than 20,000 files")],
)
def test_what_goes_on_behind_its_end_counts(sealed: KernelPool, size: int, opened: int, number: int, what: str) -> None:
    """Is a process counted whose first thread has ended, and of which the system shows nothing but its other ones?"""
    first, printed = run(sealed, BEHIND_ITS_END.format(size=size, opened=opened, number=number))
    assert (first.status, first.excess) == ("dead", what), printed


@pytest.mark.parametrize("keep", ["os.dup(file.fileno())", "mmap.mmap(file.fileno(), 0)"])
def test_files_without_a_name_count(unsealed: KernelPool, keep: str) -> None:
    """Is a kernel ended that keeps files which no folder has any more, open or mapped?"""
    first, printed = run(unsealed, NAMELESS.format(keep=keep))
    assert (first.status, first.excess) == ("dead", "it kept more than 16 MB or 500 files"), printed


def test_one_large_array_is_an_ordinary_error(sealed: KernelPool) -> None:
    """Is too large an array refused with an error that a student can read, and does the kernel live on?"""
    source = "kept = 5\ntry:\n    bytearray(3 << 30)\nexcept MemoryError:\n    print('refused')"
    with sealed.session(notebook(source, "print(kept)"), 3, SMALL) as session:
        assert session.run_cell(0).status == "ok"
        assert "refused" in text(session, 0)
        session.run_cell(1)
        assert text(session, 1) == "5\n"


def test_memory_that_was_imported_is_not_counted_for_each_child(sealed: KernelPool) -> None:
    """May a notebook fork workers, which share with it what TensorFlow takes?"""
    source = "import os, time\nfor _ in range(12):\n    if os.fork() == 0: time.sleep(2); os._exit(0)\ntime.sleep(2)"
    first, _ = run(sealed, source)
    assert (first.status, first.excess) == ("ok", None)


@pytest.mark.parametrize("sealing", ["sealed", "unsealed"])
def test_processes_are_counted(request: pytest.FixtureRequest, sealing: str) -> None:
    """Is a kernel ended, and the reason told, that starts too many processes?"""
    first, _ = run(request.getfixturevalue(sealing), CHILDREN.format(size=1, number=40))
    assert (first.status, first.excess) == ("dead", "it started more than 30 processes")


def test_files_in_memory_have_an_end(sealed: KernelPool) -> None:
    """Do writing too much and making too many files raise errors, and can the kernel write again afterwards?"""
    source = """
import os, errno
def fill(write):
    try:
        for number in range(5000): write(number)
    except OSError as error:
        print(errno.errorcode[error.errno])
    for name in os.listdir(): os.remove(name)
fill(lambda number: open(str(number), "wb").write(bytes(1 << 20)))
fill(lambda number: open(str(number), "wb").close())
fill(lambda number: open("/dev/shm/" + str(number), "wb").write(bytes(1 << 20)))
print(open("again", "w").write("x"))
"""
    first, printed = run(sealed, source)
    assert first.status == "ok"
    assert printed.split() == ["ENOSPC", "ENOSPC", "ENOSPC", "1"]


@pytest.mark.parametrize("write", ["f.write(bytes(1 << 20))", "f.close()"])
def test_files_are_counted_where_nothing_limits_them(unsealed: KernelPool, write: str) -> None:
    """Without files in memory, is a kernel ended that keeps too much?"""
    source = f"import time\nfor number in range(1000):\n    f = open(str(number), 'wb'); {write}\ntime.sleep(30)"
    first, _ = run(unsealed, source)
    assert (first.status, first.excess) == ("dead", "it kept more than 16 MB or 500 files")


SOCKETS = """
import os, socket, time
for _ in range(5):
    if os.fork() == 0: break
kept = [socket.socketpair() for _ in range(480)]
time.sleep(30)
"""
NAMES = """
import os, time
[own] = [name for name in ('s-1', 's-2', 's-3', 's-4', 's-5') if os.path.exists('../../' + name)][:1]
for number in range(2000): os.link('../../' + own, '../../x' + str(number))
time.sleep(30)
"""


WATCHED = """
import os, select, time
for _ in range(3):
    if os.fork() == 0: break
end, _ = os.pipe()
ends = [end, *(os.dup(end) for _ in range(400))]
kept = [select.epoll() for _ in range(30)]
for each in kept:
    for end in ends: each.register(end, 0)
time.sleep(30)
"""
OPENED = """
import os, time
for _ in range(25):
    if os.fork() == 0: break
kept = [os.dup(0) for _ in range(900)]
time.sleep(30)
"""


@pytest.mark.parametrize(
    ("source", "what"), [(WATCHED, "watched more than 10,000"), (OPENED, "opened more than 20,000")]
)
def test_what_is_open_has_an_end_in_all(sealed: KernelPool, source: str, what: str) -> None:
    """Is a kernel ended that takes what the system counts for the user, before others have none?"""
    first, printed = run(sealed, source)
    assert first.status == "dead", printed
    assert what in (first.excess or ""), printed


def test_what_waits_in_sockets_has_an_end(sealed: KernelPool) -> None:
    """Is a kernel ended that keeps memory in sockets, where no other account has it?"""
    first, printed = run(sealed, SOCKETS)
    assert (first.status, first.excess) == ("dead", "it opened more than 500 sockets"), printed


def test_names_beside_its_own_are_counted(unsealed: KernelPool) -> None:
    """Is a kernel ended that makes other names for its sockets, where nothing refuses that?"""
    first, printed = run(unsealed, NAMES)
    assert (first.status, first.excess) == ("dead", "it kept more than 16 MB or 500 files"), printed


# As a grader that is not root, for whom no right is granted that a folder does not give.
LOOK = """
import os, sys
from pathlib import Path
from grader.kernel.bounds import held, usage
from grader.kernel.bounds.limits import Limits
from grader.kernel.seal.namespaces import drop_capabilities
drop_capabilities()
print(usage.Watch(os.getpid(), Limits(), Path(sys.argv[1])).look().excess)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities are of Linux")
def test_what_cannot_be_listed_is_an_excess(tmp_path: Path) -> None:
    """Can names be hidden from being counted, by rights that are taken away?"""
    (tmp_path / "own" / "sockets").mkdir(parents=True)
    seen = [sys.executable, "-c", LOOK, str(tmp_path / "own")]
    assert subprocess.run(seen, capture_output=True, text=True, check=True).stdout == "None\n"
    for hidden in ("own/sockets", "own"):
        (tmp_path / hidden).chmod(0o300)
        said = subprocess.run(seen, capture_output=True, text=True, check=True).stdout
        assert said == "it kept a folder in which files cannot be counted (Permission denied)\n"


def test_what_is_nested_too_deeply_is_an_excess(tmp_path: Path) -> None:
    """Can names be hidden from being counted, by a path that is too long for any call?"""
    here = os.open(tmp_path, os.O_PATH)
    for _ in range(60):
        os.mkdir("d" * 100, dir_fd=here)
        deeper = os.open("d" * 100, os.O_PATH, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    excess = usage.Watch(os.getpid(), Limits(), tmp_path).look().excess
    folder.remove(tmp_path)
    assert excess == "it kept a folder in which files cannot be counted (File name too long)"


def test_a_background_hog_is_ended_between_cells(sealed: KernelPool) -> None:
    """Is also counted what runs on after its cell has ended?"""
    source = CHILDREN.format(size=400, number=5).rpartition("time.sleep(30)")[0]
    with sealed.session(notebook(source), 3, SMALL) as session:
        assert session.run_cell(0).status == "ok"
        for _ in range(200):
            if not session.alive:
                break
            time.sleep(0.1)
        assert not session.alive


@pytest.mark.parametrize("sealing", ["sealed", "unsealed"])
def test_processes_that_ended_do_not_count(request: pytest.FixtureRequest, sealing: str) -> None:
    """Are processes buried that nobody waits for, however many there were?"""
    source = "import subprocess\nfor _ in range(100): subprocess.run('true &', shell=True)"
    first, _ = run(request.getfixturevalue(sealing), source)
    assert (first.status, first.excess) == ("ok", None)
