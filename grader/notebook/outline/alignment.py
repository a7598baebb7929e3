"""Which headings stand over the answers, and which question each of them answers: decided once, for all together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

import numpy as np

from grader.notebook.headings.openings import BOLD
from grader.notebook.outline.aligned import Alignment, Placed, astray
from grader.notebook.outline.closing import closes
from grader.notebook.outline.heading_kinds import (
    NAMES,
    descends,
    is_worded,
    kinds,
    names_any,
    parts,
    recurring_parts,
    with_best_names,
)
from grader.notebook.outline.hmm import Scores
from grader.notebook.outline.numbering import OTHER_WORD, Numbering
from grader.notebook.outline.outline import Node
from grader.notebook.outline.soundness import is_likely, is_sound, lost, torn, unlike
from grader.pack.questions import Question

MAX_NODES = 300
"""So many headings of one kind are aligned: no assignment has more questions."""

SPOKEN, SPOKEN_OF_PART = 0.5, 0.05
AS_MANY, AS_MANY_ALIKE = 1.5, 3.5
"""What the order is worth where there are as many headings as questions; more where they differ in nothing else."""

HEARD = 0.5
"""How far what is spoken of below headings counts for this kind of heading."""

CLEAR = 5.0
STAY, STAY_WITHIN, ADVANCE, SKIP, MOST_SKIPPING, BACK = 1.0, 0.3, 0.5, 0.6, 2.0, 2.5
LEAVE, RETURN, REMAIN = 1.5, 0.5, 0.2
ANYWHERE, UNORDERED = 1.5, 3.0
"""What each step to another question costs where the answers are in no order, and what speaks against that."""

RECURRING = 2.0
"""How much speaks for it that a heading that recurs among those that name questions is a part of one answer."""

NUMBERED_ELSE, CLOSES, PREPARES, FOREIGN = 1.0, 3.0, 2.0, 1.5
LEFT_OUT = 2
UNMATCHED, RETURNED, MIXED, TORN, NESTED, SIBLING = 0.4, 1.0, 1.0, 3.0, 2.0, 0.5
SURE, LABELLED, LIKELY, GUESSED, IN_ORDER = 0.98, 0.96, 0.9, 0.6, 0.45


class Aligner:
    """Aligns headings with the questions of an assignment."""

    def __init__(self, questions: Sequence[Question], numbers: Mapping[int, str]) -> None:
        self._ids = [question.id for question in questions]
        self._numbering = Numbering(numbers)
        n = len(questions)
        target, last = np.arange(n)[np.newaxis, :], np.arange(n)[:, np.newaxis]
        ahead = target - last
        cost = np.where(ahead > 1, ADVANCE + np.minimum(MOST_SKIPPING, SKIP * (ahead - 1)), ADVANCE)
        cost = np.where(ahead < 0, BACK, cost)
        np.fill_diagonal(cost, STAY)
        self._cost = np.full((n + 1, n + 1), LEAVE)
        self._cost[:n, :n] = cost
        self._cost[n, :n] = RETURN
        self._cost[n, n] = REMAIN
        self._start = np.append(np.minimum(MOST_SKIPPING, 0.2 * np.arange(n)), 0.0)
        self._cost_back = self._cost.copy()
        self._cost_back[:n, :n] = cost.T
        self._start_back = np.append(self._start[n - 1 :: -1], 0.0)
        self._cost_free = self._cost.copy()
        self._cost_free[:n, :n] = np.where(ahead == 0, STAY, ANYWHERE)
        self._start_free = np.zeros(n + 1)

    def best(self, nodes: Sequence[Node], *, needed: int = 1) -> Alignment | None:
        """The best kind of heading, if any stands over answers to so many questions."""
        found: Alignment | None = None
        likely: Alignment | None = None
        for kind, is_mixed in kinds(nodes):
            alignment = self.align(kind)
            if not is_mixed and is_likely(alignment) and (likely is None or alignment.worth > likely.worth):
                likely = alignment
            if found is not None and found.encloses(alignment, is_mixed=is_mixed):
                continue
            against = MIXED + TORN * torn(found, alignment) if is_mixed else SIBLING * lost(found, alignment)
            worth = alignment.worth - against
            if is_sound(alignment, needed, self._numbering, len(self._ids)) and (found is None or worth > found.worth):
                found = replace(alignment, worth=worth)
        if likely is not None and needed == 1 and (found is None or likely.worth > found.worth):
            return likely
        return found

    def is_anothers(self, node: Node, answered: Set[str]) -> bool:
        """Whether a heading with the number of a question that is answered elsewhere says nothing of that question."""
        question = self._numbering.question(node.label.number) if node.label else None
        return question in answered and self._numbering.is_silent(node)

    def align(self, nodes: Sequence[Node]) -> Alignment:
        """The most likely question of each heading, in view of names, numbers, what stands below, and the order.

        Where all of the questions are counted, and what stands below would leave several of them without an answer,
        the numbers are believed.
        """
        nodes = with_best_names(nodes[:MAX_NODES])
        found = self._most_likely(nodes, self._numbering.numbers(nodes))
        left_out = len(self._ids) - len(found.questions)
        is_counted = left_out >= LEFT_OUT and self._numbering.is_count(nodes)
        if is_counted or (left_out > 0 and self._numbering.is_call(nodes)):
            return self._most_likely(nodes, self._numbering.numbers(nodes, are_believed=True))
        return found

    def _most_likely(self, nodes: Sequence[Node], numbers: Sequence[tuple[str, float] | None]) -> Alignment:
        own = np.zeros((len(nodes), len(self._ids) + 1))
        spoken = np.zeros_like(own)
        place = {question: i for i, question in enumerate(self._ids)}
        inner = parts(nodes, [number is not None for number in numbers], len(self._ids))
        for t, node in enumerate(nodes):
            is_part = t in inner
            for question, score in node.named.items():
                own[t, place[question]] += score
            if (number := numbers[t]) is not None:
                own[t, place[number[0]]] += number[1]
            for question, score in node.topics.items():
                spoken[t, place[question]] += (SPOKEN_OF_PART if is_part else SPOKEN) * score
            own[t, -1] = self._for_none(node, has_number=number is not None)
        in_order = self._in_order(nodes, numbers) - self._numbered_else(numbers)
        if descends(nodes):
            in_order[:, :-1] = in_order[:, -2::-1]
        path = self._path(own + spoken + in_order, nodes, numbers)
        return self._alignment(nodes, path, numbers, own, spoken)

    def _in_order(self, nodes: Sequence[Node], numbers: Sequence[tuple[str, float] | None]) -> Scores:
        """What speaks for the n-th question at the n-th heading without a number, if there are as many of both."""
        result = np.zeros((len(nodes), len(self._ids) + 1))
        full = [
            t
            for t, node in enumerate(nodes)
            if node.label or node.has_prose or node.topics or not node.heading.is_alone  # else it is a title
        ]
        if len(full) == len(self._ids):
            are_alike = len({nodes[t].heading.title.lower() for t in full}) == 1
            for place, t in enumerate(full):
                result[t, place] = (AS_MANY_ALIKE if are_alike else AS_MANY) if numbers[t] is None else 0.0
        return result

    def _numbered_else(self, numbers: Sequence[tuple[str, float] | None]) -> Scores:
        """What speaks against each question at headings with the number of another one."""
        result = np.zeros((len(numbers), len(self._ids) + 1))
        for t, number in enumerate(numbers):
            if number is not None and number[1] >= OTHER_WORD:
                result[t, [i for i, question in enumerate(self._ids) if question != number[0]]] = NUMBERED_ELSE
        return result

    def _path(self, emissions: Scores, nodes: Sequence[Node], numbers: Sequence[tuple[str, float] | None]) -> list[int]:
        if descends(nodes):
            return self._path_in(self._cost_back, self._start_back, emissions, nodes, numbers)[1]
        ordered = self._path_in(self._cost, self._start, emissions, nodes, numbers)
        free = self._path_in(self._cost_free, self._start_free, emissions, nodes, numbers)
        return free[1] if free[0] - UNORDERED > ordered[0] else ordered[1]

    def _path_in(
        self,
        cost: Scores,
        start: Scores,
        emissions: Scores,
        nodes: Sequence[Node],
        numbers: Sequence[tuple[str, float] | None],
    ) -> tuple[float, list[int]]:
        """The best path through the questions in one order of them, and its score."""
        steps = len(nodes)
        recurring = recurring_parts(nodes, len(self._ids))
        best = emissions[0] - start
        came = np.zeros(emissions.shape, dtype=np.intp)
        staying = np.arange(len(self._ids))
        for t in range(1, steps):
            reached = best[:, np.newaxis] - cost
            number = numbers[t]
            if number is None and not names_any(nodes[t]) and not is_worded(nodes[t]):
                reached[staying, staying] += STAY - STAY_WITHIN
            if t in recurring:
                reached[staying, staying] += RECURRING
            came[t] = reached.argmax(axis=0)
            best = reached.max(axis=0) + emissions[t]
        path = [int(best.argmax())]
        for t in range(steps - 1, 0, -1):
            path.append(int(came[t, path[-1]]))
        return float(best.max()), path[::-1]

    def _for_none(self, node: Node, *, has_number: bool) -> float:
        if names_any(node):
            return 0.0
        against = CLOSES if closes(node.heading.title) and not has_number else 0.0
        against += PREPARES if node.prepares else 0.0
        if node.label and not has_number:
            is_beyond = node.level <= BOLD and self._numbering.question(node.label.number) is None
            against += FOREIGN if node.label.style == "word" or is_beyond else 0.0
        return against

    def _alignment(
        self,
        nodes: Sequence[Node],
        path: Sequence[int],
        numbers: Sequence[tuple[str, float] | None],
        own: Scores,
        spoken: Scores,
    ) -> Alignment:
        none = len(self._ids)
        placed = []
        worth: dict[int, float] = {}
        confidence, before, unmatched, returned, is_clear = IN_ORDER, none, 0, 0, True
        seen: set[int] = set()
        for t, state in enumerate(path):
            score = float(own[t, state] + HEARD * spoken[t, state])
            question = self._ids[state] if state < none else None
            is_own = question is not None and (state != before or own[t, state] >= NAMES)
            if question is not None:
                worth[state] = max(worth.get(state, 0.0), score)
                if is_own:
                    is_clear &= bool(own[t, state] >= NAMES)
                    confidence = _confidence(float(own[t, state]), float(spoken[t, state]))
                    # A question's name or subject once more is a second part; an item's number may be any list's.
                    is_said = nodes[t].named.get(question, 0.0) >= NAMES or question in nodes[t].topics
                    is_said |= nodes[t].level <= BOLD and (numbers[t] or ("", 0.0))[0] == question
                    returned += state in seen and state != before and not is_said
                else:
                    unmatched += 1
                seen.add(state)
            placed.append(Placed(nodes[t], question, confidence if question else LIKELY, is_own))
            before = state
        total = sum(worth.values()) - UNMATCHED * unmatched - RETURNED * returned - NESTED * astray(placed)
        total -= unlike(placed, self._numbering)
        return Alignment(tuple(placed), total, is_clear)


def _confidence(own: float, spoken: float) -> float:
    if own >= CLEAR:
        return SURE
    if own >= NAMES:
        return LABELLED
    if own >= NAMES - 1:
        return LIKELY
    return GUESSED if own + spoken >= 2 else IN_ORDER
