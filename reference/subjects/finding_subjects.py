"""Finding the subject of a question in an answer, in whatever style it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice, zip_longest

from grader.answer.answer import Answer
from grader.answer.layer import Layer as LiveLayer
from grader.pack.verdict import Missed, miss
from reference.loops.recurrences import first_recurrence
from reference.loops.search import Recurrence
from reference.recurrent.kinds import KINDS, LSTM, Kind, has_states, may_be
from reference.recurrent.layers import batch_first, reads_sequences
from reference.recurrent.own_cells import own_cells, own_layers, settled
from reference.recurrent.own_functions import FunctionCell, cells_of_functions
from reference.subjects.cell import Cell
from reference.subjects.function import Function
from reference.subjects.live import Live
from reference.subjects.loop import Loop
from reference.subjects.own_layer import OwnLayer
from reference.subjects.sequence_layer import Layer
from reference.subjects.subject import OneWay, OverTime

MOST_TRIED = 40
MOST_FUNCTIONS = 12
MOST_COMPARED = 4
NO_CLASS_OF_KERAS = "a peephole LSTM cell of your own (Keras has none)"


def subject(answer: Answer, kind: Kind) -> OneWay:
    """What the answer has of this kind; ends the check if there is nothing.

    A layer, a cell or a function that can be asked; a loop where there is none of them.
    """
    loop = answer.once(("loop instead", kind.name), lambda: _loop_instead(answer, kind))
    return live(answer, kind) if loop is None else Loop(answer, loop)


def _loop_instead(answer: Answer, kind: Kind) -> Recurrence | None:
    try:
        live(answer, kind)
    except Missed:
        return first_recurrence(answer, [kind])
    return None


def live(answer: Answer, kind: Kind) -> Live:
    """The layer, cell or function of this kind that the answer is about; ends the check if there is none.

    A layer over sequences comes before a bare cell. A class of Keras comes before one of the student's own, unless
    Keras has none of this kind.
    """
    if kind.peepholes:
        return answer.once(("find own", kind.name), lambda: _of_ones_own(answer, kind))
    return answer.once(("find", kind.name), lambda: _find(answer, kind))


def over_time(answer: Answer) -> OverTime:
    """The layer over sequences that was trained, if one was; else any, or a loop of the student's own."""
    layers = [layer for layer in answer.layers if reads_sequences(layer) and layer.family != "Bidirectional"]
    layers += [layer for layer in own_layers(answer) if any(may_be(layer, kind) for kind in KINDS)]
    trained = [layer for layer in layers if any(training.changed(layer) for training in answer.trainings)]
    chosen = answer.among(trained or layers)
    if chosen is not None:
        return _over_time(answer, chosen)
    loop = first_recurrence(answer)
    return answer.nothing("a recurrent layer over a sequence") if loop is None else Loop(answer, loop)


def any_layer(answer: Answer) -> Layer | None:
    """Any layer over sequences."""
    chosen = answer.among(layer for layer in answer.layers if reads_sequences(layer))
    return None if chosen is None else _over_time(answer, chosen)


def _over_time(answer: Answer, layer: LiveLayer, kind: Kind | None = None) -> Layer:
    return OwnLayer(answer, layer, kind) if layer.loops else Layer(answer, batch_first(layer), kind)


def _of_a_class(answer: Answer, layer: LiveLayer, kind: Kind) -> Live:
    return Cell(answer, layer, kind) if layer.is_cell else _over_time(answer, layer, kind)


def _find(answer: Answer, kind: Kind) -> Live:
    cells = [cell for cell in own_cells(answer) if has_states(cell, kind)]
    layers = [layer for layer in own_layers(answer) if may_be(layer, kind)]
    groups = [answer.of_family(kind.keras), answer.of_family(f"{kind.keras}Cell"), cells, layers]
    # What is made and left stands behind what the answer holds on to.
    groups.sort(key=lambda group: all(map(answer.is_thrown_away, group)) and bool(group))
    for found in groups:
        chosen = answer.among(found)
        if chosen is not None and answer.is_thrown_away(chosen):
            require_choice(answer, kind.keras)
            if (function := _function(answer, kind)) is not None:
                return function
        if chosen is not None:
            # A layer of the student's own that loops over this cell, and has no weights besides.
            around = [layer for layer in layers if chosen.facts.ref in layer.facts.inner]
            return _of_a_class(answer, answer.among(around) or chosen, kind)
    return _function(answer, kind) or answer.nothing(kind.layer, _mixed_up(answer, kind))


def require_choice(answer: Answer, asked: str) -> None:
    """End the check where recurrent layers of every kind are made, and none of them is used: nobody chose."""
    made = {layer.family.removesuffix("Cell") for layer in answer.layers}
    if {"SimpleRNN", "LSTM", "GRU"} <= made:
        miss(
            f"Your code makes a recurrent layer of every kind, and uses none: say which of them is your {asked}, "
            "and do something with it.",
            expected=f"one {asked} that is used",
            observed="one of each kind",
        )


def _of_ones_own(answer: Answer, kind: Kind) -> Live:
    """What may be of a kind that Keras does not have: a class of the student's own, a function, or a plain LSTM."""
    chosen = answer.among(cell for cell in own_cells(answer) if has_states(cell, kind))
    if chosen is not None:
        around = _sequence_layers_around(answer, chosen)
        return _of_a_class(answer, answer.among(around) or chosen, kind)
    own = answer.among(layer for layer in own_layers(answer) if may_be(layer, kind))
    if own is not None:
        return _of_a_class(answer, own, kind)
    function = _function(answer, kind)
    if function is not None:
        return function
    return replace(live(answer, LSTM), asked=kind) if answer.code else answer.nothing(NO_CLASS_OF_KERAS)


def _sequence_layers_around(answer: Answer, cell: LiveLayer) -> Iterable[LiveLayer]:
    return [layer for layer in answer.layers if reads_sequences(layer) and layer.facts.cell == cell.facts.ref]


INSTEAD = {
    ("LSTM", "GRU"): "A GRU is no LSTM: it has two gates, not three, and no cell state besides its hidden state.",
    ("GRU", "LSTM"): "An LSTM is no GRU: it has three gates and a cell state; a GRU has two gates and no cell state.",
    ("LSTM", "SimpleRNN"): "A simple RNN has no gates and no cell state; an LSTM has three gates.",
    ("GRU", "SimpleRNN"): "A simple RNN has no gates; a GRU has two, the update gate and the reset gate.",
    ("SimpleRNN", "LSTM"): "An LSTM has gates; the basic cell has none: h_t = tanh(W x_t + U h_{t-1} + b).",
    ("SimpleRNN", "GRU"): "A GRU has gates; the basic cell has none: h_t = tanh(W x_t + U h_{t-1} + b).",
}
"""What to say to one who was asked for the first, and built the second."""


def _mixed_up(answer: Answer, kind: Kind) -> str:
    """A sentence on another kind of recurrent layer that stands in place of this one; empty where there is none."""
    built = {layer.family.removesuffix("Cell") for layer in answer.layers}
    return next(
        (sentence for (asked, other), sentence in INSTEAD.items() if asked == kind.keras and other in built), ""
    )


def _function(answer: Answer, kind: Kind) -> Function | None:
    """A function of the student's own whose arrays can be those of one step of this kind.

    Where inputs and hidden state have one size, its arrays can be read in several ways: what computes right is right.
    """
    read = list(islice(_functions(answer, kind), MOST_FUNCTIONS))
    if len(read) < 2:
        return next(iter(read), None)
    likely = [each for each in read if each.remembers] or read
    # A state that hardly shows in what was drawn is one all the same.
    right = next((each for each in [*likely, *(each for each in read if each not in likely)] if each.is_right), None)
    return right or next((each for each in likely[:MOST_COMPARED] if each.is_accepted), None) or likely[0]


def _functions(answer: Answer, kind: Kind) -> Iterator[Function]:
    cells = _in_turn([cell for cell in cells_of_functions(answer) if has_states(cell, kind)])
    fitting = [cell for cell in cells if may_be(cell, kind)]
    # Where none fits as it is, one may have weights of a prediction besides.
    for cell in islice([*fitting, *(cell for cell in cells if cell not in fitting)], MOST_TRIED):
        with suppress(Missed):  # what fails when it is called in this way
            step = settled(cell, answer.rng)
            if may_be(step, kind):
                yield Function(answer, step, kind)


def _in_turn(cells: Sequence[FunctionCell]) -> list[FunctionCell]:
    """The likeliest way to read each function, then the second one of each, and so on."""
    ways: dict[int, list[FunctionCell]] = {}
    for cell in cells:
        ways.setdefault(cell.number, []).append(cell)
    return [cell for turn in zip_longest(*ways.values()) for cell in turn if cell is not None]
