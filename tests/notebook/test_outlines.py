"""Which text answers which question, in outlines of all kinds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from grader.notebook.segment import Segmentation, segment
from grader.pack.questions import Assignment
from tests.notebook.labelled import FRESH, FRESH_KEPT, KEPT, LATER, LATER_KEPT, outlines, score
from tests.notebook.outlining import NUMBER_ALONE, SOURCES, Answer, Style, answers, outlined, styles
from tests.notebook.writing import Draft, code, md, notebook, plain

NOTEBOOKS = 30
"""So many outlines are tried in each test."""


def misplaced(segmentation: Segmentation, given: Sequence[Answer], style: Style) -> dict[int, set[str | None]]:
    """The questions whose text or program was given to another question or to none, with where it went."""
    texts = [(block.question if block.role == "answer" else None, plain(block.text)) for block in segmentation.blocks]
    wrong = {}
    for answer in given:
        pieces = [plain(text).replace("\\", "") for text in answer.paragraphs]
        owners = {question for piece in pieces for question in _owners(piece[:60], texts)}
        if style.code != "none" and answer.program:
            lines = [plain(line) for line in answer.program.split("\n") if line and line[0].isalpha()]
            known = [line for line in lines if "import" not in line and '"' not in line and "'" not in line]
            owners |= {question for line in known[:1] for question in _owners(line, texts)}
        if owners - {f"q{answer.number}"}:
            wrong[answer.number] = owners
    return wrong


def _owners(piece: str, texts: Sequence[tuple[str | None, str]]) -> set[str | None]:
    found = {question for question, text in texts if piece in text.replace("\\", "")}
    return found if len(found) == 1 else found - {None}


def _missed(notebooks: Iterable[tuple[Sequence[Answer], Style, Sequence[int]]], assignment: Assignment) -> list[str]:
    """What went wrong, one line for each question."""
    missed = []
    for given, style, numbers in notebooks:
        segmentation = segment(notebook(outlined(given, style, numbers)), assignment)
        wrong = misplaced(segmentation, given, style)
        missed += [f"{style}: {number} in {owners}" for number, owners in wrong.items()]
    return missed


def _numbers(given: Sequence[Answer]) -> list[int]:
    return [answer.number for answer in given]


@pytest.mark.parametrize("source", SOURCES)
def test_the_outline_does_not_matter(assignment: Assignment, source: str) -> None:
    """Does each question keep its text and its program, in whatever outline?"""
    given = answers(source)
    missed = _missed([(given, style, _numbers(given)) for style in styles(NOTEBOOKS, len(source))], assignment)
    assert len(missed) <= 0.01 * NOTEBOOKS * len(given), "\n".join(missed)


def test_questions_may_be_left_out(assignment: Assignment) -> None:
    """Is what is there found, and nothing taken for what is not?"""
    random = Random(3)
    notebooks = []
    for place, style in enumerate(styles(NOTEBOOKS, 5)):
        given = answers(SOURCES[place % len(SOURCES)])
        kept = sorted(random.sample(given, random.randrange(3, 9)), key=lambda answer: answer.number)
        notebooks.append((kept, style, _numbers(kept)))
    missed = _missed(notebooks, assignment)
    assert len(missed) <= 0.01 * sum(len(kept) for kept, _, _ in notebooks), "\n".join(missed)


def test_headings_that_name_their_subject_may_have_any_number_and_any_order(assignment: Assignment) -> None:
    """Are answers that are renumbered, or in another order, found under their names?"""
    random = Random(4)
    notebooks = []
    for place, style in enumerate(each for each in styles(2 * NOTEBOOKS, 6) if each.heading not in NUMBER_ALONE):
        given = answers(SOURCES[place % len(SOURCES)])
        kept = (
            random.sample(given, random.randrange(4, 11))
            if place % 2
            else sorted(random.sample(given, random.randrange(4, 9)), key=lambda answer: answer.number)
        )
        notebooks.append((kept, style, list(range(1, len(kept) + 1))))
    missed = _missed(notebooks, assignment)
    assert len(missed) <= 0.01 * sum(len(kept) for kept, _, _ in notebooks), "\n".join(missed)


def _programs_last(given: Sequence[Answer]) -> list[Draft]:
    return [*(md(_headed(answer)) for answer in given), *(code(answer.program) for answer in given)]


def _headed(answer: Answer) -> str:
    return f"## {answer.number}. {answer.title}\n\n" + "\n\n".join(answer.paragraphs)


LAYOUTS = {
    "code over its text": lambda given: [
        cell for answer in given for cell in (code(answer.program), md(_headed(answer)))
    ],
    "all code at the end": _programs_last,
    "two parts": lambda given: [
        md("# Part A: theory"),
        *(md(_headed(answer)) for answer in given),
        md("# Part B: code"),
        *(cell for a in given for cell in (md(f"### Code for question {a.number}"), code(a.program))),
    ],
    "programs under numbers alone": lambda given: [
        *(md(_headed(answer)) for answer in given),
        md("# Programs"),
        *(cell for a in given for cell in (md(f"## {a.number}"), code(a.program))),
    ],
    "the same headings twice": lambda given: [
        md("# Part A"),
        *(md("\n\n".join(map(_headed, part))) for part in (given[:5], given[5:])),
        md("# Part B"),
        *(cell for a in given for cell in (md(f"## {a.number}. {a.title}"), code(a.program))),
    ],
    "programs called by number below several answers": lambda given: [
        cell
        for part in (given[:3], given[3:6], given[6:])
        for cell in (
            md("\n\n".join(map(_headed, part))),
            *(code(f"# example for number {a.number}\n{a.program}") for a in part),
        )
    ],
    "forms": lambda given: [
        cell
        for answer in given
        for cell in (
            code(f"#@title {answer.number}. {answer.title}\n{answer.program}"),
            md("\n\n".join(answer.paragraphs)),
        )
    ],
    "headings at the end of the cell before": lambda given: [
        md(f"# Homework\n\n## {given[0].title}"),
        *(
            cell
            for answer, after in zip(given, [*given[1:], None], strict=True)
            for cell in (
                code(answer.program),
                md("\n\n".join([*answer.paragraphs, *([f"## {after.title}"] if after else [])])),
            )
        ),
    ],
    "a comparison and a glossary below": lambda given: [
        *(cell for answer in given for cell in (md(_headed(answer)), code(answer.program))),
        md("## Comparison\n| | LSTM | GRU |\n|---|---|---|\n| gates | 3 | 2 |"),
        md("## Glossary\n- **LSTM**: has a memory\n- **GRU**: has none\n- **BPTT**: learns through time"),
    ],
}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(
    "name", ["def answer_{letter}():", "def {letter}():", "class Question{number}:", "def q_{number}():"]
)
def test_functions_are_named_after_questions(assignment: Assignment, name: str, source: str) -> None:
    """Is a docstring the answer to the question that its function is called by?"""
    given = answers(source)
    functions = []
    for answer in given:
        text = "\n\n".join(answer.paragraphs).replace("\\", "").replace('"', "").replace("\n", "\n    ")
        called = name.format(letter="abcdefghij"[answer.number - 1], number=answer.number)
        functions.append(f'{called}\n    """{text}"""\n    pass')
    style = Style(name, "none", "as it is", "after", "nothing")
    assert misplaced(segment(notebook([code("\n\n".join(functions))]), assignment), given, style) == {}


@pytest.mark.parametrize("source", [SOURCES[0], SOURCES[2]])
def test_numbers_alone_may_go_downwards(assignment: Assignment, source: str) -> None:
    """Are answers found that stand under nothing but their numbers, from the last to the first?"""
    given = answers(source)
    cells = [md(f"{answer.number}. " + "\n\n".join(answer.paragraphs)) for answer in reversed(given)]
    style = Style("downwards", "none", "as it is", "after", "nothing")
    assert misplaced(segment(notebook(cells), assignment), given, style) == {}


CLOSINGS = {
    "another language": "**Bibliografía**: los apuntes del curso, en su tercera edición.",
    "a comparison": "## All of them side by side\n| | gates |\n|---|---|\n| LSTM | 3 |\n| GRU | 2 |\n| BiLSTM | 3 |",
}


@pytest.mark.parametrize("closing", CLOSINGS)
def test_what_follows_the_last_answer(assignment: Assignment, closing: str) -> None:
    """Is what stands behind the last answer, and is none, left alone?"""
    cells = [md(_headed(answer)) for answer in answers(SOURCES[0])]
    segmentation = segment(notebook([*cells, md(CLOSINGS[closing])]), assignment)
    assert {block.question for block in segmentation.blocks if block.cell == len(cells)} == {None}


@pytest.mark.parametrize("source", SOURCES[:2])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(assignment: Assignment, layout: str, source: str) -> None:
    """Does each question keep its text and its program where they do not follow one another as usual?"""
    given = answers(source)
    style = Style(layout, "none", "as it is", "after", "nothing")
    assert misplaced(segment(notebook(LAYOUTS[layout](given)), assignment), given, style) == {}


def test_a_heading_within_an_answer_is_part_of_it(assignment: Assignment) -> None:
    """Does a reader of the answer see "Output gate" over what is said of it?"""
    cells = [md("## 8. Explain the gates of LSTM with equations."), md("#### Output gate\n- decides what is shown")]
    (block,) = segment(notebook(cells), assignment).answer("q8").prose
    assert block.text == "#### Output gate\n- decides what is shown"


def test_a_program_under_its_heading_stays_there(assignment: Assignment) -> None:
    """Is a network that is trained under question 2 an answer to question 2, whatever its own title says?"""
    cells = [
        md("## 2. Explain Backpropagation through time (BPTT)"),
        md("# A simple RNN that predicts temperatures"),
        code("# Step 1: data\nX = load()"),
        code("# Step 2: the simple RNN\nmodel = SimpleRNN(4)"),
        code("# Step 3: training\nmodel.fit(X)"),
    ]
    segmentation = segment(notebook(cells), assignment)
    assert segmentation.answer("q2").cells == (1, 2, 3, 4)


@pytest.mark.parametrize("is_even", [False, True])
def test_labelled_notebooks(assignment: Assignment, is_even: bool) -> None:
    """Is as much of the labelled notebooks given to the right question as it was?"""
    scores = [score(each, segment(each.notebook, assignment)) for each in outlines() if each.is_even == is_even]
    right = sum(each.right for each in scores)
    assert right >= 0.99 * (right + sum(len(each.wrong) for each in scores))


@pytest.mark.parametrize(
    ("folder", "floor"), [(FRESH, 0.99), (FRESH_KEPT, 0.97), (KEPT, 0.9), (LATER, 0.99), (LATER_KEPT, 0.93)]
)
def test_labelled_notebooks_of_other_hands(assignment: Assignment, folder: Path, floor: float) -> None:
    """Is most of each answer given to its question in notebooks that came later, as often as it was?"""
    scores = [score(each, segment(each.notebook, assignment)) for each in outlines(folder)]
    assert sum(each.mostly_right for each in scores) >= floor * sum(each.questions for each in scores)


LINES: dict[str, Callable[[Answer], str]] = {
    "colon": lambda a: f"{a.title}: {_text(a)}",
    "arrow": lambda a: f"{a.title} -> {_text(a)}",
    "bold": lambda a: f"**{a.title}** {_text(a)}",
    "bullet": lambda a: f"- **{a.title}**: {_text(a)}",
    "code": lambda a: f"`{a.title}` {_text(a)}",
    "bare number": lambda a: f"{a.number} {a.title}: {_text(a)}",
    "item of HTML": lambda a: f"<li><b>{a.title}</b><br>{_text(a)}</li>",
    "row of HTML": lambda a: f"<tr><td>{a.number}</td><td>{a.title}</td><td>{_text(a)}</td></tr>",
    "term of HTML": lambda a: f"<dt>{a.title}</dt>\n<dd>{_text(a)}</dd>",
    "item of LaTeX": lambda a: f"\\item {a.title}: {_text(a)}",
    "section of LaTeX": lambda a: f"\\section{{{a.title}}}\n{_text(a)}",
    "brackets": lambda a: f"[{a.number}. {a.title}]\n{_text(a)}",
    "italics": lambda a: f"*{a.number}. {a.title}*\n{_text(a)}",
    "mark": lambda a: f"<mark>{a.title}</mark>\n{_text(a)}",
    "title and colon": lambda a: f"{a.title}:\n{_text(a)}",
    "unknown word": lambda a: f"Kysymys {a.number}: {a.title}\n{_text(a)}",
    "number behind": lambda a: f"## {a.title} (Q{a.number})\n{_text(a)}",
}


def _text(answer: Answer) -> str:
    """The answer in one line."""
    return " ".join(" ".join(answer.paragraphs).replace("|", " ").split())


@pytest.mark.parametrize("is_one_cell", [True, False])
@pytest.mark.parametrize("line", LINES)
def test_lines_of_any_kind(assignment: Assignment, line: str, is_one_cell: bool) -> None:
    """Is each answer found that stands on a line of its own, whatever is before it?"""
    given = answers(SOURCES[2])
    texts = [LINES[line](answer) for answer in given]
    cells = [md("\n\n".join(texts))] if is_one_cell else [md(text) for text in texts]
    segmentation = segment(notebook([md("# Homework"), *cells]), assignment)
    whole = Style(line, "none", "as it is", "none", "title")
    assert misplaced(segmentation, [replace(a, paragraphs=(_text(a),)) for a in given], whole) == {}


@pytest.mark.parametrize("key", ["{number}", '"q{number}"', '"{title}"'])
def test_answers_in_a_dictionary(assignment: Assignment, key: str) -> None:
    """Are the texts of a dictionary read under their keys?"""
    given = answers(SOURCES[2])
    plain_texts = [replace(a, paragraphs=(re.sub(r'[\\"]', "", _text(a)),)) for a in given]
    items = [f'    {key.format(number=a.number, title=a.title)}: "{a.paragraphs[0]}",' for a in plain_texts]
    segmentation = segment(notebook([code("\n".join(["answers = {", *items, "}"]))]), assignment)
    assert misplaced(segmentation, plain_texts, Style("key", "none", "as it is", "none", "nothing")) == {}


def test_one_heading_over_two_answers(assignment: Assignment) -> None:
    """Is each of two paragraphs under "9 & 10" given to the question that it speaks of?"""
    given = answers(SOURCES[2])
    cells = [
        *(md(_headed(answer)) for answer in given[:8]),
        md("## 9. & 10. BiLSTM and BiGRU\nA BiLSTM is a pair of LSTMs.\n\nA BiGRU is a pair of GRUs."),
    ]
    segmentation = segment(notebook(cells), assignment)
    assert [block.text for block in segmentation.answer("q9").prose] == ["A BiLSTM is a pair of LSTMs."]
    assert [block.text for block in segmentation.answer("q10").prose] == ["A BiGRU is a pair of GRUs."]


def test_the_part_of_another_sheet_is_no_answer(assignment: Assignment) -> None:
    """Is the next sheet left alone, whose exercises have the same numbers and other subjects?"""
    other = {1: "What is one-hot encoding?", 2: "What is a stop word?", 3: "What is stemming?", 4: "What is a corpus?"}
    cells = [
        *(md(f"## Q{number}. {title}\nThis is said of it in four lines of text.") for number, title in other.items()),
        md("# Sheet 3"),
        *(md(_headed(answer)) for answer in answers(SOURCES[2])),
    ]
    segmentation = segment(notebook(cells), assignment)
    assert {block.question for block in segmentation.blocks if block.cell < len(other)} == {None}
