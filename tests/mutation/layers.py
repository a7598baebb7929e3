"""Layers and cells of Keras with other settings: without a bias, with ReLU."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.mutation.planting import Mutant, Source, name_of

RECURRENT = frozenset({"SimpleRNN", "SimpleRNNCell", "LSTM", "LSTMCell", "GRU", "GRUCell"})


def without_bias(source: Source) -> Iterator[Mutant]:
    """`use_bias=False` in a recurrent layer of Keras, and in the dense layers of an own cell."""
    for call in (*_recurrent(source), *_dense_in_cells(source)):
        if not any(keyword.arg == "use_bias" for keyword in call.keywords):
            yield _set(source, call, "use_bias", "False")


def with_relu(source: Source) -> Iterator[Mutant]:
    """`activation="relu"` in a recurrent layer of Keras."""
    for call in _recurrent(source):
        if not any(keyword.arg == "activation" for keyword in call.keywords):
            yield _set(source, call, "activation", '"relu"')


def _recurrent(source: Source) -> Iterator[ast.Call]:
    own = {node.name for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)}
    for call in _calls(source.tree):
        name = name_of(call)
        # A cell of TensorFlow 1 has none of these settings.
        if name in RECURRENT and name not in own and "rnn_cell" not in source.text(call.func):
            yield call


def _dense_in_cells(source: Source) -> Iterator[ast.Call]:
    """Dense layers that a class makes whose own methods compute steps."""
    steps = list(source.steps())
    for cell in (node for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)):
        if any(step in cell.body for step in steps):
            yield from (call for call in _calls(cell) if name_of(call) == "Dense")


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _set(source: Source, call: ast.Call, setting: str, value: str) -> Mutant:
    text = source.text(call)
    return source.mutant(
        f"{name_of(call)} with {setting}={value}", {call: f"{text[:-1].rstrip(', ')}, {setting}={value})"}
    )
