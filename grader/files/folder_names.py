"""Names of folders, made from names of files that students chose: none leads to another place, on any system."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

MOST_BYTES = 150
"""Of a name in UTF-8: file systems take 255, and Windows 260 characters for a whole path."""
NAMELESS = "submission"
_LONGEST_NUMBER = "-0000000"
OWN = frozenset(
    {
        "index.html",
        "similar.html",
        "report.html",
        "result.json",
        "feedback.ipynb",
        "release-body.md",
        "course.toml",
        "roster.csv",
        "roll.json",
    }
    | {f"{name}.{form}" for name in ("grades", "gradebook") for form in ("csv", "json", "toml")}
)
"""Files of our own that lie beside the folders of submissions, or may one day."""
DATABASE = "gradebook.db"
"""What SQLite lays beside it begins with its name: `-journal`, `-wal`, `-shm`, `-mj` and a number."""

_REFUSED = frozenset('/\\<>:"|?*')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9])[ ]*(?:\..*)?", re.DOTALL)
# Characters that count as printable and show nothing: fillers, joiners, what chooses the variant of a character.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def folder_name(text: str) -> str:
    """A name for a folder that says the same as a text, which is the text itself where that is an ordinary name.

    It is no way to another place: never empty, a dot or two, a path, an option, a device of Windows or a file of our
    own. It is in NFC, has no character that cannot be seen or that a system refuses, and at most `MOST_BYTES` bytes.
    The same text always has the same name, and a name's name is itself.
    """
    shown = "".join(map(_shown, _UNSEEN.sub("", unicodedata.normalize("NFC", text))))
    name = unicodedata.normalize("NFC", shown).lstrip(" .-~").rstrip(" .")
    if not name:
        return NAMELESS
    if _is_reserved(name):
        name = f"_{name}"
    return name if _size(name) <= MOST_BYTES else _shortened(name, f"-{hashlib.sha256(name.encode()).hexdigest()[:8]}")


def unique(names: Iterable[str]) -> list[str]:
    """The names as names of folders, with -2, -3, ... behind those that came before.

    What differs in upper and lower case alone, or in the form of its characters, is one folder on some systems.
    """
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    chosen = []
    for name in map(folder_name, names):
        candidate = name
        # All that may be the same once a number is behind it has one count: else each would try all before it.
        alike = key(_shortened(name, _LONGEST_NUMBER))
        while key(candidate) in taken:
            numbers[alike] = numbers.get(alike, 1) + 1
            candidate = numbered(name, numbers[alike])
        taken.add(key(candidate))
        chosen.append(candidate)
    return chosen


def numbered(name: str, number: int) -> str:
    """The name of a folder with a number behind it."""
    return _shortened(name, f"-{number}")


def key(name: str) -> str:
    """What two names have in common that may be one folder: without case, and without forms of characters."""
    for _ in range(2):  # what the one makes of a name is something to do for the other
        name = unicodedata.normalize("NFKC", name).upper().casefold()
    return unicodedata.normalize("NFKC", name)


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":  # they turn the direction of writing, or join what stands beside them
        return ""
    if category == "Zs":
        return " "
    return "_" if character in _REFUSED or category[0] in "CZ" else character


def _is_reserved(name: str) -> bool:
    same = key(name)
    return same in OWN or same.startswith(DATABASE) or _DEVICE.fullmatch(same) is not None


def _shortened(name: str, end: str) -> str:
    """The name with another end, within the bounds; no character is cut in two."""
    room = MOST_BYTES - _size(end)
    return name.encode()[:room].decode(errors="ignore") + end


def _size(name: str) -> int:
    return len(name.encode())
