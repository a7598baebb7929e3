"""Using up the machine. Every hog stops by itself where nothing stops it: at 6 GB, 3,000 processes, 1 GB of files."""

from tests.hostile.attacks import Attack

# A process is known outside by its name: `prctl(PR_SET_NAME)`, which forks inherit.
NAMED = "import ctypes, os, time; ctypes.CDLL(None).prctl(15, <mark>.encode())\n"
FILL = "block = lambda: bytearray(os.urandom(1 << 20)) * 64\n"

MEMORY = {
    "memory of one process": Attack(
        NAMED + FILL + "held = [block() for _ in range(96)]; print(<loot>)",
        "error",
    ),
    "memory spread over children": Attack(
        NAMED + FILL + "for _ in range(12):\n"
        "    if os.fork() == 0: held = [block() for _ in range(8)]; time.sleep(60); os._exit(0)\n"
        "    time.sleep(.05)\n"
        "time.sleep(8); print(<loot>)",
        "error|timeout",
    ),
    "memory shared by a mapping": Attack(
        NAMED + "import mmap\nheld, data = [], os.urandom(64 << 20)\nfor _ in range(96):\n"
        "    held.append(mmap.mmap(-1, 64 << 20)); held[-1].write(data)\nprint(<loot>)",
        "error|timeout",
    ),
    "memory of a file": Attack(
        NAMED + "file = os.memfd_create('m')\nfor _ in range(96): os.write(file, os.urandom(64 << 20))\n"
        "assert os.fstat(file).st_size > 4 << 30; print(<loot>)",
        "error",
    ),
    "memory of tensors": Attack(
        NAMED + "import tensorflow as tf\nheld = [tf.ones((16, 1 << 20)) for _ in range(96)]; print(<loot>)",
        "error",
    ),
    "a sparse array without end": Attack("import numpy as np; np.ones((1 << 40,)); print(<loot>)", "error"),
    "a string that doubles": Attack("s = 'x'\nwhile len(s) < 6 << 30: s += s\nprint(<loot>)", "error"),
    "a pickle that grows": Attack(
        "import pickle\nbomb = b'(lp0\\n' + b'(lp0\\n' * 10 ** 6 + b'a' * 10 ** 6 + b'.'\n"
        "pickle.loads(b'\\x8c\\x01x' + b''.join(b'2\\x86' for _ in range(10 ** 6)) + b'.')\nprint(repr(pickle.loads(bomb)))",
        "error|timeout",
    ),
}

FILES = {
    "one huge file": Attack(
        "with open('big', 'wb') as f:\n    for _ in range(1024): f.write(bytes(1 << 20))\nprint(<loot>)", "error"
    ),
    "huge files in every folder": Attack(
        "import os, tempfile\nfor folder in ('.', os.path.expanduser('~'), tempfile.gettempdir(), '/dev/shm'):\n"
        "    for n in range(16):\n"
        "        with open(f'{folder}/big{n}', 'wb') as f: f.write(bytes(16 << 20))\nprint(<loot>)",
        "error",
    ),
    "an open file without a name": Attack(
        "import os\nf = open('big', 'wb'); os.unlink('big')\nfor _ in range(1024): f.write(bytes(1 << 20))\nprint(<loot>)",
        "error",
    ),
    "very many small files": Attack(
        "for n in range(100_000): open(str(n), 'w').close()\nprint(<loot>)", "error|timeout"
    ),
    "very deep folders": Attack(
        "import os\nfor n in range(30_000): os.mkdir('d'); os.chdir('d')\nprint(<loot>)", "error|timeout"
    ),
    "very long names and links": Attack(
        "import os\nfor n in range(30_000): os.symlink('x' * 4000, 'n' * 200 + str(n))\nprint(<loot>)", "error|timeout"
    ),
}

PROCESSES = {
    "a fork bomb": Attack(
        NAMED
        + "start = time.time()\nfor n in range(12):\n    try: os.fork()\n    except OSError: pass\ntime.sleep(20)",
        "error|timeout",
    ),
    "a bomb of threads": Attack(
        "import threading, time\n"
        "for n in range(3000): threading.Thread(target=time.sleep, args=[600], daemon=True).start()\nprint(<loot>)",
        "error|timeout",
        behind="lost",
    ),
    "a bomb of shells": Attack(
        "import subprocess\nheld = [subprocess.Popen(['sleep', '60', <mark>]) for _ in range(600)]\nprint(<loot>)",
        "error|timeout",
    ),
    "detached daemons": Attack(
        NAMED
        + "for _ in range(5):\n    if os.fork() == 0:\n        os.setsid()\n        if os.fork() == 0: time.sleep(600)\n"
        "        os._exit(0)"
    ),
    "daemons deaf to signals": Attack(
        NAMED + "import signal\nif os.fork() == 0:\n    os.setsid()\n"
        "    for s in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}: signal.signal(s, signal.SIG_IGN)\n"
        "    if os.fork(): os._exit(0)\n    os.closerange(0, 1000); time.sleep(600)"
    ),
    "a daemon in another guise": Attack(
        "import subprocess; subprocess.Popen(['sleep', '600', <mark>], start_new_session=True, env={}, cwd='/')"
    ),
    "a daemon that forks on and on": Attack(
        NAMED + "if os.fork() == 0:\n    os.setsid()\n    for _ in range(2000):\n"
        "        if os.fork(): os._exit(0)\n        time.sleep(.02)\n    os._exit(0)"
    ),
    "a twin of the kernel": Attack(NAMED + "os.fork()"),
    "all descriptors": Attack(
        "import os\nheld = [os.open('/dev/null', 0) for _ in range(5000)]; print(<loot>)", "error", "kept"
    ),
}
ATTACKS = MEMORY | FILES | PROCESSES
