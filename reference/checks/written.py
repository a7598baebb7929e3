"""The equations that a student wrote, judged as statements of a system: see `grader.language.equations`."""

from __future__ import annotations

from collections.abc import Iterator

from grader.answer.answer import Answer
from grader.language import equations
from grader.language.equations import StatementVerdict, System, SystemVerdict
from grader.pack.verdict import Remark
from reference.recurrent.equations import NAMES

MENTIONED = ("wrong", "unreadable")


def judged(answer: Answer, system: System) -> SystemVerdict:
    """What became of each statement of the system in the texts of an answer, and in the code that they show."""
    return answer.once(("equations", system.name), lambda: _judge((*answer.prose, *answer.shown), system))


def _judge(texts: tuple[str, ...], system: System) -> SystemVerdict:
    return equations.judge([found for text in texts for found in equations.find(text, NAMES)], system)


def remarks(answer: Answer, system: System) -> Iterator[Remark]:
    """What there is to say about the equations of an answer that is not asked for any: which are right, what is wrong.

    Nothing where none of them is there.
    """
    verdict = judged(answer, system)
    statements = [(statement, verdict.statements[statement.id]) for statement in system.statements]
    for statement, found in statements:
        if found.status == "right":
            message = f"{statement.title}: your equation was evaluated, and computes what that of a {system.name} does."
            yield Remark(message, observed=found.student_text)
    for statement, found in statements:
        if found.status in MENTIONED:
            yield Remark(_sentence(found, statement.title), statement.reference, found.student_text)


def _sentence(found: StatementVerdict, title: str) -> str:
    written = f" (“{' '.join(found.student_text.split())}”)" if found.student_text else ""
    return f"{title}, as you wrote it{written}: {found.message}"


def right(answer: Answer, system: System, *statements: str) -> str | None:
    """One of these statements, as the student wrote it, if all of them are right; else None."""
    found = [judged(answer, system).statements[statement] for statement in statements]
    return found[0].student_text if all(each.status == "right" for each in found) else None
