"""Letters without which a pattern matches nothing: looking for them is much cheaper than matching.

Sound for patterns that ignore case: where it is not plain what a match must hold, nothing is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from re import _parser
from typing import Any

_ALSO = str.maketrans({"\u0131": "i", "\u017f": "s"})
"""Letters that match "i" and "s" where case is ignored, and are no capitals of theirs."""

_GROUPS = {"SUBPATTERN": -1, "ATOMIC_GROUP": None}
"""The kinds of groups, and where what is in them stands."""

_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})


Needed = frozenset[frozenset[str]]
"""Of each of these sets a text must hold a piece."""


@lru_cache(maxsize=1_024)
def needed(pattern: str) -> Needed:
    """Pieces in small letters that are in all that the pattern matches, as `folded` writes it: one of each set."""
    return frozenset(_of_sequence(_parser.parse(pattern)))


def folded(text: str) -> str:
    """A text in the letters that `needed` speaks of."""
    return text.lower() if text.isascii() else text.lower().translate(_ALSO)


def _of_sequence(items: Any) -> list[frozenset[str]]:
    """What the items demand, and the runs of letters among them."""
    found = [frozenset({run}) for run in _runs(items)]
    return found + [each for kind, value in items for each in _of_item(str(kind), value)]


def _runs(items: Any) -> Iterator[str]:
    """The ASCII letters and signs that stand next to each other."""
    run = ""
    for kind, value in (*items, ("", 0)):
        if str(kind) == "LITERAL" and value < 128:
            run += chr(value).lower()
        elif run:
            yield run
            run = ""


def _of_item(kind: str, value: Any) -> list[frozenset[str]]:
    if kind in _GROUPS:
        at = _GROUPS[kind]
        return _of_sequence(value if at is None else value[at])
    if kind in _REPEATS and value[0] > 0:
        return _of_sequence(value[2])
    if kind == "BRANCH":
        branches = [_of_sequence(branch) for branch in value[1]]
        return [frozenset[str]().union(*map(_longest, branches))] if all(branches) else []
    return []


def _longest(found: list[frozenset[str]]) -> frozenset[str]:
    return max(found, key=lambda pieces: min(map(len, pieces)))
