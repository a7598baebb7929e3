"""Two recurrent layers that a student joined by hand: in a model, or in a layer of the student's own."""

from __future__ import annotations

from grader.pack.verdict import Outcome, failed, passed
from reference.checks.joining import Reading, joint_of
from reference.checks.running import BATCH
from reference.checks.seeing import features_of, length_of
from reference.recurrent.cells import Array
from reference.recurrent.kinds import Kind
from reference.recurrent.measure import sequences
from reference.subjects.two_layers import TwoLayers


class Joined(TwoLayers):
    """Each layer is asked, and it is looked for what both give together."""

    def held(self) -> int | None:
        """Those of all recurrent layers inside."""
        return sum(part.parameters or 0 for part in self.parts)

    def matches(self, kind: Kind) -> Outcome:
        """Each layer computes its direction, and somewhere both are joined step by step."""
        return self.answer.once(("joined", self.layer.facts.ref), self._traced)

    def _traced(self) -> Outcome:
        """On random numbers, and on those that the answer gave it."""
        answer, layer = self.answer, self.layer
        x = sequences(layer, answer.rng, BATCH, length_of(answer, layer), features_of(layer))
        found = self._traced_on(x)
        own = [run.inputs[0] for run in layer.own_runs() if len(run.inputs) == 1]
        return self._traced_on(own[-1]) if own and found.share else found

    def _traced_on(self, x: Array) -> Outcome:
        answer, layer, parts = self.answer, self.layer, self.parts
        names = ", ".join(part.label for part in parts)
        drawn = {part.facts.ref: part.random_weights(answer.rng) for part in parts}
        calls = layer.trace(x, drawn)
        read = [Reading.of(part, drawn[part.facts.ref], calls) for part in parts]
        for part, reading in zip(parts, read, strict=True):
            if reading is not None and not reading.right:
                return failed(
                    f"Your {part.label} does not compute over a sequence what its equations say.",
                    expected="the numbers of the reference",
                    observed="other numbers",
                )
        joint = joint_of([reading for reading in read if reading is not None], calls)
        if joint is not None:
            return passed(
                f"Two layers that read in opposite directions ({names}) are joined by hand.",
                expected="both outputs of each time step, side by side",
                observed="joined: (" + ", ".join(["None", *map(str, joint.shape[1:])]) + ")",
            )
        return failed(
            f"The outputs of {names} are not joined step by step. A layer with go_backwards=True gives its outputs "
            "from the last time step to the first: turn them round before you join them, and let both read the same "
            "input.",
            expected="both outputs of each time step, side by side",
            observed="other numbers",
        )

    def states(self) -> Outcome:
        """Those of both, joined in step."""
        return self.computes()
