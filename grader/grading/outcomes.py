"""How the cells of a notebook ended, in words for the student, and what could not be had where it was run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from grader.answer.ended import CellOutcome
from grader.answer.evidence import Failure, Troubles
from grader.grading.wanting import Wanting
from grader.kernel.runs import CellRun
from grader.notebook.source.bindings import Statement
from grader.notebook.source.tracing import users

# What IPython adds to a SyntaxError: the name that it gave to the cell.
_IN_CELL = re.compile(r" \(\d{1,20}\.py, line \d{1,7}\)$")
_ADDONS = "tensorflow_addons"
NO_FAULTS = ("SyntaxError", "IndentationError", "NotImplementedError")
"""How cells end that are text, or were left as the template had them."""
LOADING = "load_data"
NUMBERS = (
    "The data set {} cannot be fetched, for grading has no network: random numbers of the same shapes stood in for it. "
    "What your code computes was judged, and whether a loss falls on them was not."
)


OF_MEMORY = "of memory"


def wants_memory(run: CellRun) -> bool:
    """Whether a cell ended, or its kernel, because there was not enough memory."""
    kind = "" if run.error is None else run.error.ename
    return OF_MEMORY in (run.excess or "") or kind.endswith("MemoryError") or kind == "ResourceExhaustedError"


class Outcomes:
    """Of each cell that has run; what is for the instructor is added to `flags`."""

    def __init__(
        self,
        statements: Mapping[int, tuple[Statement, ...]],
        question_of: Callable[[int], str | None],
        flags: list[str],
    ) -> None:
        self._statements, self._question_of, self._flags = statements, question_of, flags
        self._wanting = Wanting(statements)
        self._by_cell: dict[int, CellOutcome] = {}
        self._stand_ins: dict[str, set[int]] = {}
        """Data sets that random numbers stood in for, and the cells that use them."""
        self._blameless: set[int] = set()
        """Cells that ended with an error for what this machine does not have."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What the notebook asked for and could not be had, for the student."""
        return (*self._wanting.notes, *(NUMBERS.format(name) for name in sorted(self._stand_ins)))

    @property
    def is_broken(self) -> bool:
        """Whether code of an answer ended with an error that another Keras may not have.

        A kernel that ended would do so under any.
        """
        errors = {index for index, cell in self._by_cell.items() if cell.status == "error"} - self._blameless
        return any(self._question_of(index) is not None for index in errors)

    def of(self, cells: Iterable[int]) -> list[CellOutcome]:
        """How these cells ended, those that have run."""
        return [self._by_cell[cell] for cell in cells if cell in self._by_cell]

    def stand_ins(self, cells: Sequence[int]) -> list[str]:
        """The data sets for which numbers stood in, and which these cells use."""
        return [name for name, where in sorted(self._stand_ins.items()) if where & set(cells)]

    def died(self, index: int) -> None:
        """The kernel ended behind a cell that had run."""
        self._by_cell[index] = replace(self._by_cell[index], status="dead")

    def hear(self, troubles: Troubles, index: int) -> None:
        """What failed within a cell and was passed over, and what stood in for something else."""
        for failure in troubles.failures:
            self._pass_over(failure)
        for stood_in in troubles.stood_in:
            self._stand_ins.setdefault(stood_in.name, set()).update(users(self._statements, index, LOADING))

    def note(self, run: CellRun, count: int | None = None) -> None:
        """Keep how a cell ended, in words for the student, and what was not made for that."""
        error, index = run.error, run.index
        reason, line = run.excess, None
        if error is not None:
            line, text = error.line, _IN_CELL.sub("", error.evalue)
            explained = self._wanting.explained(error.ename, text, index, line)
            reason = f"{error.ename}: {text}" if explained is None else explained[0]
            if explained is not None and explained[1]:
                self._blameless.add(index)
            self._flag_missing_addons(reason)
            if self._question_of(index) is None and error.ename not in NO_FAULTS:
                self._pass_over(Failure(cell=index, line=line or 1, type=error.ename[:400], message=text[:400]))
            self._wanting.ended(index, line, "", (error.ename, text))
        elif run.status != "ok":
            self._wanting.ended(index, None, reason or "it was stopped, or its kernel ended")
        self._by_cell[index] = CellOutcome(index, run.status, reason, line, count, index in self._blameless)

    def _pass_over(self, failure: Failure) -> None:
        self._wanting.failed(failure)
        self._flag_missing_addons(failure.message)

    def _flag_missing_addons(self, error: str) -> None:
        """For the instructor, once in a notebook: what to install."""
        if f"'{_ADDONS}'" not in error:
            return
        flag = (
            "the notebook uses tensorflow-addons, which is not installed, so its answer lost points: "
            "install the grader with its extra `legacy` on Python 3.11 and grade it again (--again)"
        )
        if flag not in self._flags:
            self._flags.append(flag)
