"""`grader review DIR` and `grader requests import FILE`: deciding what is doubtful, and what students object to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.class_options import HERE, By, Folder, Results, Settings, Url, refusing, where, whose
from grader.cli.command_help import DECIDE, group
from grader.cli.ends import NOT_ALL_GRADED
from grader.cli.refuse import refuse

if TYPE_CHECKING:
    from grader.gradebook.whole_class import Where

app = typer.Typer()
requests = group("requests", "What students say against verdicts.")


@app.command(rich_help_panel=DECIDE)
def review(
    folder: Folder,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Of the page; 0 for any that is free.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    export_wordings: Annotated[
        Path | None,
        typer.Option(help="Write the sentences that were decided, for --wordings, and say what they would change."),
    ] = None,
    pack: Annotated[str | None, typer.Option(help="The assignment, for --export-wordings.")] = None,
    by: By = None,
    gradebook: Url = None,
    course: Settings = None,
) -> None:
    """Decide doubtful verdicts of a class on a page of this machine, one decision for all who wrote the same.

    What is decided is in the gradebook at once. End it with Ctrl-C. Exit status: 0 it was ended; 2 the command cannot
    be carried out as given.
    """
    place, me = where(folder, gradebook, course), whose(by)
    if export_wordings is not None:
        _export(place, export_wordings, pack)
        return
    try:
        from grader.review.local_server import serve
    except ImportError:
        refuse("the page needs the extra review: pip install 'grader[review]'")
    with refusing():
        serve(place, me, port, typer.echo, browse=browser)


def _export(place: Where, path: Path, pack: str | None) -> None:
    """Write the supplement, and print what it would change among the recorded answers; nothing is adopted yet."""
    from grader.cli.regrading import regraded
    from grader.grading.record import FOLDER
    from grader.review.exporting import export
    from grader.text import neutral

    with refusing():
        made = export(place, path)
    said = sum(len(each.said) for each in made.statements.values())
    refused = sum(len(each.not_said) for each in made.statements.values())
    typer.echo(f"{said} confirmed and {refused} refused sentences in {neutral(str(path))}")
    if not (place.folder / FOLDER).is_dir():
        typer.echo("Nothing was recorded here, so what they change is seen when the notebooks are graded again")
    elif made.statements:
        typer.echo("With them, among all recorded answers:")
        regraded(place.folder, pack, "patterns", None, "student", path, dry=True)


@requests.callback()
def about_requests() -> None:
    """What students say against verdicts."""


@requests.command("import")
def import_requests(
    file: Annotated[Path, typer.Argument(help="A mail, a mailbox, issues as `gh issue list --json` prints them.")],
    by: By = None,
    results: Results = HERE,
    gradebook: Url = None,
    course: Settings = None,
) -> None:
    """Take what students wrote with the link “I disagree” into the queue of `grader review`.

    Exit status: 0 all are there; 2 there is none in the file; 3 some are about no submission of this class.
    """
    from grader.gradebook.course import read_course
    from grader.gradebook.store import gradebook as opened
    from grader.review.incoming import enter, objections
    from grader.text import neutral

    place, me = where(results, gradebook, course), whose(by)
    with refusing():
        found = objections(file)
        settings = read_course(place.folder, place.course)
        with opened(place.folder, place.url or settings.gradebook, settings.name) as book:
            new, problems = enter(book, found, me)
    typer.echo(f"{len(new)} new request{'s' * (len(new) != 1)}, {len(found) - len(new) - len(problems)} known already")
    for problem in problems:
        typer.echo(f"grader: {neutral(problem)}", err=True)
    raise typer.Exit(NOT_ALL_GRADED if problems else 0)
