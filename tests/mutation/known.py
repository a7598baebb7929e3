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

ZERO = "A bias of a loop that is zero at first has no effect on the states that the loop is known by."
SURVIVORS: dict[str, str] = dict.fromkeys(
    (
        'q4, by hand in NumPy, with its backward pass: par["bf"] is dropped, at 10:17',
        'q4, by hand in NumPy, with its backward pass: - par["bf"], at 10:17',
        'q4, variables, trained with a tape: - P["bo"], at 11:20',
        "q5, variables and a scan: br is dropped, at 8:19",
        "q7, a class in NumPy: - self.b, at 8:24",
        "q9, in NumPy: - b, at 8:30",
    ),
    ZERO,
) | {
    "q6, a function in NumPy: peephole_lstm_step(x_t, h, c, params) with zeros for h, at 21:35": (
        "The function is judged by itself; its loop was not found among the arrays that the code computes."
    ),
}
"""Errors that should cost points and do not, and why. A test fails as soon as one of them is caught."""
