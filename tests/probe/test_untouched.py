"""Asking leaves no trace: the student's next cell finds weights, randomness, names and files as if nobody had asked."""

from __future__ import annotations

import numpy as np
import pytest

from grader.answer import evidence
from grader.answer.evidence import Survey
from grader.kernel.pool import KernelPool
from grader.protocol import operations as ops
from tests.kernels import notebook, text

SETUP = """
import os, random, numpy as np, tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
net = keras.Sequential([layers.LSTM(4, return_sequences=True, dropout=0.5), layers.GRU(3, stateful=False)])
lazy = layers.GRU(6)
stateful = layers.SimpleRNN(2, stateful=True)
data = np.random.rand(8, 5, 3).astype('float32')
_ = net(data), stateful(data)
"""
OBSERVE = """
print(random.random(), np.random.rand(), tf.random.normal([2]).numpy())
print(layers.Dense(2).name, layers.LSTM(2).name, keras.Sequential().name)
print([weight.numpy().sum() for weight in net.weights], stateful(data).numpy().sum(), lazy.built)
print(layers.Dense(2)(np.ones((1, 2), dtype='float32')).numpy(), keras.initializers.GlorotUniform()((2,)).numpy())
print(net(data, training=True).numpy().sum())
print(sorted(os.listdir('.')), sorted(name for name in globals() if not name.startswith('_')))
"""


def observed(pool: KernelPool, generation: int, *, asked: bool) -> str:
    with pool.session(notebook(SETUP, OBSERVE), generation) as session:
        assert session.run_cell(0, seed=3).status == "ok"
        if asked:
            ask_everything(session)
        assert session.run_cell(1).status == "ok", text(session, 1)
        return text(session, 1)


def ask_everything(session) -> None:
    found = evidence.read(Survey, session.ask(ops.Survey((0,), ("net", "lazy"))))
    by_family = {item.family: item for item in found.objects if item.built or item.family == "GRU"}
    lazy = next(item for item in found.objects if item.family == "GRU" and not item.built)
    net = by_family["Sequential"]
    lstm, cell, keeps = by_family["LSTM"], by_family["LSTMCell"], by_family["SimpleRNN"]
    rng = np.random.default_rng(0)
    sequence = rng.normal(size=(8, 5, 3))
    weights = tuple(rng.normal(size=weight.shape) for weight in lstm.weights)
    states = (rng.normal(size=(8, 4)), rng.normal(size=(8, 4)))
    inputs = rng.normal(size=(8, 3))
    session.ask(ops.Series())
    session.ask(ops.WeightsOf(net.ref))
    session.ask(ops.Twin(lazy.ref, (None, 5, 3)))
    session.ask(ops.Forward(net.ref, sequence))
    session.ask(ops.Forward(keeps.ref, sequence))
    session.ask(ops.Forward(lstm.ref, sequence, weights))
    session.ask(ops.Step(cell.ref, inputs, states, weights))
    session.ask(ops.StepGradients(lstm.ref, sequence))
    session.ask(ops.LayerGradients(net.ref, sequence))


@pytest.mark.parametrize("generation", [2, 3])
def test_the_next_cell_cannot_tell_that_anybody_asked(pool: KernelPool, generation: int):
    """Is the output of a cell the same whether or not every kind of question was asked before it?"""
    assert observed(pool, generation, asked=True) == observed(pool, generation, asked=False)


@pytest.mark.parametrize("generation", [2, 3])
def test_weights_are_put_back_when_an_experiment_fails(pool: KernelPool, generation: int):
    """Does a layer keep its weights where running it with others raises?"""
    source = """
from tensorflow.keras import layers
import numpy as np
class Picky(layers.Dense):
    def call(self, x):
        if abs(float(self.kernel[0, 0])) > 50: raise ValueError('too large')
        return super().call(x)
picky = Picky(1, kernel_initializer='ones')
_ = picky(np.ones((1, 1), dtype='float32'))
"""
    with pool.session(notebook(source, "print(picky.get_weights()[0])"), generation) as session:
        session.run_cell(0, seed=1)
        found = evidence.read(Survey, session.ask(ops.Survey((0,))))
        picky = next(item for item in found.objects if item.class_name == "Picky")
        large = (np.full((1, 1), 99.0), np.zeros(1))
        with pytest.raises(Exception, match="too large"):
            session.ask(ops.Forward(picky.ref, np.ones((1, 1)), large))
        session.run_cell(1)
        assert text(session, 1).strip() == "[[1.]]"
