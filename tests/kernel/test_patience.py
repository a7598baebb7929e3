"""Time limits that others cannot make a notebook reach, and that nobody can put off for himself."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from grader.kernel.bounds.patience import BY_THE_CLOCK, Patience, Schedule, look
from grader.kernel.bounds.processors import Processors, available, keep_to

pytestmark = pytest.mark.skipif(not look(os.getpid()).waited, reason="this system does not tell who waits")

LIMIT_S = 1.5
SPIN = "while True: pass"
# Half of the limit's time of a processor, counted by the process itself, then a line.
WORK = "import time\nwhile time.process_time() < 0.75: pass\nprint('done', flush=True)\ntime.sleep(600)"
BROOD = """
import os
while True:
    if os.fork() == 0:
        for _ in range(10**6): pass
        os._exit(0)
    os.wait()
"""
FAMILY = "import os\nfor _ in range(4): os.fork()\nwhile True: pass"

HIDING = {
    "ignored": "import signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\n",
    "not to be waited for": """
import ctypes, signal
class Action(ctypes.Structure):
    _fields_ = [("handler", ctypes.c_void_p), ("mask", ctypes.c_ulong * 16), ("flags", ctypes.c_int)]
    _fields_ += [("restorer", ctypes.c_void_p)]
assert ctypes.CDLL(None).sigaction(signal.SIGCHLD, ctypes.byref(Action(flags=2)), None) == 0
""",
}
# One child after the other, each of which runs for less than a look takes to come. Prints what all have run.
HIDDEN = """
import os, time
def burn():
    end = time.process_time() + 0.04
    while time.process_time() < end: pass
ran = 0
while True:
    child = os.fork()
    if child == 0:
        burn()
        os._exit(0)
    burn()
    while os.path.exists(f"/proc/{child}"): time.sleep(0.001)
    ran += 0.08
    print(ran, flush=True)
"""


@contextmanager
def running(*sources: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes that share one processor, each with its own children, in sessions of their own."""
    [processor, *_] = available()
    with ExitStack() as stack:
        started = []
        for source in sources:
            command = ["import os", f"os.sched_setaffinity(0, {{{processor}}})", source]
            one = subprocess.Popen(
                [sys.executable, "-c", "\n".join(command)], stdout=subprocess.PIPE, start_new_session=True
            )
            started.append(one)
            stack.callback(one.wait)
            stack.callback(os.killpg, one.pid, 9)
        yield started


def reached(patience: Patience, within_s: float) -> bool:
    """Whether the limit comes within so much time by the clock."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if patience.left() == 0:
            return True
        time.sleep(0.05)
    return False


def test_waiting_for_others_reaches_no_limit():
    """Does work that others delay past its limit come to its end before the limit is reached?"""
    with running(*[SPIN] * 3, WORK) as started:
        patience = Patience(started[-1].pid, LIMIT_S)
        begun = time.monotonic()
        assert started[-1].stdout is not None
        assert started[-1].stdout.readline() == b"done\n"
        if time.monotonic() - begun < BY_THE_CLOCK * LIMIT_S:
            assert patience.left() > 0
        assert patience.used() <= LIMIT_S


def test_sleep_reaches_a_limit():
    """Is a limit reached by who waits for nobody?"""
    with running("import time; time.sleep(600)") as [one]:
        patience = Patience(one.pid, LIMIT_S)
        assert reached(patience, 1.5 * LIMIT_S)
        assert not reached(Patience(one.pid, 60), LIMIT_S)


@pytest.mark.parametrize(
    ("ran", "waited", "longest"),
    [
        ([0.3], [1.2], 1.2),  # others had the processor
        ([1.5], [0.0], 0.0),
        ([0.1] * 15, [1.4] * 15, 0.0),  # its own threads had it
        ([0.05] * 10, [1.4] * 10, 1.0),  # both
        ([0.0, 0.2], [0.0, 0.9], 0.9),  # one sleeps
        ([], [], 0.0),
    ],
)
def test_waiting_for_ones_own_puts_off_nothing(ran: list[float], waited: list[float], longest: float):
    """Of 1.5 s on one processor, does only that count in which others had it?"""
    now = Schedule(dict(enumerate(waited)), sum(ran))
    assert now.waited_for_others(Schedule({}), 1.5, 1) == pytest.approx(longest)
    later = Schedule({number: 7 + wait for number, wait in now.waited.items()}, 5 + now.ran)
    before = Schedule(dict.fromkeys(now.waited, 7.0), 5.0)
    assert later.waited_for_others(before, 1.5, 1) == pytest.approx(longest)


def test_what_a_family_runs_is_used():
    """Do sixteen processes of one notebook that wait for one another use up at least what they run together?"""
    with running(FAMILY) as [one]:
        before, patience = look(one.pid), Patience(one.pid, LIMIT_S)
        reached(patience, BY_THE_CLOCK * LIMIT_S)
        assert len(look(one.pid).waited) == 16
        assert patience.used() >= look(one.pid).ran - before.ran - 0.2


def test_what_has_ended_is_used():
    """Do children that end and are waited for use up what they ran, as if they were there?"""
    with running(BROOD) as [one]:
        before, patience = look(one.pid), Patience(one.pid, LIMIT_S)
        reached(patience, BY_THE_CLOCK * LIMIT_S)
        ran = look(one.pid).ran - before.ran
        assert ran > 0
        assert patience.used() >= ran - 0.2


@pytest.mark.parametrize("way", HIDING)
def test_what_nobody_waits_for_is_used(way: str):
    """Do children that end without a trace use up most of what they ran, however their parent hides them?"""
    with running(HIDING[way] + HIDDEN) as [one]:
        patience = Patience(one.pid, LIMIT_S)
        reached(patience, BY_THE_CLOCK * LIMIT_S)
        used = patience.used()
        os.killpg(one.pid, 9)
        assert one.stdout is not None
        ran = float(one.stdout.read().split()[-1])
        assert ran > 0
        assert used >= 0.8 * ran - 0.2


def test_a_family_that_changes_waits_for_nobody():
    """Is a time in which somebody has come or gone counted as used, and only that?"""
    before = Schedule({1: 5.0}, 3.0, frozenset({1}))
    later = Schedule({1: 6.0}, 3.5, frozenset({1}))
    with_child = Schedule({1: 7.0, 2: 0.5}, 3.6, frozenset({1, 2}))
    too_many = Schedule({1: 9.0}, 3.6, None)
    account = Schedule({}).then(before, later, 1.5, 1)
    assert (account.waited, account.ran) == ({1: 1.0}, 0.5)
    for changed, now in ((later, with_child), (with_child, later), (with_child, too_many), (too_many, too_many)):
        assert account.then(changed, now, 1.5, 2).waited == account.waited
        assert account.then(changed, now, 1.5, 2).ran == pytest.approx(account.ran + 3.0)
    account = account.then(later, with_child, 1.5, 1).then(with_child, with_child, 9.0, 1)
    assert account.waited_for_others(Schedule({}), 12.0, 1) == pytest.approx(1.0)


def test_there_is_a_limit_by_the_clock():
    """Is a limit reached at last, whatever was waited for?"""
    with running(*[SPIN] * 40, "import time\nwhile True: pass") as started:
        patience = Patience(started[-1].pid, 0.2)
        assert reached(patience, 10 * BY_THE_CLOCK * 0.2)


def test_what_has_ended_has_no_schedule():
    """Is nothing said of a process that is not there?"""
    assert look(2**22 + 1) == Schedule({})
    assert Patience(2**22 + 1, 0.0).left() == 0


@pytest.mark.parametrize(
    ("beside", "numbers", "parts"),
    [
        (1, [0, 1, 2, 3], [(0, 1, 2, 3)]),
        (2, [0, 1, 2, 3], [(0, 1), (2, 3)]),
        (2, [0, 1, 2, 3, 4], [(0, 1), (2, 3)]),
        (3, [4, 5], [(4,), (5,), (4,)]),
        (2, [], [(), ()]),
    ],
)
def test_processors_are_dealt_out(beside: int, numbers: list[int], parts: list[tuple[int, ...]]):
    """Has each of so many kernels a part of its own, while there are enough?"""
    processors = Processors(beside, numbers)
    with ExitStack() as stack:
        assert [stack.enter_context(processors.part()) for _ in parts] == parts
    with processors.part() as again:
        assert again == parts[0]


def test_a_process_keeps_to_its_processors():
    """Does a process, with what it starts, run on its part alone?"""
    before = available()
    try:
        keep_to((before[-1],))
        shown = subprocess.run(
            [sys.executable, "-c", "import os; print(sorted(os.sched_getaffinity(0)))"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert shown.stdout.strip() == f"[{before[-1]}]"
    finally:
        os.sched_setaffinity(0, before)
