"""Never coming to an end: loops, calls, output."""

from tests.hostile.attacks import Attack

ATTACKS = {
    "an endless loop": Attack("while True: pass", "timeout"),
    "a loop that swallows interrupts": Attack(
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass", "timeout"
    ),
    "a loop deaf to signals": Attack(
        "import signal\n"
        "for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}: signal.signal(number, signal.SIG_IGN)\n"
        "while True: pass",
        "timeout",
    ),
    "handlers that answer signals with more loops": Attack(
        "import signal\ndef again(*_):\n    while True: pass\n"
        "signal.signal(signal.SIGINT, again); signal.signal(signal.SIGTERM, again)\nagain()",
        "timeout",
    ),
    "a regular expression that backtracks": Attack("import re; re.match('(a+)+$', 'a' * 60 + 'b')", "timeout"),
    "a huge power": Attack("10 ** 10 ** 9", "timeout"),
    "a call that holds Python's lock": Attack("import ctypes; ctypes.PyDLL(None).sleep(1000)", "timeout"),
    "a thread that never lets go": Attack(
        "import ctypes, threading\n"
        "threading.Thread(target=ctypes.PyDLL(None).sleep, args=[1000]).start()\nimport time; time.sleep(1000)",
        "timeout",
    ),
    "a prompt": Attack("input('name?')", "answered"),
    "a password prompt": Attack("import getpass; getpass.getpass()", "answered"),
    "a wait for a child": Attack("import subprocess; subprocess.run(['sleep', '1000'])", "timeout"),
    "endless prints": Attack("while True: print('x' * 1000)", "timeout"),
    "endless errors": Attack("import sys\nwhile True: sys.stderr.write('x' * 1000)", "timeout"),
    "endless displays": Attack("while True: display('x' * 1000)", "timeout"),
    "endless bytes to the descriptor": Attack("import os\nwhile True: os.write(1, b'x' * 1000)", "timeout"),
    "endless clearing": Attack(
        "from IPython.display import clear_output\nwhile True: print('x'); clear_output()", "timeout"
    ),
    "one print of 200 MB": Attack("print('x' * (200 << 20))", "timeout|error|answered"),
    "a million displays without an end": Attack(
        "h = display('x', display_id=True)\nwhile True: h.update('x' * 1000)", "timeout"
    ),
    "an exception with a hostile text": Attack(
        "raise ValueError('<script>alert(1)</script>\\x1b[31m\\ud800' * 100_000)", "error"
    ),
    "an exception that cannot be shown": Attack(
        "class E(Exception):\n    def __str__(self): raise RuntimeError\nraise E", "error"
    ),
    "an exception that never ends to be shown": Attack(
        "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E", "timeout|error"
    ),
    "a chain of a thousand exceptions": Attack(
        "e = None\nfor _ in range(1000):\n    new = ValueError('x'); new.__cause__ = e; e = new\nraise e",
        "error|timeout",
    ),
}
