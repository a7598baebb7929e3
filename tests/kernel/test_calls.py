"""What a filter of system calls refuses and what it lets through, in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from grader.kernel.seal.offer import offered

OLDER_AND_YOUNGER = """
import ctypes, os, signal, subprocess, sys, threading
from grader.kernel.seal import calls
older = int(sys.argv[1])
calls.keep_from_older_processes(os.getpid())
libc = ctypes.CDLL(None, use_errno=True)

def refused(work):
    try:
        work()
    except PermissionError:
        return True
    return False

assert refused(lambda: os.kill(older, signal.SIGTERM))
assert refused(lambda: os.kill(-1, 0))
assert refused(lambda: os.killpg(os.getpgid(older), signal.SIGTERM))
assert refused(lambda: os.sched_setscheduler(older, os.SCHED_IDLE, os.sched_param(0)))
assert libc.syscall(62, ctypes.c_long(1 << 32 | older), 15) == -1 and ctypes.get_errno() == 1
assert libc.tgkill(older, older, 15) == -1 and ctypes.get_errno() == 1

younger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
younger.terminate()
assert younger.wait(10) == -signal.SIGTERM
signal.signal(signal.SIGUSR1, lambda *_: None)
signal.raise_signal(signal.SIGUSR1)
os.kill(os.getpid(), signal.SIGUSR1)
thread = threading.Thread(target=lambda: None)
thread.start(); thread.join()
print("held")
"""


@pytest.mark.skipif(not offered().enough, reason="this machine has no filters of system calls")
def test_older_processes_are_not_reached_and_younger_ones_are() -> None:
    """Are signals, and another rank, refused for what was there before, and what was started oneself ended as ever?"""
    older = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        command = [sys.executable, "-c", OLDER_AND_YOUNGER, str(older.pid)]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert ended.stdout == "held\n", ended.stderr
        assert older.poll() is None
    finally:
        older.kill()
        older.wait()
