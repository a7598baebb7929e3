"""A class as it stands: gradebook, decisions and settings read once, and settled."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.gradebook.book import Gradebook
from grader.gradebook.course import Course, check_names, read_course
from grader.gradebook.deciding import decisions
from grader.gradebook.how_it_stands import Standing, standing
from grader.gradebook.settling import Mark, settle
from grader.gradebook.store import gradebook


@dataclass(frozen=True, slots=True)
class Settled:
    """A class with its grades; `refused` are results that could not be read, each with its reason."""

    title: str
    course: Course
    marks: tuple[Mark, ...]
    lms: str | None
    refused: tuple[str, ...]

    def standings(self) -> dict[str, Standing]:
        """How each student stands whose results lie in a folder, by the name of that folder."""
        return {mark.row.folder: standing(mark, self.course) for mark in self.marks if mark.row.folder is not None}


@dataclass(frozen=True, slots=True)
class Where:
    """Where a class is: the folder of its results, and what a command was told of gradebook and settings."""

    folder: Path
    url: str | None = None
    course: Path | None = None


def settled(where: Where) -> Settled:
    """Take up what is there, and reckon. Raises `BadRequest`."""
    course = read_course(where.folder, where.course)
    with gradebook(where.folder, where.url or course.gradebook, course.name) as book, _without_collecting():
        return of(book, course)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A class is a million of small tuples, none of them garbage: looking through them takes as long as making them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def of(book: Gradebook, course: Course) -> Settled:
    """The class in an open gradebook. Raises `BadRequest` where the settings do not fit it."""
    rows, attempts = book.rows(), book.attempts()
    longest = max((each.questions for mine in attempts.values() for each in mine), key=len, default=())
    check_names(course, [question.id for question in longest], rows)
    marks = settle(rows, attempts, decisions(book), course)
    return Settled(book.title(), course, tuple(marks), book.lms, tuple(book.refused))
