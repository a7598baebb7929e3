"""Many submissions: grading them side by side, continuing where an earlier run ended."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.assignment import Assignment
from grader.console import Watcher
from grader.find import BadRequest, Submission
from grader.kernel.pool import KernelPool
from grader.kernel.program import Program
from grader.kernel.seal.offer import SEAL
from grader.language.prose import cover
from grader.outputs import Misplaced, current, write
from grader.report import html
from grader.report.index import write_index
from grader.result import Result
from grader.submission import Graded, Options, failed, grade, unreadable

# Reports are made one at a time: it costs nothing, since only one thread runs Python at once, and libraries that import
# parts of themselves when first used (pygments does) are not met by two threads in the middle of that.
_WRITING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Plan:
    """How a batch is graded.

    `jobs` notebooks side by side; `again` grades also what has a good result already; without `sandbox` student code
    runs with the rights of the grader. `executor` makes what runs the jobs, for which threads are enough: the work is
    done in the kernels. `started` is a program that forks kernels and has begun to import already.
    """

    options: Options
    jobs: int = os.cpu_count() or 1
    again: bool = False
    sandbox: bool = True
    executor: Callable[[int], Executor] = ThreadPoolExecutor
    started: Program | None = None


def grade_all(
    submissions: Sequence[Submission], out: Path, pack: Assignment, plan: Plan, watch: Watcher
) -> list[Result]:
    """Grade submissions, and write each result as soon as it is there. Returns the results in the order given.

    A submission on which the grader itself fails has a result that says so; the others are graded all the same.
    """
    threading.Thread(target=_prepare, args=(pack,), daemon=True).start()
    seal = SEAL if plan.sandbox else None
    workers = max(1, min(plan.jobs, len(submissions)))
    # The pool is left before the executor waits for its threads: on an interrupt, what they wait for ends with it.
    with (
        plan.executor(workers) as executor,
        KernelPool(seed=plan.options.seed, seal=seal, started=plan.started) as pool,
    ):
        waiting = [executor.submit(_one, item, out, pack, pool, plan, watch) for item in submissions]
        try:
            results = [future.result() for future in waiting]
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            raise
    with suppress(OSError, BadRequest):  # a full disk has cost a submission already; a page of others' is left alone
        write_index(out, results)
    return results


def _prepare(pack: Assignment) -> None:
    """Build what would be built at first use, while the first kernel is still importing on another core."""
    with suppress(Exception):  # it will be met again where it costs no more than what needs it
        for question in pack.questions:
            cover([question.prompt], question.concepts, question.misconceptions)
        pack.prepare()
        with _WRITING:
            html.prepare()


def _one(item: Submission, out: Path, pack: Assignment, pool: KernelPool, plan: Plan, watch: Watcher) -> Result:
    def progress(done: int, total: int, text: str) -> None:
        watch.update(item.name, done, total, text)

    folder = out / item.name
    watch.start(item.name)
    result = None if plan.again or item.problem else current(item.path, folder, pack, plan.options)
    if result is None:
        try:
            graded = (
                grade(item.path, item.name, pack, pool, plan.options, progress)
                if item.problem is None
                else Graded(unreadable(item.path, item.name, pack, item.problem), None)
            )
            result = graded.result
            if not pool.left:  # Interrupted, it has no grade yet.
                with _WRITING:
                    write(graded, folder)
        except Misplaced as error:
            result = failed(item.path, item.name, pack, str(error))
        except Exception as error:  # our own mistake, or a full disk: it costs this submission, not the class
            result = failed(item.path, item.name, pack, f"the grader itself failed: {type(error).__name__}: {error}")
    watch.finish(item.name, result)
    return result
