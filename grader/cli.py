"""The command line: `grader grade PATH... --out DIR`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader import __version__

if TYPE_CHECKING:
    from grader.batch import Submission
    from grader.result import Result

FAILED_UNDER, BAD_REQUEST, NOT_ALL_GRADED, INTERRUPTED = 1, 2, 3, 130

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Grades deep-learning notebooks by what their code computes, what their equations evaluate to and what "
    "their prose says.",
)


def main() -> None:
    """The console script."""
    app()


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


@app.command()
def grade(
    paths: Annotated[list[Path], typer.Argument(help="Notebooks, or folders of notebooks.")],
    out: Annotated[Path, typer.Option("--out", help="The folder for the results; made if it is not there.")],
    keras: Annotated[str, typer.Option(help="The Keras to run on: auto, 2 or 3.")] = "auto",
    pack: Annotated[str | None, typer.Option(help="The assignment: a registered name, or module:attribute.")] = None,
    cell_timeout: Annotated[float, typer.Option(min=1, help="Seconds that one cell may run.")] = 60,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds that a whole notebook may run.")] = 600,
    seed: Annotated[int, typer.Option(help="From which all randomness starts.")] = 0,
    fail_under: Annotated[int | None, typer.Option(help="Exit with status 1 if a score is below this.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Grade notebooks: run them, check every answer, and write result.json, report.html and feedback.ipynb for each.

    Exit status: 0 every submission has a grade; 1 a score is below --fail-under; 2 the command cannot be carried out
    as given; 3 some submissions could not be graded, the others are complete.
    """
    from grader.assignment import PackError, load
    from grader.batch import BadRequest, find, prepare

    if keras not in ("auto", "2", "3"):
        _refuse(f"--keras {keras}: choose auto, 2 or 3")
    try:
        assignment = load(pack)
        submissions = find(paths)
        prepare(out, submissions)
    except (PackError, BadRequest) as error:
        _refuse(str(error))
    from grader.kernel.limits import Limits
    from grader.submission import Options

    options = Options(keras=keras, seed=seed)  # type: ignore[arg-type]
    limits = Limits(cell_s=cell_timeout, notebook_s=timeout)
    try:
        results = _grade_all(submissions, out, assignment, options, limits, quiet=quiet)
    except KeyboardInterrupt:
        typer.echo(f"interrupted; what was graded until then is complete in {out}", err=True)
        raise typer.Exit(INTERRUPTED) from None
    raise typer.Exit(_report_outcome(results, fail_under, quiet=quiet))


def _refuse(message: str) -> None:
    from grader.text import neutral

    typer.echo(f"grader: {neutral(message)}", err=True)
    raise typer.Exit(BAD_REQUEST)
