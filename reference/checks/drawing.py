"""The pictures of a question: the numbers behind its checks in a form that a report can draw."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

import numpy as np

from grader.answer.answer import Answer
from grader.answer.evidence import Array
from grader.answer.layer import Layer
from grader.pack.pictures import MOST_STEPS, SHORT, Block, Dependence, Losses, Parameters, points
from reference.checks.answer_losses import LOSSES
from reference.checks.counting import count
from reference.checks.training import by_hand, contains
from reference.recurrent.kinds import GRU, Kind


def losses(answer: Answer, layer: Layer) -> Iterator[Losses]:
    """The training of this layer that the check looked at: of `fit`, or a loop of the student's own."""
    runs = [training.losses for training in answer.trainings if contains(training.model, layer)]
    series = [run for run in (*runs, *by_hand(answer, layer)) if len(run) > 1]
    if series:
        falling = [run for run in series if np.isfinite(run).all() and run[-1] < run[0]]
        reference = LOSSES.get(answer.question, ())
        yield Losses(
            title=f"Training of your {layer.label}"[:SHORT], yours=points((falling or series)[0]), reference=reference
        )


def dependence(sees: Array) -> Iterator[Dependence]:
    """What each output was seen to depend on; nothing where there is one output, or too many to be drawn."""
    if 1 < len(sees) <= MOST_STEPS and sees.shape[1] <= MOST_STEPS:
        yield Dependence(axis="time step", sees=tuple(tuple(map(bool, row)) for row in sees))


def parameters(cell: Layer, layer: Layer, kind: Kind, *, directions: int = 1) -> Iterator[Parameters]:
    """Where the parameters of a layer's cell are, beside those that its kind has in the student's own sizes."""
    u, m = cell.units or 0, cell.inputs or 0
    if not (u and m):
        return
    wanted = count(kind, layer, units=u, inputs=m).value
    if kind is GRU and layer.setting("reset_after") is None and cell.parameters != wanted:
        wanted = kind.count(u, m).value  # one bias for each gate, or two, is for who writes it
    yield side_by_side(roles(cell.weight_shapes, u, m, kind), kind, u, m, wanted, directions=directions)


def side_by_side(
    yours: dict[str, int], kind: Kind, units: int, inputs: int, total: int, *, directions: int = 1
) -> Parameters:
    """How many numbers have which role, beside a layer of this kind and size that has `total` of them."""
    wanted = _expected(kind, units, inputs, total)
    return Parameters(yours=_blocks(yours, directions), expected=_blocks(wanted, directions))


def roles(shapes: list[tuple[int, ...]], units: int, inputs: int, kind: Kind) -> dict[str, int]:
    """How many numbers of weights with these shapes are multiplied with what."""
    rows: dict[int, int] = {}
    vectors = 0
    for place, shape in enumerate(shapes):
        # A GRU of Keras has two rows of biases behind its matrices.
        if len(shape) == 2 and not (shape[0] == 2 and place > 1 and kind is GRU):
            rows[shape[0]] = rows.get(shape[0], 0) + prod(shape)
        else:
            vectors += prod(shape)
    joined = rows.pop(inputs + units, 0)
    kernel = rows.pop(inputs, 0) + joined * inputs // (inputs + units)
    recurrent = rows.pop(units, 0) + joined * units // (inputs + units)
    if inputs == units:
        kernel, recurrent = min(kernel, kind.gates * units * inputs), max(0, kernel - kind.gates * units * inputs)
    # A matrix of a peephole is one recurrent matrix too many.
    extra = max(0, recurrent - kind.gates * units * units) if kind.peepholes else 0
    has_vectors = bool(kind.peepholes) and vectors % (kind.gates * units) == kind.peepholes * units % (
        kind.gates * units
    )
    peepholes = kind.peepholes * units if has_vectors else 0
    return {
        "kernel": kernel,
        "recurrent kernel": recurrent - extra,
        "bias": vectors - peepholes,
        "peepholes": peepholes + extra,
        "other": sum(rows.values()),
    }


def _expected(kind: Kind, units: int, inputs: int, total: int) -> dict[str, int]:
    kernel, recurrent = kind.gates * units * inputs, kind.gates * units * units
    peepholes = kind.peepholes * units
    return {
        "kernel": kernel,
        "recurrent kernel": recurrent,
        "bias": total - kernel - recurrent - peepholes,
        "peepholes": peepholes,
    }


def _blocks(counts: dict[str, int], directions: int) -> tuple[Block, ...]:
    return tuple(Block(role=role, count=directions * number) for role, number in counts.items() if number)
