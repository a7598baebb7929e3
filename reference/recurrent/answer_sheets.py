"""What is expected for so many units, inputs and time steps: every number comes from the reference, computed anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np

from grader.language.equations import System
from grader.pack.sheet import Expected, Fact, Sheet, Size
from reference.recurrent import cells, equations, expected
from reference.recurrent.bptt import bptt
from reference.recurrent.cells import Array, PeepholeWeights, Weights
from reference.recurrent.expected import Count, OutputShape, Shape
from reference.recurrent.kinds import GRU, LSTM, PEEPHOLE_LSTM, SIMPLE_RNN, Kind

EPOCHS, RATE, BATCH = 10, 0.05, 8
SEEN_OVER = 10
SMALL, LARGE = 0.5, 2.0
"""Recurrent weights whose factor, once per time step, shrinks a gradient, and makes it grow."""

Facts = Callable[[int, int, int], Iterator[Fact]]


def sheet(facts: Facts, system: System | None = None, *, units: int = 64, inputs: int = 32) -> Sheet:
    """The sheet of a question whose facts are computed from units, inputs and time steps."""

    def compute(sizes: Mapping[str, int]) -> Expected:
        found = facts(sizes["units"], sizes["inputs"], sizes["timesteps"])
        return Expected(tuple(found), () if system is None else tuple(item.reference for item in system.statements))

    return Sheet(
        (
            Size("units", "u: the size of the hidden state", units, 1024),
            Size("inputs", "m: the number of input features", inputs, 1024),
            Size("timesteps", "T: the number of time steps", 10, 200),
        ),
        compute,
    )


def _weights(kind: Kind, units: int, inputs: int) -> Weights:
    """Weights of this kind, drawn always alike, in Keras's order."""
    draw = np.random.default_rng(0)
    shapes = _shapes(kind, units, inputs)
    arrays = [draw.normal(0, 1 / np.sqrt(units + inputs), shape) for shape in shapes]
    if kind is PEEPHOLE_LSTM:
        return PeepholeWeights(*arrays, *(draw.normal(0, 1, units) for _ in range(kind.peepholes)))
    return Weights(*arrays)


def _shapes(kind: Kind, units: int, inputs: int) -> list[Shape]:
    if kind is GRU:
        return expected.gru_weights(units, inputs)
    return expected.weights(units, inputs, gates=kind.gates)


LAYERS: dict[str, Callable[..., Array]] = {
    SIMPLE_RNN.name: cells.simple_rnn,
    LSTM.name: cells.lstm,
    GRU.name: cells.gru,
    PEEPHOLE_LSTM.name: cells.peephole_lstm,
}


def _over_a_sequence(kind: Kind, units: int, inputs: int, timesteps: int) -> Array:
    x = np.random.default_rng(1).normal(size=(2, timesteps, inputs))
    return LAYERS[kind.name](_weights(kind, units, inputs), x)


def _shown(shape: Shape | OutputShape) -> str:
    return f"({', '.join(str(side) for side in shape)}{',' if len(shape) == 1 else ''})"


def _of_any_batch(output: Array) -> str:
    return _shown((None, *output.shape[1:]))


def _parameters(what: str, count: Count) -> Fact:
    return Fact(what, f"{count.value:,}", count.worked)


def layer(kind: Kind, units: int, inputs: int, timesteps: int) -> Iterator[Fact]:
    """The parameters, weights and outputs of one layer."""
    yield _parameters(f"parameters of {kind.name}", kind.count(units, inputs, reset_after=kind is GRU))
    if kind is GRU:
        yield _parameters("parameters with reset_after=False", GRU.count(units, inputs))
    if kind is PEEPHOLE_LSTM:
        yield _parameters("parameters of a plain LSTM, for comparison", LSTM.count(units, inputs))
    shapes = [_shown(shape) for shape in _shapes(kind, units, inputs)]
    shapes += [_shown((units,))] * kind.peepholes
    roles = ["kernel", "recurrent kernel", "bias", *["peephole"] * kind.peepholes]
    yield Fact("weights", ", ".join(shapes), ", ".join(roles))
    states = _over_a_sequence(kind, units, inputs, timesteps)
    yield Fact("output of one time step, or of the last", _of_any_batch(states[:, -1]))
    yield Fact("output of all time steps", _of_any_batch(states), "return_sequences=True")


def peepholes(units: int, inputs: int, timesteps: int) -> Iterator[Fact]:
    """Those of a layer with peepholes, and how one knows that it has them."""
    yield from layer(PEEPHOLE_LSTM, units, inputs, timesteps)
    for kind, step in ((PEEPHOLE_LSTM, cells.peephole_lstm_step), (LSTM, cells.lstm_step)):
        w = _weights(kind, units, inputs)
        x, h = np.zeros((1, inputs)), np.zeros((1, units))
        below, at, above = (step(w, x, h, np.full((1, units), value))[1] for value in (-1.0, 0.0, 1.0))  # type: ignore[arg-type]
        bend = float(np.abs(above - 2 * at + below).max())
        about = "the gates see the cell state" if kind is PEEPHOLE_LSTM else "affine in the old cell state"
        yield Fact(f"bend of the next cell state of {kind.name}", f"{bend:.1e}", f"with x and h held still: {about}")


def both_ways(*kinds: Kind) -> Facts:
    """The facts of layers that read in both directions."""

    def facts(units: int, inputs: int, timesteps: int) -> Iterator[Fact]:
        for kind in kinds:
            one = kind.count(units, inputs, reset_after=kind is GRU)
            yield _parameters(f"parameters of Bidirectional, each direction {kind.name}", expected.bidirectional(one))
        w = _weights(kinds[0], units, inputs)
        # Over many steps the change is too small to be seen in the sum, though it is there.
        x = np.random.default_rng(1).normal(size=(1, min(timesteps, SEEN_OVER), inputs))
        other = x.copy()
        other[:, -1] += 1.0
        run = partial(cells.bidirectional, LAYERS[kinds[0].name], w, w)
        whole = run(np.zeros((1, timesteps, inputs)))
        yield Fact("output of all time steps", _of_any_batch(whole), "2u features: both directions side by side")
        yield Fact("output without return_sequences", _of_any_batch(run(x, return_sequences=False)))
        change = float(np.abs(run(x) - run(other))[:, 0].max())
        yield Fact("change of the first output by the last input", f"{change:.1e}", "not zero: it sees the future")
        alone = LAYERS[kinds[0].name]
        if timesteps > 1:
            change = float(np.abs(alone(w, x) - alone(w, other))[:, 0].max())
            yield Fact("the same of one direction alone", f"{change:.1e}")

    return facts


def learning(units: int, inputs: int, timesteps: int) -> Iterator[Fact]:
    """How the loss of a simple RNN behaves that learns by backpropagation through time."""
    yield from layer(SIMPLE_RNN, units, inputs, timesteps)
    losses, first = _trained(units, inputs, timesteps)
    yield Fact(f"loss over {EPOCHS} epochs", f"{losses[0]:.3g} → {losses[-1]:.3g}", "falls, by gradient descent")
    yield Fact("gradient norm at the first time step", f"{first:.1e}", "not zero: it reaches the first step")


def _trained(units: int, inputs: int, timesteps: int) -> tuple[list[float], float]:
    """The losses of the reference as it learns a target, and the norm of its gradient by the first input."""
    draw = np.random.default_rng(2)
    x, target = draw.normal(size=(BATCH, timesteps, inputs)), draw.uniform(-0.5, 0.5, (BATCH, units))
    w, losses, first = _weights(SIMPLE_RNN, units, inputs), list[float](), 0.0
    for _ in range(EPOCHS):
        error = cells.simple_rnn(w, x)[:, -1] - target
        losses.append(float(np.mean(error**2)))
        slope = bptt(w, x, 2 * error / BATCH)
        first = first or float(np.linalg.norm(slope.inputs[:, 0]))
        w = Weights(
            w.kernel - RATE * slope.kernel,
            w.recurrent_kernel - RATE * slope.recurrent_kernel,
            w.bias - RATE * slope.bias,
        )
    return losses, first


def gradients(units: int, inputs: int, timesteps: int) -> Iterator[Fact]:
    """How gradients shrink and grow from the last time step back to the first."""
    for name, size in (("vanishing", SMALL), ("exploding", LARGE)):
        w = Weights(np.zeros((inputs, units)), size * np.eye(units), np.zeros(units))
        norms = np.linalg.norm(bptt(w, np.zeros((1, timesteps, inputs)), np.ones((1, units))).hidden_states[0], axis=-1)
        yield Fact(
            f"{name}: norm of dL/dh at the first and the last time step",
            f"{norms[0]:.2g}, {norms[-1]:.2g}",
            f"a factor of {size:g} for each of {timesteps - 1} steps: {norms[0] / norms[-1]:.2g}",
        )
    yield Fact("vanishing: the loss", "stays nearly flat", "early layers or steps hardly learn")
    yield Fact("exploding: the loss", "becomes huge, or no number", "training is unstable")


RNN_CELL = sheet(partial(layer, SIMPLE_RNN), equations.SIMPLE_RNN, units=128)
BPTT = sheet(learning, equations.SIMPLE_RNN)
GRADIENTS = sheet(gradients)
LSTM_LAYER = sheet(partial(layer, LSTM), equations.LSTM)
GRU_LAYER = sheet(partial(layer, GRU), equations.GRU)
PEEPHOLES = sheet(peepholes, equations.PEEPHOLE_LSTM, units=24)
BIDIRECTIONAL = sheet(both_ways(SIMPLE_RNN, LSTM, GRU))
BILSTM = sheet(both_ways(LSTM), equations.LSTM)
BIGRU = sheet(both_ways(GRU), equations.GRU)
