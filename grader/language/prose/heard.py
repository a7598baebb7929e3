"""How much the words of a sentence say for a statement, added up: the second way to read, beside patterns.

Patterns know what they were told; where somebody puts it in other words, words still speak for it or against it. Each
word counts once, and once more for each class it is in ("fades" as SHRINK); one that is denied counts as another word,
one that the author does not assert not at all. So the sum does not know who does what to whom: it never decides alone
(`reconsidering.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from grader.language.prose.english import STOPWORDS
from grader.language.prose.learnt import Learnt, Weights
from grader.language.prose.passages import Passage
from grader.language.prose.words import stem, stems_of

DENIED = "not "
UNIT = 100
"""Weights are whole hundredths, so that their sum is the same in whatever order they are added."""

PAIR = 30
"""So much less is said by two sentences together than by one: there are twice the words."""

TELLING = 4
"""So many words are shown as those that decided."""

_TELLING = stems_of(
    "both after before all each every out up over same own more other only not no off through again what which how "
    "from to for between"
)
_SMALL = frozenset(map(stem, STOPWORDS)) - _TELLING
_MARKS = frozenset(",;:()|/?<>.")

Classes = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Heard:
    """The passage that says most for a statement, how much that is (logarithm of odds), and the words that say it."""

    weight: float
    passage: Passage
    words: tuple[str, ...]
    beyond: float
    """What words say for it that the question does not have itself: "exploding gradients mean" says nothing yet."""


def features(
    passage: Passage, classes: Classes, alike: Mapping[str, str], asked: frozenset[str] = frozenset()
) -> frozenset[str]:
    """The words of a passage and their classes, those denied marked as such.

    What was `asked` for has no class: who names exploding gradients has not said yet that they grow.
    """
    found: set[str] = set()
    for place, word in enumerate(passage.stems):
        if word not in _MARKS and word not in _SMALL and place not in passage.held:
            name = alike.get(word, word)
            mark = DENIED if passage.denied[place] else ""
            found.add(mark + name)
            if word not in asked:
                found.update(mark + each for each in classes.get(word, ()))
    return frozenset(found)


def can_be_heard(passage: Passage, wrong: Collection[str] = ()) -> bool:
    """Whether a passage states something about the subject, and none of the wrong sentences is in it."""
    return passage.statement and not passage.elsewhere and not any(each in passage.text for each in wrong)


def heard(
    ids: Iterable[str], passages: Iterable[Passage], learnt: Learnt, asked: frozenset[str] = frozenset()
) -> dict[str, Heard]:
    """For each statement that numbers are known of, by its id, the passage that says most for it.

    `asked` are the stems of the question's own words.
    """
    known = {each: learnt.statements[each] for each in ids if each in learnt.statements}
    best: dict[str, tuple[int, Passage]] = {}
    for passage in passages if known else ():
        for name, weight in _weighed(passage, known, learnt.classes, asked):
            if name not in best or weight > best[name][0]:
                best[name] = weight, passage
    return {
        name: _heard(weight, passage, known[name], learnt.classes, asked) for name, (weight, passage) in best.items()
    }


def _weighed(
    passage: Passage, known: Mapping[str, Weights], classes: Classes, asked: frozenset[str]
) -> Iterator[tuple[str, int]]:
    words: frozenset[str] = frozenset()
    alike: Mapping[str, str] | None = None
    for name, each in known.items():
        if alike is not each.alike:
            words, alike = _features(passage, classes, each.alike, asked), each.alike
        weights = each.words
        yield name, each.constant + sum(weights[word] for word in words & weights.keys()) - PAIR * passage.pair


def _features(passage: Passage, classes: Classes, alike: Mapping[str, str], asked: frozenset[str]) -> frozenset[str]:
    """Those of a passage, kept with it: it is asked for its concepts, and once more for its misconceptions."""
    kept = passage.heard.get(id(alike))
    if kept is None:
        kept = passage.heard[id(alike)] = features(passage, classes, alike, asked)
    return kept


def _heard(weight: int, passage: Passage, known: Weights, classes: Classes, asked: frozenset[str]) -> Heard:
    """With the words that say most for it, in the order in which they stand."""
    weights = known.words
    said: dict[str, int] = {}
    for place, word in enumerate(passage.stems):
        if place not in passage.held and not passage.denied[place] and word not in said:
            own = () if word in asked else classes.get(word, ())
            said[word] = weights.get(word, 0) + sum([weights.get(each, 0) for each in own])
    most = sorted((word for word in said if said[word] > 0), key=lambda word: (-said[word], word))[:TELLING]
    beyond = sum(said[word] for word in most if word not in asked)
    return Heard(weight / UNIT, passage, tuple(word for word in said if word in most), beyond / UNIT)
