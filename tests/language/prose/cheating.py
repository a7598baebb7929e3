"""Cheats and honest texts that look like them: `cheats/` holds how they are made, half of them kept for measuring."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.language.lexicon import words_of
from grader.language.prose.english import STOPWORDS

FOLDER = Path(__file__).parent / "cheats"
HALVES = ("tune", "heldout")
ROW = 12
VERBS = words_of(
    """
    is are was be has have can could keep takes passed serves used unrolled propagated added updates becomes travels
    multiplies learn vanish explode carries decide decides dropped stored shown remember built overcome uses chooses
    kept captures suffers suffer look looks see sees only helps reads concatenated knows deleted runs comes
    processed processes consists use which that mixes left seen applies adds shared unfolded flow adjust decreases
    shrink grow happens stop diverges control controls erased written read reduces called determines carried
    mitigates run computes gets merged thrown depends joined
    """
)
"""The verbs of the statements, and the words by which they hang on nouns."""


@dataclass(frozen=True)
class Cheat:
    """A way to have right words in an answer without saying them."""

    name: str
    each: str
    made: str = "as they are"
    joined: str = "\n\n"
    before: str = ""
    after: str = ""

    def of(self, statements: Sequence[str]) -> str:
        """The answer that is made of these statements."""
        pieces = [self.each.replace("{}", piece, 1) for piece in MAKING[self.made](statements, self.joined)]
        if self.each.startswith("{}"):
            pieces = [piece[:1].upper() + piece[1:] for piece in pieces]
        between = self.joined if self.made == "as they are" else "\n\n"
        return "\n\n".join(part for part in (self.before, between.join(pieces), self.after) if part)


def statements(half: str) -> dict[str, list[str]]:
    """Right answers, by question: one clause for each concept."""
    found: dict[str, list[str]] = _data("statements")[half]
    return found


def phrases(half: str) -> dict[str, list[str]]:
    """Key phrases without a verb, by question: one for each concept."""
    found: dict[str, list[str]] = _data("phrases")[half]
    return found


def cheats(half: str, written: str = "") -> list[Cheat]:
    """Those of one half; `written`: in which set (`second_`)."""
    return [Cheat(**entry) for entry in _data(f"{written}{half}")["prose"]]


def honest(half: str, written: str = "") -> Iterator[tuple[str, str, frozenset[str]]]:
    """The question, the text, and the concepts that it states, of each honest text."""
    for entry in _data(f"{written}honest_{half}")["texts"]:
        yield f"q{entry['q']}", entry["text"], frozenset(entry["concepts"])


def telegraph(half: str) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Honest answers in telegraph style, as `honest`."""
    for entry in _data(f"telegraph_{half}")["honest"]:
        yield f"q{entry['q']}", entry["text"], frozenset(entry["concepts"])


def listed(half: str) -> Iterator[tuple[str, str]]:
    """The question and the text of answers that are lists of key phrases."""
    for entry in _data(f"telegraph_{half}")["listed"]:
        yield f"q{entry['q']}", entry["text"]


def _data(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def _each(change: Callable[[list[str]], list[str]]) -> Callable[[Sequence[str], str], Iterator[str]]:
    def made(statements: Sequence[str], _: str) -> Iterator[str]:
        for statement in statements:
            yield " ".join(change(statement.replace(",", "").split()))

    return made


def _shuffled(words: list[str]) -> list[str]:
    return random.Random(" ".join(words)).sample(words, len(words))


def _keywords(words: list[str]) -> list[str]:
    return [word for word in words if word not in STOPWORDS]


def _verbless(words: list[str]) -> list[str]:
    return [word for word in words if word not in VERBS]


def _stumps(words: list[str]) -> list[str]:
    """What is left of each phrase between two verbs, longest first: `the hidden state, the next step`."""
    pieces = " ".join("|" if word in VERBS else word for word in words).split("|")
    return ", ".join(sorted((piece.strip() for piece in pieces if piece.strip()), key=len, reverse=True)).split()


def _pairs(words: list[str]) -> list[str]:
    return [word for at in range(0, len(words), 2) for word in reversed(words[at : at + 2])]


def _dump(statements: Sequence[str], joined: str) -> Iterator[str]:
    words = _keywords(" ".join(statements).replace(",", "").split())
    yield joined.join(dict.fromkeys(_shuffled(words)))


def _mixed(statements: Sequence[str], _: str) -> Iterator[str]:
    words = _shuffled(" ".join(statements).replace(",", "").split())
    for at in range(0, len(words), ROW):
        yield " ".join(words[at : at + ROW])


MAKING: dict[str, Callable[[Sequence[str], str], Iterator[str]]] = {
    "as they are": lambda statements, _: iter(statements),
    "reversed": _each(lambda words: words[::-1]),
    "shuffled": _each(_shuffled),
    "sorted": _each(sorted),
    "by length": _each(lambda words: sorted(words, key=len)),
    "interleaved": _each(lambda words: [*words[::2], *words[1::2]]),
    "pairs": _each(_pairs),
    "keywords": _each(_keywords),
    "verbless": _each(_verbless),
    "stumps": _each(_stumps),
    "strung": _each(lambda words: " and ".join(_shuffled(words)).split()),
    "strung by or": _each(lambda words: " or ".join(_shuffled(_keywords(words))).split()),
    "dump": _dump,
    "mixed": _mixed,
}
"""What becomes of the words of statements."""
