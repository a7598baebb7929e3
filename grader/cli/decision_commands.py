"""`grader override`, `grader comment`, `grader extend`: what people decide about a student."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.class_options import HERE, By, Results, Settings, Url, refusing, where, whose
from grader.cli.ends import NOT_ALL_GRADED
from grader.cli.refuse import refuse

if TYPE_CHECKING:
    from grader.gradebook.book import Gradebook
    from grader.gradebook.whole_class import Where
    from grader.roll.roll import Row

app = typer.Typer()
Who = Annotated[str, typer.Argument(help="As in the list of the class; number, address or name also, where clear.")]
TakeBack = Annotated[bool, typer.Option("--withdraw", help="Take back what was decided before.")]


@app.command()
def override(
    student: Annotated[
        str | None, typer.Argument(help="As in the list of the class, or number, address, name.")
    ] = None,
    check: Annotated[str | None, typer.Argument(help="The check, such as q4.parameters.")] = None,
    points: Annotated[int | None, typer.Argument(help="What it gets.")] = None,
    why: Annotated[str | None, typer.Option(help="The reason, which the student reads.")] = None,
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
    from grader.gradebook.suggest import student as found

    if (file is None) == (student is None):
        refuse("give a student, a check and points, or --from a CSV of them")
    me, place = whose(by), where(results, gradebook, course)
    if file is not None:
        with refusing():
            given = override_file.read(file)
        _decide(place, lambda book: override_file.enter(book, given, me))
        return
    if withdraw:
        _decide(place, lambda book: [_withdrawn(book, OverrideRow, student, me, check)])
        return
    if check is None or points is None or not (why or "").strip():
        refuse("give STUDENT CHECK POINTS --why TEXT; the student reads the reason")

    def enter(book: Gradebook) -> list[Row]:
        row = found(book.rows(), str(student))
        deciding.override(book, row, check, points, why=str(why), by=me)
        return [row]

    _decide(place, enter)


@app.command()
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
    from grader.gradebook.suggest import student as found

    me, place = whose(by), where(results, gradebook, course)
    if withdraw:
        _decide(place, lambda book: [_withdrawn(book, CommentRow, student, me)])
        return
    if not (text or "").strip():
        refuse("give the student and what to say")

    def enter(book: Gradebook) -> list[Row]:
        row = found(book.rows(), student)
        deciding.comment(book, row, str(text), by=me, question=question)
        return [row]

    _decide(place, enter)


@app.command()
def extend(
    student: Who,
    until: Annotated[str | None, typer.Argument(help="Such as 2026-12-03T23:59, in the zone of the course.")] = None,
    why: Annotated[str, typer.Option(help="The reason, for the gradebook.")] = "",
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
    from grader.gradebook.suggest import student as found

    me, place = whose(by), where(results, gradebook, course)
    if withdraw:
        _decide(place, lambda book: [_withdrawn(book, ExtensionRow, student, me)])
        return
    try:
        time = checked(datetime.fromisoformat(str(until)))
    except ValueError:
        refuse(f"{until}: give a time such as 2026-12-03T23:59")
    with refusing():
        moment = read_course(place.folder, place.course).moment(time)

    def enter(book: Gradebook) -> list[Row]:
        row = found(book.rows(), student)
        deciding.extend(book, row, moment, why=why, by=me)
        return [row]

    _decide(place, enter)


def _withdrawn(book: Gradebook, table: object, name: str | None, by: str, check: str | None = None) -> Row:
    from grader.gradebook.deciding import withdraw
    from grader.gradebook.suggest import student
    from grader.result.names import BadRequest

    row = student(book.rows(), str(name))
    if not withdraw(book, table, row, by=by, check=check):  # type: ignore[arg-type]
        raise BadRequest(f"{row.key}: nothing of that kind was decided")
    return row


def _decide(place: Where, enter: Callable[[Gradebook], list[Row]]) -> None:
    """Enter decisions, all or none, and have the reports show them."""
    from grader.batch.class_reports import shown
    from grader.gradebook.course import read_course
    from grader.gradebook.store import gradebook
    from grader.text import neutral

    with refusing():
        course = read_course(place.folder, place.course)
        with gradebook(place.folder, place.url or course.gradebook, course.name) as book:
            rows = enter(book)
        problems = shown(place, {row.folder for row in rows if row.folder is not None})
    for problem in problems:
        typer.echo(f"grader: {neutral(problem)}", err=True)
    typer.echo(f"{len(rows)} decision{'s' * (len(rows) != 1)} entered")
    raise typer.Exit(NOT_ALL_GRADED if problems else 0)
