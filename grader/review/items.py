"""What may be decided in a review: one item for each verdict of a student's that may be wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.gradebook.judged import judged
from grader.gradebook.reviewing import Subject
from grader.result.model import CheckResult, Finding, QuestionResult, Result
from grader.roll.roll import Row

Cells = Sequence[Mapping[str, Any]] | None

WRITTEN = ("explanation", "equations")
NOT_CARRIED_OUT, ASKED, FLAGGED, OVERLOOKED, LOST_EQUATION, OTHER = 0.9, 0.9, 0.5, 0.5, 0.2, 0.05
"""How doubtful a verdict is that has no probability of its own: that the grader could not come to, that a student
objects to, that a flag speaks of; of an equation that was not found beside others that are right, of another that is
called wrong or missing; and any other. Of labelled systems `tests.benchmarks.doubt` tells how often it is so."""
IN_QUEUE = 0.15
"""From this doubt on a verdict stands in the queue."""
VERDICTS = {"said": "counts as said", "missing": "counts as missing", "accused": "counts as wrong",
            "spared": "is not held against the student", "error": "could not be found out"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One verdict of one student: the check, and the statement about which was decided."""

    row: Row
    question: QuestionResult
    check: CheckResult
    subject: str
    statement: str
    verdict: str
    sentence: str | None
    doubt: float
    judged: str
    requests: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What it is called in addresses."""
        return short_id(self.row.key, self.check.id, self.subject)

    @property
    def stake(self) -> int:
        """The points that may change."""
        return max(self.check.earned, self.check.points - self.check.earned)

    @property
    def about(self) -> Subject:
        """It as the gradebook has it."""
        verdict = (self.check.id, self.subject, self.verdict, self.sentence, self.judged, self.check.earned)
        return Subject(self.row.key, *verdict)

    @property
    def stands(self) -> str:
        """How it stands, in words."""
        return VERDICTS.get(self.verdict, f"has {self.check.earned} of {self.check.points}")


def short_id(*parts: str) -> str:
    """A name made of others, which tells nothing of them."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def items(row: Row, result: Result, cells: Cells, said: Mapping[str, Sequence[str]]) -> Iterator[Item]:
    """All that may be decided about a student's result; `said` are requests by check."""
    for question in result.questions:
        flagged = any(flag.startswith(f"{question.id}: please look") for flag in result.flags)
        for check in question.checks:
            made = list(_of_check(row, question, check, judged(result, check.id, cells) or ""))
            lost = check.earned < check.points and check.kind in WRITTEN
            if flagged and lost and question.status != "missing":
                made = [replace(each, doubt=max(each.doubt, FLAGGED)) for each in made[:1]] + made[1:]
            asked = tuple(said.get(check.id, ()))
            if asked:
                made = [replace(made[0], doubt=max(made[0].doubt, ASKED), requests=asked), *made[1:]]
            yield from made


def _of_check(row: Row, question: QuestionResult, check: CheckResult, judged_: str) -> Iterator[Item]:
    """What may be decided about a check: of each statement that its point rests on, or else of the check itself."""
    findings = [each for each in question.findings if each.check == check.id and _matters(each, check)]
    for each in sorted(findings, key=lambda finding: -finding.doubt):
        yield Item(
            row, question, check, each.id, each.statement, each.verdict, each.sentence, each.doubt, judged_
        )  # fmt: skip
    if not findings:
        verdict = "error" if check.status == "error" else check.status
        sentence = check.observed if check.kind in WRITTEN else None
        yield Item(row, question, check, check.id, check.title, verdict, sentence, _doubt(question, check), judged_)


def _matters(finding: Finding, check: CheckResult) -> bool:
    """Whether points would change if it were wrong."""
    if finding.verdict in ("said", "spared"):
        return check.earned > 0
    return check.earned < check.points


def _doubt(question: QuestionResult, check: CheckResult) -> float:
    if check.status == "error":
        return NOT_CARRIED_OUT
    lost = check.earned < check.points and question.status != "missing" and check.after is None
    if check.kind != "equations" or not lost:
        return OTHER
    others = any(each.kind == "equations" and each.earned for each in question.checks)
    return OVERLOOKED if others and check.reason == "no-equation" else LOST_EQUATION
