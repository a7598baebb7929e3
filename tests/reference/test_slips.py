"""Slips: each is what it says, each is told apart from all others, and none is seen where there is none."""

import numpy as np
import pytest

from reference.recurrent import cells, slips
from reference.recurrent.cells import PeepholeWeights, Weights, sigmoid
from reference.recurrent.recognise import difference, recognise

BATCH, TIMESTEPS, INPUTS, UNITS = 3, 6, 4, 5
FAMILIES = {
    "simple_rnn": (slips.SIMPLE_RNN, 1),
    "lstm": (slips.LSTM, 4),
    "gru": (slips.GRU, 3),
    "gru_reset_before": (slips.GRU_RESET_BEFORE, 3),
    "peephole_lstm": (slips.PEEPHOLE_LSTM, 4),
}
LAYERS = {"simple_rnn": cells.simple_rnn, "lstm": cells.lstm, "gru": cells.gru}


def weights(name, rng):
    gates = FAMILIES[name][1]
    bias = (2, gates * UNITS) if name == "gru" else (gates * UNITS,)
    shapes = [(INPUTS, gates * UNITS), (UNITS, gates * UNITS), bias]
    arrays = [rng.uniform(-1, 1, shape) for shape in shapes]
    if name == "peephole_lstm":
        return PeepholeWeights.from_keras(arrays + [rng.uniform(-1, 1, UNITS) for _ in range(3)])
    return Weights.from_keras(arrays)


def step_case(name, seed=0):
    rng = np.random.default_rng(seed)
    states = [rng.uniform(-1, 1, (BATCH, UNITS)) for _ in range(FAMILIES[name][0].states)]
    return weights(name, rng), rng.uniform(-1, 1, (BATCH, INPUTS)), *states


EACH = [(name, slip.id) for name, (family, _) in FAMILIES.items() for slip in family.slips]
EACH_OVER_TIME = [(name, slip.id) for name, (family, _) in FAMILIES.items() for slip in family.over_time()]


@pytest.mark.parametrize("name", FAMILIES)
def test_the_right_cell_is_right(name):
    """Are the reference's own numbers right, in one step and over time, and no slip?"""
    family, _ = FAMILIES[name]
    w, x, *states = step_case(name)
    sequence = np.random.default_rng(1).uniform(-1, 1, (BATCH, TIMESTEPS, INPUTS))
    for found in (
        family.recognise_step(family.step(w, x, *states), w, x, *states),
        family.recognise_sequence(family.sequence(w, sequence), w, sequence),
    ):
        assert (found.right, found.slip, found.error, found.message) == (True, None, 0.0, "")


@pytest.mark.parametrize(("name", "slip_id"), EACH)
def test_a_slip_in_one_step_is_recognised_as_itself(name, slip_id):
    """Is each slip told apart from the right cell and from every other slip?"""
    family, _ = FAMILIES[name]
    w, x, *states = step_case(name)
    slip = next(slip for slip in family.slips if slip.id == slip_id)
    found = family.recognise_step(slip.compute(w, x, *states), w, x, *states)
    assert not found.right
    assert found.slip is slip
    assert found.accepted == slip.accepted
    assert found.error > 1e-3


@pytest.mark.parametrize(("name", "slip_id"), EACH_OVER_TIME)
def test_a_slip_over_time_is_recognised_as_itself(name, slip_id):
    """Is each slip told apart by the hidden states of a sequence alone?"""
    family, _ = FAMILIES[name]
    rng = np.random.default_rng(2)
    w, x = weights(name, rng), rng.uniform(-1, 1, (BATCH, TIMESTEPS, INPUTS))
    slip = next(slip for slip in family.over_time() if slip.id == slip_id)
    assert family.recognise_sequence(slip.compute(w, x), w, x).slip.id == slip_id


@pytest.mark.parametrize("name", FAMILIES)
def test_strange_numbers_are_no_slip(name):
    """Do other numbers of the right shape match nothing?"""
    family, _ = FAMILIES[name]
    w, x, *states = step_case(name)
    other = [np.random.default_rng(9).uniform(-1, 1, (BATCH, UNITS)) for _ in states]
    found = family.recognise_step(other if len(other) > 1 else other[0], w, x, *states)
    assert (found.right, found.slip, found.accepted) == (False, None, False)
    assert 0 < found.error < np.inf


# Each slip of the LSTM written out by hand, from the six equations.
BY_HAND = {
    "swapped_gates": lambda i, f, g, o, c: (o, i * c + f * np.tanh(g)),
    "no_forget_gate": lambda i, f, g, o, c: (o, c + i * np.tanh(g)),
    "no_cell_memory": lambda i, f, g, o, c: (o, i * np.tanh(g)),
    "no_input_gate": lambda i, f, g, o, c: (o, f * c + np.tanh(g)),
    "no_output_gate": lambda i, f, g, o, c: (1, f * c + i * np.tanh(g)),
    "coupled_gates": lambda i, f, g, o, c: (o, f * c + (1 - f) * np.tanh(g)),
    "no_tanh_on_candidate": lambda i, f, g, o, c: (o, f * c + i * g),
    "sigmoid_candidate": lambda i, f, g, o, c: (o, f * c + i * sigmoid(g)),
}


@pytest.mark.parametrize("slip_id", BY_HAND)
def test_slips_of_the_lstm_are_what_they_say(slip_id):
    """Is an LSTM with this mistake, written by hand, recognised by name?"""
    w, x, h, c = step_case("lstm")
    z_i, z_f, z_c, z_o = np.split(x @ w.kernel + h @ w.recurrent_kernel + w.bias, 4, axis=-1)
    o, c_new = BY_HAND[slip_id](sigmoid(z_i), sigmoid(z_f), z_c, sigmoid(z_o), c)
    assert slips.LSTM.recognise_step([o * np.tanh(c_new), c_new], w, x, h, c).slip.id == slip_id


def peephole_by_hand(w, x, h, c, mistake):
    z_i, z_f, z_c, z_o = np.split(x @ w.kernel + h @ w.recurrent_kernel + w.bias, 4, axis=-1)
    seen = h if mistake == "peepholes_on_hidden_state" else c
    p_i, p_f, p_o = w.input_peephole * seen, w.forget_peephole * seen, w.output_peephole
    if mistake == "peephole_outside_sigmoid":
        i, f = sigmoid(z_i) + p_i, sigmoid(z_f) + p_f
    else:
        i, f = sigmoid(z_i + p_i), sigmoid(z_f + p_f)
    new = f * c + i * np.tanh(z_c)
    if mistake == "peephole_outside_sigmoid":
        o = sigmoid(z_o) + p_o * new
    else:
        o = sigmoid(z_o + p_o * {"stale_cell": c, "peepholes_on_hidden_state": h}.get(mistake, new))
    return o * (new if mistake == "no_tanh_on_output" else np.tanh(new)), new


@pytest.mark.parametrize(
    "mistake", ["stale_cell", "peepholes_on_hidden_state", "peephole_outside_sigmoid", "no_tanh_on_output"]
)
def test_slips_of_the_peephole_lstm_are_what_they_say(mistake):
    """Is a peephole LSTM with this mistake, written by hand, recognised by name?"""
    w, x, h, c = step_case("peephole_lstm")
    observed = peephole_by_hand(w, x, h, c, mistake)
    assert slips.PEEPHOLE_LSTM.recognise_step(observed, w, x, h, c).slip.id == mistake


@pytest.mark.parametrize("mistake", ["swapped_update", "no_reset_gate", "no_update_gate"])
@pytest.mark.parametrize("name", ["gru", "gru_reset_before"])
def test_slips_of_the_gru_are_what_they_say(mistake, name):
    """Is a GRU with this mistake, written by hand, recognised by name?"""
    w, x, h = step_case(name)
    b_x, b_h = w.bias if name == "gru" else (w.bias, 0 * w.bias)
    x_z, x_r, x_h = np.split(x @ w.kernel + b_x, 3, axis=-1)
    h_z, h_r, h_h = np.split(h @ w.recurrent_kernel + b_h, 3, axis=-1)
    z, r = sigmoid(x_z + h_z), sigmoid(x_r + h_r)
    if mistake == "no_reset_gate":
        r = np.ones_like(r)
    candidate = np.tanh(x_h + (r * h_h if name == "gru" else (r * h) @ w.recurrent_kernel[:, 2 * UNITS :]))
    new = {
        "swapped_update": (1 - z) * h + z * candidate,
        "no_reset_gate": z * h + (1 - z) * candidate,
        "no_update_gate": candidate,
    }[mistake]
    assert FAMILIES[name][0].recognise_step(new, w, x, h).slip.id == mistake


@pytest.mark.parametrize(
    ("name", "layer", "options", "slip_id"),
    [
        ("lstm", "LSTM", {"activation": "relu"}, "relu"),
        ("gru", "GRU", {"activation": "relu"}, "relu"),
        ("simple_rnn", "SimpleRNN", {"activation": "sigmoid"}, "sigmoid"),
        ("simple_rnn", "SimpleRNN", {"activation": None}, "linear"),
        ("lstm", "LSTM", {"go_backwards": True}, "reads_backwards"),
        ("gru_reset_before", "GRU", {"reset_after": False, "go_backwards": True}, "reads_backwards"),
    ],
)
def test_layers_of_keras_with_another_setting_are_slips(keras, randomised, name, layer, options, slip_id):
    """Is a Keras layer with an unusual setting recognised by what it computes?"""
    built = getattr(keras.layers, layer)(UNITS, return_sequences=True, **options)
    x = randomised(built, BATCH, TIMESTEPS, INPUTS, seed=3)
    family, _ = FAMILIES[name]
    assert (
        family.recognise_sequence(np.asarray(built(x)), Weights.from_keras(built.get_weights()), x).slip.id == slip_id
    )


@pytest.mark.parametrize(("name", "layer"), [("lstm", "LSTM"), ("gru", "GRU")])
def test_a_hard_sigmoid_is_recognised_in_both_generations(keras, randomised, name, layer):
    """Is the hard sigmoid recognised with the slope that each generation gives it?"""
    built = getattr(keras.layers, layer)(UNITS, return_sequences=True, recurrent_activation="hard_sigmoid")
    x = randomised(built, BATCH, TIMESTEPS, INPUTS, seed=3)
    found = FAMILIES[name][0].recognise_sequence(np.asarray(built(x)), Weights.from_keras(built.get_weights()), x)
    assert found.accepted
    assert found.slip.id.startswith("hard_sigmoid")


@pytest.mark.parametrize("implementation", [1, 2])
def test_an_lstm_with_implementation_2_is_a_plain_lstm(keras, randomised, implementation):
    """Is a Keras LSTM, whatever its `implementation`, seen to have no peepholes?"""
    layer = keras.layers.LSTM(UNITS, return_sequences=True, implementation=implementation)
    x = randomised(layer, BATCH, TIMESTEPS, INPUTS, seed=4)
    rng = np.random.default_rng(5)
    w = PeepholeWeights.from_keras([*layer.get_weights(), *(rng.uniform(-1, 1, UNITS) for _ in range(3))])
    found = slips.PEEPHOLE_LSTM.recognise_sequence(np.asarray(layer(x)), w, x)
    assert found.slip.id == "plain_lstm"
    assert not found.accepted
    assert "no gate sees the cell state" in found.message


# Both directions


def both_ways(name, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, (BATCH, TIMESTEPS, INPUTS))
    return LAYERS[name], weights(name, rng), weights(name, rng), x


@pytest.mark.parametrize("merge_mode", slips.MERGE_MODES)
@pytest.mark.parametrize("name", LAYERS)
def test_slips_of_two_directions_are_told_apart(name, merge_mode):
    """Is each slip of a bidirectional layer recognised as itself, whatever layer is inside?"""
    args = both_ways(name)

    def right(*args):
        return cells.bidirectional(*args, merge_mode=merge_mode)

    known = slips.bidirectional(merge_mode)
    assert recognise(right(*args), right, known, *args).right
    for slip in known:
        assert recognise(slip.compute(*args), right, known, *args).slip is slip


def test_two_layers_that_both_read_forwards_are_recognised(keras, randomised):
    """Is a home-made "bidirectional" layer that forgot go_backwards named, and one that forgot to turn back?"""
    first, second = (keras.layers.LSTM(UNITS, return_sequences=True) for _ in range(2))
    x = randomised(first, BATCH, TIMESTEPS, INPUTS, seed=6)
    randomised(second, BATCH, TIMESTEPS, INPUTS, seed=7)
    args = (cells.lstm, Weights.from_keras(first.get_weights()), Weights.from_keras(second.get_weights()), x)
    both_forwards = np.concatenate([first(x), second(x)], axis=-1)
    not_turned_back = np.concatenate([first(x), second(x[:, ::-1])], axis=-1)
    known = slips.bidirectional()
    assert recognise(both_forwards, cells.bidirectional, known, *args).slip.id == "forward_twice"
    assert recognise(not_turned_back, cells.bidirectional, known, *args).slip.id == "backward_not_reversed"


# Comparing


def test_nan_and_infinity_are_never_a_match():
    """Does a NaN or an infinity count as infinitely wrong, even where all else agrees?"""
    right = np.zeros((2, 3))
    for bad in (np.nan, np.inf):
        observed = right.copy()
        observed[1, 2] = bad
        assert difference(observed, right) == np.inf


@pytest.mark.parametrize("observed", [np.zeros((1, 3)), np.zeros((2, 3, 1)), np.zeros(()), [np.zeros((2, 3))] * 2])
def test_another_shape_is_never_a_match(observed):
    """Are numbers of another shape not stretched until they fit?"""
    assert difference(observed, np.zeros((2, 3))) == np.inf


def test_rounding_is_within_the_tolerance_and_a_mistake_is_not():
    """Are float32 rounding errors forgiven, and differences above the tolerance not?"""
    w, x, h = step_case("simple_rnn")
    right = slips.SIMPLE_RNN.step(w, x, h)
    assert slips.SIMPLE_RNN.recognise_step(right.astype(np.float32), w, x, h).right
    assert not slips.SIMPLE_RNN.recognise_step(right + 2e-4, w, x, h).right
    assert slips.SIMPLE_RNN.recognise_step(right + 2e-4, w, x, h, tolerance=1e-3).right


def test_every_slip_has_a_sentence_and_a_name_of_its_own():
    """Do students get a whole sentence, and are names unique within a family?"""
    for known in [family.over_time() for family, _ in FAMILIES.values()] + [slips.bidirectional()]:
        assert len({slip.id for slip in known}) == len(known)
        assert all(len(slip.message.split()) >= 5 and slip.message.rstrip()[-1] == "." for slip in known)
