"""Each operator plants what it says, and nothing where it has nothing to plant."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.mutation.gates import one_kernel, other_activations, swapped_with_candidate
from tests.mutation.layers import with_relu, without_bias
from tests.mutation.planted import OPERATORS, Operator, chosen, notebooks, planted
from tests.mutation.planting import Mutant, Source
from tests.mutation.sums import dropped_terms, forgotten_parts, turned_signs
from tests.mutation.time import forgotten_states, not_reversed

RNN = "def step(x, h):\n    return np.tanh(x @ W + h @ U + b)\n"
GRU = """\
def step(x, h):
    z = sigmoid(x @ Wz + h @ Uz)
    r = sigmoid(x @ Wr + h @ Ur)
    g = np.tanh(x @ Wg + (r * h) @ Ug)
    return (1 - z) * h + z * g
"""
PEEPHOLE = "def gate(x, h, c):\n    return sigmoid(x @ W + h @ U + p * c)\n"


def lines(operator: Operator, code: str) -> list[str]:
    """The lines that each mutant changed, as Python writes them."""
    return [" | ".join(_changed(code, mutant)) for mutant in operator(Source(code))]


def _changed(code: str, mutant: Mutant) -> Iterator[str]:
    before, after = (ast.unparse(ast.parse(text)).splitlines() for text in (code, mutant.code))
    assert len(before) == len(after)
    return (new.strip() for old, new in zip(before, after, strict=True) if old != new)


def test_each_term_is_dropped_in_turn() -> None:
    """Does a simple cell lose its input, its recurrence and its bias, one at a time?"""
    assert lines(dropped_terms, RNN) == [
        "return np.tanh(h @ U + b)",
        "return np.tanh(x @ W + b)",
        "return np.tanh(x @ W + h @ U)",
    ]


def test_a_peephole_is_dropped() -> None:
    """Does a gate lose its peephole, and nothing else?"""
    assert "return sigmoid(x @ W + h @ U)" in lines(dropped_terms, PEEPHOLE)


def test_a_part_of_a_joined_product_is_zero() -> None:
    """Is each of state and input zero in turn, where both are joined for one product?"""
    assert lines(forgotten_parts, "def step(x, h):\n    return tf.tanh(tf.concat([h, x], 1) @ W)\n") == [
        "return tf.tanh(tf.concat([0 * h, x], 1) @ W)",
        "return tf.tanh(tf.concat([h, 0 * x], 1) @ W)",
    ]


def test_signs_are_turned() -> None:
    """Does a plus become a minus, with what follows in brackets, and 1 - z the sum?"""
    found = lines(turned_signs, "def step(h):\n    z = sigmoid(h)\n    return z * h + (1 - z) * (a - b)\n")
    assert found == [
        "return z * h - (1 - z) * (a - b)",
        "return z * h + (1 + z) * (a - b)",
        "return z * h + (1 - z) * (a + b)",
    ]


def test_sizes_are_no_terms() -> None:
    """Are sums of sizes and indices left as they are, in a function that computes a step?"""
    code = "def step(x, h):\n    W = self.add_weight(shape=(m + u, u))\n    return tf.tanh(h[:, u + 1 :] @ W[m - 1])\n"
    assert lines(dropped_terms, code) + lines(turned_signs, code) == []


def test_what_is_split_has_terms() -> None:
    """Is the sum that is split into gates a sum of a step, unlike the number of parts?"""
    code = "def step(x, h):\n    i, f = tf.split(x @ W + h @ U, n + 1)\n    return tf.tanh(i)\n"
    assert lines(dropped_terms, code) == ["i, f = tf.split(h @ U, n + 1)", "i, f = tf.split(x @ W, n + 1)"]


def test_what_is_no_step_has_no_terms() -> None:
    """Is a sum left as it is where no activation is computed?"""
    assert lines(dropped_terms, "def loss(a, b):\n    return a + b\n") == []


def test_a_gate_and_the_candidate_are_exchanged() -> None:
    """Does each gate of a GRU change places with the candidate, and no gate with another gate?"""
    assert lines(swapped_with_candidate, GRU) == [
        "z = np.tanh(x @ Wg + r * h @ Ug) | g = sigmoid(x @ Wz + h @ Uz)",
        "r = np.tanh(x @ Wg + r * h @ Ug) | g = sigmoid(x @ Wr + h @ Ur)",
    ]


def test_one_kernel_serves_several_gates() -> None:
    """Does the second gate have the kernel of the first, and then all of them?"""
    assert lines(one_kernel, GRU) == [
        "r = sigmoid(x @ Wz + h @ Uz)",
        "r = sigmoid(x @ Wz + h @ Uz) | g = np.tanh(x @ Wz + h @ Uz)",
    ]


def test_one_layer_serves_two_gates() -> None:
    """Is the layer of the first gate called for the second?"""
    code = """\
class Cell:
    def __init__(self):
        self.z, self.r = Dense(4, activation="sigmoid"), Dense(4, activation="sigmoid")
    def call(self, x):
        return self.z(x) * self.r(x)
"""
    assert lines(one_kernel, code) == ["return self.z(x) * self.z(x)"]


def test_tanh_is_replaced() -> None:
    """Does a tanh become nothing at all, and a sigmoid as the answer writes it?"""
    code = "def step(x, z):\n    return tf.sigmoid(z) * tf.tanh(x)\n"
    assert lines(other_activations, code) == ["return tf.sigmoid(z) * x", "return tf.sigmoid(z) * tf.sigmoid(x)"]


def test_the_activation_of_a_layer_is_replaced() -> None:
    """Does a layer inside a cell get another activation?"""
    assert lines(other_activations, 'new = Dense(4, activation="tanh")\n') == [
        "new = Dense(4, activation='linear')",
        "new = Dense(4, activation='sigmoid')",
    ]


def test_settings_of_keras_layers() -> None:
    """Do recurrent layers lose their bias and get ReLU, but not a class of the student's own, and not what has both?"""
    code = "a = layers.LSTM(4)\nb = rnn_cell.LSTMCell(4)\nclass GRU: pass\nc = GRU(3)\n"
    assert lines(without_bias, code) == ["a = layers.LSTM(4, use_bias=False)"]
    assert lines(with_relu, code) == ["a = layers.LSTM(4, activation='relu')"]
    assert lines(without_bias, "GRU(4, use_bias=True)") == lines(with_relu, "GRU(4, activation='tanh')") == []


def test_dense_layers_of_a_cell_lose_their_bias() -> None:
    """Does a dense layer lose its bias in a class that computes steps, and only there?"""
    cell = "class {}:\n    def __init__(self):\n        self.d = Dense(4)\n    def call(self, x):\n        return {}\n"
    assert lines(without_bias, cell.format("Cell", "tf.tanh(self.d(x))")) == ["self.d = Dense(4, use_bias=False)"]
    assert lines(without_bias, cell.format("Head", "self.d(x)")) == []


@pytest.mark.parametrize(
    ("code", "turned"),
    [
        ("y = back(x[:, ::-1])", ["y = back(x)"]),
        ("y = x[::-1, :]", ["y = x"]),
        ("y = tf.reverse(x, axis=[1])", ["y = x"]),
        ("y = LSTM(4, go_backwards=True)", ["y = LSTM(4, go_backwards=False)"]),
        ("for t in reversed(range(T)): pass", ["for t in range(T):"]),
        ("for t in range(T - 1, -1, -1): pass", ["for t in range(T):"]),
        ("y = x[:, 1:]", []),
        ("y = x[0, ::-1]", []),
    ],
)
def test_nothing_is_turned_round(code: str, turned: list[str]) -> None:
    """Is a sequence left in its order, in each way to turn one round?"""
    assert lines(not_reversed, code) == turned


def test_the_state_of_a_loop_is_forgotten() -> None:
    """Is a call in a loop given zeros for what the turn before left, and for nothing else?"""
    code = "for x in xs:\n    y, h = cell(x, h)\n    out.append(y)\n"
    assert lines(forgotten_states, code) == ["y, h = cell(x, 0 * h)"]


def test_the_rest_of_an_answer_stays_as_it_was() -> None:
    """Do comments, blank lines and letters of any alphabet survive?"""
    code = "# é\n\ndef f(é):\n    ü = 1; return tanh(ü + é)  # ö\n"
    assert [mutant.code for mutant in dropped_terms(Source(code))] == [
        code.replace("ü + é", "(é)"),
        code.replace("ü + é", "(ü)"),
    ]


@pytest.mark.parametrize("question", OPERATORS)
def test_mutants_differ(question: int) -> None:
    """Is every mutant Python, other code than its original, and named once?"""
    found = list(planted(question, 3))
    assert found
    for item in found:
        assert ast.dump(ast.parse(item.code)) != ast.dump(ast.parse(item.original.answer.code)), item.name
    assert len({item.name for item in found}) == len(found)


@pytest.mark.slow
def test_every_operator_is_tried() -> None:
    """Is every error that an operator plants in an answer to a question tried there, in one notebook each?"""
    tried = [item for _, row in notebooks() for item in row]
    assert len(tried) == sum(len(chosen(question)) for question in OPERATORS)
    for question in OPERATORS:
        planted_here = {item.operator for generation in (2, 3) for item in planted(question, generation)}
        assert {item.operator for item in tried if item.original.question == question} == planted_here
