"""What the probe sees of a student's cells: layers, calls, trainings, gradients, in both generations of Keras."""

from __future__ import annotations

import numpy as np
import pytest

from grader.answer import evidence
from grader.answer.evidence import LayerFacts, Survey
from grader.kernel.pool import KernelPool
from grader.kernel.session import Session
from grader.protocol import operations as ops
from tests.kernels import notebook

GENERATIONS = pytest.mark.parametrize("generation", [2, 3])
IMPORTS = (
    "import numpy as np\nimport tensorflow as tf\nfrom tensorflow import keras\nfrom tensorflow.keras import layers\n"
)


def survey(session: Session, *cells: int, names: tuple[str, ...] = ()) -> Survey:
    return evidence.read(Survey, session.ask(ops.Survey(tuple(cells), tuple(names))))


def of_family(found: Survey, family: str) -> list[LayerFacts]:
    return [item for item in found.objects if item.family == family and not item.hidden]


@pytest.fixture
def ran(pool: KernelPool):
    """Run cells in a kernel of a generation; gives the session and the survey of all cells."""
    from contextlib import contextmanager

    @contextmanager
    def run(generation: int, *sources: str, seed: int = 1, names: tuple[str, ...] = ()):
        with pool.session(notebook(*(IMPORTS + source for source in sources)), generation) as session:
            for index in range(len(sources)):
                outcome = session.run_cell(index, seed=seed)
                assert outcome.status == "ok", outcome
            yield session, survey(session, *range(len(sources)), names=names)

    return run


@GENERATIONS
def test_models_that_were_rebound_are_still_known(ran, generation: int):
    """Are two models found that had the same name within one cell?"""
    source = "model = keras.Sequential([layers.LSTM(3)])\nmodel = keras.Sequential([layers.GRU(5)])\ndel model"
    with ran(generation, source) as (_, found):
        assert [item.units for item in of_family(found, "LSTM")] == [3]
        assert [item.units for item in of_family(found, "GRU")] == [5]
        assert len(of_family(found, "Sequential")) == 2


@GENERATIONS
def test_a_model_whose_first_training_fails(pool: KernelPool, generation: int):
    """Is a model built only if its weights have values, after a fit that did not get as far as one step?"""
    source = "m = keras.Sequential([layers.Dense(3)])\nm.compile('adam', 'categorical_crossentropy')\n"
    source += "m.fit(np.ones((4, 2)), np.ones((4, 5)), verbose=0)"
    with pool.session(notebook(IMPORTS + source), generation) as session:
        assert session.run_cell(0, seed=1).status == "error"
        (model,) = of_family(survey(session, 0), "Sequential")
        assert model.built == (generation == 2)


@GENERATIONS
def test_lines_are_those_of_the_cell(ran, generation: int):
    """Is a layer attributed to the line of the cell, also where a function of another cell makes it?"""
    with ran(generation, "def build():\n    return layers.Dense(2)", "\n\nx = build()") as (_, found):
        (dense,) = of_family(found, "Dense")
        assert (dense.place.cell, dense.place.line) == (1, IMPORTS.count("\n") + 3)


@GENERATIONS
def test_shapes_counts_and_settings_of_a_layer(ran, generation: int):
    """Are units, features, parameters and output shape those that Keras says?"""
    source = "layers.LSTM(64, return_sequences=True)(keras.Input(shape=(10, 32)))"
    with ran(generation, source) as (_, found):
        (lstm,) = of_family(found, "LSTM")
        assert (lstm.units, lstm.inputs, lstm.parameters) == (64, 32, 4 * 64 * (64 + 32 + 1))
        assert [weight.shape for weight in lstm.weights] == [(32, 256), (64, 256), (256,)]
        assert lstm.settings["return_sequences"] is True
        assert lstm.calls[0].outputs[0] == (None, 10, 64)


@GENERATIONS
def test_fit_leaves_its_losses_and_which_layers_changed(ran, generation: int):
    """Are the losses of fit those of its history, and is a frozen layer told from a trained one?"""
    source = (
        "model = keras.Sequential([layers.SimpleRNN(4), layers.Dense(3, trainable=False)])\n"
        "model.compile('adam', 'mse')\n"
        "history = model.fit(np.ones((8, 5, 2)), np.zeros((8, 3)), epochs=3, verbose=0)\n"
        "print(repr(history.history['loss']))"
    )
    with ran(generation, source) as (session, found):
        (training,) = found.trainings
        shown = eval(session.notebook.cells[0].outputs[-1]["text"])
        assert training.losses == pytest.approx(shown)
        (rnn,), (dense,) = of_family(found, "SimpleRNN"), of_family(found, "Dense")
        assert rnn.ref in training.changed
        assert dense.ref not in training.changed
        assert (training.inputs_shape, training.targets_shape) == ((8, 5, 2), (8, 3))


@GENERATIONS
def test_a_fit_that_fails_is_a_training_with_an_error(ran, pool: KernelPool, generation: int):
    """Is a training that raised told from one that never was?"""
    source = IMPORTS + (
        "model = keras.Sequential([layers.Dense(3)])\nmodel.compile('adam', 'mse')\n"
        "model.fit(np.ones((8, 2)), np.zeros((9, 3)), verbose=0)"
    )
    with pool.session(notebook(source), generation) as session:
        assert session.run_cell(0, seed=1).status == "error"
        (training,) = survey(session, 0).trainings
        assert training.error
        assert len(training.losses) == 0


@GENERATIONS
def test_gradients_taken_by_hand_are_seen(ran, generation: int):
    """Does a GradientTape loop leave the value differentiated and a norm per weight?"""
    source = (
        "w = tf.Variable([3.0, 4.0])\n"
        "for _ in range(3):\n"
        "    with tf.GradientTape() as tape:\n"
        "        loss = tf.reduce_sum(w * w) / 2\n"
        "    gradient = tape.gradient(loss, [w])\n"
        "    w.assign_sub(gradient[0] / 2)"
    )
    with ran(generation, source) as (_, found):
        assert [float(tape.target) for tape in found.tapes] == pytest.approx([12.5, 12.5 / 4, 12.5 / 16])
        assert [float(tape.norms[0]) for tape in found.tapes] == pytest.approx([5, 2.5, 1.25])


@GENERATIONS
def test_series_are_those_that_are_new(ran, generation: int):
    """Are numbers collected in a list found, and those of an earlier question not?"""
    with ran(generation, "old = [1.0, 2.0, 3.0]", "losses = [0.5, 0.25, 0.125]\ncount = [1, 2, 3]") as (session, _):
        assert [list(values) for values in evidence.arrays(session.ask(ops.Series()))] == [[0.5, 0.25, 0.125]]


@GENERATIONS
def test_objects_of_earlier_cells_are_found_by_name(ran, generation: int):
    """Is a layer known to an answer that only uses it?"""
    with ran(generation, "net = layers.GRU(7)", "print(net)") as (session, _):
        later = survey(session, 1, names=("net", "nothing"))
        assert [item.units for item in of_family(later, "GRU")] == [7]
        assert later.referenced


@GENERATIONS
def test_a_student_layer_is_custom_and_its_cell_is_a_cell(ran, generation: int):
    """Is a cell of the student's own class told from one of Keras?"""
    source = (
        "class Mine(layers.Layer):\n"
        "    def __init__(self, units):\n"
        "        super().__init__()\n"
        "        self.units, self.state_size = units, [units, units]\n"
        "    def build(self, shape):\n"
        "        self.w = self.add_weight(shape=(shape[-1], self.units), initializer='ones')\n"
        "    def call(self, x, states):\n"
        "        return x @ self.w, [states[0], states[1]]\n"
        "layers.RNN(Mine(3))(np.ones((2, 4, 5), dtype='float32'))"
    )
    with ran(generation, source) as (_, found):
        (cell,) = [item for item in found.objects if item.class_name == "Mine"]
        (rnn,) = of_family(found, "RNN")
        assert (cell.custom, cell.is_cell, cell.state_sizes, cell.inputs) == (True, True, (3, 3), 5)
        assert rnn.cell == cell.ref
        assert not rnn.custom


@GENERATIONS
def test_initial_weights_are_known_after_training(ran, generation: int):
    """Are gradients measured at the weights from before fit, also where fit built the model?"""
    source = (
        "x, y = np.linspace(0, 1, 16).reshape(8, 2), np.zeros((8, 1))\n"
        "model = keras.Sequential([layers.Dense(4), layers.Dense(1)])\n"
        "model.compile(keras.optimizers.SGD(0.5), 'mse')\n"
        "model.fit(x, y, epochs=30, verbose=0)"
    )
    with ran(generation, source) as (session, found):
        (model,) = of_family(found, "Sequential")
        before = evidence.read(evidence.LayerGradients, session.ask(ops.LayerGradients(model.ref, initial=True)))
        after = evidence.read(evidence.LayerGradients, session.ask(ops.LayerGradients(model.ref, initial=False)))
        assert np.all(before.norms > 100 * after.norms)


@GENERATIONS
def test_errors_are_those_by_the_outputs_of_layers(ran, generation: int):
    """Is the gradient by a hidden layer's output the one by the output behind it, times the kernel between them?"""
    source = (
        "model = keras.Sequential([layers.Dense(3), layers.Dense(1, kernel_initializer='ones')])\n"
        "model.compile('sgd', 'mse')\nmodel.fit(np.ones((4, 2)), np.zeros((4, 1)), verbose=0)"
    )
    with ran(generation, source) as (session, found):
        (model,) = of_family(found, "Sequential")
        measured = evidence.read(evidence.LayerGradients, session.ask(ops.LayerGradients(model.ref)))
        hidden, last = measured.of_outputs
        assert hidden == pytest.approx(np.sqrt(3) * last, rel=1e-5)
