"""What real notebooks look like: one notebook for each pattern seen in answers that students published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.notebook.reading.read import CellType, read
from grader.notebook.segment import Segmentation, segment
from grader.pack.questions import Assignment
from tests.notebook.writing import (
    ANSWERS,
    BIGRU,
    BILSTM,
    BIRNN,
    BPTT,
    GATES,
    GRADIENTS,
    GRU,
    LSTM,
    PEEPHOLE,
    RNN,
    Draft,
    Written,
    as_written,
    code,
    docstring_cell,
    last_sentence,
    md,
    notebook,
    owner,
    plain,
    read_as,
)


def read_cells(assignment: Assignment, *cells: Draft) -> Segmentation:
    return segment(notebook(cells), assignment)


def cells_of(segmentation: Segmentation) -> dict[str, tuple[int, ...]]:
    return {answer.id: segmentation.answer(answer.id).cells for answer in ANSWERS}


def prose_of(segmentation: Segmentation, question: str) -> str:
    return plain(" ".join(block.text for block in segmentation.answer(question).prose))


def code_of(segmentation: Segmentation, question: str) -> str:
    return "\n".join(block.text for block in segmentation.answer(question).code)


def test_the_sample_notebook(assignment: Assignment, sample: Path) -> None:
    """Are its ten answers cells 1 to 10, without doubt?"""
    segmentation = segment(read(sample), assignment)
    assert cells_of(segmentation) == {f"q{number}": (number,) for number in range(1, 11)}
    assert all(segmentation.answer(answer.id).confidence > 0.9 for answer in ANSWERS)
    assert {block.question for block in segmentation.blocks if block.cell == 0} == {None}


@pytest.mark.parametrize("mark", ["Ans {}:- ", "Ans{}. ", "Answer {} ", "Q{}) ", "A{}: ", "{}. ", "({}) ", ""])
def test_answers_in_docstrings(assignment: Assignment, mark: str) -> None:
    """Is each answer its cell, however it is marked, and even if it is not?"""
    segmentation = read_cells(assignment, *(docstring_cell(answer, mark) for answer in ANSWERS))
    assert cells_of(segmentation) == {answer.id: (answer.number - 1,) for answer in ANSWERS}


@pytest.mark.parametrize("mark", ["## {}. ", "### Q{}\n", "**Ans {}:** ", "**{}.** ", "{}) "])
def test_answers_in_markdown_followed_by_code(assignment: Assignment, mark: str) -> None:
    """Does a cell of code belong to the prose above it?"""
    cells = [cell for answer in ANSWERS for cell in (md(mark.format(answer.number) + answer.prose), code(answer.code))]
    segmentation = read_cells(assignment, *cells)
    assert cells_of(segmentation) == {a.id: (2 * a.number - 2, 2 * a.number - 1) for a in ANSWERS}


@pytest.mark.parametrize(
    "heading", ["## {n}. {prompt}", "Q{n}. {prompt}", "**{prompt}**", "# {prompt}", "Q {n}) {prompt}?"]
)
def test_questions_repeated_above_the_answers(assignment: Assignment, heading: str) -> None:
    """Does the question's text show where the answer is, without being part of it?"""
    cells = []
    for question, answer in zip(assignment.questions, ANSWERS, strict=True):
        cells += [md(heading.format(n=question.number, prompt=question.prompt)), md(answer.prose), code(answer.code)]
    segmentation = read_cells(assignment, *cells)
    assert cells_of(segmentation) == {a.id: (3 * a.number - 2, 3 * a.number - 1) for a in ANSWERS}
    for question in assignment.questions:
        (asked,) = [block for block in segmentation.blocks if block.cell == 3 * question.number - 3]
        assert (asked.question, asked.role) == (question.id, "question text")


def test_the_question_and_its_answer_in_one_cell(assignment: Assignment) -> None:
    """Is the question's text left out of the answer's prose?"""
    cells = [
        md(f"Q{question.number}. {question.prompt}\n\nAns: {answer.prose}")
        for question, answer in zip(assignment.questions, ANSWERS, strict=True)
    ]
    segmentation = read_cells(assignment, *cells)
    assert cells_of(segmentation) == {a.id: (a.number - 1,) for a in ANSWERS}
    for question in assignment.questions:
        assert question.prompt not in prose_of(segmentation, question.id)


def test_the_question_and_its_answer_on_one_line(assignment: Assignment) -> None:
    """Is it cut where the question ends?"""
    cells = [
        md(f"{question.number}. {question.prompt} {answer.prose}")
        for question, answer in zip(assignment.questions, ANSWERS, strict=True)
        if question.prompt.startswith("Explain")
    ]
    segmentation = read_cells(assignment, *cells)
    for question, answer in zip(assignment.questions, ANSWERS, strict=True):
        if question.prompt.startswith("Explain"):
            assert prose_of(segmentation, question.id).removeprefix(". ") == plain(answer.prose)


@pytest.mark.parametrize(
    "draw_up",
    [
        lambda prompts: md("## Assignment\n" + "\n".join(f"{n}. {p}" for n, p in enumerate(prompts, 1))),
        lambda prompts: md(" ".join(f"{n}. {p}" for n, p in enumerate(prompts, 1))),
        lambda prompts: md("\n\n".join(f"**Q{n}** {p}" for n, p in enumerate(prompts, 1))),
        lambda prompts: code("\n".join(f"{n}. {p}" for n, p in enumerate(prompts, 1))),
        lambda prompts: code("\n".join(f"# {n}. {p}" for n, p in enumerate(prompts, 1))),
        lambda prompts: code("'''" + "\n".join(f"{n}. {p}" for n, p in enumerate(prompts, 1)) + "'''"),
    ],
)
def test_the_list_of_questions_is_no_answer(assignment: Assignment, draw_up: object) -> None:
    """Is it recognised in Markdown, in code that does not run, in comments, and without line breaks?"""
    assert callable(draw_up)
    questions = draw_up([question.prompt for question in assignment.questions])
    segmentation = read_cells(assignment, questions, *(docstring_cell(answer) for answer in ANSWERS))
    assert cells_of(segmentation) == {answer.id: (answer.number,) for answer in ANSWERS}
    assert all(block.role != "answer" for block in segmentation.blocks if block.cell == 0)


def test_question_text_in_cells_of_code(assignment: Assignment) -> None:
    """Is question text that is a SyntaxError when run no answer, and does it show where the answer is?"""
    cells = []
    for question, answer in zip(assignment.questions, ANSWERS, strict=True):
        cells += [code(f"{question.number}. {question.prompt}"), code(f"'''{answer.prose}'''\n{answer.code}")]
    segmentation = read_cells(assignment, *cells)
    assert cells_of(segmentation) == {a.id: (2 * a.number - 1,) for a in ANSWERS}


@pytest.mark.parametrize("joint", ["", " ", "\n", "\n\n"])
def test_all_answers_in_one_markdown_cell(assignment: Assignment, joint: str) -> None:
    """Are they told apart when they run together?"""
    text = joint.join(f"Ans {answer.number}:- {' '.join(answer.prose.split())}" for answer in ANSWERS)
    segmentation = read_cells(assignment, md(text))
    assert read_as(segmentation, ANSWERS) == as_written(ANSWERS)
    for answer in ANSWERS:
        assert prose_of(segmentation, answer.id) == plain(f"Ans {answer.number}:- {answer.prose}")


def test_numbers_inside_one_long_line(assignment: Assignment) -> None:
    """Are ten answers in one line told apart by "1. ... 2. ...", and their code below them too?"""
    text = "**Assignment 3** " + " ".join(
        f"{a.number}. {' '.join(a.prose.split('1. sigmoid')[0].split())}" for a in ANSWERS
    )
    setup = code("import numpy as np\nimport tensorflow as tf\nx = np.random.rand(3, 4)")
    segmentation = read_cells(assignment, md(text), setup, *(code(f"# {a.number} {a.id}\n{a.code}") for a in ANSWERS))
    for answer in ANSWERS:
        assert owner(segmentation, answer.prose.split(". ")[0].split("\n")[0]) == answer.id
    assert segmentation.answer("q10").cells[0] == 0
    assert 1 not in segmentation.answer("q10").cells


def test_the_docstring_of_a_class_says_what_the_class_does(assignment: Assignment) -> None:
    """Is "An LSTM cell whose ..." inside the peephole answer no answer about the LSTM?"""
    source = (
        'from keras import layers\nclass Peeking(layers.Layer):\n    """An LSTM cell of another kind."""\n    a = 1'
    )
    segmentation = read_cells(assignment, md("## 6. Peephole LSTM"), md(PEEPHOLE.prose), code(source), code("print(1)"))
    assert segmentation.answer("q6").cells == (1, 2, 3)


def test_all_answers_in_one_cell_of_code(assignment: Assignment) -> None:
    """Is what each answer builds known by its lines?"""
    source = "\n\n".join(docstring_cell(answer).source for answer in ANSWERS)
    segmentation = read_cells(assignment, code(source))
    lines = source.split("\n")
    for answer in ANSWERS:
        assert answer.code in code_of(segmentation, answer.id)
        for block in segmentation.answer(answer.id).code:
            assert "\n".join(lines[block.first_line - 1 : block.last_line]) == block.text


def test_numbered_comments_in_one_cell_of_code(assignment: Assignment) -> None:
    """Is code without prose attributed by the comments above it?"""
    source = "\n\n".join(f"# Q{answer.number}\n{answer.code}" for answer in ANSWERS)
    segmentation = read_cells(assignment, code(source))
    for answer in ANSWERS:
        assert answer.code in code_of(segmentation, answer.id)


@pytest.mark.parametrize("mark", ["Ans {}:- ", "{}. ", "## {}. "])
@pytest.mark.parametrize("left_out", range(1, 10))
def test_a_question_left_out_and_the_later_ones_renumbered(assignment: Assignment, mark: str, left_out: int) -> None:
    """Does the topic win over the number?"""
    given_answers = [answer for answer in ANSWERS if answer.number != left_out]
    cells = [code(f"'''{mark.format(n)}{a.prose}'''\n{a.code}") for n, a in enumerate(given_answers, 1)]
    segmentation = read_cells(assignment, *cells)
    assert segmentation.answer(f"q{left_out}").cells == ()
    assert segmentation.answer(f"q{left_out}").confidence == 0.0
    assert read_as(segmentation, given_answers) == as_written(given_answers)


OTHERS = (
    "Word embeddings map each token to a dense vector, so that similar tokens are close to one another in space.",
    "Tokenization splits a text into words or into smaller pieces, depending on the vocabulary that was chosen.",
    "Stemming cuts the end of a word by rules, whereas lemmatization looks it up in a dictionary of base forms.",
    "A bag of words counts how often each term occurs in a document and forgets the order in which they came.",
)


@pytest.mark.parametrize("first", [True, False])
def test_another_assignment_in_the_same_notebook(assignment: Assignment, first: bool) -> None:
    """Are its answers, with the same numbers, not taken?"""
    other = [code(f"'''Ans {n}:- {text}'''\nprint('done')") for n, text in enumerate(OTHERS, 1)]
    ours = [docstring_cell(answer) for answer in ANSWERS]
    cells = [md("# Assignment 2"), *other, md("# Assignment 3"), *ours]
    if not first:
        cells = [md("# Assignment 3"), *ours, md("# Assignment 4"), *other]
    segmentation = read_cells(assignment, *cells)
    assert [owner(segmentation, last_sentence(text)) for text in OTHERS] == [None] * len(OTHERS)
    assert read_as(segmentation, ANSWERS) == as_written(ANSWERS)
    start = 6 if first else 1
    assert cells_of(segmentation) == {a.id: (start + a.number - 1,) for a in ANSWERS}


def test_text_without_code(assignment: Assignment) -> None:
    """Is a notebook of nothing but Markdown read?"""
    segmentation = read_cells(assignment, *(md(answer.prose) for answer in ANSWERS))
    assert read_as(segmentation, ANSWERS) == as_written(ANSWERS)
    assert all(segmentation.answer(answer.id).code == () for answer in ANSWERS)


def test_setup_cells_are_no_answers(assignment: Assignment) -> None:
    """Are imports, installations and the title before the first answer left out?"""
    cells = [
        md("# NLP Assignment 3\nName: A. Student, Roll No 17"),
        code("!pip install tensorflow"),
        code("import numpy as np\nfrom tensorflow.keras.layers import LSTM, GRU, Bidirectional"),
        *(docstring_cell(answer) for answer in ANSWERS),
    ]
    segmentation = read_cells(assignment, *cells)
    assert cells_of(segmentation) == {answer.id: (answer.number + 2,) for answer in ANSWERS}


def test_answers_out_of_order(assignment: Assignment) -> None:
    """Is each found wherever it stands?"""
    shuffled = [GRU, BIGRU, RNN, GATES, BPTT, PEEPHOLE, LSTM, BILSTM, GRADIENTS, BIRNN]
    segmentation = read_cells(assignment, *(docstring_cell(answer) for answer in shuffled))
    assert cells_of(segmentation) == {answer.id: (place,) for place, answer in enumerate(shuffled)}


def test_a_numbered_list_inside_an_answer_is_no_mark(assignment: Assignment) -> None:
    """Do "1. sigmoid ...", "2. tanh ..." stay in answer 8?"""
    for cell in (docstring_cell(GATES), md("Ans 8:- " + GATES.prose), md("8. " + GATES.prose), md(GATES.prose)):
        segmentation = read_cells(assignment, docstring_cell(BIRNN), cell, docstring_cell(BILSTM))
        for item in ("sigmoid gives values", "tanh gives values", "The brackets join"):
            assert owner(segmentation, item) == "q8"
        assert segmentation.answer("q1").cells == segmentation.answer("q2").cells == ()


def test_the_bidirectional_rnn_may_be_shown_with_lstm_layers(assignment: Assignment) -> None:
    """Does the prose decide, where the code could be question 9's too?"""
    birnn = replace(BIRNN, code=BILSTM.code.replace("twice", "first"))
    segmentation = read_cells(assignment, *map(docstring_cell, (PEEPHOLE, birnn, GATES, BILSTM)))
    assert "first = " in code_of(segmentation, "q7")
    assert "twice = " in code_of(segmentation, "q9")


def test_tags_of_cells_are_marks(assignment: Assignment) -> None:
    """Can a cell say by its tag what it answers?"""
    segmentation = read_cells(assignment, code("x = 1", "q6"), code("y = 2", "question-2"))
    assert segmentation.answer("q6").cells == (0,)
    assert segmentation.answer("q2").cells == (1,)


def test_answers_that_are_printed(assignment: Assignment) -> None:
    """Is an answer in print(...) prose like any other?"""
    cells = [code(f'print("""Ans {a.number}: {a.prose}""")\n{a.code}') for a in ANSWERS]
    segmentation = read_cells(assignment, *cells)
    assert read_as(segmentation, ANSWERS) == as_written(ANSWERS)


def test_unmarked_answers_in_one_markdown_cell(assignment: Assignment) -> None:
    """Does a paragraph that defines its subject begin an answer, where nothing is marked?"""
    answers = [answer for answer in ANSWERS if answer is not GATES]
    segmentation = read_cells(assignment, md("\n\n".join(answer.prose for answer in answers)))
    assert read_as(segmentation, answers) == as_written(answers)


@pytest.mark.parametrize("comment", ["# the model\n", ""])
def test_all_prose_in_one_cell_and_all_code_below(assignment: Assignment, comment: str) -> None:
    """Does each cell of code find its question by itself, though comments cut it into pieces?"""
    answers = (RNN, BPTT, LSTM, GRU, BIRNN, BILSTM, BIGRU)
    prose = md("\n\n".join(f"Ans {answer.number}:- {answer.prose}" for answer in answers))
    codes = [code(answer.code.replace("\n", f"\n{comment}")) for answer in answers]
    segmentation = read_cells(assignment, prose, *codes)
    assert [segmentation.answer(answer.id).cells for answer in answers] == [(0, place) for place in range(1, 8)]


def test_code_without_any_prose(assignment: Assignment) -> None:
    """Are layers alone enough to tell cells apart?"""
    answers = (LSTM, GRU, BILSTM, BIGRU)
    segmentation = read_cells(assignment, *(code(answer.code) for answer in answers))
    assert [segmentation.answer(answer.id).cells for answer in answers] == [(0,), (1,), (2,), (3,)]


def test_code_shown_in_markdown_is_not_code_that_runs(assignment: Assignment) -> None:
    """Is a fenced example kept apart from cells?"""
    segmentation = read_cells(assignment, md("Ans 4: LSTM is a network.\n```python\nlayer = LSTM(3)\n```"))
    answer = segmentation.answer("q4")
    assert (answer.code, [block.text for block in answer.shown_code]) == ((), ["layer = LSTM(3)"])


def test_an_empty_notebook_and_one_about_something_else(assignment: Assignment) -> None:
    """Is there no answer where none is?"""
    assert read_cells(assignment).blocks == ()
    cells = [md("# My holidays"), md("We went to the sea and it rained every day of the week, which we did not mind.")]
    assert set(cells_of(read_cells(assignment, *cells, code("x = 1\nprint(x)"))).values()) == {()}


def test_the_same_notebook_is_always_read_the_same(assignment: Assignment) -> None:
    """Is there no chance in it?"""
    cells = [docstring_cell(answer) for answer in ANSWERS]
    assert read_cells(assignment, *cells) == read_cells(assignment, *cells)


PARTS = [
    "Ans 3:- ",
    "Q4)",
    "LSTM is ",
    "\n",
    "\n\n",
    "'''",
    "#",
    "# ",
    "```",
    "1. ",
    "GRU(3)",
    "x = ",
    "'",
    "(",
    "Ans:",
]
TEXT = st.text(max_size=120) | st.lists(st.sampled_from([*PARTS, "Explain BiGRU"])).map("".join)


@given(st.lists(st.tuples(st.sampled_from(["code", "markdown", "raw"]), TEXT), max_size=6))
@settings(max_examples=150)
def test_arbitrary_text_is_segmented(assignment: Assignment, content: list[tuple[CellType, str]]) -> None:
    """Is every block labelled, with a probability, and read for its questions alone, whatever the cells hold?"""
    cells = [Draft(kind, text) for kind, text in content]
    segmentation = read_cells(assignment, *cells)
    ids = {question.id for question in assignment.questions} | {None}
    assert all(block.question in ids and 0 <= block.confidence <= 1 for block in segmentation.blocks)
    answered = [block for question in ids - {None} for block in _all(segmentation, question)]
    expected = [b for b in segmentation.blocks if b.role == "answer" for _ in b.questions]
    assert sorted(map(repr, answered)) == sorted(map(repr, expected))


def _all(segmentation: Segmentation, question: str | None) -> Sequence[object]:
    answer = segmentation.answer(question or "")
    return (*answer.prose, *answer.code, *answer.shown_code)


def test_every_written_answer_is_itself() -> None:
    """Are the answers of these tests in order?"""
    assert [answer.number for answer in ANSWERS] == list(range(1, 11))
    assert all(isinstance(answer, Written) for answer in ANSWERS)
