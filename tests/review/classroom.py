"""A class with doubtful verdicts, as a grade leaves it, and its review served by a process of its own."""

from __future__ import annotations

import hashlib
import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.result.model import Finding, Result
from tests.gradebook.classes import hand_in
from tests.report import samples

STATEMENT = "The gates decide how much of the state is kept."
MISTAKE = "Each step has weights of its own. All steps share them."
SAME = "A forget gate decides how much of the old state is kept."
EQUATION, EXPECTED = "h_t = tanh(W x_t + U h_t)", "h_t = tanh(W x_t + U h_{t-1} + b)"
CODE = "layer = LSTM(64)\nout = layer(x)"
WAIT_S = 60


@dataclass(frozen=True)
class Student:
    """What one student wrote, and how doubtful the verdicts are."""

    name: str
    sentence: str = SAME
    verdict: str = "missing"
    doubt: float = 0.6
    equation: str = EQUATION
    code: str = CODE
    status: str = "pass"
    wrong: str | None = None


def result_of(student: Student) -> Result:
    """The result: an explanation of a point and one that a misconception may cost, an equation of 3, code of 5."""
    earned = student.verdict == "said"
    lost = {"message": "Say what the gates do.", "expected": STATEMENT, "observed": student.sentence}
    said = {"message": "You say so.", "observed": student.sentence}
    idea = samples.check(
        "q1.idea", "explanation", STATEMENT, 1, "pass" if earned else "fail", **(said if earned else lost)
    )
    shared = "The same weights are used at every step."
    found = [finding("q1.idea", STATEMENT, student.verdict, student.sentence, student.doubt)]
    wrong = f"You write “{student.wrong}”, which is wrong. {MISTAKE}"
    more = {"message": wrong, "observed": student.wrong} if student.wrong else {"message": "You say so."}
    weights = samples.check("q1.shared", "explanation", shared, 1, "fail" if student.wrong else "pass", **more)
    if student.wrong:
        found.append(finding("q1.wrong-weights", MISTAKE, "accused", student.wrong, 0.5, "q1.shared"))
    formula = samples.check(
        "q1.formula", "equations", "The equation of the cell.", 3, "fail", "It is another.", expected=EXPECTED,
        observed=student.equation,
    )  # fmt: skip
    code = samples.check(
        "q1.computes", "behaviour", "It computes what the reference computes.", 5, student.status,
        "This could not be found out. A human will look at it.", expected="difference below 1e-5", observed="none",
    )  # fmt: skip
    made = samples.question(1, "answered", (0, 1), [idea, weights, formula, code], findings=tuple(found))
    result = samples.graded(questions=(made,), score=made.score, max_score=made.max_score, flags=())
    digest = hashlib.sha256(repr(student).encode()).hexdigest()
    about = result.submission.model_copy(
        update={"name": student.name, "file": f"{student.name}.ipynb", "sha256": digest}
    )
    return result.model_copy(update={"submission": about})


def finding(id_: str, statement: str, verdict: str, sentence: str, doubt: float, check: str = "") -> Finding:
    fields = {"id": id_, "check": check or id_, "statement": statement, "verdict": verdict}
    return Finding.model_validate({**fields, "sentence": sentence, "doubt": doubt})


def notebook_of(student: Student):
    """A text of three paragraphs, in the middle the sentence, and the code."""
    middle = f"{student.sentence} {student.wrong or ''}".strip()
    text = f"## LSTM\n\nIt reads a sequence.\n\n{middle}\n\n${student.equation}$\n\nThat is all."
    return new_notebook(cells=[new_markdown_cell(text), new_code_cell(student.code)])


def school(root: Path, students: Sequence[Student]) -> Path:
    """A folder of results of these students."""
    for student in students:
        hand_in(root, result_of(student), notebook_of(student))
    return root


def grader(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The command, to its end."""
    command = [sys.executable, "-m", "grader", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


@dataclass
class Served:
    """A review that is served, by its address without the secret, and with it."""

    address: str
    entrance: str
    process: subprocess.Popen[str]

    def kill(self) -> None:
        """End it with no chance to tidy up."""
        self.process.kill()
        self.process.wait()


@contextmanager
def served(folder: Path, *more: str, environment: Mapping[str, str] | None = None) -> Iterator[Served]:
    """`grader review`, ended when the block is left."""
    command = [sys.executable, "-m", "grader", "review", str(folder), "--no-browser", "--by", "prof", *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})})
    try:
        entrance = _entrance(process)
        yield Served(entrance.partition("/?")[0], entrance, process)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def _entrance(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end and select.select([process.stdout], [], [], max(0.0, end - time.monotonic()))[0]:
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        if found:
            return found[0]
        if not line:
            break
    raise AssertionError("the review has not begun")
