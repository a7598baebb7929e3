"""`grader classroom`: grading in GitHub Classroom's repositories."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.command_help import group
from grader.cli.refuse import refuse

app = group("classroom", "Grade in the repositories of GitHub Classroom.")
Pack = Annotated[str | None, typer.Option(help="The assignment: the name of a registered pack.")]
Notebook = Annotated[
    str | None, typer.Option(help="The notebook to grade, from the top of the repository; the only one if not given.")
]
Replace = Annotated[bool, typer.Option("--replace", help="Write also over a file that says something else.")]


@app.command()
def init(
    repository: Annotated[Path, typer.Argument(help="The checkout of the template repository of your assignment.")],
    action: Annotated[str, typer.Option(help="Where the action is: OWNER/REPOSITORY@VERSION.")],
    pack: Pack = None,
    notebook: Notebook = None,
    replace: Replace = False,
) -> None:
    """Write .github/workflows/classroom.yml into a template repository: it grades on every push."""
    from grader.classroom.init import workflow, write_workflow

    write(repository, lambda: [write_workflow(repository, workflow(action, pack, notebook), replace=replace)])


def write(folder: Path, make: Callable[[], Sequence[Path]]) -> None:
    """Write files into a checkout, and print their names."""
    from grader.pack.questions import PackError
    from grader.result.names import BadRequest
    from grader.text import neutral

    try:
        written = make()
    except (BadRequest, PackError) as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{error.filename or folder}: this cannot be written ({error.strerror})")
    for path in written:
        typer.echo(neutral(str(path)))


@app.command()
def action(
    folder: Annotated[Path, typer.Argument(help="The checkout of an empty repository, which becomes the action.")],
    replace: Replace = False,
) -> None:
    """Write the action into a repository of its own: action.yml, the grader as a wheel, its versions.

    It holds no model answers, so that students may read it.
    """
    from grader.classroom.init import write_action

    write(folder, lambda: write_action(folder, replace=replace))


@app.command()
def grade(
    notebook: Annotated[str | None, typer.Option(envvar="GRADER_NOTEBOOK", help="The notebook to grade.")] = None,
    assignment: Annotated[str | None, typer.Option(envvar="GRADER_ASSIGNMENT", help="The assignment.")] = None,
    keras: Annotated[str | None, typer.Option(envvar="GRADER_KERAS", help="The Keras: auto, 2 or 3.")] = None,
    fail_under: Annotated[
        str | None, typer.Option(envvar="GRADER_FAIL_UNDER", help="End with status 1 below this score.")
    ] = None,
    timeout: Annotated[
        str | None, typer.Option(envvar="GRADER_TIMEOUT", help="Seconds that the whole notebook may run.")
    ] = None,
    report_name: Annotated[
        str, typer.Option(envvar="GRADER_REPORT_NAME", help="The name of the report, without .html.")
    ] = "report",
    contact: Annotated[
        str | None, typer.Option(envvar="GRADER_CONTACT", help="Whom students may ask about the grade.")
    ] = None,
    repository: Annotated[
        str | None, typer.Option(envvar="GRADER_REPOSITORY", help="Where they may open an issue about a verdict.")
    ] = None,
    wordings: Annotated[
        str | None, typer.Option(envvar="GRADER_WORDINGS", help="Sentences that people decided: a file by the action.")
    ] = None,
) -> None:
    """Grade the notebook of a repository, as action.yml does: print annotations, write the outputs and the summary.

    Options may also be given as the environment variables GRADER_NOTEBOOK and so on. Where to write, and what the
    repository and the action are, comes from the variables of the workflow (GITHUB_WORKSPACE, GITHUB_ACTION_PATH,
    GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, RUNNER_TEMP). The exit status is that of `grader grade`.
    """
    from grader.classroom.action import Inputs, run

    told = (notebook, assignment, keras, fail_under, timeout, report_name or "report", contact, repository, wordings)
    home = os.environ.get("GITHUB_ACTION_PATH")
    inputs = Inputs(*told, home=None if not home else Path(home))
    raise typer.Exit(run(inputs))
