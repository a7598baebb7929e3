"""A pack whose one check does what reading a text must never do, as the text says."""

from __future__ import annotations

import ctypes

from grader.answer.answer import Answer
from grader.pack.questions import Assignment, Question, Topic
from grader.pack.verdict import Outcome, passed

question = Question(1, "GRU", "Explain the GRU.", Topic((r"\bGRU\b",)))


@question.check("explanation", points=10)
def read(answer: Answer) -> Outcome:
    """The text is read."""
    said = " ".join(answer.prose)
    while "endless" in said:
        pass
    held = []
    while "huge" in said:
        held.append("x" * (1 << 20))
    if "crash" in said:
        ctypes.string_at(0)
    return passed("It was.")


assignment = Assignment("hungry", "Hungry", "1", (question,))
