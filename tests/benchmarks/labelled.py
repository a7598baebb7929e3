"""Answers and sentences that an examiner wrote and labelled who had not seen the matcher.

`tests/language/prose/corpus/examiner` says who wrote them, and when. A label in `doubt` is one about which examiners
may differ: it counts neither way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from grader.language.prose import Cover, Coverage, cover
from grader.pack.questions import Question
from reference.pack import assignment

EXAMINER = Path(__file__).parents[1] / "language" / "prose" / "corpus" / "examiner"
SETS = ("sentences", "claims", "accused", "statements", "explanations", "shared_prose", "fresh_statements")
LATER = ("later_explanations", "later_sentences")
"""Written for what the readers had become on 30 November 2026, and measured only."""
HALVES = ("tune", "heldout")


@dataclass(frozen=True)
class Labelled:
    """One text as an answer to a question, and what an examiner found in it, by full ids."""

    question: Question
    text: str
    concepts: frozenset[str]
    misconceptions: frozenset[str]
    doubt: frozenset[str]
    near: str = ""
    id: str = ""

    def read(self, covering: Cover = cover) -> Coverage:
        """What the grader finds in it."""
        return covering(
            [self.text],
            self.question.concepts,
            self.question.misconceptions,
            copied_from=_prompts(),
            subject=self.question.subject,
            terms=assignment.vocabulary,
        )


@dataclass(frozen=True)
class Counts:
    """How often something was rightly found, wrongly found, and missed."""

    true: int = 0
    false: int = 0
    missed: int = 0

    def with_(self, found: frozenset[str], wanted: frozenset[str], doubt: frozenset[str]) -> Counts:
        """One answer more."""
        found, wanted = found - doubt, wanted - doubt
        return replace(
            self,
            true=self.true + len(found & wanted),
            false=self.false + len(found - wanted),
            missed=self.missed + len(wanted - found),
        )

    @property
    def precision(self) -> float:
        """Of what was found, the part that is right; 1 if nothing was found."""
        return self.true / (self.true + self.false) if self.true + self.false else 1.0

    @property
    def recall(self) -> float:
        """Of what is there, the part that was found; 1 if nothing is there."""
        return self.true / (self.true + self.missed) if self.true + self.missed else 1.0


@dataclass(frozen=True)
class Figures:
    """Statements and accusations of a set, and the points (examiner, grader) of its answers."""

    statements: Counts
    accusations: Counts
    points: tuple[tuple[int, int], ...]


def labelled(name: str, half: str) -> list[Labelled]:
    """One half of a set."""
    questions = {question.number: question for question in assignment.questions}
    entries = json.loads((EXAMINER / half / f"{name}.json").read_text(encoding="utf-8"))
    return [
        Labelled(
            questions[entry["q"]],
            entry["text"],
            frozenset(entry.get("concepts", ())),
            frozenset(entry["misconceptions"]),
            frozenset(entry.get("doubt", ())),
            entry.get("near", ""),
            entry["id"],
        )
        for entry in entries
    ]


def found_in(coverage: Coverage) -> tuple[frozenset[str], frozenset[str]]:
    """The concepts that a text explains, and the misconceptions that it is accused of."""
    return (
        frozenset(each.concept.id for each in coverage.concepts if each.covered),
        frozenset(each.misconception.id for each in coverage.misconceptions),
    )


def figures(answers: Iterable[Labelled], covering: Cover = cover) -> Figures:
    """Compare the grader with the labels."""
    statements, accusations, points = Counts(), Counts(), []
    for answer in answers:
        said, wrong = found_in(answer.read(covering))
        statements = statements.with_(said, answer.concepts, answer.doubt)
        accusations = accusations.with_(wrong, answer.misconceptions, answer.doubt)
        points.append((len(answer.concepts - answer.doubt), len(said - answer.doubt)))
    return Figures(statements, accusations, tuple(points))


@lru_cache(maxsize=1)
def _prompts() -> tuple[str, ...]:
    return tuple(question.prompt for question in assignment.questions)
