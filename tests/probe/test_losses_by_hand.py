"""Losses of training loops of the student's own, in eager code and in a `tf.function`; and batches as they went by."""

from __future__ import annotations

import pytest

from grader.answer import evidence
from grader.answer.evidence import Survey
from grader.kernel.pool import KernelPool
from grader.protocol import operations as ops
from tests.kernels import notebook

HEAD = """
import numpy as np, tensorflow as tf
from tensorflow import keras
L, x = keras.layers, np.random.default_rng(0).normal(size=(8, 5)).astype('float32')
y, d, count = x[:, :1] + 1, L.Dense(1), tf.Variable(0.)
d(x)
def train(x, y):
    with tf.GradientTape() as tape: loss = {loss}
    for w, g in zip(d.trainable_variables, tape.gradient(loss, d.trainable_variables)): w.assign_sub(.1 * g)
    count.assign_add(1.)
{decorated}
for _ in range(6): step(x, y)
"""
TRUE, COUNTED = "tf.reduce_mean((d(x) - y) ** 2)", "9. - count + 0. * tf.reduce_mean(d(x))"


@pytest.mark.parametrize("generation", [2, 3])
@pytest.mark.parametrize(("loss", "comes"), [(TRUE, True), (COUNTED, False)])
def test_a_loss_in_a_function_is_seen_and_explained(pool: KernelPool, generation: int, loss: str, comes: bool) -> None:
    """Has each call a value, though nothing is returned, and does its fall come from the weights where it does?"""
    source = HEAD.format(loss=loss, decorated="step = tf.function(train)")
    with pool.session(notebook(source, "float(count), d.get_weights()"), generation) as session:  # type: ignore[arg-type]
        assert session.run_cell(0).status == "ok"
        found = evidence.read(Survey, session.ask(ops.Survey((0,))))
        (tape,) = [tape for tape in found.tapes if len(tape.losses)]
        assert len(tape.losses) == 6
        assert tape.losses[0] > tape.losses[-1]
        assert tape.explained is not None
        assert (tape.explained > 0.1) == comes
        session.run_cell(1)
        assert session.notebook.cells[1].outputs[0].data["text/plain"].startswith("(6.0,")


BATCHES = """
import numpy as np, tensorflow as tf
from tensorflow import keras
L, x = keras.layers, np.random.default_rng(0).normal(size=(8, 5)).astype('float32')
class Data(keras.utils.Sequence):
    def __len__(self): return 2
    def __getitem__(self, i): return x[4 * i:4 * i + 4], {targets}
m = keras.Sequential([L.Dense(1)]); m(x)
m.compile(keras.optimizers.SGD({rate}), 'mse'); m.fit(Data(), epochs=4, verbose=0)
print(Data()[0][1].shape)
"""


@pytest.mark.parametrize("generation", [2, 3])
@pytest.mark.parametrize(
    ("targets", "rate", "falls"),
    [("x[4 * i:4 * i + 4, :1] + 1", 0.05, True), ("np.array(m(x[4 * i:4 * i + 4])) + .1", -0.5, False)],
)
def test_batches_are_those_of_the_training(
    pool: KernelPool, generation: int, targets: str, rate: float, falls: bool
) -> None:
    """Is a training measured on the batches that it was given, and not on what they would be by now?"""
    source = BATCHES.format(targets=targets, rate=rate)
    with pool.session(notebook(source), generation) as session:  # type: ignore[arg-type]
        assert session.run_cell(0).status == "ok"
        before, after = session.ask(ops.TrainingLosses(0))[:2]
        assert (after < before) == falls
