"""How a code cell of an answer ended, in words for the student: what happened, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from grader.pack.verdict import Todo
from grader.text import neutral

CellStatus = Literal["ok", "error", "timeout", "dead", "not_run"]
_NOT_DEFINED = re.compile(r"NameError: name '(\w{1,100})' is not defined")
_OF_THE_TEXT = re.compile(r"(?:SyntaxError|IndentationError|TabError|NameError): ")
"""Kinds of errors whose text says all that their name does."""
LONGEST = 160


@dataclass(frozen=True, slots=True)
class CellOutcome:
    """How one code cell of the answer ended; `reason` is the error in one line ("NameError: name 'x' ...").

    `count` is what Jupyter shows beside it when the notebook has run from top to bottom: 6 for `In [6]`. `blameless` is
    an error for what the machine does not have.
    """

    index: int
    status: CellStatus
    reason: str | None = None
    line: int | None = None
    count: int | None = None
    blameless: bool = False

    @property
    def name(self) -> str:
        """Its place, counted from 1 as people do, and the number that Jupyter shows: cell 12 (In [6])."""
        return f"cell {self.index + 1}" + ("" if self.count is None else f" (In [{self.count}])")


def describe(cell: CellOutcome) -> str:
    """How a cell ended, as a sentence for the student."""
    where = cell.name + (f", line {cell.line}" if cell.line else "")
    words = {
        "timeout": "it was stopped because it took too long",
        "dead": f"its kernel was ended, because {cell.reason}" if cell.reason else "the kernel died while it ran",
        "not_run": "it was not run, because the time for the whole notebook was over",
    }
    return sentence(f"{where}: {words.get(cell.status) or cell.reason or 'it raised an error'}")


def mend(cell: CellOutcome) -> Todo:
    """What to do about a cell that did not end well."""
    return Todo(sentence(_mended(cell)), "stopped", cell.name)


def _mended(cell: CellOutcome) -> str:
    reason = neutral(cell.reason or "", LONGEST)
    match cell.status:
        case "timeout":
            return f"Make {cell.name} faster: it was stopped because it took too long"
        case "dead":
            why = f"its kernel was ended, because {reason}" if reason else "the kernel died while it ran"
            return f"Change {cell.name}: {why}"
        case "not_run":
            return f"Make the notebook faster: its time was over before {cell.name} was run"
        case _ if cell.blameless:
            return f"Ask your teacher about {cell.name}: {reason}"
    name = _NOT_DEFINED.fullmatch(reason)
    said = f"`{name[1]}` is not defined" if name else _OF_THE_TEXT.sub("", reason, count=1)
    return f"Fix {cell.name}: {said or 'it raised an error'}"


def sentence(text: object) -> str:
    """The text with a stop at its end."""
    said = str(text).rstrip()
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."
