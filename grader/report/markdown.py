"""A result in Markdown: for the notebook with feedback, the summary of a workflow, the text of a release."""

from __future__ import annotations

import re

from grader.report import captions
from grader.report.literal import literal
from grader.result.actions import Action, actions
from grader.result.model import QuestionResult, Result
from grader.result.notes import Note, notes
from grader.result.phrases import (
    CHECK,
    DO_NEXT,
    MOST_NOTES,
    NOT_TO_BE_HAD,
    SYMBOL,
    UNSAID,
    UNSURE,
    UNSURE_NOTE,
    WHAT_TO_DO,
    WITHOUT_GRADE,
    facts,
    note_on,
    out_of,
    overview,
    points,
    question_status,
    remarks,
    with_full_points,
)

TITLE_LIMIT, FACT_LIMIT, MESSAGE_LIMIT = 300, 400, 2_000
MOST_BYTES = 120_000
"""GitHub takes 1 MiB for the summary of a step, and 125,000 characters for the text of a release."""
# A backtick of the text is written as its number, and so is every ampersand: this finds pairs of backticks alone.
_CODE = re.compile("&#96;((?:(?!&#96;).)+)&#96;")


def _text(text: str, limit: int = TITLE_LIMIT) -> str:
    """Literal text, but what stands between backticks is set as code."""
    return _CODE.sub(r"<code>\1</code>", literal(text, limit))


def summary(result: Result) -> str:
    """How the whole stands, a line for each question, and what to do next."""
    heading = _text(result.assignment.title)
    if result.status != "graded":
        reason = _text(result.reason or "", MESSAGE_LIMIT)
        return f"# {heading}\n\n**{WITHOUT_GRADE[result.status]}.** {reason}\n\n{WHAT_TO_DO[result.status]}"
    lines = [f"# {heading}: {out_of(result.score, result.max_score)}", ""]
    if said := overview(result):
        lines += [said, ""]
    if result.submission.chosen is not None:
        lines += [_text(result.submission.chosen, FACT_LIMIT), ""]
    lines += ["| | Question | Points | |", "|--:|:--|--:|:--|"]
    lines += [
        f"| {item.number} | {_text(item.title)} | {item.score} of {item.max_score} | {question_status(item)} |"
        for item in result.questions
    ]
    todo = actions(result)
    lines += ["", f"**{DO_NEXT}**", "", *map(_action, todo)] if todo else []
    if result.notes:
        lines += ["", NOT_TO_BE_HAD, "", *(f"- {_text(note, FACT_LIMIT)}" for note in result.notes[:MOST_NOTES])]
    return "\n".join(lines).rstrip()


def whole(result: Result, most: int = MOST_BYTES) -> str:
    """The summary, and folded behind it what is said of every answer; without that where it would be too long."""
    short = summary(result) + "\n"
    folded = [_folded(question) for question in result.questions]
    long = "\n".join([short, *folded])
    return long if len(long.encode()) <= most else short


def _folded(question: QuestionResult) -> str:
    score = out_of(question.score, question.max_score)
    heading = f"Question {question.number}, {_text(question.title)}: {score}"
    return f"<details><summary>{heading}</summary>\n\n{feedback(question)}\n\n</details>\n"


def _action(action: Action) -> str:
    return f"1. {_text(action.sentence, MESSAGE_LIMIT)} **+{action.points}**"


def feedback(question: QuestionResult) -> str:
    """What is said of one answer: why points are lost, what has them, what was measured, what is worth knowing."""
    score = out_of(question.score, question.max_score)
    lines = [f"### Feedback on question {question.number}, {_text(question.title)}: {score}", ""]
    if (said := note_on(question)) is not None and not any(check.reason == "stopped" for check in question.checks):
        lines += [said, ""]
    if question.confidence < UNSURE:
        lines += [UNSURE_NOTE.format(number=question.number), ""]
    if question.status == "missing":
        lines += ["This is what was looked for:", ""]
        lines += [f"- {_text(check.title)} ({points(check.points)})" for check in question.checks]
    for note in notes(question):
        lines += _judged(note)
    lines += _passed(question) if question.status != "missing" else []
    drawn = [picture for picture in question.pictures if captions.shows_something(picture)]
    if drawn:
        lines += ["", "What was measured (the report draws it):", ""]
    lines += [
        f"- {_text(captions.title(picture))}: {_text(captions.summary(picture), MESSAGE_LIMIT)}" for picture in drawn
    ]
    told = remarks(question)
    lines += ["", "Worth knowing (it costs nothing):", ""] if told else []
    lines += [f"- {_text(remark.message, MESSAGE_LIMIT)}" for remark in told]
    return "\n".join(lines).rstrip()


def _judged(note: Note) -> list[str]:
    """A note as an item of a list. Two blanks end a line, which keeps the item in one paragraph."""
    check = note.first
    said = [_text(message, MESSAGE_LIMIT) for message in note.messages if message]
    how = UNSAID if note.is_unsaid else CHECK[check.status]
    lines = [
        f"- {SYMBOL[check.status]} **{out_of(note.earned, note.points)}** ({how})",
        *said,
    ]
    if not note.is_unsaid:
        lines += [f"{name}: <code>{literal(fact, FACT_LIMIT)}</code>" for name, fact in facts(check)]
        lines += [f"Looked for: {_text(each.title)}" for each in note.all]
    lines += [f"Why it matters: {_text(check.why, MESSAGE_LIMIT)}"] if check.why else []
    return [f"{line}  " if at == 0 else f"  {line}  " for at, line in enumerate(lines[:-1])] + [f"  {lines[-1]}"]


def _passed(question: QuestionResult) -> list[str]:
    passed = [check for check in question.checks if check.status == "pass"]
    if not passed:
        return []
    told = "".join(f"  \n  {_text(check.title)}" for check in passed)
    return [f"- {SYMBOL['pass']} **{with_full_points(len(passed), len(question.checks))}**{told}"]
