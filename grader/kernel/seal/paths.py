"""What a sealed kernel may read: Python and its packages, system libraries, a few facts about the machine.

Not the registered packs, nor the grader outside of its probe and the protocol: expected answers are in no file that
student code can open.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from grader.pack import registered

SYSTEM = (
    "/lib",
    "/lib32",
    "/lib64",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/libexec",
    "/usr/share/zoneinfo",
    "/usr/share/fonts",
    "/usr/share/fontconfig",
    "/usr/share/locale",
    "/usr/share/terminfo",
    "/bin",
    "/usr/bin",
    "/usr/local/bin",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/fonts",
    "/etc/ssl/openssl.cnf",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/filesystems",
    "/proc/sys/kernel",
    "/proc/sys/vm",
    "/sys/devices/system",
    "/dev/urandom",
    "/dev/random",
)
PROC = ("cpuinfo", "meminfo", "stat", "filesystems", "loadavg", "uptime", "version", "sys")
PROC_SYS = ("kernel", "vm")
"""Of a /proc of its own what a kernel needs beside its processes; all else tells of others, and of the machine."""

DEVICES = ("/dev/null", "/dev/full")


PREFIX_PARTS = ("bin", "lib", "lib64", "share", "pyvenv.cfg")
PACKAGE_FOLDERS = ("site-packages", "dist-packages")
INSIDE = ("__init__.py", "probe", "protocol")
"""Of our own package what runs inside the kernel."""


@cache
def own_packages() -> tuple[str, ...]:
    """The names of the grader's package and of those of all registered packs, which are not imported for that."""
    # The one that is shipped also where the grader runs from a folder, and nothing is registered.
    return ("grader", *sorted({"reference", *map(registered.top_package, registered.registered().values())}))


def listable() -> list[Path]:
    """Folders whose names may be read, without what is in them: the import system lists the folders of packages."""
    return [Path(entry) for entry in sys.path if entry and Path(entry).is_dir()]


def shown() -> Iterator[Path]:
    """What a root of its own shows: whole folders of what may be read; of a checkout of ours, see `inside`."""
    yield from (Path(path) for path in SYSTEM if not path.startswith("/proc"))
    for prefix in _prefixes():
        yield from (prefix / part for part in PREFIX_PARTS)
    for entry in listable():
        if not _is_checkout(entry):
            yield entry
            # Some tools install packages as links to one copy of all: it is shown where it is.
            yield from (item for item in _others(entry) if item.is_symlink())


def hidden() -> Iterator[Path]:
    """What is not to be seen in what is shown: our own packages and the registered packs."""
    for entry in listable():
        if not _is_checkout(entry):
            yield from (item.resolve() for item in sorted(entry.iterdir()) if item.name.startswith(own_packages()))


def of_the_machine(proc: Path) -> Iterator[Path]:
    """What is not to be seen in a /proc."""
    for folder, kept in ((proc, PROC), (proc / "sys", PROC_SYS)):
        for item in sorted(folder.iterdir()):
            if not item.is_symlink() and item.name not in kept and not item.name.isdecimal():
                yield item


def inside(entry: Path | None = None) -> list[Path]:
    """Of our own package what runs inside the kernel, in one folder of packages or in all."""
    entries = listable() if entry is None else [entry]
    ours = [folder / "grader" for folder in entries if (folder / "grader" / "__init__.py").exists()]
    return [folder / part for folder in ours for part in INSIDE]


def readable(*, own_proc: bool) -> Iterator[Path]:
    """All that may be read. With a /proc that shows the own processes alone, all of /proc."""
    yield from map(Path, SYSTEM)
    yield Path("/proc" if own_proc else "/proc/self")
    for prefix in _prefixes():
        yield from _python(prefix)
    for entry in listable():
        yield from _packages(entry)


def _prefixes() -> list[Path]:
    """Where Python is installed; a system's /usr is covered by what is listed above."""
    prefixes = map(Path, {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix})
    return sorted(prefix for prefix in prefixes if prefix not in (Path("/usr"), Path("/")))


def _is_checkout(folder: Path) -> bool:
    """Whether our own package lies in a folder that is not one of packages."""
    return folder.name not in PACKAGE_FOLDERS and (folder / "grader" / "__init__.py").exists()


def _python(prefix: Path) -> Iterator[Path]:
    """An installation of Python, its packages apart."""
    yield from (prefix / "bin", prefix / "pyvenv.cfg", prefix / "share")
    yield from (item for item in (prefix / "lib").glob("*") if not item.name.startswith("python"))
    for library in (prefix / "lib").glob("python*"):
        yield from _but_packages(library)


def _packages(folder: Path) -> Iterator[Path]:
    """Each package in a folder of packages but our own; of ours, what runs inside the kernel."""
    yield from inside(folder)
    if not _is_checkout(folder):
        yield from _others(folder)


def _others(folder: Path) -> Iterator[Path]:
    """Each package in a folder of packages but our own."""
    return (item for item in _but_packages(folder) if not item.name.startswith(own_packages()))


def _but_packages(folder: Path) -> Iterator[Path]:
    return (item for item in folder.glob("*") if item.name not in PACKAGE_FOLDERS)
