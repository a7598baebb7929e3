"""What stands on the page of a result, before any template: plain data, every text already harmless."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from grader.report.answers import Notebook, Work
from grader.report.feedback_cells import submitted_cells
from grader.result import phrases as words
from grader.result.model import NO_SANDBOX, CheckResult, QuestionResult, Result
from grader.text import neutral_lines

LONGEST = 2_000
"""How many characters of any one text of a result are shown."""
MOST_FLAGS = 60
GAP = 0.7
UNSEALED = "none: nothing held the code in, it ran with the rights of the grader"
"""Between the arcs of the ring, in percent of its length."""


@dataclass(frozen=True, slots=True)
class Arc:
    """One question's part of the ring; all lengths in percent of its circumference."""

    start: float
    length: float
    filled: float


@dataclass(frozen=True, slots=True)
class Question:
    """One question with the student's cells, its checks parted into those to read and those to fold away."""

    result: QuestionResult
    open: tuple[tuple[int, CheckResult], ...]
    folded: tuple[tuple[int, CheckResult], ...]
    work: Work


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page."""

    result: Result
    overview: str
    ring: tuple[Arc, ...]
    gains: tuple[tuple[words.Gain, str], ...]
    questions: tuple[Question, ...]
    rest: Work
    facts: tuple[tuple[str, str], ...]
    flags: tuple[str, ...]
    more_flags: int


def page(result: Result, notebook: NotebookNode | None) -> Page:
    """The page of a result, with the cells of the executed notebook if there is one."""
    result = harmless(result)
    cells = [] if notebook is None else submitted_cells(notebook, result.submission.sha256)
    student = Notebook(cells)
    questions = tuple(_question(question, student) for question in result.questions)
    return Page(
        result=result,
        overview=words.overview(result),
        ring=ring(result),
        gains=tuple((gain, _place(gain)) for gain in words.worth_most(result)),
        questions=questions,
        rest=student.rest(),
        facts=tuple(_facts(result)),
        flags=result.flags[:MOST_FLAGS],
        more_flags=max(0, len(result.flags) - MOST_FLAGS),
    )


def _place(gain: words.Gain) -> str:
    """The name of the place on the page that a gain is about."""
    question = gain.questions[0]
    if gain.check is None:
        return f"question-{question.number}"
    return f"check-{question.number}-{question.checks.index(gain.check) + 1}"


def harmless(result: Result) -> Result:
    """The result with every text neutralised and shortened, whoever wrote it."""
    return Result.model_validate(_harmless(result.model_dump()))


def _harmless(value: Any) -> Any:
    if isinstance(value, str):
        return neutral_lines(value, LONGEST)
    if isinstance(value, dict):
        return {key: _harmless(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_harmless(item) for item in value)
    return value


def ring(result: Result) -> tuple[Arc, ...]:
    """An arc for each question, as long as its points are of all, filled as far as they were earned."""
    total = sum(question.max_score for question in result.questions)
    arcs = []
    start = 0.0
    for question in result.questions:
        if not question.max_score:
            continue
        whole = 100 * question.max_score / total
        length = max(whole - GAP, whole / 2)
        arcs.append(Arc(round(start, 3), round(length, 3), round(length * question.score / question.max_score, 3)))
        start += whole
    return tuple(arcs)


def _question(question: QuestionResult, student: Notebook) -> Question:
    numbered = list(enumerate(question.checks, start=1))
    missing = question.status == "missing"
    return Question(
        result=question,
        open=() if missing else tuple(pair for pair in numbered if pair[1].status != "pass"),
        folded=tuple(numbered) if missing else tuple(pair for pair in numbered if pair[1].status == "pass"),
        work=student.answer(question.number, question.cells),
    )


def _facts(result: Result) -> list[tuple[str, str]]:
    environment = result.environment
    keras = environment.keras and f"{environment.keras} (generation {environment.keras_generation})"
    known = [
        ("Assignment", f"{result.assignment.title}, version {result.assignment.version}"),
        ("File", result.submission.file),
        ("SHA-256 of the file", result.submission.sha256),
        ("Python", environment.python),
        ("TensorFlow", environment.tensorflow),
        ("Keras", keras),
        ("Sandbox", UNSEALED if environment.sandbox == NO_SANDBOX else ", ".join(environment.sandbox)),
        ("Seed", str(environment.seed)),
        ("Time taken", f"{result.duration_s:.1f} s"),
    ]
    return [(name, value) for name, value in known if value]
