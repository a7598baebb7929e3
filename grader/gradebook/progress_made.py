"""What has changed between an earlier attempt and a result, check by check: a pure function of the two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict, Field

from grader.gradebook.earlier_attempt import Earlier
from grader.result.model import CheckResult, QuestionResult, Result
from grader.result.phrases import CHECK, full_title, listed, out_of, points
from grader.text import neutral

MOST = 2
"""So many questions that gained are named in the sentence, and so many that lost."""
LONGEST_NAME = 60
GONE = "What was looked for last time, and is not any more"


class Change(BaseModel):
    """A check that gives other points than it gave, or all checks together that there are no more."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid")

    question: str = Field(description="What the sentence calls the question.")
    number: int | None = Field(default=None, description="That of the question; null for what is not there any more.")
    title: str
    before: int | None = Field(description="The points of the earlier attempt; null where it had no such check.")
    before_of: int = 0
    now: int | None = Field(description="The points of this attempt; null where it has no such check.")
    now_of: int = 0
    note: str | None = Field(default=None, description="Why the check could not be looked at this time.")

    @property
    def gain(self) -> int:
        """The points more, below zero where there are less."""
        return (self.now or 0) - (self.before or 0)

    @property
    def points(self) -> str:
        """The points before, and those now."""
        if self.now is None:
            return f"{points(self.before or 0)} last time"
        now = f"now {self.now} of {points(self.now_of)}"
        if self.before is None:
            return f"not looked for last time, {now}"
        return f"{self.before}{'' if self.before_of == self.now_of else f' of {self.before_of}'}, {now}"


class Progress(BaseModel):
    """The scores of two attempts, and every check that gives other points than it gave."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid")

    before: int
    before_of: int
    now: int
    now_of: int
    changes: tuple[Change, ...]
    other_checks: bool = Field(description="Whether the assignment has other checks, or other points for them.")
    counting: str | None = None

    @property
    def gained(self) -> tuple[Change, ...]:
        """The checks that give more."""
        return tuple(change for change in self.changes if change.gain > 0)

    @property
    def lost(self) -> tuple[Change, ...]:
        """The checks that give less."""
        return tuple(change for change in self.changes if change.gain < 0)

    @property
    def sentence(self) -> str:
        """Both scores, and the questions that gained and lost most; its numbers add up to the difference."""
        before, now = points(self.before), str(self.now)
        if self.before_of != self.now_of:
            before, now = out_of(self.before, self.before_of), f"{self.now} of {self.now_of}"
        again = "again " if self.before == self.now else ""
        return f"Last time {before}, now {again}{now}: {self._where()}."

    def _where(self) -> str:
        gains: dict[tuple[int | None, str], int] = {}
        for change in self.changes:
            key = change.number, change.question
            gains[key] = gains.get(key, 0) + change.gain
        more = sorted(((name, gain) for (_, name), gain in gains.items() if gain > 0), key=lambda each: -each[1])
        less = sorted(((name, gain) for (_, name), gain in gains.items() if gain < 0), key=lambda each: each[1])
        said = [f"more for {_named(more)}"] if more else []
        said += [f"less for {_named(less)}"] if less else []
        if said:
            return ", ".join(said)
        return "each question gives what it gave" if gains else "every check gives what it gave"


def progress(before: Earlier, result: Result) -> Progress | None:
    """From the points of an earlier attempt to a result; None where there is nothing to compare.

    The result has what the instructor decided (`grader.gradebook.decided.applied`), as the earlier points do.
    """
    if result.status != "graded" or before.digest == result.submission.sha256:
        return None
    now = {check.id: (check.earned, check.points) for question in result.questions for check in question.checks}
    shapes = [{id_: most for id_, (_, most) in each.items()} for each in (before.checks, now)]
    changes = [change for question in result.questions for change in _of_question(before, question)]
    changes += _gone([earned for id_, (earned, _) in before.checks.items() if id_ not in now])
    return Progress(
        before=sum(earned for earned, _ in before.checks.values()),
        before_of=sum(most for _, most in before.checks.values()),
        now=result.score,
        now_of=result.max_score,
        changes=tuple(changes),
        other_checks=shapes[0] != shapes[1],
        counting=before.counting,
    )


def _of_question(before: Earlier, question: QuestionResult) -> Iterator[Change]:
    name = neutral(question.title, LONGEST_NAME) or f"question {question.number}"
    for check in question.checks:
        earned, most = before.checks.get(check.id, (None, 0))
        if check.earned != (earned or 0):
            yield Change(
                question=name,
                number=question.number,
                title=full_title(question, check),
                before=earned,
                before_of=most,
                now=check.earned,
                now_of=check.points,
                note=_note(check),
            )


def _note(check: CheckResult) -> str | None:
    return CHECK[check.status] if check.status in ("error", "skipped") else None


def _gone(earned: Sequence[int]) -> list[Change]:
    if not any(earned):
        return []
    return [Change(question="what is not looked for any more", title=GONE, before=sum(earned), now=None)]


def _named(gains: Sequence[tuple[str, int]]) -> str:
    """The questions that come first, with their points, and how many more there are with theirs."""
    said = [f"{name} ({_signed(gain)})" for name, gain in gains[:MOST]]
    rest = gains[MOST:]
    if rest:
        said.append(f"{len(rest)} other{'s' * (len(rest) > 1)} ({_signed(sum(gain for _, gain in rest))})")
    return listed(said)


def _signed(gain: int) -> str:
    return f"+{gain}" if gain > 0 else f"−{-gain}"
