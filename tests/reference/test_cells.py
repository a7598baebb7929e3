"""The NumPy cells against layers of both Keras generations, and against TensorFlow's own peephole kernel."""

import importlib

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.probe.keras import bygone
from reference.recurrent import cells
from reference.recurrent.cells import PeepholeWeights, Weights
from reference.recurrent.kinds import PEEPHOLE_LSTM, of_a_layer

few = settings(
    max_examples=8, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
sizes = st.fixed_dictionaries(
    {
        "units": st.integers(1, 9),
        "inputs": st.integers(1, 9),
        "timesteps": st.integers(1, 7),
        "batch": st.integers(1, 3),
        "seed": st.integers(0, 2**32 - 1),
    }
)
LAYERS = {"SimpleRNN": cells.simple_rnn, "LSTM": cells.lstm, "GRU": cells.gru}


def close(observed, reference):
    np.testing.assert_allclose(np.asarray(observed), reference, rtol=0, atol=1e-5)


def tensor(array):
    import tensorflow as tf

    return tf.constant(array, tf.float32)


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("use_bias", [True, False])
@few
@given(size=sizes)
def test_sequences_are_those_of_keras(keras, randomised, name, use_bias, size):
    """Does each reference layer compute what the Keras layer of its name computes, with and without a bias?"""
    layer = getattr(keras.layers, name)(size["units"], return_sequences=True, use_bias=use_bias)
    x = randomised(layer, size["batch"], size["timesteps"], size["inputs"], size["seed"])
    close(layer(x), LAYERS[name](Weights.from_keras(layer.get_weights()), x))


@few
@given(size=sizes)
def test_a_gru_that_resets_before_the_product_is_that_of_keras(keras, randomised, size):
    """Does reset_after=False compute the GRU of the paper?"""
    layer = keras.layers.GRU(size["units"], return_sequences=True, reset_after=False)
    x = randomised(layer, size["batch"], size["timesteps"], size["inputs"], size["seed"])
    close(layer(x), cells.gru(Weights.from_keras(layer.get_weights()), x, reset_after=False))


@pytest.mark.parametrize("reset_after", [True, False])
@few
@given(size=sizes)
def test_one_gru_step_is_that_of_the_keras_cell(keras, reset_after, size):
    """Does one step from a random hidden state give the cell's new state?"""
    rng = np.random.default_rng(size["seed"])
    x, h = rng.normal(size=(2, size["inputs"])), rng.normal(size=(2, size["units"]))
    cell = keras.layers.GRUCell(size["units"], reset_after=reset_after)
    cell.build((None, size["inputs"]))
    cell.set_weights([rng.normal(size=array.shape) for array in cell.get_weights()])
    output, _ = cell(tensor(x), [tensor(h)])
    close(output, cells.gru_step(Weights.from_keras(cell.get_weights()), x, h, reset_after=reset_after))


@few
@given(size=sizes)
def test_one_lstm_step_is_that_of_the_keras_cell(keras, size):
    """Does one step from random states give the cell's output and both of its new states?"""
    rng = np.random.default_rng(size["seed"])
    x, h, c = (rng.normal(size=(2, size[name])) for name in ("inputs", "units", "units"))
    cell = keras.layers.LSTMCell(size["units"])
    cell.build((None, size["inputs"]))
    cell.set_weights([rng.normal(size=array.shape) for array in cell.get_weights()])
    output, (_, new_c) = cell(tensor(x), [tensor(h), tensor(c)])
    expected_h, expected_c = cells.lstm_step(Weights.from_keras(cell.get_weights()), x, h, c)
    close(output, expected_h)
    close(new_c, expected_c)


@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
def test_another_activation_is_used_where_keras_uses_it(keras, randomised, activation):
    """Does `activation` stand in the same places as in Keras?"""
    function = {"relu": lambda z: np.maximum(z, 0), "sigmoid": cells.sigmoid}[activation]
    for name, reference in LAYERS.items():
        layer = getattr(keras.layers, name)(5, return_sequences=True, activation=activation)
        x = randomised(layer, 2, 4, 3, seed=1)
        close(layer(x), reference(Weights.from_keras(layer.get_weights()), x, activation=function))


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("merge_mode", ["concat", "sum", "mul", "ave"])
@pytest.mark.parametrize("return_sequences", [True, False])
def test_bidirectional_layers_are_those_of_keras(keras, randomised, name, merge_mode, return_sequences):
    """Do both directions meet in time as in Keras, in every merge mode, with all outputs and with the last one?"""
    inner = getattr(keras.layers, name)(4, return_sequences=return_sequences)
    layer = keras.layers.Bidirectional(inner, merge_mode=merge_mode)
    x = randomised(layer, 2, 6, 3, seed=2)
    arrays = layer.get_weights()
    forward, backward = Weights.from_keras(arrays[:3]), Weights.from_keras(arrays[3:])
    ours = cells.bidirectional(
        LAYERS[name], forward, backward, x, merge_mode=merge_mode, return_sequences=return_sequences
    )
    close(layer(x), ours)


def peephole_case(size):
    rng = np.random.default_rng(size["seed"])
    units, inputs = size["units"], size["inputs"]
    shapes = [(inputs, 4 * units), (units, 4 * units), (4 * units,), (units,), (units,), (units,)]
    w = PeepholeWeights.from_keras([rng.normal(size=shape) for shape in shapes])
    return w, rng.normal(size=(2, inputs)), rng.normal(size=(2, units)), rng.normal(size=(2, units))


@few
@given(size=sizes)
def test_the_peephole_cell_is_that_of_tensorflows_kernel(size):
    """Does the peephole cell compute what TensorFlow's compiled LSTM kernel computes with its peepholes open?"""
    import tensorflow as tf

    w, x, h, c = peephole_case(size)
    # The kernel has one matrix for [x, h], with the gates in the order i, candidate, f, o.
    joint = np.concatenate([w.kernel, w.recurrent_kernel])
    i, f, candidate, o = np.split(np.concatenate([joint, w.bias[np.newaxis]]), 4, axis=1)
    ours_in_its_order = np.concatenate([i, candidate, f, o], axis=1)
    twin = tf.raw_ops.LSTMBlockCell(
        x=tensor(x),
        cs_prev=tensor(c),
        h_prev=tensor(h),
        w=tensor(ours_in_its_order[:-1]),
        b=tensor(ours_in_its_order[-1]),
        wci=tensor(w.input_peephole),
        wcf=tensor(w.forget_peephole),
        wco=tensor(w.output_peephole),
        forget_bias=0.0,
        cell_clip=-1.0,
        use_peephole=True,
    )
    expected_h, expected_c = cells.peephole_lstm_step(w, x, h, c)
    close(twin.h, expected_h)
    close(twin.cs, expected_c)


def test_the_peephole_cell_over_time_is_that_of_the_keras_2_cell():
    """Does a whole sequence agree with the peephole cell that came with TensorFlow 1?"""
    import tensorflow as tf
    from tf_keras.src.layers.rnn.legacy_cells import LSTMCell

    w, *_ = peephole_case({"units": 4, "inputs": 3, "seed": 5})
    x = np.random.default_rng(6).normal(size=(2, 5, 3))
    cell = LSTMCell(4, use_peepholes=True, forget_bias=0.0, dtype=tf.float64)
    cell.build(tf.TensorShape([2, 3]))
    i, f, candidate, o = np.split(np.concatenate([w.kernel, w.recurrent_kernel, w.bias[np.newaxis]]), 4, axis=1)
    joint = np.concatenate([i, candidate, f, o], axis=1)
    values = {
        "kernel": joint[:-1],
        "bias": joint[-1],
        "w_i_diag": w.input_peephole,
        "w_f_diag": w.forget_peephole,
        "w_o_diag": w.output_peephole,
    }
    for variable in cell.weights:
        variable.assign(values[variable.name.split("/")[-1].split(":")[0]])
    state, hidden_states = cell.zero_state(2, tf.float64), []
    for t in range(5):
        output, state = cell(tf.constant(x[:, t]), state)
        hidden_states.append(np.asarray(output))
    close(np.stack(hidden_states, axis=1), cells.peephole_lstm(w, x))


@pytest.mark.parametrize("implementation", [1, 2])
@pytest.mark.parametrize("use_bias", [True, False])
def test_the_peephole_cell_that_keras_2_had_is_offered(implementation: int, use_bias: bool):
    """Does the cell that is put where Keras 2 had one compute what the papers say, with its weights in their order?"""
    from tf_keras import layers

    bygone.offer()
    made = importlib.import_module("tf_keras.experimental").PeepholeLSTMCell
    layer = layers.RNN(made(4, implementation=implementation, use_bias=use_bias), return_sequences=True)
    rng = np.random.default_rng(6)
    x = rng.normal(size=(2, 5, 3))
    layer(x)
    layer.set_weights([rng.normal(size=array.shape) for array in layer.get_weights()])
    w = of_a_layer(PEEPHOLE_LSTM, layer.get_weights(), 3)
    assert isinstance(w, PeepholeWeights)
    close(layer(x), cells.peephole_lstm(w, x))
    names = [variable.name.split("/")[-1] for variable in layer.weights[-3:]]
    assert names == [f"{gate}_gate_peephole_weights:0" for gate in ("input", "forget", "output")]


def test_peepholes_as_diagonal_matrices_are_peepholes_as_vectors():
    """Is a matrix with a peephole on its diagonal the same peephole?"""
    w, x, h, c = peephole_case({"units": 5, "inputs": 3, "seed": 3})
    peepholes = [np.diag(p) for p in (w.input_peephole, w.forget_peephole, w.output_peephole)]
    matrices = PeepholeWeights(w.kernel, w.recurrent_kernel, w.bias, *peepholes)
    close(cells.peephole_lstm_step(matrices, x, h, c), cells.peephole_lstm_step(w, x, h, c))


def test_the_next_cell_state_of_a_peephole_lstm_bends_with_the_last_one():
    """With h and x held still, is the next c affine in c for a plain LSTM, and not for a peephole LSTM?"""
    w, x, h, c = peephole_case({"units": 6, "inputs": 4, "seed": 4})

    def second_difference(step):
        return np.abs(step(w, x, h, c - 1)[1] - 2 * step(w, x, h, c)[1] + step(w, x, h, c + 1)[1]).max()

    assert second_difference(cells.lstm_step) < 1e-12
    assert second_difference(cells.peephole_lstm_step) > 1e-2


def test_a_sigmoid_of_large_numbers_stays_finite():
    """Does the sigmoid reach 0 and 1 without a warning about overflow?"""
    with np.errstate(all="raise"):
        close(cells.sigmoid(np.array([-np.inf, -1000.0, 0.0, 1000.0, np.inf])), [0, 0, 0.5, 1, 1])


def test_weights_of_different_layers_are_refused():
    """Do a kernel and a recurrent kernel that do not belong together give an error that names their shapes?"""
    with pytest.raises(ValueError, match=r"\(3, 8\), \(2, 12\)"):
        Weights.from_keras([np.zeros((3, 8)), np.zeros((2, 12)), np.zeros(8)])
