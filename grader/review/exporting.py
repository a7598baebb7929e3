"""What a review teaches: the sentences that people confirmed and refused, as a supplement to the pack."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from grader.files.whole import write_text
from grader.gradebook.course import read_course
from grader.gradebook.reviewing import Review, reviews
from grader.gradebook.store import gradebook
from grader.gradebook.whole_class import Where
from grader.language.prose.wordings import SHORTEST, Sentences, Wordings, form_of
from grader.result.file import UnreadableResult, read
from grader.result.names import RESULT, BadRequest

SAYS = {"said": True, "missing": False, "accused": True, "spared": False}
"""Which verdicts say that a sentence makes a statement."""


def wordings(found: Iterable[Review], assignment: str) -> Wordings:
    """What the latest decision about each sentence says; one about points alone, or no sentence, teaches nothing.

    A sentence about which people have decided both is left out: it is not the sentence that tells.
    """
    told: dict[tuple[str, tuple[str, ...]], dict[bool, str]] = {}
    for review in found:
        about = review.about
        if about.verdict not in SAYS or not about.sentence or len(form_of(about.sentence)) < SHORTEST:
            continue
        says = SAYS[about.verdict] == review.agreed
        told.setdefault((about.subject, form_of(about.sentence)), {})[says] = about.sentence
    statements: dict[str, dict[bool, list[str]]] = {}
    for (subject, _), ways in told.items():
        if len(ways) == 1:
            [(says, sentence)] = ways.items()
            statements.setdefault(subject, {True: [], False: []})[says].append(" ".join(sentence.split()))
    made = {name: Sentences(said=tuple(each[True]), not_said=tuple(each[False])) for name, each in statements.items()}
    return Wordings(assignment=assignment, statements=made)


def export(where: Where, path: Path) -> Wordings:
    """Write what was decided in a class; what was written. Raises `BadRequest`."""
    course = read_course(where.folder, where.course)
    with gradebook(where.folder, where.url or course.gradebook, course.name) as book:
        found, folders = reviews(book), [row.folder for row in book.rows() if row.folder is not None]
    made = wordings(found, _assignment(where.folder, folders))
    try:
        write_text(path, made.to_json())
    except OSError as error:
        raise BadRequest(f"--export-wordings {path}: cannot be written ({error.strerror})") from error
    return made


def _assignment(root: Path, folders: Iterable[str]) -> str:
    for folder in folders:
        try:
            return read(root / folder / RESULT).assignment.id
        except UnreadableResult:
            continue
    return ""
