"""Many submissions: grading them side by side, continuing where an earlier run ended."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from grader.batch.earlier import current
from grader.batch.submissions import Submission
from grader.batch.watch import Watcher
from grader.grading.options import Options
from grader.kernel.interface import Kernels
from grader.kernel.pool import ABORTED_WITHIN_S, KernelPool
from grader.kernel.program import Program
from grader.kernel.seal.offer import SEAL
from grader.result.model import AssignmentInfo, Result, without_grade
from grader.text import neutral
from grader.worker.line import Message
from grader.worker.serve import KernelService
from grader.worker.workers import HomeLost, Job, Workers, WorkFailed

MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """How a batch is graded.

    `jobs` notebooks side by side; `again` grades also what has a good result already; without `sandbox` student code
    runs with the rights of the grader. `started` is a program that forks kernels and has begun to import already.
    """

    options: Options
    jobs: int = os.cpu_count() or 1
    again: bool = False
    sandbox: bool = True
    started: Program | None = None


@dataclass(slots=True)
class Batch:
    """A batch under way: what it consists of, and what is complete."""

    submissions: Sequence[Submission]
    out: Path
    workers: Workers
    plan: Plan
    watch: Watcher
    results: dict[int, Result] = field(default_factory=dict)
    """By their places among the submissions, as they come."""
    _pool: KernelPool | None = None

    def grade(self) -> list[Result]:
        """Grade, and write each result as soon as it is there. Returns the results in the order of the submissions.

        A submission on which the grader itself fails has a result that says so; the others are graded all the same.
        """
        about = self.workers.about()
        desk = _Desk(self, AssignmentInfo(**about["assignment"]), about["max_score"])
        beside = max(1, min(self.plan.jobs, len(self.submissions)))
        with self._kernels(beside) as pool:
            self._in_threads(beside, lambda place: desk.graded(self.submissions[place], pool))
        results = [self.results[place] for place in range(len(self.submissions))]
        self._write_index(results)
        return results

    def _write_index(self, results: Sequence[Result]) -> None:
        """Of all that is there. That it cannot be written costs nobody a grade."""
        without = [result.model_dump(mode="json") for result in results if result.status != "graded"]
        request = {"kind": "index", "folder": str(self.out.absolute()), "also": without}
        with suppress(WorkFailed, HomeLost):
            self.workers.do(Job(request))

    def abort(self) -> None:
        """End all that is under way, now."""
        self.workers.end()
        if self._pool is not None:
            self._pool.abort()
        elif self.plan.started is not None:
            self.plan.started.end(ABORTED_WITHIN_S)

    def complete(self) -> str:
        """What is complete, as a sentence."""
        kept = [self.submissions[place].name for place in sorted(self.results)]
        if not kept:
            return "no submission is complete"
        names = ", ".join(neutral(name, 60) for name in kept[:MOST_NAMED]) + (", ..." if len(kept) > MOST_NAMED else "")
        return f"{len(kept)} of {len(self.submissions)} are complete in {neutral(str(self.out))}: {names}"

    def _kernels(self, beside: int) -> KernelPool:
        seal = SEAL if self.plan.sandbox else None
        options = self.plan.options
        self._pool = KernelPool(seed=options.seed, seal=seal, started=self.plan.started, beside=beside)
        return self._pool

    def _in_threads(self, beside: int, work: Callable[[int], Result]) -> None:
        """The work of each place, by threads that end with this process, whatever they wait for."""
        waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
        done: queue.SimpleQueue[tuple[int, Result | BaseException]] = queue.SimpleQueue()
        for place in range(len(self.submissions)):
            waiting.put(place)

        def go() -> None:
            with suppress(queue.Empty):
                while True:
                    place = waiting.get_nowait()
                    try:
                        done.put((place, work(place)))
                    except BaseException as error:
                        done.put((place, error))

        for _ in range(beside):
            threading.Thread(target=go, daemon=True).start()
        for _ in self.submissions:
            place, result = done.get()
            if isinstance(result, BaseException):
                raise result
            self.results[place] = result


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where one submission after the other is graded."""

    batch: Batch
    assignment: AssignmentInfo
    max_score: int

    def graded(self, item: Submission, kernels: Kernels) -> Result:
        """The result of one submission, which is written unless it was there already."""
        self.batch.watch.start(item.name)
        result = self._kept(item) or self._new(item, kernels)
        self.batch.watch.finish(item.name, result)
        return result

    def _kept(self, item: Submission) -> Result | None:
        plan = self.batch.plan
        if plan.again or item.problem is not None:
            return None
        return current(item.path, self.batch.out / item.name, self.assignment, plan.options)

    def _new(self, item: Submission, kernels: Kernels) -> Result:
        request: Message = {"kind": "grade", "path": str(item.path), "name": item.name, "problem": item.problem}
        request |= {"folder": str((self.batch.out / item.name).absolute()), "options": asdict(self.batch.plan.options)}
        service = KernelService(kernels, self.batch.plan.options.limits)

        def progress(done: int, total: int, text: str) -> None:
            self.batch.watch.update(item.name, done, total, text)

        try:
            done = self.batch.workers.do(Job(request, service.reply, progress))
            return Result.model_validate(done["result"])
        except WorkFailed as error:
            reason = str(error)
        except (HomeLost, ValueError) as error:
            reason = f"the grader itself failed: {error}"
        finally:
            service.close()
        return without_grade(self.assignment, self.max_score, item.path, item.name, "failed", reason)
