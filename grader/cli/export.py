"""`grader export`: a result, or a class, in the formats of others."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import export_class
from grader.cli.command_help import group
from grader.cli.refuse import refuse

if TYPE_CHECKING:
    from grader.result.model import Result

app = group("export", "Write a result, or the grades of a class, in the formats of others.")
for each in (
    export_class.csv,
    export_class.xlsx,
    export_class.canvas,
    export_class.moodle,
    export_class.brightspace,
    export_class.blackboard,
    export_class.feedback,
):
    app.command()(each)
Given = Annotated[Path, typer.Argument(help="The result.json of a graded notebook.")]


@app.command()
def classroom(result: Given) -> None:
    """Print the outputs that GitHub Classroom's autograding reporter reads: a line NAME=BASE64 for each question.

    In a workflow, add them to the file that GITHUB_OUTPUT names. A result without a grade has one line, named grader.
    """
    from grader.export.autograding import lines

    typer.echo(lines(_read(result)), nl=False)


@app.command("classroom50")
def classroom_50(
    result: Given, out: Annotated[Path, typer.Option("--out", help="The file to write, such as result.json.")]
) -> None:
    """Write the result as Classroom 50 collects it.

    Which submission it is comes from the environment, as Classroom 50 sets it: CLASSROOM, ASSIGNMENT, SUBMISSION_TAG,
    COMMIT_URL, RELEASE_URL, and REVIEW_URL if there is one.
    """
    from grader.export import classroom50
    from grader.files.links import placed
    from grader.files.whole import write_text

    found = _read(result)
    if out.exists() and out.resolve() == result.resolve():
        refuse(f"--out {out}: this would overwrite the result that is read; choose another file")
    if out.exists() and not out.is_file():
        refuse(f"--out {out}: this is no file that could be written anew; choose another one")
    try:
        write_text(placed(out), classroom50.text(found, classroom50.submission(os.environ)))
    except classroom50.NoSubmission as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"--out {out}: this file cannot be written ({error.strerror})")


@app.command()
def summary(result: Given) -> None:
    """Print the result as Markdown: how it stands, what to do next, and the feedback on every answer."""
    from grader.report.markdown import whole

    typer.echo(whole(_read(result)), nl=False)


def _read(path: Path) -> Result:
    from grader.files.links import placed
    from grader.result.file import UnreadableResult, read
    from grader.result.proof import ALTERED, is_altered
    from grader.text import neutral

    place = placed(path)
    try:
        found = read(place)
    except UnreadableResult as error:
        refuse(f"{path}: {error.problem}")
    if is_altered(place.parent, {}):
        typer.echo(f"grader: {neutral(str(path))}: {ALTERED}", err=True)
    return found
