"""Changing what is not its own: files outside, files for later kernels, everything that can be written."""

from tests.hostile.attacks import Attack, tried

WRITE = """
import os
def write(*folders, name=<mark> + '.py', text='print(1)'):
    for folder in folders:
        try:
            with open(os.path.join(os.path.expanduser(folder), name), 'a') as file: file.write(text)
        except OSError as error: print(error)
"""


ATTACKS = {
    "a file of the user": Attack(
        "import os, shutil\n"
        + tried(
            "open(<secret>, 'a').write('x')",
            "open(<secret> + '.new', 'w').write('x')",
            "os.truncate(<secret>, 0)",
            "os.remove(<secret>)",
            "os.rename(<secret>, 'mine')",
            "os.replace(__file__ if '__file__' in globals() else '.', <secret>)",
            "os.link(<secret>, 'hard'); open('hard', 'w')",
            "os.symlink(<secret>, 'soft'); open('soft', 'w')",
            "os.mkdir(<folder> + '/new')",
            "open(<results> + '/other/result.json', 'w').write('{}')",
            "shutil.rmtree(<results>)",
        )
    ),
    "other rights": Attack("import os; os.chmod(<secret>, 0o640)"),
    "other times": Attack("import os; os.utime(<secret>, (0, 0))"),
    "public folders": Attack(WRITE + "write(<home>, '/tmp', '/var/tmp', '/dev/shm', '/run', '/', '/etc', '/opt')"),
    "a folder of packages": Attack(WRITE + "import numpy; write(os.path.dirname(os.path.dirname(numpy.__file__)))"),
    # What Python and IPython run when they start: in the next kernel, if it had the same folders.
    "files for later kernels": Attack(
        WRITE + "import site, sys, sysconfig\n"
        "poison = 'open(' + repr(<secret>) + ', \"a\").write(\"x\"); raise SystemExit(1)'\n"
        "for name in ('sitecustomize.py', 'usercustomize.py', <mark> + '.pth', 'numpy.py', 'keras.py', 'json.py'):\n"
        "    for folder in {'.', '~', '~/..', '/tmp', site.getusersitepackages(), *site.getsitepackages(), *sys.path}:\n"
        "        if <mark> in name or folder.startswith(('.', '~', '/tmp')): write(folder, name=name, text=poison)\n"
        "os.makedirs(os.path.expanduser('~/.ipython/profile_default/startup'), exist_ok=True)\n"
        "write('~/.ipython/profile_default/startup', name='00.py', text=poison)\n"
        "write('~/.ipython/profile_default', name='ipython_config.py', text=poison); os._exit(0)",
        "error",
    ),
    "all files that it may write": Attack(
        "import os, shutil\n"
        "for top in ('.', '..', '../..', '../../..', <folder>, '/dev/shm'): shutil.rmtree(top, ignore_errors=True)"
    ),
    "its own sockets": Attack(
        "import glob, os\nfor path in glob.glob('../../*'):\n    try: os.remove(path)\n    except OSError: pass"
    ),
    "write-protected folders": Attack(
        "import os; os.makedirs('a/b'); open('a/b/c', 'w').close(); os.chmod('a/b', 0); os.chmod('a', 0o500)\n"
        "os.chmod('.', 0)"
    ),
    "the machine": Attack(
        "import ctypes, os, socket, time\nlibc = ctypes.CDLL(None)\n"
        + tried(
            "time.clock_settime(time.CLOCK_REALTIME, 0); print(<loot>)",
            "socket.sethostname(<mark>); print(<loot>)",
            "assert libc.mount(b'none', b'/tmp', b'tmpfs', 0, None) == 0; print(<loot>)",
            "assert libc.unshare(0x10000000) == 0; print(<loot>)",
            "assert libc.reboot(0) == 0; print(<loot>)",
            "os.setuid(0); print(<loot>)",
            "os.chroot('.'); print(<loot>)",
            "os.nice(-20); print(<loot>)",
        )
    ),
    "shared memory that stays": Attack(
        "import ctypes; from multiprocessing.shared_memory import SharedMemory\n"
        "SharedMemory(<mark>, create=True, size=4096)\nctypes.CDLL(None).shmget(4242, 4096, 0o1600)",
        "error|answered",
    ),
}
