"""Two layers that a student joined: what each read and gave in a run of the model, and whether both were put together
in step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np

from grader.answer.evidence import TracedCall
from grader.answer.layer import Layer
from reference.recurrent import cells
from reference.recurrent.cells import Array, Weights
from reference.recurrent.kinds import GRU, LSTM, Kind, kind_of
from reference.recurrent.recognise import TOLERANCE, difference


def sequence_of(kind: Kind, layer: Layer) -> cells.Layer:
    """The reference over a sequence for a layer of Keras of this kind."""
    if kind is GRU:
        return partial(cells.gru, reset_after=layer.setting("reset_after") is not False)
    return cells.lstm if kind is LSTM else cells.simple_rnn


@dataclass(frozen=True, slots=True)
class Reading:
    """What one recurrent layer read (batch, timesteps, features) and gave, and what the reference gives for that."""

    given: Array
    backwards: bool
    found: Array
    expected: Array

    @classmethod
    def of(cls, part: Layer, weights: list[Array], calls: Sequence[TracedCall]) -> Reading | None:
        """As it was seen in a run of the whole model; None where it took no part in it, or is of no kind we know."""
        call = next((call for call in calls if call.ref == part.facts.ref and call.inputs and call.outputs), None)
        if call is None or call.inputs[0].ndim != 3:
            return None
        backwards = part.setting("go_backwards") is True
        read = call.inputs[0][:, ::-1] if backwards else call.inputs[0]
        kind = kind_of(part)
        if kind is None:
            return None
        states = sequence_of(kind, part)(Weights.from_keras(weights), read)
        whole = part.setting("return_sequences") is True
        return cls(call.inputs[0], backwards, call.outputs[0], states if whole else states[:, -1])

    @property
    def right(self) -> bool:
        """Whether the layer gave what the reference gives."""
        return difference(self.found, self.expected) <= TOLERANCE

    def opposite_to(self, other: Reading) -> bool:
        """Whether both read the same sequence, one from its beginning and one from its end."""
        if _same(self.given, other.given):
            return self.backwards != other.backwards
        return _same(self.given, other.given[:, ::-1]) and self.backwards == other.backwards

    def in_order(self, of: Reading) -> Array:
        """Its states in the order in which `of`, which may be itself, gives its own."""
        turned = self is not of and self.expected.ndim == 3
        return self.expected[:, ::-1] if turned else self.expected


def joint_of(readings: Sequence[Reading], calls: Sequence[TracedCall]) -> Array | None:
    """What two layers that read in opposite directions give together, where that was seen in the run; else None."""
    values = [value for call in calls for value in (*call.inputs, *call.outputs)]
    for one, other in combinations(readings, 2):
        joint = next((joint for joint in _joints(one, other) if any(_same(joint, value) for value in values)), None)
        if joint is not None and one.opposite_to(other):
            return joint
    return None


def _joints(one: Reading, other: Reading) -> Iterator[Array]:
    """The ways to join both, in the order of time steps of the one and of the other."""
    for order in (one, other):
        pair = one.in_order(order), other.in_order(order)
        if pair[0].shape == pair[1].shape:
            yield from (pair[0] + pair[1], (pair[0] + pair[1]) / 2, pair[0] * pair[1])
        if pair[0].shape[:-1] == pair[1].shape[:-1]:
            yield np.concatenate(pair, axis=-1)
            yield np.concatenate(pair[::-1], axis=-1)


def _same(one: Array, other: Array) -> bool:
    return difference(one, other) <= TOLERANCE
