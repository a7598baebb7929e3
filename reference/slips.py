"""Wrong references, each with the sentence that tells the student which mistake it is.

Most are the right cell with other weights: a gate that lets everything through has an infinite bias, 1 - z is the
sigmoid of the negated columns. The few that are not are written out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from reference import cells
from reference.cells import Activation, Array, Layer, MergeMode, PeepholeWeights, Step, Weights, peek, sigmoid
from reference.recognise import Family, Slip

INPUT, FORGET, CANDIDATE, OUTPUT = range(4)  # the columns of an LSTM
UPDATE, RESET = range(2)  # the first columns of a GRU
MERGE_MODES: tuple[MergeMode, ...] = ("concat", "sum", "mul", "ave")
Change = Callable[[Any], Weights]


def relu(z: Array) -> Array:
    """max(0, z)."""
    return np.maximum(z, 0)


def linear(z: Array) -> Array:
    """No activation at all."""
    return z


def hard_sigmoid(z: Array, *, slope: float = 1 / 6) -> Array:
    """Three straight lines in place of a sigmoid; the slope is 1/6 in Keras 3 and 0.2 in Keras 2."""
    return np.clip(slope * z + 0.5, 0, 1)


# The same cell with other weights ------------------------------------------------------------------------------------


def _after(change: Change, step: Step) -> Step:
    """The step, with its weights changed beforehand."""
    return lambda w, *rest: step(change(w), *rest)


def _columns(w: Weights, change: Callable[[list[Array]], list[Array]], *names: str) -> Weights:
    """The weights with the columns of their gates changed: a list of one block per gate goes in, and one comes out."""
    gates = w.kernel.shape[1] // w.units
    split = {name: np.split(getattr(w, name), gates, axis=-1) for name in names}
    return replace(w, **{name: np.concatenate(change(blocks), axis=-1) for name, blocks in split.items()})


def _swapped(w: Weights) -> Weights:
    return _columns(w, lambda gate: [gate[1], gate[0], *gate[2:]], "kernel", "recurrent_kernel", "bias")


def _added(w: Weights, gate: int, amount: float) -> Weights:
    return _columns(w, lambda b: [x + amount if index == gate else x for index, x in enumerate(b)], "bias")


def _open(gate: int) -> Change:
    return lambda w: _added(w, gate, np.inf)


def _shut(gate: int) -> Change:
    return lambda w: _added(w, gate, -np.inf)


def _negated_update(w: Weights) -> Weights:
    return _columns(w, lambda gate: [-gate[UPDATE], *gate[1:]], "kernel", "recurrent_kernel", "bias")


def _coupled(w: Weights) -> Weights:
    tied = _columns(w, lambda gate: [-gate[FORGET], *gate[1:]], "kernel", "recurrent_kernel", "bias")
    return replace(tied, input_peephole=-tied.forget_peephole) if isinstance(tied, PeepholeWeights) else tied


def _without(*names: str) -> Change:
    return lambda w: replace(w, **{name: np.zeros_like(getattr(w, name)) for name in names})


def _peepholes_on_hidden(w: PeepholeWeights) -> Weights:
    """p * h_{t-1} is U h_{t-1} with p on the diagonal of U."""
    seen = [w.input_peephole, w.forget_peephole, np.zeros(w.units), w.output_peephole]
    blocks = [np.diag(p) if p.ndim == 1 else p for p in seen]
    return Weights(w.kernel, w.recurrent_kernel + np.concatenate(blocks, axis=1), w.bias)


# What no weights can do ----------------------------------------------------------------------------------------------


def _lstm_step(
    w: Weights,
    x: Array,
    h: Array,
    c: Array,
    *,
    of_candidate: Activation = np.tanh,
    of_output: Activation = np.tanh,
    output_gate_sees_old_cell: bool = False,
    peephole_outside: bool = False,
) -> tuple[Array, Array]:
    none = np.zeros(w.units)
    p_i, p_f, p_o = (getattr(w, f"{gate}_peephole", none) for gate in ("input", "forget", "output"))

    def gate(z: Array, seen: Array) -> Array:
        return sigmoid(z) + seen if peephole_outside else sigmoid(z + seen)

    z_i, z_f, z_c, z_o = np.split(x @ w.kernel + h @ w.recurrent_kernel + w.bias, 4, axis=-1)
    new = gate(z_f, peek(c, p_f)) * c + gate(z_i, peek(c, p_i)) * of_candidate(z_c)
    o = gate(z_o, peek(c if output_gate_sees_old_cell else new, p_o))
    return o * of_output(new), new


# The slips of each cell ----------------------------------------------------------------------------------------------


def _any_cell(step: Step) -> tuple[Slip, ...]:
    return (
        Slip(
            "no_recurrence",
            "The previous hidden state is not used: U h_{t-1} is missing.",
            _after(_without("recurrent_kernel"), step),
        ),
        Slip("no_bias", "The bias b is not added.", _after(_without("bias"), step)),
    )


def _gated_cell(step: Step) -> tuple[Slip, ...]:
    hard = "The gates use a hard sigmoid, three straight lines; the equations have σ. It works, and learns a bit worse."
    return (
        Slip(
            "relu",
            "ReLU stands where the equations have tanh. It is unbounded, so states can explode over long sequences.",
            partial(step, activation=relu),
            accepted=True,
        ),
        Slip("hard_sigmoid", hard, partial(step, recurrent_activation=hard_sigmoid), accepted=True),
        Slip(
            "hard_sigmoid_2",
            hard,
            partial(step, recurrent_activation=partial(hard_sigmoid, slope=0.2)),
            accepted=True,
        ),
    )


def _lstm_cell(step: Step) -> tuple[Slip, ...]:
    return (
        Slip(
            "swapped_gates",
            "The input gate and the forget gate have changed places: f_t belongs to the old cell state, c_{t-1}, and "
            "i_t to the candidate.",
            _after(_swapped, step),
        ),
        Slip(
            "no_forget_gate",
            "There is no forget gate: the whole old cell state is kept, as in the LSTM of 1997. c_t = f_t * c_{t-1} + "
            "i_t * candidate.",
            _after(_open(FORGET), step),
        ),
        Slip(
            "no_cell_memory",
            "The old cell state is dropped: f_t * c_{t-1} is missing in c_t.",
            _after(_shut(FORGET), step),
        ),
        Slip(
            "no_input_gate",
            "There is no input gate: the candidate is added whole. It is multiplied by i_t.",
            _after(_open(INPUT), step),
        ),
        Slip(
            "no_output_gate",
            "There is no output gate: h_t = tanh(c_t). It is o_t * tanh(c_t).",
            _after(_open(OUTPUT), step),
        ),
        Slip(
            "coupled_gates",
            "The input gate is 1 - f_t. That is a variant with coupled gates; an LSTM's input gate has weights of its "
            "own.",
            _after(_coupled, step),
        ),
        Slip(
            "forget_bias",
            "1 is added to the forget gate at each step, as TensorFlow 1 did. Keras starts its bias at 1 instead.",
            _after(partial(_added, gate=FORGET, amount=1.0), step),
            accepted=True,
        ),
        Slip(
            "no_tanh_on_candidate",
            "The candidate has no tanh: it is tanh(W x_t + U h_{t-1} + b).",
            partial(_lstm_step, of_candidate=linear),
        ),
        Slip(
            "sigmoid_candidate",
            "The candidate has a sigmoid, so it can only add to the cell state. It is tanh(W x_t + U h_{t-1} + b).",
            partial(_lstm_step, of_candidate=sigmoid),
        ),
        *_gated_cell(step),
        *_any_cell(step),
    )


def _no_tanh_on_output(message: str, *, accepted: bool) -> Slip:
    return Slip("no_tanh_on_output", message, partial(_lstm_step, of_output=linear), accepted)


SIMPLE_RNN = Family(
    cells.simple_rnn_step,
    states=1,
    slips=(
        Slip(
            "relu",
            "The activation is ReLU; the basic cell has tanh. ReLU is unbounded, so states can explode.",
            partial(cells.simple_rnn_step, activation=relu),
            accepted=True,
        ),
        Slip(
            "sigmoid",
            "The activation is a sigmoid, as in Elman's paper of 1990; today the basic cell has tanh, whose gradient "
            "is up to four times as large.",
            partial(cells.simple_rnn_step, activation=sigmoid),
            accepted=True,
        ),
        Slip(
            "linear",
            "There is no activation: h_t = W x_t + U h_{t-1} + b. Without tanh the whole network is one linear map.",
            partial(cells.simple_rnn_step, activation=linear),
        ),
        *_any_cell(cells.simple_rnn_step),
    ),
)

LSTM = Family(
    cells.lstm_step,
    states=2,
    slips=(
        *_lstm_cell(cells.lstm_step),
        _no_tanh_on_output("The output has no tanh: h_t = o_t * c_t. It is o_t * tanh(c_t).", accepted=False),
    ),
)

PEEPHOLE_LSTM = Family(
    cells.peephole_lstm_step,
    states=2,
    slips=(
        Slip(
            "plain_lstm",
            "This is a plain LSTM: no gate sees the cell state. Add p_i * c_{t-1}, p_f * c_{t-1} and p_o * c_t inside "
            "the gates.",
            cells.lstm_step,
        ),
        Slip(
            "stale_cell",
            "The output gate sees the old cell state, c_{t-1}. In the paper it comes last and sees the new one, c_t.",
            partial(_lstm_step, output_gate_sees_old_cell=True),
            accepted=True,
        ),
        *(
            Slip(
                f"no_{gate}_peephole",
                f"The {gate} gate does not see the cell state; in a peephole LSTM all three gates do.",
                _after(_without(f"{gate}_peephole"), cells.peephole_lstm_step),
            )
            for gate in ("input", "forget", "output")
        ),
        Slip(
            "peepholes_on_hidden_state",
            "The peepholes look at the hidden state, h_{t-1}, which the gates see anyway. They look at the cell state.",
            _after(_peepholes_on_hidden, cells.lstm_step),
        ),
        Slip(
            "peephole_outside_sigmoid",
            "The peephole is added after the sigmoid, so a gate can leave the range from 0 to 1. It belongs inside.",
            partial(_lstm_step, peephole_outside=True),
        ),
        *_lstm_cell(cells.peephole_lstm_step),
        _no_tanh_on_output(
            "The output has no tanh: h_t = o_t * c_t. The peephole papers leave it out too; most write o_t * tanh(c_t).",
            accepted=True,
        ),
    ),
)


def _gru(reset_after: bool) -> Family:
    step = partial(cells.gru_step, reset_after=reset_after)
    applied = ("after", "before") if reset_after else ("before", "after")
    return Family(
        step,
        states=1,
        slips=(
            Slip(
                f"reset_{applied[1]}",
                f"The reset gate is applied {applied[1]} the matrix product with U, not {applied[0]} it. "
                "Both are in use: before in the paper, after in cuDNN and Keras.",
                partial(cells.gru_step, reset_after=not reset_after),
                accepted=True,
            ),
            Slip(
                "swapped_update",
                "z_t and 1 - z_t have changed places: here z_t lets the candidate in. Papers write it both ways; Keras "
                "has h_t = z_t * h_{t-1} + (1 - z_t) * candidate.",
                _after(_negated_update, step),
                accepted=True,
            ),
            Slip(
                "swapped_gates",
                "The update gate and the reset gate have changed places: z_t mixes the old state with the candidate, "
                "r_t decides how much of the old state the candidate sees.",
                _after(_swapped, step),
            ),
            Slip(
                "no_reset_gate",
                "There is no reset gate: the candidate sees all of h_{t-1}.",
                _after(_open(RESET), step),
            ),
            Slip(
                "no_update_gate",
                "There is no update gate: h_t is the candidate. It is z_t * h_{t-1} + (1 - z_t) * candidate.",
                _after(_shut(UPDATE), step),
            ),
            *_gated_cell(step),
            *_any_cell(step),
        ),
    )


GRU = _gru(reset_after=True)
GRU_RESET_BEFORE = _gru(reset_after=False)


# Both directions -----------------------------------------------------------------------------------------------------


def _back(layer: Layer, w: Weights, x: Array) -> Array:
    """The outputs of a layer that reads backwards, in the order of time."""
    return layer(w, x[:, ::-1])[:, ::-1]


def bidirectional(merge_mode: MergeMode = "concat") -> tuple[Slip, ...]:
    """The slips of `cells.bidirectional` with `merge_mode` over a whole sequence.

    Each takes (layer, forward, backward, x) and returns (batch, timesteps, features).
    """
    merge = partial(cells.merge, mode=merge_mode)
    return (
        Slip(
            "forward_twice",
            "Both layers read from the first time step to the last; the backward one must read the reversed sequence.",
            lambda layer, ahead, back, x: merge(layer(ahead, x), layer(back, x)),
        ),
        Slip(
            "backward_not_reversed",
            "The backward layer's outputs are not turned back into the order of time before the two are merged, so at "
            "step 1 the last step's output is added. Reverse them along the time axis.",
            lambda layer, ahead, back, x: merge(layer(ahead, x), layer(back, x[:, ::-1])),
        ),
        Slip(
            "shared_weights",
            "Both directions use the same weights; each has its own.",
            lambda layer, ahead, back, x: merge(layer(ahead, x), _back(layer, ahead, x)),
        ),
        Slip(
            "forward_only",
            "Only the forward layer's output comes out; merge it with the backward one's.",
            lambda layer, ahead, back, x: layer(ahead, x),
        ),
        Slip(
            "backward_first",
            "The backward output stands before the forward one; Keras puts the forward one first.",
            lambda layer, ahead, back, x: merge(_back(layer, back, x), layer(ahead, x)),
            accepted=True,
        ),
        *(
            Slip(
                f"merged_by_{mode}",
                f"The two directions are merged by {mode!r}, not {merge_mode!r}. Both keep past and future.",
                partial(cells.bidirectional, merge_mode=mode),
                accepted=True,
            )
            for mode in MERGE_MODES
            if mode != merge_mode
        ),
    )
