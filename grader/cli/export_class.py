"""`grader export canvas|moodle|brightspace|blackboard|csv|xlsx|feedback DIR --out FILE`: the grades of a class."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import fixed_choices
from grader.cli.class_options import Folder, Settings, Url, refusing, where
from grader.cli.ends import NOT_ALL_GRADED
from grader.cli.refuse import refuse

if TYPE_CHECKING:
    from grader.export.sheets import Export, Sheet
    from grader.gradebook.settling import Mark
    from grader.gradebook.whole_class import Settled

Out = Annotated[Path, typer.Option("--out", help="The file to write.")]
From = Annotated[Path | None, typer.Option("--from", help="A table that the LMS gave, to be filled in.")]
Title = Annotated[str | None, typer.Option("--assignment", help="What the LMS calls it; the title if not given.")]
MOST_NAMED = 20


def csv(folder: Folder, out: Out, gradebook: Url = None, course: Settings = None) -> None:
    """Write the class as CSV: grade, late, a column for each question and how it stands, what was decided."""
    from grader.export.grade_table import header, lines
    from grader.export.inert_cells import csv_text

    found = _settled(folder, gradebook, course)
    # With a mark at its beginning, by which Excel knows UTF-8.
    _write(found, out, csv_text([header(found.marks), *lines(found.marks)]).encode("utf-8-sig"))


def xlsx(folder: Folder, out: Out, gradebook: Url = None, course: Settings = None) -> None:
    """Write the class as an Excel workbook: the grades, and what was decided."""
    from grader.export.spreadsheet import workbook

    found = _settled(folder, gradebook, course)
    _write(found, out, workbook(found.marks))


def canvas(
    folder: Folder, out: Out, given: From = None, title: Title = None, gradebook: Url = None, course: Settings = None
) -> None:
    """Write a gradebook for Canvas; with --from, an export of Canvas, whose columns and ids are kept."""
    from grader.export import canvas_table as platform

    _export(_settled(folder, gradebook, course), out, given, title, platform.filled, platform.table)


def brightspace(
    folder: Folder, out: Out, given: From = None, title: Title = None, gradebook: Url = None, course: Settings = None
) -> None:
    """Write a table of grades for Brightspace, or fill in one that it exported."""
    from grader.export import brightspace_table as platform

    _export(_settled(folder, gradebook, course), out, given, title, platform.filled, platform.table)


def blackboard(
    folder: Folder, out: Out, given: From = None, title: Title = None, gradebook: Url = None, course: Settings = None
) -> None:
    """Write a table of grades for Blackboard, or fill in one that it gave for working offline."""
    from grader.export import blackboard_table as platform

    _export(_settled(folder, gradebook, course), out, given, title, platform.filled, platform.table)


def moodle(
    folder: Folder,
    out: Out,
    given: From = None,
    worksheet: Annotated[bool, typer.Option("--worksheet", help="A grading worksheet of an assignment.")] = False,
    title: Title = None,
    gradebook: Url = None,
    course: Settings = None,
) -> None:
    """Write grades for the gradebook of Moodle; or with --from, its grading worksheet filled in."""
    from grader.export import moodle_table as platform

    found = _settled(folder, gradebook, course)
    settings = found.course

    def whole(marks: Sequence[Mark], name: str) -> Export:
        return platform.worksheet(marks, settings) if worksheet else platform.grade_import(marks, name, settings)

    _export(found, out, given, title, lambda sheet, marks, name: platform.filled(sheet, marks, settings), whole)


def feedback(
    folder: Folder,
    out: Out,
    layout: fixed_choices.Layout = None,
    gradebook: Url = None,
    course: Settings = None,
) -> None:
    """Write a zip with the report of each student, as Moodle and Canvas take feedback files back in bulk."""
    from grader.export.feedback_zip import LAYOUTS, pack
    from grader.files.links import placed
    from grader.files.whole import written

    found = _settled(folder, gradebook, course)
    chosen = layout or (found.lms if found.lms in LAYOUTS else "folders")
    _require_file(out)
    try:
        with refusing(), written(placed(out)) as file:
            packed = pack(folder.resolve(), found.marks, chosen, file)
    except OSError as error:
        refuse(f"--out {out}: this file cannot be written ({error.strerror})")
    typer.echo(f"{packed.count} reports in {out}")
    _end(found, packed.without, "is not in it")


def _settled(folder: Path, url: str | None, course: Path | None) -> Settled:
    from grader.gradebook.whole_class import settled
    from grader.result.proof import ALTERED
    from grader.text import neutral

    with refusing():
        found = settled(where(folder, url, course))
    gc.freeze()  # a large class stays to the end, and is not to be looked through for garbage
    altered = [f"{mark.row.key}: {ALTERED}" for mark in found.marks if mark.is_altered]
    for problem in (*found.refused, *altered):
        typer.echo(f"grader: {neutral(problem)}", err=True)
    return found


def _export(
    found: Settled,
    out: Path,
    given: Path | None,
    title: str | None,
    filled: Callable[[Sheet, Sequence[Mark], str], Export],
    whole: Callable[[Sequence[Mark], str], Export],
) -> None:
    from grader.export.sheets import read_sheet

    name = title or found.title or "Assignment"
    with refusing():
        made = whole(found.marks, name) if given is None else filled(read_sheet(given), found.marks, name)
    _write(found, out, made.content, made.without)


def _write(found: Settled, out: Path, content: bytes, without: Sequence[str] = ()) -> None:
    from grader.files.links import placed
    from grader.files.whole import write_bytes

    _require_file(out)
    try:
        write_bytes(placed(out), content)
    except OSError as error:
        refuse(f"--out {out}: this file cannot be written ({error.strerror})")
    _end(found, without, "has no place in it: nothing there is this student's alone")


def _require_file(out: Path) -> None:
    if out.exists() and not out.is_file():
        refuse(f"--out {out}: this is no file that could be written anew; choose another one")


def _end(found: Settled, without: Sequence[str], what: str) -> None:
    """Name those who are left out; nobody vanishes without a word, nor a result that could not be read."""
    from grader.text import neutral

    for key in without[:MOST_NAMED]:
        typer.echo(f"grader: {neutral(key)} {what}" if ":" not in key else f"grader: {neutral(key)}", err=True)
    if len(without) > MOST_NAMED:
        typer.echo(f"grader: and {len(without) - MOST_NAMED} more", err=True)
    raise typer.Exit(NOT_ALL_GRADED if without or found.refused else 0)
