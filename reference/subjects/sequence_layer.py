"""A layer over sequences, of Keras or around a cell of the student's own."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.answer.layer import Layer as LiveLayer
from grader.pack.pictures import Dependence
from grader.pack.verdict import Outcome, Todo, failed, miss, passed
from reference.checks import drawing
from reference.checks.comparing import ALLOWED
from reference.checks.running import over_a_sequence, states_over_time
from reference.checks.seeing import what_outputs_see
from reference.checks.training import contains
from reference.loops.recurrences import forgets
from reference.recurrent.measure import dependence
from reference.recurrent.recognise import TOLERANCE, difference
from reference.subjects.live import Live
from reference.subjects.subject import OverTime

MORE_TRIES = 4
SMALLEST = 1e-12


class Layer(Live, OverTime):
    """Asked for single steps through its cell, and for whole sequences."""

    def require_unrolling(self, core: LiveLayer) -> None:
        """Compared once, on its own weights."""
        built = self.layer.built()
        self.answer.once(("unrolling", built.facts.ref), lambda: self._unroll(built, core))

    def _unroll(self, built: LiveLayer, cell: LiveLayer) -> None:
        x, found = over_a_sequence(self.answer, built)
        output = cell.scan(x[:, ::-1] if built.setting("go_backwards") is True else x)
        last = found[:, -1] if found.ndim == 3 else found
        if difference(last, output) > TOLERANCE:
            miss(
                f"Over a sequence your {built.label} does not give what its own cell gives, one step after the other.",
                expected=ALLOWED,
                observed="another output",
            )

    def states(self) -> Outcome:
        """Where it is called step by step, its states are handed on."""
        self._require_memory()
        return super().states()

    def answers(self) -> Outcome:
        """The same."""
        self._require_memory()
        return super().answers()

    def _require_memory(self) -> None:
        """End the check where the answer calls the layer on one time step after the other, each time from zeros."""
        calls = [call for call in self.layer.facts.calls if call.by_student and call.concrete and call.inputs]
        single = [len(call.inputs) == 1 and len(call.inputs[0]) == 3 and call.inputs[0][1] == 1 for call in calls]
        if self.layer.facts.custom or not calls or not all(single):
            return
        steps = [family.step for family in self.kind.families]
        forgotten = ("layer forgets", self.kind.name)
        if self.answer.once(forgotten, lambda: any(forgets(self.answer, self.kind, step) for step in steps)):
            miss(
                f"Your {self.label} is called on one time step after the other, and does not get its last state "
                "(initial_state): it begins from zeros each time, and remembers nothing.",
                expected="the state of the step before",
                observed="zeros at each step",
            )

    def output_of(self, built: LiveLayer) -> Outcome:
        """Over a sequence."""
        return states_over_time(self.answer, built)

    def depends(self) -> Outcome:
        """Measured: the last output changes with each time step of the input."""
        self.require_use()
        built, rng = self.layer.built(), self.answer.rng
        sees = dependence(built, rng, built.inputs or 1)
        for _ in range(MORE_TRIES):
            # A unit of ReLU that is at zero passes nothing on; for another input it may.
            sees = sees if sees[-1].all() else sees | dependence(built, rng, built.inputs or 1)
        if sees[-1].all():
            return passed("The last output depends on every time step of the input.")
        message, todo = (
            "The last output does not depend on every earlier input.",
            Todo("Hand each state on to the next step."),
        )
        return failed(message, expected="all", observed="not all", todo=todo)

    def in_a_model(self) -> Outcome:
        """It gives over a sequence what its cell gives, step after step."""
        self.require_unrolling(self.core_of(self.layer))
        if not any(contains(model, self.layer) for model in self.answer.models):
            return passed(f"Found: {self.label}, used on its own.", observed=self.label)
        return passed(f"Found: {self.label} inside a model.", observed=self.label)

    def error_goes_back(self) -> Outcome:
        """Differentiated: the last output by each time step of the input."""
        self.require_use()
        built = self.layer.built()
        inputs = self.answer.rng.normal(size=(4, built.length or 10, built.inputs or 1))
        norms = built.step_gradients(inputs)
        shown = f"{norms[0]:.2g} at the first time step, {norms[-1]:.2g} at the last"
        if np.isfinite(norms).all() and norms[0] > SMALLEST * max(norms.max(), SMALLEST):
            return passed("The gradient flows back through all time steps.", expected="above zero", observed=shown)
        return failed(
            "No gradient arrives at the first time step: the steps are not connected, or one of them cuts the "
            "gradient.",
            todo=Todo("Connect the time steps, so that the gradient goes from the last to the first."),
            expected="above zero",
            observed=shown,
        )

    def sight(self) -> Iterator[Dependence]:
        """Measured on random inputs."""
        return drawing.dependence(what_outputs_see(self.answer, self.layer.built()))
