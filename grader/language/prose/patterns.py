"""The little language in which a pack says how a statement may be worded.

A way is a tuple of slots. All slots must be filled within one sentence or two neighbouring ones.

======================  ==========================================================================================
``"gate|gates"``        one of the alternatives is there, and is not denied
``">gate"``             ... after the previous slot's match begins
``"~gate"``             ... within six words of the previous slot's match (`">~gate"`: both)
``"-gate"``             ... and is denied ("has no gate", "without a gate")
``"!gate"``             none of the alternatives is there, undenied, between the first and the last match
``"!!gate"``            none of the alternatives is there in the whole sentence
``"&"``                 what follows is a second statement, which may stand anywhere else in the text
======================  ==========================================================================================

Alternatives are words or phrases, compared by stem. The words of a phrase stand in order; one word may stand between
two of them, and more in a coordination ("forget gate" is in "forget and input gates"); words joined by a hyphen stand
next to each other ("long-term" is not in "long short-term"). A word that ends in `*` stands for all words that begin
so. Symbols are written `h_t`, `h_prev`, `c_t`, `c_prev`, `x_t`.
"""

from __future__ import annotations

from collections.abc import KeysView
from dataclasses import dataclass
from functools import lru_cache

from grader.language.prose.words import stem, tokens

Phrase = tuple[str, ...]
"""Stems in order; one that begins with `-` follows the one before without a gap."""


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One place of a way. `firsts` are the stems that its phrases begin with, and which; `prefixes` are the other ones.

    Two slots are equal where they are one, so that what fills it in a passage is looked for once, and found quickly.
    """

    phrases: tuple[Phrase, ...]
    firsts: dict[str, tuple[int, ...]]
    prefixes: tuple[int, ...]
    after: bool = False
    close: bool = False
    denied: bool = False
    forbidden: bool = False
    anywhere: bool = False

    def cannot_be_in(self, stems: KeysView[str]) -> bool:
        """Whether none of its phrases begins with one of these stems."""
        return not self.prefixes and stems.isdisjoint(self.firsts.keys())


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Words `start` to `end` (exclusive) of a passage that fill a slot."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """One statement: the slots to fill, in the order in which they are written, and what must not be there."""

    slots: tuple[Slot, ...]
    forbidden: tuple[Slot, ...]


Way = tuple[Part, ...]


class PatternError(ValueError):
    """A way of saying something cannot be read; the message quotes it."""


@lru_cache(maxsize=4_096)
def compile_way(way: tuple[str, ...]) -> Way:
    """Read one way. Raises `PatternError` if a slot or a statement is empty."""
    parts: list[list[str]] = [[]]
    for slot in way:
        if slot == "&":
            parts.append([])
        else:
            parts[-1].append(slot)
    compiled = tuple(_part(slots) for slots in parts)
    if any(not part.slots for part in compiled):
        raise PatternError(f"{way!r} has a statement without slots")
    return compiled


@lru_cache(maxsize=1_024)
def vocabulary(ways: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    """The words that occur in some ways, as written: what a misspelt word may have meant."""
    slots = (slot.lstrip(">~-!") for way in ways for slot in way if slot != "&")
    return frozenset(word for slot in slots for word in tokens(slot.replace("|", " ; ").replace("*", "")))


@lru_cache(maxsize=1_024)
def compounds(ways: tuple[tuple[str, ...], ...]) -> dict[str, Phrase]:
    """Two-word phrases of some ways written without the blank: `hiddenstate` -> `("hidden", "state")`."""
    slots = (slot.lstrip(">~-!") for way in ways for slot in way if slot != "&")
    pairs = (tuple(tokens(phrase)) for slot in slots for phrase in slot.split("|"))
    found: dict[str, Phrase] = {}
    for pair in pairs:
        if len(pair) == 2 and all(word.isalpha() and len(word) > 2 for word in pair):
            found["".join(pair)] = pair
            found["".join(pair) + "s"] = pair
    return found


def _part(slots: list[str]) -> Part:
    read = [slot_of(slot) for slot in slots]
    return Part(tuple(s for s in read if not s.forbidden), tuple(s for s in read if s.forbidden))


@lru_cache(maxsize=8_192)
def slot_of(text: str) -> Slot:
    """Read one slot. Raises `PatternError` if one of its alternatives is empty."""
    body = text.lstrip(">~-!")
    marks = text[: len(text) - len(body)]
    phrases = tuple(_phrase(alternative, text) for alternative in body.split("|"))
    firsts: dict[str, tuple[int, ...]] = {}
    prefixes: list[int] = []
    for at, (first, *_) in enumerate(phrases):
        if first.endswith("*"):
            prefixes.append(at)
        else:
            firsts[first] = (*firsts.get(first, ()), at)
    return Slot(
        phrases,
        firsts,
        tuple(prefixes),
        after=">" in marks,
        close="~" in marks,
        denied="-" in marks,
        forbidden="!" in marks,
        anywhere="!!" in marks,
    )


def _phrase(alternative: str, slot: str) -> Phrase:
    words: list[str] = []
    for word in alternative.split():
        pieces = [word] if word.endswith("*") else [stem(token) for token in tokens(word)]
        words.extend([*pieces[:1], *("-" + piece for piece in pieces[1:])])
    if not words:
        raise PatternError(f"the slot {slot!r} has an empty alternative")
    return tuple(words)
