"""A class as large as one likes, made at random from the questions, checks and wrong statements of the shipped pack.

Students differ in how much they know, and checks in how hard they are, so the figures of such a class look like those
of a real one.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.pack.questions import Check, Concept, Question
from grader.result.doubts import with_doubt
from grader.result.file import write as write_result
from grader.result.model import AssignmentInfo, CheckResult, Environment, QuestionResult, Result, SubmissionInfo
from grader.result.wrong_statements import costing
from reference.pack import assignment
from tests.gradebook.classes import call_the_roll, row

ABOUT = AssignmentInfo(id=assignment.id, title=assignment.title, version=assignment.version)

WHERE = Environment(python="3.11.9", tensorflow="2.21.0", keras="3.12.0", keras_generation=3, sandbox=("landlock",))


def results(count: int, seed: int = 0) -> Iterator[Result]:
    """So many results, named student-0000 and so on; some are doubtful, one in forty has no grade."""
    rng = random.Random(seed)
    hardness = {each.id: rng.gauss(-0.4, 1.0) for question in assignment.questions for each in _judged(question)}
    for number in range(count):
        knows = rng.gauss(0.6, 1.1)
        questions = tuple(_question(question, knows, hardness, rng) for question in assignment.questions)
        yield _result(f"student-{number:04}", number, questions, rng)


def _judged(question: Question) -> list[Concept | Check]:
    return [*question.concepts, *question.checks]


def _result(name: str, number: int, questions: tuple[QuestionResult, ...], rng: random.Random) -> Result:
    about = SubmissionInfo(name=name, file="notebook.ipynb", sha256=f"{number:064x}")
    fields = {"assignment": ABOUT, "submission": about, "environment": WHERE, "graded_on": date(2026, 12, 1)}
    if rng.random() < 1 / 40:
        reason = "notebook.ipynb is no notebook: its JSON ends in line 3"
        none = {"status": "unreadable", "reason": reason, "score": 0, "max_score": 100, "duration_s": 0.1}
        return Result.model_validate({**fields, **none})
    doubts = [rng.choice(questions) for _ in range(rng.choice((0, 0, 0, 1, 2)))]
    looks = [f"{each.checks[0].id}: please look, “{each.checks[0].title}” counts as missing" for each in doubts]
    flags = [with_doubt(look, 0.2 + 0.6 * rng.random()) for look in looks]
    if rng.random() < 1 / 60:
        flags.append("integrity: cell 12 replaces what the grader measures with")
    score, most = sum(each.score for each in questions), sum(each.max_score for each in questions)
    given = {"status": "graded", "score": score, "max_score": most, "questions": questions, "flags": tuple(flags)}
    return Result.model_validate({**fields, **given, "duration_s": 10.0})


def _question(question: Question, knows: float, hardness: dict[str, float], rng: random.Random) -> QuestionResult:
    missing = rng.random() < 0.05
    wrong = rng.choice(question.misconceptions) if question.misconceptions and rng.random() < 0.4 - knows / 8 else None
    checks = []
    for each in _judged(question):
        share = 1 / (1 + math.exp(hardness[each.id] - 1.2 * knows))
        passed = not missing and rng.random() < share
        if wrong is not None and isinstance(each, Concept) and not missing:
            sentence = rng.choice(wrong.says)
            checks.append(_check(each, False, costing(sentence, wrong.message, said_right_as_well=passed), sentence))
            wrong = None
            continue
        message = "You say so." if isinstance(each, Concept) else "As expected."
        checks.append(_check(each, passed, message if passed else _told(each, rng)))
    fields = {"id": question.id, "number": question.number, "title": question.title, "prompt": question.prompt}
    score, most = sum(each.earned for each in checks), sum(each.points for each in checks)
    status = "missing" if missing else "error" if rng.random() < 0.03 else "answered"
    more = {
        "score": score,
        "max_score": most,
        "status": status,
        "cells": () if missing else (question.number,),
        "confidence": 1.0,
        "checks": checks,
    }
    return QuestionResult.model_validate({**fields, **more})


def _told(judged: Concept | Check, rng: random.Random) -> str:
    if isinstance(judged, Concept):
        return judged.hint
    return f"Expected {rng.choice((4, 8))} of them, found {rng.choice((3, 5, 7))}. Look at it once more."


def _check(judged: Concept | Check, passed: bool, message: str, observed: str | None = None) -> CheckResult:
    points = 1 if isinstance(judged, Concept) else judged.points
    kind, title = ("explanation", judged.statement) if isinstance(judged, Concept) else (judged.kind, judged.title)
    status = {"status": "pass" if passed else "fail", "points": points, "earned": points if passed else 0}
    return CheckResult.model_validate(
        {"id": judged.id, "kind": kind, "title": title, "message": message, "observed": observed, **status}
    )


def write_class(root: Path, count: int, cells: list[list[tuple[bool, str]]], absent: int = 2) -> None:
    """A folder of results, with the executed notebooks beside them, whose cells are given in turn, and a roll."""
    rows = []
    for number, result in enumerate(results(count)):
        name = result.submission.name
        (root / name).mkdir(parents=True)
        write_result(result, root / name / "result.json")
        (root / name / "report.html").write_text(f"<title>{name}</title>")
        if cells and result.status == "graded":
            made = [(new_code_cell if code else new_markdown_cell)(text) for code, text in cells[number % len(cells)]]
            nbformat.write(new_notebook(cells=made), root / name / "feedback.ipynb")
        rows.append(row(name, name, person={"name": f"Student Number {number}"}))
    rows += [row(f"absent-{number}") for number in range(absent)]
    call_the_roll(root, rows)
