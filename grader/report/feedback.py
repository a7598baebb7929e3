"""feedback.ipynb: the executed notebook with a cell of feedback behind each answer, and a summary on top."""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from nbformat import NotebookNode, from_dict

from grader.report.captions import summary, title
from grader.report.literal import literal
from grader.report.marks import is_feedback, is_stale, mark, submitted_cells
from grader.report.words import (
    CHECK,
    NOTE,
    SYMBOL,
    UNSURE,
    UNSURE_NOTE,
    WHAT_TO_DO,
    WITHOUT_GRADE,
    Gain,
    facts,
    out_of,
    overview,
    points,
    question_status,
    remarks,
    worth_most,
)
from grader.result import CheckResult, QuestionResult, Result

TITLE_LIMIT, FACT_LIMIT, MESSAGE_LIMIT = 300, 400, 2_000
_GOOD_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
# A backtick of the text is written as its number, and so is every ampersand: this finds pairs of backticks alone.
_CODE = re.compile("&#96;((?:(?!&#96;).)+)&#96;")


def annotate(notebook: NotebookNode, result: Result) -> NotebookNode:
    """A copy of the executed notebook (nbformat 4.5) with feedback; annotating it again replaces the feedback.

    Feedback on an earlier submission, handed in again together with the notebook, is left out.
    """
    sha256 = result.submission.sha256
    submitted = submitted_cells(notebook, sha256)
    behind, at_end = _places(result.questions, len(submitted))
    cells = [_cell(None, "summary", _summary(result), sha256)]
    for index, cell in enumerate(submitted):
        if not is_stale(cell, sha256):
            cells.append(copy.deepcopy(cell))
        cells += [_cell(question.id, question.id, _feedback(question), sha256) for question in behind[index]]
    cells += [_cell(question.id, question.id, _feedback(question), sha256) for question in at_end]
    _identify(cells, sha256)
    metadata = copy.deepcopy(notebook.get("metadata", {}))
    return _node({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def _places(
    questions: Sequence[QuestionResult], cells: int
) -> tuple[dict[int, list[QuestionResult]], list[QuestionResult]]:
    """The questions whose answer ends with each cell, and those that have no cell in the notebook."""
    behind: dict[int, list[QuestionResult]] = defaultdict(list)
    at_end = []
    for question in questions:
        last = max(question.cells, default=cells)
        if last < cells:
            behind[last].append(question)
        else:
            at_end.append(question)
    return behind, at_end


def _cell(question: str | None, name: str, source: str, sha256: str | None) -> NotebookNode:
    ident = f"grader-{re.sub('[^a-zA-Z0-9_-]+', '-', name)}"[:64]
    return _node({"cell_type": "markdown", "id": ident, "metadata": mark(question, sha256), "source": source})


def _node(fields: dict[str, Any]) -> NotebookNode:
    node: NotebookNode = from_dict(fields)
    return node


def _identify(cells: Sequence[NotebookNode], sha256: str | None) -> None:
    """Give every cell an id of its own. Cells keep theirs if it is good; the feedback goes first."""
    taken: set[str] = set()
    for cell in sorted(cells, key=lambda cell: not is_feedback(cell, sha256)):
        wanted = str(cell.get("id", ""))
        if wanted in taken or not _GOOD_ID.fullmatch(wanted):
            wanted = next(name for name in _names() if name not in taken)
        cell["id"] = wanted
        taken.add(wanted)


def _names() -> Iterator[str]:
    return (f"cell-{number}" for number in count(1))


def _text(text: str, limit: int = TITLE_LIMIT) -> str:
    """Literal text, but what stands between backticks is set as code."""
    return _CODE.sub(r"<code>\1</code>", literal(text, limit))


def _summary(result: Result) -> str:
    heading = _text(result.assignment.title)
    if result.status != "graded":
        reason = _text(result.reason or "", MESSAGE_LIMIT)
        return f"# {heading}\n\n**{WITHOUT_GRADE[result.status]}.** {reason}\n\n{WHAT_TO_DO[result.status]}"
    lines = [f"# {heading}: {out_of(result.score, result.max_score)}", "", overview(result), ""]
    lines += ["| | Question | Points | |", "|--:|:--|--:|:--|"]
    lines += [
        f"| {item.number} | {_text(item.title)} | {item.score} of {item.max_score} | {question_status(item)} |"
        for item in result.questions
    ]
    gains = worth_most(result)
    lines += ["", "**What would earn most**", ""] if gains else []
    lines += [f"- {_gain(gain)}" for gain in gains]
    return "\n".join(lines).rstrip()


def _gain(gain: Gain) -> str:
    question = gain.question
    rest = f", and {points(gain.waiting)} more that wait for it" if gain.waiting else ""
    where = f"question {question.number}, {_text(question.title)}"
    return f"{points(gain.lost)}{rest}: {where}: {_text(gain.check.title)}"


def _feedback(question: QuestionResult) -> str:
    score = out_of(question.score, question.max_score)
    lines = [f"### Feedback on question {question.number}, {_text(question.title)}: {score}", ""]
    if question.status in NOTE:
        lines += [NOTE[question.status], ""]
    if question.confidence < UNSURE:
        lines += [UNSURE_NOTE.format(number=question.number), ""]
    if question.status == "missing":
        lines += ["This is what was looked for:", ""]
        lines += [f"- {_text(check.title)} ({points(check.points)})" for check in question.checks]
    else:
        for check in question.checks:
            lines += _judged(check)
    lines += ["", "What was measured (the report draws it):", ""] if question.pictures else []
    lines += [f"- {_text(title(picture))}: {_text(summary(picture), MESSAGE_LIMIT)}" for picture in question.pictures]
    lines += ["", "Worth knowing (it costs nothing):", ""] if question.advisories else []
    lines += [f"- {_text(remark.message, MESSAGE_LIMIT)}" for remark in remarks(question)]
    return "\n".join(lines).rstrip()


def _judged(check: CheckResult) -> list[str]:
    """A check as an item of a list. Two blanks end a line, which keeps the item in one paragraph."""
    earned = f"{CHECK[check.status]}, {out_of(check.earned, check.points)}"
    lines = [f"- {SYMBOL[check.status]} **{_text(check.title)}** ({earned})"]
    if check.message:
        lines.append(f"  {_text(check.message, MESSAGE_LIMIT)}")
    if check.status != "pass":
        lines += [f"  {name}: <code>{literal(fact, FACT_LIMIT)}</code>" for name, fact in facts(check)]
        lines += [f"  Why it matters: {_text(check.why, MESSAGE_LIMIT)}"] if check.why else []
    return [f"{line}  " for line in lines[:-1]] + lines[-1:]
