"""One submission from file to result: read, segment, run on the right Keras, choose the better run."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from nbformat import NotebookNode

from grader import __version__
from grader.answer.evidence import Nonsense
from grader.grading.doubtful import doubtful
from grader.grading.integrity import flags, own_sentences, pasted
from grader.grading.memory import Memory
from grader.grading.options import Options
from grader.grading.randomness import fingerprint_of, unseen_by_kernels
from grader.grading.reproduced import not_reproduced
from grader.grading.run import Attempt, Progress, Run
from grader.grading.unsure import unsure
from grader.kernel.bounds.limits import Limits
from grader.kernel.errors import KernelError
from grader.kernel.generation import first_generation
from grader.kernel.interface import Kernels
from grader.language.prose import Cover, cover
from grader.language.prose.decided_cover import decided_by_people
from grader.notebook.reading.beside import beside, offered
from grader.notebook.reading.files_digest import digest_of_all
from grader.notebook.reading.notebook_errors import UnreadableNotebook, printable
from grader.notebook.reading.read import Notebook, read
from grader.notebook.segment import Segmentation
from grader.pack.questions import Assignment
from grader.result.model import AssignmentInfo, Result, SubmissionInfo, without_grade


@dataclass(frozen=True, slots=True)
class Graded:
    """The result of a submission, and its executed notebook where there is one."""

    result: Result
    notebook: NotebookNode | None


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A notebook that is to be judged, and what was settled before it is run.

    `unseen` goes into what is asked of its code, and no kernel can read it; `secret` tells whose secret is in it.
    """

    notebook: Notebook
    unseen: str
    secret: str | None = None
    files: tuple[tuple[str, Path], ...] = ()
    """What its code may read, by the places in its working folder."""
    files_digest: str | None = None
    left_out: tuple[str, ...] = ()
    """What was not brought, in sentences for the instructor."""


def grade(
    path: Path,
    name: str,
    pack: Assignment,
    kernels: Kernels,
    options: Options,
    progress: Progress = lambda done, total, text: None,
    covering: Cover = cover,
) -> Graded:
    """Grade one notebook file, its explanations read by `covering`.

    Never raises for what is in the file: the result says what went wrong.
    """
    try:
        handed_in = taken_in(path, pack, options)
    except UnreadableNotebook as error:
        return Graded(refused(error, name, pack), None)
    return judged(handed_in, name, pack, kernels, options, progress, covering)


def refused(error: UnreadableNotebook, name: str, pack: Assignment) -> Result:
    """The result of a file that is no notebook. By its name alone: the same file has the same result everywhere."""
    return unreadable(error.path, name, pack, f"{printable(error.path.name)}: {printable(error.what)}")


def taken_in(path: Path, pack: Assignment, options: Options) -> HandedIn:
    """Read a notebook and what lies beside it. Raises `UnreadableNotebook`."""
    notebook = read(path)
    files, left_out = _files(notebook, options)
    return HandedIn(
        notebook,
        unseen_by_kernels(pack, options.secret),
        fingerprint_of(options.secret),
        tuple(files),
        digest_of_all(path, options.files_digest),
        tuple(left_out),
    )


def judged(
    handed_in: HandedIn,
    name: str,
    pack: Assignment,
    kernels: Kernels,
    options: Options,
    progress: Progress = lambda done, total, text: None,
    covering: Cover = cover,
    memory: Memory | None = None,
) -> Graded:
    """Run a notebook by `kernels`, and judge it; what the `memory` has of its questions is not judged again."""
    started = time.monotonic()
    notebook = handed_in.notebook
    memory = memory or Memory()
    try:
        segmentation = memory.segmentation(notebook, pack)
        attempt = _best_attempt(handed_in, segmentation, pack, kernels, options, progress, covering, memory)
    except (KernelError, Nonsense) as error:
        return Graded(_without_grade(pack, notebook.path, name, "failed", str(error), started), None)
    questions = tuple(judged.result for judged in attempt.questions)
    result = Result(
        assignment=about(pack),
        submission=SubmissionInfo(name=name, file=notebook.path.name, sha256=notebook.sha256),
        status="graded",
        score=attempt.score,
        max_score=sum(each.max_score for each in questions),
        environment=attempt.environment.model_copy(
            update={
                "grader": __version__,
                "matcher": options.matcher,
                "doubt": options.doubt,
                "wordings": decided_by_people(covering),
                "secret": handed_in.secret,
                "files": handed_in.files_digest,
            }
        ),
        questions=questions,
        notes=(*notebook.mended, *attempt.notes),
        flags=(
            *attempt.flags,
            *(flag for judged in attempt.questions for flag in judged.flags),
            *unsure((each for judged in attempt.questions for each in judged.decisions), options.doubt),
            *(() if options.only is not None else doubtful(notebook, segmentation, questions)),
            *(() if options.only is not None else flags(notebook, segmentation, pack, covering)),
            *handed_in.left_out,
        ),
        not_reproduced=not_reproduced(notebook, attempt.notebook),
        graded_on=date.today(),
        contact=options.contact,
        repository=options.repository,
        duration_s=round(time.monotonic() - started, 2),
    )
    return Graded(result, attempt.notebook)


def unreadable(path: Path, name: str, pack: Assignment, reason: str) -> Result:
    """The result of a submission in which there is nothing to be graded."""
    return without_grade(about(pack), pack.max_score, path, name, "unreadable", reason)


def _files(notebook: Notebook, options: Options) -> tuple[list[tuple[str, Path]], list[str]]:
    """What the notebook may read, and what was left out. Of two files for one place, the instructor's is taken."""
    brought = [beside(notebook.path)]
    if options.files is not None:
        brought.append(offered(Path(options.files), [cell.source for cell in notebook.cells]))
    files = dict(file for each in brought for file in each.files)
    return list(files.items()), [each.left_out for each in brought if each.left_out is not None]


def _without_grade(
    pack: Assignment, path: Path, name: str, status: Literal["unreadable", "failed"], reason: str, started: float
) -> Result:
    took = time.monotonic() - started
    return without_grade(about(pack), pack.max_score, path, name, status, reason, took)


def about(pack: Assignment) -> AssignmentInfo:
    """What a result says of its assignment."""
    return AssignmentInfo(id=pack.id, title=pack.title, version=pack.version)


def _best_attempt(
    handed_in: HandedIn,
    segmentation: Segmentation,
    pack: Assignment,
    kernels: Kernels,
    options: Options,
    progress: Progress,
    covering: Cover,
    memory: Memory,
) -> Attempt:
    """Run on the generation that was chosen or guessed; after errors under Keras 3, also under Keras 2.

    The time of the notebook is one: the second run has what the first has left, and at least a grace.
    """
    first = first_generation(handed_in.notebook, options.keras)
    quoted = own_sentences(pack) if pasted(segmentation, pack) else ()

    def run(limits: Limits, only: Collection[str] | None) -> Run:
        given, unseen = handed_in.files, handed_in.unseen
        notebook, seed = handed_in.notebook, options.seed
        return Run(
            notebook, segmentation, pack, kernels, seed, limits, progress, covering, given, quoted, unseen, memory, only
        )

    only = options.only
    attempt = run(options.limits, only).on(first)
    if attempt.missed:  # then all cells are run, and nothing else is told of the others
        whole = run(options.limits, None).on(first)
        attempt = replace(whole, questions=tuple(each for each in whole.questions if each.result.id in (only or ())))
    if options.keras != "auto" or first == 2 or not attempt.broken:
        return attempt
    progress(0, 1, "once more, under Keras 2")
    limits = options.limits.after(attempt.taken_s)
    other = run(limits, only).on(2)
    best = other if other.score > attempt.score else attempt
    if other.taken_s < limits.notebook_s:
        return best
    over = "please look: under Keras 2 its time was over, a part of which had gone under Keras 3 (--timeout)"
    return replace(best, flags=(*best.flags, over))
