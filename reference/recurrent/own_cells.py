"""Recurrent classes of the student's own, seen as cells and layers, however they are called.

Keras has one way to call a cell: `cell(x, [h, c])` gives `output, [h, c]`. Students write `call(x, h, c)` that returns
`h, c`, a prediction beside the state, or a layer that loops over the time steps by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from grader.answer import evidence
from grader.answer.answer import Answer
from grader.answer.evidence import Array, LayerFacts
from grader.answer.layer import Layer
from grader.pack.verdict import Missed, miss
from grader.protocol.operations import Call
from reference.recurrent.layers import reads_sequences

BATCH = 2
FAR, BOUNDED = 50.0, 3.0
NOTICEABLE = 1e-7


def own_cells(answer: Answer) -> list[Layer]:
    """Classes of the student's own in an answer that compute one step, as cells."""
    return answer.once(("own cells",), lambda: list(_own_cells(answer)))


def own_layers(answer: Answer) -> list[Layer]:
    """Classes of the student's own in an answer that loop over the time steps by themselves, as layers."""
    return answer.once(("own layers",), lambda: [made for made in map(own_layer, answer.objects) if made is not None])


def _own_cells(answer: Answer) -> Iterator[Layer]:
    for layer in answer.objects:
        try:
            cell = own_cell(layer, answer.rng)
        except Missed:  # it fails when it is run, which its checks will say
            cell = layer if layer.is_cell else None
        if cell is not None:
            yield cell


def own_cell(layer: Layer, rng: np.random.Generator) -> Layer | None:
    """A class that computes one step, as a cell; None for what is none. Weights of its predictions are left out.

    The input is the first tensor that it is given, the others are states; new states are the last of what it gives.
    """
    if layer.is_cell and (layer.facts.custom or layer.family == "Layer"):  # TensorFlow 1 has cells of its own, too
        return settled(layer, rng)
    if not layer.facts.custom or not layer.facts.weights:
        return None
    slots, gives = layer.facts.slots, layer.facts.gives
    if not 2 <= len(slots) <= 3 or any(len(shape) != 2 for shape in slots) or layer.family not in ("Layer", "Model"):
        return None
    features, units = slots[0][1], slots[1][1]
    states = len(slots) - 1
    new = [place for place, shape in enumerate(gives) if len(shape) == 2 and shape[1] == units][-states:]
    if not features or not units or len(new) < states or any(shape[1] != units for shape in slots[1:]):
        return None
    facts = layer.facts.model_copy(
        update={"is_cell": True, "state_sizes": (units,) * states, "units": units, "inputs": features}
    )
    return settled(OwnCell(facts, layer, tuple(new)), rng)


def settled(cell: Layer, rng: np.random.Generator) -> Layer:
    """The cell without its predictions, h before c."""
    return _in_order(_without_predictions(cell, rng), rng)


def own_layer(layer: Layer) -> Layer | None:
    """A class that is given whole sequences and gives states of its own loop, as a layer; None for what is none."""
    slots, gives = layer.facts.slots, layer.facts.gives
    if not layer.facts.custom or layer.is_cell or reads_sequences(layer) or not layer.facts.weights:
        return None
    if [len(shape) for shape in slots] != [3]:
        return None
    places = [place for place, shape in enumerate(gives) if len(shape) in (2, 3) and shape[-1]]
    if not places or not slots[0][2]:
        return None
    shape = gives[places[0]]
    settings = {**layer.facts.settings, "return_sequences": len(shape) == 3}
    update = {"units": shape[-1], "inputs": slots[0][2], "settings": settings}
    return OwnLayer(layer.facts.model_copy(update=update), layer, places[0])


class OwnStep(Layer):
    """A step in a manner of its own; `new` are the places of its states in what it gives."""

    new: tuple[int, ...]

    def outputs(self, inputs: Array, states: Sequence[Array], weights: Sequence[Array] | None = None) -> list[Array]:
        """All that one step gives, in order."""
        raise NotImplementedError

    def step(self, inputs: Array, states: Sequence[Array], weights: Sequence[Array] | None = None) -> list[Array]:
        """As of any cell: the output is the new hidden state."""
        outputs = self.outputs(inputs, states, weights)
        if len(outputs) <= max(self.new):
            miss(f"Your {self.label} gives {len(outputs)} value(s) for one step.", observed=len(outputs))
        after = [outputs[place] for place in self.new]
        return [after[0], *after]


class OwnCell(OwnStep):
    """A class of layers that is called as its author calls it."""

    def __init__(self, facts: LayerFacts, layer: Layer, new: tuple[int, ...]) -> None:
        super().__init__(facts, layer.known, layer.ask)
        self.new = new

    def outputs(self, inputs: Array, states: Sequence[Array], weights: Sequence[Array] | None = None) -> list[Array]:
        """All that one step gives, in order."""
        asked = Call(self.facts.ref, (inputs, *states), None if weights is None else tuple(weights))
        return evidence.arrays(self._run(asked, f"run for one step on inputs of shape {inputs.shape}"))


class OwnLayer(Layer):
    """A layer that loops over time by itself; its states are output `place` of what it gives."""

    def __init__(self, facts: LayerFacts, layer: Layer, place: int) -> None:
        super().__init__(facts, layer.known, layer.ask)
        self.place = place

    @property
    def loops(self) -> bool:
        """It does."""
        return True

    def forward(self, inputs: Array, weights: Sequence[Array] | None = None) -> list[Array]:
        """As of any layer, its states first."""
        outputs = super().forward(inputs, weights)
        if len(outputs) <= self.place:
            miss(f"Your {self.label} gives {len(outputs)} output(s).", observed=len(outputs))
        return [outputs[self.place], *outputs[: self.place], *outputs[self.place + 1 :]]


class _Around(Layer):
    """Another view of a cell."""

    def __init__(self, facts: LayerFacts, cell: Layer) -> None:
        super().__init__(facts, cell.known, cell.ask)
        self._cell = cell

    @property
    def every_weight_shape(self) -> list[tuple[int, ...]]:
        """Of the whole cell."""
        return self._cell.every_weight_shape

    def scan(self, inputs: Array) -> Array:
        """As of the cell itself."""
        return self._cell.scan(inputs)


class Trimmed(_Around):
    """A cell without the weights of its predictions, which keep their values."""

    def __init__(self, cell: Layer, kept: Sequence[int], values: Sequence[Array]) -> None:
        weights = tuple(cell.facts.weights[place] for place in kept)
        super().__init__(cell.facts.model_copy(update={"weights": weights}), cell)
        self._kept, self._values = tuple(kept), tuple(values)

    def step(self, inputs: Array, states: Sequence[Array], weights: Sequence[Array] | None = None) -> list[Array]:
        """As of any cell: the output is the new hidden state, not the prediction."""
        every = None
        if weights is not None:
            every = list(self._values)
            for place, weight in zip(self._kept, weights, strict=True):
                every[place] = weight
        _, *after = self._cell.step(inputs, states, every)
        return [after[0], *after]


class Ordered(_Around):
    """A cell with its states in another order, in what goes in and in what comes out."""

    def __init__(self, cell: Layer, states: tuple[int, ...], new: tuple[int, ...]) -> None:
        super().__init__(cell.facts, cell)
        self._states, self._new = states, new

    def step(self, inputs: Array, states: Sequence[Array], weights: Sequence[Array] | None = None) -> list[Array]:
        """As of any cell, h before c."""
        placed = [states[self._states.index(place)] for place in range(len(states))]
        output, *after = self._cell.step(inputs, placed, weights)
        after = [after[place] for place in self._new]
        return [after[0] if isinstance(self._cell, OwnStep | Trimmed) else output, *after]


def _in_order(cell: Layer, rng: np.random.Generator) -> Layer:
    """The same with h before c."""
    found = memory(cell, rng)
    if found is None or found == (1, 1):
        return cell
    slot, place = found
    return Ordered(cell, (0, 1) if slot == 1 else (1, 0), (0, 1) if place == 1 else (1, 0))


def memory(cell: Layer, rng: np.random.Generator) -> tuple[int, int] | None:
    """Which of two states is the cell state, in what goes in and in what comes out; None where there is none.

    Only a cell state can be large, and only where the one before was: of one sign or the other, since a gate that sees
    it closes for one of them.
    """
    if len(cell.facts.state_sizes) != 2 or not cell.facts.built:
        return None
    weights = cell.random_weights(rng)
    large = []
    for slot in (0, 1):
        states = [rng.uniform(-1, 1, (BATCH, size)) for size in cell.facts.state_sizes]
        states[slot] = np.array([[FAR], [-FAR]]) * np.ones(cell.facts.state_sizes[slot])
        x = rng.uniform(-1, 1, (BATCH, cell.inputs or 1))
        after = cell.step(x, states, weights)[1:]
        large += [(slot, place) for place, values in enumerate(after) if np.abs(values).max() > BOUNDED]
    return large[0] if len(large) == 1 else None


def _without_predictions(cell: Layer, rng: np.random.Generator) -> Layer:
    """The cell without weights that have a part in what it gives besides its states, and none in these."""
    if not 1 <= len(cell.facts.weights) <= 40 or not cell.facts.built:
        return cell
    weights, others = cell.random_weights(rng), cell.random_weights(rng)
    x = rng.uniform(-1, 1, (BATCH, cell.inputs or 1))
    states = [rng.uniform(-1, 1, (BATCH, size)) for size in cell.facts.state_sizes]

    def run(place: int | None) -> list[Array]:
        drawn = [others[at] if at == place else weight for at, weight in enumerate(weights)]
        return cell.outputs(x, states, drawn) if isinstance(cell, OwnStep) else cell.step(x, states, drawn)

    base = run(None)
    places = cell.new if isinstance(cell, OwnStep) else tuple(range(1, len(base)))
    beside = [at for at in range(len(base)) if at not in places]
    if not beside or all(any(_same(base[at], base[place]) for place in places) for at in beside):
        return cell
    kept = []
    for place in range(len(weights)):
        changed = [not _same(one, other) for one, other in zip(base, run(place), strict=True)]
        if any(changed[at] for at in places) or not any(changed):
            kept.append(place)
    return cell if len(kept) == len(weights) else Trimmed(cell, kept, weights)


def _same(one: Array, other: Array) -> bool:
    return one.shape == other.shape and bool(np.abs(one - other).max(initial=0.0) <= NOTICEABLE)
