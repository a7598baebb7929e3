"""A layer of the student's own that reads a sequence in both directions by itself, without layers inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np

from grader.answer.answer import Answer
from grader.answer.layer import Layer
from grader.pack.pictures import Dependence
from grader.pack.verdict import Missed, Outcome, Todo, failed, passed
from reference.checks import drawing
from reference.checks.comparing import ALLOWED, correct
from reference.checks.running import BATCH, steps_for
from reference.checks.seeing import what_outputs_see
from reference.checks.training import loss_falls
from reference.recurrent import cells, slips
from reference.recurrent.cells import Array, MergeMode, Weights
from reference.recurrent.kinds import KINDS, Kind, readings_of
from reference.recurrent.own_cells import own_layers
from reference.recurrent.recognise import TOLERANCE, Slip, difference
from reference.subjects.two_ways import TwoWays

MOST_PAIRS = 200
Computation = tuple[cells.Layer, Slip | None]


@dataclass(frozen=True, slots=True)
class Run:
    """A layer on a random sequence with random weights, and what it gave."""

    x: Array
    arrays: list[Array]
    output: Array


@dataclass(frozen=True, eq=False)
class OwnBothWays(TwoWays):
    """Known by its numbers: they are those of two directions of one kind, each with half of its weights."""

    answer: Answer
    layer: Layer
    of: Kind
    slip: Slip | None
    asked: Kind | None = None

    @property
    def label(self) -> str:
        """As of the layer."""
        return self.layer.label

    @property
    def names(self) -> Sequence[str]:
        """Both are of one kind."""
        return [self.of.keras]

    def parameters(self) -> Outcome:
        """Each direction has a half of its weights to itself, and all of them have a part in the numbers."""
        self.require_kind()
        return passed(
            f"Your {self.label} reads in both directions, each with weights of its own: its numbers are those of two "
            f"times {self.of.name}.",
            expected="two sets of weights",
            observed=self.layer.parameters,
        )

    def depends(self) -> Outcome:
        """Measured: the output of the first time step changes when the last time step of the input does."""
        self.require_kind()
        if what_outputs_see(self.answer, self.layer)[0, -1]:
            return passed("The output of the first time step depends on the last input: it sees the future.")
        todo = Todo("Let one direction read the input from its end.")
        return failed("The output of the first time step does not change when the last input does.", todo=todo)

    def numbers(self) -> Outcome:
        """Those of the two-way reference, or of a mistake that we know."""
        if self.slip is None or self.slip.accepted:
            return passed(
                f"Over a sequence your {self.label} computes what two directions of {self.of.name} compute.",
                expected=ALLOWED,
                observed="the same numbers",
            )
        return failed(
            f"Over a sequence your {self.label} does not compute what two directions of {self.of.name} compute. "
            f"{self.slip.message}",
            todo=correct(self.slip.message),
            expected=ALLOWED,
            observed="other numbers",
        )

    def states(self) -> Outcome:
        """Those of both, joined in step."""
        return self.computes()

    def trains(self) -> Outcome:
        """A model with it was trained, and the loss fell."""
        return loss_falls(self.answer, self.layer)

    def sight(self) -> Iterator[Dependence]:
        """Measured on random inputs."""
        return drawing.dependence(what_outputs_see(self.answer, self.layer))


def own_both_ways(answer: Answer, asked: Kind | None) -> OwnBothWays | None:
    """The layer of the student's own that computes two directions of one kind; None where there is none."""
    found = answer.once(("own both ways",), lambda: _find(answer))
    return None if found is None else OwnBothWays(answer, *found, asked)


def _find(answer: Answer) -> tuple[Layer, Kind, Slip | None] | None:
    for layer in own_layers(answer):
        try:
            run = _run(answer, layer)
        except Missed:  # it fails on other sequences
            continue
        own = [Run(each.inputs[0], list(each.weights), each.outputs[0]) for each in layer.own_runs() if each.inputs]
        for kind in KINDS:
            for slip in _computed(run, kind):
                if all(any(True for _ in _computed(each, kind)) for each in own):
                    return layer, kind, slip
    return None


def _run(answer: Answer, layer: Layer) -> Run:
    arrays = layer.random_weights(answer.rng)
    x = answer.rng.uniform(-1, 1, (BATCH, steps_for(answer, layer), layer.inputs or 1))
    return Run(x, arrays, layer.forward(x, arrays)[0])


def _computed(run: Run, kind: Kind) -> Iterator[Slip | None]:
    """With which slip, if with any, it computes two directions of this kind; nothing where it does not."""
    features, whole = run.output.shape[-1], run.output.ndim == 3
    modes: tuple[tuple[int, MergeMode], ...] = ((features // 2, "concat"), (features, "sum"), (features, "ave"))
    for units, mode in modes:
        for ahead, back in islice(_pairs(run, kind, units), MOST_PAIRS):
            for family in kind.families:
                right = partial(cells.bidirectional, merge_mode=mode, return_sequences=whole)
                if _same(right(family.sequence, ahead, back, run.x), run.output):
                    yield None
                for slip in slips.bidirectional(mode) if whole else ():
                    if _same(np.asarray(slip.compute(family.sequence, ahead, back, run.x)), run.output):
                        yield slip
                for one in (slip for slip in family.over_time() if slip.accepted):
                    if _same(right(one.compute, ahead, back, run.x), run.output):  # type: ignore[arg-type]
                        yield None


def _same(one: Array, other: Array) -> bool:
    return difference(one, other) <= TOLERANCE


def _pairs(run: Run, kind: Kind, units: int) -> Iterator[tuple[Weights, Weights]]:
    """Both directions have their weights laid out in one way: one behind the other, or in turn."""
    half, inputs = len(run.arrays) // 2, run.x.shape[2]
    if len(run.arrays) % 2 or not units:
        return
    for one, other in ((run.arrays[:half], run.arrays[half:]), (run.arrays[0::2], run.arrays[1::2])):
        pairs = zip(readings_of(kind, one, units, inputs), readings_of(kind, other, units, inputs), strict=False)
        for ahead, back in pairs:
            yield ahead, back
            yield back, ahead
