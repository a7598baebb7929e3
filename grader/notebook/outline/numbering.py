"""The questions that the numbers of headings stand for, and what each number is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from grader.notebook.headings.openings import BOLD, ITEM
from grader.notebook.headings.topics import DEFINITION, SUBJECT
from grader.notebook.outline.heading_kinds import NAMES, descends, is_worded, names_any, strongest_name
from grader.notebook.outline.outline import Node
from grader.notebook.outline.several import several

NUMBER, OTHER_WORD = 4.0, 3.0

CONTRADICTED = 0.25
"""What a number is worth over a text that defines another question's subject and never names its own."""

MENTIONED = 2.9
A_SET, MOST_TOLD, SILENT = 3, 0.5, 0.5


class Numbering:
    """Reads the numbers of headings in view of one another: trusted, shifted, or those of another list."""

    def __init__(self, numbers: Mapping[int, str]) -> None:
        self._by_number = numbers

    def question(self, number: int) -> str | None:
        """The question of this number."""
        return self._by_number.get(number)

    def is_count(self, nodes: Sequence[Node]) -> bool:
        """Whether the headings with numbers count all of the questions, each once and in order."""
        return [node.label.number for node in nodes if node.label] == sorted(self._by_number)

    def is_call(self, nodes: Sequence[Node]) -> bool:
        """Whether headings with a word and a number call all of the questions, each once, in whatever order."""
        called = [node.label.number for node in nodes if node.label and is_worded(node)]
        return sorted(called) == sorted(self._by_number)

    def numbers(self, nodes: Sequence[Node], *, are_believed: bool = False) -> list[tuple[str, float] | None]:
        """The question that each heading's number stands for, and what that is worth, whatever the texts say if
        numbers `are_believed`."""
        anew = self._counted_anew(nodes)
        trust = 1.0 if are_believed or anew else self._trust(nodes)
        claimed = {node.label.number for node in nodes if node.label and names_any(node)}
        spoken_of = {node.label.number for node in nodes if node.label and self._speaks_of_its_number(node)}
        others = {t for t, node in enumerate(nodes) if self._is_anothers(node, claimed, spoken_of)}
        others = {t for t in others if not _goes_on(nodes, t)}
        worded = {t for t in others if is_worded(nodes[t])}
        if len(worded) < A_SET:
            others -= worded  # a second answer to a question, rather than another set of questions
        others -= self._again({t: nodes[t] for t in others}) | _same_titles({t: nodes[t] for t in others})
        others |= self._of_another_sheet(nodes)
        shifts = self._shifts(nodes)
        is_count = self.is_count(nodes)
        told = {
            question
            for node, shift in zip(nodes, shifts, strict=True)
            if node.label and (question := self._by_number.get(node.label.number + shift)) and _is_about(node, question)
        }
        told |= self._answered_there(nodes)
        result: list[tuple[str, float] | None] = []
        for t, node in enumerate(nodes):
            label = node.label
            question = self._by_number.get(label.number + shifts[t]) if label else None
            question = anew.get(label.number, question) if label else None
            if label is None or question is None or t in others:
                result.append(None)
                continue
            worth = (OTHER_WORD if label.style == "other" else NUMBER) * trust
            elsewhere = told - {question}
            is_doubtful = is_contradicted(node, question, elsewhere, is_bare=node.level >= ITEM and not is_count)
            result.append((question, worth * (CONTRADICTED if is_doubtful and not are_believed else 1.0)))
        return result

    def _answered_there(self, nodes: Sequence[Node]) -> set[str]:
        """The questions that have headings with their numbers, over text which defines no other question's subject."""
        return {
            question
            for node in nodes
            if node.label and (question := self._by_number.get(node.label.number))
            if node.has_prose and not is_contradicted(node, question, frozenset(), is_bare=False)
        }

    def _counted_anew(self, nodes: Sequence[Node]) -> dict[int, str]:
        """The questions of a student's own numbers, where headings name them and each has a number of its own."""
        said = {(node.label.number, named) for node in nodes if node.label and (named := self._one_named(node))}
        own = dict(said)
        is_own = len(own) == len(said) == len(set(own.values())) >= A_SET
        return own if is_own and own.items() - self._by_number.items() else {}

    def _one_named(self, node: Node) -> str | None:
        """The question that a heading names, if it does not stand over the answers to several."""
        return None if several(node.line, self._by_number) else strongest_name(node.named)

    def _shifts(self, nodes: Sequence[Node]) -> list[int]:
        """By how much a number is off, where those before and behind it that are named are off by as much."""
        numbers = {question: number for number, question in self._by_number.items()}
        off: list[int | None] = []
        for node in nodes:
            top = _subject(node)
            off.append(numbers[top] - node.label.number if node.label and top else None)
        before, behind = _last_known(off), _last_known(off[::-1])[::-1]
        return [
            one or 0 if own is None and one == other else 0 for own, one, other in zip(off, before, behind, strict=True)
        ]

    def _is_anothers(self, node: Node, claimed: set[int], spoken_of: set[int]) -> bool:
        """Whether a number is that of another heading, which names its question or stands over what speaks of it."""
        if node.label is None or names_any(node):
            return False
        if node.label.number in claimed:
            return True
        question = self._by_number.get(node.label.number)
        return node.label.number in spoken_of and node.has_prose and question not in node.topics

    def _of_another_sheet(self, nodes: Sequence[Node]) -> set[int]:
        """Headings whose titles and texts say nothing of their questions, where nearly all of the others' do."""
        titled = {
            t: node
            for t, node in enumerate(nodes)
            if node.label and node.heading.is_alone and any(map(str.isalpha, node.heading.title))
        }
        silent = {t for t, node in titled.items() if self.is_silent(node) and not _is_in_place(nodes, t)}
        spoken = {question for t, node in titled.items() if t not in silent for question in node.named}
        return silent if len(spoken) >= A_SET and len(silent) <= SILENT * len(titled) else set()

    def is_silent(self, node: Node) -> bool:
        """Whether title and text of a heading with a number say nothing of the question of that number."""
        titled = node.heading.is_alone and any(map(str.isalpha, node.heading.title))
        return titled and node.has_prose and not (names_any(node) or self._mentions(node))

    def _mentions(self, node: Node) -> bool:
        question = self._by_number.get(node.label.number) if node.label else None
        return question is None or question in node.topics or question in node.named

    def _again(self, others: Mapping[int, Node]) -> set[int]:
        """Headings with numbers alone, over what speaks of the questions of their numbers: the same questions again."""
        again = {t: node for t, node in others.items() if node.level <= BOLD}
        told = sum(self._speaks_of(node) for node in again.values())
        return set(again) if told >= max(A_SET, MOST_TOLD * len(again)) else set()

    def _speaks_of(self, node: Node) -> bool:
        return node.label is not None and self._by_number.get(node.label.number) in node.topics

    def _speaks_of_its_number(self, node: Node) -> bool:
        question = self._by_number.get(node.label.number) if node.label else None
        return question is not None and node.topics.get(question, 0.0) >= SUBJECT

    def _trust(self, nodes: Sequence[Node]) -> float:
        """How far numbers are to be trusted: the share of numbered headings that name the question of their number."""
        if descends(nodes):
            return 1.0  # nobody counts downwards but on purpose
        agree = disagree = 0
        for node in nodes:
            if node.label and (top := _subject(node)):
                question = self._by_number.get(node.label.number)
                agree += question is not None and (question == top or node.named.get(question, 0.0) >= NAMES)
                disagree += question != top
        return (agree + 1) / (agree + disagree + 1)


def _same_titles(others: Mapping[int, Node]) -> set[int]:
    """Headings that differ in nothing but their numbers: "Code for question 1", "Code for question 2"."""
    numbers: dict[str, list[int]] = {}
    for node in others.values():
        if node.label:
            numbers.setdefault(node.heading.title.lower(), []).append(node.label.number)
    alike = {title for title, met in numbers.items() if title and len(met) == len(set(met)) > 1}
    return {t for t, node in others.items() if node.heading.title.lower() in alike and is_worded(node)}


def _is_in_place(nodes: Sequence[Node], t: int) -> bool:
    """Whether a heading has a number that no other has, between those of the headings around it that look alike."""
    alike = [node for node in nodes if node.level == nodes[t].level and node.label]
    numbers = [node.label.number for node in alike if node.label]
    at = next((place for place, node in enumerate(alike) if node is nodes[t]), None)
    if at is None or numbers.count(numbers[at]) > 1:
        return False
    return 0 < at < len(numbers) - 1 and numbers[at - 1] < numbers[at] < numbers[at + 1]


def _last_known(values: Sequence[int | None]) -> list[int | None]:
    """Each value, or the last one before it that is known."""
    known: list[int | None] = []
    for value in values:
        known.append(known[-1] if value is None and known else value)
    return known


def _goes_on(nodes: Sequence[Node], t: int) -> bool:
    """Whether a heading has the number of the one before it, which looks like it: "4a", "4b"."""
    one, other = nodes[t - 1].label if t else None, nodes[t].label
    is_alike = t > 0 and nodes[t - 1].level == nodes[t].level
    return is_alike and one is not None and other is not None and one.number == other.number


def _subject(node: Node) -> str | None:
    """The question that a heading names, or that the text behind its number begins by defining."""
    named = strongest_name(node.named)
    if named or node.heading.is_alone:
        return named
    told = max(node.topics, key=lambda each: node.topics[each], default=None)
    return told if told is not None and node.topics[told] >= SUBJECT + DEFINITION else None


def _is_about(node: Node, question: str) -> bool:
    return max(node.topics.get(question, 0.0), node.named.get(question, 0.0)) > MENTIONED


def is_contradicted(node: Node, question: str, elsewhere: Set[str], *, is_bare: bool) -> bool:
    """Whether a text defines another question's subject, and not one of those that are answered `elsewhere`.

    A bare number is worth less than others, unless all of the questions are counted: any list has them.
    """
    if _is_about(node, question):
        return False
    is_bare = is_bare and question not in node.topics
    others = [value for other, value in node.topics.items() if is_bare or other not in elsewhere]
    return max(others, default=0.0) >= (SUBJECT if is_bare else SUBJECT + DEFINITION)
