"""The hidden Markov model of a notebook: which question a unit answers, given the unit before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from grader.notebook.blocks.blocks import Block
from grader.notebook.chain.weighing import Evidence, follows_scheme
from grader.notebook.outline.descent import Governed
from grader.notebook.outline.hmm import Scores, posteriors, viterbi
from grader.notebook.outline.units import Boundary, Unit
from grader.pack.questions import Question

LEAVING: dict[Boundary, float] = {
    "mark": 0.0,
    "heading": 0.7,
    "cell": 1.5,
    "block": 2.5,
    "item": 4.0,
    "paragraph": 4.0,
    "aside": 5.0,
    "code": 6.0,
}
"""What it costs to go over to another question, by what lies between."""

CODE_AFTER_PROSE, CODE_AFTER_CODE = 3.5, 1.2
"""The same for a new cell that begins with code, or with a comment."""

NO_ANSWER = 2.5
"""How much more it costs where nothing but a question, or a heading, would be left behind."""

MARKED, ANOTHER_PLACE = 1.5, 10.0
"""How much more it costs without a mark, where the notebook marks its answers; and what it costs besides to go to an
answer with a cell without a mark, where that answer has its mark elsewhere, as each has in a cell of its own."""

STAYING_AT_ANOTHERS_MARK = 3.0
NOT_YET = 3.0
"""What it costs to take what says nothing of a question for its answer, where its own heading is yet to come."""

SKIPPING, MOST_SKIPPING, GOING_BACK = 0.6, 2.0, 2.5
TO_NONE, FROM_NONE_BACK = 1.0, 1.0
STARTING_LATE = 0.2
SETTLED = 200.0
"""More than all costs of going anywhere, where the outline has said what a unit answers."""


class Model:
    """States: the questions in order, then for "none" one state for each question that was left last.

    State i < n is question i; state n is none before any answer; state n + 1 + i is none after question i.
    """

    def __init__(self, questions: Sequence[Question]) -> None:
        self._questions = [question.id for question in questions]
        self._numbers = [question.number for question in questions]
        n = len(questions)
        self._states = 2 * n + 1
        last = np.array([*range(n), -1, *range(n)])  # the question that was answered last, -1 before any
        self._last, self._rows = last, np.arange(self._states)
        target = np.arange(n)
        ahead = target[np.newaxis, :] - last[:, np.newaxis]
        order = np.where(ahead > 1, -np.minimum(MOST_SKIPPING, SKIPPING * (ahead - 1)), 0.0)
        order[ahead < 1] = -GOING_BACK
        order[n] = -np.minimum(MOST_SKIPPING, STARTING_LATE * target)
        for i in range(n):
            order[i, i], order[n + 1 + i, i] = 0.0, -FROM_NONE_BACK
        self._order = order

    def decode(
        self,
        units: Sequence[Unit],
        blocks: Sequence[Block],
        evidence: Sequence[Evidence],
        governed: Sequence[Governed | None],
    ) -> list[Decoded]:
        """The question of each unit, or None, with its probability. What the outline says of a unit is settled."""
        decoded = [(said.question, said.confidence) if said else None for said in governed]
        stretches = open_stretches(governed)
        emissions = self._emissions(evidence, governed) if stretches else np.zeros((0, self._states))
        borders = _borders(units, blocks, self._numbers) if stretches else []
        for stretch in stretches:
            transitions = [self._transition(units[t], borders[t - 1], evidence[t]) for t in stretch[1:]]
            initial = self._initial(stretch[0], evidence)
            found = self._decoded(initial, transitions, emissions[stretch[0] : stretch.stop])
            for t, here in zip(stretch, found, strict=True):
                decoded[t] = decoded[t] or here
        return [each for each in decoded if each is not None]

    def _initial(self, at: int, evidence: Sequence[Evidence]) -> Scores:
        """The scores of the states in which a stretch may begin; what is settled there says which it is."""
        if at > 0:
            return np.zeros(self._states)
        n = len(self._questions)
        initial = np.full(self._states, -np.inf)
        initial[:n] = self._order[n] - TO_NONE - self._lacking(evidence[0])
        initial[n] = 0.0
        return initial

    def _decoded(self, initial: Scores, transitions: Sequence[Scores], emissions: Scores) -> list[Decoded]:
        n = len(self._questions)
        probabilities = posteriors(initial, transitions, emissions)
        nothing = probabilities[:, n:].sum(axis=1)
        return [
            (self._questions[state], float(probabilities[t, state])) if state < n else (None, float(nothing[t]))
            for t, state in enumerate(viterbi(initial, transitions, emissions))
        ]

    def _emissions(self, evidence: Sequence[Evidence], governed: Sequence[Governed | None]) -> Scores:
        n = len(self._questions)
        place = {question: i for i, question in enumerate(self._questions)}
        emissions = np.zeros((len(evidence), self._states))
        for t, item in enumerate(evidence):
            emissions[t, n:] = item.none
            for question, score in item.questions.items():
                emissions[t, place[question]] = score
        ahead = dict[str, int]()
        for t, said in enumerate(governed):
            if said is not None and said.question is not None:
                ahead.setdefault(said.question, t)
        begins = min(ahead.values(), default=0)
        for t, said in enumerate(governed):
            if said is None and t > begins:
                for question, first in ahead.items():
                    if first > t and question not in evidence[t].questions:
                        emissions[t, place[question]] -= NOT_YET
            if said is not None:
                emissions[t] = 0.0
                emissions[t, slice(n, None) if said.question is None else place[said.question]] = SETTLED
        return emissions

    def _lacking(self, item: Evidence) -> Scores:
        return np.array([0.0 if question in item.topics else item.lacking for question in self._questions])

    def _transition(self, unit: Unit, border: Border, item: Evidence) -> Scores:
        """Scores (states, states) of going over a border to this unit."""
        n = len(self._questions)
        scores = np.full((self._states, self._states), -np.inf)
        scores[:, :n] = (self._order if border.order == 1.0 else self._order * border.order) - self._lacking(item)
        scores[:n, :n] -= border.leaving + border.entering
        scores[n:, :n] -= border.leaving / 2
        scores[self._rows, n + 1 + self._last] = np.where(
            self._rows >= n, 0.0, -border.leaving - border.dropping - TO_NONE
        )
        numbered = unit.mark is not None and unit.mark.strength == "strong" and unit.mark.number is not None
        for i, question in enumerate(self._questions):
            anothers = numbered and item.questions.get(question, 0.0) <= 0
            scores[i, i] = -STAYING_AT_ANOTHERS_MARK if anothers else -border.staying
        return scores


def open_stretches(governed: Sequence[Governed | None]) -> list[range]:
    """The stretches with units of which nothing is said, each from the question before to the one behind it."""
    return list(_open_stretches(governed))


def _open_stretches(governed: Sequence[Governed | None]) -> Iterator[range]:
    start, is_open = 0, False
    for t, said in enumerate(governed):
        is_open |= said is None
        if said is not None and said.question is not None:
            if is_open:
                yield range(start, t + 1)
            start, is_open = t, False
    if is_open:
        yield range(start, len(governed))


@dataclass(frozen=True, slots=True)
class Border:
    """What it costs to go from one unit to the next with another question, besides that to each question, and to none,
    and with the same; `order` is how far the order of the questions counts."""

    leaving: float
    entering: Scores | float = 0.0
    dropping: float = 0.0
    staying: float = 0.0
    order: float = 1.0


def _borders(units: Sequence[Unit], blocks: Sequence[Block], questions: Sequence[int]) -> list[Border]:
    """The borders between each unit and the one after it. `questions` are the numbers of the questions."""
    marked = follows_scheme(units)
    numbers: dict[int, set[int]] = {}
    for unit in units:
        if unit.mark and unit.mark.number is not None and _is_numbered(unit):
            numbers.setdefault(blocks[unit.block].cell, set()).add(unit.mark.number)
    crowded = {cell for cell, found in numbers.items() if len(found) > 1}
    tidy = marked and not crowded
    have_marks = np.isin(questions, list(set[int]().union(*numbers.values())))
    shuffled = tidy and not _ascend([unit.mark.number for unit in units if unit.mark and _is_numbered(unit)])

    def border(before: Unit, unit: Unit) -> Border:
        if _begins_cell_of_code(unit, blocks) and blocks[before.block].cell in crowded:
            return AFTER_CROWD
        leaving = _leaving(before, unit, blocks) * (MARKED if marked and unit.boundary != "mark" else 1.0)
        entering, dropping = np.zeros(len(questions)), 0.0
        if tidy and unit.boundary == "cell" and unit.mark is None:
            entering[have_marks] = ANOTHER_PLACE
            dropping = ANOTHER_PLACE if _begins_cell_of_code(unit, blocks) else 0.0
        return Border(leaving, entering, dropping, order=0.0 if shuffled and _is_numbered(unit) else 1.0)

    return [border(before, unit) for before, unit in pairwise(units)]


def _leaving(before: Unit, unit: Unit, blocks: Sequence[Block]) -> float:
    if _begins_cell_of_code(unit, blocks):
        if blocks[before.block].kind == "code":
            return CODE_AFTER_CODE
        return CODE_AFTER_PROSE + (NO_ANSWER if before.is_question and not before.is_listed else 0.0)
    if unit.boundary == "mark" and unit.mark and unit.mark.number is None:
        return LEAVING["cell"]
    return LEAVING[unit.boundary]


def _is_numbered(unit: Unit) -> bool:
    """Whether the number of an answer stands here. (That of an item in a list may be anything.)"""
    mark = unit.mark
    return mark is not None and mark.number is not None and mark.strength != "weak" and not unit.is_listed


def _ascend(numbers: Sequence[int | None]) -> bool:
    return all(one is not None and other is not None and one <= other for one, other in pairwise(numbers))


def _begins_cell_of_code(unit: Unit, blocks: Sequence[Block]) -> bool:
    return unit.boundary == "cell" and (blocks[unit.block].kind == "code" or unit.is_aside)


AFTER_CROWD = Border(leaving=0.5, staying=1.5)
"""Code below a cell with several answers is hardly just the last one's."""

Decoded = tuple[str | None, float]
"""A question's id, or None, and the probability from 0 to 1."""
