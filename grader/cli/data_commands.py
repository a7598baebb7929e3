"""`grader data fetch NAME...`: data sets of Keras, for grading on machines without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.command_help import group
from grader.cli.refuse import refuse

app = group("data", "Data sets that notebooks load through Keras.")


@app.callback()
def data() -> None:
    """Data sets that notebooks load through Keras."""


@app.command()
def fetch(
    names: Annotated[list[str], typer.Argument(help="Such as imdb, mnist, reuters.")],
    files: Annotated[Path, typer.Option(help="The folder that `grader grade --files` is given.")],
) -> None:
    """Fetch data sets into a folder of files for grading; what is there already, and right, is kept.

    Exit status: 0 all are there; 2 one is not known, or could not be had.
    """
    from grader.files.data_sets_of_keras import DATA_SETS, NotFetched
    from grader.files.data_sets_of_keras import fetch as have
    from grader.notebook.reading.beside import DATA_SETS as FOLDER

    for name in names:
        if name not in DATA_SETS:
            refuse(f"there is no data set {name} to fetch; choose from {', '.join(DATA_SETS)}")
    for name in names:
        try:
            count = have(name, files / FOLDER)
        except NotFetched as error:
            refuse(str(error))
        typer.echo(f"{name}: {f'{count} files fetched' if count else 'there already'}")
