"""What the grader asks of the probe, written on one side and read on the other."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from grader.protocol import operations as ops
from grader.protocol.forms import Invalid

NUMBERS = st.integers(0, 10**6)
ARRAYS = arrays(np.float32, array_shapes(min_dims=0, max_dims=3, min_side=0), elements=st.floats(width=32))
SEVERAL = st.lists(ARRAYS, max_size=3).map(tuple)
WEIGHTS = st.none() | SEVERAL
REQUESTS = st.one_of(
    st.builds(ops.Begin, NUMBERS, st.none() | NUMBERS),
    st.builds(ops.Environment),
    st.builds(ops.Survey, st.lists(NUMBERS).map(tuple), st.lists(st.text()).map(tuple)),
    st.builds(ops.Series),
    st.builds(ops.Twin, NUMBERS, st.lists(st.none() | NUMBERS).map(tuple)),
    st.builds(ops.WeightsOf, NUMBERS),
    st.builds(ops.Step, NUMBERS, ARRAYS, SEVERAL, WEIGHTS),
    st.builds(ops.Forward, NUMBERS, ARRAYS, WEIGHTS),
    st.builds(ops.Scan, NUMBERS, ARRAYS),
    st.builds(ops.Apply, NUMBERS, SEVERAL),
    st.builds(ops.Replay, st.lists(st.text()).map(tuple), st.lists(NUMBERS).map(tuple)),
    st.builds(ops.Call, NUMBERS, SEVERAL, WEIGHTS),
    st.builds(ops.Trace, NUMBERS, ARRAYS, st.dictionaries(NUMBERS, SEVERAL, max_size=3)),
    st.builds(ops.StepGradients, NUMBERS, ARRAYS, st.booleans()),
    st.builds(ops.LayerGradients, NUMBERS, st.none() | ARRAYS, st.booleans()),
    st.builds(ops.TrainingLosses, NUMBERS),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(REQUESTS)
def test_what_was_written_is_read(request: ops.Request):
    """Is a request the same on the other side of JSON?"""
    read = ops.read(json.loads(json.dumps(request.written())))
    assert type(read) is type(request)
    for each in fields(request):
        assert _same(getattr(read, each.name), getattr(request, each.name)), each.name


@given(st.sampled_from(ops.OPERATIONS), st.data())
def test_what_is_no_request_is_refused(operation: type[ops.Request], data: st.DataObject):
    """Is anything else in the place of a parameter refused as what it is, whatever it is?"""
    names = [each.name for each in fields(operation)]
    params = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(names, JSON)))
    try:
        ops.read({"op": operation.name, "params": params})
    except Invalid:
        return
    assert set(params) <= set(names)


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        {},
        {"op": "series"},
        {"op": "series", "params": {"ref": 1}},
        {"op": "no such operation", "params": {}},
        {"op": ["series"], "params": {}},
        {"op": "weights", "params": {}},
        {"op": "weights", "params": {"ref": True}},
        {"op": "weights", "params": {"ref": "1"}},
        {"op": "scan", "params": {"ref": 1, "inputs": {"shape": [2], "dtype": "object", "data": ""}}},
        {"op": "scan", "params": {"ref": 1, "inputs": {"shape": [2], "dtype": "float32", "data": "AAAA"}}},
    ],
)
def test_form_of_a_request(message: object):
    """Is what lacks a parameter, has one too many, or one of another type, refused?"""
    with pytest.raises(Invalid):
        ops.read(message)


def test_names_are_of_one_operation_each():
    """Does each operation have a name of its own?"""
    assert len({operation.name for operation in ops.OPERATIONS}) == len(ops.OPERATIONS)


def _same(one: Any, other: Any) -> bool:
    if isinstance(other, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=True)
    if isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], value) for key, value in other.items())
    return bool(one == other)
