"""What stands on the page of a result, before any template: plain data, every text already harmless."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from grader.gradebook.decided import applied
from grader.gradebook.how_it_stands import Standing
from grader.gradebook.progress_made import Progress, progress
from grader.pack.pictures import Picture
from grader.report import captions
from grader.report.answers import Notebook, Work
from grader.report.margin import Row, rows
from grader.result import phrases as words
from grader.result.actions import Action, actions
from grader.result.feedback_cells import submitted_cells
from grader.result.model import NO_SANDBOX, CheckResult, QuestionResult, Result
from grader.result.names import Reader
from grader.text import neutral_lines

LONGEST = 2_000
"""How many characters of any one text of a result are shown."""
MOST_FLAGS = 60
NOTHING = Standing()
UNSEALED = "none: nothing held the code in, it ran with the rights of the grader"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the student's cells with the notes about them, the checks with full points, and pictures."""

    result: QuestionResult
    rows: tuple[Row, ...]
    left_out: int
    passed: tuple[CheckResult, ...]
    pictures: tuple[Picture, ...]

    @property
    def is_full(self) -> bool:
        """Whether no point is lost: such a question is folded away."""
        return self.result.score == self.result.max_score


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page."""

    result: Result
    overview: str
    actions: tuple[Action, ...]
    questions: tuple[Question, ...]
    rest: Work
    facts: tuple[tuple[str, str], ...]
    flags: tuple[str, ...]
    more_flags: int
    standing: Standing
    progress: Progress | None
    reader: Reader

    def title_of(self, check: str) -> str:
        """What a check looks for, after its question."""
        titles = {each.id: words.full_title(item, each) for item in self.result.questions for each in item.checks}
        return titles.get(check, check)

    @property
    def lost(self) -> int:
        """All points that are not there yet."""
        return self.result.max_score - self.result.score


def page(
    result: Result, notebook: NotebookNode | None, reader: Reader = "student", standing: Standing = NOTHING
) -> Page:
    """The page of a result, with the cells of the executed notebook if there is one.

    Where people decided something, the points are theirs; where there is an earlier attempt, it says what has changed.
    """
    result = applied(result, standing.overrides)
    made = None if standing.earlier is None else progress(standing.earlier, result)
    result = harmless(result)
    cells = [] if notebook is None else submitted_cells(notebook, result.submission.sha256)
    student = Notebook(cells)
    questions = tuple(_question(question, student) for question in result.questions)
    flags = result.flags if reader == "instructor" else ()
    return Page(
        result=result,
        overview=words.overview(result),
        actions=tuple(actions(result)),
        questions=questions,
        rest=student.rest(),
        facts=tuple(_facts(result)),
        flags=flags[:MOST_FLAGS],
        more_flags=max(0, len(flags) - MOST_FLAGS),
        standing=Standing.model_validate(_harmless(standing.model_dump())),
        progress=None if made is None else Progress.model_validate(_harmless(made.model_dump())),
        reader=reader,
    )


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


def _question(question: QuestionResult, student: Notebook) -> Question:
    work = student.answer(question.number, question.cells)
    return Question(
        result=question,
        rows=rows(question, work),
        left_out=work.left_out,
        passed=tuple(check for check in question.checks if check.status == "pass"),
        pictures=tuple(picture for picture in question.pictures if captions.shows_something(picture)),
    )


def _facts(result: Result) -> list[tuple[str, str]]:
    environment = result.environment
    keras = environment.keras and f"{environment.keras} (generation {environment.keras_generation})"
    known = [
        ("Assignment", f"{result.assignment.title}, version {result.assignment.version}"),
        ("File", result.submission.file),
        ("SHA-256 of the file", result.submission.sha256),
        ("Graded on", result.graded_on and f"{result.graded_on.day} {result.graded_on:%B %Y}"),
        ("Grader", environment.grader and f"version {environment.grader}"),
        ("Python", environment.python),
        ("TensorFlow", environment.tensorflow),
        ("Keras", keras),
        ("Sandbox", UNSEALED if environment.sandbox == NO_SANDBOX else ", ".join(environment.sandbox)),
        ("Seed", str(environment.seed)),
        ("Time taken", f"{result.duration_s:.1f} s"),
    ]
    return [(name, value) for name, value in known if value]
