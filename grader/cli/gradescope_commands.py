"""`grader gradescope`: grading in Gradescope."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.classroom_commands import Notebook, Pack, Replace, write
from grader.cli.command_help import group
from grader.cli.fixed_choices import DAY_S
from grader.cli.refuse import refuse

app = group("gradescope", "Grade in Gradescope.")
BROKEN = 1
Timeout = Annotated[float, typer.Option(min=1, max=DAY_S, help="Seconds that the whole notebook may run.")]


class Visibility(StrEnum):
    """When students see the tests, in Gradescope's words."""

    VISIBLE = "visible"
    AFTER_DUE_DATE = "after_due_date"
    AFTER_PUBLISHED = "after_published"
    HIDDEN = "hidden"


When = Annotated[Visibility, typer.Option(help="When students see points and feedback.")]


@app.command()
def init(
    out: Annotated[Path, typer.Argument(metavar="OUT.zip", help="The zip to write, such as autograder.zip.")],
    pack: Pack = None,
    notebook: Notebook = None,
    visibility: When = Visibility.VISIBLE,
    timeout: Timeout = 300,
    replace: Replace = False,
) -> None:
    """Write the zip of an autograder, to be uploaded as it is: two scripts, the grader as a wheel, and its versions."""
    from grader.classroom.gradescope_zip import write_zip

    write(out, lambda: [write_zip(out, pack, notebook, visibility.value, timeout, replace=replace)])


@app.command()
def grade(
    submission: Annotated[Path, typer.Argument(help="The folder with what the student handed in.")],
    results: Annotated[Path, typer.Argument(help="The file to write: results.json.")],
    pack: Pack = None,
    notebook: Notebook = None,
    visibility: When = Visibility.VISIBLE,
    timeout: Timeout = 300,
) -> None:
    """Grade a submission as run_autograder does, and write Gradescope's results.json.

    Exit status: 0 grading ran, whatever the grade; 1 it could not, and there is no results.json.
    """
    from grader.classroom.gradescope_run import run
    from grader.pack.questions import PackError
    from grader.result.names import BadRequest

    try:
        status = run(submission, results, notebook, pack, timeout, visibility.value)
    except (BadRequest, PackError) as error:
        refuse(str(error), BROKEN)
    except OSError as error:
        refuse(f"the result cannot be written: {error}", BROKEN)
    raise typer.Exit(status)
