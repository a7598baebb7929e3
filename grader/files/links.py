"""Links in what was handed in, or lies in a folder of results. They are not followed: what they lead to is somebody
else's.

A folder that an instructor names may lie behind links of their own, such as a linked home: where it is, is found out
once, and from there on no link is followed.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

NOTHING = 0
"""The mode of what is not there, or cannot be looked at."""
NOT_GRADED = "is a link, and was not graded"


def resolved(folder: Path) -> Path:
    """Where a folder is that an instructor named, from the root on through folders alone."""
    try:
        return Path(os.path.realpath(folder))
    except OSError:  # the current folder is not there any more, so nothing is in it
        return folder


def placed(path: Path) -> Path:
    """Where a file is that an instructor named, or will be: the same, but for the file itself, which may be a link."""
    return resolved(path.parent) / path.name


def is_link(path: Path) -> bool:
    """Whether a path itself is a link, wherever it leads."""
    return stat.S_ISLNK(_mode(path, follow=False))


def is_file(path: Path) -> bool:
    """Whether a path itself is an ordinary file."""
    return stat.S_ISREG(_mode(path, follow=False))


def is_folder(path: Path) -> bool:
    """Whether a path itself is a folder: a link to one is none."""
    return stat.S_ISDIR(_mode(path, follow=False))


def leads_to_folder(path: Path) -> bool:
    """Whether a path is a folder or leads to one."""
    return stat.S_ISDIR(_mode(path, follow=True))


def exists(path: Path, *, follow: bool = True) -> bool:
    """Whether there is something at a path; a link that leads nowhere is something only if links are not followed."""
    return _mode(path, follow=follow) != NOTHING


def _mode(path: Path, *, follow: bool) -> int:
    # `Path.is_file` and the like raise for some paths that cannot be looked at: too long, or in a closed folder.
    try:
        return path.stat(follow_symlinks=follow).st_mode
    except (OSError, ValueError):
        return NOTHING


def first_link(base: Path, path: Path) -> Path | None:
    """The first link on the way from a folder down to a path in it, which may be one itself."""
    place = base
    for part in path.relative_to(base).parts:
        place /= part
        if is_link(place):
            return place
    return None


def turns_back(path: Path) -> Path | None:
    """A link from which a path goes back by `..`: the system goes elsewhere from there than the path reads."""
    parts = path.parts
    for number, part in enumerate(parts):
        before = Path(*parts[:number])
        if part == ".." and is_link(before):
            return before
    return None


def complaint(link: Path, path: Path) -> str:
    """Why what lies at a path, or behind a link on the way to it, is not graded, and what to do."""
    if link == path:
        return f"{NOT_GRADED}; hand in the file itself"
    return f"lies behind {link.name}, which {NOT_GRADED}; hand in the file itself"
