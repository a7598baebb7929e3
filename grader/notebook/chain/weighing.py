"""What speaks for each question at each unit: marks, topics in prose, and API names in code."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.notebook.blocks.blocks import Block
from grader.notebook.headings.topics import DEFINITION, SUBJECT, Topics, readable, strongest
from grader.notebook.outline.units import Unit
from grader.notebook.source.api_names import StudentNames, api_names, only_prepares
from grader.pack.questions import Question

PROMPT, TAG, MARK, HEADING, ITEM = 7.0, 6.0, 3.5, 2.5, 1.2
ITEM_AMONG_MARKS = 0.3
CLAIMED = 0.25
"""What a number is worth on a text that does not name its topic, where another text clearly does."""

LISTED, TITLE, FOREIGN_NUMBER, PREPARES = 8.0, 4.0, 1.5, 1.5
NO_TOPIC, NO_TOPIC_WORDS = 3.5, 8
NO_CODE_TOPIC = 0.8
ASIDE, FIRST_COMMENT, CONTINUED, BEGINNING, COMMENTED_CODE = 0.35, 0.5, 0.5, 0.9, 0.3
CLEAR_TOPIC, ENOUGH_WORDS, EXPLANATION_WORDS = 4.0, 5, 15
MARKS_OF_A_SCHEME, MANY_TOPICS = 3, 4

_TITLE = re.compile(
    r"\b(?:assignments?|homework|lab|practical|roll no|name\s*:|student id|submitted by)\b", re.IGNORECASE
)
_CALLS = re.compile(r"\w\(")
_BEGINS_LIKE_CODE = re.compile(r"\s*\w+\s*=\s*[\w.]+\(|(?:import|from)\s+\w")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of one unit: log-odds for each question that something speaks for, and for `none`.

    `lacking` is how much speaks against a question without any topic here being *entered* here: a long passage that
    never names its subject is hardly the beginning of its answer.
    """

    questions: Mapping[str, float]
    topics: Mapping[str, float]
    none: float
    lacking: float


class Witness:
    """Gathers the evidence of a whole notebook, in order."""

    def __init__(
        self, questions: Sequence[Question], blocks: Sequence[Block], student: StudentNames, topics: Topics
    ) -> None:
        self._topics = topics
        self._by_number = {question.number: question.id for question in questions}
        self._blocks = blocks
        self._student = student

    def evidence(
        self, units: Sequence[Unit], tags: Mapping[int, int], wanted: Container[int] | None = None
    ) -> list[Evidence]:
        """The evidence of each unit; where only some are `wanted` (by their places), the others' may lack their topics.

        `tags` are the numbers in the tags of cells.
        """
        if wanted is not None and any(unit.mark for place, unit in enumerate(units) if place in wanted):
            wanted = None  # what a mark is worth is seen from those of the whole notebook
        topics = self._all_topics(units, wanted)
        marks = self._marks(units, topics)
        preparing = [each for stretch in self._stretches(units) for each in [self._prepares(stretch)] * len(stretch)]
        result = []
        for unit, topic, mark, prepares in zip(units, topics, marks, preparing, strict=True):
            tag = self._by_number.get(tags.get(self._blocks[unit.block].cell, -1))
            none = PREPARES if prepares and unit.boundary == "cell" else self._for_none(unit)
            result.append(self._one(unit, topic, mark, tag if unit.boundary == "cell" else None, none))
        return result

    def _prepares(self, stretch: Sequence[Unit]) -> bool:
        """Whether the code of a cell, taken together, only sets things up."""
        code = [unit.body for unit in stretch if self._blocks[unit.block].kind == "code"]
        return len(code) > 0 and stretch[0].boundary == "cell" and only_prepares(*code)

    def _all_topics(self, units: Sequence[Unit], wanted: Container[int] | None) -> list[dict[str, float]]:
        """The topics of every unit. Within a stretch of a cell, asides say each thing once, and code speaks once."""
        result: list[dict[str, float]] = []
        marked = follows_scheme(units)
        for stretch in self._stretches(units):
            places = range(len(result), len(result) + len(stretch))
            if wanted is not None and not any(place in wanted for place in places):
                result += [{} for _ in stretch]
                continue
            code = [unit for unit in stretch if self._blocks[unit.block].kind == "code"]
            used = frozenset[str]().union(*(api_names(unit.body, self._student) for unit in code))
            said: set[str] = set()
            for unit in stretch:
                if code and unit is code[0]:
                    result.append(self._topics.in_code(used))
                    continue
                is_code = self._blocks[unit.block].kind == "code"
                topics = {} if is_code else self._prose_topics(unit, marked=marked)
                if unit.boundary == "aside":
                    topics = {question: value for question, value in topics.items() if question not in said}
                    said |= set(topics)
                result.append(topics)
        return result

    def _stretches(self, units: Sequence[Unit]) -> list[list[Unit]]:
        """The units between two places of a cell where a new answer may well begin."""
        stretches: list[list[Unit]] = []
        for unit in units:
            if unit.boundary in ("cell", "mark", "heading", "block"):
                stretches.append([])
            stretches[-1].append(unit)
        return stretches

    def _prose_topics(self, unit: Unit, *, marked: bool) -> dict[str, float]:
        topics = self._topics.in_prose(unit.body)
        return {question: self._share(unit, value, marked=marked) * value for question, value in topics.items()}

    def _share(self, unit: Unit, value: float, *, marked: bool) -> float:
        """How much of a topic's evidence counts, by where the text stands."""
        if unit.boundary in ("paragraph", "item"):
            return BEGINNING if value >= SUBJECT + DEFINITION and not marked else CONTINUED
        share = 1.0
        if unit.boundary == "aside":
            share = ASIDE
        elif unit.boundary == "cell" and unit.is_aside:
            # A whole explanation, or a numbered line, is an answer, though its lines begin with "#".
            numbered = unit.mark is not None and unit.mark.strength != "weak"
            share = 1.0 if numbered or len(unit.body.split()) >= EXPLANATION_WORDS else FIRST_COMMENT
        if self._blocks[unit.block].source == "comment" and _looks_like_code(unit.body):
            share = min(share, COMMENTED_CODE)
        return share

    def _marks(self, units: Sequence[Unit], topics: Sequence[Mapping[str, float]]) -> list[tuple[str, float] | None]:
        """What the number of each unit is worth, and for which question."""
        trust = self._trust(units, topics)
        weights = {"strong": MARK, "heading": HEADING, "weak": ITEM_AMONG_MARKS if follows_scheme(units) else ITEM}
        claimed = {top[0] for topic in topics if (top := strongest(topic.items())) and top[1] >= CLEAR_TOPIC}
        result: list[tuple[str, float] | None] = []
        for unit, topic in zip(units, topics, strict=True):
            question = self._numbered(unit)
            if unit.mark is None or question is None:
                result.append(None)
                continue
            elsewhere = question in claimed and question not in topic and len(unit.body.split()) > ENOUGH_WORDS
            result.append((question, weights[unit.mark.strength] * trust * (CLAIMED if elsewhere else 1.0)))
        return result

    def _trust(self, units: Sequence[Unit], topics: Sequence[Mapping[str, float]]) -> float:
        """How far numbers are to be trusted: the share of numbered units whose own topic agrees with the number."""
        agree = disagree = 0
        for unit, topic in zip(units, topics, strict=True):
            top = strongest(topic.items())
            question = self._numbered(unit)
            if unit.mark and unit.mark.strength != "weak" and question and top and top[1] >= CLEAR_TOPIC:
                agree += question == top[0]
                disagree += question != top[0]
        return (agree + 3) / (agree + disagree + 3)

    def _numbered(self, unit: Unit) -> str | None:
        return self._by_number.get(unit.mark.number) if unit.mark and unit.mark.number is not None else None

    def _one(
        self, unit: Unit, topic: dict[str, float], mark: tuple[str, float] | None, tag: str | None, none: float
    ) -> Evidence:
        block = self._blocks[unit.block]
        if unit.is_listed:
            return Evidence({}, {}, LISTED, 0.0)
        if unit.prompt:
            return Evidence({unit.prompt: PROMPT}, {unit.prompt: PROMPT}, 0.0, 0.0)
        scores = dict(topic)
        for question, weight in filter(None, (mark, (tag, TAG) if tag else None)):
            scores[question] = scores.get(question, 0.0) + weight
        return Evidence(scores, topic, none, 0.0 if tag else _lacking(unit, block))

    def _for_none(self, unit: Unit) -> float:
        if self._blocks[unit.block].kind == "code":
            return 0.0
        if unit.mark:
            foreign = unit.mark.strength == "strong" and unit.mark.number is not None and not self._numbered(unit)
            return FOREIGN_NUMBER if foreign else 0.0
        line = readable(unit.body[:400])
        return TITLE if len(line.split()) <= 14 and _TITLE.search(line) else 0.0


def with_topics_as_marks(units: Sequence[Unit], topics: Topics) -> list[Unit]:
    """Where nothing else marks the answers, a list whose items are about many of the questions is the answers.

    Its items are then as good as headings. A list of variants inside one answer is short, or in a marked notebook.
    """
    if follows_scheme(units):
        return list(units)
    items = [index for index, unit in enumerate(units) if unit.mark and unit.boundary == "item" and not unit.is_listed]
    subjects: dict[int, str] = {}
    for index in items:
        top = strongest(topics.in_prose(units[index].body).items())
        if top and top[1] >= SUBJECT:
            subjects[index] = top[0]
    if len(set(subjects.values())) < MANY_TOPICS or len(subjects) < len(items) / 2:
        return list(units)
    listed = set(items)
    return [
        replace(unit, boundary="heading", mark=replace(unit.mark, strength="heading"))
        if index in listed and unit.mark
        else unit
        for index, unit in enumerate(units)
    ]


def follows_scheme(units: Sequence[Unit]) -> bool:
    """Whether the answers of this notebook are marked: then what is not marked hardly begins a new one."""
    return len(scheme(units)) >= MARKS_OF_A_SCHEME


def scheme(units: Sequence[Unit]) -> set[int]:
    """The numbers in the marks of a notebook, without weak ones."""
    marks = [unit.mark for unit in units if unit.mark and unit.mark.strength != "weak" and not unit.is_listed]
    return {mark.number for mark in marks if mark.number is not None}


def _looks_like_code(text: str) -> bool:
    """Whether a comment is code that does not run: it begins so, or a call ends its last line."""
    last = text.rstrip().rpartition("\n")[2]
    called = last.endswith(")") and _CALLS.search(last, 0, len(last) - 1) is not None
    return called or _BEGINS_LIKE_CODE.match(text) is not None


def _lacking(unit: Unit, block: Block) -> float:
    if block.kind == "code":
        return NO_CODE_TOPIC
    return min(NO_TOPIC, len(unit.body[:1000].split()) / NO_TOPIC_WORDS)
