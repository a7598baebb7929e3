"""`grader classroom50`: grading in Classroom 50."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.classroom_commands import Notebook, Pack, Replace, write
from grader.cli.command_help import group
from grader.cli.refuse import refuse

app = group("classroom50", "Grade in Classroom 50.")
BROKEN = 1


@app.command()
def init(
    folder: Annotated[
        Path, typer.Argument(help="CLASSROOM/autograders/ASSIGNMENT in the checkout of your classroom50 repository.")
    ],
    pack: Pack = None,
    notebook: Notebook = None,
    replace: Replace = False,
) -> None:
    """Write the folder of an autograder: autograder.py, the grader as a wheel, its versions, and runtime.json."""
    from grader.classroom.init import write_autograder

    write(folder, lambda: write_autograder(folder, pack, notebook, replace=replace))


@app.command()
def grade(
    pack: Pack = None,
    notebook: Notebook = None,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds that the whole notebook may run.")] = 200,
) -> None:
    """Grade the checkout that is the working folder, as autograder.py does: write result.json, release-body.md and
    report.html into it.

    Exit status: 0 grading ran, whatever the grade; 1 it could not, and Classroom 50 records an error.
    """
    from grader.classroom.autograder import run
    from grader.export.classroom50 import NoSubmission
    from grader.pack.questions import PackError
    from grader.result.names import BadRequest

    try:
        status = run(notebook, pack, timeout, os.environ)
    except (NoSubmission, BadRequest, PackError) as error:
        refuse(str(error), BROKEN)
    except OSError as error:
        refuse(f"the result cannot be written: {error}", BROKEN)
    raise typer.Exit(status)
