"""What is told when a batch is graded: the grades, who has none, and the exit status."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from grader.cli.ends import FAILED_UNDER, NOT_ALL_GRADED, OUTPUT_LOST

if TYPE_CHECKING:
    from grader.batch.batch import Done
    from grader.roll.roll import Roll

MOST_NAMED = 10
MOST_ROWS = 200
"""Of a larger class the table would be read by nobody; `index.html` has it."""


def show(done: Done, out: Path, roll: Roll | None = None) -> None:
    """The grades as a table, who is missing, where the reports are, and whose earlier result was not taken up.

    Who has no grade is told by `exit_status`, once.
    """
    from rich.console import Console

    from grader.cli.class_list import lines_of
    from grader.cli.console import mean_of, next_steps, question_table, summary_table
    from grader.text import neutral

    results, console = done.results, Console()
    shown = [result for result in results if result.status == "graded"]
    if len(results) > MOST_ROWS:
        console.print(
            mean_of(shown, len(results)) or f"{len(shown)} of {len(results)} submissions graded", highlight=False
        )
    elif shown:
        console.print(question_table(shown[0]) if len(results) == 1 else summary_table(shown, len(results), done.kept))
    for line in next_steps(shown[0]) if len(results) == len(shown) == 1 else ():
        console.print(line, soft_wrap=True, highlight=False)
    told = [f"Kept from an earlier run: {len(done.kept)} of {len(results)}"] if done.kept else []
    for text in (*told, *(lines_of(roll) if roll is not None else ())):
        console.print(text, soft_wrap=True, markup=False, highlight=False)
    where = out / results[0].submission.name / "report.html" if len(results) == 1 else out
    if len(done.unwritten) < len(results):
        console.print(f"Report{'s' * (len(results) > 1)}: {neutral(str(where))}", markup=False, highlight=False)
    if done.unproven:
        names = ", ".join(neutral(name, 60) for name in done.unproven[:MOST_NAMED])
        more = ", ..." if len(done.unproven) > MOST_NAMED else ""
        typer.echo(f"grader: graded again, as nothing proves that the earlier result is yours: {names}{more}", err=True)


def exit_status(done: Done, fail_under: int | None, problems: Sequence[str] = ()) -> int:
    """The exit status; submissions without a grade are named, each with its reason, and so is what is not written."""
    from grader.text import neutral

    results = done.results
    without = [result for result in results if result.status != "graded"]
    for result in without:
        typer.echo(f"grader: {neutral(result.submission.name)} has no grade: {neutral(result.reason or '')}", err=True)
    unwritten = [*([] if done.index is None else [done.index]), *problems]
    for problem in unwritten:
        typer.echo(f"grader: {neutral(problem)}", err=True)
    if without:
        return NOT_ALL_GRADED
    if unwritten:
        return OUTPUT_LOST
    low = [result for result in results if fail_under is not None and result.score < fail_under]
    for result in low:
        typer.echo(f"grader: {neutral(result.submission.name)}: {result.score} is below {fail_under}", err=True)
    return FAILED_UNDER if low else 0
