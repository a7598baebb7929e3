"""Running a layer or model on a batch that it has never seen, and looking at what comes out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.answer.answer import Answer
from grader.answer.ended import describe, mend
from grader.answer.layer import Layer
from grader.pack.verdict import Outcome, Todo, expect, failed, miss, passed
from reference.recurrent import expected
from reference.recurrent.cells import Array
from reference.recurrent.layers import reads_sequences
from reference.recurrent.recognise import TOLERANCE, difference

BATCH = 3
TIMESTEPS = 6
STEPS = (3, 6)
ROWS = (2, 7)
LARGEST_BATCH = 64
ROWS_SUM_TO_ONE = 1e-4


def over_a_sequence(answer: Answer, layer: Layer) -> tuple[Array, Array]:
    """A built layer's inputs (batch, timesteps, features), drawn once, and its first output for them."""
    return answer.once(("over a sequence", layer.facts.ref), lambda: _run(answer, layer))


def batch_for(answer: Answer, layer: Layer) -> int:
    """How many sequences to give it: code of the student's own is to hold for as many as its author gave it.

    Where nobody knows, a number that is no other size of the layer: an axis is to be told from the others.
    """
    if _is_kerass(layer) and not (layer.cell is not None and layer.cell.facts.custom):
        return BATCH
    shapes = [call.inputs[0] for call in layer.facts.calls if call.concrete and call.inputs]
    own = [shape[0] for shape in shapes if len(shape) > 1 and shape[0] and ROWS[0] <= shape[0] <= LARGEST_BATCH]
    return own[-1] if own else answer.once(("rows", layer.facts.ref), lambda: _drawn(answer, layer))


def _drawn(answer: Answer, layer: Layer) -> int:
    taken = {layer.units, layer.inputs, (layer.units or 0) + (layer.inputs or 0)}
    return int(answer.rng.choice([rows for rows in range(*ROWS) if rows not in taken]))


def _run(answer: Answer, layer: Layer) -> tuple[Array, Array]:
    x = answer.rng.uniform(-1, 1, (batch_for(answer, layer), steps_for(answer, layer), layer.inputs or 1))
    return x, layer.forward(x)[0]


def steps_for(answer: Answer, layer: Layer) -> int:
    """How long sequences are to be: short for layers of Keras, which take any; else as the student's own.

    A layer of the student's may be made for sequences of one length alone.
    """
    takes_any = reads_sequences(layer) and _is_kerass(layer)
    return (None if takes_any else layer.length) or int(answer.rng.integers(*STEPS))


def _is_kerass(layer: Layer) -> bool:
    return not layer.facts.custom and all(map(_is_kerass, layer.inner))


def require_hidden_output(cell: Layer, rng: np.random.Generator) -> None:
    """End the check where what a cell gives for a step is not its new hidden state."""
    states = [rng.uniform(-1, 1, (BATCH, size)) for size in cell.facts.state_sizes]
    output, *after = cell.step(rng.uniform(-1, 1, (BATCH, cell.inputs or 1)), states, cell.random_weights(rng))
    require_same(cell, output, *after[:1])


def require_same(cell: Layer, output: Array, hidden: Array) -> None:
    """End the check where both are not the same."""
    if difference(output, hidden) > TOLERANCE:
        miss(
            f"The output of your {cell.label} is not its new hidden state.",
            todo=Todo("Return the new hidden state as the output of a step."),
            expected="output = h_t",
            observed="another output",
        )


def require_working_code(answer: Answer) -> None:
    """End the check where the code stopped with an error while a model was built, or a layer was given no sequences."""
    if answer.broken is None:
        return
    for layer in (each for each in answer.layers if reads_sequences(each) and not each.facts.built):
        given = next((call.inputs[0] for call in layer.facts.calls if call.inputs and len(call.inputs[0]) == 2), None)
        if given is not None:
            miss(
                f"Your {layer.label} was given one vector for each sample, and a recurrent layer needs one for each "
                "time step: is return_sequences=True missing in the layer below? Without it, that gives its last state "
                "alone.",
                todo=Todo("Set return_sequences=True in the layer below."),
                expected="(batch, time steps, features)",
                observed=_shown(given),
            )
    unbuilt = next((model for model in answer.models if not model.facts.built), None)
    if unbuilt is not None:
        miss(
            f"Your {unbuilt.label} was never built, because the code stopped: {describe(answer.broken)}",
            todo=mend(answer.broken),
        )


def _shown(shape: Sequence[int | None]) -> str:
    return "(" + ", ".join(str(size) for size in shape) + ")"


def one_step_alone(answer: Answer, cell: Layer) -> Outcome:
    """A bare cell gives (batch, u) for one step."""
    batch = batch_for(answer, cell)
    states = [answer.rng.uniform(-1, 1, (batch, size)) for size in cell.facts.state_sizes]
    shape = cell.step(answer.rng.uniform(-1, 1, (batch, cell.inputs or 1)), states)[0].shape
    return expect(shape, "Output of one step").equals((batch, cell.units or 0), "batch, units")


def states_over_time(answer: Answer, layer: Layer) -> Outcome:
    """A built layer gives (batch, T, u) with return_sequences, else (batch, u)."""
    x, output = over_a_sequence(answer, layer)
    sequences = layer.setting("return_sequences") is True
    wanted = expected.output(layer.units or 0, x.shape[1], return_sequences=sequences, batch=len(x))
    return expect(output.shape, f"Output for {len(x)} sequences").equals(
        wanted, "batch, time steps, units" if sequences else "batch, units"
    )


def runs_on_a_batch(answer: Answer, model: Layer) -> Outcome:
    """The model answers a new batch with one finite output each; the rows of a softmax sum to 1."""
    require_working_code(answer)
    shape = model.input_shape
    if shape is None:
        miss(f"Your {model.label} was never built or run: give it an input shape, or call it on data.")
    sizes = [size or TIMESTEPS for size in shape[1:]]
    output = model.forward(answer.rng.uniform(-1, 1, (BATCH, *sizes)))[0]
    wanted = f"{BATCH} outputs for {BATCH} inputs"
    if output.shape[0] != BATCH:
        miss(f"For {BATCH} inputs your model gives {output.shape[0]} outputs.", expected=wanted, observed=output.shape)
    if not np.isfinite(output).all():
        miss("Your model's outputs are not all finite numbers.", expected="finite numbers", observed="NaN or infinity")
    if ends_in_softmax(model):
        return _rows(output)
    return passed("The model answers a batch that it has never seen.", expected=wanted, observed=output.shape)


def takes_several(model: Layer) -> bool:
    """Whether a model has several inputs: an encoder and a decoder, or words beside numbers."""
    return len(model.facts.slots) > 1 or sum(inner.family == "InputLayer" for inner in model.inner) > 1


def ends_in_softmax(layer: Layer) -> bool:
    """Whether the last layer of a model has a softmax, or is one."""
    is_one = layer.facts.class_name == "Softmax" and not layer.facts.custom
    if is_one or layer.setting("activation") == "softmax":
        return True
    return bool(layer.inner) and ends_in_softmax(layer.inner[-1])


def _rows(output: np.ndarray) -> Outcome:
    if output.shape[-1] == 1:
        return failed(
            "A softmax over one unit is always 1, whatever the input: use two units, or one unit with a sigmoid.",
            expected="at least two units",
            observed="one unit",
        )
    error = float(np.abs(output.sum(axis=-1) - 1).max())
    if error > ROWS_SUM_TO_ONE:
        return failed(
            "The rows of the softmax do not sum to 1: it is not taken over the classes, which are the last axis.",
            todo=Todo("Take the softmax over the last axis, which has the classes."),
            expected="sums of 1",
            observed=f"off by {error:.2g}",
        )
    return passed("The outputs of each row sum to 1.", expected="sums of 1", observed=output.shape)
