"""What the parts of a result have to do with one another, beyond their sums: whatever reads one from a file asks here.

Not the model's to see to: what a page makes harmless may be the same afterwards, and adds up all the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from grader.pack.questions import is_id
from grader.result.model import NO_SANDBOX, CheckResult, Environment, QuestionResult, Result
from grader.text import neutral

_SUM = re.compile(r"[0-9a-f]{64}")
MEASURED = ("behaviour", "training")
"""Kinds of checks that ask what has run."""


def contradictions(result: Result) -> Iterator[str]:
    """What no grade of ours says, each as words that follow the name of the file."""
    yield from _of_ids(result)
    for question in result.questions:
        yield from _of_answer(question)
        yield from _of_order(question)
    yield from _of_environment(result.environment)
    yield from _of_grade(result) if result.status == "graded" else _of_none(result)


def _of_ids(result: Result) -> Iterator[str]:
    for twice in _twice(question.id for question in result.questions):
        yield f"has the question {twice} more than once"
    for twice in _twice(check.id for question in result.questions for check in question.checks):
        yield f"has the check {twice} more than once"
    for question in result.questions:
        if question.id != f"q{question.number}":
            yield f"has a question {neutral(question.id, 40)} with the number {question.number}"
        for check in question.checks:
            if not is_id(check.id, question.id):
                yield f"has the check {neutral(check.id, 40)!r} in question {question.id}"


def _of_answer(question: QuestionResult) -> Iterator[str]:
    if not question.checks:
        yield f"has the question {question.id} without a check"
    if question.status == "missing" and question.cells:
        yield f"has cells that answer question {question.id}, which has no answer"
    if question.status != "missing" and not question.cells:
        yield f"has an answer to question {question.id} in no cell"


def _of_order(question: QuestionResult) -> Iterator[str]:
    before: dict[str, CheckResult] = {}
    for check in question.checks:
        premise = None if check.after is None else before.get(check.after)
        if check.after is not None and (check.status != "skipped" or premise is None):
            yield f"has the check {check.id} after another one that does not come before it"
        elif check.status == "skipped" and premise is None:
            yield f"has the check {check.id} skipped for nothing"
        elif premise is not None and premise.earned:
            yield f"has the check {check.id} skipped for {premise.id}, which has earned points"
        before[check.id] = check


def _of_environment(environment: Environment) -> Iterator[str]:
    versions = (environment.python, environment.tensorflow, environment.keras, environment.keras_generation)
    known = [version not in (None, "") for version in (*versions, environment.sandbox or None)]
    if any(known) and not all(known):
        yield "has an environment of which some is not known"
    elif environment.keras and not environment.keras.startswith(f"{environment.keras_generation}."):
        yield f"has Keras {neutral(environment.keras, 40)} as generation {environment.keras_generation}"
    if NO_SANDBOX[0] in environment.sandbox and environment.sandbox != NO_SANDBOX:
        yield "has a sandbox that is none, and one besides"


def _of_grade(result: Result) -> Iterator[str]:
    if not result.questions:
        yield "has a grade without any question"
    if result.reason is not None:
        yield "has a reason for its grade"
    if _SUM.fullmatch(result.submission.sha256 or "") is None:
        yield "has a grade for a file without its sha256"
    if result.environment.python is None:
        for question in result.questions:
            measured = any(check.earned for check in question.checks if check.kind in MEASURED)
            if measured or question.status in ("error", "timeout"):
                yield f"has an answer to question {question.id} that ran nowhere"


def _of_none(result: Result) -> Iterator[str]:
    if not neutral(result.reason or ""):
        yield "has no reason for having no grade"
    if result.questions:
        yield "has questions without a grade"


def _twice(ids: Iterable[str]) -> list[str]:
    """Those that are there more than once, also in other letters or with what cannot be seen."""
    counted = Counter("".join(neutral(id_).split()).casefold() for id_ in ids)
    return sorted(neutral(id_, 40) for id_, count in counted.items() if count > 1)
