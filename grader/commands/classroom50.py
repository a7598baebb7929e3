"""`grader classroom50`: grading in Classroom 50."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from grader.commands.classroom import Notebook, Pack, Replace
from grader.commands.refuse import group, refuse

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
    from grader.assignment import PackError
    from grader.classroom.init import write_autograder
    from grader.find import BadRequest
    from grader.text import neutral

    try:
        written = write_autograder(folder, pack, notebook, replace=replace)
    except (BadRequest, PackError) as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{folder}: the autograder cannot be written ({error.strerror})")
    for path in written:
        typer.echo(neutral(str(path)))


@app.command()
def grade(
    pack: Pack = None,
    notebook: Notebook = None,
    timeout: Annotated[float | None, typer.Option(help="Seconds that the whole notebook may run.")] = None,
) -> None:
    """Grade the checkout that is the working folder, as autograder.py does: write result.json, release-body.md and
    report.html into it.

    Exit status: 0 grading ran, whatever the grade; 1 it could not, and Classroom 50 records an error.
    """
    from grader.assignment import PackError
    from grader.classroom.autograder import run
    from grader.export.classroom50 import NoSubmission
    from grader.find import BadRequest
    from grader.text import neutral

    try:
        status = run(notebook, pack, timeout, os.environ)
    except (NoSubmission, BadRequest, PackError) as error:
        typer.echo(f"grader: {neutral(str(error))}", err=True)
        raise typer.Exit(BROKEN) from None
    except OSError as error:
        typer.echo(f"grader: the result cannot be written: {neutral(str(error))}", err=True)
        raise typer.Exit(BROKEN) from None
    raise typer.Exit(status)
