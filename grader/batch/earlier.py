"""What an earlier run has left of a submission, and whether it is still good."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.files.links import is_file, is_link
from grader.files.whole import digest
from grader.grading.options import Options
from grader.grading.randomness import fingerprint_of
from grader.notebook.reading.files_digest import digest_of_all
from grader.notebook.reading.read import fingerprint
from grader.result.file import UnreadableResult, content_of, parsed
from grader.result.model import AssignmentInfo, Result
from grader.result.names import FEEDBACK, REPORT, RESULT


@dataclass(frozen=True, slots=True)
class Earlier:
    """A result of an earlier run, and the digest of the file as it was read."""

    result: Result
    digest: str


def current(path: Path, folder: Path, assignment: AssignmentInfo, options: Options) -> Earlier | None:
    """The result of an earlier run that is still good: of the same file and assignment, made so, and complete.

    Whether it is ours at all, it does not know; see `grader.result.proof`.
    """
    if is_link(folder) or not all(is_file(folder / name) for name in (RESULT, REPORT, FEEDBACK)):
        return None
    try:
        content = content_of(folder / RESULT)
        result = parsed(folder / RESULT, content)
    except UnreadableResult:
        return None
    about = result.assignment
    same = (
        (result.status, result.submission.name) == ("graded", folder.name)
        and result.submission.sha256 == fingerprint(path)
        and (about.id, about.version) == (assignment.id, assignment.version)
        and (result.environment.seed, result.environment.matcher) == (options.seed, options.matcher)
        and result.environment.secret == fingerprint_of(options.secret)
        and result.environment.doubt == options.doubt
        and result.environment.wordings == options.wordings
        and result.environment.files == digest_of_all(path, options.files_digest)
        and options.keras in ("auto", str(result.environment.keras_generation))
    )
    return Earlier(result, digest(content)) if same else None
