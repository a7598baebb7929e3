"""`grader grade PATH... --out DIR`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from grader.cli import fixed_choices
from grader.cli.class_options import Settings, Url
from grader.cli.command_help import GRADE
from grader.cli.fixed_choices import DAY_S
from grader.cli.refuse import refuse
from grader.text import neutral

app = typer.Typer()


@app.command(rich_help_panel=GRADE)
def grade(
    paths: Annotated[list[Path], typer.Argument(help="Notebooks, folders of them, or what an LMS gives: zips.")],
    out: Annotated[Path, typer.Option("--out", help="The folder for the results; made if it is not there.")],
    roster: Annotated[
        Path | None, typer.Option(help="A CSV of who is in the class: of your own, or as an LMS exports it.")
    ] = None,
    keras: fixed_choices.Keras = "auto",
    pack: fixed_choices.Pack = None,
    cell_timeout: Annotated[float, typer.Option(min=1, max=DAY_S, help="Seconds that one cell may run.")] = 60,
    timeout: Annotated[float, typer.Option(min=1, max=DAY_S, help="Seconds that a whole notebook may run.")] = 600,
    max_memory: Annotated[int, typer.Option(min=1024, help="MB of memory for a notebook and all it starts.")] = 4096,
    max_processes: Annotated[int, typer.Option(min=1, help="Processes that a notebook may have.")] = 200,
    max_files: Annotated[int, typer.Option(min=1, help="MB of files that a notebook may keep.")] = 256,
    max_output: Annotated[int, typer.Option(min=1, help="KB that are kept of the output of one cell.")] = 1000,
    sandbox: fixed_choices.Sandbox = "auto",
    seed: Annotated[int, typer.Option(help="From which all randomness starts.")] = 0,
    matcher: fixed_choices.Matcher = "patterns",
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
    fail_under: Annotated[
        int | None, typer.Option(min=0, help="Exit with status 1 if a score is below so many points.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Notebooks side by side; the number of cores if not given.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Grade also what has a good result already.")] = False,
    reader: fixed_choices.For = "student",
    record: Annotated[
        bool, typer.Option(help="Keep what the code answered, so that `grader regrade` need not run it.")
    ] = True,
    contact: Annotated[
        str | None, typer.Option(help="Whom students may ask about the grade; course.toml may say so, too.")
    ] = None,
    repository: Annotated[
        str | None, typer.Option(help="Where they may open an issue about a verdict: OWNER/NAME; so may course.toml.")
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
    from grader.cli.begin import begin
    from grader.cli.results_folder import results_in

    sandboxed = sandbox == "auto"
    with results_in(out):
        with begin(paths, seed=seed, sandboxed=sandboxed, pack=pack, matcher=matcher, wordings=wordings) as begun:
            from grader.batch.batch import Plan
            from grader.cli.grades_shown import exit_status, show
            from grader.cli.grading import digest_of, graded
            from grader.cli.keeping import in_gradebook, require_settings
            from grader.files.links import resolved
            from grader.grading.options import Options
            from grader.kernel.bounds.limits import Limits
            from grader.notebook.reading.files_digest import digest_of_offered

            limits = Limits(
                cell_s=cell_timeout,
                notebook_s=timeout,
                memory_bytes=max_memory << 20,
                processes=max_processes,
                file_bytes=max_files << 20,
                output_bytes=max_output * 1000,
            )
            if files is not None and not files.is_dir():
                refuse(f"--files {files}: there is no such folder; give one, or leave out --files")
            offered = None if files is None else resolved(files)
            settings = require_settings(out, course, gradebook)
            options = Options(
                keras,
                seed,
                limits,
                matcher,
                doubt,
                None if offered is None else str(offered),
                None if offered is None else digest_of_offered(offered),
                _key(secret),
                contact=contact or settings.contact,
                repository=_repository(repository) or settings.repository,
                wordings=None if wordings is None else digest_of(wordings),
            )
            plan = Plan(options, jobs or os.cpu_count() or 1, again, sandboxed, reader, record)
            found = graded(begun, paths, out, plan, roster, fail_under=fail_under, quiet=quiet)
        problems = in_gradebook(found.done, out, gradebook, course)
    problems += [] if found.problem is None else [found.problem]
    if not quiet:
        show(found.done, out, found.roll)
    for told in found.told:
        typer.echo(f"grader: {neutral(told)}", err=True)
    raise typer.Exit(exit_status(found.done, fail_under, problems))


def _repository(named: str | None) -> str | None:
    from grader.gradebook.course import REPOSITORY

    if named is not None and not REPOSITORY.fullmatch(named):
        refuse(f"--repository {named}: give OWNER/NAME, as GitHub has it")
    return named


def _key(secret: Path | None) -> str | None:
    from grader.grading.randomness import key_of

    try:
        return None if secret is None else key_of(secret.read_bytes())
    except OSError as error:
        refuse(f"--secret {secret}: cannot be read ({error.strerror}); give a file that is there")
