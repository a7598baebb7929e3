"""Reading what is none of its business: secrets, other students, the pack, the grader's memory.

What may be read at most is what `print` writes: the notebook and its result are searched for it.
"""

from tests.hostile.attacks import Attack, tried

# Every file beneath some folders that can be opened, as text.
EVERYTHING = """
import os
def everything(*tops):
    for top in tops:
        for folder, _, names in os.walk(top):
            for name in names:
                try: yield open(os.path.join(folder, name), errors='replace').read(1 << 20)
                except OSError: pass
"""
PROCESSES = """
import glob
for path in glob.glob('/proc/[0-9]*/{part}') + ['/proc/{{}}/{part}'.format(n) for n in (<grader>, <victim>)]:
    try: print(open(path, errors='replace').read())
    except OSError: pass
"""

ATTACKS = {
    "files in plain sight": Attack(
        "import os\n"
        + tried(
            "print(open('/etc/shadow').read(), <loot>)",
            "print(open('/etc/passwd').read(), <loot>)",
            "print(os.listdir(<home>), <loot>)",
            "print(os.listdir(<results>), <loot>)",
            "print(open(<secret>).read(), <loot>)",
            "os.symlink(<secret>, 'soft'); print(open('soft').read(), <loot>)",
            "os.link(<secret>, 'hard'); print(open('hard').read(), <loot>)",
            "print(os.popen('cat ' + <secret>).read())",
        )
    ),
    "any file in the home folder": Attack(EVERYTHING + "for text in everything(<home>): print(<loot>)"),
    "another student's notebook and result": Attack(EVERYTHING + "print(*everything(<results>))"),
    "other kernels' folders": Attack(
        EVERYTHING + "import glob\nprint(*everything('/tmp', '/var/tmp', '/dev/shm', *glob.glob('/tmp/grader-*')))"
    ),
    "the folders above": Attack(EVERYTHING + "print(*everything('../../../..'))"),
    "environment secrets": Attack("import os; print(dict(os.environ), os.popen('env').read())"),
    "environments of other processes": Attack(PROCESSES.format(part="environ")),
    "arguments of other processes": Attack(PROCESSES.format(part="cmdline")),
    "open files of other processes": Attack(
        "import glob\nfor path in glob.glob('/proc/[0-9]*/fd/*') + glob.glob('/proc/[0-9]*/task/*/fd/*'):\n"
        "    try: print(open(path, errors='replace').read(1 << 16)) if 'self' not in path else None\n"
        "    except (OSError, ValueError): pass",
        "answered|error|timeout",
    ),
    "the working folders of other processes": Attack(
        EVERYTHING + "print(*everything(f'/proc/{<grader>}/cwd', f'/proc/{<victim>}/root' + <results>))"
    ),
    "the grader's memory": Attack(
        "for pid in (<grader>, <victim>):\n"
        "    try:\n        with open(f'/proc/{pid}/maps') as maps, open(f'/proc/{pid}/mem', 'rb') as memory:\n"
        "            for line in maps:\n"
        "                begin, end = (int(part, 16) for part in line.split()[0].split('-'))\n"
        "                if '[stack]' in line: memory.seek(begin); print(memory.read(end - begin), <loot>)\n"
        "    except OSError as error: print(error)"
    ),
    "the grader's memory by a system call": Attack(
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True); buffer = ctypes.create_string_buffer(8)\n"
        "vector = (ctypes.c_uint64 * 2)(ctypes.addressof(buffer), 8)\n"
        "for pid in (<grader>, <victim>):\n"
        "    n = libc.process_vm_readv(pid, vector, 1, vector, 1, 0)\n"
        "    if n >= 0 or ctypes.get_errno() == 14: print(<loot>)\n"
        "    if libc.ptrace(16, pid, 0, 0) == 0: print(<loot>)"
    ),
    "the pack's sources": Attack(
        EVERYTHING + "print(*everything(<pack>)); open(<pack> + '/recurrent/cells.py')", "error"
    ),
    "the pack by import": Attack("import reference.recurrent.cells as cells; print(cells and <loot>)", "error"),
    "the pack among loaded modules": Attack(
        "import gc, sys\nfor name, module in list(sys.modules.items()):\n"
        "    if name.startswith(('reference', 'grader.pack.questions', 'grader.grading', 'grader.answer')): print(<loot>)\n"
        "for o in gc.get_objects():\n"
        "    if getattr(type(o), '__module__', '').startswith('reference'): print(<loot>)"
    ),
    "the pack by inspection": Attack(
        "import importlib.util, inspect, linecache, pkgutil, sys\n"
        "for name in ('reference', 'reference.recurrent.cells', 'reference.q04_lstm', 'grader.grading.judge'):\n"
        "    try:\n        spec = importlib.util.find_spec(name)\n"
        "        print(spec.loader.get_source(name), <loot>) if spec and spec.loader and spec.has_location else None\n"
        "    except (ImportError, OSError) as error: print(error)"
    ),
    "the pack in the memory of the fork": Attack(
        # Is a sentence of the pack in what the kernel has from its parent? Written so that it is not itself found.
        "needle = bytes(reversed(b'etadidnac eht dna setag owt'))\n"
        "with open('/proc/self/maps') as maps, open('/proc/self/mem', 'rb') as memory:\n"
        "    for line in list(maps):\n"
        "        begin, end = (int(part, 16) for part in line.split()[0].split('-'))\n"
        "        try:\n"
        "            memory.seek(begin) if '[heap]' in line else None\n"
        "            if '[heap]' in line and memory.read(end - begin).count(needle) > 1: print(<loot>)\n"
        "        except OSError: pass"
    ),
    "the answers beside the pack": Attack(EVERYTHING + "print(*everything(<submissions>))"),
}
