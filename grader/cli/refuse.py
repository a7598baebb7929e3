"""Ending a command that cannot be carried out as given."""

from __future__ import annotations

from typing import NoReturn

import typer

from grader.cli.ends import BAD_REQUEST


def refuse(message: str, status: int = BAD_REQUEST) -> NoReturn:
    """Say what to change, and end with the status for that."""
    from grader.text import neutral

    typer.echo(f"grader: {neutral(message)}", err=True)
    raise typer.Exit(status)
