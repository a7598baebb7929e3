"""The equations that a student wrote, judged as statements of a system: see `grader.language.equations`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.answer.answer import Answer
from grader.language import equations
from grader.language.equations import StatementVerdict, System, SystemVerdict
from grader.pack.verdict import Remark
from reference.recurrent.equations import NAMES

MENTIONED = ("wrong", "unreadable")
_WORDS = 400
"""What is said of a list of equations is no longer."""


def judged(answer: Answer, system: System) -> SystemVerdict:
    """What became of each statement of the system in the texts of an answer, and in the code that they show."""
    return answer.once(("equations", system.name), lambda: _judge((*answer.prose, *answer.shown), system))


def _judge(texts: tuple[str, ...], system: System) -> SystemVerdict:
    whole = [_with_words_around(texts, at) for at in range(len(texts))]
    return equations.judge([found for text in whole for found in equations.find(text, NAMES)], system)


def _with_words_around(texts: Sequence[str], at: int) -> str:
    """A text with the last words of the one before it and the first of the one behind: cells speak of each other."""
    before = texts[at - 1].rstrip().rpartition("\n\n")[2] if at else ""
    behind = texts[at + 1].lstrip().partition("\n\n")[0] if at + 1 < len(texts) else ""
    words = [part if "=" not in part and len(part) < _WORDS else "" for part in (before, behind)]
    return "\n\n".join(part for part in (words[0], texts[at], words[1]) if part)


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
