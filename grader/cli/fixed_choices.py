"""Options with fixed choices: the help lists them, and a shell completes them. Imports nothing heavy."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

DAY_S = 86_400
"""So many seconds a limit may be at the most."""

Keras = Annotated[Literal["auto", "2", "3"], typer.Option(help="The Keras to run on.")]
Sandbox = Annotated[
    Literal["auto", "none"],
    typer.Option(help="auto: hold student code in with all that this machine has; none: not at all."),
]
Matcher = Annotated[
    Literal["patterns", "semantic"],
    typer.Option(help="What reads explanations: patterns, or semantic, which asks a model besides."),
]
For = Annotated[
    Literal["student", "instructor"],
    typer.Option("--for", help="Whose reports: an instructor's say what a person should look at."),
]
Layout = Annotated[
    Literal["moodle", "canvas", "folders"] | None,
    typer.Option(help="How the zip is laid out; as the LMS the files came from has it if not given."),
]
Pack = Annotated[str | None, typer.Option(help="The assignment: a registered name, or module:attribute.")]
