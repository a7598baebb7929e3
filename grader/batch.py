"""Many submissions: finding them, grading one after the other, writing what each earned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import nbformat

from grader.assignment import Assignment
from grader.export.files import write_text
from grader.export.result_json import write as write_result
from grader.kernel.pool import KernelPool
from grader.kernel.seal.offer import SEAL
from grader.report.feedback import annotate
from grader.report.html import render
from grader.result import Result
from grader.run import Progress
from grader.submission import Graded, Options, grade

RESULT, REPORT, FEEDBACK = "result.json", "report.html", "feedback.ipynb"


class BadRequest(Exception):
    """The command cannot be carried out as given; the message says what to change."""


class Watch(Protocol):
    """Who wants to see how far it is."""

    def start(self, name: str) -> None:
        """The grading of a submission begins."""

    def update(self, name: str, done: int, total: int, text: str) -> None:
        """So many of its cells have run."""

    def finish(self, name: str, result: Result) -> None:
        """Its result is there."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A notebook to grade, and the name of the folder that its results go to."""

    path: Path
    name: str


def find(paths: Iterable[Path]) -> list[Submission]:
    """The submissions that the paths of a command stand for, each notebook once, with names that do not collide.

    A file stands for itself and is named after its stem. A folder stands for the notebooks in it, and in the folders
    in it (`<student>/any.ipynb`), which are named after the student's folder. A file that does not exist is a
    submission too, which cannot be graded, so that one wrong name does not stop a whole class. Raises `BadRequest`
    where a folder has no notebook.
    """
    found: dict[Path, str] = {}
    for path in paths:
        named = list(_in_folder(path)) if path.is_dir() else [(path, path.stem or path.name)]
        if not named:
            raise BadRequest(f"{path}: there is no notebook (.ipynb) in this folder, nor in the folders in it")
        for file, name in named:
            found.setdefault(file.resolve(), name)
    return [Submission(path, name) for path, name in zip(found, unique(list(found.values())), strict=True)]


def _in_folder(folder: Path) -> Iterator[tuple[Path, str]]:
    for file in _notebooks(folder):
        yield file, file.stem
    for student in sorted(item for item in folder.iterdir() if item.is_dir() and not item.name.startswith(".")):
        files = _notebooks(student)
        for file in files:
            yield file, student.name if len(files) == 1 else f"{student.name}-{file.stem}"


def _notebooks(folder: Path) -> list[Path]:
    """The notebooks of a folder, without those that a grade has left there."""
    files = sorted(item for item in folder.iterdir() if item.suffix == ".ipynb" and item.is_file())
    return [file for file in files if not (file.name == FEEDBACK and (folder / RESULT).exists())]


def unique(names: Sequence[str]) -> list[str]:
    """The names with -2, -3, ... behind those that came before, also where upper and lower case alone differ."""
    taken: set[str] = set()
    chosen = []
    for name in names:
        candidate, number = name, 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{name}-{number}"
        taken.add(candidate.casefold())
        chosen.append(candidate)
    return chosen


def prepare(out: Path, submissions: Sequence[Submission]) -> None:
    """Make the folder of results. Raises `BadRequest` where it cannot be made or would overwrite a submission."""
    targets = {(out / item.name / file).resolve() for item in submissions for file in (RESULT, REPORT, FEEDBACK)}
    for item in submissions:
        if item.path in targets:
            raise BadRequest(
                f"--out {out}: writing the results there would overwrite {item.path}; choose another folder"
            )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise BadRequest(f"--out {out}: there is a file in the place of this folder; choose another one") from error
    except OSError as error:
        raise BadRequest(f"--out {out}: this folder cannot be made ({error.strerror}); choose another one") from error


def grade_all(
    submissions: Sequence[Submission],
    out: Path,
    pack: Assignment,
    options: Options,
    watch: Watch,
    *,
    sandbox: bool = True,
) -> list[Result]:
    """Grade one after the other, and write each result as soon as it is there.

    Without `sandbox` student code runs with the rights of the grader; the results say so.
    """
    results = []
    with KernelPool(seed=options.seed, seal=SEAL if sandbox else None) as pool:
        pool.prepare(3 if options.keras != "2" else 2)
        for submission in submissions:
            watch.start(submission.name)
            graded = grade(submission.path, submission.name, pack, pool, options, _watched(watch, submission.name))
            write(graded, out / submission.name)
            watch.finish(submission.name, graded.result)
            results.append(graded.result)
    return results


def _watched(watch: Watch, name: str) -> Progress:
    def progress(done: int, total: int, text: str) -> None:
        watch.update(name, done, total, text)

    return progress


def write(graded: Graded, folder: Path) -> None:
    """Write result.json, report.html and, where the notebook was run, feedback.ipynb."""
    folder.mkdir(parents=True, exist_ok=True)
    notebook = None if graded.notebook is None else annotate(graded.notebook, graded.result)
    if notebook is not None:
        write_text(folder / FEEDBACK, nbformat.writes(notebook))
    write_text(folder / REPORT, render(graded.result, graded.notebook))
    write_result(graded.result, folder / RESULT)
