"""Errors that cost nothing: by a convention of the assignment, or because the grader does not see them yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.mutation.planted import Planted


@dataclass(frozen=True)
class Convention:
    """Why some errors need not cost points: those whose question, operator, answer and change hold these words."""

    why: str
    questions: frozenset[int]
    operator: str = ""
    answer: str = ""
    change: str = ""

    def covers(self, item: Planted) -> bool:
        """Whether an error is one of these."""
        return (
            item.original.question in self.questions
            and self.operator in item.operator
            and self.answer in item.original.name
            and self.change in item.change
        )


def _one_of_several() -> Iterator[Convention]:
    for question, answer in (
        (1, "two stacked cells"),
        (4, "two LSTM layers behind an embedding"),
        (4, "a cell in an RNN layer, epoch by epoch"),
        (5, "stacked cells and an output for each step"),
        (7, "two bidirectional layers, one on the other"),
        (9, "two stacked"),
        (10, "three stacked"),
    ):
        for operator in ("with_relu", "without_bias"):
            why = "Of several layers on each other the last is judged: it is one of the kind that is asked for."
            yield Convention(why, frozenset({question}), operator, answer)


def _predictions() -> Iterator[Convention]:
    why = "What a cell predicts from its state is no part of the recurrence, and can be any function of it."
    for part in ("self.W_hy", "self.b_y"):
        yield Convention(why, frozenset({1}), answer="a cell with a prediction beside the state", change=part)
    for part in ("Wya", " by "):
        yield Convention(why, frozenset({1}), answer="a step with a dictionary of parameters", change=part)
    yield Convention(why, frozenset({1}), answer="a step with a dictionary of parameters", change="- by")


CONVENTIONS = (
    Convention(
        "A bidirectional network is asked for two directions; whether they have a bias is free.",
        frozenset({7, 9, 10}),
        "without_bias",
    ),
    Convention(
        "The papers on peepholes leave out the tanh of the output, and so may an answer.",
        frozenset({6}),
        "other_activations",
        change="is linear",
    ),
    Convention(
        "A GRU has one bias for each gate, or two as in cuDNN: of two, one may be left out.",
        frozenset({5}),
        "without_bias",
        "fused kernels with two biases",
    ),
    *_one_of_several(),
    *_predictions(),
)

FORGETS = "The cell is judged by itself; that the loop over time does not give it its last state is not seen."
SURVIVORS: dict[str, str] = dict.fromkeys(
    (
        "q1, a cell of Keras in a loop over time: cell(x[:, t, :], [h]) with zeros for h, at 6:31",
        "q1, a cell of TensorFlow 1: cell(x[:, t], state) with zeros for state, at 5:34",
        "q1, a cell with a prediction beside the state: cell(x_t, h) with zeros for h, at 21:21",
        "q1, a class in NumPy: rnn.forward(x, h) with zeros for h, at 13:23",
        "q1, a dense layer on input and state: zelle(x[:, t], h) with zeros for h, at 16:23",
        "q1, a step as a NumPy function: rnn_step(x[:, t], h, Wx, Wh, b) with zeros for h, at 10:26",
        "q4, a cell called with x, h and c: cell(x[:, t], h, c) with zeros for h, at 20:29",
        "q5, a class in NumPy: cell.forward(x, h) with zeros for h, at 19:24",
        "q5, a step as a NumPy function: gru_step(rng.normal(size=(2, D)), h, W, U, b) with zeros for h, at 13:42",
        "q5, cells in a loop over time: cell(x[:, t], h) with zeros for h, at 5:27",
        "q5, three dense layers on input and state: zelle(x_t, h) with zeros for h, at 17:19",
        "q6, a class in NumPy: self.step(x[:, t], h, c) with zeros for c, at 25:41",
        "q6, a function in NumPy: peephole_lstm_step(x_t, h, c, params) with zeros for h, at 21:35",
        "q6, h and c as arguments, looped over by hand: cell(x[:, t], h, c) with zeros for c, at 28:28",
    ),
    FORGETS,
)
"""Errors that should cost points and do not, and why. A test fails as soon as one of them is caught."""
