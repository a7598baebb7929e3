"""A layer or model as it was found: what can be read of it without asking it anything."""

from __future__ import annotations

import math

from grader.answer.evidence import LayerFacts

MOST_WEIGHTS = 200


class Described:
    """Facts about one of the objects that are `known` by their `ref`."""

    def __init__(self, facts: LayerFacts, known: dict[int, LayerFacts]) -> None:
        self.facts = facts
        self.known = known

    @property
    def label(self) -> str:
        """What to call it in a message: "LSTM with 64 units"."""
        units = self.units
        return self.facts.class_name if units is None else f"{self.facts.class_name} with {units} units"

    @property
    def family(self) -> str:
        """The class of Keras it descends from: "LSTM", "Bidirectional", "Model", or "Layer"."""
        return self.facts.family

    @property
    def units(self) -> int | None:
        """The size of the hidden state (of one direction, for a Bidirectional)."""
        if self.facts.units is None and self.facts.state_sizes:
            return self.facts.state_sizes[0]
        inner = None if self.facts.forward is None else self.known.get(self.facts.forward)
        return Described(inner, self.known).units if self.facts.units is None and inner else self.facts.units

    @property
    def inputs(self) -> int | None:
        """The number of input features; None before it was built."""
        return self.facts.inputs

    @property
    def parameters(self) -> int | None:
        """How many numbers its weights hold; None before it was built."""
        if self.facts.parameters is None or len(self.facts.weights) >= MOST_WEIGHTS:
            return self.facts.parameters
        # By the shapes that experiments have to fit, and not by the layer's own word.
        return sum(math.prod(shape) for shape in self.weight_shapes)

    @property
    def weight_shapes(self) -> list[tuple[int, ...]]:
        """The shapes of its weights, in the order of `layer.weights`."""
        return [weight.shape for weight in self.facts.weights]

    @property
    def every_weight_shape(self) -> list[tuple[int, ...]]:
        """The shapes of its weights, those of its predictions among them."""
        return self.weight_shapes

    def setting(self, name: str) -> bool | int | str | None:
        """A setting such as `return_sequences`, `merge_mode` or `reset_after`; None where it has none of that name."""
        return self.facts.settings.get(name)

    @property
    def is_cell(self) -> bool:
        """A recurrent cell: it computes one time step."""
        return self.facts.is_cell

    @property
    def loops(self) -> bool:
        """Whether it is a layer of the student's own that loops over time, and has no cell to be asked."""
        return False

    @property
    def input_shapes(self) -> list[tuple[int | None, ...]]:
        """The shapes of the first input in each way it was called."""
        return [call.inputs[0] for call in self.facts.calls if call.inputs]

    @property
    def output_shape(self) -> tuple[int | None, ...] | None:
        """The shape of its first output in the last call that succeeded, the batch size as None."""
        shapes = [call.outputs[0] for call in self.facts.calls if call.outputs]
        return (None, *shapes[-1][1:]) if shapes else None

    @property
    def input_shape(self) -> tuple[int | None, ...] | None:
        """The shape that a model declares for its input, or of the first input it was called on; batch as None."""
        declared = self.facts.input_shape
        shape = declared or (self.input_shapes[-1] if self.input_shapes else None)
        return None if not shape else (None, *shape[1:])

    @property
    def length(self) -> int | None:
        """The length of the sequences it was called on, where it is known."""
        shapes = [*([self.facts.input_shape] if self.facts.input_shape else []), *self.input_shapes]
        lengths = [shape[1] for shape in shapes if len(shape) == 3 and shape[1]]
        return lengths[-1] if lengths else None
