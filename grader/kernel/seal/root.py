"""A root of its own: of the machine's files only what a kernel needs is there at all, and nothing of it can be changed.

What is not there has no name that could be guessed: not other submissions, not the home of a user, not the packs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.kernel.process import folder
from grader.kernel.seal import mounts, paths

BYTES, FILES, FILES_HIDDEN = 1 << 20, 20_000, 16
"""The root itself holds folders and links alone; what is seen in them is mounted there."""

MOST_LINKS = 40
LINKS = {"fd": "/proc/self/fd", "stdin": "/proc/self/fd/0", "stdout": "/proc/self/fd/1", "stderr": "/proc/self/fd/2"}


@dataclass(frozen=True, slots=True)
class Root:
    """What came about: `own_proc` shows the own processes alone."""

    own_proc: bool


def enter(own: Path, *, own_proc: bool) -> Root | None:
    """Leave the machine's root for one that shows `own`, which can be written to, and what `paths` tells.

    Call it in a mount namespace of one's own. Returns None, and leaves everything as it was, where this system does not
    let.
    """
    place = folder.files(own)
    if not mounts.in_memory(place, BYTES, FILES, mode=0o755):
        return None
    with suppress(OSError):
        made = _furnished(_View(place), own, own_proc=own_proc)
        if made is not None and mounts.become_root(place):
            return made
    mounts.unmounted(place)
    return None


def _furnished(view: _View, own: Path, *, own_proc: bool) -> Root | None:
    view.show([*paths.shown(), *map(Path, paths.DEVICES)])
    view.hide(paths.hidden())
    view.show_parts(paths.inside())
    for name, target in LINKS.items():
        view.made("/dev", folder=True).joinpath(name).symlink_to(target)
    for name in ("/dev/shm", "/tmp"):  # noqa: S108 (of its own)
        view.made(name, folder=True)
    seen = view.made("/proc", folder=True)
    own_proc = own_proc and mounts.processes(seen)
    if not own_proc and not mounts.bind(Path("/proc"), seen):
        return None
    view.hide_if_possible(paths.of_the_machine(seen))
    mine = view.made(str(own), folder=True)
    if not mounts.read_only(view.root):
        return None
    # What is mounted now lies in no read-only tree: the folder as it is on the machine, without this very root in it.
    return Root(own_proc) if mounts.bind(own, mine, alone=True) else None


class _View:
    """A root under construction at a place in the old one."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._shown: set[Path] = set()

    def show(self, wanted: Iterable[Path]) -> None:
        """Show files and folders where they are, and make the links on the way to them anew."""
        for path in sorted(real for one in wanted for real in self._resolved(one)):
            if not self._covered(path) and mounts.bind(path, self.made(str(path), folder=path.is_dir())):
                self._shown.add(path)

    def hide(self, unwanted: Iterable[Path]) -> None:
        """Lay something empty over what is shown."""
        nothing = self.made("/.nothing", folder=False)
        for path in unwanted:
            target = self._at(path)
            if target.is_dir():
                hidden = mounts.in_memory(target, 1 << 12, FILES_HIDDEN, mode=0o755)
            else:
                hidden = not target.exists() or mounts.bind(nothing, target)
            if not hidden:
                raise OSError(f"{path} cannot be hidden")

    def hide_if_possible(self, unwanted: Iterable[Path]) -> None:
        """Lay something empty over places in the new root that tell little: no harm where that cannot be done."""
        nothing, empty = self.made("/.nothing", folder=False), self.made("/.empty", folder=True)
        for target in unwanted:
            mounts.bind(empty if target.is_dir() else nothing, target)

    def show_parts(self, wanted: Iterable[Path]) -> None:
        """Show parts of what was hidden, or never shown."""
        for path in wanted:
            if path.exists():
                mounts.bind(path, self.made(str(path), folder=path.is_dir()))

    def made(self, path: str, *, folder: bool) -> Path:
        """The place of a folder or a file in the new root, made where it is missing."""
        target = self._at(Path(path))
        if folder:
            target.mkdir(mode=0o755, parents=True, exist_ok=True)
        else:
            target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
            target.touch(exist_ok=True)
        return target

    def _at(self, path: Path) -> Path:
        return self.root / path.relative_to("/")

    def _covered(self, path: Path) -> bool:
        return any(folder in self._shown for folder in (path, *path.parents))

    def _resolved(self, path: Path) -> Iterator[Path]:
        """Where a path leads to, if anywhere; each link on the way is made in the new root as well."""
        here, left = Path("/"), list(path.parts[1:])
        for _ in range(MOST_LINKS + len(left)):
            if not left:
                if here.exists():
                    yield here
                return
            here /= left.pop(0)
            if here.is_symlink():
                target = here.readlink()
                self._link(here, target)
                left = [*Path(os.path.normpath(here.parent / target)).parts[1:], *left]
                here = Path("/")

    def _link(self, path: Path, target: Path) -> None:
        at = self._at(path)
        if not at.is_symlink() and not self._covered(path):
            at.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
            at.symlink_to(target)
