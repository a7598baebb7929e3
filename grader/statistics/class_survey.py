"""The class at a glance, as data: what a page tells, in its order, with every text still as it was written."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from grader.statistics.figures import Item, Summary, bins, item, meaning, summary
from grader.statistics.tally import BeliefTally, CheckTally, QuestionTally, Tally

MOST_TOLD = 10
FEWEST_MISSED = 2
"""What one student alone missed is in that student's report."""
QUOTES = 2
GOOD_QUOTE = 90
"""Characters that a quote should have about: enough to be understood, and room for it on a slide."""


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One question of the class; `figures` is None where there are too few."""

    number: int
    title: str
    most: int
    count: int
    missing: int
    figures: Item | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A check that students missed: how many of those who answered, and what they were told most often."""

    id: str
    question: int
    title: str
    count: int
    asked: int
    message: str
    times: int


@dataclass(frozen=True, slots=True)
class Belief:
    """A wrong statement: how many wrote it, of how many, and sentences of different students, without names."""

    question: int
    correction: str
    count: int
    of: int
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """All of it. `means` are those of the questions, by their numbers; means and median hold for however few."""

    count: int
    most: int
    median: float | None
    mean: float | None
    means: dict[int, float]
    scores: Summary | None
    bins: tuple[tuple[int, int, int], ...]
    questions: tuple[QuestionFigures, ...]
    missed: tuple[Missed, ...]
    beliefs: tuple[Belief, ...]
    unsaid: tuple[Missed, ...]


def survey(tally: Tally) -> Survey:
    """What is worth telling of all that was counted."""
    return Survey(
        count=len(tally.scores),
        most=tally.most,
        median=statistics.median(tally.scores) if tally.scores else None,
        mean=statistics.fmean(tally.scores) if tally.scores else None,
        means={each.number: statistics.fmean(each.points) for each in tally.questions.values()},
        scores=summary(tally.scores),
        bins=tuple(bins(tally.scores, tally.most)),
        questions=tuple(map(_question, sorted(tally.questions.values(), key=lambda each: each.number))),
        missed=_most_missed(tally, unsaid=False),
        beliefs=_beliefs(tally),
        unsaid=_most_missed(tally, unsaid=True),
    )


def _question(tally: QuestionTally) -> QuestionFigures:
    found = item(tally.points, tally.totals, tally.most)
    count = len(tally.points)
    said = "" if found is None else meaning(found, count)
    return QuestionFigures(tally.number, tally.title, tally.most, count, tally.missing, found, said)


def _most_missed(tally: Tally, *, unsaid: bool) -> tuple[Missed, ...]:
    """The checks of code and equations, or the statements of explanations, that the largest share missed."""
    found = [
        _missed(each, each.unsaid if unsaid else each.missed)
        for each in tally.checks.values()
        if (each.kind == "explanation") == unsaid
    ]
    told = [each for each in found if each.count >= FEWEST_MISSED]
    return tuple(sorted(told, key=lambda each: (-each.count / each.asked, -each.asked, each.question))[:MOST_TOLD])


def _missed(tally: CheckTally, count: int) -> Missed:
    message, times = min(tally.messages.items(), key=lambda each: (-each[1], len(each[0]), each[0]), default=("", 0))
    return Missed(tally.id, tally.question, tally.title, count, tally.asked, message, times)


def _beliefs(tally: Tally) -> tuple[Belief, ...]:
    found = [_belief(each, len(tally.scores)) for each in tally.beliefs.values()]
    return tuple(sorted(found, key=lambda each: (-each.count, each.question, each.correction))[:MOST_TOLD])


def _belief(held: BeliefTally, of: int) -> Belief:
    different = {" ".join(each.casefold().split()): each for each in reversed(held.sentences)}
    best = sorted(different.values(), key=lambda each: (abs(len(each) - GOOD_QUOTE), each))
    return Belief(held.question, held.correction, len(held.sentences), of, tuple(best[:QUOTES]))
