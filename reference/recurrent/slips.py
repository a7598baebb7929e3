"""The known mistakes in recurrent cells, each with the sentence that tells the student which one it is.

A slip is the reference with one thing done differently; where a student's numbers are those of a slip, the mistake has
a name. Slips that are accepted are conventions of good sources, and their sentence is a remark.
"""

from __future__ import annotations

from functools import partial

from reference.recurrent import cells
from reference.recurrent.cells import Array, Layer, MergeMode, Step, Weights, sigmoid
from reference.recurrent.recognise import Family, Slip
from reference.recurrent.variants import (
    FORGET,
    INPUT,
    OUTPUT,
    RESET,
    UPDATE,
    added,
    coupled,
    hard_sigmoid,
    linear,
    lstm_variant,
    negated_update,
    opened,
    peepholes_on_hidden_state,
    relu,
    shut,
    swapped,
    with_weights,
    without,
)

MERGE_MODES: tuple[MergeMode, ...] = ("concat", "sum", "mul", "ave")


# The slips of each cell ----------------------------------------------------------------------------------------------


def _any_cell(step: Step) -> tuple[Slip, ...]:
    return (
        Slip(
            "no_recurrence",
            "The previous hidden state is not used: U h_{t-1} is missing.",
            with_weights(without("recurrent_kernel"), step),
        ),
        Slip("no_bias", "The bias b is not added.", with_weights(without("bias"), step)),
    )


def _gated_cell(step: Step) -> tuple[Slip, ...]:
    hard = "The gates use a hard sigmoid, three straight lines; the equations have σ. It works, and learns a bit worse."
    return (
        Slip(
            "relu",
            "ReLU stands where the equations have tanh. It is unbounded, so states can explode over long sequences.",
            partial(step, activation=relu),
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
            with_weights(swapped, step),
        ),
        Slip(
            "no_forget_gate",
            "There is no forget gate: the whole old cell state is kept, as in the LSTM of 1997. c_t = f_t * c_{t-1} + "
            "i_t * candidate.",
            with_weights(opened(FORGET), step),
        ),
        Slip(
            "no_cell_memory",
            "The old cell state is dropped: f_t * c_{t-1} is missing in c_t.",
            with_weights(shut(FORGET), step),
        ),
        Slip(
            "no_input_gate",
            "There is no input gate: the candidate is added whole. It is multiplied by i_t.",
            with_weights(opened(INPUT), step),
        ),
        Slip(
            "no_output_gate",
            "There is no output gate: h_t = tanh(c_t). It is o_t * tanh(c_t).",
            with_weights(opened(OUTPUT), step),
        ),
        Slip(
            "coupled_gates",
            "The input gate is 1 - f_t. That is a variant with coupled gates; an LSTM's input gate has weights of its "
            "own.",
            with_weights(coupled, step),
        ),
        Slip(
            "forget_bias",
            "1 is added to the forget gate at each step, as TensorFlow 1 did. Keras starts its bias at 1 instead.",
            with_weights(partial(added, gate=FORGET, amount=1.0), step),
            accepted=True,
        ),
        Slip(
            "no_tanh_on_candidate",
            "The candidate has no tanh: it is tanh(W x_t + U h_{t-1} + b).",
            partial(lstm_variant, of_candidate=linear),
        ),
        Slip(
            "sigmoid_candidate",
            "The candidate has a sigmoid, so it can only add to the cell state. It is tanh(W x_t + U h_{t-1} + b).",
            partial(lstm_variant, of_candidate=sigmoid),
        ),
        *_gated_cell(step),
        *_any_cell(step),
    )


def _no_tanh_on_output(message: str, *, accepted: bool) -> Slip:
    return Slip("no_tanh_on_output", message, partial(lstm_variant, of_output=linear), accepted)


SIMPLE_RNN = Family(
    cells.simple_rnn_step,
    states=1,
    slips=(
        Slip(
            "relu",
            "The activation is ReLU; the basic cell has tanh. ReLU is unbounded, so states can explode.",
            partial(cells.simple_rnn_step, activation=relu),
        ),
        Slip(
            "sigmoid",
            "The activation is a sigmoid, as in Elman's paper of 1990; today the basic cell has tanh, whose gradient "
            "is up to four times as large.",
            partial(cells.simple_rnn_step, activation=sigmoid),
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
            partial(lstm_variant, output_gate_sees_old_cell=True),
            accepted=True,
        ),
        *(
            Slip(
                f"no_{gate}_peephole",
                f"The {gate} gate does not see the cell state; in a peephole LSTM all three gates do.",
                with_weights(without(f"{gate}_peephole"), cells.peephole_lstm_step),
            )
            for gate in ("input", "forget", "output")
        ),
        Slip(
            "peepholes_on_hidden_state",
            "The peepholes look at the hidden state, h_{t-1}, which the gates see anyway. They look at the cell state.",
            with_weights(peepholes_on_hidden_state, cells.lstm_step),
        ),
        Slip(
            "peephole_outside_sigmoid",
            "The peephole is added after the sigmoid, so a gate can leave the range from 0 to 1. It belongs inside.",
            partial(lstm_variant, peephole_outside=True),
        ),
        Slip(
            "hidden_state_as_cell_state",
            "The hidden state is carried on as the cell state: a step gives h_t and c_t, and not h_t twice.",
            lambda *given: (cells.peephole_lstm_step(*given)[0],) * 2,
        ),
        *_lstm_cell(cells.peephole_lstm_step),
        _no_tanh_on_output(
            "The output has no tanh: h_t = o_t * c_t. The peephole papers leave it out; most write o_t * tanh(c_t).",
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
                with_weights(negated_update, step),
                accepted=True,
            ),
            Slip(
                "swapped_gates",
                "The update gate and the reset gate have changed places: z_t mixes the old state with the candidate, "
                "r_t decides how much of the old state the candidate sees.",
                with_weights(swapped, step),
            ),
            Slip(
                "no_reset_gate",
                "There is no reset gate: the candidate sees all of h_{t-1}.",
                with_weights(opened(RESET), step),
            ),
            Slip(
                "no_update_gate",
                "There is no update gate: h_t is the candidate. It is z_t * h_{t-1} + (1 - z_t) * candidate.",
                with_weights(shut(UPDATE), step),
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


BACKWARD_FIRST = Slip(
    "backward_first",
    "The backward output stands before the forward one; Keras puts the forward one first.",
    lambda layer, ahead, back, x: cells.merge(_back(layer, back, x), layer(ahead, x)),
    accepted=True,
)


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
        *([BACKWARD_FIRST] if merge_mode == "concat" else []),
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
