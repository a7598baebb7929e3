"""A live layer or model in the student's kernel, as a check sees it: what is inside it, and experiments to make."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from grader.answer import evidence
from grader.answer.described import Described
from grader.answer.evidence import Array, LayerFacts, TracedCall
from grader.pack.verdict import miss
from grader.protocol import operations as ops
from grader.protocol.operations import Request

DEFAULT_FEATURES = 32
DEFAULT_LENGTH = 6
LONGEST = 64


class Raised(Exception):
    """The student's object raised an error when it was run; the message holds the error's type and text."""


class Ask(Protocol):
    """How questions reach the kernel. Raises `Raised`, or `Unanswerable` where it is not the object's fault."""

    def __call__(self, request: Request, /) -> Any:
        """The value that the probe gives back, not validated yet."""


class Layer(Described):
    """One layer, cell or model. Experiments leave the student's object as it was."""

    def __init__(self, facts: LayerFacts, known: dict[int, LayerFacts], ask: Ask) -> None:
        super().__init__(facts, known)
        self.ask = ask

    def __repr__(self) -> str:
        return f"<Layer {self.facts.ref} {self.label}>"

    @property
    def cell(self) -> Layer | None:
        """The cell inside a layer over sequences; a cell is its own."""
        return self if self.is_cell else self._other(self.facts.cell)

    @property
    def forward_layer(self) -> Layer | None:
        """The layer of a Bidirectional that reads from the first step to the last."""
        return self._other(self.facts.forward)

    @property
    def backward_layer(self) -> Layer | None:
        """The layer of a Bidirectional that reads from the last step to the first."""
        return self._other(self.facts.backward)

    @property
    def inner(self) -> list[Layer]:
        """The layers directly inside, in order."""
        return [layer for layer in map(self._other, self.facts.inner) if layer is not None]

    def _other(self, ref: int | None) -> Layer | None:
        facts = None if ref is None else self.known.get(ref)
        return None if facts is None else Layer(facts, self.known, self.ask)

    # ----- experiments -----

    def built(self, features: int | None = None, length: int | None = None) -> Layer:
        """Itself where it is built; otherwise a copy, built for `features` inputs. Ends the check if it cannot be."""
        if self.facts.built and self.facts.weights:
            return self
        size = features or self.inputs or DEFAULT_FEATURES
        shape = [None, size] if self.is_cell else [None, length or DEFAULT_LENGTH, size]
        asked = ops.Twin(self.facts.ref, tuple(shape))
        reply = self._run(asked, f"built for inputs of shape {asked.input_shape}")
        twin = evidence.read(evidence.Twin, reply)
        known = self.known | {facts.ref: facts for facts in twin.objects}
        return Layer(known[twin.ref], known, self.ask)

    def step(self, inputs: Array, states: Sequence[Array], weights: Sequence[Array] | None = None) -> list[Array]:
        """One step of a cell: `[output, *new_states]` for inputs (batch, features) and states (batch, units)."""
        asked = ops.Step(self.facts.ref, inputs, tuple(states), None if weights is None else tuple(weights))
        return evidence.arrays(self._run(asked, f"run for one step on inputs of shape {inputs.shape}"))

    def forward(self, inputs: Array, weights: Sequence[Array] | None = None) -> list[Array]:
        """Its outputs for inputs (batch, ...), in inference mode, with its own weights or the given ones."""
        asked = ops.Forward(self.facts.ref, inputs, None if weights is None else tuple(weights))
        return evidence.arrays(self._run(asked, f"run on inputs of shape {inputs.shape}"))

    def scan(self, inputs: Array) -> Array:
        """The last output (batch, units) of a cell over a sequence (batch, timesteps, features), from zeros."""
        doing = f"run over a sequence of shape {inputs.shape}"
        return evidence.array(self._run(ops.Scan(self.facts.ref, inputs), doing))

    def trace(self, inputs: Array, weights: Mapping[int, Sequence[Array]]) -> tuple[TracedCall, ...]:
        """What each layer inside was given and gave on inputs (batch, ...), with these weights for the layers `ref`."""
        asked = ops.Trace(self.facts.ref, inputs, {ref: tuple(given) for ref, given in weights.items()})
        reply = self._run(asked, f"run on inputs of shape {inputs.shape}")
        return evidence.read(evidence.Traced, {"calls": reply}).calls

    def try_forward(self, inputs: Array) -> list[Array] | Raised:
        """As `forward`, but an error of the student's object is returned instead of ending the check."""
        try:
            return evidence.arrays(self.ask(ops.Forward(self.facts.ref, inputs)))
        except Raised as error:
            return error

    def step_gradients(self, inputs: Array, *, initial: bool = False) -> Array:
        """Norm of the gradient of the last output with respect to each time step's input (timesteps,).

        With `initial`, at the weights that the layer had before it was trained.
        """
        doing = f"differentiated on inputs of shape {inputs.shape}"
        return evidence.array(self._run(ops.StepGradients(self.facts.ref, inputs, initial), doing))

    def layer_gradients(self, inputs: Array | None = None, *, initial: bool = True) -> evidence.LayerGradients | None:
        """Gradient norms per layer on the student's own data at the initial weights; None where there is no data."""
        try:
            reply = self.ask(ops.LayerGradients(self.facts.ref, inputs, initial))
        except Raised:
            return None
        return evidence.read(evidence.LayerGradients, reply)

    def own_weights(self) -> list[Array] | None:
        """The values that its weights have; None where it is seen in another way than it is."""
        if type(self) is not Layer or not self.facts.built:
            return None
        return evidence.arrays(self._run(ops.WeightsOf(self.facts.ref), "asked for its weights"))

    def own_runs(self) -> tuple[evidence.OwnRun, ...]:
        """What it was given, gave and had where its author ran it; of what is Keras's own, nothing."""
        if not self.facts.built:
            return ()
        reply = self._run(ops.OwnRuns(self.facts.ref), "asked for what it gave")
        return evidence.read(evidence.OwnRuns, {"runs": reply}).runs

    def random_weights(self, rng: np.random.Generator, scale: float = 1.0) -> list[Array]:
        """Weights to try, in the shapes of its own: neither so small nor so large that gates saturate."""
        drawn = []
        for shape in self.weight_shapes:
            spread = scale / math.sqrt(max(shape[0], 1)) if len(shape) > 1 else 0.5 * scale
            drawn.append(rng.uniform(-1.5, 1.5, shape) * spread)
        return [weight.astype(np.float32) for weight in drawn]

    def _run(self, request: Request, doing: str) -> Any:
        try:
            return self.ask(request)
        except Raised as error:
            miss(f"When your {self.label} was {doing}, it failed: {error}", observed=str(error))
