"""What a pack expects of each question, as data, and as a page for instructors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from markupsafe import Markup

from grader.pack.questions import Assignment, Question
from grader.report.templates import environment, folder

STYLESHEET = "report.css"


def answer_sheet(pack: Assignment, number: int | None, given: Mapping[str, int]) -> dict[str, Any]:
    """What is expected of a question, or of all, for sizes of which some are given; nothing in it is measured yet."""
    questions = [each for each in pack.questions if number in (None, each.number)]
    return {
        "assignment": {"id": pack.id, "title": pack.title, "version": pack.version},
        "questions": [_of(question, given) for question in questions],
    }


def _of(question: Question, given: Mapping[str, int]) -> dict[str, Any]:
    sheet = question.sheet
    expected = None if sheet is None else sheet.expected(given)
    return {
        "id": question.id,
        "number": question.number,
        "title": question.title,
        "prompt": question.prompt,
        "max_score": question.max_score,
        "sizes": {} if sheet is None else {each.name: given.get(each.name, each.usual) for each in sheet.sizes},
        "facts": [] if expected is None else [asdict(fact) for fact in expected.facts],
        "equations": [] if expected is None else list(expected.equations),
        "explanation": [{"id": each.id, "statement": each.statement, "points": 1} for each in question.concepts],
        "checks": [
            {"id": each.id, "kind": each.kind, "title": each.title, "why": each.why, "points": each.points}
            for each in question.checks
        ],
    }


def page_of(sheet: Mapping[str, Any]) -> str:
    """The page as HTML; it loads nothing and runs nothing."""
    style = Markup((folder() / STYLESHEET).read_text(encoding="utf-8"))
    return environment().get_template("answer_sheet.html").render(sheet=sheet, stylesheet=style)
