"""An honest notebook whose time is short keeps its answers, whatever runs beside it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from grader.kernel.bounds.limits import Limits
from grader.kernel.bounds.processors import available
from grader.kernel.pool import KernelPool
from grader.kernel.seal.offer import SEAL, offered
from tests.benchmarks.fairness import busy
from tests.kernels import notebook, text

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not offered().enough, reason="this machine offers neither Landlock nor user namespaces"),
    pytest.mark.skipif(len(available()) < 2, reason="one processor cannot be shared out"),
]

# A fixed amount of work, such as making data.
HONEST = "n = 0\nwhile n < 12_000_000: n += 1\nprint(n)"
HOGS = {
    "a hundred processes": "import os\nfor _ in range(99):\n    if os.fork() == 0:\n        os.setsid()\n        while True: pass\nwhile True: pass",
    "a hundred threads": "import hashlib, threading\ndata = bytes(1 << 24)\ndef spin():\n    while True: hashlib.sha256(data).digest()\nfor _ in range(99): threading.Thread(target=spin, daemon=True).start()\nspin()",
    "processes without end": "import os\nwhile True:\n    if os.fork() == 0: os._exit(0)\n    os.wait()",
    "memory that is copied": "import os\nblock = bytearray(256 << 20)\nfor _ in range(7):\n    if os.fork() == 0: break\nwhile True: block[:] = bytes(len(block))",
    "files without end": "import os\nwhile True:\n    with open('f', 'wb') as f: f.write(bytes(32 << 20))\n    os.remove('f')",
    "output without end": "while True: print('x' * 1000)",
    "messages of many megabytes": "from IPython.display import display, HTML\nwhile True: display(HTML('x' * (30 << 20)))",
    "another's processors": "import os, ctypes\nfor _ in range(50):\n    if os.fork() == 0: break\nfor n in range(64):\n    try: os.sched_setaffinity(0, {n})\n    except OSError: pass\nwhile True: pass",
}
FEWER = Limits(cell_s=60, memory_bytes=3 << 30)


@pytest.fixture(scope="module")
def beside() -> Iterator[KernelPool]:
    """Kernels for two notebooks side by side."""
    with KernelPool(seal=SEAL, beside=2) as made:
        yield made


@pytest.fixture(scope="module")
def short(beside: KernelPool) -> Limits:
    """A limit that is short for the honest work: three times what it takes alone."""
    with beside.session(notebook(HONEST), 3, FEWER) as session:
        alone = session.run_cell(0)
    assert alone.status == "ok"
    return Limits(cell_s=3 * alone.duration_s + 1, grace_s=1)


@contextmanager
def hogging(pool: KernelPool, source: str) -> Iterator[None]:
    """A hog at work, from when it has begun to when the block ends."""
    begun, over = threading.Event(), threading.Event()

    def hog() -> None:
        with pool.session(notebook("pass", source), 3, FEWER) as session:
            session.run_cell(0)
            begun.set()
            working = threading.Thread(target=session.run_cell, args=(1,))
            working.start()
            over.wait()
            if session._kernel is not None:
                pool._loop.wait(session._kernel.kill())
            working.join()

    thread = threading.Thread(target=hog)
    thread.start()
    assert begun.wait(120)
    try:
        yield
    finally:
        over.set()
        thread.join()


@pytest.mark.parametrize("hog", HOGS)
def test_a_hog_takes_no_time_of_its_neighbour(beside: KernelPool, short: Limits, hog: str):
    """Does a notebook that needs a third of its time alone come to its end beside a hog?"""
    with hogging(beside, HOGS[hog]), beside.session(notebook(HONEST), 3, short) as session:
        run = session.run_cell(0)
        assert (run.status, text(session, 0).strip()) == ("ok", "12000000")


def test_a_loaded_machine_takes_no_time(beside: KernelPool, short: Limits):
    """Does it come to its end where everything else on the machine is busy, too?"""
    with busy(), busy(), busy(), beside.session(notebook(HONEST), 3, short) as session:
        run = session.run_cell(0)
        assert (run.status, text(session, 0).strip()) == ("ok", "12000000")
        assert run.duration_s <= short.cell_s


# On the kernel's own connection for output, past all that would keep messages in form.
RAW = """
import os, select, socket
for number in range(3, 120):
    try:
        one = socket.socket(fileno=os.dup(number))
        one.getpeername()
        output = number if str(one.getsockname()).endswith('s-2') else None
    except OSError:
        continue
    if output is not None: break
def put(data):
    data = memoryview(data)
    while data:
        select.select([], [output], [])
        data = data[os.write(output, data):]
"""
FLOODS = {
    "empty frames": RAW
    + "while True:\n    for _ in range(250): put(b'\\x01\\x00' * (1 << 17))\n    put(b'\\x00\\x00')",
    "empty messages": RAW + "while True: put(b'\\x00\\x00' * (1 << 17))",
    "commands": RAW + "while True: put(b'\\x04\\x07\\x04PING\\x00\\x00' * (1 << 14))",
    "displays of one name": """
from IPython.display import clear_output, publish_display_data
while True:
    for _ in range(9_000): publish_display_data({'text/plain': ''}, transient={'display_id': 'one'})
    clear_output()
""",
    "displays of many names": """
from IPython.display import clear_output, publish_display_data
while True:
    for n in range(5_000): publish_display_data({'text/plain': ''}, transient={'display_id': str(n)})
    for _ in range(500): clear_output()
""",
    "many values": "from IPython.display import publish_display_data\nmany = {'text/plain': '', 'a': [[]] * 450_000}\nwhile True: publish_display_data(many)",
}


def cells(pool: KernelPool) -> float:
    """How long some cells take that send many small messages, in seconds."""
    with pool.session(notebook(*["for n in range(20): print(n, flush=True)"] * 20), 3, FEWER) as session:
        begun = time.monotonic()
        assert all(session.run_cell(index).status == "ok" for index in range(20))
        return time.monotonic() - begun


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_of_messages_holds_up_nobody(beside: KernelPool, flood: str):
    """Do the messages of a notebook come through beside one that sends without end?"""
    alone = cells(beside)
    with hogging(beside, FLOODS[flood]):
        assert cells(beside) < 6 * alone + 2
