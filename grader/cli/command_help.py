"""The help of groups of commands, by what one wants to do; and what is told of a command that is not well written."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import Any, cast

import typer
from typer.core import TyperGroup

from grader.cli.ends import BAD_REQUEST, OWN_MISTAKE
from grader.text import neutral

GRADE, LOOK, DECIDE, HAND_ON, SET_UP = (
    "Grade a class",
    "Look at one notebook, or at what is expected",
    "Decide about grades",
    "Hand grades on",
    "Set up",
)
SECTIONS = (GRADE, LOOK, DECIDE, HAND_ON, SET_UP)
"""In the order in which the help has them."""

TRACE = "GRADER_TRACE"
"""Set in the environment, it has the grader tell where a mistake of its own was made."""

WHOLE = 1_000
"""So many characters of a command's first sentence are shown: all."""

PLAINLY = {
    "Value error, ": "",
    "Input should be a valid integer, unable to parse string as an integer": "it should be a whole number",
    "Input should be a valid number, unable to parse string as a number": "it should be a number",
    "Input should be": "it should be",
}
"""What Typer says of a value, and how a sentence has it."""

UsageError = cast("type[Any]", typer.BadParameter.__base__)
"""What is raised for a command that is not well written; Typer gives a name to one kind of it only."""


class Commands(TyperGroup):
    """A group whose help has its commands in sections; without a command it prints that help."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write a section for each thing one may want to do, and one for the commands that belong to none."""
        sections: dict[str, list[tuple[str, str]]] = {name: [] for name in (*SECTIONS, "Commands")}
        for name, command in self.commands.items():
            if not command.hidden:
                panel = getattr(command, "rich_help_panel", None)
                section = panel if panel in SECTIONS else "Commands"
                sections[section].append((name, command.get_short_help_str(WHOLE)))
        for title, rows in sections.items():
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the arguments; where there are none, print the help."""
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            typer.echo(ctx.get_help(), err=True)
            raise typer.Exit(BAD_REQUEST)
        return super().parse_args(ctx, args)


def carry_out(app: typer.Typer) -> int:
    """Carry out the command that this process was given; its exit status.

    One that is not well written is told in one sentence, with what is allowed.
    """
    try:
        status = app(prog_name="grader", standalone_mode=False)
    except UsageError as error:
        said = " ".join(error.format_message().split())
        for theirs, ours in PLAINLY.items():
            said = said.replace(theirs, ours)
        see = f" (see {error.ctx.command_path} --help)" if error.ctx is not None else ""
        typer.echo(f"grader: {neutral(said[:1].lower() + said[1:].rstrip('.') + see)}", err=True)
        return BAD_REQUEST
    except typer.Abort:
        return BAD_REQUEST
    except SystemExit as ended:  # a shell asked what could follow
        return ended.code if isinstance(ended.code, int) else 0
    except Exception as error:
        return _told_of(error)
    return status if isinstance(status, int) else 0


def _told_of(error: Exception) -> int:
    """Say what went wrong here, which is no mistake of who gave the command: its status is none of theirs."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}, line {last.lineno}"
    typer.echo(f"grader: a mistake of its own: {type(error).__name__}: {neutral(str(error), 300)} ({where})", err=True)
    typer.echo(f"Please report it, with all that is printed where {TRACE}=1 is set in the environment", err=True)
    if os.environ.get(TRACE):
        traceback.print_exception(error)
    return OWN_MISTAKE


def group(name: str | None, about: str) -> typer.Typer:
    """An empty group of commands."""
    return typer.Typer(
        name=name,
        cls=Commands,
        help=about,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
