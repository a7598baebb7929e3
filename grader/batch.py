"""Many submissions: finding them, grading them side by side, continuing where an earlier run ended."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from grader.assignment import Assignment
from grader.console import Watcher
from grader.kernel.pool import KernelPool
from grader.kernel.seal.offer import SEAL
from grader.outputs import FEEDBACK, REPORT, RESULT, current, write
from grader.result import Result
from grader.submission import Options, failed, grade

# Reports are made one at a time: it costs nothing, since only one thread runs Python at once, and libraries that import
# parts of themselves when first used (pygments does) are not met by two threads in the middle of that.
_WRITING = threading.Lock()


class BadRequest(Exception):
    """The command cannot be carried out as given; the message says what to change."""


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


@dataclass(frozen=True, slots=True)
class Plan:
    """How a batch is graded.

    `jobs` notebooks side by side; `again` grades also what has a good result already; without `sandbox` student code
    runs with the rights of the grader. `executor` makes what runs the jobs, for which threads are enough: the work is
    done in the kernels.
    """

    options: Options
    jobs: int = os.cpu_count() or 1
    again: bool = False
    sandbox: bool = True
    executor: Callable[[int], Executor] = ThreadPoolExecutor


def grade_all(
    submissions: Sequence[Submission], out: Path, pack: Assignment, plan: Plan, watch: Watcher
) -> list[Result]:
    """Grade submissions, and write each result as soon as it is there. Returns the results in the order given.

    A submission on which the grader itself fails has a result that says so; the others are graded all the same.
    """
    with KernelPool(seed=plan.options.seed, seal=SEAL if plan.sandbox else None) as pool:
        pool.prepare(3 if plan.options.keras != "2" else 2)
        with plan.executor(max(1, min(plan.jobs, len(submissions)))) as executor:
            waiting = [executor.submit(_one, item, out, pack, pool, plan, watch) for item in submissions]
            try:
                return [future.result() for future in waiting]
            except BaseException:
                executor.shutdown(wait=False, cancel_futures=True)
                raise


def _one(item: Submission, out: Path, pack: Assignment, pool: KernelPool, plan: Plan, watch: Watcher) -> Result:
    def progress(done: int, total: int, text: str) -> None:
        watch.update(item.name, done, total, text)

    folder = out / item.name
    watch.start(item.name)
    result = None if plan.again else current(item.path, folder, pack, plan.options)
    if result is None:
        try:
            graded = grade(item.path, item.name, pack, pool, plan.options, progress)
            with _WRITING:
                write(graded, folder)
            result = graded.result
        except Exception as error:  # our own mistake, or a full disk: it costs this submission, not the class
            result = failed(item.path, item.name, pack, f"the grader itself failed: {type(error).__name__}: {error}")
    watch.finish(item.name, result)
    return result
