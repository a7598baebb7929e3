"""What student code cannot do from inside the seal. Each attack prints LOOT if it succeeds."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.kernel.bounds.limits import Limits
from grader.kernel.generation import Generation
from grader.kernel.parents.drain import KEPT, TAKEN
from grader.kernel.pool import KernelPool
from grader.kernel.seal.offer import offered
from tests.kernels import notebook, text

pytestmark = pytest.mark.skipif(not offered().enough, reason="this machine offers neither Landlock nor user namespaces")
QUICK = Limits(cell_s=20, grace_s=2)
ROOT = Path(__file__).parents[2]

# One line each, as a student would try it.
ATTACKS = {
    "the shadow file": "print('LOOT', open('/etc/shadow').read())",
    "the home folder": "import os; print('LOOT', os.listdir(os.path.expanduser('~root')) or os.listdir('/home'))",
    "the pack": f"print('LOOT', open({str(ROOT / 'reference' / 'recurrent' / 'cells.py')!r}).read())",
    "the pack by import": "import reference.recurrent.cells as cells; print(cells and 'LOOT')",
    "the grader's source": f"print('LOOT', open({str(ROOT / 'grader' / 'grading' / 'judge.py')!r}).read())",
    "a file of the user": "print('LOOT', open(<secret>).read())",
    "writing outside": "open(<secret>, 'a').write('x'); print('LOOT')",
    "writing beside the user's file": "open(<secret> + '.new', 'w').write('x'); print('LOOT')",
    "deleting outside": "import os; os.remove(<secret>); print('LOOT')",
    "renaming outside": "import os; os.rename(<secret>, 'mine'); print('LOOT')",
    "linking to the outside": "import os; os.link(<secret>, 'mine'); print('LOOT', open('mine').read())",
    "a symbolic link to the outside": "import os; os.symlink(<secret>, 'mine'); print('LOOT', open('mine').read())",
    "writing into Python": "import os, numpy; open(os.path.join(os.path.dirname(numpy.__file__), 'x'), 'w'); print('LOOT')",
    "deleting Python": "import shutil, numpy, os; shutil.rmtree(os.path.dirname(numpy.__file__)); print('LOOT')",
    "environment secrets": "import os; assert 'GRADER_TEST_TOKEN' in os.environ; print('LOOT')",
    "secrets in /proc": "print(*['LOOT' for p in __import__('glob').glob('/proc/[0-9]*/environ') if b'TOKEN' in open(p, 'rb').read()])",
    "other processes": "import os; assert len([p for p in os.listdir('/proc') if p.isdigit()]) > 2; print('LOOT')",
    "memory of its parent": "import os; open(f'/proc/{os.getppid()}/mem', 'rb').read(1); print('LOOT')",
    "killing its parent": "import os; os.kill(<parent>, 9); print('LOOT')",
    "a TCP connection": "import socket; s = socket.create_connection(('127.0.0.1', <port>), 2); print(s and 'LOOT')",
    "a UDP packet": "import socket; s = socket.socket(2, 2); s.sendto(b'x', ('127.0.0.1', <port>)); print('LOOT')",
    "a TCP server": "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print('LOOT')",
    "an abstract socket": "import socket; s = socket.socket(1); s.connect('\\0' + <abstract>); print('LOOT')",
    "a download": "import urllib.request; page = urllib.request.urlopen('http://127.0.0.1:<port>', timeout=5); print(page and 'LOOT')",
    "a data set": "from tensorflow import keras; path = keras.utils.get_file('x', 'http://127.0.0.1:<port>/x'); print(path and 'LOOT')",
    "becoming root": "import os; os.setuid(0); print('LOOT')",
    "mounting": "import ctypes; assert ctypes.CDLL(None).mount(b'none', b'/tmp', b'tmpfs', 0, None) == 0; print('LOOT')",
    "another namespace as root": "import ctypes, os; assert ctypes.CDLL(None).unshare(0x10000000) == 0; open('/proc/self/uid_map', 'w').write('0 0 1'); print('LOOT')",
    "leaving by chroot": "import os; os.chroot('.'); print('LOOT')",
    "tracing": "import ctypes; assert ctypes.CDLL(None).ptrace(16, <parent>, 0, 0) == 0; print('LOOT')",
    "a huge file": "f = open('big', 'wb'); f.truncate(1 << 40); print('LOOT')",
    "many open files": "files = [open('f%d' % i, 'w') for i in range(5000)]; print('LOOT')",
    "raising its limits": "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (r.RLIM_INFINITY,) * 2); print('LOOT')",
    "a core dump": "import resource as r; r.setrlimit(r.RLIMIT_CORE, (1, 1)); print('LOOT')",
    "the clock": "import time; time.clock_settime(time.CLOCK_REALTIME, 0); print('LOOT')",
    "the host name": "import socket; socket.sethostname('mine'); print('LOOT')",
    "a socket in the file system": "import socket; s = socket.socket(1); s.connect(<path>); print('LOOT')",
    "a datagram to such a socket": "import socket; a, b = socket.socketpair(1, 2); a.sendto(b'x', <datagrams>); print('LOOT')",
    "a datagram of a raw socket": "import socket; a, b = socket.socketpair(1, 3); a.sendto(b'x', <datagrams>); print('LOOT')",
    "limits of another process": "import os, resource; print('LOOT', resource.prlimit(os.getppid() or <parent>, resource.RLIMIT_NOFILE))",
    "ranks of other processes": "import os; [os.setpriority(os.PRIO_PROCESS, p, 19) for p in (os.getppid() or <parent>,)]; print('LOOT')",
    "signals to an owner": "import fcntl, os; fcntl.fcntl(os.pipe()[0], 8, os.getpid()); print('LOOT')",
    "memory that is shared by nobody": "import mmap; m = mmap.mmap(-1, 1 << 20); print('LOOT')",
    "memory in a pipe": "import ctypes, os; b = ctypes.create_string_buffer(8); v = (ctypes.c_uint64 * 2)(ctypes.addressof(b), 8); r, w = os.pipe(); assert ctypes.CDLL(None).vmsplice(w, v, 1, 0) >= 0; print('LOOT')",
    "descriptors of one thread alone": "import ctypes; assert ctypes.CDLL(None).syscall(436, 1020, 1023, 2) == 0; print('LOOT')",
    "netlink": "import socket; socket.socket(16, 3, 0); print('LOOT')",
    "a raw socket": "import socket; socket.socket(2, 3, 1); print('LOOT')",
    "a kernel's keys": "import ctypes; assert ctypes.CDLL(None).syscall(250, 0, -3, 1) >= 0; print('LOOT')",
    "a program in the system's kernel": "import ctypes; assert ctypes.CDLL(None, use_errno=True).syscall(321, 5, ctypes.create_string_buffer(128), 128) >= 0 or ctypes.get_errno() != 1; print('LOOT')",
    "calls behind a filter": "import ctypes; assert ctypes.CDLL(None).syscall(425, 8, ctypes.create_string_buffer(256)) >= 0; print('LOOT')",
    "calls of 32 bits": "import mmap, ctypes; m = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7); m.write(bytes.fromhex('b8140000 00cd80c3')); ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(m)))(); print('LOOT')",
    "reading the grader's memory": "import ctypes; b = ctypes.create_string_buffer(8); v = (ctypes.c_uint64 * 2)(ctypes.addressof(b), 8); n = ctypes.CDLL(None, use_errno=True).process_vm_readv(<parent>, v, 1, v, 1, 0); assert n >= 0 or ctypes.get_errno() == 14; print('LOOT')",
    "whether there is a file of the user": "import os; assert os.path.lexists(<secret>); print('LOOT')",
    "what happens in a folder": "import ctypes; c = ctypes.CDLL(None); assert c.inotify_add_watch(c.inotify_init1(0), b'/usr/lib', 0xfff) >= 0; print('LOOT')",
    "another's processors": "import os; os.sched_setaffinity(0, {0}); print('LOOT')",
    "sockets beside its own": "import os; os.mknod('../../s-9', 0o140600); print('LOOT')",
    "a second name for a socket": "import os; own = [n for n in ('s-%d' % i for i in range(1, 6)) if os.path.exists('../../' + n)]; os.link('../../' + own[0], '../../x'); print('LOOT')",
    "how the machine was started": "assert open('/proc/cmdline').read(); print('LOOT')",
    "keys of others": "assert open('/proc/key-users').read(); print('LOOT')",
    "what it is counted in": "import os; print('LOOT', os.listdir('/sys/fs/cgroup')[0])",
    "a lease on what others read": "import fcntl, os; fcntl.fcntl(os.open(os.__file__, os.O_RDONLY), 1024, fcntl.F_RDLCK); print('LOOT')",
    "a lease, asked for in 64 bits": "import ctypes, os, signal; signal.signal(signal.SIGIO, signal.SIG_IGN); c = ctypes.CDLL(None); f = os.open(os.__file__, os.O_RDONLY); assert c.syscall(72, ctypes.c_long(f), ctypes.c_long(1 << 32 | 1024), ctypes.c_long(0)) == 0; print('LOOT')",
    "what happens in a folder, by its descriptor": "import fcntl, os, signal; signal.signal(signal.SIGIO, signal.SIG_IGN); fcntl.fcntl(os.open('/usr/lib', os.O_RDONLY), 1026, 2); print('LOOT')",
    "memory in a socket, asked for in 64 bits": "import ctypes, socket; a, b = socket.socketpair(); n = ctypes.c_int(1 << 22); assert ctypes.CDLL(None).syscall(54, ctypes.c_long(a.fileno()), ctypes.c_long(1 << 32 | 1), ctypes.c_long(7), ctypes.byref(n), ctypes.c_long(4)) == 0; print('LOOT')",
    "requests of the machine's": "import ctypes; n = ctypes.c_ulong(0); assert ctypes.CDLL(None).syscall(206, ctypes.c_long(1000), ctypes.byref(n)) == 0; print('LOOT')",
    "handing over a descriptor": "import socket; a, b = socket.socketpair(); socket.send_fds(a, [b'x'], [0]); print('LOOT')",
    "memory in a socket": "import socket; a, b = socket.socketpair(); a.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 22); print('LOOT')",
    "the name of the machine": "import os; assert os.uname().nodename != 'kernel'; print('LOOT')",
    "rights of what is open": "import os, stat; [os.fchmod(f, 0o777) for f in range(99) if os.path.exists(f'/proc/self/fd/{f}') and stat.S_IFMT(os.fstat(f).st_mode) in (stat.S_IFREG, stat.S_IFCHR) and '/files/' not in os.readlink(f'/proc/self/fd/{f}') and print('LOOT') is None]",
    "memory that is shared through a device": "import mmap, os; m = mmap.mmap(os.open('/dev/zero', os.O_RDWR), 1 << 20); print('LOOT')",
    "memory that the machine has set aside": "import ctypes; c = ctypes.CDLL(None, use_errno=True); c.syscall(9, 0, ctypes.c_long(2 << 20), 3, 0x40022, -1, 0); assert ctypes.get_errno() != 1; print('LOOT')",
    "rules of its own": "import ctypes; r = (ctypes.c_uint64 * 3)(0, 3, 0); assert ctypes.CDLL(None).syscall(444, r, ctypes.c_size_t(24), 0) >= 0; print('LOOT')",
    "a filter of its own": "import ctypes; b = ctypes.create_string_buffer(bytes.fromhex('060000000000ff7f')); v = (ctypes.c_uint64 * 2)(1, ctypes.addressof(b)); assert ctypes.CDLL(None).prctl(22, 2, v, 0, 0) == 0; print('LOOT')",
    "a filter of its own, asked for in 64 bits": "import ctypes; b = ctypes.create_string_buffer(bytes.fromhex('060000000000ff7f')); v = (ctypes.c_uint64 * 2)(1, ctypes.addressof(b)); assert ctypes.CDLL(None).syscall(157, ctypes.c_long(1 << 32 | 22), ctypes.c_long(2), v, ctypes.c_long(0), ctypes.c_long(0)) == 0; print('LOOT')",
    "marks on its own folder": "import os; os.setxattr('../..', 'user.x', b'x'); print('LOOT')",
    "a call that came later": "import ctypes; c = ctypes.CDLL(None, use_errno=True); assert c.syscall(467, -100, b'.', 0, 0, 0) >= 0 or ctypes.get_errno() != 38; print('LOOT')",
    "mounts, asked for one by one": "import ctypes; c = ctypes.CDLL(None, use_errno=True); r = (ctypes.c_uint64 * 4)(24, (1 << 64) - 1, 0, 0); m = (ctypes.c_uint64 * 64)(); assert c.syscall(458, r, m, ctypes.c_size_t(64), 0) > 0; print('LOOT')",
    "what is left to its user of a disk": "import ctypes, os; c = ctypes.CDLL(None, use_errno=True); c.syscall(443, os.open('/usr/lib', os.O_RDONLY), 0x80000700, 0, ctypes.create_string_buffer(128)); assert ctypes.get_errno() not in (1, 38); print('LOOT')",
    "a lock that is nobody's": "import fcntl, struct; fcntl.fcntl(open('x', 'w'), 37, struct.pack('hhqqi4x', 1, 0, 0, 1, 0)); print('LOOT')",
    "a child of its parent's": "import ctypes, os; p = ctypes.CDLL(None).syscall(56, ctypes.c_long(0x8000 | 17), 0, 0, 0, 0); p or os._exit(0); assert p > 0; print('LOOT')",
    "descriptors of two processes": "import ctypes, os; p = ctypes.CDLL(None).syscall(56, ctypes.c_long(0x400 | 17), 0, 0, 0, 0); p or os._exit(0); assert p > 0; print('LOOT')",
    "more timers than it needs": "import ctypes; c = ctypes.CDLL(None); t = ctypes.c_int(); assert all(c.syscall(222, 1, None, ctypes.byref(t)) == 0 for _ in range(2000)); print('LOOT')",
    "what the machine does": "import os; assert any(open('/proc/' + n).read() for n in ('diskstats', 'interrupts', 'vmstat', 'slabinfo', 'partitions', 'iomem') if os.path.exists('/proc/' + n)); print('LOOT')",
    "how the machine is set up": "import os; assert os.listdir('/proc/sys/fs'); print('LOOT')",
    "where it is counted": "assert any(not line.rstrip().endswith(':/') for line in open('/proc/self/cgroup')); print('LOOT')",
    "being spared when memory ends": "assert int(open('/proc/self/oom_score_adj').read()) < 1000; print('LOOT')",
    "rebooting": "import ctypes; assert ctypes.CDLL(None).reboot(0) == 0; print('LOOT')",
}


# Attacks that succeed where nothing holds them: what proves that the others failed because of the seal.
SUCCEED_UNSEALED = (
    "the pack",
    "the pack by import",
    "the grader's source",
    "a file of the user",
    "other processes",
    "whether there is a file of the user",
    "what happens in a folder",
    "another's processors",
    "sockets beside its own",
    "a second name for a socket",
    "how the machine was started",
    "handing over a descriptor",
    "memory in a socket",
    "the name of the machine",
    "a TCP connection",
    "a UDP packet",
    "a TCP server",
    "an abstract socket",
    "a socket in the file system",
    "a datagram to such a socket",
    "a datagram of a raw socket",
    "limits of another process",
    "signals to an owner",
    "memory that is shared by nobody",
    "memory in a pipe",
    "descriptors of one thread alone",
    "netlink",
    "calls of 32 bits",
    "reading the grader's memory",
    "a lease, asked for in 64 bits",
    "what happens in a folder, by its descriptor",
    "memory in a socket, asked for in 64 bits",
    "requests of the machine's",
    "memory that is shared through a device",
    "memory that the machine has set aside",
    "rules of its own",
    "marks on its own folder",
    "a lock that is nobody's",
    "a child of its parent's",
    "descriptors of two processes",
    "more timers than it needs",
    "what the machine does",
    "how the machine is set up",
)


def armed(attack: str, outside: dict[str, object]) -> str:
    """The attack with its targets filled in."""
    source = ATTACKS[attack]
    for name, target in outside.items():
        source = source.replace(f"<{name}>", repr(target))
    return source


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[dict[str, object]]:
    """What an attacker would like to have: a file, a server, a socket and the grader's process."""
    import socket

    secret = tmp_path / "secret.txt"
    secret.write_text("the solution")
    abstract = f"grader-test-{os.getpid()}"
    # Short, for a path of a socket; and beside the kernels' own folders.
    sockets = Path(tempfile.mkdtemp(prefix="grader-test-"))
    with (
        socket.socket() as server,
        socket.socket(socket.AF_UNIX) as unix,
        socket.socket(socket.AF_UNIX) as path,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as datagrams,
    ):
        path.bind(str(sockets / "path"))
        path.listen()
        datagrams.bind(str(sockets / "datagrams"))
        server.bind(("127.0.0.1", 0))
        server.listen()
        unix.bind("\0" + abstract)
        unix.listen()
        port = server.getsockname()[1]
        yield {
            "secret": str(secret),
            "port": port,
            "abstract": abstract,
            "path": str(sockets / "path"),
            "datagrams": str(sockets / "datagrams"),
            "parent": os.getpid(),
        }
    shutil.rmtree(sockets)
    assert secret.read_text() == "the solution"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret.txt"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_fails_and_the_next_cell_runs(sealed: KernelPool, outside: dict[str, object], attack: str):
    """Does the attack come to nothing, and leave a kernel that still works?"""
    with sealed.session(notebook(armed(attack, outside), "print(6 * 7)"), 3, QUICK) as session:
        session.run_cell(0)
        assert "LOOT" not in text(session, 0)
        if not session.alive:
            session.restart()
        assert session.run_cell(1).status == "ok"
        assert text(session, 1).strip() == "42"


def test_a_call_of_another_architecture_ends_the_kernel_at_once(sealed: KernelPool, outside: dict[str, object]):
    """Does the kernel die of it, and not stand still until the cell's time is over?"""
    with sealed.session(notebook(armed("calls of 32 bits", outside)), 3, QUICK) as session:
        assert session.run_cell(0).status == "dead"


@pytest.mark.parametrize("attack", SUCCEED_UNSEALED)
def test_without_the_seal_the_attack_succeeds(outside: dict[str, object], attack: str, unsealed: KernelPool):
    """Is it the seal that makes the attack fail, and not the way it is written?"""
    with unsealed.session(notebook(armed(attack, outside)), 3, QUICK) as session:
        session.run_cell(0)
        assert "LOOT" in text(session, 0)


OPEN = """
import json, os, numpy, tensorflow as tf
tf.keras.layers.LSTM(3)(numpy.ones((2, 3, 4), 'float32'))
found = {}
for name in os.listdir('/proc/self/fd'):
    try:
        found[name] = [os.readlink(f'/proc/self/fd/{name}'), open(f'/proc/self/fdinfo/{name}').read().split()[5]]
    except OSError:
        pass  # what listed them
mounts = {line.split()[0]: line.split()[4:6] for line in open('/proc/self/mountinfo')}
print(json.dumps([os.path.dirname(os.getcwd()), found, mounts]))
"""
NO_FILES = ("pipe:[", "socket:[", "anon_inode:[eventfd]", "anon_inode:[eventpoll]")


@pytest.mark.parametrize("generation", [2, 3])
def test_nothing_is_open_but_what_the_kernel_needs(sealed: KernelPool, generation: Generation):
    """Is each open descriptor a pipe, a socket, an event, or a file in the kernel's own memory?"""
    with sealed.session(notebook(OPEN), generation, QUICK) as session:
        assert session.run_cell(0).status == "ok"
        own, found, mounts = json.loads(text(session, 0).splitlines()[-1])
    assert len(found) > 20
    for number, (target, mount) in found.items():
        if not target.startswith(NO_FILES):
            assert target.startswith(f"{own}/"), (number, target)
            if "own-files" in offered().layers:
                assert mounts[mount][0] == own, (number, target)


FLOOD = """
import os
taken = 0
for number in range(3, 99):
    try:
        target = os.readlink(f'/proc/self/fd/{number}')
        if target.startswith('pipe:') and target not in [os.readlink(f'/proc/self/fd/{own}') for own in (0, 1, 2)]:
            os.set_blocking(number, True)
            while taken < 16 << 20:
                taken += os.write(number, b'x' * 65536)
    except OSError:
        pass
print('taken', taken)
"""


def test_what_is_written_behind_the_output_fills_nothing(sealed: KernelPool):
    """Is what a kernel writes to its first outputs taken, and only so much of it kept?"""
    with sealed.session(notebook(FLOOD, "print(6 * 7)"), 3, QUICK) as session:
        assert session.run_cell(0).status == "ok"
        assert 0 < int(text(session, 0).split()[-1]) <= 4 * TAKEN
        logs = [log.stat().st_size for log in Path(tempfile.gettempdir()).glob("grader-*/k*.log")]
        assert max(logs) <= KEPT
        assert session.run_cell(1).status == "ok"
        assert text(session, 1).strip() == "42"


def test_nothing_of_a_sealed_kernel_outlives_it(sealed: KernelPool):
    """Are processes that detach themselves gone when the session is closed?"""
    mark = f"seal-test-{os.getpid()}"
    source = (
        "import subprocess, sys\n"
        f"subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)', {mark!r}], start_new_session=True)"
    )
    with sealed.session(notebook(source), 3, QUICK) as session:
        assert session.run_cell(0).status == "ok"
        begun = time.monotonic() + 30
        while not running(mark) and time.monotonic() < begun:
            time.sleep(0.1)
        assert running(mark)
    deadline = time.monotonic() + 10
    while running(mark) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not running(mark)


def test_loops_and_programs_of_ones_own_work(sealed: KernelPool):
    """Do asyncio in a thread, several processes with their locks, and a program with pipes do what they should?"""
    source = (
        "import asyncio, concurrent.futures, multiprocessing, subprocess, sys\n"
        "async def waits(): await asyncio.sleep(0.01); return 'loop'\n"
        "print(concurrent.futures.ThreadPoolExecutor(1).submit(lambda: asyncio.run(waits())).result())\n"
        "print(await waits())\n"
        "def pooled():\n"
        "    with multiprocessing.get_context('fork').Pool(2) as pool: return pool.map(abs, [-1, -2])\n"
        "print(pooled())\n"
        "program = await asyncio.create_subprocess_exec(sys.executable, '-c', 'print(input())', stdin=-1, stdout=-1)\n"
        "print((await program.communicate(b'piped'))[0].decode())\n"
        "print(subprocess.run([sys.executable, '-c', 'import asyncio; asyncio.run(asyncio.sleep(0)); print(7)'], "
        "capture_output=True, text=True).stdout)\n"
    )
    with sealed.session(notebook(source), 3, QUICK) as session:
        session.run_cell(0)
        assert text(session, 0).split() == ["loop", "loop", "[1,", "2]", "piped", "7"]


def test_shell_lines_fail_without_ending_their_cell(sealed: KernelPool):
    """Does `!pip install` leave the lines after it to run?"""
    with sealed.session(notebook("!pip install six\n!echo hello\nprint('after')"), 3, QUICK) as session:
        assert session.run_cell(0).status == "ok"
        assert "after" in text(session, 0)
        assert "hello" in text(session, 0)


def running(mark: str) -> bool:
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(mark.encode() in line.read_bytes())
        except OSError:
            continue
    return any(found)
