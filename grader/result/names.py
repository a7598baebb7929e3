"""The files of a result, by name, and what a command that works with them may refuse."""

from __future__ import annotations

from typing import Literal

RESULT, REPORT, FEEDBACK = "result.json", "report.html", "feedback.ipynb"
PROOF = ".proof"
"""That the others are our own; see `grader.result.proof`."""


INTEGRITY = "integrity:"
"""How a flag begins that tells of points which somebody wanted to earn unseen."""

Reader = Literal["student", "instructor"]
"""For whom a report is: what a person is to look at is for the instructor alone."""


class BadRequest(Exception):
    """The command cannot be carried out as given; the message says what to change."""
