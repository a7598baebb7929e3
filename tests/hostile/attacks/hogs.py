"""Using up the machine. Every hog stops by itself where nothing stops it: at 6 GB, 3,000 processes, 1 GB of files."""

from tests.hostile.attacks import Attack

# A process is known outside by its name: `prctl(PR_SET_NAME)`, which forks inherit.
NAMED = "import ctypes, os, time; ctypes.CDLL(None).prctl(15, <mark>.encode())\n"
FILL = "block = lambda: bytearray(os.urandom(1 << 20)) * 64\n"

LONG = 30
"""Memory and files must run into their own limits, and not into that of the time."""

MEMORY = {
    "memory of one process": Attack(
        NAMED + FILL + "held = [block() for _ in range(96)]; print(<loot>)", "error", cell_s=LONG
    ),
    "memory spread over children": Attack(
        NAMED + FILL + "for _ in range(12):\n"
        "    if os.fork() == 0: held = [block() for _ in range(8)]; time.sleep(60); os._exit(0)\n"
        "    time.sleep(.05)\n"
        "time.sleep(20); print(<loot>)",
        "error",
        cell_s=LONG,
    ),
    "memory shared by a mapping": Attack(
        NAMED + "import mmap\nheld, data = [], os.urandom(64 << 20)\nfor _ in range(96):\n"
        "    held.append(mmap.mmap(-1, 64 << 20)); held[-1].write(data)\ntime.sleep(2); print(<loot>)",
        "error",
        cell_s=LONG,
    ),
    "memory of files without a name": Attack(
        NAMED + "data, held = os.urandom(32 << 20), []\n"
        "for n in range(192): held.append(os.memfd_create('m')); os.write(held[-1], data)\n"
        "time.sleep(2); print(<loot>)",
        "error",
        cell_s=LONG,
    ),
    "memory of one such file": Attack(
        NAMED + "file, data = os.memfd_create('m'), os.urandom(64 << 20)\n"
        "for _ in range(96): os.write(file, data)\nprint(<loot>)",
        "error",
        cell_s=LONG,
    ),
    "memory of tensors": Attack(
        NAMED + "import tensorflow as tf\nheld = [tf.ones((16, 1 << 20)) for _ in range(96)]; print(<loot>)",
        "error",
        cell_s=LONG,
    ),
    "an array of 8 TB": Attack("import numpy as np; np.ones((1 << 40,)); print(<loot>)", "error"),
    "a string that doubles": Attack("s = 'x'\nwhile len(s) < 6 << 30: s += s\nprint(<loot>)", "error", cell_s=LONG),
    "a pickle that unpacks to more and more": Attack(
        # A list of two references to the list before, thirty times: small until it is written out.
        "import pickle\npickled = b'(l.'\nx = ['x' * 64]\nfor _ in range(30): x = [x, x]\n"
        "text = repr(pickle.loads(pickle.dumps(x))); print(<loot>)",
        "error",
        cell_s=LONG,
    ),
    "a pickle nested a million deep": Attack(
        "import pickle; print(repr(pickle.loads(b'(' * 10 ** 6 + b'l' * 10 ** 6 + b'.'))[:10])", "error|answered"
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
        behind="either",  # whether TensorFlow finds room for its own threads
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
