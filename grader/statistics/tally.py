"""What is counted of the results of a class, one after the other, so that none of them need be held."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from grader.result.model import CheckResult, QuestionResult, Result
from grader.result.wrong_statements import wrong_statements

MOST_MESSAGES = 400
"""So many different messages of one check are counted; they differ where they quote."""
SIGNS = {"pass": "p", "partial": "h", "fail": "f", "skipped": "s", "error": "e"}
NO_ANSWER, NO_SUCH = "m", "."


@dataclass(slots=True)
class CheckTally:
    """One check: who was asked, who missed points, who said nothing of what it looks for, and what they were told."""

    id: str
    question: int
    kind: str
    title: str
    asked: int = 0
    missed: int = 0
    unsaid: int = 0
    messages: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class QuestionTally:
    """One question: the points of each who was asked, and their totals."""

    id: str
    number: int
    title: str
    most: int
    points: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    missing: int = 0


@dataclass(slots=True)
class BeliefTally:
    """One wrong statement, by what is said against it: the first sentence of each who wrote it."""

    question: int
    correction: str
    sentences: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """All that is counted, by ids. Only submissions with a grade count."""

    scores: list[int] = field(default_factory=list)
    most: int = 0
    questions: dict[str, QuestionTally] = field(default_factory=dict)
    checks: dict[str, CheckTally] = field(default_factory=dict)
    beliefs: dict[tuple[str, str], BeliefTally] = field(default_factory=dict)
    prompts: dict[str, str] = field(default_factory=dict)

    def add(self, result: Result) -> None:
        """Count a result, with what people decided about it."""
        if result.status != "graded":
            return
        self.scores.append(result.score)
        self.most = max(self.most, result.max_score)
        for question in result.questions:
            self._add(question, result.score)

    def _add(self, question: QuestionResult, total: int) -> None:
        about = (question.id, question.number, question.title, question.max_score)
        tally = self.questions.setdefault(question.id, QuestionTally(*about))
        tally.points.append(question.score)
        tally.totals.append(total)
        tally.missing += question.status == "missing"
        if question.prompt:
            self.prompts[question.id] = question.prompt
        wrong = list(wrong_statements(question))
        for correction, sentence in {each.correction: each.sentence for each in reversed(wrong)}.items():
            held = self.beliefs.setdefault((question.id, correction), BeliefTally(question.number, correction))
            held.sentences.append(sentence)
        accused = {each.check for each in wrong}
        for check in question.checks:
            self._count(question, check, accused=check.id in accused)

    def _count(self, question: QuestionResult, check: CheckResult, *, accused: bool) -> None:
        tally = self.checks.setdefault(check.id, CheckTally(check.id, question.number, check.kind, check.title))
        if question.status == "missing":
            return
        tally.asked += 1
        if check.status not in ("fail", "partial"):
            return
        tally.missed += 1
        tally.unsaid += check.kind == "explanation" and check.status == "fail" and not accused
        if check.message in tally.messages or len(tally.messages) < MOST_MESSAGES:
            tally.messages[check.message] += 1

    def signs(self, result: Result) -> str:
        """How each check of the class came out in one of the results that were counted, a letter each, in its order."""
        found = {
            check.id: NO_ANSWER if question.status == "missing" else SIGNS[check.status]
            for question in result.questions
            for check in question.checks
        }
        return "".join(found.get(id_, NO_SUCH) for id_ in self.checks)
