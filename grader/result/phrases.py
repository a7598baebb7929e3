"""The words of a result, the same in every report: plain, short, and kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.result.model import Advisory, CheckResult, QuestionResult, Result

SYMBOL = {"pass": "✓", "partial": "◐", "fail": "✗", "skipped": "–", "error": "?"}
CHECK = {
    "pass": "full points",
    "partial": "some of the points",
    "fail": "no points yet",
    "skipped": "not looked at",
    "error": "a person will look at this",
}
NOT_TO_BE_HAD = "Some of what the notebook asks for could not be had where it was graded. The rest was run:"
MOST_NOTES = 12
"""So many things are named at the top of a report."""
NOTE = {
    "missing": (
        "No answer to this question was found in the notebook. "
        "If there is one, put a heading such as “Answer {number}” above it, and hand in once more."
    ),
    "error": "The code of this answer stopped with an error, so what comes after it could not be looked at.",
    "timeout": "The code of this answer took too long and was stopped.",
}
UNSURE = 0.6
UNSURE_NOTE = (
    "It was not quite clear which cells answer this question, so what you see here was taken for your answer. "
    "If other cells were meant, put a heading such as “Answer {number}” above them, and hand in once more."
)
WITHOUT_GRADE = {"unreadable": "This notebook could not be read", "failed": "This notebook could not be graded"}
WHAT_TO_DO = {
    "unreadable": (
        "Open the notebook in Jupyter or Colab, run it from top to bottom, save it, and hand in the saved file. If it "
        "does not open there either, the file is damaged; go back to an older copy."
    ),
    "failed": (
        "This says nothing about your work: the grader could not do its own. Your teacher finds the reason here too, "
        "and can start it again."
    ),
}


@dataclass(frozen=True, slots=True)
class Gain:
    """Points that one change can still earn: of checks that failed for the same reason, or of answers that are missing.

    `check` is the first of these checks, or None where answers are missing; `waiting` are the points of the checks that
    were skipped because of them.
    """

    questions: tuple[QuestionResult, ...]
    check: CheckResult | None
    lost: int
    waiting: int = 0

    @property
    def points(self) -> int:
        """All that may be earned."""
        return self.lost + self.waiting

    @property
    def title(self) -> str:
        """What to do, or what was looked for."""
        numbers = listed(str(question.number) for question in self.questions)
        return self.check.title if self.check else f"Answer question{'s' * (len(self.questions) > 1)} {numbers}"

    @property
    def message(self) -> str:
        """What was found."""
        if self.check:
            return self.check.message
        return "No answer was found in the notebook: " + listed(question.title for question in self.questions) + "."

    @property
    def where(self) -> str:
        """Which question it is about, and that some of the points come by themselves."""
        first = self.questions[0]
        where = f"Question {first.number}, {first.title}" if self.check else "What an answer is looked at for is below"
        rest = f"; {self.waiting} of these points wait in checks that rest on this one" if self.waiting else ""
        return where + rest


def note(question: QuestionResult) -> str | None:
    """What is to be said of an answer that is not there, or of code that did not run to its end."""
    return NOTE[question.status].format(number=question.number) if question.status in NOTE else None


def points(count: int) -> str:
    """A number of points: 1 point, 2 points."""
    return f"{count} point" if count == 1 else f"{count} points"


def out_of(earned: int, possible: int) -> str:
    """Earned points of possible ones: 4 of 10 points."""
    return f"{earned} of {points(possible)}"


def listed(items: Iterable[str]) -> str:
    """A, B and C."""
    *front, last = items
    return f"{', '.join(front)} and {last}" if front else last


def question_status(question: QuestionResult) -> str:
    """How an answer stands, in a few words."""
    lost = question.max_score - question.score
    words = {"missing": "no answer found", "error": "stopped with an error", "timeout": "took too long"}
    if question.status in words:
        return words[question.status]
    return f"{points(lost)} to gain" if lost else "full points"


def with_full_points(passed: int, total: int) -> str:
    """How many of the checks have full points: All 5 checks have full points."""
    if passed == total:
        return "The one check has full points" if total == 1 else f"All {total} checks have full points"
    return "One check has full points" if passed == 1 else f"{passed} checks have full points"


def overview(result: Result) -> str:
    """One or two sentences on how the whole stands."""
    full = [question for question in result.questions if question.score == question.max_score]
    missing = [question for question in result.questions if question.status == "missing"]
    total = len(result.questions)
    if total and len(full) == total:
        return f"Full points on all {total} questions. Well done." if total > 1 else "Full points. Well done."
    lost = points(result.max_score - result.score)
    parts = [f"Full points on {len(full)} of {total} questions; {lost} left to gain."] if full else [f"{lost} to gain."]
    if missing:
        numbers = listed(str(question.number) for question in missing)
        parts.append(f"No answer was found to question{'s' * (len(missing) > 1)} {numbers}.")
    waiting = sum(check.status == "error" for question in result.questions for check in question.checks)
    if waiting:
        checks = "One check" if waiting == 1 else f"{waiting} checks"
        parts.append(f"{checks} could not be carried out; a person will look at the work.")
    return " ".join(parts)


def worth_most(result: Result, count: int = 3) -> list[Gain]:
    """The changes that would earn the most, the first in the notebook first among equals.

    What the grader could not check is not among them.
    """
    missing = tuple(question for question in result.questions if question.status == "missing")
    gains = [gain for question in result.questions if question.status != "missing" for gain in _gains(question)]
    gains += [Gain(missing, None, sum(question.max_score for question in missing))] if missing else []
    return sorted(gains, key=lambda gain: -gain.points)[:count]


def _gains(question: QuestionResult) -> list[Gain]:
    """One for each reason why checks lost points: those that say the same have the same one."""
    reasons: dict[str, list[CheckResult]] = {}
    for check in question.checks:
        if check.status in ("fail", "partial") and check.earned < check.points:
            reasons.setdefault(check.message, []).append(check)
    return [_gain(question, checks) for checks in reasons.values()]


def _gain(question: QuestionResult, checks: Sequence[CheckResult]) -> Gain:
    """The points of checks, and of those that were skipped because of them, or because of one of these."""
    ids, waiting = {check.id for check in checks}, 0
    for later in question.checks:
        if later.after in ids:
            waiting += later.points
            ids.add(later.id)
    return Gain((question,), checks[0], sum(check.points - check.earned for check in checks), waiting)


def full_title(question: QuestionResult, check: CheckResult) -> str:
    """What a check looks for, where its question does not stand above it."""
    return f"{question.number} {question.title}: {check.title}"


def said(check: CheckResult) -> str:
    """The message, without the equation at its end that the facts show as well."""
    return check.message.removesuffix(f" Expected: {check.expected}.") if check.expected else check.message


def facts(check: CheckResult) -> list[tuple[str, str]]:
    """What was expected and what was found, without what the title or the message says already."""
    said = {check.title.strip(), check.message.strip()}
    found = "You wrote" if check.kind == "explanation" else "Found"
    pairs = [("Expected", check.expected), (found, check.observed)]
    return [(name, text) for name, text in pairs if text and text.strip() and text.strip() not in said]


def remarks(question: QuestionResult, most: int = 12) -> list[Advisory]:
    """The advisories, the first `most` of them."""
    more = len(question.advisories) - most
    rest = [Advisory(id=f"{question.id}.more", message=f"and {more} more of this kind.")] if more > 0 else []
    return [*question.advisories[:most], *rest]
