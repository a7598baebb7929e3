"""What to do next: the changes that would earn the most points, each a sentence in the imperative.

Checks that lost their points for one cause, within a question and across questions, are one action.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from grader.result.model import CheckResult, QuestionResult, Result
from grader.result.phrases import listed

_VERBS = """
    add answer apply ask begin build call change check choose clip collect compare compile compute connect correct
    declare derive describe divide do draw explain fit fix give hand include initialise join keep leave let loop look
    make mend mention move multiply name open pass plot print put read remove replace return run say set show split
    stack start state take tell train try turn use wait write
"""
VERBS = frozenset(_VERBS.split())
"""With these a sentence of ours that says what to do begins."""
_QUOTED = re.compile(
    r"“[^”]{0,1000}”|`[^`]{0,1000}`|\([^()]{0,1000}\)|\[[^\[\]]{0,1000}\]|\w{1,80}(?:Error|Exception): .*", re.DOTALL
)
_ENDS = re.compile(r"(?<=[.!?])\s+|[:;]\s+")
_HIDDEN = "\0"
_HIDING = re.compile("\0")
LONGEST, READ = 240, 4_000
"""Characters of a sentence of a message that are told, and of its end that are read."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Points that a check of a question did not earn, and those of the checks that were not looked at because of it."""

    question: QuestionResult
    check: CheckResult
    points: int

    @property
    def cause(self) -> tuple[object, ...]:
        """What losses of the same cause have in common."""
        if self.check.reason in TOLD_TOGETHER:
            return (self.check.reason,)
        if self.check.reason in TOLD_BY_QUESTION:
            return self.check.reason, self.question.number
        return (self.check.todo or self.check.message,)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: the sentence, and all points that it may earn."""

    losses: tuple[Loss, ...]

    @property
    def points(self) -> int:
        """Those of all checks that rest on it among them."""
        return sum(loss.points for loss in self.losses)

    @property
    def questions(self) -> tuple[int, ...]:
        """The numbers of the questions that it is about."""
        return tuple(dict.fromkeys(loss.question.number for loss in self.losses))

    @property
    def sentence(self) -> str:
        """What to do in this notebook, in the imperative."""
        first = self.losses[0]
        told = TOLD_TOGETHER.get(first.check.reason or "") or TOLD_BY_QUESTION.get(first.check.reason or "")
        if told is not None:
            return told(self)
        said = first.check.todo or imperative(first.check.message)
        if said is None:
            return f"Look at {_asked(self.questions)}: {_first_sentence(first.check.message)}"
        return said if first.check.reason == "stopped" else _placed(said, f"in {_asked(self.questions)}")


def actions(result: Result, most: int = 3) -> list[Action]:
    """The actions that would earn most, the first in the notebook first among equals.

    What the grader could not check is not among them: there is nothing that the student could do.
    """
    causes: dict[tuple[object, ...], list[Loss]] = {}
    for question in result.questions:
        for loss in losses(question):
            causes.setdefault(loss.cause, []).append(loss)
    found = [Action(tuple(each)) for each in causes.values()]
    return sorted(found, key=lambda action: -action.points)[:most]


def losses(question: QuestionResult) -> Iterator[Loss]:
    """One for each check that lost points, in their order; an answer that is missing is one."""
    if question.status == "missing" and question.checks:
        first = question.checks[0]
        yield Loss(question, first.model_copy(update={"reason": "missing"}), question.max_score)
        return
    for check in question.checks:
        if check.status in ("fail", "partial"):
            waiting = sum(later.points for later in resting_on(question, check))
            yield Loss(question, check, check.points - check.earned + waiting)


def resting_on(question: QuestionResult, check: CheckResult) -> list[CheckResult]:
    """The checks that were not looked at because of this one, or because of one of these."""
    ids, found = {check.id}, []
    for later in question.checks:
        if later.after in ids:
            ids.add(later.id)
            found.append(later)
    return found


def imperative(message: str) -> str | None:
    """The last sentence of a message that says what to do, from the verb on; None where there is none.

    What is quoted in it is somebody else's, and says nothing.
    """
    hidden: list[str] = []

    def hide(match: re.Match[str]) -> str:
        hidden.append(match[0])
        return _HIDDEN

    text = _QUOTED.sub(hide, message[-READ:].replace(_HIDDEN, ""))
    starts = [0, *(end.end() for end in _ENDS.finditer(text))]
    begins = [start for start in starts if re.split(r"\W", text[start:], maxsplit=1)[0].lower() in VERBS]
    if not begins:
        return None
    start = begins[-1]
    stop = re.search(r"[.!?](?=\s|$)", text[start:])
    said = text[start : start + stop.end()] if stop else f"{text[start:].rstrip()}."
    before = text[:start].count(_HIDDEN)
    places = iter(hidden[before:])
    said = _HIDING.sub(lambda _: next(places), said)
    return said[:1].upper() + said[1:]


def numbers(values: Sequence[int]) -> str:
    """Numbers in their order, three and more in a row as a range: 1 to 6 and 8."""
    runs: list[list[int]] = []
    for value in values:
        if runs and value == runs[-1][-1] + 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    parts = [[f"{run[0]} to {run[-1]}"] if len(run) > 2 else list(map(str, run)) for run in runs]
    return listed([part for run in parts for part in run])


def _asked(values: Sequence[int]) -> str:
    return f"question{'s' * (len(values) > 1)} {numbers(values)}"


def _first_sentence(message: str) -> str:
    said = re.split(r"(?<=[.!?])\s", message.strip(), maxsplit=1)[0]
    said = said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
    # The first letter of a name stays: An LSTM, GRU with 64 units.
    return said[:1].lower() + said[1:] if said[1:2].islower() or said[1:2].isspace() else said


def _placed(sentence: str, where: str) -> str:
    """The sentence with the place, before its colon or at its end."""
    covered = _QUOTED.sub(lambda match: _HIDDEN * len(match[0]), sentence)
    colon = covered.find(": ")
    end = colon if colon >= 0 else len(covered.rstrip().rstrip("."))
    return f"{sentence[:end]}, {where}{sentence[end:]}"


def _answer(action: Action) -> str:
    return f"Answer {_asked(action.questions)}."


def _write_code(action: Action) -> str:
    return f"Write code for {_asked(action.questions)}: {_without(action.questions, 'any')}."


def _explain(action: Action) -> str:
    return f"Explain {_asked(action.questions)} in words: {_without(action.questions, 'any text')}."


def _without(values: Sequence[int], what: str) -> str:
    whose = {1: "the answer does not have", 2: "neither answer has"}.get(len(values), "none of these answers has")
    return f"{whose} {what}"


def _in_english(action: Action) -> str:
    return f"Write the explanation of {_asked(action.questions)} in English, or ask your teacher to read it."


def _equations(verb: str) -> Callable[[Action], str]:
    def told(action: Action) -> str:
        abouts = [loss.check.about or loss.check.title for loss in action.losses]
        many = "s" * (len(abouts) > 1)
        return f"{verb} the equation{many} of {listed(abouts)}, in {_asked(action.questions)}."

    return told


TOLD_TOGETHER: dict[str | None, Callable[[Action], str]] = {
    "missing": _answer,
    "no-code": _write_code,
    "no-words": _explain,
    "not-read": _in_english,
}
"""How actions are told whose reason is one for all questions."""
TOLD_BY_QUESTION: dict[str | None, Callable[[Action], str]] = {
    "no-equation": _equations("Write"),
    "wrong-equation": _equations("Correct"),
}
"""The same for reasons that are one within a question."""
