"""What a terminal shows while a batch is graded. Nothing from a notebook is taken as markup."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from grader.batch.watch import Watcher
from grader.cli.console import NAME_LIMIT
from grader.result.model import Result
from grader.text import neutral

TEXT_LIMIT = 40
CLASS = 3
"""From so many submissions on it is told how far all of them are."""
TO_TELL = 2
"""After so many it can be told how long the others will take."""


@contextmanager
def progress(total: int = 1, *, quiet: bool = False, console: Console | None = None) -> Iterator[Watcher]:
    """Show the progress on standard error while the block runs; with `quiet`, show nothing.

    On a terminal, a bar for each submission under way; elsewhere (a log of GitHub Actions) one line for each that is
    finished. For a class (`total` submissions) also how far all are. Why somebody has no grade is said at the end.
    """
    if quiet:
        yield _Silent()
        return
    console = console or Console(stderr=True)
    tally = Tally(total)
    if not console.is_terminal:
        yield _Log(console, tally)
        return
    with _Bars(console, tally) as bars:
        yield bars


@dataclass(slots=True)
class Tally:
    """How far a batch of `total` submissions is."""

    total: int
    graded: int = 0
    failed: int = 0
    to_look_at: int = 0
    kept: int = 0
    started: float = field(default_factory=time.monotonic)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def count(self, result: Result, *, kept: bool = False) -> None:
        """One more has its result. Called by several threads."""
        with self._one_at_a_time:
            self.kept += kept
            self.graded += not kept
            self.failed += result.status != "graded"
            self.to_look_at += result.status == "graded" and bool(result.flags)

    @property
    def done(self) -> int:
        """Of how many the result is there."""
        return self.graded + self.kept

    def said(self, now: float | None = None) -> str:
        """All of it in a line."""
        parts = [f"{self.done} of {self.total} done"]
        for number, what in ((self.kept, "kept"), (self.failed, "failed"), (self.to_look_at, "to look at")):
            parts += [f"{number} {what}"] if number else []
        left = self.left_s(time.monotonic() if now is None else now)
        parts += [f"about {_duration(left)} left"] if left is not None else []
        return ", ".join(parts)

    def left_s(self, now: float) -> float | None:
        """How long the others will take, in seconds, if they take as long as those that were graded now."""
        left = self.total - self.done
        if self.graded < TO_TELL or left <= 0:
            return None
        return (now - self.started) / self.graded * left


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


class _Silent:
    """Shows nothing."""

    def start(self, name: str) -> None:
        """Nothing is shown."""

    def update(self, name: str, done: int, total: int, text: str) -> None:
        """Nothing is shown."""

    def finish(self, name: str, result: Result) -> None:
        """Nothing is shown."""

    def keep(self, name: str, result: Result) -> None:
        """Nothing is shown."""


class _Log(_Silent):
    """Writes a line for each submission that is graded."""

    def __init__(self, console: Console, tally: Tally, *, with_tally: bool = True) -> None:
        self._console = console
        self._tally = tally
        self._with_tally = with_tally and tally.total >= CLASS

    def finish(self, name: str, result: Result) -> None:
        """Write the line."""
        self._tally.count(result)
        verdict = f"{result.score} / {result.max_score}" if result.status == "graded" else "no grade"
        line = Text.assemble(neutral(name, NAME_LIMIT), ": ", verdict, f" ({result.duration_s:.0f} s)")
        if self._with_tally:
            line.append(f" | {self._tally.said()}")
        self._console.print(line, soft_wrap=True, highlight=False)

    def keep(self, name: str, result: Result) -> None:
        """Count it; there is nothing new to be told of it."""
        self._tally.count(result, kept=True)


class _Bars:
    """A bar for each submission under way, and one for all of a class; above them, a line for each that is graded."""

    def __init__(self, console: Console, tally: Tally) -> None:
        self._log = _Log(console, tally, with_tally=False)
        self._tally = tally
        self._tasks: dict[str, TaskID] = {}
        self._progress = Progress(
            SpinnerColumn(),
            # Texts of a notebook stand in the columns, which would otherwise read [red] as a colour.
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            TextColumn("{task.completed:.0f}/{task.total:.0f} {task.fields[what]}", markup=False),
            TextColumn("{task.fields[text]}", markup=False, style="dim"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            redirect_stdout=console.file is sys.stdout,
        )
        self._all: TaskID | None = None

    def __enter__(self) -> _Bars:
        if self._tally.total >= CLASS:
            self._all = self._progress.add_task("all", total=self._tally.total, text="", what="submissions")
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._progress.stop()

    def start(self, name: str) -> None:
        """Begin a bar."""
        self._tasks[name] = self._progress.add_task(neutral(name, NAME_LIMIT), total=1, text="starting", what="cells")

    def update(self, name: str, done: int, total: int, text: str) -> None:
        """Move the bar."""
        if name in self._tasks:
            shown = neutral(text, TEXT_LIMIT)
            self._progress.update(self._tasks[name], completed=done, total=max(total, 1), text=shown)

    def finish(self, name: str, result: Result) -> None:
        """Take the bar away and write the line."""
        self._end(name)
        self._log.finish(name, result)
        self._move()

    def keep(self, name: str, result: Result) -> None:
        """Take the bar away."""
        self._end(name)
        self._log.keep(name, result)
        self._move()

    def _end(self, name: str) -> None:
        if name in self._tasks:
            self._progress.remove_task(self._tasks.pop(name))

    def _move(self) -> None:
        if self._all is not None:
            self._progress.update(self._all, completed=self._tally.done, text=self._tally.said())
