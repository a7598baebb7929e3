"""What a student's own look has found, as a piece of HTML for a cell of Jupyter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.report.templates import environment


def fragment_of(look: Mapping[str, Any]) -> str:
    """The verdicts; nothing of a notebook is taken as markup."""
    return environment().get_template("look.html").render(look=look)
