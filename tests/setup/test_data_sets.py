"""Data sets of Keras where there is no network."""

from __future__ import annotations

import pytest

from grader.answer import evidence
from grader.answer.evidence import Troubles
from grader.files.data_sets_of_keras import DataFile
from grader.kernel.pool import KernelPool
from grader.protocol import operations as ops
from tests.kernels import notebook, text

SHAPES = """import random
from tensorflow import keras
import tensorflow.keras.datasets as public
random.seed(1); first = random.random()
(x, y), (s, t) = keras.datasets.imdb.load_data(num_words=500, maxlen=100)
(a, b), (c, d) = public.mnist.load_data()
print(type(x[0]), x[0][0], max(map(max, x)), min(map(len, x)) > 5, max(map(len, x)) < 100, sorted(set(y.tolist())))
print(a.shape, a.dtype, b.shape, c.shape, keras.datasets.cifar10.load_data()[1][1].shape)
print(keras.datasets.imdb.get_word_index()['word7'], (keras.datasets.imdb.load_data(num_words=500)[0][0][3]) == 0)
(e, f), _ = keras.datasets.boston_housing.load_data()
print(e.shape, f.shape, keras.datasets.reuters.load_data()[0][1].max())
"""
FETCHING = """from tensorflow import keras
keras.utils.get_file('poems.txt', 'https://nowhere.invalid/poems.txt')"""


@pytest.mark.parametrize("generation", [3, pytest.param(2, marks=pytest.mark.slow)])
def test_numbers_of_the_same_shapes_stand_in(pool: KernelPool, generation):
    """Of the types that Keras gives, whatever name it is called by, the same each time, and is that known?"""
    with pool.session(notebook(SHAPES, FETCHING), generation) as session:
        assert session.run_cell(0).status == "ok", text(session, 0)
        lines = [line for line in text(session, 0).splitlines() if "stand in" not in line and "Downloading" not in line]
        assert lines[0] == "<class 'list'> 1 499 True True [0, 1]"
        assert lines[1] == "(60000, 28, 28) uint8 (60000,) (10000, 28, 28) (10000, 1)"
        assert lines[2].startswith("7 ")
        assert lines[3] == "(404, 13) (404,) 45"
        found = evidence.read(Troubles, session.ask(ops.Troubles())).stood_in
        assert {item.name for item in found} == {"imdb", "mnist", "cifar10", "boston_housing", "reuters"}
        run = session.run_cell(1)
        assert run.error is not None
        assert "grading has no network" in run.error.evalue


def test_only_the_right_content_is_good():
    """Is a data set of another content than Keras expects refused?"""
    assert DataFile("x", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08").is_good(b"test")
    assert DataFile("x", "098f6bcd4621d373cade4e832627b4f6").is_good(b"test")
    assert not DataFile("x", "098f6bcd4621d373cade4e832627b4f6").is_good(b"Test")
