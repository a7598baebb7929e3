"""What must not matter: names, how cells are cut, in which order answers come, and what else is in the notebook."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.notebook.segment import Segmentation, segment
from grader.notebook.source.api_names import student_names
from grader.pack.questions import Assignment
from tests.notebook.writing import (
    ANSWERS,
    Draft,
    Written,
    as_written,
    code,
    docstring_cell,
    md,
    notebook,
    read_as,
)

MARKS = ["Ans {}:- ", "Ans{}. ", "Answer {}: ", "Q{}) ", "**Ans {}:** ", "A{}: ", "## {}. "]
NAMES = [
    "a",
    "b1",
    "_x",
    "LSTM",
    "GRU",
    "Bidirectional",
    "fit",
    "get_weights",
    "SimpleRNN",
    "bilstm",
    "modèle",
    "q7",
    "cell",
]
mark = st.sampled_from(MARKS)
order = st.permutations(ANSWERS)


def code_owners(segmentation: Segmentation) -> dict[str, set[str | None]]:
    """For each answer, the questions to which the lines of its code were given, but for its imports."""
    lines = {
        (line.strip(), block.question)
        for block in segmentation.blocks
        if block.kind == "code"
        for line in block.text.split("\n")
    }
    return {
        answer.id: {
            question
            for line in answer.code.split("\n")
            for found, question in lines
            if found == line.strip() and not found.startswith("import")
        }
        for answer in ANSWERS
    }


def assert_read(assignment: Assignment, cells: Sequence[Draft], answers: Sequence[Written] = ANSWERS) -> None:
    segmentation = segment(notebook(cells), assignment)
    assert read_as(segmentation, answers) == as_written(answers)
    owners = code_owners(segmentation)
    assert {answer.id: owners[answer.id] for answer in answers} == {answer.id: {answer.id} for answer in answers}


def renamed(source: str, names: dict[str, str]) -> str:
    """The same program with other names: only tokens that are names, and no attributes or keyword arguments."""
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    result = []
    for index, token in enumerate(tokens):
        before, after = tokens[index - 1].string if index else "", tokens[index + 1].string if token.string else ""
        plain_name = token.type == tokenize.NAME and before != "." and not (after == "=" and before in "(,")
        result.append((token.type, names.get(token.string, token.string) if plain_name else token.string))
    return tokenize.untokenize(result)


@given(st.lists(st.sampled_from(NAMES) | st.from_regex(r"[a-z]{2,8}_[0-9]", fullmatch=True), min_size=30, max_size=30))
@settings(max_examples=60)
def test_renaming_everything_changes_nothing(assignment: Assignment, new_names: list[str]) -> None:
    """Are names no evidence, not even those of layers that the student gave to something else?"""
    names = student_names(answer.code for answer in ANSWERS).names - {"self", "units", "__init__"}
    cells = [docstring_cell(answer) for answer in ANSWERS]
    mapping = dict(zip(sorted(names), new_names, strict=False))
    others = [docstring_cell(replace(answer, code=renamed(answer.code, mapping))) for answer in ANSWERS]
    before, after = segment(notebook(cells), assignment), segment(notebook(others), assignment)
    assert [(b.cell, b.kind, b.question, b.confidence) for b in after.blocks] == [
        (b.cell, b.kind, b.question, b.confidence) for b in before.blocks
    ]


def whole(answer: Written, form: str) -> list[Draft]:
    return [docstring_cell(answer, form)]


def split(answer: Written, form: str) -> list[Draft]:
    return [code(f"'''{form.format(answer.number)}{answer.prose}'''"), code(answer.code)]


def in_markdown(answer: Written, form: str) -> list[Draft]:
    return [md(form.format(answer.number) + answer.prose), code(answer.code)]


def commented(answer: Written, form: str) -> list[Draft]:
    lines = (form.format(answer.number) + answer.prose).split("\n")
    return [code("\n".join(f"# {line}" for line in lines) + "\n" + answer.code)]


def cut_in_code(answer: Written, form: str) -> list[Draft]:
    first, _, rest = answer.code.partition("\n")
    return [docstring_cell(replace(answer, code=first), form), code(rest)]


LAYOUTS = st.lists(
    st.sampled_from([whole, split, in_markdown, commented, cut_in_code]), min_size=len(ANSWERS), max_size=len(ANSWERS)
)


@given(LAYOUTS, mark)
@settings(max_examples=60)
def test_how_an_answer_is_laid_out_does_not_matter(assignment: Assignment, layouts: list, form: str) -> None:
    """Docstring, comment or Markdown, one cell or two: is it the same answer?"""
    cells = [cell for answer, layout in zip(ANSWERS, layouts, strict=True) for cell in layout(answer, form)]
    assert_read(assignment, cells)


@given(order, LAYOUTS, mark)
@settings(max_examples=60)
def test_the_order_of_the_answers_does_not_matter(
    assignment: Assignment, answers: list[Written], layouts: list, form: str
) -> None:
    """Is every permutation read the same?"""
    cells = [cell for answer, layout in zip(answers, layouts, strict=True) for cell in layout(answer, form)]
    assert_read(assignment, cells)


@given(order, st.sampled_from(["\n\n", "\n", " ", ""]), st.sampled_from(MARKS[:3]))
@settings(max_examples=60)
def test_all_answers_in_one_markdown_cell_are_told_apart(
    assignment: Assignment, answers: list[Written], joint: str, form: str
) -> None:
    """Does merging them, in any order, change nothing?"""
    text = joint.join(form.format(answer.number) + " ".join(answer.prose.split()) for answer in answers)
    segmentation = segment(notebook([md(text)]), assignment)
    assert read_as(segmentation, ANSWERS) == as_written(ANSWERS)


UNRELATED = st.sampled_from(
    [
        code("import numpy as np\nimport matplotlib.pyplot as plt"),
        code("!pip install tensorflow"),
        code(""),
        code("print('ready')"),
        code("# some notes\ntotal = 1 + 2"),
        md("---"),
        md("Thank you for reading this far."),
        md("I used the lecture notes and the documentation for these answers."),
        Draft("raw", "exported on Monday"),
    ]
)


@given(st.lists(st.tuples(st.integers(0, len(ANSWERS)), UNRELATED), max_size=8), LAYOUTS, mark)
@settings(max_examples=60)
def test_unrelated_cells_do_not_matter(
    assignment: Assignment, extra: list[tuple[int, Draft]], layouts: list, form: str
) -> None:
    """Do cells that answer nothing leave the answers where they were?"""
    groups = [layout(answer, form) for answer, layout in zip(ANSWERS, layouts, strict=True)]
    cells: list[Draft] = []
    for place in range(len(ANSWERS) + 1):
        cells += [draft for where, draft in extra if where == place]
        cells += groups[place] if place < len(ANSWERS) else []
    assert_read(assignment, cells)


@given(st.sets(st.sampled_from(range(10)), min_size=1), LAYOUTS, mark)
@settings(max_examples=60)
def test_any_answers_may_be_missing_and_the_rest_renumbered(
    assignment: Assignment, kept: set[int], layouts: list, form: str
) -> None:
    """Is what is there found under its topic, and what is not there nowhere?"""
    answers = [ANSWERS[index] for index in sorted(kept)]
    numbered = [replace(answer, number=place) for place, answer in enumerate(answers, 1)]
    cells = [cell for answer, layout in zip(numbered, layouts, strict=False) for cell in layout(answer, form)]
    segmentation = segment(notebook(cells), assignment)
    assert read_as(segmentation, answers) == as_written(answers)
    missing = {answer.id for answer in ANSWERS} - {answer.id for answer in answers}
    assert all(segmentation.answer(question).cells == () for question in missing)
