"""A notebook that is right, and the same with all that fails on another machine: is any answer lost for it?"""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.kernel.bounds.limits import Limits
from grader.kernel.pool import KernelPool
from tests.grades import graded_node, points, question

SETUP = """import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
T, m = 6, 5
x = np.random.default_rng(0).normal(size=(64, T, m)).astype('float32')
"""
ELSEWHERE = """import no_such_package as nsp
from google.colab import drive
drive.mount('/content/drive')
%tensorflow_version 2.x
gpu = tf.config.list_physical_devices('GPU')[0]
who = int(input('Number: '))
import matplotlib.pyplot as plt
plt.style.use('no such style')
"""
LSTM = """y = x[:, 0, :1]
lstm = keras.Sequential([layers.Input((T, m)), layers.LSTM(4), layers.Dense(1)])
lstm.compile(keras.optimizers.Adam(0.02), 'mse')
fitted = lstm.fit(x, y, epochs=5, verbose=0)
"""
OLD_LSTM = LSTM.replace("Adam(0.02", "Adam(lr=0.02").replace("epochs=5", "workers=2, epochs=5")
GRU = """def network(recurrent):
    return keras.Sequential([layers.Input((T, m)), recurrent, layers.Dense(1)])

gru = network(layers.GRU(3))
print(gru.predict(x[:2], verbose=0).shape)
"""
BILSTM = """both = network(layers.Bidirectional(layers.LSTM(4, return_sequences=True)))
print(both.predict(x[:2], verbose=0).shape, T, len(y))
"""


def submission(setup: str, lstm: str, gru: str, bilstm: str) -> NotebookNode:
    headed = [("## 4. LSTM", lstm), ("## 5. GRU", gru), ("## 9. BiLSTM", bilstm)]
    answers = [cell for title, source in headed for cell in (new_markdown_cell(title), new_code_cell(source))]
    return new_notebook(cells=[new_markdown_cell("# Assignment 3"), new_code_cell(setup), *answers])


@pytest.mark.slow
def test_what_fails_outside_of_the_answers_costs_none(pool: KernelPool, tmp_path: Path):
    """Lines of setup, imports in an answer, what kills a kernel: and do the other answers have all their points?"""
    plain = points(graded_node(submission(SETUP, LSTM, GRU, BILSTM), tmp_path, pool, keras="3"))
    failing = graded_node(
        submission(
            f"{ELSEWHERE}{SETUP}table = nsp.load()\nT, m = 6, 5",
            f"import no_such_package\n{LSTM}".replace("Adam(0.02", "Adam(lr=0.02").replace(
                "epochs=5", "workers=2, epochs=5"
            ),
            f"{GRU}import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
            f"{BILSTM}print(table)",
        ),
        tmp_path,
        pool,
        keras="3",
    )
    found = points(failing)
    assert {name for name in plain if found[name] < plain[name]} <= {name for name in plain if name.startswith("q5.")}
    assert sum("no_such_package" in note for note in failing.notes) == 1
    (told,) = question(failing, 9).advisories
    assert "no_such_package" in told.message


@pytest.mark.slow
def test_memory_that_others_left_behind_costs_no_answer(pool: KernelPool, tmp_path: Path):
    """Is an answer for which it does not suffice any more judged in a clean kernel?"""
    limits = Limits(memory_bytes=2 << 30)
    left = "left = np.ones((15, 100, 1000, 100))\n"
    needed = "big = np.ones((15, 100, 1000, 100))\n"
    plain = points(graded_node(submission(SETUP, LSTM, GRU, BILSTM), tmp_path, pool, keras="3"))
    made = submission(SETUP, LSTM + left, needed + GRU, BILSTM)
    found = graded_node(made, tmp_path, pool, keras="3", limits=limits)
    assert points(found) == plain
    assert any("run again in a new kernel" in flag for flag in found.flags)
