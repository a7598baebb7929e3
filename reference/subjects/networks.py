"""The networks of an answer with their gradients, measured where they arise: per layer, per time step, or by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from grader.answer.answer import Answer
from grader.answer.evidence import LayerGradients
from grader.answer.layer import Layer
from reference.checks.training import contains
from reference.loops.layers_by_hand import errors_through_layers
from reference.loops.values import values_of
from reference.recurrent.cells import Array
from reference.recurrent.layers import reads_sequences

SHRUNK_OVER_LAYERS = 0.1
SHRUNK_OVER_STEPS = 0.01
SHRUNK_AT_ALL = 0.5
HUGE = 1e3
SPREAD = 3.0
SCALED = (0.1, 10.0)
"""So much a layer without weights may scale what goes through it."""

LONGEST_SEQUENCE = 64
ROWS, TIMESTEPS = 32, 10
ENOUGH = 5
SAME = 1e-4
MOST_TAPES = 200
MOST = 40
"""So many models, and so many recurrent layers, are measured."""


@dataclass(frozen=True, slots=True)
class Network:
    """A network with its gradient norms from the input end to the loss end, over its layers or its time steps.

    Over layers, `norms` are those by their kernels, and `errors` those by the outputs of the hidden ones: the error
    that is passed back. A kernel's gradient is the error times the layer's input, which grows with large weights.
    Without a `layer`, they are what the student's own code computes.
    """

    label: str
    norms: Array
    over: Literal["layers", "time steps", "steps", "sources"]
    layer: Layer | None = None
    errors: Array | None = None
    plain: bool = True
    """Whether nothing but its weights and activations makes its gradients small or large."""

    @property
    def vanishes(self) -> bool:
        """The norm at the input end is a small part of the norm at the loss end; over layers, the error shrinks too."""
        if not self.plain or not np.isfinite(self.norms).all():
            return False
        if self.errors is None:
            return _shrinks(self.norms, SHRUNK_OVER_STEPS)
        if len(self.errors) < 2 or not np.isfinite(self.errors).all():
            return False
        return _shrinks(self.errors, SHRUNK_OVER_LAYERS) or (
            _shrinks(self.norms, SHRUNK_OVER_LAYERS) and _shrinks(self.errors, SHRUNK_AT_ALL)
        )

    @property
    def explodes(self) -> bool:
        """The norms are huge, no longer finite, or grow tenfold toward the input end."""
        if not self.plain:
            return False
        if not np.isfinite(self.norms).all() or self.norms.max() >= HUGE:
            return True
        return bool(self.norms[0] >= 1 and self.norms[0] > 10 * self.norms[-1])

    @property
    def by_hand(self) -> bool:
        """Whether the student computes the gradients without a layer that could be asked."""
        return self.layer is None

    @property
    def parts(self) -> frozenset[int]:
        """The layers of a model."""
        if self.layer is None or self.over != "layers":
            return frozenset()
        return frozenset(inner.facts.ref for inner in self.layer.inner if inner.family != "InputLayer")

    def losses(self, answer: Answer) -> list[Array]:
        """The losses of its trainings."""
        if self.layer is None:
            return []
        return [item.losses for item in answer.trainings if contains(item.model, self.layer) and len(item.losses)]

    def __str__(self) -> str:
        return f"{self.norms[0]:.2g} in the first of {len(self.norms)} {self.over}, {self.norms[-1]:.2g} in the last"


def _shrinks(norms: Array, limit: float) -> bool:
    return bool(norms[-1] > 0 and norms[0] < limit * norms[-1])


def networks(answer: Answer) -> Iterator[Network]:
    """Those of an answer, in order of creation, models first; each is measured once, when it is first asked for."""
    for model in answer.models[:MOST]:
        measured = answer.once(("layers", model.facts.ref), partial(_over_layers, answer, model))
        if measured is not None and len(measured.norms) >= 2:
            # The output layer's is the loss's own gradient, which an activation such as softmax makes large.
            errors = np.asarray(measured.of_outputs)[:-1]
            plain = measured.real and SCALED[0] <= abs(measured.scaled) <= SCALED[1]
            yield Network(model.label, np.asarray(measured.norms), "layers", model, errors, plain)
    recurrent = [layer for layer in answer.layers if reads_sequences(layer) and layer.family != "Bidirectional"]
    for layer in recurrent[:MOST]:
        yield answer.once(("time steps", layer.facts.ref), partial(_through_time, answer, layer))
    if not (answer.models or recurrent):
        yield from answer.once(("by hand",), lambda: list(_by_hand(answer)))


def _by_hand(answer: Answer) -> Iterator[Network]:
    """Without a layer: the norms of gradients that a tape gave, and norms that the code computes and collects.

    What is collected may begin at either end.
    """
    for tape in answer.survey.tapes[:MOST_TAPES]:
        if len(tape.norms) >= ENOUGH:
            yield Network("a tape's gradients", np.asarray(tape.norms), "sources", plain=_goes_through(answer))
    known = values_of(answer).norms() if answer.collected else np.zeros(0)
    for series in answer.collected:
        if len(series) >= ENOUGH and _are_norms(series, known):
            yield Network("the norms that you collected", series[::-1], "steps")
    for errors in errors_through_layers(answer):
        yield Network("the layers that you wrote", errors, "layers", errors=errors)


def _goes_through(answer: Answer) -> bool:
    """Whether what a gradient goes back through has gradients of many sizes, as where one result goes into the next.

    A sum of terms, each with a factor of its own, has the same gradient by each of them.
    """
    sizes = [seen.gradient for seen in answer.replay.values if not seen.fresh and seen.gradient]
    found = [size for size in sizes if np.isfinite(size)]
    return not sizes or not found or max(found) > SPREAD * min(found)


def _are_norms(series: Array, known: Array) -> bool:
    """Whether they are the norms of arrays that the code computes."""
    if not len(known):
        return False
    places = np.searchsorted(known, series)
    nearest = np.stack([known[np.clip(places + step, 0, len(known) - 1)] for step in (-1, 0)])
    return bool((np.abs(nearest - series).min(axis=0) <= SAME * np.abs(series)).all())


def _over_layers(answer: Answer, model: Layer) -> LayerGradients | None:
    """On the student's own data, or where the model was never given any, on some that is drawn."""
    measured = model.layer_gradients()
    shape = model.input_shape
    if measured is not None or shape is None or _reads_words(model):
        return measured
    return model.layer_gradients(answer.rng.normal(size=(ROWS, *(size or TIMESTEPS for size in shape[1:]))))


def _reads_words(model: Layer) -> bool:
    return any(inner.family == "Embedding" or _reads_words(inner) for inner in model.inner)


def _through_time(answer: Answer, layer: Layer) -> Network:
    built = layer.built()
    steps = min(layer.length or 20, LONGEST_SEQUENCE)
    inputs = answer.rng.normal(size=(4, steps, built.inputs or 1))
    return Network(built.label, built.step_gradients(inputs, initial=True), "time steps", built)


def whole(found: Sequence[Network]) -> list[Network]:
    """Without those that are a part of another, such as what a Sequential was before its last layer was added."""
    parts = [network.parts for network in found]
    return [
        network
        for at, network in enumerate(found)
        if not parts[at]
        or not any(parts[at] < others or (parts[at] == others and place < at) for place, others in enumerate(parts))
    ]
