"""What a layer with code of the student's own gave when the student called it, and what it gives for the same now.

Code that is right only when it is asked, or outside of graphs, gives something else. Nothing is said of what depends on
chance, keeps a state, or fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.probe.framework import Array
from grader.probe.keras import keras_api
from grader.probe.keras.experiments import undisturbed, with_weights
from grader.probe.records import ObjectRecord, Records

MOST, MOST_ELEMENTS, FEW_ROWS = 2, 200_000, 4
SAME = 1e-3


@dataclass(frozen=True, slots=True)
class Witness:
    """One call: its arguments, with arrays in the place of tensors, and what was given, at these weights."""

    arguments: Any
    outputs: list[Array]
    weights: list[Array]


def witness(record: ObjectRecord, args: Any, kwargs: Any, outputs: Any) -> None:
    """Keep a call that student code made, with numbers; the first, and the last."""
    layer = record.obj
    if not has_own_code(layer):
        return
    try:
        flat = keras_api.tf().nest.flatten((args, kwargs, outputs))
        if any(getattr(tensor, "_keras_mask", None) is not None for tensor in flat) or _is_mixed(layer):
            return
        if sum(int(np.prod(each.shape)) for each in [*flat, *layer.weights] if hasattr(each, "shape")) > MOST_ELEMENTS:
            return
        kept = Witness(_copied((args, kwargs)), _arrays(outputs), [_copy(variable) for variable in layer.weights])
    except Exception:  # a structure that cannot be taken apart
        return
    record.witnesses[MOST - 1 :] = [kept]


def has_own_code(layer: Any) -> bool:
    """Whether something of the student's own has a part in what it computes."""
    inner = [layer, *layer._flatten_layers(recursive=True, include_self=False)]
    cells = [one.cell for one in inner if hasattr(one, "cell")]
    return any(map(_is_own, [*inner, *cells]))


def _is_own(layer: Any) -> bool:
    kind = type(layer)
    return keras_api.is_students(kind) or "call" in vars(layer) or keras_api.is_students(kind.call)


def differing(records: Records, record: ObjectRecord) -> Iterator[str]:
    """In which ways an object is not the same when it is asked: `asked`, `training`, or `graph`."""
    layer = record.obj
    try:
        if not (record.witnesses or has_own_code(layer)) or _keeps_more(layer):
            return
    except Exception:  # an object whose __init__ failed
        return
    found = list(record.witnesses)
    if any(_is_other(layer, each) for each in found):
        yield "asked"
    if any(_is_other_in_training(layer, each) for each in found):
        yield "training"
    rows = _rows(records, record)
    if not found and rows is not None:
        found = [Witness(((rows,), {"training": False}), [], [_copy(variable) for variable in layer.weights])]
    if found and _is_other_in_a_graph(layer, found[-1]):
        yield "graph"


def _is_other(layer: Any, kept: Witness) -> bool:
    first, again = _called(layer, kept), _called(layer, kept)
    if first is None or again is None or not _same(first, again):
        return False
    return not _same(first, kept.outputs)


def _is_other_in_training(layer: Any, kept: Witness) -> bool:
    """Where its author called it as in a training, and no chance and no running statistics have a part in that."""
    args, kwargs = kept.arguments
    inner = layer._flatten_layers(recursive=True, include_self=False)
    if kwargs.get("training") is not True or any(hasattr(one, "moving_mean") for one in inner):
        return False
    first, again = _called(layer, kept), _called(layer, kept)
    asked = _called(layer, Witness((args, {**kwargs, "training": False}), [], kept.weights))
    if first is None or again is None or asked is None or not _same(first, again):
        return False
    return not _same(first, asked)


def _is_other_in_a_graph(layer: Any, kept: Witness) -> bool:
    eager, again = _called(layer, kept), _called(layer, kept)
    in_a_graph = None if eager is None else _called(layer, kept, graph=True)
    if eager is None or again is None or in_a_graph is None or not _same(eager, again):
        return False
    return not _same(eager, in_a_graph)


def _called(layer: Any, kept: Witness, *, graph: bool = False) -> list[Array] | None:
    """What it gives now for the same arguments at the same weights; None where it fails."""
    tf = keras_api.tf()
    try:
        args, kwargs = tf.nest.map_structure(
            lambda value: tf.constant(value) if isinstance(value, np.ndarray) else value, kept.arguments
        )

        def call() -> Any:
            return tf.nest.flatten(layer(*args, **kwargs))

        with undisturbed(layer), with_weights(layer, kept.weights):
            return _arrays(tf.function(call, autograph=False)() if graph else call())
    except Exception:  # weights of other shapes, code that cannot be traced
        return None


def _rows(records: Records, record: ObjectRecord) -> Array | None:
    """A few rows of what a model was trained on."""
    trained = [each.inputs for each in records.trainings if each.ref == record.ref and each.inputs is not None]
    return trained[0][:FEW_ROWS] if trained else None


def _keeps_more(layer: Any) -> bool:
    """Whether it keeps a state, or has variables that are not among its weights."""
    inner = [layer, *layer._flatten_layers(recursive=True, include_self=False)]
    if any(getattr(one, "stateful", False) is True for one in inner):
        return True
    known = {id(variable) for variable in (*layer.weights, *layer.variables)}
    known |= {id(getattr(variable, "value", None)) for variable in layer.weights}
    kept = [value for one in inner for attribute in list(vars(one).values()) for value in _listed(attribute)]
    return any(hasattr(value, "assign") and hasattr(value, "shape") and id(value) not in known for value in kept)


def _listed(value: Any) -> list[Any]:
    """What is in a list, tuple or dict; of all else, itself."""
    return (
        list(value.values() if isinstance(value, dict) else value)
        if isinstance(value, list | tuple | dict)
        else [value]
    )


def _is_mixed(layer: Any) -> bool:
    return keras_api.mixed_policy(layer) is not None


def _copied(structure: Any) -> Any:
    return keras_api.tf().nest.map_structure(lambda value: _copy(value) if _has_numbers(value) else value, structure)


def _arrays(structure: Any) -> list[Array]:
    return [_copy(value) for value in keras_api.tf().nest.flatten(structure) if _has_numbers(value)]


def _has_numbers(value: Any) -> bool:
    return keras_api.is_concrete(value) or hasattr(value, "assign")


def _copy(value: Any) -> Array:
    return np.array(keras_api.as_array(value))


def _same(one: list[Array], other: list[Array]) -> bool:
    if [each.shape for each in one] != [each.shape for each in other]:
        return False
    return all(
        bool(np.all(np.abs(a - b) <= SAME * np.maximum(1.0, np.abs(b))) or np.array_equal(a, b, equal_nan=True))
        for a, b in zip(one, other, strict=True)
    )
