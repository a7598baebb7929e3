"""What a check says: an outcome with points, a message to the student, and the facts behind it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

Kind = Literal["explanation", "equations", "structure", "behaviour", "training"]
Status = Literal["pass", "partial", "fail", "error", "skipped"]
Reason = Literal["missing", "no-code", "no-words", "not-read", "stopped", "no-equation", "wrong-equation"]
"""Why points are lost, where checks of one question or of several may have lost theirs for one and the same thing."""


@dataclass(frozen=True, slots=True)
class Todo:
    """What a student is to do in the notebook: one sentence in the imperative, which names no question.

    Where several checks may have one cause, `reason` is its kind, and `about` what it concerns, as a noun ("the forget
    gate"): they are then told as one.
    """

    sentence: str
    reason: Reason | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one check, before its points are known to fit the check.

    `share` is the part of the check's points that was earned, from 0.0 to 1.0; points are rounded down to whole
    numbers by whoever owns the check. `expected` and `observed` are short facts, `message` is a sentence or two
    written to the student: what was found, and what to do. Where its last sentence is not in the imperative, `todo`
    says what to do.
    """

    share: float
    message: str
    expected: str | None = None
    observed: str | None = None
    todo: Todo | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said to a student without costing anything, with the equations that it is about if there are any."""

    message: str
    expected: str | None = None
    observed: str | None = None


class Missed(Exception):
    """Raised inside a check to end it: the answer is not what was expected. Carries the outcome."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.message)
        self.outcome = outcome


class Unanswerable(Exception):
    """Raised inside a check when the *grader* could not find out (never the student's fault): status `error`."""


def passed(message: str, *, expected: object = None, observed: object = None) -> Outcome:
    """All points."""
    return Outcome(1.0, message, _fact(expected), _fact(observed))


def partly(
    share: float, message: str, *, expected: object = None, observed: object = None, todo: Todo | None = None
) -> Outcome:
    """A part of the points: `share` is strictly between 0 and 1."""
    if not 0 < share < 1:
        raise ValueError(f"a partial share lies strictly between 0 and 1, not {share}")
    return Outcome(share, message, _fact(expected), _fact(observed), todo)


def failed(message: str, *, expected: object = None, observed: object = None, todo: Todo | None = None) -> Outcome:
    """No points."""
    return Outcome(0.0, message, _fact(expected), _fact(observed), todo)


def miss(message: str, *, expected: object = None, observed: object = None, todo: Todo | None = None) -> NoReturn:
    """End the check here, without points."""
    raise Missed(failed(message, expected=expected, observed=observed, todo=todo))


class Expectation:
    """A fluent comparison: `expect(layer.parameters, "parameters").equals(24_832, "4u(m+u+1)")`.

    Every method returns the passing outcome, so that a check may end in `return expect(...)...`, and raises
    `Missed` otherwise, so that several expectations may follow one another.
    """

    def __init__(self, observed: Any, what: str) -> None:
        self.observed = observed
        self.what = what

    def equals(self, expected: Any, why: str = "", *, otherwise: str | Callable[[], str] = "") -> Outcome:
        """The observed value is the expected one; `why` is the formula, `otherwise` the likely cause if it is not."""
        return self._judge(self.observed == expected, expected, why, otherwise)

    def is_one_of(
        self, expected: Collection[Any], why: str = "", *, otherwise: str | Callable[[], str] = ""
    ) -> Outcome:
        """The observed value is among the expected ones."""
        return self._judge(self.observed in expected, " or ".join(map(_show, expected)), why, otherwise)

    def is_true(self, expected: str, *, otherwise: str | Callable[[], str] = "") -> Outcome:
        """The observed value is truthy; `expected` says in words what should have been the case."""
        return self._judge(bool(self.observed), expected, "", otherwise)

    def _judge(self, holds: bool, expected: Any, why: str, otherwise: str | Callable[[], str]) -> Outcome:
        shown = f"{_show(expected)} ({why})" if why else _show(expected)
        if holds:
            return passed(f"{self.what}: {_show(self.observed)}, as expected.", expected=shown, observed=self.observed)
        cause = otherwise() if callable(otherwise) else otherwise
        message = f"{self.what}: expected {shown}, found {_show(self.observed)}."
        what = self.what[:1].lower() + self.what[1:]
        todo = Todo(f"Look at the {what}: {_show(self.observed)}, where {shown} is expected.")
        miss(f"{message} {cause}".rstrip(), expected=shown, observed=self.observed, todo=todo)


def expect(observed: Any, what: str) -> Expectation:
    """Start a sentence about an observed value; `what` names it to the student."""
    return Expectation(observed, what)


def _show(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, tuple | list):
        inner = ", ".join(str(item) for item in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return str(value)


def _fact(value: object) -> str | None:
    return None if value is None else _show(value)
