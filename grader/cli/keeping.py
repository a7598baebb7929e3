"""What `grader grade` does for the gradebook, at its beginning and at its end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.refuse import refuse

if TYPE_CHECKING:
    from grader.batch.batch import Done
    from grader.gradebook.course import Course


def require_settings(out: Path, course: Path | None, url: str | None = None) -> Course:
    """The settings of the course; ends the command where they are not right, or the gradebook on a server that is named
    there or by the `url` cannot be used: before hours are spent, not after."""
    from grader.gradebook.course import read_course
    from grader.result.names import BadRequest

    try:
        found = read_course(out, course)
        if url or found.gradebook:
            from grader.gradebook.opening import opened

            with opened(out, url or found.gradebook):
                return found
        return found
    except BadRequest as error:
        refuse(str(error))


def in_gradebook(done: Done, out: Path, url: str | None, course: Path | None) -> list[str]:
    """Have the gradebook hold the results, and the reports say what people have decided; what could not be done.

    A notebook that is graded by itself is no class, unless somebody has made it one.
    """
    return taken_up(out, url, course, several=len(done.results) > 1)


def taken_up(out: Path, url: str | None, course: Path | None, *, several: bool = False) -> list[str]:
    """The same of a folder of results that is a class, or becomes one with several results."""
    from grader.files.links import resolved
    from grader.gradebook.members import is_class

    folder = resolved(out)
    if not several and url is None and course is None and not is_class(folder):
        return []
    from grader.batch.class_reports import kept
    from grader.gradebook.whole_class import Where
    from grader.result.names import BadRequest

    try:
        return kept(Where(folder, url, course))
    except BadRequest as error:
        return [f"the gradebook does not have these results yet: {error}"]
