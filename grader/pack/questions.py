"""The words a pack is written in: Assignment, Question, check, Concept, Misconception, Topic."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from grader.pack.pictures import Picture
from grader.pack.sheet import Sheet
from grader.pack.verdict import Kind, Outcome, Remark
from grader.pack.vocabulary import PLAIN, Vocabulary

POINTS_PER_QUESTION = 10
MOST_NUMBER = 999
"""No question has a larger number."""
_ID = re.compile(r"q[0-9]+\.[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
# They are given an answer (`grader.answer`), of which these words know nothing.
CheckFunction = Callable[[Any], Outcome]
RemarkFunction = Callable[[Any], Iterable[Remark]]
PictureFunction = Callable[[Any], Iterable[Picture]]
Shows = Literal["names", "hints", "all"]
EvidenceFunction = Callable[[Any], str | None]


class PackError(Exception):
    """A pack cannot be loaded, or contradicts itself; the message names the place."""


def is_id(text: str, question: str) -> bool:
    """Whether a text is the id of a check or a concept of a question: that of the question, a dot, and a plain name."""
    return text.startswith(f"{question}.") and _ID.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Topic:
    """By what one recognises that a passage is about this question, whatever its number says.

    `phrases` are regular expressions (case ignored) that find the subject in prose ("bi-?directional gru", "bigru");
    `code` lists combinations of API names, of which all must be called or imported in a piece of code
    (`("Bidirectional", "GRU")`). Names that the student made up never count. The most specific match wins: a topic
    whose phrase covers more of the text, or whose combination has more names.
    """

    phrases: tuple[str, ...]
    code: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """A statement that a good explanation makes; worth one point.

    `statement` is what the student reads. `ways` are patterns of saying it: each a tuple of slots that must all be
    filled within one sentence or two neighbouring ones; a slot is words or phrases separated by `|`, compared by
    stem, with spelling mistakes tolerated (`("hidden state|memory", "previous|last|h_prev", "input|x_t")`). Order,
    nearness, denial and what must not stand between are marked as `grader.language.prose.patterns` describes.
    `hint` is one line on what to add when it is missing, `why` what the statement is good for. `says` are sentences of
    students that make the statement, `says_not` near misses that do not: a denial, another meaning of the same words,
    what is true of another network. An assignment needs some of both; reading them is left to the tests of the pack.
    """

    id: str
    statement: str
    ways: tuple[tuple[str, ...], ...]
    hint: str
    why: str | None = None
    says: tuple[str, ...] = ()
    says_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong statement that students make; it costs a point of the explanation.

    `ways` are patterns as in `Concept`, but all slots must be filled within one claim: a clause, and those that go on
    about its subject. `message` explains what is wrong. `against` is the id of the concept whose point it costs first;
    without it, the last one that was earned. `about` are names of that of which it is wrong ("gru|it"), `others` names
    of that of which it is true ("lstm"), which must not be what the claim is about. Where `right` words stand in the
    claim, they make it true. `unless` are ids of concepts that say the contrary: a sentence that states one of them as
    well is not held against its author.
    `says` are sentences that show it, `says_not` true ones that sound like it, as in `Concept`.
    """

    id: str
    ways: tuple[tuple[str, ...], ...]
    message: str
    against: str = ""
    about: str = ""
    others: str = ""
    right: str = ""
    unless: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    says_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is judged: a function of the answer, worth whole points."""

    id: str
    kind: Kind
    title: str
    points: int
    run: CheckFunction
    after: str | None = None
    why: str | None = None
    hidden: bool = False
    """Whether students see nothing of it before they are graded."""


@dataclass(slots=True)
class Question:
    """One question of an assignment. It owns its checks; there is no registry.

    `prompt` is the question as the assignment states it, so that its text is not mistaken for an answer. `subject` has
    its words ("network|layer|tanh"): an explanation without any of them is about something else. `sheet` tells
    instructors what is expected.
    """

    number: int
    title: str
    prompt: str
    topic: Topic
    concepts: tuple[Concept, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    subject: str = ""
    sheet: Sheet | None = None
    checks: list[Check] = field(default_factory=list)
    remarks: list[RemarkFunction] = field(default_factory=list)
    pictures: list[PictureFunction] = field(default_factory=list)
    evidence: list[tuple[tuple[str, ...], EvidenceFunction]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The name of the question in ids of checks: `q6`."""
        return f"q{self.number}"

    @property
    def ids(self) -> list[str]:
        """Those of all that earns points: of its checks, and of what its explanation has to say."""
        return [check.id for check in self.checks] + [concept.id for concept in self.concepts]

    @property
    def max_score(self) -> int:
        """The points of the checks, and one for each concept of the explanation."""
        return len(self.concepts) + sum(check.points for check in self.checks)

    def check(
        self, kind: Kind, *, points: int, after: CheckFunction | None = None, hidden: bool = False
    ) -> Callable[[CheckFunction], CheckFunction]:
        """Make a function of the answer into a check of this question.

        The function's name becomes its id, the first paragraph of its docstring its title; the second one says
        to the student why it matters. With `after`, the check is skipped unless that earlier check earned something.
        A `hidden` one is left out where students look at their own notebook (`grader check`).
        """

        def register(function: CheckFunction) -> CheckFunction:
            premise = None if after is None else self._id_of(after)
            paragraphs = [" ".join(part.split()) for part in (inspect.getdoc(function) or "").split("\n\n")]
            title, why = paragraphs[0], "".join(paragraphs[1:2])
            if not title:
                raise PackError(f"{self.id}: the check {function.__name__} needs a docstring; students read it")
            self.checks.append(
                Check(self._id_of(function), kind, title, points, function, premise, why or None, hidden)
            )
            return function

        return register

    def remark(self, function: RemarkFunction) -> RemarkFunction:
        """Make a function of the answer into a source of remarks to the student, which cost nothing."""
        self.remarks.append(function)
        return function

    def picture(self, function: PictureFunction) -> PictureFunction:
        """Make a function of the answer into a source of pictures; it runs after the checks, and may give none."""
        self.pictures.append(function)
        return function

    def shows(self, *concepts: str) -> Callable[[EvidenceFunction], EvidenceFunction]:
        """Make a function into evidence for concepts, besides sentences: it gives what was written, such as an
        equation, or None."""

        def register(function: EvidenceFunction) -> EvidenceFunction:
            self.evidence.append((concepts, function))
            return function

        return register

    def _id_of(self, function: CheckFunction) -> str:
        return f"{self.id}.{getattr(function, '__name__', 'check').strip('_').replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class Assignment:
    """A pack: what is asked, and how answers are judged.

    `prepare` builds what its checks would else build when they first run (parsers, tables): it is called once, while
    kernels are starting. Checks must not rely on it. `vocabulary` has the words of its subject. `shows` is the
    most that students see of a check when they look at their own notebook: names of what fails, hints, or all.

    Raises `PackError` if the pack contradicts itself, or has a statement without examples: patterns that no sentence
    was tried on are not to grade anybody.
    """

    id: str
    title: str
    version: str
    questions: tuple[Question, ...]
    prepare: Callable[[], None] = lambda: None
    vocabulary: Vocabulary = PLAIN
    shows: Shows = "all"

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise PackError(f"pack {self.id}: {problem}")

    @property
    def max_score(self) -> int:
        """The points of all questions."""
        return sum(question.max_score for question in self.questions)

    def _problems(self) -> Iterator[str]:
        numbers = [question.number for question in self.questions]
        if len(set(numbers)) != len(numbers):
            yield "two questions have the same number"
        for number in numbers:
            if not 1 <= number <= MOST_NUMBER:
                yield f"a question has the number {number}, which is none from 1 to {MOST_NUMBER}"
        for question in self.questions:
            ids = question.ids
            yield from _problems_of_ids(question.id, ids)
            if question.max_score != POINTS_PER_QUESTION:
                yield f"{question.id} has {question.max_score} points, not {POINTS_PER_QUESTION}"
            for check in question.checks:
                if check.after is not None and check.after not in ids[: ids.index(check.id)]:
                    yield f"{check.id} comes after {check.after}, which is not an earlier check"
            concepts = {concept.id for concept in question.concepts}
            unknown = {concept for group, _ in question.evidence for concept in group} - concepts
            if unknown:
                yield f"{question.id} has evidence for {sorted(unknown)[0]}, which is no concept of it"
            statements: tuple[Concept | Misconception, ...] = (*question.concepts, *question.misconceptions)
            for statement in statements:
                if not (statement.says and statement.says_not):
                    yield f"{statement.id} needs a sentence that says it (says), and one that does not (says_not)"
            for wrong in question.misconceptions:
                if wrong.against and wrong.against not in ids:
                    yield f"{wrong.id} is against {wrong.against}, which {question.id} does not have"


def _problems_of_ids(question: str, ids: list[str]) -> Iterator[str]:
    if len({id_.casefold() for id_ in ids}) != len(ids):
        yield f"{question} has two checks of the same name"
    for id_ in ids:
        if not is_id(id_, question):
            yield f"{id_!r} is no id in {question}: give it that, a dot, and a name of letters, digits and hyphens"
