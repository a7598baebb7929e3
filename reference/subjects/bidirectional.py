"""Keras's Bidirectional: a wrapper that runs its layer and a copy of it in opposite directions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from grader.answer.layer import Layer
from grader.pack.verdict import Outcome, expect, miss
from reference.checks.comparing import verdict
from reference.checks.joining import sequence_of
from reference.checks.own_runs import allowed
from reference.checks.seeing import run_of
from reference.recurrent import cells, expected, slips
from reference.recurrent.cells import MergeMode, Weights
from reference.recurrent.kinds import Kind
from reference.recurrent.recognise import difference, recognise
from reference.subjects.part_kinds import part_units
from reference.subjects.two_layers import TwoLayers

TIMESTEPS = 6


class Bidirectional(TwoLayers):
    """Asked as a whole."""

    def held(self) -> int | None:
        """All that it has."""
        return self.layer.parameters

    def matches(self, kind: Kind) -> Outcome:
        """Compared with the two-way reference as a whole, in its own merge mode."""
        run = run_of(self.answer, self.layer)
        arrays, mode = run.weights or [], self.layer.setting("merge_mode")
        merge_mode: MergeMode = mode if mode in ("concat", "sum", "mul", "ave") else "concat"  # type: ignore[assignment]
        half = len(arrays) // 2
        weights = [Weights.from_keras(arrays[:half]), Weights.from_keras(arrays[half:])]
        one = self.parts[0]
        right = partial(cells.bidirectional, merge_mode=merge_mode, return_sequences=_whole(one))
        recognition = recognise(
            run.output, right, slips.bidirectional(merge_mode), sequence_of(kind, one), *weights, run.x
        )
        if recognition.accepted:
            compute = right if recognition.slip is None else recognition.slip.compute
            self._require_the_same(partial(compute, sequence_of(kind, one)), half)
        return verdict(recognition, f"Your {self.label}", f"a bidirectional {kind.keras}")

    def _require_the_same(self, compute: Callable[..., Any], half: int) -> None:
        """End the check where a class of the student's own gave something else on the student's data."""
        for run in self.layer.own_runs():
            if len(run.inputs) != 1 or len(run.outputs) != 1 or len(run.weights) != 2 * half:
                continue
            pair = [Weights.from_keras(run.weights[:half]), Weights.from_keras(run.weights[half:])]
            if difference(run.outputs[0], compute(*pair, run.inputs[0])) > allowed(run):
                miss(
                    f"On other data your {self.label} computes what it should, but not on the data that you gave it.",
                    expected="the same computation on any data",
                    observed="other numbers",
                )

    def states(self) -> Outcome:
        """(None, T, 2u) with return_sequences, else (None, 2u); with a merge mode but "concat", u in place of 2u."""
        self.require_kind()
        shape, one = self.layer.output_shape, self.parts[0]
        # Without a merge mode there are two outputs, each of one direction.
        features = expected.bidirectional_units(part_units(one), str(self.layer.setting("merge_mode")))
        whole = _whole(one)
        if shape is None:
            miss("Your layer was never run, so it has no output. Give it an input.", expected=f"(None, T, {features})")
        wanted = expected.output(features, self.layer.length or TIMESTEPS, return_sequences=whole)
        if whole and len(shape) == 3 and shape[1] is None:
            wanted, shape = (features,), shape[-1:]
        return expect(shape, "Output shape").equals(wanted, "batch, time steps, units of both directions")


def _whole(one: Layer) -> bool:
    """Whether a direction gives its states of all time steps."""
    return one.setting("return_sequences") is True
