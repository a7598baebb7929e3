"""Which headings stand over the answers, and which question each of them answers: decided once, for all together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

import numpy as np

from grader.notebook.headings.openings import BOLD, ITEM
from grader.notebook.headings.topics import SUBJECT
from grader.notebook.outline.aligned import Alignment, Placed, astray
from grader.notebook.outline.closing import closes
from grader.notebook.outline.heading_kinds import (
    NAMES,
    begins_anew,
    descends,
    is_row,
    is_worded,
    kind_of,
    kinds,
    names_any,
    parts,
    recurring_parts,
    with_best_names,
)
from grader.notebook.outline.hmm import Scores
from grader.notebook.outline.numbering import OTHER_WORD, Numbering
from grader.notebook.outline.outline import Node
from grader.pack.questions import Question

MAX_NODES = 300
"""So many headings of one kind are aligned: no assignment has more questions."""

SPOKEN, SPOKEN_OF_PART = 0.5, 0.05
AS_MANY, AS_MANY_ALIKE = 1.5, 3.5
"""What the order is worth where there are as many headings as questions; more where they differ in nothing else."""

HEARD = 0.5
"""How far what is spoken of below headings counts for this kind of heading."""

CLEAR = 5.0
A_ROW = 4
"""So many texts that are headed by nothing but higher and higher numbers are answers, whatever they speak of."""

MANY_TOPICS = 4
"""So many items of a list about as many questions are the answers; fewer may be variants of one thing."""

MOST_LIKELY, SUPPORTED = 0.7, 1.5
"""This share of headings must stand over answers, with so much that speaks for each on the average."""

A_SCHEME, WITHIN, WITHIN_NUMBERED = 0.6, 7.5, 3.0
"""So many of the questions have headings alike with their numbers: then what is within is hardly another answer."""

STAY, STAY_WITHIN, ADVANCE, SKIP, MOST_SKIPPING, BACK = 1.0, 0.3, 0.5, 0.6, 2.0, 2.5
LEAVE, RETURN, REMAIN = 1.5, 0.5, 0.2
ANYWHERE, UNORDERED = 1.5, 3.0
"""What each step to another question costs where the answers are in no order, and what speaks against that."""

RECURRING = 2.0
"""How much speaks for it that a heading that recurs among those that name questions is a part of one answer."""

NUMBERED_ELSE, CLOSES, PREPARES, FOREIGN = 1.0, 3.0, 2.0, 1.5
MOST_PARTS, LEFT_OUT = 2, 2
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
            if not is_mixed and self._is_likely(alignment) and (likely is None or alignment.worth > likely.worth):
                likely = alignment
            if found is not None and found.encloses(alignment, is_mixed=is_mixed):
                continue
            against = MIXED + TORN * self._torn(found, alignment) if is_mixed else SIBLING * _lost(found, alignment)
            worth = alignment.worth - against
            if self._is_sound(alignment, needed) and (found is None or worth > found.worth):
                found = replace(alignment, worth=worth)
        if likely is not None and needed == 1 and (found is None or likely.worth > found.worth):
            return likely
        return found

    def _is_likely(self, alignment: Alignment) -> bool:
        """Whether headings that begin cells stand over most of the text, and most of them over what speaks of their
        question, each over another one.
        """
        owners = [each for each in alignment.placed if each.question and each.is_own]
        asked = [each.question for each in owners]
        opening = [each for each in alignment.placed if each.node.opens_cell and each.node.heading.is_alone]
        return (
            len(opening) == len(alignment.placed) >= A_ROW
            and len(asked) == len(set(asked)) >= MOST_LIKELY * len(alignment.placed)
            and alignment.worth >= SUPPORTED * len(owners)
            and not begins_anew([each.node for each in alignment.placed])
        )

    def _torn(self, one: Alignment | None, mixture: Alignment) -> int:
        """How many headings over answers of one kind a mixture leaves out, though it has most of them."""
        owners = {each.node.unit for each in one.placed if each.is_own and each.question} if one else set()
        left_out = owners - {each.node.unit for each in mixture.placed}
        return len(left_out) if 2 * len(left_out) < len(owners) else 0

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
        total -= self._unlike(placed)
        return Alignment(tuple(placed), total, is_clear)

    def _unlike(self, placed: Sequence[Placed]) -> float:
        """What speaks against headings within the answers, where most of the questions have headings of one kind with
        their numbers: without a number they are worth less than that they name another question.
        """
        said = self._numbering.question
        numbered = [each for each in placed if each.is_own and each.node.label and each.question]
        agreeing = [each for each in numbered if each.node.label and said(each.node.label.number) == each.question]
        scheme = Counter(kind_of(each.node) for each in agreeing).most_common(1)
        if not scheme or scheme[0][1] < max(A_ROW, A_SCHEME * len({each.question for each in placed})):
            return 0.0
        kind = scheme[0][0]
        within = [each.node for each in placed if each.is_own and each.question and kind_of(each.node) != kind]
        within = [node for node in within if node.level > kind[0] or kind[0] > BOLD]
        return sum(WITHIN_NUMBERED if node.label else WITHIN for node in within)

    def _is_sound(self, alignment: Alignment, needed: int) -> bool:
        """Whether headings of this kind stand over answers, rather than within them."""
        owners = [each for each in alignment.placed if each.is_own and each.question]
        if len(alignment.questions) < needed or not owners:
            return False
        ones = [each for each in owners if each.node.label and each.node.label.number == 1]
        if len(ones) > MOST_PARTS and begins_anew([each.node for each in alignment.placed]):
            return False
        strong = [each for each in owners if each.node.named.get(each.question or "", 0.0) >= NAMES]
        worded = [each for each in owners if each.node.label and each.node.label.style in ("word", "ordinal")]
        if len(strong) + len([each for each in worded if each not in strong]) >= max(1, len(owners) / 2):
            return True
        if len(owners) >= 0.8 * len(self._ids) and len(alignment.placed) <= 1.2 * len(self._ids):
            return True
        if len(owners) == len(alignment.placed) >= A_ROW and is_row([each.node for each in owners]):
            return True
        told = [each for each in owners if each.node.topics.get(each.question or "", 0.0) >= SUBJECT]
        enough = 2 if all(each.node.level < ITEM or each.node.opens_cell for each in told) else MANY_TOPICS
        if all(each.node.label for each in owners) and len(told) >= max(enough, 0.8 * len(owners)):
            return True
        said = self._numbering.question
        numbered = [each for each in owners if each.node.label and said(each.node.label.number) == each.question]
        supported = [each for each in numbered if (each.question or "") in each.node.topics]
        return len(numbered) >= 3 and len(supported) >= len(numbered) / 2


def _lost(one: Alignment | None, part: Alignment) -> int:
    """How many headings that name their questions are left out by a part of the headings of one kind."""
    units = {each.node.unit for each in part.placed}
    if one is None or not units < {each.node.unit for each in one.placed}:
        return 0
    left = [each for each in one.placed if each.is_own and each.node.unit not in units]
    return sum(each.node.named.get(each.question or "", 0.0) >= NAMES for each in left)


def _confidence(own: float, spoken: float) -> float:
    if own >= CLEAR:
        return SURE
    if own >= NAMES:
        return LABELLED
    if own >= NAMES - 1:
        return LIKELY
    return GUESSED if own + spoken >= 2 else IN_ORDER
