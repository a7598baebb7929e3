"""The reports of a class in one zip, laid out as an LMS takes feedback files in bulk.

Moodle (*Upload multiple feedback files in a zip*) reads the number of a participant between the first two underscores
of a folder's name, `Name_12345_assignsubmission_file_` (`mod/assign/feedback/file/importziplib.php` in moodle/moodle).
Canvas (*Upload Submissions*) takes the first two parts of a file's name that are digits between underscores for student
and attachment, which must be those of the file handed in (`infer_comment_context_from_filename` in
`app/models/abstract_assignment.rb` in instructure/canvas-lms): so the report is called as that file was.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal

from grader.files.folder_names import folder_name
from grader.files.opened import read_bytes
from grader.gradebook.settling import Mark
from grader.report.rebuild_report import audience
from grader.result.names import REPORT, BadRequest

Layout = Literal["moodle", "canvas", "folders"]
LAYOUTS: tuple[Layout, ...] = ("moodle", "canvas", "folders")
MOST_BYTES = 512 << 20
LEVEL = 1
"""Of deflate: pages of text become about a fifth at any level, and this one is the fastest."""
SINCE = (1980, 1, 1, 0, 0, 0)
"""The time of every file, so that the same reports give the same zip."""


@dataclass(slots=True)
class Packed:
    """How many reports are in the zip, and which students have none in it, each with the reason."""

    count: int = 0
    without: list[str] = field(default_factory=list)


def pack(root: Path, marks: Sequence[Mark], layout: Layout, file: IO[bytes]) -> Packed:
    """Write the zip. Raises `BadRequest` where a report was made for the instructor, and no student may read it."""
    done, taken = Packed(), set()
    named: Callable[[Mark], str | None] = {"moodle": _moodle, "canvas": _canvas, "folders": _folder}[layout]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as made:
        for mark in marks:
            if mark.row.folder is None:
                continue
            name, path = named(mark), root / mark.row.folder / REPORT
            if name is None or name in taken:
                done.without.append(f"{mark.row.key}: the name of the file does not tell what {layout} asks for")
                continue
            try:
                content = read_bytes(path, MOST_BYTES)
            except OSError as error:
                done.without.append(f"{mark.row.key}: {REPORT} cannot be read ({error.strerror})")
                continue
            if audience(content) == "instructor":
                raise BadRequest(f"{path} was made for the instructor; make those for students with `grader report`")
            taken.add(name)
            entry = zipfile.ZipInfo(name, SINCE)
            entry.external_attr = 0o644 << 16
            made.writestr(entry, content, zipfile.ZIP_DEFLATED, LEVEL)
            done.count += 1
    return done


def _moodle(mark: Mark) -> str | None:
    number = mark.row.person.lms_id
    if not number or not (number.isascii() and number.isdecimal()):
        return None
    # Moodle cuts at underscores.
    name = folder_name(mark.row.person.name or mark.row.key).replace("_", " ")
    return f"{name}_{number}_assignsubmission_file_/{REPORT}"


def _canvas(mark: Mark) -> str | None:
    parts = Path((mark.row.file or "").replace("\\", "/")).name.split("_")
    digits = [at for at, part in enumerate(parts[:-1]) if part.isascii() and part.isdecimal()]
    if len(digits) < 2:
        return None
    return f"{folder_name('_'.join(parts[: digits[1] + 1]))}_{REPORT}"


def _folder(mark: Mark) -> str:
    return f"{folder_name(mark.row.folder or mark.row.key)}/{REPORT}"
