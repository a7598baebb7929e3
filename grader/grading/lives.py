"""A new kernel in the place of one that has ended: what has to run in it again, so that only one answer is lost.

Cells outside of the answers are run again, and what later cells read: functions, classes, imports, data. Never what
ended the kernel, and never a training of an answer that was judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from grader.grading.bringing_files import bring
from grader.grading.surveying import ASK_SECONDS
from grader.kernel.errors import KernelError
from grader.kernel.interface import LiveNotebook
from grader.notebook.source.bindings import Statement
from grader.protocol import operations as ops

TRAINS = re.compile(r"\.(?:fit|fit_generator|train_on_batch|train_step|evaluate|predict)\(|apply_gradients")
BUILDS = re.compile(r"\w{1,100}\.(?:add|compile|build|append|extend|update|load_weights|set_weights)\(")
BRANCHES = ("if ", "for ", "while ", "with ", "try:")


class Lives:
    """The kernels of one notebook, one after the other."""

    def __init__(
        self,
        sources: Mapping[int, str],
        statements: Mapping[int, tuple[Statement, ...]],
        question_of: Callable[[int], str | None],
        files: Sequence[tuple[str, Path]] = (),
    ) -> None:
        self._files = files
        self._sources, self._statements, self._question_of = sources, statements, question_of
        self._fatal: set[int] = set()
        self._only_definitions: set[int] = set()
        """Of these cells nothing else may be run again."""
        self._ran: list[int] = []

    def ran(self, cell: int) -> None:
        """A cell was run in the kernel that there is."""
        self._ran.append(cell)

    def ended_in(self, cell: int, *, filled: bool) -> None:
        """A kernel has ended while this cell ran, or its answer was asked; `filled` where that was for its memory."""
        self._fatal.add(cell)
        if filled or self._question_of(cell) is not None:
            self._only_definitions.add(cell)

    def answers_before(self, question: str | None) -> bool:
        """Whether other answers have run in the kernel that there is."""
        return any(self._question_of(cell) not in (None, question) for cell in self._ran)

    def begin_anew(self, session: LiveNotebook, cells: Sequence[int], seed: int, within_s: float) -> None:
        """Take a new kernel, for `cells` that are to be run in it. Raises LaunchError."""
        self._go_on(session, cells, seed, within_s)
        if not session.alive:  # what ended the last one is among the pieces still
            self._only_definitions |= self._fatal
            self._go_on(session, cells, seed, within_s)
        if not session.alive:
            session.restart()

    def _go_on(self, session: LiveNotebook, cells: Sequence[int], seed: int, within_s: float) -> None:
        session.restart()
        self._ran = []
        bring(session, self._files)
        pieces = self.pieces(cells)
        if pieces:
            with suppress(KernelError):  # what cannot be run again is missed where it is used
                session.ask(ops.Begin(pieces[0][0], seed), timeout=ASK_SECONDS)
                again = ops.Again(tuple(cell for cell, _ in pieces), tuple(text for _, text in pieces))
                session.ask(again, timeout=within_s)

    def rest_of(self, cell: int, line: int) -> list[tuple[int, str]]:
        """The statements of a cell behind the one on a line."""
        return [_piece(each) for each in self._statements.get(cell, ()) if each.first_line > line]

    def pieces(self, cells: Sequence[int]) -> list[tuple[int, str]]:
        """What has to run before `cells` that are in a kernel in which nothing has: cells and pieces of their code."""
        if not cells:
            return []
        needed, kept = self._read_by(cells), list[tuple[int, str]]()
        for cell in sorted((index for index in self._sources if index < min(cells)), reverse=True):
            found = self._statements.get(cell, ())
            if self._question_of(cell) is None and cell not in self._fatal:
                needed |= {name for each in found for name in each.reads}
                kept.append((cell, self._sources[cell]))
                continue
            for each in reversed(found):
                if self._is_needed(each, needed):
                    needed = (needed - each.binds if always_binds(each) else needed) | each.reads
                    kept.append(_piece(each))
        return kept[::-1]

    def _is_needed(self, statement: Statement, needed: set[str]) -> bool:
        if statement.cell in self._only_definitions and not statement.defines:
            return False
        if TRAINS.search(statement.text) and not statement.defines:
            return False
        if BUILDS.match(statement.text):
            return statement.text.partition(".")[0] in needed
        return bool(statement.binds & needed)

    def _read_by(self, cells: Sequence[int]) -> set[str]:
        """The names that cells read before they bind them."""
        read, bound = set[str](), set[str]()
        for each in (each for cell in cells for each in self._statements.get(cell, ())):
            read |= each.reads - bound
            bound |= each.binds if always_binds(each) else set()
        return read


def _piece(statement: Statement) -> tuple[int, str]:
    """Its cell, and its text on its own line."""
    return statement.cell, "\n" * (statement.first_line - 1) + statement.text


def always_binds(statement: Statement) -> bool:
    """Whether it makes its names from nothing that they stood for before."""
    return not statement.text.startswith(BRANCHES) and not statement.binds & statement.reads
