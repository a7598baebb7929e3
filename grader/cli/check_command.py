"""`grader check NOTEBOOK --question N`: a student's own look, within seconds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from grader.cli import fixed_choices
from grader.cli.command_help import LOOK
from grader.cli.ends import NOT_ALL_GRADED
from grader.cli.fixed_choices import DAY_S
from grader.cli.refuse import refuse
from grader.files.for_a_while import folder_for_a_while
from grader.text import neutral

if TYPE_CHECKING:
    from grader.cli.begin import Begun
    from grader.grading.options import Options
    from grader.pack.questions import Assignment
    from grader.result.model import Result

app = typer.Typer()
DEFAULT_SEED = 0
LONGEST = 2_000


@app.command(rich_help_panel=LOOK)
def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook; it is looked at as it is saved.")],
    question: Annotated[
        list[int] | None, typer.Option(help="A question, by its number; may be given several times. All if not given.")
    ] = None,
    show: Annotated[
        Literal["names", "hints", "all"],
        typer.Option(envvar="GRADER_SHOW", help="What to tell; never more than the assignment shows."),
    ] = "hints",
    form: Annotated[Literal["text", "json", "html"], typer.Option("--format", help="How it is printed.")] = "text",
    keras: fixed_choices.Keras = "auto",
    pack: fixed_choices.Pack = None,
    timeout: Annotated[float, typer.Option(min=1, max=DAY_S, help="Seconds that the notebook may run.")] = 600,
    sandbox: fixed_choices.Sandbox = "auto",
) -> None:
    """Look at your own notebook: run it in a fresh kernel, and print what the checks of a question say. No grade.

    Of the cells, only those run that the question rests on, where that can be told. Exit status: 0 it was looked at;
    2 the command cannot be carried out as given; 3 the notebook cannot be read or run.
    """
    from grader.cli.begin import begin

    if notebook.is_dir() or not notebook.exists():
        refuse(f"{notebook}: there is no such notebook; check the name, and save it first")
    sandboxed = sandbox == "auto"
    with begin([notebook], seed=DEFAULT_SEED, sandboxed=sandboxed, pack=pack) as begun:
        from grader.grading.options import Options
        from grader.kernel.bounds.limits import Limits
        from grader.pack.loading import load
        from grader.pack.questions import PackError
        from grader.student.look import look

        try:
            loaded = load(pack)
        except PackError as error:
            refuse(str(error))
        limits = Limits(cell_s=min(60, timeout), notebook_s=timeout)
        options = Options(keras, DEFAULT_SEED, limits, only=_only(question or [], loaded))
        result = _graded(begun, notebook, options, sandboxed=sandboxed, quiet=form != "text")
    found = look(result, loaded, show)
    typer.echo(_printed(found, form))
    raise typer.Exit(0 if found["reason"] is None else NOT_ALL_GRADED)


def _only(numbers: list[int], pack: Assignment) -> tuple[str, ...] | None:
    known = {each.number: each.id for each in pack.questions}
    for number in numbers:
        if number not in known:
            refuse(f"--question {number}: there is none; choose from {', '.join(map(str, known))}")
    return tuple(known[number] for number in numbers) or None


def _graded(begun: Begun, notebook: Path, options: Options, *, sandboxed: bool, quiet: bool) -> Result:
    from grader.batch.batch import Plan
    from grader.cli.grading import graded

    with folder_for_a_while("grader-look-") as folder:
        plan = Plan(options, 1, True, sandboxed)
        return graded(begun, [notebook], folder / "out", plan, quiet=quiet).done.results[0]


def _printed(found: Mapping[str, Any], form: str) -> str:
    if form == "json":
        return json.dumps(found, ensure_ascii=False)
    if form == "html":
        from grader.report.look_page import fragment_of

        return fragment_of(found)
    return "\n".join(_lines(found))


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    from grader.result.phrases import SYMBOL_OF_A_LOOK

    if found["reason"] is not None:
        yield neutral(found["reason"], LONGEST)
    for question in found["questions"]:
        how = "" if question["status"] == "answered" else f" ({question['status']})"
        yield f"{question['number']}  {question['title']}: {question['earned']} of {question['points']}{how}"
        for each in question["checks"]:
            yield f"   {SYMBOL_OF_A_LOOK[each['status']]} {each['title']} ({each['earned']}/{each['points']})"
            yield from (f"     {neutral(text, LONGEST)}" for text in each["said"])
        yield from (f"   {neutral(text, LONGEST)}" for text in question["remarks"])
