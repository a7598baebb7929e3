"""What was seen of tampering in the kernel, as flags: each says what was done and where, for the instructor alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from grader.answer import evidence
from grader.answer.evidence import Nonsense, Trace
from grader.kernel.errors import KernelError, ProbeError
from grader.kernel.interface import LiveNotebook
from grader.protocol import operations as ops
from grader.result.names import INTEGRITY
from grader.text import neutral

PREFIX = f"{INTEGRITY} "
NAME = re.compile(r"[^\W\d]\w{1,99}")
DONE = {
    "objects": "code looks through the objects of its process ({})",
    "frames": "code looks at who calls it, while it is asked ({})",
    "tracing": "code has itself told of all that is done ({})",
    "memory": "code reaches into the memory of its own process ({})",
    "class": "the class of a layer was exchanged ({})",
    "code": "code that is not its own was read or exchanged ({})",
    "grader": "the grader was imported",
    "replaced": "something else was put in the place of {}",
    "handlers": "what answers the messages of the grader was exchanged",
    "transformer": "cells were rewritten before they ran",
    "module": "a module was made up, and put among those that can be imported ({})",
    "elsewhere": "what no line of a cell makes, but a handler or a thread, does not count ({})",
    "silent": "the kernel does not tell what was done in it",
    "records": "what was recorded was changed ({})",
    "another way": "code that runs once more goes another way than it did: it sets other names ({})",
}
HIDDEN = "code runs that no reader sees: it was put together or decoded ({})"
MOST, LONGEST, SECONDS = 12, 200, 10.0


class Lookout:
    """Asks a kernel what was seen there, again and again, and keeps it."""

    def __init__(self) -> None:
        self._seen: list[Trace] = []

    def look(self, session: LiveNotebook, cell: int) -> None:
        """What was done since, in code that ran or was asked; `cell` is the last one that ran."""
        try:
            told = session.ask(ops.Traces(), timeout=SECONDS)
            self._seen += evidence.read(evidence.Traces, {"seen": told}).seen
        except (ProbeError, Nonsense):
            self._seen.append(Trace(cell=cell, line=None, kind="silent", detail=""))
        except KernelError:  # of a kernel that has ended nobody knows more
            return

    def flags(self, sources: Sequence[str]) -> Iterator[str]:
        """See `tampering`."""
        return tampering(self._seen, sources)


def tampering(seen: Iterable[Trace], sources: Sequence[str]) -> Iterator[str]:
    """A flag for each kind in each cell; `sources` are those of all its code."""
    told = set[tuple[int, str]]()
    known: set[str] | None = None
    for trace in seen:
        said = DONE.get(trace.kind)
        if trace.kind == "hidden":
            known = {name for source in sources for name in NAME.findall(source)} if known is None else known
            said = (
                "code runs that no reader sees: it was put together or decoded ({})"
                if _is_hidden(trace, known)
                else None
            )
        if said is None or (trace.cell, trace.kind) in told or len(told) >= MOST:
            continue
        told.add((trace.cell, trace.kind))
        yield f"{PREFIX}{_place(trace)}: {said.format(neutral(trace.detail, 100))}"


def _is_hidden(trace: Trace, known: set[str]) -> bool:
    """Whether code that was made of a text uses names that stand nowhere in the notebook."""
    found = NAME.findall(trace.detail.partition(": ")[2])
    whole = found if len(trace.detail) < LONGEST else found[:-1]
    return any(name not in known and not name.startswith("__") for name in whole)


def _place(trace: Trace) -> str:
    if trace.cell < 0:
        return "before the first cell"
    return f"cell {trace.cell + 1}" + (f", line {trace.line}" if trace.line else "")
