"""Tables as an LMS gives them: read however they are written, filled, and written in the same way again."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.export.inert_cells import Cell, csv_text
from grader.files.opened import read_bytes
from grader.gradebook.settling import Mark
from grader.gradebook.suggest import unknown
from grader.result.names import BadRequest

MOST_BYTES = 64 << 20
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
Known = Callable[[Mark], Iterable[str | None]]
"""What of a student may stand in a column."""
Read = Callable[[Sequence[str]], str]
"""What stands in a row."""


@dataclass(slots=True)
class Sheet:
    """A table, and how it was written."""

    rows: list[list[str]]
    encoding: str = "utf-8"
    delimiter: str = ","
    end: str = "\r\n"
    quote_all: bool = False

    def content(self) -> bytes:
        """The table as it is now, written as it was."""
        rows: list[Sequence[Cell]] = [*self.rows]
        text = csv_text(rows, delimiter=self.delimiter, end=self.end, quote_all=self.quote_all)
        return text.encode(self.encoding, errors="replace")


@dataclass(slots=True)
class Export:
    """A file for an LMS, and the students who have no place in it."""

    content: bytes
    without: list[str] = field(default_factory=list)


def read_sheet(path: Path) -> Sheet:
    """The table in a file. Raises `BadRequest`."""
    try:
        content = read_bytes(path, MOST_BYTES)
    except OSError as error:
        raise BadRequest(f"--from {path}: {error.strerror or error}") from error
    encoding = next((name for bom, name in BOMS if content.startswith(bom)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        encoding = "cp1252"
        text = content.decode(encoding, errors="replace")
    first = text.split("\n", 1)[0]
    try:
        delimiter = max(",;\t", key=lambda sign: len(next(csv.reader([first.rstrip("\r")], delimiter=sign), [])))
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise BadRequest(f"--from {path}: is no table ({error})") from error
    rows = [row for row in rows if row]
    if not rows:
        raise BadRequest(f"--from {path}: is empty")
    return Sheet(rows, encoding, delimiter, "\r\n" if first.endswith("\r") else "\n", first.startswith('"'))


def column(names: Sequence[str], wanted: str, titled: Callable[[str], str], what: str) -> int:
    """The column of a title. Raises `BadRequest` that lists the columns there are."""
    plain = _plain(wanted)
    found = [at for at, name in enumerate(names) if name and plain in (_plain(name), _plain(titled(name)))]
    if len(found) == 1:
        return found[0]
    if found:
        raise BadRequest(f"{what} has {wanted} {len(found)} times; give its whole name with --assignment")
    shown = [titled(name) for name in names if name]
    raise BadRequest(f"{what}: {unknown('column', wanted, shown)}; choose one with --assignment")


def placed(
    rows: Sequence[Sequence[str]], marks: Sequence[Mark], keys: Sequence[tuple[Read, Known]]
) -> tuple[dict[int, Mark], list[str]]:
    """Which student each row is, by its place, and who has none.

    The keys are tried in their order, numbers before names; what would be two students' is nobody's.
    """
    found: dict[int, Mark] = {}
    taken: set[str] = set()
    for read, known in keys:
        owners: dict[str, list[Mark]] = {}
        for mark in marks:
            for value in {_plain(each) for each in known(mark) if each}:
                owners.setdefault(value, []).append(mark)
        seen = [_plain(read(row)) for row in rows]
        times = Counter(seen)
        for place, value in enumerate(seen):
            mine = owners.get(value, ()) if value else ()
            if place not in found and times[value] == 1 and len(mine) == 1 and mine[0].row.key not in taken:
                found[place] = mine[0]
                taken.add(mine[0].row.key)
    return found, [mark.row.key for mark in marks if mark.row.key not in taken]


def with_totals(
    sheet: Sheet,
    at: int,
    marks: Sequence[Mark],
    keys: Sequence[tuple[Read, Known]],
    people: Sequence[Sequence[str]] | None = None,
) -> Export:
    """The table with the grades in one of its columns, and who has no row; `people` where not every row is a student's.

    It has a row for each below the header, an empty one where that is nobody's.
    """
    rest = sheet.rows[1:]
    found, without = placed(rest if people is None else people, marks, keys)
    for place, mark in found.items():
        written_as(rest[place], at, mark.total)
    return Export(sheet.content(), without)


def cells(*places: int | None) -> Read:
    """What stands in these columns of a row, those that there are."""
    there = [at for at in places if at is not None]
    return lambda row: " ".join(row[at] for at in there if at < len(row))


def by_lms(mark: Mark) -> Iterable[str | None]:
    """The number in the LMS."""
    return (mark.row.person.lms_id,)


def by_id(mark: Mark) -> Iterable[str | None]:
    """The number that the institution gave."""
    return (mark.row.person.id,)


def by_login(mark: Mark) -> Iterable[str | None]:
    """What somebody signs in with: a login, or an address. What stands before an @ may be somebody else's login."""
    return (mark.row.person.login, mark.row.person.id, mark.row.person.email)


def by_email(mark: Mark) -> Iterable[str | None]:
    """The address."""
    return (mark.row.person.email,)


def by_name(mark: Mark) -> Iterable[str | None]:
    """The name, whichever part comes first."""
    return (mark.row.person.name,)


def position(names: Sequence[str], *wanted: str) -> int | None:
    """Where the first of some columns is."""
    plain = [_plain(name) for name in names]
    return next((plain.index(_plain(name)) for name in wanted if _plain(name) in plain), None)


def written_as(row: list[str], at: int | None, cell: Cell) -> None:
    """Put something into a row, which may be shorter; nothing where there is no such column, or nothing to put."""
    if at is None or cell is None or cell == "":
        return
    row += [""] * (at + 1 - len(row))
    row[at] = str(cell)


def require_same_total(given: str, marks: Sequence[Mark], what: str) -> None:
    """Raise `BadRequest` where the LMS gives another number of points than the grades are of."""
    out_of = marks[0].out_of if marks else None
    try:
        most = float(given.replace(",", "."))
    except ValueError:
        return
    if out_of is not None and most != float(out_of):
        raise BadRequest(
            f"{what} is out of {given}, the grades are out of {out_of}; put total = {most:g} in course.toml"
        )


def _plain(text: str) -> str:
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().lstrip("#'").split())
    last, comma, first = folded.partition(", ")
    return f"{first} {last}" if comma else folded
