"""`grader report` and `grader gradebook`: the reports once more, and the class as a list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import fixed_choices
from grader.cli.class_options import Folder, Settings, Url, refusing, where
from grader.cli.command_help import DECIDE, GRADE
from grader.cli.ends import NOT_ALL_GRADED, OUTPUT_LOST
from grader.cli.refuse import refuse

if TYPE_CHECKING:
    from grader.gradebook.settling import Mark
    from grader.gradebook.whole_class import Settled

app = typer.Typer()
NAME, LOOK, LINE = 40, 100, 400


@app.command(rich_help_panel=GRADE)
def report(
    folder: Folder, reader: fixed_choices.For = "student", gradebook: Url = None, course: Settings = None
) -> None:
    """Make the reports in a folder of results anew, without running anything.

    Exit status: 0 all reports are new; 2 the command cannot be carried out as given; 3 some could not be made anew,
    and are as they were.
    """
    from grader.batch.class_reports import rebuilt_class
    from grader.cli.results_folder import alone_in
    from grader.gradebook.whole_class import Where
    from grader.result.names import BadRequest
    from grader.result.proof import ALTERED
    from grader.text import neutral

    try:
        with alone_in(folder):
            found = rebuilt_class(Where(folder, gradebook, course), reader)
    except BadRequest as error:
        refuse(str(error))
    problems = [item.problem for item in found if item.problem is not None]
    altered = [f"{item.folder.name}: {ALTERED}" for item in found if item.altered]
    for problem in (*problems, *altered):
        typer.echo(f"grader: {neutral(problem)}", err=True)
    made = len(found) - len(problems)
    typer.echo(f"{made} report{'s' * (made != 1)} made anew in {neutral(str(folder))}")
    raise typer.Exit(NOT_ALL_GRADED if problems else 0)


@app.command(rich_help_panel=GRADE)
def regrade(
    folder: Folder,
    pack: fixed_choices.Pack = None,
    matcher: fixed_choices.Matcher = "patterns",
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Results side by side; the number of cores if not given.")
    ] = None,
    reader: fixed_choices.For = "student",
    wordings: Annotated[
        Path | None, typer.Option(help="Sentences that people decided: see `grader review --export-wordings`.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")] = False,
    gradebook: Url = None,
    course: Settings = None,
) -> None:
    """Judge the results in a folder again, after wording, points or checks have changed, from what was recorded.

    A notebook is run only where a check asks its code something that was not asked before. Exit status: 0 all results
    were judged; 2 the command cannot be carried out as given; 3 some results could not be judged again, and are as they
    were; 4 the gradebook could not be written.
    """
    from grader.cli.keeping import taken_up
    from grader.cli.regrading import regraded
    from grader.cli.results_folder import alone_in
    from grader.text import neutral

    with nullcontext() if dry_run else alone_in(folder):
        done = regraded(folder, pack, matcher, jobs, reader, wordings, dry=dry_run)
        problems = [] if dry_run else taken_up(folder, gradebook, course)
    for problem in problems:
        typer.echo(f"grader: {neutral(problem)}", err=True)
    kept = any(each.how == "kept" for each in done)
    raise typer.Exit(NOT_ALL_GRADED if kept else OUTPUT_LOST if problems else 0)


@app.command("gradebook", rich_help_panel=DECIDE)
def list_class(
    folder: Folder,
    stale: Annotated[bool, typer.Option("--stale", help="Overrides alone that a new submission made stale.")] = False,
    gradebook: Url = None,
    course: Settings = None,
) -> None:
    """Take the results into the gradebook, and list the class: grades, who is late or missing, what was decided."""
    from grader.gradebook.whole_class import settled
    from grader.text import neutral

    with refusing():
        found = settled(where(folder, gradebook, course))
    lines = [] if stale else list(_listed(found))
    lines += [
        neutral(f"stale: {mark.row.key} {each.check}: {each.points}, {each.by}, {each.at:%Y-%m-%d}: {each.why}", LINE)
        for mark in found.marks
        for each in mark.stale
    ]
    typer.echo("\n".join(lines), nl=bool(lines))
    for problem in found.refused:
        typer.echo(f"grader: {neutral(problem)}", err=True)
    raise typer.Exit(NOT_ALL_GRADED if found.refused else 0)


def _listed(found: Settled) -> Iterator[str]:
    """A line for each student, and one for the class."""
    from grader.text import neutral

    widest = min(NAME, max((len(mark.row.key) for mark in found.marks), default=0))
    for mark in found.marks:
        grade = "-" if mark.total is None else str(mark.total)
        yield f"{neutral(mark.row.key, NAME):{widest}}  {grade:>7}  {neutral(', '.join(_remarks(mark)), LOOK)}".rstrip()
    graded = sum(mark.total is not None for mark in found.marks)
    out_of = f", of {found.marks[0].out_of} points" if found.marks else ""
    yield f"{graded} of {len(found.marks)} have a grade{out_of}"


def _remarks(mark: Mark) -> Iterator[str]:
    from grader.gradebook.how_it_stands import duration, remarks

    if mark.late is not None:
        yield f"{duration(mark.late.by)} late"
    yield from remarks(mark)
    if mark.shown:
        yield f"{len(mark.shown)} decided by the instructor"
    if mark.stale:
        yield f"{len(mark.stale)} stale"
