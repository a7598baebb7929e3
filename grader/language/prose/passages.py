"""The sentences that statements are looked for in, with what matching needs to know about each word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from grader.language.prose.patterns import Occurrence, Slot


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, or two neighbouring ones: stems, denials and corrections, word by word.

    `statement` is false for a mere list of keywords. `held` are the words that the author does not assert. `before` are
    the sentences before it in its text, the last one last; `elsewhere` says that it speaks of something beside the
    subject. `chains` number the claims (`clauses.chains`) that the words stand in,
    `verbs` are the places of those that take an object, `participles` of those that go with an auxiliary, `supposed` of
    those in a condition; `tells` says whether it has a verb or what stands for one. `named` keeps what was looked for,
    and where it stands, `heard` its words for each table of those that are alike, which live as long as the pack.
    """

    text: str
    stems: tuple[str, ...]
    denied: tuple[frozenset[int], ...]
    corrected: frozenset[int]
    statement: bool
    pair: bool = False
    before: tuple[Passage, ...] = ()
    held: frozenset[int] = frozenset()
    elsewhere: bool = False
    chains: tuple[int, ...] = ()
    verbs: frozenset[int] = frozenset()
    participles: frozenset[int] = frozenset()
    supposed: frozenset[int] = frozenset()
    tells: bool = True
    places: dict[str, list[int]] = field(default_factory=dict, init=False, compare=False)
    named: dict[Slot, tuple[Occurrence, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)
    heard: dict[int, frozenset[str]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        for place, word in enumerate(self.stems):
            self.places.setdefault(word, []).append(place)


class Passages(tuple[Passage, ...]):
    """Some passages, of which those are found at once that a statement may stand in."""

    def with_all_of(self, slots: Sequence[Slot]) -> Iterator[Passage]:
        """Those in which every slot may have something, in order."""
        return self._at(self._lacking(slots)[0])

    def lacking_at_most_one(self, slots: Sequence[Slot]) -> Iterator[Passage]:
        """Those in which all slots but one may have something, or all, in order."""
        none, one = self._lacking(slots)
        return self._at(none | one)

    def _at(self, mask: int) -> Iterator[Passage]:
        while mask:
            lowest = mask & -mask
            yield self[lowest.bit_length() - 1]
            mask ^= lowest

    def _lacking(self, slots: Sequence[Slot]) -> tuple[int, int]:
        """The passages that lack none of some slots, and those that lack one: a bit for each passage."""
        none, one = (1 << len(self)) - 1, 0
        for slot in slots:
            having = self._having(slot)
            none, one = none & having, (one & having) | (none & ~having)
        return none, one

    def _having(self, slot: Slot) -> int:
        """The passages in which a phrase of a slot may begin."""
        if slot not in self._known:
            having = 0
            for first in slot.firsts.keys() & self._words.keys():
                having |= self._words[first]
            for at in slot.prefixes:
                prefix = slot.phrases[at][0][:-1]
                for word in self._words:
                    having |= self._words[word] if word.startswith(prefix) else 0
            self._known[slot] = having
        return self._known[slot]

    @cached_property
    def _known(self) -> dict[Slot, int]:
        return {}

    @cached_property
    def _words(self) -> dict[str, int]:
        """For each stem the passages that it stands in."""
        found: dict[str, int] = {}
        for at, passage in enumerate(self):
            for word in passage.places:
                found[word] = found.get(word, 0) | 1 << at
        return found
