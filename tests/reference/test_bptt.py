"""Backpropagation through time against finite differences and against TensorFlow's tape."""

from dataclasses import replace

import numpy as np
import pytest

from reference.recurrent.bptt import bptt
from reference.recurrent.cells import Weights, simple_rnn, simple_rnn_step

BATCH, TIMESTEPS, INPUTS, UNITS = 2, 5, 3, 4


@pytest.fixture
def case():
    rng = np.random.default_rng(0)
    w = Weights(rng.normal(size=(INPUTS, UNITS)), rng.normal(size=(UNITS, UNITS)), rng.normal(size=UNITS))
    return w, rng.normal(size=(BATCH, TIMESTEPS, INPUTS)), rng.normal(size=(BATCH, TIMESTEPS, UNITS))


def slope(function, at):
    """The gradient of a function of one array by central differences."""
    gradient = np.zeros_like(at)
    for index in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[index] = 1e-6
        gradient[index] = (function(at + step) - function(at - step)) / 2e-6
    return gradient


@pytest.mark.parametrize("name", ["kernel", "recurrent_kernel", "bias"])
def test_gradients_by_the_weights_are_slopes(case, name):
    """Does dL/dW, dL/dU and dL/db say how much the loss grows?"""
    w, x, upstream = case
    numeric = slope(
        lambda value: float(np.sum(simple_rnn(replace(w, **{name: value}), x) * upstream)), getattr(w, name)
    )
    np.testing.assert_allclose(getattr(bptt(w, x, upstream), name), numeric, atol=1e-7)


def test_gradients_by_the_inputs_are_slopes(case):
    """Does dL/dx_t say at every time step how much the loss grows?"""
    w, x, upstream = case
    numeric = slope(lambda value: float(np.sum(simple_rnn(w, value) * upstream)), x)
    np.testing.assert_allclose(bptt(w, x, upstream).inputs, numeric, atol=1e-7)


@pytest.mark.parametrize("t", range(TIMESTEPS))
def test_gradients_by_the_hidden_states_are_slopes(case, t):
    """Does dL/dh_t count the direct path and every later one, if h_t is changed and the rest runs on from it?"""
    w, x, upstream = case

    def loss(h):
        total = float(np.sum(h * upstream[:, t]))
        for later in range(t + 1, TIMESTEPS):
            h = simple_rnn_step(w, x[:, later], h)
            total += float(np.sum(h * upstream[:, later]))
        return total

    numeric = slope(loss, simple_rnn(w, x)[:, t])
    np.testing.assert_allclose(bptt(w, x, upstream).hidden_states[:, t], numeric, atol=1e-7)


def test_a_loss_on_the_last_state_reaches_the_first_step_as_on_the_tape(case, keras):
    """Are the gradients those of tf.GradientTape when only the last hidden state is seen?"""
    import tensorflow as tf

    w, x, upstream = case
    layer = keras.layers.SimpleRNN(UNITS)
    layer.build((BATCH, TIMESTEPS, INPUTS))
    layer.set_weights([w.kernel, w.recurrent_kernel, w.bias])
    sequence = tf.constant(x, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(sequence)
        loss = tf.reduce_sum(layer(sequence) * tf.constant(upstream[:, -1], tf.float32))
    by_x, *by_weights = tape.gradient(loss, [sequence, *layer.trainable_weights])
    ours = bptt(w, x, upstream[:, -1])
    np.testing.assert_allclose(by_x, ours.inputs, atol=1e-5)
    assert np.abs(ours.inputs[:, 0]).max() > 1e-4
    for theirs, mine in zip(by_weights, (ours.kernel, ours.recurrent_kernel, ours.bias), strict=True):
        np.testing.assert_allclose(theirs, mine, atol=1e-5)
