"""The command line: `grader grade PATH... --out DIR`, `grader report DIR`, `grader doctor`, and groups of commands."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from grader import __version__
from grader.cli import (
    check_command,
    class_commands,
    classroom50_commands,
    classroom_commands,
    data_commands,
    decision_commands,
    export,
    grade,
    gradescope_commands,
    reference_command,
    review_commands,
)
from grader.cli.command_help import DECIDE, HAND_ON, SET_UP, Commands, carry_out
from grader.cli.ends import (
    BAD_REQUEST,
    ended,
    guard_outputs,
    on_interrupt,
)

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Grades deep-learning notebooks by what their code computes, what their equations evaluate to and what "
    "their prose says.",
)


app.add_typer(grade.app)
app.add_typer(check_command.app)
app.add_typer(reference_command.app)
app.add_typer(class_commands.app)
app.add_typer(decision_commands.app)
app.add_typer(export.app, rich_help_panel=HAND_ON)
app.add_typer(classroom_commands.app, rich_help_panel=HAND_ON)
app.add_typer(classroom50_commands.app, rich_help_panel=HAND_ON)
app.add_typer(gradescope_commands.app, rich_help_panel=HAND_ON)
app.add_typer(data_commands.app, rich_help_panel=SET_UP)
app.add_typer(review_commands.app)
app.add_typer(review_commands.requests, rich_help_panel=DECIDE)


def main() -> None:
    """The console script."""
    guard_outputs()
    with on_interrupt(lambda: None, lambda: "grader: interrupted"):
        status = carry_out(app)
    sys.exit(ended(status))


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"grader {__version__}")
        raise typer.Exit


@app.callback()
def grader(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Grades deep-learning notebooks."""


@app.command(rich_help_panel=SET_UP)
def doctor() -> None:
    """Print what this machine offers to hold student code in, and what the kernels would run on."""
    from rich.console import Console

    from grader.cli.doctor import table

    found = table()
    Console().print(found.rendered)
    raise typer.Exit(0 if found.can_grade else BAD_REQUEST)
