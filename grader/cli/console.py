"""What a terminal shows: how far the grading is, and the grades. Nothing from a notebook is taken as markup."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from grader.batch.watch import Watcher
from grader.result.actions import actions
from grader.result.model import QuestionResult, Result
from grader.result.phrases import DO_NEXT
from grader.text import neutral

NAME_LIMIT, TEXT_LIMIT, REASON_LIMIT = 60, 40, 200
GOOD, FAIR = 0.8, 0.5
STYLES = {"answered": "", "missing": "yellow", "error": "red", "timeout": "red"}


@contextmanager
def progress(quiet: bool = False, console: Console | None = None) -> Iterator[Watcher]:
    """Show the progress on standard error while the block runs; with `quiet`, show nothing.

    On a terminal, a bar for each submission under way; elsewhere (a log of GitHub Actions) one line for each that is
    finished.
    """
    if quiet:
        yield _Silent()
        return
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield _Log(console)
        return
    with _Bars(console) as bars:
        yield bars


def summary_table(results: Sequence[Result]) -> Table:
    """One line for each submission: its score, and what a human should look at; then the mean of those graded."""
    table = Table(title=_title(results), title_justify="left", title_style="bold", caption_justify="left")
    table.add_column("Submission", overflow="fold")
    table.add_column("Score", justify="right", no_wrap=True)
    table.add_column("To look at", overflow="fold")
    for result in results:
        table.add_row(_text(result.submission.name, NAME_LIMIT), _score(result), _remark(result))
    graded = [result for result in results if result.status == "graded"]
    if len(graded) > 1:
        mean = sum(result.score for result in graded) / len(graded)
        table.caption = f"{len(graded)} of {_count(len(results), 'submission')} graded, mean score {mean:.1f}"
    return table


def question_table(result: Result) -> Table:
    """One line for each question of a submission, and the sum; where there is no grade, the reason."""
    table = Table(title=_text(result.submission.name, NAME_LIMIT), title_justify="left", title_style="bold")
    if result.status != "graded":
        table.add_column("No grade", overflow="fold")
        table.add_row(_text(result.reason or "no reason was given", REASON_LIMIT))
        return table
    table.add_column("", justify="right")
    table.add_column("Question", overflow="fold", footer="Total")
    table.add_column("Score", justify="right", no_wrap=True, footer=_score(result))
    table.add_column("Checks passed", justify="right", no_wrap=True)
    table.add_column("Status", no_wrap=True)
    table.show_footer = True
    for question in result.questions:
        table.add_row(
            str(question.number),
            _text(question.title, NAME_LIMIT),
            _points(question.score, question.max_score),
            _passed(question),
            Text(question.status, style=STYLES[question.status]),
        )
    if result.flags:
        table.caption = _text(f"To look at: {_count(len(result.flags), 'flag')}, in result.json", REASON_LIMIT)
        table.caption_justify = "left"
    return table


def next_steps(result: Result) -> list[Text]:
    """What to do next in the notebook, a line for each, most points first; none where nothing is to be done."""
    found = actions(result)
    lines = [Text.assemble((f"{f'+{action.points}':>4}", "bold"), " ", neutral(action.sentence)) for action in found]
    return [Text(DO_NEXT, style="bold"), *lines] if found else []


def _title(results: Sequence[Result]) -> Text:
    titles = dict.fromkeys(neutral(result.assignment.title, NAME_LIMIT) for result in results)
    return Text(", ".join(titles))


def _text(text: str, limit: int) -> Text:
    # A Text is never parsed for markup, as a str in a table would be.
    return Text(neutral(text, limit))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _score(result: Result) -> Text:
    if result.status != "graded":
        return Text(result.status, style="red")
    return _points(result.score, result.max_score)


def _points(score: int, most: int) -> Text:
    share = score / most if most else 1.0
    style = "green" if share >= GOOD else "yellow" if share >= FAIR else "red"
    return Text.assemble((str(score), style), f" / {most}")


def _passed(question: QuestionResult) -> str:
    passed = sum(check.status == "pass" for check in question.checks)
    return f"{passed} of {len(question.checks)}"


def _remark(result: Result) -> Text:
    if result.status != "graded":
        return _text(result.reason or "", REASON_LIMIT)
    if not result.flags:
        return Text()
    more = f" (and {len(result.flags) - 1} more)" if len(result.flags) > 1 else ""
    return _text(result.flags[0], REASON_LIMIT).append(more)


def _verdict(result: Result) -> str:
    return f"{result.score} / {result.max_score}" if result.status == "graded" else f"{result.status}, no grade"


class _Silent:
    """Shows nothing."""

    def start(self, name: str) -> None:
        """Nothing is shown."""

    def update(self, name: str, done: int, total: int, text: str) -> None:
        """Nothing is shown."""

    def finish(self, name: str, result: Result) -> None:
        """Nothing is shown."""


class _Log(_Silent):
    """Writes a line for each submission that is finished."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def finish(self, name: str, result: Result) -> None:
        """Write the line."""
        line = Text.assemble(neutral(name, NAME_LIMIT), ": ", _verdict(result), f" ({result.duration_s:.0f} s)")
        self._console.print(line, soft_wrap=True, highlight=False)


class _Bars:
    """A bar for each submission under way; above them, a line for each that is finished."""

    def __init__(self, console: Console) -> None:
        self._log = _Log(console)
        self._tasks: dict[str, TaskID] = {}
        self._progress = Progress(
            SpinnerColumn(),
            # Texts of a notebook stand in the columns, which would otherwise read [red] as a colour.
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            TextColumn("{task.completed:.0f}/{task.total:.0f} cells", markup=False),
            TextColumn("{task.fields[text]}", markup=False, style="dim"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            redirect_stdout=console.file is sys.stdout,
        )

    def __enter__(self) -> _Bars:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._progress.stop()

    def start(self, name: str) -> None:
        """Begin a bar."""
        self._tasks[name] = self._progress.add_task(neutral(name, NAME_LIMIT), total=1, text="starting")

    def update(self, name: str, done: int, total: int, text: str) -> None:
        """Move the bar."""
        if name in self._tasks:
            shown = neutral(text, TEXT_LIMIT)
            self._progress.update(self._tasks[name], completed=done, total=max(total, 1), text=shown)

    def finish(self, name: str, result: Result) -> None:
        """Take the bar away and write the line."""
        if name in self._tasks:
            self._progress.remove_task(self._tasks.pop(name))
        self._log.finish(name, result)
