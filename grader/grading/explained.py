"""What an explanation earns for each concept of its question, in words for the student."""

from __future__ import annotations

from grader.answer.answer import Answer
from grader.language.prose import ConceptFinding, Coverage
from grader.pack.verdict import Outcome, Todo, failed, passed
from grader.result.wrong_statements import costing
from grader.text import neutral

QUOTED = 90
"""Characters of a sentence that are quoted in what is to be done."""
NOT_READ = "Your explanation is not in English, so it was not read. A human will look at it."


def unsaid(answer: Answer, coverage: Coverage) -> Todo | None:
    """What to do about an explanation of which nothing was read; None where there is one."""
    if coverage.foreign:
        return Todo("Write the explanation in English, or ask your teacher to read it.", "not-read")
    return None if any(text.strip() for text in answer.prose) else Todo("Explain it in words.", "no-words")


def explained(finding: ConceptFinding, shown: str | None, nothing: Todo | None) -> Outcome:
    """What a concept earns; the sentence that is quoted is the one that decided.

    `nothing` says what to do where nothing of the explanation was read.
    """
    concept, wrong = finding.concept, finding.spoiled
    if wrong is not None:
        message = costing(wrong.sentence, wrong.misconception.message, said_right_as_well=finding.covered)
        todo = Todo(f"Correct “{_quoted(wrong.sentence)}”.")
        return failed(message, expected=concept.statement, observed=wrong.sentence, todo=todo)
    if finding.contrary is not None:
        message = f"You say so, but also “{finding.contrary}”, which contradicts it. Say which of the two holds."
        todo = Todo(f"Say whether “{_quoted(finding.contrary)}” holds, or what it contradicts.")
        return failed(message, expected=concept.statement, observed=finding.contrary, todo=todo)
    if finding.covered:
        return passed("You say so.", observed=finding.sentence)
    if shown is not None:
        return passed("Your equation says so.", observed=shown)
    if nothing is not None and nothing.reason == "not-read":
        return failed(NOT_READ, expected=concept.statement, todo=nothing)
    if finding.named:
        message = (
            f"You name it (“{finding.sentence}”), but say nothing of it. Phrases alone count for half. {concept.hint}"
        )
        return failed(message, expected=concept.statement, observed=finding.sentence, todo=Todo(concept.hint))
    todo = nothing or Todo(concept.hint)
    return failed(concept.hint, expected=concept.statement, observed=finding.sentence, todo=todo)


def _quoted(text: str) -> str:
    return neutral(text, QUOTED).rstrip(".")
