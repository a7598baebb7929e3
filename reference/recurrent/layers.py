"""The layers of Keras that read sequences step by step."""

from __future__ import annotations

from collections.abc import Sequence

from grader.answer.evidence import Array
from grader.answer.layer import Layer

SEQUENCE_FAMILIES = ("SimpleRNN", "LSTM", "GRU", "RNN", "Bidirectional")


def reads_sequences(layer: Layer) -> bool:
    """Whether it is a layer over sequences, of Keras's own families or descended from them."""
    return layer.family in SEQUENCE_FAMILIES


class TimeFirst(Layer):
    """A layer of Keras 2 with `time_major=True`, as one that has the batch first."""

    def forward(self, inputs: Array, weights: Sequence[Array] | None = None) -> list[Array]:
        """Its outputs for inputs (batch, timesteps, ...), with the batch first as well."""
        outputs = super().forward(inputs.swapaxes(0, 1), weights)
        return [output.swapaxes(0, 1) if output.ndim == inputs.ndim else output for output in outputs]


def batch_first(layer: Layer) -> Layer:
    """The layer, in the order of axes that nearly all have."""
    one = layer.forward_layer if layer.family == "Bidirectional" else layer
    if one is None or one.setting("time_major") is not True:
        return layer
    return TimeFirst(layer.facts, layer.known, layer.ask)
