"""Notebooks for the tests, written as students write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from grader.notebook.reading.read import Cell, CellType, Notebook
from grader.notebook.segment import Segmentation


@dataclass(frozen=True)
class Written:
    """One answer: its prose without a mark, and its code without prose."""

    number: int
    prose: str
    code: str

    @property
    def id(self) -> str:
        return f"q{self.number}"

    def in_one_cell(self, mark: str = "Ans {}:- ") -> Written:
        return Written(self.number, mark.format(self.number) + self.prose, self.code)


@dataclass(frozen=True)
class Draft:
    """A cell before it has its place."""

    type: CellType
    source: str
    tags: tuple[str, ...] = ()


def md(source: str, *tags: str) -> Draft:
    return Draft("markdown", source, tags)


def code(source: str, *tags: str) -> Draft:
    return Draft("code", source, tags)


def docstring_cell(answer: Written, mark: str = "Ans {}:- ") -> Draft:
    return code(f"'''{mark.format(answer.number)}{answer.prose}'''\n\n{answer.code}")


def notebook(cells: Sequence[Draft]) -> Notebook:
    return Notebook(
        Path("student.ipynb"),
        "0" * 64,
        tuple(Cell(index, draft.type, draft.source, draft.tags) for index, draft in enumerate(cells)),
        nbformat.v4.new_notebook(),
    )


def plain(text: str) -> str:
    return " ".join(re.sub(r"[*_`#>]", " ", text).split())


def owner(segmentation: Segmentation, text: str) -> str | None:
    """The question to which this passage was given; fails if the passage is in no block, or in several questions."""
    wanted = plain(text)
    owners = {
        (block.question if block.role == "answer" else None)
        for block in segmentation.blocks
        if wanted in plain(block.text)
    }
    assert len(owners) == 1, f"{text!r} is in the answers to {owners}"
    return owners.pop()


def read_as(segmentation: Segmentation, answers: Sequence[Written]) -> dict[str, str | None]:
    """For each answer, the question to which its last sentence was given."""
    return {answer.id: owner(segmentation, last_sentence(answer.prose)) for answer in answers}


def last_sentence(prose: str) -> str:
    return re.split(r"(?<=\.)\s+", prose.strip())[-1]


def as_written(answers: Sequence[Written]) -> dict[str, str | None]:
    return {answer.id: answer.id for answer in answers}


RNN = Written(
    1,
    "A recurrent neural network (RNN) cell takes the current input and the hidden state of the previous time step. "
    "It computes h_t = tanh(W x_t + U h_(t-1) + b). The same weights are shared by all time steps.",
    "import tensorflow as tf\n"
    "cell = tf.keras.layers.SimpleRNNCell(16)\n"
    "sequence = tf.random.normal((2, 7, 5))\n"
    "hidden, _ = cell(sequence[:, 0], [tf.zeros((2, 16))])\n"
    "print(hidden.shape)",
)
BPTT = Written(
    2,
    "Backpropagation through time (BPTT) unrolls the network over the sequence and applies the chain rule from the "
    "last step to the first. The gradients of the shared weights are summed over the steps.",
    "import numpy as np\n"
    "import tensorflow as tf\n"
    "samples, labels = np.random.rand(32, 6, 4), np.random.rand(32, 3)\n"
    "net = tf.keras.Sequential([tf.keras.layers.SimpleRNN(12), tf.keras.layers.Dense(3)])\n"
    "net.compile('sgd', 'mse')\n"
    "log = net.fit(samples, labels, epochs=3)",
)
GRADIENTS = Written(
    3,
    "Vanishing gradients shrink exponentially as they travel back, so early layers stop learning. Exploding ones grow "
    "without bound and make training diverge. Clipping and careful initialisation help against both.",
    "import tensorflow as tf\n"
    "deep = tf.keras.Sequential([tf.keras.layers.Dense(8, activation='sigmoid') for _ in range(9)])\n"
    "point = tf.ones((1, 8))\n"
    "with tf.GradientTape() as tape:\n"
    "    loss = tf.reduce_sum(deep(point))\n"
    "norms = [float(tf.norm(g)) for g in tape.gradient(loss, deep.trainable_variables)]",
)
LSTM = Written(
    4,
    "Long short-term memory (LSTM) is a recurrent architecture with a cell state that carries information over long "
    "distances. Because the state is changed by addition, errors survive many steps.",
    "import tensorflow as tf\n"
    "tagger = tf.keras.Sequential([tf.keras.layers.LSTM(20, return_sequences=True), tf.keras.layers.Dense(2)])\n"
    "scores = tagger(tf.random.normal((3, 9, 5)))",
)
GRU = Written(
    5,
    "The gated recurrent unit (GRU) merges the memory into the hidden state and needs only an update and a reset "
    "gate. It has fewer parameters and is faster to train.",
    "import tensorflow as tf\n"
    "light = tf.keras.Sequential([tf.keras.layers.GRU(20), tf.keras.layers.Dense(4)])\n"
    "print(light(tf.random.normal((3, 9, 5))).shape)",
)
PEEPHOLE = Written(
    6,
    "Peephole LSTM lets the three gates look at the memory itself through additional weights. That helps to measure "
    "exact intervals.",
    "import tensorflow as tf\n"
    "class Peeking(tf.keras.layers.Layer):\n"
    "    def __init__(self, units):\n"
    "        super().__init__()\n"
    "        self.units = units\n"
    "layer = Peeking(8)",
)
BIRNN = Written(
    7,
    "Bidirectional recurrent neural networks read the sequence from both ends with two separate layers. Each output "
    "therefore sees the words before it and the words after it.",
    "import tensorflow as tf\n"
    "both = tf.keras.layers.Bidirectional(tf.keras.layers.SimpleRNN(6, return_sequences=True))\n"
    "print(both(tf.random.normal((1, 4, 3))).shape)",
)
GATES = Written(
    8,
    "The gates of the LSTM decide what is dropped, stored and shown.\n"
    "Forget gate: f_t = sigmoid(W_f [h_{t-1}, x_t] + b_f)\n"
    "Input gate: i_t = sigmoid(W_i [h_{t-1}, x_t] + b_i)\n"
    "Output gate: o_t = sigmoid(W_o [h_{t-1}, x_t] + b_o)\n\n"
    "1. sigmoid gives values between 0 and 1.\n"
    "2. tanh gives values between -1 and 1.\n"
    "3. The brackets join two vectors into one.",
    "import tensorflow as tf\n"
    "single = tf.keras.layers.LSTM(5)\n"
    "single.build((None, 4, 3))\n"
    "for part in single.get_weights():\n"
    "    print(part.shape)",
)
BILSTM = Written(
    9,
    "BiLSTM stands for two LSTM layers that run in opposite directions. Their outputs are concatenated at every "
    "position.",
    "import tensorflow as tf\n"
    "twice = tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(6))\n"
    "print(twice(tf.random.normal((1, 4, 3))).shape)",
)
BIGRU = Written(
    10,
    "A bidirectional GRU (BiGRU) runs one GRU forwards and another one backwards. It costs less than the variant "
    "with memory cells.",
    "import tensorflow as tf\n"
    "cheap = tf.keras.layers.Bidirectional(tf.keras.layers.GRU(6))\n"
    "print(cheap(tf.random.normal((1, 4, 3))).shape)",
)
ANSWERS = (RNN, BPTT, GRADIENTS, LSTM, GRU, PEEPHOLE, BIRNN, GATES, BILSTM, BIGRU)
