"""Many submissions: grading them side by side, continuing where an earlier run ended."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.batch import origins
from grader.batch.desk import Desk, together
from grader.batch.submissions import Submission
from grader.batch.watch import Watcher
from grader.grading.options import Options
from grader.kernel.parents.program import Program
from grader.kernel.pool import ABORTED_WITHIN_S, KernelPool
from grader.kernel.seal.offer import SEAL
from grader.result.model import AssignmentInfo, Result
from grader.result.names import Reader
from grader.text import neutral
from grader.worker.workers import HomeLost, Job, Workers, WorkFailed

MOST_NAMED = 10
AWAKE_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class Plan:
    """How a batch is graded.

    `jobs` notebooks side by side; `again` grades also what has a good result already; without `sandbox` student code
    runs with the rights of the grader. Reports are made for the `reader`. With `record` it is kept what kernels
    answered, so that a notebook can be judged again. `started` is a program that forks kernels and has begun to import
    already.
    """

    options: Options
    jobs: int = os.cpu_count() or 1
    again: bool = False
    sandbox: bool = True
    reader: Reader = "student"
    record: bool = False
    started: Program | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What has become of a batch: its results, in the order of the submissions, and what is to be said besides.

    `unwritten` are the names of those that have no files, for which `results` has the reason; `unproven` of those with
    an earlier result that could not be told from a forged one. `index` says why there is no new index.
    """

    results: Sequence[Result]
    unwritten: frozenset[str] = frozenset()
    unproven: tuple[str, ...] = ()
    index: str | None = None
    kept: frozenset[str] = frozenset()
    """The names of those whose results are from an earlier run."""


@dataclass(slots=True)
class Batch:
    """A batch under way: what it consists of, and what is complete. `out` is where the results are (`prepare`)."""

    submissions: Sequence[Submission]
    out: Path
    workers: Workers
    plan: Plan
    watch: Watcher
    results: dict[int, Result] = field(default_factory=dict)
    """By their places among the submissions, as they come."""
    unwritten: set[str] = field(default_factory=set)
    unproven: set[str] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    """The places of those whose results are from an earlier run."""
    before_index: Callable[[Done], None] = lambda done: None
    """What is done with the results before their page is written, which tells of it: the roll of the class."""
    ended: bool = False
    """By an interrupt: what threads have to say from then on comes of that."""
    _pool: KernelPool | None = None

    def grade(self) -> Done:
        """Grade, and write each result as soon as it is there.

        A submission on which the grader itself fails has a result that says so; the others are graded all the same.
        """
        about = self.workers.about()
        desk = Desk(self, AssignmentInfo(**about["assignment"]), about["max_score"])
        beside = max(1, min(self.plan.jobs, len(self.submissions)))
        with self._kernels(beside) as pool:
            places: list[list[int]] = [[place] for place in range(len(self.submissions))]
            contents: dict[int, str | None] = {}
            self._in_threads(beside, places, lambda each: self._look(desk, each[0], contents))
            self._in_threads(beside, together(contents), lambda each: desk.grade(each, pool))
        results = [self.results[place] for place in range(len(self.submissions))]
        unproven = tuple(item.name for item in self.submissions if item.name in self.unproven)
        kept = frozenset(self.submissions[place].name for place in self.kept)
        done = Done(results, frozenset(self.unwritten), unproven, None, kept)
        self.before_index(done)
        return replace(done, index=self._index_problem(results))

    def _index_problem(self, results: Sequence[Result]) -> str | None:
        """Write the index of all that is there; why that cannot be done, which costs nobody a grade."""
        without = [item.model_dump(mode="json") for item in results if item.submission.name in self.unwritten]
        request = {"kind": "index", "folder": str(self.out), "also": without}
        try:
            problem: str | None = self.workers.do(Job(request))["problem"]
        except (WorkFailed, HomeLost) as error:
            return f"{self.out}: the index of the results cannot be made ({error})"
        return problem

    def finished(self, place: int, result: Result, *, kept: bool = False) -> None:
        """Keep a result, and show it; nothing once the batch is ended. Called by the thread that has it."""
        if not self.ended:
            self.results[place] = result
            if kept:
                self.kept.add(place)
            elif self.submissions[place].name not in self.unwritten:
                origins.keep(self.submissions[place], self.out)
            (self.watch.keep if kept else self.watch.finish)(self.submissions[place].name, result)

    def abort(self) -> None:
        """End all that is under way, now."""
        self.ended = True
        self.workers.end()
        if self._pool is not None:
            self._pool.abort()
        elif self.plan.started is not None:
            self.plan.started.end(ABORTED_WITHIN_S)

    def complete(self) -> str:
        """What is complete, as a sentence."""
        names = [self.submissions[place].name for place in sorted(self.results)]
        kept = [name for name in names if name not in self.unwritten]
        if not kept:
            return "no submission is complete"
        said = ", ".join(neutral(name, 60) for name in kept[:MOST_NAMED]) + (", ..." if len(kept) > MOST_NAMED else "")
        return f"{len(kept)} of {len(self.submissions)} are complete in {neutral(str(self.out))}: {said}"

    def _look(self, desk: Desk, place: int, contents: dict[int, str | None]) -> None:
        """Take up an earlier result, or see what is to be graded."""
        item = self.submissions[place]
        kept = desk.kept(item)
        if kept is None:
            contents[place] = desk.content(item)
        else:
            self.finished(place, kept, kept=True)

    def _kernels(self, beside: int) -> KernelPool:
        seal = SEAL if self.plan.sandbox else None
        options = self.plan.options
        self._pool = KernelPool(seed=options.seed, seal=seal, started=self.plan.started, beside=beside)
        return self._pool

    def _in_threads(self, beside: int, groups: Sequence[list[int]], work: Callable[[list[int]], None]) -> None:
        """The work of each group of places, by threads that end with this process, whatever they wait for."""
        waiting: queue.SimpleQueue[list[int]] = queue.SimpleQueue()
        done: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
        for group in groups:
            waiting.put(group)

        def go() -> None:
            with suppress(queue.Empty):
                while not self.ended:
                    group = waiting.get_nowait()
                    try:
                        work(group)
                        done.put(None)
                    except BaseException as error:
                        done.put(error)

        for _ in range(beside):
            threading.Thread(target=go, daemon=True).start()
        for _ in groups:
            error = _next_of(done)
            if error is not None:
                raise error


def _next_of(done: queue.SimpleQueue[BaseException | None]) -> BaseException | None:
    """What comes next. A signal that another thread was given is heard by this one only when it is awake."""
    while True:
        with suppress(queue.Empty):
            return done.get(timeout=AWAKE_EVERY_S)
