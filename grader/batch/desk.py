"""Grading at the desk of a batch: what is taken up from an earlier run, what is the same, and what is run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from grader.batch.earlier import current
from grader.batch.submissions import Submission
from grader.kernel.interface import Kernels
from grader.result.model import AssignmentInfo, Result, SubmissionInfo, without_grade
from grader.result.names import RESULT
from grader.result.proof import is_proven
from grader.worker.line import Message
from grader.worker.serve import KernelService
from grader.worker.workers import HomeLost, Job, WorkFailed

if TYPE_CHECKING:
    from grader.batch.batch import Batch

MOST_TOGETHER = 20
"""So many submissions of the same cells share a run; one worker writes the reports of all."""


def together(contents: Mapping[int, str | None]) -> list[list[int]]:
    """The places of submissions in groups of the same content, in their order; what has none is alone."""
    groups: dict[str, list[list[int]]] = {}
    found: list[list[int]] = []
    for place in sorted(contents):
        content = contents[place]
        own = groups.setdefault(content, []) if content is not None else []
        if own and len(own[-1]) < MOST_TOGETHER:
            own[-1].append(place)
            continue
        own.append([place])
        found.append(own[-1])
    return found


@dataclass(frozen=True, slots=True)
class Desk:
    """Where submissions are graded: one after the other, and those of the same cells at once."""

    batch: Batch
    assignment: AssignmentInfo
    max_score: int

    def kept(self, item: Submission) -> Result | None:
        """The result of an earlier run, if it is good still."""
        plan, folder = self.batch.plan, self.batch.out / item.name
        if plan.again or item.problem is not None:
            return None
        found = current(item.path, folder, self.assignment, plan.options)
        if found is None or not _is_of(item, found.result):
            return None
        if not is_proven(folder, {RESULT: found.digest}):
            self.batch.unproven.add(item.name)
            return None
        return found.result

    def content(self, item: Submission) -> str | None:
        """What is the same for two submissions that get the same result; None where that cannot be told."""
        if item.problem is not None or len(self.batch.submissions) < 2:
            return None
        request = {"kind": "content", "path": str(item.path), "options": asdict(self.batch.plan.options)}
        try:
            found: str | None = self.batch.workers.do(Job(request))["content"]
        except (WorkFailed, HomeLost):  # which will be said of its grade
            return None
        return found

    def grade(self, places: Sequence[int], kernels: Kernels) -> None:
        """Come to the results of submissions of the same cells, which are run once."""
        items = [self.batch.submissions[place] for place in places]
        self.batch.watch.start(items[0].name)
        try:
            results = self._graded(items, kernels)
        except WorkFailed as error:
            if len(items) > 1:  # each for itself, as if it were the only one
                for place in places:
                    self.grade([place], kernels)
                return
            results = [str(error)]
        except (HomeLost, ValueError) as error:
            results = [f"the grader itself failed: {error}"] * len(items)
        for place, item, result in zip(places, items, results, strict=True):
            self.batch.finished(place, self._without(item, result) if isinstance(result, str) else result)

    def _graded(self, items: Sequence[Submission], kernels: Kernels) -> list[Result | str]:
        """The result of each, or why it has no files. Raises `WorkFailed`, `HomeLost` and `ValueError`."""
        first, *twins = items
        plan = self.batch.plan
        request: Message = {"kind": "grade", "problem": first.problem, "options": asdict(plan.options)}
        request |= {**self._about(first), "reader": plan.reader, "record": plan.record}
        request["twins"] = list(map(self._about, twins))
        service = KernelService(kernels, plan.options.limits)

        def progress(done: int, total: int, text: str) -> None:
            self.batch.watch.update(first.name, done, total, text)

        try:
            done = self.batch.workers.do(Job(request, service.reply, progress))
        finally:
            service.close()
        result = Result.model_validate(done["result"])
        told = zip(twins, done["twins"], strict=True)
        return [result, *(self._of_twin(first, result, item, each) for item, each in told)]

    def _about(self, item: Submission) -> Message:
        about: Message = {"path": str(item.path), "name": item.name, "folder": str(self.batch.out / item.name)}
        return about | {"chosen": item.chosen, "flags": list(item.flags)}

    def _of_twin(self, first: Submission, result: Result, item: Submission, told: Message) -> Result | str:
        """The result of the first under the name of another, and with what is to be looked at in that one alone."""
        if "failed" in told:
            return str(told["failed"])
        shared = result.flags[: len(result.flags) - len(first.flags)]
        about = SubmissionInfo.model_validate(told["submission"])
        own = {"submission": about, "flags": (*shared, *item.flags), "not_reproduced": tuple(told["not_reproduced"])}
        return result.model_copy(update=own)

    def _without(self, item: Submission, reason: str) -> Result:
        self.batch.unwritten.add(item.name)
        return without_grade(self.assignment, self.max_score, item.path, item.name, "failed", reason)


def _is_of(item: Submission, result: Result) -> bool:
    """Whether a result says the same of how the notebook was handed in."""
    return result.submission.chosen == item.chosen and {*item.flags} <= {*result.flags}
