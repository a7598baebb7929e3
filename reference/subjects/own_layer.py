"""A layer of the student's own that loops over time by itself: it has no cell, and no state of it can be chosen."""

from __future__ import annotations

from collections.abc import Iterator

from grader.answer.layer import Layer as LiveLayer
from grader.pack.pictures import Diagram
from grader.pack.verdict import Outcome, failed, passed
from reference.checks.comparing import Trial, try_sequence, verdict
from reference.recurrent.measure import unused_over_time
from reference.subjects.sequence_layer import Layer


class OwnLayer(Layer):
    """Asked for whole sequences alone: its numbers over a sequence tell whose they are."""

    def core_of(self, layer: LiveLayer) -> LiveLayer:
        """The layer as it is."""
        return layer

    def attempt(self, core: LiveLayer) -> Trial:
        """Over a sequence."""
        return try_sequence(self.answer, core)

    def unused(self, core: LiveLayer) -> list[str]:
        """Over a sequence."""
        return unused_over_time(core, self.answer.rng)

    def bounded(self, core: LiveLayer) -> bool:
        """Nobody sees its cell state."""
        return True

    def require_hidden_output(self, built: LiveLayer) -> None:
        """What it gives are its states."""

    def require_unrolling(self, core: LiveLayer) -> None:
        """It is what unrolls."""

    def computes(self) -> Outcome:
        """Over a sequence it gives the numbers of the reference."""
        return verdict(self.recognised(self.layer), f"Over a sequence your {self.label}", self.kind.name)

    def sees_its_cell_state(self) -> Outcome:
        """Its numbers are those of an LSTM with peepholes."""
        if self.recognised(self.layer).accepted:
            return passed("Over a sequence it gives the numbers of an LSTM whose gates see the cell state.")
        return failed(
            "Over a sequence your layer does not give the numbers of an LSTM whose gates see the cell state. The "
            "peepholes belong inside the sigmoids: σ(W x_t + U h_{t-1} + p * c_{t-1} + b).",
            expected="the numbers of a peephole LSTM",
            observed="other numbers",
        )

    def gates(self) -> Iterator[Diagram]:
        """Not to be measured."""
        return iter(())
