"""Functions of the student's own that compute one recurrent step with arrays, seen as cells.

Which of their arrays is the input, which are states and which are weights is not asked of names: each way that fits the
shapes is tried, with rows or columns for the samples of a batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

import numpy as np

from grader.answer import evidence
from grader.answer.answer import Answer
from grader.answer.evidence import Array, FunctionFacts, LayerFacts, Weight
from grader.answer.layer import Ask, Raised
from grader.pack.verdict import miss
from grader.protocol.operations import Apply
from reference.recurrent.own_cells import OwnStep

MOST_WAYS, MOST_LIKELY = 10_000, 200
FIRST_REF = 900_000
"""Behind all objects."""
Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read a function as a step: the places of x and of the states among its arrays, of new states in what
    it gives, and whether samples are `columns`."""

    x: int
    states: tuple[int, ...]
    new: tuple[int, ...]
    columns: bool


class FunctionCell(OwnStep):
    """A function, read as a cell in one way. It has one sample in a batch where it was called with one."""

    def __init__(self, ref: int, function: FunctionFacts, way: Way, ask: Ask) -> None:
        shapes = [tuple(size or 1 for size in shape) for shape in function.shapes]
        self.way, self.new, self.shapes, self.number = way, way.new, shapes, function.number
        self.places = [at for at in range(len(shapes)) if at not in (way.x, *way.states)]
        units = _features(shapes[way.states[0]], way)
        facts = LayerFacts(
            ref=ref,
            place=function.place,
            hidden=False,
            class_name=function.name,
            name=function.name,
            family="Layer",
            custom=True,
            is_cell=True,
            built=True,
            units=units,
            state_sizes=(units,) * len(way.states),
            inputs=_features(shapes[way.x], way),
            input_shape=None,
            weights=tuple(Weight(name=f"array {at + 1}", shape=self._turned(at), trainable=True) for at in self.places),
            parameters=None,
            settings={},
            inner=(),
            cell=None,
            forward=None,
            backward=None,
            calls=(evidence.Call(cell=function.place.cell, inputs=(), outputs=(), by_student=True, concrete=True),),
            loss=None,
        )
        parameters = sum(int(np.prod(weight.shape)) for weight in facts.weights)
        super().__init__(facts.model_copy(update={"parameters": parameters}), {}, ask)

    @property
    def label(self) -> str:
        """What to call it in a message."""
        return f"function {self.facts.class_name}"

    def _turned(self, at: int) -> Shape:
        shape = self.shapes[at]
        return shape[::-1] if self.way.columns else shape

    def outputs(self, inputs: Array, states: Sequence[Array], weights: Sequence[Array] | None = None) -> list[Array]:
        """All that one step gives, in order: of each sample, side by side."""
        drawn = self.random_weights(np.random.default_rng(0)) if weights is None else list(weights)
        size = _samples(self.shapes[self.way.x], self.way)
        rows = [
            self._once(inputs[at : at + size], [s[at : at + size] for s in states], drawn, size)
            for at in range(0, len(inputs), size)
        ]
        return [np.concatenate(each)[: len(inputs)] for each in zip(*rows, strict=True)]

    def _once(self, x: Array, states: Sequence[Array], weights: Sequence[Array], size: int) -> list[Array]:
        placed: dict[int, Array] = dict(zip(self.places, weights, strict=True))
        placed[self.way.x] = _padded(x, size)
        placed |= {at: _padded(state, size) for at, state in zip(self.way.states, states, strict=True)}
        given = []
        for at, shape in enumerate(self.shapes):
            values = placed[at].T if self.way.columns else placed[at]
            given.append(np.ascontiguousarray(values).reshape(shape))
        try:
            found = evidence.arrays(self.ask(Apply(self.number, tuple(given))))
        except Raised as error:
            miss(f"When your {self.label} was called with other arrays, it failed: {error}", observed=str(error))
        return [self._as_rows(values, size) for values in found]

    def _as_rows(self, values: Array, size: int) -> Array:
        if values.ndim == 2 and self.way.columns:
            return values.T
        return values.reshape(size, -1) if values.size % size == 0 else values.reshape(1, -1).repeat(size, axis=0)


def cells_of_functions(answer: Answer) -> list[FunctionCell]:
    """Functions of the student's own in an answer that compute with arrays, in every way to read them as a cell."""
    return answer.once(("function cells",), lambda: function_cells(answer.survey.functions, answer.ask))


def function_cells(functions: Sequence[FunctionFacts], ask: Ask) -> list[FunctionCell]:
    """Every way in which a function can be read as a cell, the last function first."""
    found = ((function, way) for function in reversed(functions) for way in _likely_ways(function))
    return [FunctionCell(FIRST_REF + at, function, way, ask) for at, (function, way) in enumerate(found)]


def _likely_ways(function: FunctionFacts) -> list[Way]:
    """Ways to read it: first those where x and the states stand side by side, and at an end of what it is given."""

    def unlikely(way: Way) -> tuple[int, int]:
        given = sorted(at for at in (way.x, *way.states) if at < function.given)
        return given[-1] - given[0] - len(given) + 1, min(given[0], function.given - 1 - given[-1])

    return sorted(islice(_ways(function), MOST_WAYS), key=unlikely)[:MOST_LIKELY]


def _ways(function: FunctionFacts) -> Iterator[Way]:
    shapes = [tuple(size or 1 for size in shape) for shape in function.shapes]
    gives = [tuple(size or 1 for size in shape) for shape in function.gives]
    own = range(function.given, function.given + function.attributes)
    # What its object keeps comes back behind what it returns.
    after = [*gives, *(shapes[at] for at in own)]
    for count in (2, 1):
        for states in combinations([*range(function.given), *own], count):
            if len({shapes[at] for at in states}) > 1 or shapes[states[0]] not in after:
                continue
            kept = [len(gives) + at - function.given for at in states if at in own]
            told = [at for at, shape in enumerate(gives) if shape == shapes[states[0]]]
            # What is given back first, or last, behind a prediction.
            ends = dict.fromkeys([tuple(told[:count]), tuple(told[-count:])])
            found = [tuple(kept)] if len(kept) == count else [new for new in ends if len(new) == count]
            for x, columns, new in product(range(function.given), (False, True), found):
                way = Way(x, states, new, columns)
                if x not in states and _belong(shapes[x], shapes[states[0]], way):
                    yield way


def _belong(x: Shape, state: Shape, way: Way) -> bool:
    return len(x) == len(state) and _samples(x, way) == _samples(state, way)


def _samples(shape: Shape, way: Way) -> int:
    return 1 if len(shape) == 1 else shape[1 if way.columns else 0]


def _features(shape: Shape, way: Way) -> int:
    return shape[0] if len(shape) == 1 or way.columns else shape[1]


def _padded(values: Array, size: int) -> Array:
    missing = size - len(values)
    return values if missing <= 0 else np.concatenate([values, np.zeros((missing, values.shape[1]))])
