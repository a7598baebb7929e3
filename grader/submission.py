"""One submission from file to result: read, segment, run on the right Keras, choose the better run."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from nbformat import NotebookNode

from grader.assignment import Assignment
from grader.evidence import Nonsense
from grader.kernel.errors import KernelError
from grader.kernel.generation import KerasChoice, first_generation
from grader.kernel.limits import Limits
from grader.language.prose import Cover, cover
from grader.notebook.errors import UnreadableNotebook, printable
from grader.notebook.read import Notebook, read
from grader.notebook.segment import segment
from grader.result import AssignmentInfo, Environment, Matcher, Result, SubmissionInfo
from grader.run import Attempt, Progress, Run

if TYPE_CHECKING:
    from grader.kernel.pool import KernelPool


@dataclass(frozen=True, slots=True)
class Options:
    """How to grade: which Keras, the seed from which all randomness starts, the limits of a kernel, and the reader of
    explanations with its name."""

    keras: KerasChoice = "auto"
    seed: int = 0
    limits: Limits = field(default_factory=Limits)
    matcher: Matcher = "patterns"
    covering: Cover = cover


@dataclass(frozen=True, slots=True)
class Graded:
    """The result of a submission, and its executed notebook where there is one."""

    result: Result
    notebook: NotebookNode | None


def grade(
    path: Path,
    name: str,
    pack: Assignment,
    pool: KernelPool,
    options: Options,
    progress: Progress = lambda done, total, text: None,
) -> Graded:
    """Grade one notebook file. Never raises for what is in the file: the result says what went wrong."""
    started = time.monotonic()
    try:
        notebook = read(path)
    except UnreadableNotebook as error:
        # By its name alone: the same file has the same result on every machine.
        reason = f"{printable(path.name)}: {printable(error.what)}"
        return Graded(_without_grade(pack, path, name, "unreadable", reason, started), None)
    try:
        attempt = _best_attempt(notebook, pack, pool, options, progress)
    except (KernelError, Nonsense) as error:
        return Graded(_without_grade(pack, path, name, "failed", str(error), started), None)
    result = Result(
        assignment=_about(pack),
        submission=SubmissionInfo(name=name, file=path.name, sha256=notebook.sha256),
        status="graded",
        score=attempt.score,
        max_score=pack.max_score,
        environment=attempt.environment.model_copy(update={"matcher": options.matcher}),
        questions=tuple(judged.result for judged in attempt.questions),
        flags=(*attempt.flags, *(flag for judged in attempt.questions for flag in judged.flags)),
        duration_s=round(time.monotonic() - started, 2),
    )
    return Graded(result, attempt.notebook)


def failed(path: Path, name: str, pack: Assignment, reason: str) -> Result:
    """The result of a submission that could not be graded, for a reason that is not in the file."""
    return _without_grade(pack, path, name, "failed", reason, time.monotonic())


def unreadable(path: Path, name: str, pack: Assignment, reason: str) -> Result:
    """The result of a submission in which there is nothing to be graded."""
    return _without_grade(pack, path, name, "unreadable", reason, time.monotonic())


def _without_grade(
    pack: Assignment, path: Path, name: str, status: Literal["unreadable", "failed"], reason: str, started: float
) -> Result:
    return Result(
        assignment=_about(pack),
        submission=SubmissionInfo(name=name, file=path.name, sha256=None),
        status=status,
        reason=reason,
        score=0,
        max_score=pack.max_score,
        environment=Environment(),
        duration_s=round(time.monotonic() - started, 2),
    )


def _about(pack: Assignment) -> AssignmentInfo:
    return AssignmentInfo(id=pack.id, title=pack.title, version=pack.version)


def _best_attempt(
    notebook: Notebook, pack: Assignment, pool: KernelPool, options: Options, progress: Progress
) -> Attempt:
    """Run on the generation that was chosen or guessed; after errors under Keras 3, also under Keras 2."""
    segmentation = segment(notebook, pack)
    first = first_generation(notebook, options.keras)

    def run() -> Run:
        return Run(notebook, segmentation, pack, pool, options.seed, options.limits, progress, options.covering)

    attempt = run().on(first)
    if options.keras != "auto" or first == 2 or not attempt.broken:
        return attempt
    progress(0, 1, "once more, under Keras 2")
    other = run().on(2)
    return other if other.score > attempt.score else attempt
