"""Moodle: the CSV that its gradebook imports, and the grading worksheet of an assignment.

The worksheet is offered by an assignment with *Offline grading worksheet* on, and taken back there. It needs the
columns `Identifier`, `Grade` and `Last modified (grade)`; a student is found by the number behind `Participant ` alone,
and other columns are those of feedback, such as `Feedback comments`, which is HTML
(`mod/assign/feedback/offline/importgradeslib.php` in moodle/moodle). The gradebook's own import asks what is what.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from grader.export.inert_cells import Cell, csv_text
from grader.export.sheets import (
    Export,
    Sheet,
    by_email,
    by_id,
    by_lms,
    by_name,
    cells,
    placed,
    position,
    require_same_total,
    written_as,
)
from grader.gradebook.course import Course
from grader.gradebook.how_it_stands import standing
from grader.gradebook.settling import Mark
from grader.result.names import BadRequest

WORKSHEET = (
    "Identifier", "Full name", "ID number", "Email address", "Status", "Grade", "Maximum grade",
    "Grade can be changed", "Last modified (submission)", "Last modified (grade)", "Feedback comments",
)  # fmt: skip
NEEDED = ("Identifier", "Grade", "Last modified (grade)")
_NUMBER = re.compile(r"\d{1,20}$")


def grade_import(marks: Sequence[Mark], title: str, course: Course) -> Export:
    """What *Grades, Import, CSV file* takes: map the address or the ID number, the grade and the feedback."""
    rows: list[list[Cell]] = [
        ["Full name", "ID number", "Email address", f"Assignment: {title} (Real)", f"Assignment: {title} (Feedback)"]
    ]
    for mark in marks:
        who = mark.row.person
        rows.append([who.name or mark.row.key, who.id, who.email, mark.total, feedback(mark, course)])
    without = [mark.row.key for mark in marks if not (mark.row.person.id or mark.row.person.email)]
    return Export(csv_text(rows).encode(), without)


def worksheet(marks: Sequence[Mark], course: Course) -> Export:
    """A grading worksheet of those whose number in the assignment is known, as names of handed in files tell it."""
    rows: list[list[Cell]] = [list(WORKSHEET)]
    without = []
    for mark in marks:
        who, attempt = mark.row.person, mark.attempt
        if not who.lms_id:
            without.append(mark.row.key)
            continue
        at = None if attempt is None or attempt.submitted_at is None else attempt.submitted_at
        status = "No submission" if attempt is None else "Submitted for grading"
        rows.append([
            f"Participant {who.lms_id}", who.name, who.id, who.email, status, mark.total, mark.out_of, "Yes",
            "-" if at is None else at.strftime("%A, %-d %B %Y, %-I:%M %p"), "-", feedback(mark, course),
        ])  # fmt: skip
    return Export(csv_text(rows).encode(), without)


def filled(sheet: Sheet, marks: Sequence[Mark], course: Course) -> Export:
    """A worksheet of Moodle's with grades and comments; all else is as it was.

    Raises `BadRequest` where it is none, or is of another number of points.
    """
    header, *rest = sheet.rows
    places = {name: position(header, name) for name in (*NEEDED, "Feedback comments")}
    missing = [name for name in NEEDED if places[name] is None]
    if missing:
        raise BadRequest(
            f"--from: a worksheet of Moodle has the column {missing[0]}; download it with Moodle in English"
        )
    most = position(header, "Maximum grade")
    if most is not None and rest:
        require_same_total(rest[0][most], marks, "the assignment in Moodle")
    number = cells(places["Identifier"])
    keys = (
        (lambda row: found[0] if (found := _NUMBER.search(number(row))) else "", by_lms),
        (cells(position(header, "ID number")), by_id),
        (cells(position(header, "Email address")), by_email),
        (cells(position(header, "Full name")), by_name),
    )
    mine, without = placed(rest, marks, keys)
    for place, mark in mine.items():
        written_as(rest[place], places["Grade"], mark.total)
        if mark.status == "graded":
            written_as(rest[place], places["Feedback comments"], feedback(mark, course))
    return Export(sheet.content(), without)


def feedback(mark: Mark, course: Course) -> str:
    """What is said to a student in a few lines, as HTML: how the grade came about, and what the instructor says."""
    stands = standing(mark, course)
    said = [f"{line.label}: {line.points}" if line.points else line.label for line in stands.lines]
    said += [each.said for each in stands.comments]
    said += [f"{each.check}, {each.points} by the instructor: {each.why}" for each in stands.overrides]
    return "<br>".join(html.escape(each) for each in said)
