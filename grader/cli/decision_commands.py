"""`grader override`, `grader comment`, `grader extend`: what people decide about a student."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from grader.cli.class_options import HERE, By, Results, Settings, Url, refusing, where, whose
from grader.cli.command_help import DECIDE
from grader.cli.ends import NOT_ALL_GRADED
from grader.cli.refuse import refuse

if TYPE_CHECKING:
    from grader.gradebook.book import Gradebook
    from grader.gradebook.whole_class import Where
    from grader.roll.roll import Row

app = typer.Typer()
Who = Annotated[str, typer.Argument(help="As in the list of the class; number, address or name also, where clear.")]
Why = Annotated[str, typer.Option(help="The reason; for other points, the student reads it.")]
TakeBack = Annotated[bool, typer.Option("--withdraw", help="Take back what was decided before.")]


@dataclass(frozen=True, slots=True)
class _Deciding:
    """Who decides, and about which class."""

    by: str
    place: Where

    @classmethod
    def of(cls, by: str | None, results: Path, gradebook: str | None, course: Path | None) -> _Deciding:
        """As the options of a command say; ends it where nobody decides, or about nothing."""
        return cls(whose(by), where(results, gradebook, course))

    def decide(self, student: str, enter: Callable[[Gradebook, Row], object]) -> NoReturn:
        """Decide about one student."""
        from grader.gradebook.suggest import student as found

        def entered(book: Gradebook) -> list[Row]:
            row = found(book.rows(), student)
            enter(book, row)
            return [row]

        self.enter(entered)

    def withdraw(self, student: str, table: object, check: str | None = None) -> NoReturn:
        """Take back what was decided about one student."""
        from grader.gradebook.deciding import withdraw
        from grader.result.names import BadRequest

        def taken_back(book: Gradebook, row: Row) -> None:
            if not withdraw(book, table, row, by=self.by, check=check):  # type: ignore[arg-type]
                raise BadRequest(f"{row.key}: nothing of that kind was decided")

        self.decide(student, taken_back)

    def enter(self, enter: Callable[[Gradebook], list[Row]]) -> NoReturn:
        """Enter decisions, all or none, and have the reports show them; ends the command."""
        from grader.batch.class_reports import shown
        from grader.gradebook.course import read_course
        from grader.gradebook.store import gradebook
        from grader.text import neutral

        with refusing():
            course = read_course(self.place.folder, self.place.course)
            with gradebook(self.place.folder, self.place.url or course.gradebook, course.name) as book:
                rows = enter(book)
            problems = shown(self.place, {row.folder for row in rows if row.folder is not None})
        for problem in problems:
            typer.echo(f"grader: {neutral(problem)}", err=True)
        typer.echo(f"{len(rows)} decision{'s' * (len(rows) != 1)} entered")
        raise typer.Exit(NOT_ALL_GRADED if problems else 0)


@app.command(rich_help_panel=DECIDE)
def override(
    student: Annotated[
        str | None, typer.Argument(help="As in the list of the class, or number, address, name.")
    ] = None,
    check: Annotated[str | None, typer.Argument(help="The check, such as q4.parameters.")] = None,
    points: Annotated[int | None, typer.Argument(min=0, help="What it gets.")] = None,
    why: Why = "",
    file: Annotated[
        Path | None, typer.Option("--from", help="A CSV of overrides: student, check, points, why, and by if you like.")
    ] = None,
    withdraw: TakeBack = False,
    by: By = None,
    results: Results = HERE,
    gradebook: Url = None,
    course: Settings = None,
) -> None:
    """Give a check other points than the grader did, or many from a CSV. The grader's own verdict is kept.

    The decision is bound to what was judged: where a new submission has something else there, it is kept, listed as
    stale, and does not count. Exit status: 0 it is entered and shown; 2 nothing was entered; 3 a report is not new.
    """
    from grader.gradebook import deciding, override_file
    from grader.gradebook.relations import OverrideRow

    if (file is None) == (student is None):
        refuse("give a student, a check and points, or --from a CSV of them")
    about = _Deciding.of(by, results, gradebook, course)
    if file is not None:
        with refusing():
            given = override_file.read(file)
        about.enter(lambda book: override_file.enter(book, given, about.by))
    if withdraw:
        about.withdraw(str(student), OverrideRow, check)
    if check is None or points is None or not why.strip():
        refuse("give STUDENT CHECK POINTS --why TEXT; the student reads the reason")
    about.decide(str(student), lambda book, row: deciding.override(book, row, check, points, why=why, by=about.by))


@app.command(rich_help_panel=DECIDE)
def comment(
    student: Who,
    text: Annotated[str | None, typer.Argument(help="What the student reads.")] = None,
    question: Annotated[str | None, typer.Option(help="Of which question, such as q4.")] = None,
    withdraw: TakeBack = False,
    by: By = None,
    results: Results = HERE,
    gradebook: Url = None,
    course: Settings = None,
) -> None:
    """Say something to a student, at the top of the report."""
    from grader.gradebook import deciding
    from grader.gradebook.relations import CommentRow

    about = _Deciding.of(by, results, gradebook, course)
    if withdraw:
        about.withdraw(student, CommentRow)
    if text is None or not text.strip():
        refuse("give the student and what to say")
    about.decide(student, lambda book, row: deciding.comment(book, row, text, by=about.by, question=question))


@app.command(rich_help_panel=DECIDE)
def extend(
    student: Who,
    until: Annotated[str | None, typer.Argument(help="Such as 2026-12-03T23:59, in the zone of the course.")] = None,
    why: Why = "",
    withdraw: TakeBack = False,
    by: By = None,
    results: Results = HERE,
    gradebook: Url = None,
    course: Settings = None,
) -> None:
    """Give a student a deadline of their own."""
    from datetime import datetime

    from grader.gradebook import deciding
    from grader.gradebook.course import checked, read_course
    from grader.gradebook.relations import ExtensionRow

    about = _Deciding.of(by, results, gradebook, course)
    if withdraw:
        about.withdraw(student, ExtensionRow)
    try:
        time = checked(datetime.fromisoformat(until or ""))
    except ValueError:
        refuse(f"{until or 'no time is given'}: give a time such as 2026-12-03T23:59")
    with refusing():
        moment = read_course(about.place.folder, about.place.course).moment(time)
    about.decide(student, lambda book, row: deciding.extend(book, row, moment, why=why, by=about.by))
