"""The answer sheet: every number on it for any sizes, against the reference and against layers of Keras."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.language.equations import Equation, parse
from reference.pack import assignment
from reference.recurrent import expected

QUESTIONS = {each.number: each for each in assignment.questions}
SIZES = st.fixed_dictionaries(
    {"units": st.integers(1, 40), "inputs": st.integers(1, 40), "timesteps": st.integers(1, 40)}
)


def facts(number: int, sizes: dict[str, int]) -> dict[str, str]:
    """What is expected of a question, by what it is."""
    sheet = QUESTIONS[number].sheet
    assert sheet is not None
    return {fact.what: fact.value for fact in sheet.expected(sizes).facts}


def counts(number: int, sizes: dict[str, int]) -> list[int]:
    """The numbers of parameters on the sheet of a question, in their order."""
    found = facts(number, sizes).items()
    return [int(value.replace(",", "")) for what, value in found if what.startswith("parameters")]


def floats(text: str) -> list[float]:
    return [float(each) for each in re.findall(r"[\d.]+(?:e[+-]\d+)?", text)]


@settings(max_examples=20)
@given(sizes=SIZES)
def test_parameters_and_shapes_follow_from_the_sizes(sizes: dict[str, int]) -> None:
    """Are they those of the formulas, and do the weights add up to the parameters?"""
    u, m, T = sizes["units"], sizes["inputs"], sizes["timesteps"]
    assert counts(1, sizes) == counts(2, sizes) == [u * (m + u + 1)]
    assert counts(4, sizes) == counts(8, sizes) == [4 * u * (m + u + 1)]
    assert counts(5, sizes) == [3 * u * (m + u + 2), 3 * u * (m + u + 1)]
    assert counts(6, sizes) == [4 * u * (m + u + 1) + 3 * u, 4 * u * (m + u + 1)]
    assert counts(7, sizes) == [2 * u * (m + u + 1), 8 * u * (m + u + 1), 6 * u * (m + u + 2)]
    assert (counts(9, sizes), counts(10, sizes)) == ([8 * u * (m + u + 1)], [6 * u * (m + u + 2)])
    for number in (1, 4, 5, 6, 8):
        shapes = [tuple(map(int, re.findall(r"\d+", each))) for each in facts(number, sizes)["weights"].split("), ")]
        assert expected.size(shapes) == counts(number, sizes)[0]
        assert facts(number, sizes)["output of all time steps"] == f"(None, {T}, {u})"
    for number in (7, 9, 10):
        assert facts(number, sizes)["output of all time steps"] == f"(None, {T}, {2 * u})"


@settings(max_examples=15)
@given(sizes=SIZES)
def test_losses_and_gradients_behave_as_the_sheet_says(sizes: dict[str, int]) -> None:
    """Does the loss fall, do gradients shrink and grow, is a plain cell affine, and does only one direction wait?"""
    learning, gradients, peepholes = facts(2, sizes), facts(3, sizes), facts(6, sizes)
    before, after = floats(learning["loss over 10 epochs"])
    assert after < before
    assert floats(learning["gradient norm at the first time step"])[0] > 0
    for name, grows in (("vanishing", False), ("exploding", True)):
        first, last = floats(gradients[f"{name}: norm of dL/dh at the first and the last time step"])
        assert (first > last) is (grows and sizes["timesteps"] > 1)
    bend = floats(peepholes["bend of the next cell state of a peephole LSTM"])[0]
    assert bend > 1e-6 > floats(peepholes["bend of the next cell state of an LSTM"])[0]
    for number in (7, 9, 10):
        found = facts(number, sizes)
        assert floats(found["change of the first output by the last input"])[0] > 0
        assert floats(found.get("the same of one direction alone", "0"))[0] == 0


def test_the_worked_numbers_of_the_questions() -> None:
    """Are those of the sample notebook on the sheet where nobody chooses a size?"""
    worked = {1: [20608], 4: [24832], 5: [18816, 18624], 6: [5544, 5472], 9: [49664], 10: [37632]}
    assert {number: counts(number, {}) for number in worked} == worked


def test_every_question_has_a_sheet_that_can_be_typeset() -> None:
    """Is none without facts, and can the grader read every equation of it?"""
    for question in assignment.questions:
        assert question.sheet is not None
        found = question.sheet.expected({})
        assert found.facts
        assert [text for text in found.equations if not isinstance(parse(text), Equation)] == []


@pytest.mark.slow
def test_keras_has_what_the_sheet_says(keras) -> None:
    """Do layers of both generations have these parameters, and give outputs of these shapes?"""
    sizes = {"units": 7, "inputs": 5, "timesteps": 4}
    layers = keras.layers
    made = {1: layers.SimpleRNN, 4: layers.LSTM, 5: layers.GRU}
    for number, kind in made.items():
        layer = kind(7, return_sequences=True)
        model = keras.Sequential([keras.Input((4, 5)), layer])
        assert layer.count_params() == counts(number, sizes)[0]
        assert str(tuple(model.output_shape)) == facts(number, sizes)["output of all time steps"]
    for number, kind in {9: layers.LSTM, 10: layers.GRU}.items():
        layer = layers.Bidirectional(kind(7, return_sequences=True))
        model = keras.Sequential([keras.Input((4, 5)), layer])
        assert layer.count_params() == counts(number, sizes)[0]
        assert str(tuple(model.output_shape)) == facts(number, sizes)["output of all time steps"]
