"""The command line: `grader grade PATH... --out DIR`, `grader report DIR`, `grader doctor`, and groups of commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader import __version__
from grader.cli import (
    class_commands,
    classroom50_commands,
    classroom_commands,
    data_commands,
    decision_commands,
    export,
    review_commands,
)
from grader.cli.class_options import Settings, Url, reader_named
from grader.cli.ends import (
    BAD_REQUEST,
    FAILED_UNDER,
    NOT_ALL_GRADED,
    OUTPUT_LOST,
    OutputLost,
    abandon_output,
    flush,
    guard_outputs,
    on_interrupt,
)
from grader.cli.refuse import refuse

if TYPE_CHECKING:
    from grader.batch.batch import Done
    from grader.roll.roll import Roll

DAY_S, MOST_NAMED = 86_400, 10
MOST_ROWS = 200
"""Of a larger class the table would be read by nobody; `index.html` has it."""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Grades deep-learning notebooks by what their code computes, what their equations evaluate to and what "
    "their prose says.",
)


app.add_typer(class_commands.app)
app.add_typer(decision_commands.app)
app.add_typer(export.app)
app.add_typer(classroom_commands.app)
app.add_typer(classroom50_commands.app)
app.add_typer(data_commands.app)
app.add_typer(review_commands.app)
app.add_typer(review_commands.requests)


def main() -> None:
    """The console script."""
    guard_outputs()
    try:
        with on_interrupt(lambda: None, lambda: "grader: interrupted"):
            status = _run()
        flush()
    except OutputLost as lost:
        abandon_output()
        typer.echo(f"grader: standard output cannot be written ({lost}); what is in files is complete", err=True)
        status = OUTPUT_LOST
    sys.exit(status)


def _run() -> int:
    """Carry out the command; its exit status."""
    try:
        app()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    return 0


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
    paths: Annotated[list[Path], typer.Argument(help="Notebooks, folders of them, or what an LMS gives: zips.")],
    out: Annotated[Path, typer.Option("--out", help="The folder for the results; made if it is not there.")],
    roster: Annotated[
        Path | None, typer.Option(help="A CSV of who is in the class: of your own, or as an LMS exports it.")
    ] = None,
    keras: Annotated[str, typer.Option(help="The Keras to run on: auto, 2 or 3.")] = "auto",
    pack: Annotated[str | None, typer.Option(help="The assignment: a registered name, or module:attribute.")] = None,
    cell_timeout: Annotated[float, typer.Option(min=1, max=DAY_S, help="Seconds that one cell may run.")] = 60,
    timeout: Annotated[float, typer.Option(min=1, max=DAY_S, help="Seconds that a whole notebook may run.")] = 600,
    max_memory: Annotated[int, typer.Option(min=1024, help="MB of memory for a notebook and all it starts.")] = 4096,
    max_processes: Annotated[int, typer.Option(min=1, help="Processes that a notebook may have.")] = 200,
    max_files: Annotated[int, typer.Option(min=1, help="MB of files that a notebook may keep.")] = 256,
    max_output: Annotated[int, typer.Option(min=1, help="KB that are kept of the output of one cell.")] = 1000,
    sandbox: Annotated[
        str, typer.Option(help="auto: hold student code in with all that this machine has; none: not at all.")
    ] = "auto",
    seed: Annotated[int, typer.Option(help="From which all randomness starts.")] = 0,
    matcher: Annotated[
        str, typer.Option(help="What reads explanations: patterns, or semantic, which asks a model besides.")
    ] = "patterns",
    doubt: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Flag what is decided about explanations and wrong with this probability."),
    ] = None,
    files: Annotated[
        Path | None, typer.Option(help="A folder of files that every notebook may read, data sets of Keras among them.")
    ] = None,
    secret: Annotated[
        Path | None, typer.Option(help="A file that students cannot know: what is asked of their code depends on it.")
    ] = None,
    fail_under: Annotated[int | None, typer.Option(help="Exit with status 1 if a score is below this.")] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Notebooks side by side; the number of cores if not given.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Grade also what has a good result already.")] = False,
    reader: Annotated[
        str, typer.Option("--for", help="student, or instructor, whose reports say what a person should look at.")
    ] = "student",
    record: Annotated[
        bool, typer.Option(help="Keep what the code answered, so that `grader regrade` need not run it.")
    ] = True,
    contact: Annotated[
        str | None, typer.Option(help="Whom students may ask about the grade; course.toml may say so, too.")
    ] = None,
    wordings: Annotated[
        Path | None, typer.Option(help="Sentences that people decided: see `grader review --export-wordings`.")
    ] = None,
    gradebook: Url = None,
    course: Settings = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Grade notebooks: run them, check every answer, and write result.json, report.html and feedback.ipynb for each.

    Exit status: 0 every submission has a grade; 1 a score is below --fail-under; 2 the command cannot be carried out
    as given; 3 some submissions could not be graded, the others are complete; 4 what was to be printed, or index.html,
    or the gradebook, could not be written.
    """
    if keras not in ("auto", "2", "3"):
        refuse(f"--keras {keras}: choose auto, 2 or 3")
    if sandbox not in ("auto", "none"):
        refuse(f"--sandbox {sandbox}: choose auto or none")
    if matcher not in ("patterns", "semantic"):
        refuse(f"--matcher {matcher}: choose patterns or semantic")
    for_whom = reader_named(reader)
    from grader.batch.batch import Plan
    from grader.cli.grading import digest_of, graded
    from grader.cli.keeping import in_gradebook, require_settings
    from grader.files.links import resolved
    from grader.grading.options import Options
    from grader.kernel.bounds.limits import Limits
    from grader.notebook.reading.files_digest import digest_of_offered
    from grader.text import neutral

    limits = Limits(
        cell_s=cell_timeout,
        notebook_s=timeout,
        memory_bytes=max_memory << 20,
        processes=max_processes,
        file_bytes=max_files << 20,
        output_bytes=max_output * 1000,
    )
    if files is not None and not files.is_dir():
        refuse(f"--files {files}: there is no such folder")
    offered = None if files is None else resolved(files)
    digest = None if offered is None else digest_of_offered(offered)
    where = None if offered is None else str(offered)
    settings = require_settings(out, course)
    options = Options(
        keras,  # type: ignore[arg-type]
        seed,
        limits,
        matcher,  # type: ignore[arg-type]
        doubt,
        where,
        digest,
        _key(secret),
        contact=contact or settings.contact,
        repository=settings.repository,
        wordings=None if wordings is None else digest_of(wordings),
    )
    plan = Plan(options, jobs or os.cpu_count() or 1, again, sandbox == "auto", for_whom, record)
    found = graded(paths, out, pack, plan, roster, quiet=quiet, wordings=wordings)
    problems = in_gradebook(found.done, out, gradebook, course)
    if not quiet:
        _show(found.done, out, found.roll)
    if found.problem is not None:
        typer.echo(f"grader: {neutral(found.problem)}", err=True)
    raise typer.Exit(_status(found.done, fail_under, problems) or (OUTPUT_LOST if found.problem is not None else 0))


def _key(secret: Path | None) -> str | None:
    from grader.grading.randomness import key_of

    try:
        return None if secret is None else key_of(secret.read_bytes())
    except OSError as error:
        refuse(f"--secret {secret}: {error.strerror}")


@app.command()
def doctor() -> None:
    """Print what this machine offers to hold student code in, and what the kernels would run on."""
    from rich.console import Console

    from grader.cli.doctor import table

    found = table()
    Console().print(found.rendered)
    raise typer.Exit(0 if found.can_grade else BAD_REQUEST)


def _show(done: Done, out: Path, roll: Roll | None = None) -> None:
    """The grades as a table, who is missing, where the reports are, and whose earlier result was not taken up.

    Who has no grade is told by `_status`, once.
    """
    from rich.console import Console

    from grader.cli.class_list import lines_of
    from grader.cli.console import mean_of, next_steps, question_table, summary_table
    from grader.text import neutral

    results, console = done.results, Console()
    shown = [result for result in results if result.status == "graded"]
    if len(results) > MOST_ROWS:
        console.print(
            mean_of(shown, len(results)) or f"{len(shown)} of {len(results)} submissions graded", highlight=False
        )
    elif shown:
        console.print(question_table(shown[0]) if len(results) == 1 else summary_table(shown, len(results)))
    for line in next_steps(shown[0]) if len(results) == len(shown) == 1 else ():
        console.print(line, soft_wrap=True, highlight=False)
    told = [f"Kept from an earlier run: {done.kept}"] if done.kept and len(results) > 1 else []
    for text in (*told, *(lines_of(roll) if roll is not None else ())):
        console.print(text, soft_wrap=True, markup=False, highlight=False)
    where = out / results[0].submission.name / "report.html" if len(results) == 1 else out
    if len(done.unwritten) < len(results):
        console.print(f"Report{'s' * (len(results) > 1)}: {neutral(str(where))}", markup=False, highlight=False)
    if done.unproven:
        names = ", ".join(neutral(name, 60) for name in done.unproven[:MOST_NAMED])
        more = ", ..." if len(done.unproven) > MOST_NAMED else ""
        typer.echo(f"grader: graded again, as nothing proves that the earlier result is yours: {names}{more}", err=True)


def _status(done: Done, fail_under: int | None, problems: Sequence[str] = ()) -> int:
    """The exit status; submissions without a grade are named, each with its reason, and so is what is not written."""
    from grader.text import neutral

    results = done.results
    without = [result for result in results if result.status != "graded"]
    for result in without:
        typer.echo(f"grader: {neutral(result.submission.name)} has no grade: {neutral(result.reason or '')}", err=True)
    unwritten = [*([] if done.index is None else [done.index]), *problems]
    for problem in unwritten:
        typer.echo(f"grader: {neutral(problem)}", err=True)
    if without:
        return NOT_ALL_GRADED
    if unwritten:
        return OUTPUT_LOST
    low = [result for result in results if fail_under is not None and result.score < fail_under]
    for result in low:
        typer.echo(f"grader: {neutral(result.submission.name)}: {result.score} is below {fail_under}", err=True)
    return FAILED_UNDER if low else 0
