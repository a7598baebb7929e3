"""Which block of a notebook answers which question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

from grader.notebook.blocks.blocks import Block, blocks
from grader.notebook.blocks.marks import tag_number
from grader.notebook.chain.question_chain import Decoded, Model, open_stretches
from grader.notebook.chain.weighing import Witness, with_topics_as_marks
from grader.notebook.headings.naming import Names
from grader.notebook.headings.prompts import Prompts
from grader.notebook.headings.topics import SUBJECT, Topics
from grader.notebook.outline.corrections import ENOUGH, repeated, superseded
from grader.notebook.outline.descent import Governed
from grader.notebook.outline.governing import Governor
from grader.notebook.outline.in_view import with_names_in_view
from grader.notebook.outline.outline import Outline
from grader.notebook.outline.set_out import without_templates
from grader.notebook.outline.several import read_for
from grader.notebook.outline.units import Unit, units_of
from grader.notebook.reading.read import Notebook
from grader.notebook.source.api_names import student_names
from grader.pack.questions import Assignment

Role = Literal["answer", "question text", "none"]


@dataclass(frozen=True, slots=True)
class Labelled(Block):
    """A block, or a part of one, with the question it belongs to and the probability of that (0 to 1).

    With the role "question text" it only asks, or is a heading: it shows where an answer stands and is no part of it.
    """

    question: str | None
    confidence: float
    role: Role
    also: frozenset[str] = frozenset()
    """The other questions for whose answers it is read, too: it stands below a heading of several."""

    @property
    def questions(self) -> frozenset[str]:
        """All for whose answers it is read."""
        return self.also | {self.question} if self.question else self.also


@dataclass(frozen=True, slots=True)
class AnswerBlocks:
    """What was read as the answer to one question, in the order of the notebook.

    `cells` are the indices (from 0) of the cells that hold any of it. `code` is what runs; code that is only shown in
    Markdown is `shown_code`. `confidence` is 0.0 where there is no answer.
    """

    question: str
    cells: tuple[int, ...]
    prose: tuple[Labelled, ...]
    code: tuple[Labelled, ...]
    shown_code: tuple[Labelled, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Segmentation:
    """All of a notebook, labelled."""

    blocks: tuple[Labelled, ...]
    repeated: tuple[str, ...] = ()
    """The questions that are answered in more than one place, of which none says that it corrects the other."""

    unread: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """For questions without an answer, the cells with text that speaks of them and was read as no answer, if any."""

    def answer(self, question: str) -> AnswerBlocks:
        """The answer to the question with this id; empty if there is none."""
        ours = [block for block in self.blocks if question in block.questions and block.role == "answer"]
        return AnswerBlocks(
            question,
            tuple(sorted({block.cell for block in ours})),
            tuple(block for block in ours if block.kind == "prose"),
            tuple(block for block in ours if block.kind == "code" and block.source == "code"),
            tuple(block for block in ours if block.kind == "code" and block.source != "code"),
            _confidence(ours),
        )


def segment(notebook: Notebook, assignment: Assignment) -> Segmentation:
    """Read which parts of the notebook answer which questions of the assignment.

    Deterministic, and the same for the same content whatever the student's names are. Never raises on what is in the
    cells.
    """
    found = blocks(notebook, assignment.vocabulary)
    prompts = Prompts(assignment.questions, assignment.vocabulary)
    student = student_names(cell.source for cell in notebook.cells if cell.type == "code")
    tags = {cell.index: number for cell in notebook.cells if (number := tag_number(cell.tags)) is not None}
    topics = Topics(assignment.questions, assignment.vocabulary)
    names = Names(assignment.questions, topics, prompts, assignment.vocabulary)
    units = units_of(found, prompts, names.is_name)
    if not units:
        return Segmentation(())
    nodes = with_names_in_view(Outline(units, found, names, topics, student).nodes(tags), names)
    nodes = without_templates(nodes)
    governed = Governor(units, found, nodes, topics, student, assignment.questions).governed()
    units = with_topics_as_marks(units, topics)
    wanted = {place for stretch in open_stretches(governed) for place in stretch}
    evidence = Witness(assignment.questions, found, student, topics).evidence(units, tags, wanted)
    labels = Model(assignment.questions).decode(units, found, evidence, governed)
    roles = [_role(unit, label, said) for unit, label, said in zip(units, labels, governed, strict=True)]
    said = [
        (label[0], found[unit.block].text[unit.start : unit.end], found[unit.block].source == "markdown")
        for unit, label in zip(units, labels, strict=True)
    ]
    for index in superseded(said):
        labels[index], roles[index], said[index] = (None, labels[index][1]), "none", (None, "", False)
    shared = read_for([label for label, _ in labels], nodes, assignment.questions)
    for index, questions in enumerate(shared):
        if len(questions) == 1:
            labels[index] = (min(questions), labels[index][1])
    labelled = tuple(_labelled(found, units, labels, roles, shared))
    return Segmentation(labelled, tuple(repeated(said)), _unread(labelled, topics, assignment))


def _unread(labelled: Sequence[Labelled], topics: Topics, assignment: Assignment) -> dict[str, tuple[int, ...]]:
    """The cells with text of some length on each question without an answer, though that text is read for none."""
    answered = {question for block in labelled if block.role == "answer" for question in block.questions}
    told: dict[str, set[int]] = {}
    for block in labelled:
        if block.question is None and block.kind == "prose" and len(block.text.split()) >= ENOUGH:
            for question, value in topics.in_prose(block.text).items():
                if value >= SUBJECT and question not in answered:
                    told.setdefault(question, set()).add(block.cell)
    ids = [question.id for question in assignment.questions]
    return {question: tuple(sorted(told[question])) for question in ids if question in told}


def _labelled(
    found: Sequence[Block],
    units: Sequence[Unit],
    labels: Sequence[Decoded],
    roles: Sequence[Role],
    shared: Sequence[frozenset[str]],
) -> Iterator[Labelled]:
    """Neighbouring units of one block that belong together become one again; what was cut off belongs to nothing."""
    decoded = list(zip(units, labels, roles, shared, strict=True))
    known = set()
    for key, group in groupby(decoded, key=lambda item: (item[0].block, item[1][0], item[2], item[3])):
        index, question, role, questions = key
        members = [(unit, label) for unit, label, _, _ in group]
        known.add(index)
        also = questions - {question} if question in questions else frozenset()
        yield replace(_part(found[index], members, question, role), also=also)
    for index, block in enumerate(found):
        if index not in known:
            yield _label(block, None, 1.0, "none")


def _role(unit: Unit, label: Decoded, said: Governed | None) -> Role:
    """What a unit is to its question. A heading within an answer is part of what the answer says."""
    if label[0] is None:
        return "none"
    if said is not None and unit.heading is not None and unit.prompt is None:
        return "question text" if said.is_heading else "answer"
    return "question text" if unit.is_question else "answer"


def _part(block: Block, members: Sequence[tuple[Unit, Decoded]], question: str | None, role: Role) -> Labelled:
    start, end = members[0][0].start, members[-1][0].end
    weights = [max(1, len(unit.body)) for unit, _ in members]
    mean = sum(w * label[1] for w, (_, label) in zip(weights, members, strict=True)) / sum(weights)
    if block.kind == "code" or (start == 0 and end >= len(block.text)):
        return _label(block, question, mean, role)
    text = block.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    first = min(block.first_line + block.text.count("\n", 0, start), block.last_line)
    part = Block(block.cell, block.kind, text, first, min(first + text.count("\n"), block.last_line), block.source)
    return _label(part, question, mean, role)


def _label(block: Block, question: str | None, confidence: float, role: Role) -> Labelled:
    return Labelled(
        block.cell,
        block.kind,
        block.text,
        block.first_line,
        block.last_line,
        block.source,
        question,
        round(confidence, 4),
        role,
    )


def _confidence(ours: Sequence[Labelled]) -> float:
    """The mean over the text, so that one doubtful comment does not make a clear answer doubtful."""
    if not ours:
        return 0.0
    weights = [len(block.text) for block in ours]
    return round(sum(w * block.confidence for w, block in zip(weights, ours, strict=True)) / sum(weights), 2)
