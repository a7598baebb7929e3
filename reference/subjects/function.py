"""A function of the student's own that computes one step with arrays."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from grader.answer.layer import Layer
from grader.pack.verdict import Missed, Outcome, passed
from reference.checks.comparing import is_right, recognise
from reference.recurrent.cells import Weights
from reference.recurrent.own_cells import memory
from reference.recurrent.recognise import Recognition
from reference.subjects.cell import Cell

MOST_NUMBERS = 12


class Function(Cell):
    """Asked as a cell is, in the way in which its arrays were read."""

    def require_steps(self) -> None:
        """It was seen when it was called, with the arrays of one step."""

    @property
    def remembers(self) -> bool:
        """Whether one of its states is a cell state, where its kind has one."""
        if self.kind.states == 1:
            return True
        try:
            return memory(self.layer, self.answer.rng) is not None
        except Missed:
            return False

    @property
    def is_right(self) -> bool:
        """Whether it computes what the reference does, under some reading of its weights."""
        try:
            trial = self.attempt(self.layer)
        except Missed:
            return False
        return is_right(self.kind, trial.readings(self.kind, self.layer), trial)

    def _recognise(self, core: Layer) -> Recognition:
        """As of any cell; where it has no bias among its arrays, also with a number in the code as one."""
        trial = self.attempt(core)
        plain = list(trial.readings(self.kind, core))
        found = recognise(self.kind, plain, trial)
        if not found.accepted and not any(w.bias.any() for w in plain):
            for number in _numbers(self.answer.code):
                one = recognise(self.kind, [_with_bias(w, number) for w in plain], trial)
                if one.right:
                    return one
        return found

    def parameters(self) -> Outcome:
        """A bias that is one number for all units is one as well."""
        core = self.core_of(self.layer)
        without = self.kind.count(core.units or 0, core.inputs or 0, use_bias=False)
        if core.parameters == without.value and self.is_proved(core) and not self._is_right_without(core):
            return passed(
                f"Your {self.label} has {without.value:,} weights, and one number as the bias of all units.",
                expected=without.worked,
                observed=core.parameters,
            )
        return super().parameters()

    def _is_right_without(self, core: Layer) -> bool:
        trial = self.attempt(core)
        return recognise(self.kind, list(trial.readings(self.kind, core)), trial).accepted

    @property
    def is_accepted(self) -> bool:
        """The same, or by a convention that is as good."""
        return self.is_proved(self.layer)


def _with_bias(w: Weights, number: float) -> Weights:
    return replace(w, bias=np.full_like(w.bias, number))


def _numbers(sources: Sequence[str]) -> Iterator[float]:
    """Numbers that stand in code, but zero, with both signs."""
    found: dict[float, None] = {}
    for source in sources:
        with suppress(SyntaxError):
            values = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
            found |= {float(value): None for value in values if isinstance(value, int | float) and value}
    for number in list(found)[:MOST_NUMBERS]:
        yield from (number, -number)
