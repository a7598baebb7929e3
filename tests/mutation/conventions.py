"""Errors that need not cost points, by a convention of the assignment; and those that go unnoticed, and should not."""

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
    *(
        Convention("The same.", frozenset({7, 9, 10}), "dropped_terms", change=change)
        for change in (" b is dropped", "self.b is dropped")
    ),
    Convention(
        "The same of its sign, which is as free as it is itself.", frozenset({10}), "turned_signs", change="- b,"
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

GAPS = (
    Convention(
        "A step that is asked by itself is right; that each is given zeros for the last state is seen where a sequence "
        "is read, and not where each input is drawn anew and the cell has as many inputs as units.",
        frozenset({6}),
        "forgotten_states",
        "as many inputs as units, gates and peepholes in lists",
    ),
)
"""What should cost points and does not: a list that may only shrink."""
