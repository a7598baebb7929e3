"""`grader review DIR` and `grader requests import FILE`: deciding what is doubtful, and what students object to."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.cli.class_options import By, Folder, Settings, Url, refusing, where, whose
from grader.cli.refuse import group, refuse

app = typer.Typer()
requests = group("requests", "What students say against verdicts.")


@app.command()
def review(
    folder: Folder,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Of the page; 0 for any that is free.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    by: By = None,
    gradebook: Url = None,
    course: Settings = None,
) -> None:
    """Decide doubtful verdicts of a class on a page of this machine, one decision for all who wrote the same.

    What is decided is in the gradebook at once. End it with Ctrl-C. Exit status: 0 it was ended; 2 the command cannot
    be carried out as given.
    """
    place, me = where(folder, gradebook, course), whose(by)
    try:
        from grader.review.local_server import serve
    except ImportError:
        refuse("the page needs the extra review: pip install 'grader[review]'")
    with refusing():
        serve(place, me, port, typer.echo, browse=browser)
