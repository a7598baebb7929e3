"""`grader reference`: what is expected of each question, for instructors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli import fixed_choices
from grader.cli.command_help import LOOK
from grader.cli.refuse import refuse

if TYPE_CHECKING:
    from grader.pack.questions import Assignment
    from grader.pack.sheet import Size

app = typer.Typer()


@app.command(
    rich_help_panel=LOOK,
    context_settings={"ignore_unknown_options": True},
)
def reference(
    sizes: Annotated[
        list[str] | None, typer.Argument(help="Sizes of the pack's own, such as --units 24; an unknown one lists them.")
    ] = None,
    question: Annotated[int | None, typer.Option(help="One question alone, by its number.")] = None,
    pack: fixed_choices.Pack = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    html: Annotated[Path | None, typer.Option(help="Write it as a page, for instructors, to this file.")] = None,
) -> None:
    """Print what is expected of each question: numbers for the sizes you choose, equations, and what earns points.

    All numbers are computed from the reference of the pack. Students are not given it.
    """
    from grader.pack.loading import load
    from grader.pack.questions import PackError
    from grader.report.answer_sheet import answer_sheet

    try:
        loaded = load(pack)
    except PackError as error:
        refuse(str(error))
    numbers = [each.number for each in loaded.questions]
    if question is not None and question not in numbers:
        refuse(f"--question {question}: there is none; choose from {', '.join(map(str, numbers))}")
    sheet = answer_sheet(loaded, question, _sizes(sizes or [], loaded))
    if html is not None:
        _write(html, sheet)
    elif as_json:
        typer.echo(json.dumps(sheet, ensure_ascii=False, indent=2))
    else:
        for line in _lines(sheet):
            typer.echo(line)


def _sizes(given: Sequence[str], pack: Assignment) -> dict[str, int]:
    """The sizes as they were given, by their names; ends the command where one is not known, or is no such number."""
    known = {size.name: size for each in pack.questions if each.sheet is not None for size in each.sheet.sizes}
    words = [part for word in given for part in (word.split("=", 1) if word.startswith("--") else [word])]
    found: dict[str, int] = {}
    for option, value in zip(words[::2], [*words[1::2], ""], strict=False):
        size = known.get(option.removeprefix("--")) if option.startswith("--") else None
        if size is None:
            refuse(f"{option}: there is no such size; {_named(known.values())}")
        if not value.isdecimal() or not 1 <= int(value) <= size.most:
            refuse(f"{option} {value}: give a whole number from 1 to {size.most}, for {size.about}")
        found[size.name] = int(value)
    return found


def _named(sizes: Iterable[Size]) -> str:
    named = ", ".join(f"--{size.name} ({size.about})" for size in sizes)
    return f"choose from {named}" if named else "this pack has none"


def _lines(sheet: Mapping[str, Any]) -> Iterable[str]:
    yield sheet["assignment"]["title"]
    for question in sheet["questions"]:
        yield ""
        yield f"{question['number']}  {question['title']} ({question['max_score']} points)"
        if question["sizes"]:
            yield f"   for {', '.join(f'{name} {size}' for name, size in question['sizes'].items())}:"
        for fact in question["facts"]:
            yield f"   {fact['what']}: {fact['value']}" + (f"   [{fact['how']}]" if fact["how"] else "")
        for equation in question["equations"]:
            yield f"   {equation}"
        for each in question["explanation"]:
            yield f"   {each['points']}  {each['id']}: {each['statement']}"
        for each in question["checks"]:
            yield f"   {each['points']}  {each['id']}: {each['title']}"


def _write(path: Path, sheet: Mapping[str, Any]) -> None:
    from grader.files.links import placed
    from grader.files.whole import write_text
    from grader.report.answer_sheet import page_of

    if path.exists() and not path.is_file():
        refuse(f"--html {path}: this is no file that could be written anew; choose another one")
    try:
        write_text(placed(path), page_of(sheet))
    except OSError as error:
        refuse(f"--html {path}: this file cannot be written ({error.strerror}); choose another one")
