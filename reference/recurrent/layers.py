"""The layers of Keras that read sequences step by step."""

from __future__ import annotations

from grader.answer.layer import Layer

SEQUENCE_FAMILIES = ("SimpleRNN", "LSTM", "GRU", "RNN", "Bidirectional")


def reads_sequences(layer: Layer) -> bool:
    """Whether it is a layer over sequences, of Keras's own families or descended from them."""
    return layer.family in SEQUENCE_FAMILIES
