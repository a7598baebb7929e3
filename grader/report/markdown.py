"""A result in Markdown: for the notebook with feedback, the summary of a workflow, the text of a release."""

from __future__ import annotations

import re

from grader.report import captions
from grader.report.literal import literal
from grader.result.model import CheckResult, QuestionResult, Result
from grader.result.phrases import (
    CHECK,
    MOST_NOTES,
    NOT_TO_BE_HAD,
    SYMBOL,
    UNSURE,
    UNSURE_NOTE,
    WHAT_TO_DO,
    WITHOUT_GRADE,
    Gain,
    facts,
    note,
    out_of,
    overview,
    points,
    question_status,
    remarks,
    worth_most,
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
    """How the whole stands, a line for each question, and what would earn most."""
    heading = _text(result.assignment.title)
    if result.status != "graded":
        reason = _text(result.reason or "", MESSAGE_LIMIT)
        return f"# {heading}\n\n**{WITHOUT_GRADE[result.status]}.** {reason}\n\n{WHAT_TO_DO[result.status]}"
    lines = [f"# {heading}: {out_of(result.score, result.max_score)}", "", overview(result), ""]
    if result.notes:
        lines += [NOT_TO_BE_HAD, "", *(f"- {_text(note, FACT_LIMIT)}" for note in result.notes[:MOST_NOTES]), ""]
    lines += ["| | Question | Points | |", "|--:|:--|--:|:--|"]
    lines += [
        f"| {item.number} | {_text(item.title)} | {item.score} of {item.max_score} | {question_status(item)} |"
        for item in result.questions
    ]
    gains = worth_most(result)
    lines += ["", "**What would earn most**", ""] if gains else []
    lines += [_gain(gain) for gain in gains]
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


def _gain(gain: Gain) -> str:
    what = f"**+{points(gain.points)}: {_text(gain.title)}**"
    return f"- {what} ({_text(gain.where)})  \n  {_text(gain.message, MESSAGE_LIMIT)}"


def feedback(question: QuestionResult) -> str:
    """What is said of one answer: each check, what was measured, what is worth knowing."""
    score = out_of(question.score, question.max_score)
    lines = [f"### Feedback on question {question.number}, {_text(question.title)}: {score}", ""]
    if (said := note(question)) is not None:
        lines += [said, ""]
    if question.confidence < UNSURE:
        lines += [UNSURE_NOTE.format(number=question.number), ""]
    if question.status == "missing":
        lines += ["This is what was looked for:", ""]
        lines += [f"- {_text(check.title)} ({points(check.points)})" for check in question.checks]
    else:
        for check in question.checks:
            lines += _judged(check)
    if question.pictures:
        lines += ["", "What was measured (the report draws it):", ""]
    lines += [
        f"- {_text(captions.title(picture))}: {_text(captions.summary(picture), MESSAGE_LIMIT)}"
        for picture in question.pictures
    ]
    lines += ["", "Worth knowing (it costs nothing):", ""] if question.advisories else []
    lines += [f"- {_text(remark.message, MESSAGE_LIMIT)}" for remark in remarks(question)]
    return "\n".join(lines).rstrip()


def _judged(check: CheckResult) -> list[str]:
    """A check as an item of a list. Two blanks end a line, which keeps the item in one paragraph."""
    earned = f"{CHECK[check.status]}, {out_of(check.earned, check.points)}"
    lines = [f"- {SYMBOL[check.status]} **{_text(check.title)}** ({earned})"]
    if check.message:
        lines.append(f"  {_text(check.message, MESSAGE_LIMIT)}")
    if check.status != "pass" or check.kind == "explanation":
        lines += [f"  {name}: <code>{literal(fact, FACT_LIMIT)}</code>" for name, fact in facts(check)]
    if check.status != "pass" and check.why:
        lines.append(f"  Why it matters: {_text(check.why, MESSAGE_LIMIT)}")
    return [f"{line}  " for line in lines[:-1]] + lines[-1:]
