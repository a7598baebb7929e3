"""Layers that read a sequence in both directions: finding them, and measuring what each output sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np

from grader.answer.answer import Answer
from grader.answer.evidence import TracedCall
from grader.answer.layer import Layer
from grader.pack.pictures import Picture
from grader.pack.questions import Question
from grader.pack.verdict import Missed, Outcome, expect, failed, miss, passed
from reference.checks import drawing
from reference.checks.comparing import verdict
from reference.checks.counting import count
from reference.checks.judging import GRU, LSTM, Kind, kind_of
from reference.checks.running import BATCH, steps_for
from reference.loops.two_loops import TwoLoops, two_loops
from reference.recurrent import cells, expected, slips
from reference.recurrent.cells import Array, MergeMode, Weights
from reference.recurrent.layers import reads_sequences
from reference.recurrent.measure import dependence_in, perturbed, require_batch, sequences
from reference.recurrent.recognise import TOLERANCE, difference, recognise

TIMESTEPS = 6
TwoWay = Layer | TwoLoops
NEEDED = "a bidirectional layer (or two layers that read in opposite directions)"


def find_bidirectional(answer: Answer) -> TwoWay:
    """The Bidirectional layer of the answer, or what reads in opposite directions: a model with two recurrent layers,
    or two loops."""
    wrapper = answer.among(answer.of_family("Bidirectional"))
    if wrapper is not None:
        return wrapper.built()
    own = [layer for layer in answer.layers if layer.facts.custom and not layer.is_cell]
    stacked = [model for model in (*answer.models, *own) if len(recurrent_parts(model)) >= 2]
    joined = answer.among(model for model in stacked if _reads_both_ways(answer, model))
    loops = two_loops(answer) if joined is None else None
    if loops is not None:
        return loops
    if joined is None and stacked:
        miss(
            "Your recurrent layers all read from the first time step to the last. In a "
            "bidirectional network a second layer reads the same input from its end.",
            expected="two directions",
            observed="one direction",
        )
    if joined is None:
        _require_a_second_layer(answer)
    return joined if joined is not None else answer.nothing(NEEDED)


def _require_a_second_layer(answer: Answer) -> None:
    """End the check where there is a single recurrent layer, whatever it is called on."""
    only = [layer for layer in answer.layers if reads_sequences(layer)]
    if len(only) == 1 and answer.broken is None:
        miss(
            f"Your {only[0].label} is the only recurrent layer, so both outputs that you join, if you do, come from "
            "the same weights. A bidirectional network has two layers, each with weights of its own: the second one "
            "reads the same input from its end (go_backwards=True, or keras.layers.Bidirectional).",
            expected="two layers, one for each direction",
            observed="one layer",
        )


def _reads_both_ways(answer: Answer, model: Layer) -> bool:
    """By the layers' own direction, or measured: where there is an output per time step, the first one sees the end."""
    if len({part.setting("go_backwards") is True for part in recurrent_parts(model)}) == 2:
        return True
    sees = _what_outputs_see(answer, model)
    return len(sees) > 1 and bool(sees[0, -1])


def judge_both_directions(question: Question, kind: Kind) -> None:
    """Give a question about a bidirectional layer of one kind its checks: the same for BiLSTM and BiGRU."""

    def layer_of(answer: Answer) -> TwoWay:
        layer = find_bidirectional(answer)
        require_kind(layer, kind)
        return layer

    @question.check("structure", points=2)
    def parameters(answer: Answer) -> Outcome:
        """Two layers of the kind asked for, with weights of their own: twice the parameters of one.

        Twice the parameters of one kind are the sign of two networks of that kind, and not of one that is used twice.
        """
        return twice_the_parameters(layer_of(answer))

    @question.check("behaviour", points=1, after=parameters)
    def sees_the_future(answer: Answer) -> Outcome:
        """The output of the first time step depends on the last input.

        Nothing shows the second direction more plainly: no forward network knows the last input at its first step.
        """
        return first_output_sees_last_input(answer, layer_of(answer))

    @question.check("behaviour", points=2, after=parameters)
    def computes_both_directions(answer: Answer) -> Outcome:
        """On random weights and inputs, its numbers are those of the two-way reference.

        A layer is what it computes. The numbers show which cell it is made of, both ways and in step.
        """
        return matches_reference(answer, layer_of(answer), kind)

    @question.check("structure", points=1, after=parameters)
    def output(answer: Answer) -> Outcome:
        """It gives the states of both directions: of each time step, or of the sequence.

        What follows relies on it: the states of each step are needed to label every word, those of the sequence to
        label the whole.
        """
        return output_of_both_directions(answer, layer_of(answer))

    @question.picture
    def pictures(answer: Answer) -> Iterator[Picture]:
        """Which output depends on which input, and where the parameters of both directions are."""
        yield from dependence_of(answer)
        layer = find_bidirectional(answer)
        if isinstance(layer, Layer) and (parts := recurrent_parts(layer)):
            yield from drawing.parameters(answer, parts[0].built(layer.inputs), kind, directions=len(parts))


def dependence_of(answer: Answer) -> Iterator[Picture]:
    """Which output time step depends on which input time step: of both directions, or of what stands in their place."""
    try:
        layer: TwoWay | None = find_bidirectional(answer)
    except Missed:
        layer = answer.among(layer for layer in answer.layers if reads_sequences(layer))
    if isinstance(layer, Layer):
        yield from drawing.dependence(_what_outputs_see(answer, layer.built()))


def recurrent_parts(layer: Layer) -> list[Layer]:
    """The recurrent layers inside, each once, in order: of a Bidirectional the forward and the backward one."""
    if layer.family == "Bidirectional":
        return [part for part in (layer.forward_layer, layer.backward_layer) if part is not None]
    found: dict[int, Layer] = {}
    for inner in layer.inner:
        parts = [inner] if reads_sequences(inner) and inner.family != "Bidirectional" else recurrent_parts(inner)
        found |= {part.facts.ref: part for part in parts}
    return list(found.values())


def require_kind(layer: TwoWay, kind: Kind) -> None:
    """End the check where the directions are not of this kind."""
    if isinstance(layer, TwoLoops):
        names = [layer.kind.keras]
    else:
        found = [(part.family, kind_of(part)) for part in recurrent_parts(layer)]
        names = [family if known is None else known.keras for family, known in found]
    other = next((name for name in names if name != kind.keras), None)
    if other is not None:
        miss(
            f"Your bidirectional layer is made of {other} layers: that is a Bi{other}. "
            f"This question asks for a Bi{kind.keras}: Bidirectional({kind.keras}(...)).",
            expected=f"Bi{kind.keras}",
            observed=f"Bi{other}",
        )
    if not names:
        miss(f"Your {layer.label} has no recurrent layer inside.", expected=f"Bi{kind.keras}")


def twice_the_parameters(layer: TwoWay) -> Outcome:
    """Both directions have weights of their own: twice the parameters of one direction."""
    if isinstance(layer, TwoLoops):
        return layer.weights_of_both()
    parts = recurrent_parts(layer)
    kind = kind_of(parts[0]) if parts else None
    if kind is None:
        miss(f"The directions of your {layer.label} are not layers that we know.", expected="SimpleRNN, LSTM or GRU")
    one = parts[0].built(layer.inputs)
    wanted = expected.bidirectional(count(kind, one, use_bias=one.setting("use_bias") is not False))
    found = layer.parameters if layer.family == "Bidirectional" else sum(part.parameters or 0 for part in parts)
    return expect(found, "Parameters of both directions").equals(
        wanted.value, wanted.worked, otherwise=_missing_direction(found, wanted.value)
    )


def _missing_direction(found: int | None, wanted: int) -> str:
    return "That is one direction only." if found is not None and 2 * found == wanted else ""


def first_output_sees_last_input(answer: Answer, layer: TwoWay) -> Outcome:
    """Measured: the output of the first time step changes when the last time step of the input does."""
    if isinstance(layer, TwoLoops):
        return layer.sees_the_future()
    sees = _what_outputs_see(answer, layer)
    if sees.shape[0] == 1:
        return _without_sequences(answer, layer)
    if sees[0, -1]:
        return passed("The output of the first time step depends on the last input: it sees the future.")
    return failed(
        "The output of the first time step does not change when the last input does: nothing reads the sequence "
        "from its end. One of the two layers must go backwards.",
        expected="depends",
        observed="does not depend",
    )


def last_output_sees_first_input(answer: Answer, layer: Layer) -> Outcome:
    """Measured: the output of the last time step changes when the first time step of the input does."""
    if _what_outputs_see(answer, layer)[-1, 0]:
        return passed("The output of the last time step depends on the first input: it sees the past.")
    return failed(
        "The output of the last time step does not change when the first input does: nothing reads the sequence "
        "from its beginning.",
        expected="depends",
        observed="does not depend",
    )


def joins_past_and_future(answer: Answer, layer: TwoWay) -> Outcome:
    """As the two-way reference where both directions are of a kind that we know; else by what outputs see."""
    if isinstance(layer, TwoLoops):
        return layer.in_step()
    kind = kind_of(recurrent_parts(layer)[0])
    if kind is not None:
        return matches_reference(answer, layer, kind)
    return last_output_sees_first_input(answer, layer)


def _what_outputs_see(answer: Answer, layer: Layer) -> Array:
    return answer.once(("sees", layer.facts.ref), lambda: dependence_in(layer, _run(answer, layer).output))


@dataclass(frozen=True, slots=True)
class _Run:
    """A layer on inputs as `perturbed` draws them; a Bidirectional with random `weights`, a model with its own."""

    x: Array
    weights: list[Array] | None
    output: Array


def _run(answer: Answer, layer: Layer) -> _Run:
    return answer.once(("run", layer.facts.ref), lambda: _new_run(answer, layer))


def _new_run(answer: Answer, layer: Layer) -> _Run:
    wrapper = layer.family == "Bidirectional"
    weights = layer.random_weights(answer.rng) if wrapper else None
    x = perturbed(layer, answer.rng, _features(layer), _length(answer, layer))
    outputs = layer.forward(x, weights)
    # Without a merge mode there are two outputs, and perhaps states behind them.
    apart = wrapper and not layer.setting("merge_mode") and len(outputs) > 1
    output = np.concatenate(outputs[:2], axis=-1) if apart else outputs[0]
    require_batch(layer, x, output)
    return _Run(x, weights, output)


def _length(answer: Answer, layer: Layer) -> int:
    shape = layer.input_shape
    words = shape[1] if shape is not None and len(shape) == 2 else None
    return words or steps_for(answer, layer)


def _features(layer: Layer) -> int:
    shape = layer.input_shape
    features = layer.inputs or (shape[-1] if shape else None) or recurrent_parts(layer)[0].inputs
    return features or 1


def _without_sequences(answer: Answer, layer: Layer) -> Outcome:
    """Only one output per sequence: what it sees is shown by comparing it with the reference."""
    return joins_past_and_future(answer, layer)


def matches_reference(answer: Answer, layer: TwoWay, kind: Kind) -> Outcome:
    """On random weights and inputs, the numbers are those of the two-way reference."""
    if isinstance(layer, TwoLoops):
        return layer.in_step()
    if layer.family != "Bidirectional":
        return answer.once(("joined", layer.facts.ref), lambda: _by_hand(answer, layer))
    run = _run(answer, layer)
    arrays, mode = run.weights or [], layer.setting("merge_mode")
    merge_mode: MergeMode = mode if mode in ("concat", "sum", "mul", "ave") else "concat"  # type: ignore[assignment]
    half = len(arrays) // 2
    weights = [Weights.from_keras(arrays[:half]), Weights.from_keras(arrays[half:])]
    one = recurrent_parts(layer)[0]
    right = partial(
        cells.bidirectional, merge_mode=merge_mode, return_sequences=one.setting("return_sequences") is True
    )
    recognition = recognise(
        run.output, right, slips.bidirectional(merge_mode), _sequence_of(kind, one), *weights, run.x
    )
    return verdict(recognition, f"Your {layer.label}", f"a bidirectional {kind.keras}")


def _sequence_of(kind: Kind, one: Layer) -> cells.Layer:
    if kind is GRU:
        return partial(cells.gru, reset_after=one.setting("reset_after") is not False)
    return cells.lstm if kind is LSTM else cells.simple_rnn


def _by_hand(answer: Answer, layer: Layer) -> Outcome:
    """Two layers joined by the student: each computes its direction, and somewhere both are joined step by step."""
    parts = recurrent_parts(layer)
    names = ", ".join(part.label for part in parts)
    x = sequences(layer, answer.rng, BATCH, _length(answer, layer), _features(layer))
    drawn = {part.facts.ref: part.random_weights(answer.rng) for part in parts}
    calls = layer.trace(x, drawn)
    read = [_Reading.of(part, drawn[part.facts.ref], calls) for part in parts]
    for part, reading in zip(parts, read, strict=True):
        if reading is not None and difference(reading.found, reading.expected) > TOLERANCE:
            return failed(
                f"Your {part.label} does not compute over a sequence what its equations say.",
                expected="the numbers of the reference",
                observed="other numbers",
            )
    values = [value for call in calls for value in (*call.inputs, *call.outputs)]
    for one, other in combinations([reading for reading in read if reading is not None], 2):
        joint = next((joint for joint in _joints(one, other) if any(_same(joint, value) for value in values)), None)
        if joint is not None and one.opposite_to(other):
            shape = "(" + ", ".join(["None", *map(str, joint.shape[1:])]) + ")"
            return passed(
                f"Two layers that read in opposite directions ({names}) are joined by hand.",
                expected="both outputs of each time step, side by side",
                observed=f"joined: {shape}",
            )
    return failed(
        f"The outputs of {names} are not joined step by step. A layer with go_backwards=True gives its outputs "
        "from the last time step to the first: turn them round before you join them, and let both read the same "
        "input.",
        expected="both outputs of each time step, side by side",
        observed="other numbers",
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one recurrent layer read (batch, timesteps, features) and gave, and what the reference gives for that."""

    given: Array
    backwards: bool
    found: Array
    expected: Array

    @classmethod
    def of(cls, part: Layer, weights: list[Array], calls: Sequence[TracedCall]) -> _Reading | None:
        """As it was seen in a run of the whole model; None where it took no part in it, or is of no kind we know."""
        call = next((call for call in calls if call.ref == part.facts.ref and call.inputs and call.outputs), None)
        if call is None or call.inputs[0].ndim != 3:
            return None
        backwards = part.setting("go_backwards") is True
        read = call.inputs[0][:, ::-1] if backwards else call.inputs[0]
        kind = kind_of(part)
        if kind is None:
            return None
        states = _sequence_of(kind, part)(Weights.from_keras(weights), read)
        whole = part.setting("return_sequences") is True
        return cls(call.inputs[0], backwards, call.outputs[0], states if whole else states[:, -1])

    def opposite_to(self, other: _Reading) -> bool:
        """Whether both read the same sequence, one from its beginning and one from its end."""
        if _same(self.given, other.given):
            return self.backwards != other.backwards
        return _same(self.given, other.given[:, ::-1]) and self.backwards == other.backwards

    def in_order(self, of: _Reading) -> Array:
        """Its states in the order in which `of`, which may be itself, gives its own."""
        turned = self is not of and self.expected.ndim == 3
        return self.expected[:, ::-1] if turned else self.expected


def _joints(one: _Reading, other: _Reading) -> Iterator[Array]:
    """The ways to join both, in the order of time steps of the one and of the other."""
    for order in (one, other):
        pair = one.in_order(order), other.in_order(order)
        if pair[0].shape == pair[1].shape:
            yield from (pair[0] + pair[1], (pair[0] + pair[1]) / 2, pair[0] * pair[1])
        if pair[0].shape[:-1] == pair[1].shape[:-1]:
            yield np.concatenate(pair, axis=-1)
            yield np.concatenate(pair[::-1], axis=-1)


def _same(one: Array, other: Array) -> bool:
    return difference(one, other) <= TOLERANCE


def output_of_both_directions(answer: Answer, layer: TwoWay) -> Outcome:
    """(None, T, 2u) with return_sequences, else (None, 2u); with another merge mode than "concat", u in place of 2u."""
    if isinstance(layer, TwoLoops) or layer.family != "Bidirectional":
        return joins_past_and_future(answer, layer)
    shape = layer.output_shape
    one = recurrent_parts(layer)[0]
    # Without a merge mode there are two outputs, each of one direction.
    features = expected.bidirectional_units(one.units or 0, str(layer.setting("merge_mode")))
    whole = one.setting("return_sequences") is True
    if shape is None:
        miss("Your layer was never run, so it has no output. Give it an input.", expected=f"(None, T, {features})")
    wanted = expected.output(features, layer.timesteps or TIMESTEPS, return_sequences=whole)
    if whole and len(shape) == 3 and shape[1] is None:
        wanted, shape = (features,), shape[-1:]
    return expect(shape, "Output shape").equals(wanted, "batch, time steps, units of both directions")
