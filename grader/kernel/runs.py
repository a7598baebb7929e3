"""What running one cell came to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

CellStatus = Literal["ok", "error", "timeout", "dead", "not_run"]

_ANSI = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]")
_PLACE = re.compile(r"Cell In ?\[(\d{1,7})\], line (\d{1,7})|File <ipython-input-(\d{1,7})-\w{1,40}>:(\d{1,7})")


@dataclass(frozen=True, slots=True)
class CellError:
    """An error as the kernel reported it.

    `line` counts the cell's own lines from 1: where the error was raised, or, if that was deeper, the line of this
    cell that led there. It is None where the traceback does not say.
    """

    ename: str
    evalue: str
    line: int | None
    traceback_text: str


@dataclass(frozen=True, slots=True)
class CellRun:
    """The run of the cell at `index`.

    - `ok`: it ran to its end, or there was nothing to run.
    - `error`: it raised the `error`.
    - `timeout`: it took too long and was interrupted, or its kernel was killed because it ignored that.
    - `dead`: its kernel ended.
    - `not_run`: the kernel had ended before, or the notebook's time was used up.
    """

    index: int
    status: CellStatus
    error: CellError | None
    duration_s: float
    dropped: int = 0
    """So many characters of output were not kept."""
    excess: str | None = None
    """Why the kernel was ended, where that was for using more than it may."""


def cell_error(reply: dict[str, Any]) -> CellError:
    """The error in the content of a kernel's reply, which `messages.readable` has read."""
    text = _ANSI.sub("", "\n".join(reply["traceback"]))
    places = [(m[1] or m[3], m[2] or m[4]) for m in _PLACE.finditer(text)]
    own = [int(line) for count, line in places if int(count) == reply["execution_count"]]
    return CellError(reply["ename"], reply["evalue"], own[-1] if own else None, text)
