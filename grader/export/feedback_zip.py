"""The reports of a class in one zip, laid out as an LMS takes feedback files in bulk.

Moodle (*Upload multiple feedback files in a zip*) reads the number of a participant between the first two underscores
of a folder's name, `Name_12345_assignsubmission_file_` (`mod/assign/feedback/file/importziplib.php` in moodle/moodle).
Canvas (*Upload Submissions*) takes the first two parts of a file's name that are digits between underscores for student
and attachment, which must be those of the file handed in (`infer_comment_context_from_filename` in
`app/models/abstract_assignment.rb` in instructure/canvas-lms): so the report is called as that file was.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal

from grader.files.folder_names import folder_name
from grader.files.opened import read_bytes
from grader.files.zip_side_by_side import Compressed, compressed, in_order, put
from grader.gradebook.settling import Mark
from grader.report.rebuild_report import audience
from grader.result.names import REPORT, BadRequest

Layout = Literal["moodle", "canvas", "folders"]
LAYOUTS: tuple[Layout, ...] = ("moodle", "canvas", "folders")
MOST_BYTES = 512 << 20


@dataclass(slots=True)
class Packed:
    """How many reports are in the zip, and which students have none in it, each with the reason."""

    count: int = 0
    without: list[str] = field(default_factory=list)


def pack(root: Path, marks: Sequence[Mark], layout: Layout, file: IO[bytes]) -> Packed:
    """Write the zip. Raises `BadRequest` where a report was made for the instructor, and no student may read it."""
    done = Packed()
    wanted = dict(_wanted(root, marks, layout, done))

    def read(name: str) -> Compressed | str:
        key, path = wanted[name]
        try:
            content = read_bytes(path, MOST_BYTES)
        except OSError as error:
            return f"{key}: {REPORT} cannot be read ({error.strerror})"
        if audience(content) == "instructor":
            raise BadRequest(f"{path} was made for the instructor; make those for students with `grader report`")
        return compressed(name, content)

    with zipfile.ZipFile(file, "w") as made:
        for each in in_order(read, wanted):
            if isinstance(each, str):
                done.without.append(each)
            else:
                put(made, each)
                done.count += 1
    return done


def _wanted(root: Path, marks: Sequence[Mark], layout: Layout, done: Packed) -> Iterator[tuple[str, tuple[str, Path]]]:
    """The name in the zip, and whose report it is and where it lies; who has no name there is left out."""
    named: Callable[[Mark], str | None] = {"moodle": _moodle, "canvas": _canvas, "folders": _folder}[layout]
    taken: set[str] = set()
    for mark in marks:
        if mark.row.folder is None:
            continue
        name = named(mark)
        if name is None or name in taken:
            done.without.append(f"{mark.row.key}: the name of the file does not tell what {layout} asks for")
            continue
        taken.add(name)
        yield name, (mark.row.key, root / mark.row.folder / REPORT)


def _moodle(mark: Mark) -> str | None:
    number = mark.row.person.lms_id
    if not number or not (number.isascii() and number.isdecimal()):
        return None
    # Moodle cuts at underscores.
    name = folder_name(mark.row.person.name or mark.row.key).replace("_", " ")
    return f"{name}_{number}_assignsubmission_file_/{REPORT}"


def _canvas(mark: Mark) -> str | None:
    # The file may lie in a zip, which is what Canvas has named, and within in folders of the student's own.
    for name in (mark.row.given or mark.row.file or "").replace("\\", "/").split("/"):
        parts = name.split("_")
        digits = [at for at, part in enumerate(parts[:-1]) if part.isascii() and part.isdecimal()]
        if len(digits) >= 2 and parts[digits[0]] == (mark.row.person.lms_id or parts[digits[0]]):
            return f"{folder_name('_'.join(parts[: digits[1] + 1]))}_{REPORT}"
    return None


def _folder(mark: Mark) -> str:
    return f"{folder_name(mark.row.folder or mark.row.key)}/{REPORT}"
