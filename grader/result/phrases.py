"""The words of a result, the same in every report: plain, short, and kind."""

from __future__ import annotations

from collections.abc import Iterable

from grader.result.model import Advisory, CheckResult, QuestionResult, Result

SYMBOL = {"pass": "✓", "partial": "◐", "fail": "✗", "skipped": "–", "error": "?"}
SYMBOL_OF_A_LOOK = {**SYMBOL, "error": "!"}
"""In a student's own look, where what the grader could not do is nothing to be asked."""
CHECK = {
    "pass": "full points",
    "partial": "some of the points",
    "fail": "no points yet",
    "skipped": "not looked at",
    "error": "a person will look at this",
}
DO_NEXT = "Do this next"
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
UNSAID = "not said yet"
"""Of what an explanation lacks."""
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


def note_on(question: QuestionResult) -> str | None:
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
    """What the points do not say by themselves: that they are all there, or that a person will look at some of them."""
    total = len(result.questions)
    if total and all(question.score == question.max_score for question in result.questions):
        return f"Full points on all {total} questions. Well done." if total > 1 else "Full points. Well done."
    waiting = sum(check.status == "error" for question in result.questions for check in question.checks)
    if not waiting:
        return ""
    checks = "One check" if waiting == 1 else f"{waiting} checks"
    return f"{checks} could not be carried out; a person will look at the work."


def left_out(cells: int) -> str:
    """That there was no room for some cells of an answer."""
    verb = "s are" if cells > 1 else " is"
    return (
        f"{cells} more cell{verb} not shown, because the page would become too long. The notebook beside this page "
        "has everything."
    )


def full_title(question: QuestionResult, check: CheckResult) -> str:
    """What a check looks for, where its question does not stand above it."""
    return f"{question.number} {question.title}: {check.title}"


def said(check: CheckResult) -> str:
    """The message, without the equation at its end that the facts show as well."""
    return check.message.removesuffix(f" Expected: {check.expected}.") if check.expected else check.message


def facts(check: CheckResult) -> list[tuple[str, str]]:
    """What was expected and what was found, without what the title or the message says already."""
    if check.reason in ("no-code", "stopped"):
        return []
    said = {check.title.strip(), check.message.strip()}
    found = "You wrote" if check.kind == "explanation" else "Found"
    given = [("Expected", check.expected), (found, check.observed)]
    pairs = [(name, (text or "").strip()) for name, text in given]
    if check.kind != "equations":
        said_before = check.message.casefold()
        pairs = [(name, text) for name, text in pairs if text.casefold() not in said_before]
    return [(name, text) for name, text in pairs if text and text not in said]


def remarks(question: QuestionResult, most: int = 12) -> list[Advisory]:
    """The advisories, the first `most` of them; not what cost points, which is said where it did."""
    lost = [check.message for check in question.checks if check.earned < check.points]
    told = [advisory for advisory in question.advisories if not any(advisory.message in said for said in lost)]
    rest = [Advisory(id=f"{question.id}.more", message=f"and {len(told) - most} more of this kind.")]
    return [*told[:most], *(rest if len(told) > most else [])]
