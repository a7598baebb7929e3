"""What a layer with code of the student's own gave when the student called it, and what it gives for the same now.

Code that is right only when it is asked, or outside of graphs, gives something else. Nothing is said of what depends on
chance, keeps a state, or fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from grader.probe.framework import Array
from grader.probe.keras import keras_api
from grader.probe.keras.experiments import trace, undisturbed, with_weights
from grader.probe.keras.graphs import in_a_graph
from grader.probe.records import ObjectRecord, Records

MOST, MOST_ELEMENTS, FEW_ROWS, DEPTH = 2, 200_000, 4, 3
SAME, MORE_CALLS = 1e-3, 6


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
    first, again = _called(layer, kept, kept)
    if not _is_steady(first, again):  # perhaps after some more calls: chance, and a state that goes on, never are
        *_, first, again = _called(layer, *[kept] * MORE_CALLS)
        if not (first and all(map(np.array_equal, first, again))):
            return False
    return not _same(first, kept.outputs)


def _is_other_in_training(layer: Any, kept: Witness) -> bool:
    """Where its author called it as in a training, and no chance and no running statistics have a part in that."""
    args, kwargs = kept.arguments
    inner = layer._flatten_layers(recursive=True, include_self=False)
    if kwargs.get("training") is not True or any(hasattr(one, "moving_mean") for one in inner):
        return False
    plain = Witness((args, {**kwargs, "training": False}), [], kept.weights)
    first, again, asked = _called(layer, kept, kept, plain)
    return _is_steady(first, again) and bool(asked) and not _same(first, asked)


def _is_other_in_a_graph(layer: Any, kept: Witness) -> bool:
    eager, again = _called(layer, kept, kept)
    (in_a_graph,) = _called(layer, kept, graph=True) if eager else ([],)
    return _is_steady(eager, again) and bool(in_a_graph) and not _same(eager, in_a_graph)


def _is_steady(one: list[Array], other: list[Array]) -> bool:
    """Whether it gave something, and the same for the same."""
    return bool(one) and bool(other) and _same(one, other)


def _called(layer: Any, *asked: Witness, graph: bool = False) -> list[list[Array]]:
    """What it gives now for these arguments, one call after the other, at the weights of the first; nothing where it
    fails. The state of chance goes on from call to call.
    """
    tf = keras_api.tf()
    found: list[list[Array]] = []
    try:
        with undisturbed(layer), with_weights(layer, asked[0].weights):
            for kept in asked:
                args, kwargs = tf.nest.map_structure(
                    lambda value: tf.constant(value) if isinstance(value, np.ndarray) else value, kept.arguments
                )
                call = partial(layer, *args, **kwargs)
                found.append(_arrays(in_a_graph(call)() if graph else call()))
    except Exception:  # weights of other shapes, code that cannot be traced
        return [[] for _ in asked]
    return found


def own_runs(records: Records, record: ObjectRecord) -> list[tuple[list[Array], list[Array], list[Array]]]:
    """Inputs, outputs and weights where the student ran it; else where a model around it runs on the student's data.

    Nothing where it is Keras's own, or gives something else each time.
    """
    layer = record.obj
    try:
        if not has_own_code(layer) or _keeps_more(layer) or _is_mixed(layer):
            return []
        around = [each for each in records.objects.values() if _runs_over_time(each.obj, layer)]
        seen = [each for one in (record, *around) for each in one.witnesses if _is_plain(each)]
        called = [(_arrays(each.arguments), each.outputs, each.weights) for each in seen]
        return called[-MOST:] or _inside_of_models(records, record)
    except Exception:  # an object whose __init__ failed, a model that cannot be run
        return []


def _runs_over_time(layer: Any, cell: Any) -> bool:
    return getattr(layer, "cell", None) is cell and getattr(layer, "go_backwards", False) is not True


def _is_plain(kept: Witness) -> bool:
    _, kwargs = kept.arguments
    return kwargs.get("training") is not True and kwargs.get("mask") is None


def _inside_of_models(records: Records, record: ObjectRecord) -> list[tuple[list[Array], list[Array], list[Array]]]:
    """Of the last model that it is in, and that was trained or called on numbers."""
    weights = [_copy(variable) for variable in record.obj.weights]
    given = {each.ref: each.sample for each in records.objects.values() if each.sample is not None}
    given |= {each.ref: each.inputs for each in records.trainings if each.inputs is not None}
    for ref, rows in reversed(given.items()):
        model = records.objects[ref]
        inner = model.obj._flatten_layers(recursive=True, include_self=False)
        if any(one is record.obj for one in inner):
            calls = trace(records, model, rows, {})
            return [(inputs, outputs, weights) for known, inputs, outputs in calls if known == record.ref][:MOST]
    return []


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


def _listed(value: Any, depth: int = DEPTH) -> list[Any]:
    """What is in nested lists, tuples and dicts; of all else, itself."""
    if not isinstance(value, list | tuple | dict):
        return [value]
    inside = list(value.values()) if isinstance(value, dict) else list(value)
    return [each for one in inside for each in _listed(one, depth - 1)] if depth else []


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
