"""Notebooks that are put together from labelled answers of halves that nothing was tuned on, as a review sees them.

Each has an explanation to each question and a system of equations to the eighth, the next one of those that there are.
What examiners may differ about is no item: nobody can say whether deciding it mends anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from grader.answer.answer import Answer
from grader.grading.judge import Reading, judge
from grader.grading.unsure import findings
from grader.language.prose import Coverage
from grader.result.model import CheckResult, Finding, QuestionResult
from grader.review.items import Item, items
from grader.roll.roll import Person, Row
from reference.pack import assignment
from reference.q08_lstm_gates import question as eighth
from tests.benchmarks import equation_agreement
from tests.benchmarks.doubt import answers
from tests.benchmarks.labelled import Labelled
from tests.report import samples

EQUATIONS = replace(
    eighth,
    concepts=(),
    misconceptions=(),
    checks=[check for check in eighth.checks if check.kind == "equations"],
    remarks=[],
    pictures=[],
    evidence=[],
)
"""The question of the gates, of which nothing but the equations is judged."""


@dataclass(frozen=True)
class Part:
    """What was judged of an answer: its checks and findings, which verdicts are wrong, and which are arguable."""

    number: int
    checks: tuple[CheckResult, ...]
    findings: tuple[Finding, ...]
    wrong: frozenset[str]
    arguable: frozenset[str] = frozenset()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordedClass:
    """All that may be decided about some notebooks, and the wrong verdicts by student and statement."""

    items: tuple[Item, ...]
    wrong: frozenset[tuple[str, str]]


def recorded_class(size: int) -> RecordedClass:
    """A class of this size."""
    explained = {question.id: [_explanation(each) for each in answers("heldout") if each.question is question]
                 for question in assignment.questions}  # fmt: skip
    written = [_equations(each) for each in equation_agreement.systems("evaluate") if each.question == eighth.number]
    made: list[Item] = []
    wrong: set[tuple[str, str]] = set()
    for number in range(size):
        row = Row(key=f"s{number}", person=Person(), on_roster=True, folder=f"s{number}")
        parts = [column[number % len(column)] for column in explained.values()] + [written[number % len(written)]]
        arguable = frozenset().union(*(part.arguable for part in parts))
        made += [item for item in _items(row, parts) if item.subject not in arguable]
        wrong |= {(row.key, name) for part in parts for name in part.wrong}
    return RecordedClass(tuple(made), frozenset(wrong))


def _items(row: Row, parts: list[Part]) -> Iterator[Item]:
    of: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        of[part.number].append(part)
    questions = [_question(number, mine) for number, mine in of.items()]
    result = samples.graded(
        questions=tuple(questions),
        score=sum(each.score for each in questions),
        max_score=sum(each.max_score for each in questions),
        flags=tuple(flag for part in parts for flag in part.flags),
    )
    for item in items(row, result, None, {}):
        if item.check.kind == "equations" or item.subject != item.check.id or item.sentence:
            yield item


def _question(number: int, parts: list[Part]) -> QuestionResult:
    checks = [check for part in parts for check in part.checks]
    found = tuple(finding for part in parts for finding in part.findings)
    return samples.question(number, "answered", (0,), checks, findings=found)


def _explanation(answer: Labelled) -> Part:
    """An explanation, without its code."""
    coverage = answer.read()
    checks = tuple(
        CheckResult(
            id=each.concept.id, kind="explanation", title=each.concept.statement, points=1, earned=int(each.earned),
            status="pass" if each.earned else "fail", message="", observed=each.sentence,
        )
        for each in coverage.concepts
    )  # fmt: skip
    found = tuple(findings(coverage.decisions, coverage, answer.question.misconceptions))
    return Part(answer.question.number, checks, found, frozenset(_wrong(answer, coverage)), answer.doubt)


def _wrong(answer: Labelled, coverage: Coverage) -> Iterator[str]:
    """The statements about which was decided wrongly, where a point rests on that."""
    earned = {each.concept.id: each.earned for each in coverage.concepts}
    charged = {each.spoiled.misconception.id for each in coverage.concepts if each.spoiled}
    against = {each.id: each.against for each in answer.question.misconceptions}
    for each in coverage.decisions:
        yes = each.verdict in ("said", "accused")
        if each.id in answer.doubt or yes == (each.id in answer.concepts | answer.misconceptions):
            continue
        match each.verdict:
            case "said":
                matters = earned[each.id]
            case "missing":
                matters = not earned[each.id]
            case "accused":
                matters = each.id in charged
            case _:
                matters = earned.get(against[each.id], False)
        if matters:
            yield each.id


def _equations(system: equation_agreement.Labelled) -> Part:
    """Equations, each of which is a check."""
    found = judge(EQUATIONS, Answer(eighth.id, prose=(system.text,)), Reading((0,), 1.0), ())
    roles = zip(found.result.checks, system.system.statements, strict=True)
    wrong = frozenset(check.id for check, role in roles if bool(check.earned) == (role.id in system.wrong))
    return Part(eighth.number, found.result.checks, (), wrong, frozenset(), found.flags)
