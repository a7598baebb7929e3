"""Ending the kernel, its parent, its group, or everybody."""

from tests.hostile.attacks import Attack

ATTACKS = {
    "os._exit": Attack("import os; os._exit(0)", "error"),
    "sys.exit": Attack("import sys; sys.exit()", "error"),
    "the shell's exit": Attack("exit()", "answered|error"),
    "a program in its place": Attack("import os; os.execv('/bin/sleep', ['sleep', '600', <mark>])", "error|timeout"),
    "a crash": Attack("import ctypes; ctypes.string_at(0)", "error"),
    "an abort": Attack("import os; os.abort()", "error"),
    "a kill of itself": Attack("import os; os.kill(os.getpid(), 9)", "error|answered"),
    # The first process of a namespace cannot be stopped from inside; without namespaces this is a timeout.
    "a stop of itself": Attack("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", "timeout|answered"),
    "a kill of its parent": Attack("import os; os.kill(os.getppid(), 9)"),
    "a kill of the grader": Attack("import os; os.kill(<grader>, 9)", "error"),
    "a kill of its group": Attack("import os, time; os.killpg(0, 9); time.sleep(1)", "answered|error"),
    "a kill of everybody": Attack("import os; os.kill(-1, 9)"),
    "a kill of every number": Attack(
        "import os\nfor pid in range(2, 70_000):\n    try: os.kill(pid, 9)\n    except OSError: pass"
    ),
    "closed descriptors": Attack("import os; os.closerange(3, 200)", "error|timeout|answered"),
    "another file in the place of each descriptor": Attack(
        "import os\nn = os.open('/dev/null', 2)\nfor i in range(64): os.dup2(n, i)", "error|timeout|answered"
    ),
    "bottomless recursion": Attack(
        "import sys; sys.setrecursionlimit(10 ** 9)\ndef f(): return f()\nf()", "error|timeout"
    ),
    "bottomless recursion in C": Attack(
        "import sys; sys.setrecursionlimit(10 ** 9)\nx = []\nfor _ in range(10 ** 6): x = [x]\nprint(x)",
        "error|timeout",
    ),
    "a write into the interpreter": Attack(
        "import ctypes\nctypes.memmove(id(None), bytes(64), 64)\nctypes.memset(id(True), 0, 24)",
        "error|timeout|answered",
    ),
    "limits that leave nothing": Attack(
        "import resource as r\nfor kind in (r.RLIMIT_AS, r.RLIMIT_DATA, r.RLIMIT_NOFILE, r.RLIMIT_CPU):\n"
        "    r.setrlimit(kind, (1, r.getrlimit(kind)[1]))",
        "error|timeout|answered",
        # One second of a processor: whether it is used up in this cell or in a later one, a machine's speed decides.
        "either",
    ),
    "limits raised": Attack(
        "import resource as r\nfor kind in (r.RLIMIT_AS, r.RLIMIT_DATA, r.RLIMIT_NOFILE, r.RLIMIT_FSIZE):\n"
        "    try: r.setrlimit(kind, (r.RLIM_INFINITY,) * 2); print(<loot>)\n    except (ValueError, OSError): pass"
    ),
    "an alarm": Attack("import signal, time; signal.setitimer(signal.ITIMER_REAL, .5); time.sleep(600)", "error"),
}
