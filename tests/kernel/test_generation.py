"""For which Keras a notebook was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.kernel.generation import Generation, guess
from grader.kernel.pool import KernelPool
from grader.notebook.reading.read import read
from tests.grades import SEED

from .conftest import QUICK, notebook, run_all, text

BUILD = (
    "import tensorflow as tf, numpy as np\n"
    "inputs = tf.keras.layers.Input(shape=(10, 32))\n"
    "outputs = tf.keras.layers.Dense(1)(tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(8))(inputs))\n"
    "model = tf.keras.Model(inputs, outputs)\n"
    "model.compile('adam', 'mse')\n"
)


@dataclass
class Cell:
    source: str = ""
    saved_output_text: str = ""


@dataclass
class Saved:
    cells: list[Cell] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)


def of_source(*sources: str) -> Saved:
    return Saved([Cell(source) for source in sources])


def of_output(*outputs: str) -> Saved:
    return Saved([Cell(saved_output_text=output) for output in outputs])


@pytest.mark.parametrize("generation", [2, 3])
@pytest.mark.parametrize("end", ["model.summary()", "model.fit(np.ones((4, 10, 32)), np.ones((4, 1)), verbose=0)"])
def test_what_a_keras_prints_gives_it_away(pool: KernelPool, generation: Generation, end: str) -> None:
    """Is each generation recognised by what it prints itself, today?"""
    with pool.session(notebook(BUILD + end), generation, QUICK) as session:
        run_all(session)
        found = guess(of_output(text(session, 0)))
    assert found.generation == generation, found.reasons


@pytest.mark.skipif(not SEED.exists(), reason="the notebook is not part of the project")
def test_notebook_of_the_keras_2_years() -> None:
    """Is a real notebook of 2023 recognised by its saved outputs, and does the guess say by which?"""
    found = guess(read(SEED))
    assert found.generation == 2
    assert any("History" in reason for reason in found.reasons)


@pytest.mark.parametrize(
    "source",
    [
        "import tensorflow_addons as tfa",
        "import tf_keras as keras",
        "from keras.utils import np_utils",
        "from keras.layers.recurrent import LSTM",
        "from keras.engine import Layer",
        "cell = tf.compat.v1.nn.rnn_cell.LSTMCell(4, use_peepholes=True)",
        "cell = tf.keras.experimental.PeepholeLSTMCell(4)",
        "model.fit_generator(data)",
        "from keras.preprocessing.text import Tokenizer",
    ],
)
def test_code_that_only_keras_2_runs(source: str) -> None:
    """Does code that needs Keras 2 speak for it without any output?"""
    assert guess(of_source(source)).generation == 2


@pytest.mark.parametrize(
    "source",
    ["import keras\nx = keras.ops.ones(3)", "from keras import ops", "import os\nos.environ['KERAS_BACKEND'] = 'jax'"],
)
def test_code_that_only_keras_3_runs(source: str) -> None:
    """Does code that needs Keras 3 speak for it without any output?"""
    assert guess(of_source(source)).generation == 3


@pytest.mark.parametrize(
    "source", ["", "import tensorflow as tf\ntf.keras.layers.LSTM(3)", "import keras", "tf.keras.backend.random_normal"]
)
def test_code_that_runs_on_both(source: str) -> None:
    """Is nothing concluded from code that either generation runs?"""
    assert guess(of_source(source)).generation is None


def test_outputs_outweigh_a_line_of_code() -> None:
    """If the outputs show Keras 3 throughout and one line imports old code, is it Keras 3?"""
    keras3 = "┃ Layer (type) ┃\n<keras.src.callbacks.history.History at 0x7f>"
    mixed = Saved([Cell("from keras.utils import np_utils", keras3)])
    assert guess(mixed).generation == 3


def test_lists_of_shapes_are_not_a_sign() -> None:
    """Is a list of several shapes, which Keras 3 prints as well, not taken for the brackets of Keras 2?"""
    assert guess(of_output("[(None, 64), (None, 64), (None, 64)]")).generation is None


def test_old_python_is_a_sign() -> None:
    """Does a notebook that was saved by Python 3.7 speak for Keras 2, and one of Python 3.10 for neither?"""
    old, new = ({"language_info": {"version": version}} for version in ("3.7.12", "3.10.4"))
    assert guess(Saved(metadata=old)).generation == 2
    assert guess(Saved(metadata=new)).generation is None


@pytest.mark.parametrize("info", [None, 3, [], {"version": 3}, {"version": "three"}, {"version": ""}])
def test_metadata_of_any_shape(info: object) -> None:
    """Is metadata that is not what it should be passed over?"""
    assert guess(Saved(metadata={"language_info": info})).generation is None


@given(st.lists(st.builds(Cell, st.text(), st.text())))
def test_any_text_is_weighed(cells: list[Cell]) -> None:
    """Is there an answer for any text, with a reason whenever it is not None?"""
    found = guess(Saved(cells))
    assert found.generation in (None, 2, 3)
    assert found.reasons or found.generation is None


@pytest.mark.parametrize(
    "piece", ["[(None, ", "<Sequential name=a", "from keras import ", " Layer (type)  ", "(", "keras."]
)
def test_long_text_takes_linear_time(piece: str) -> None:
    """Is a cell of a megabyte that looks like a sign over and over weighed at all, not in hours?"""
    long = piece * (1_000_000 // len(piece))
    guess(Saved([Cell(long, long)]))
