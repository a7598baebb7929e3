"""What is one decision: the same words and the same structure, and nothing that says another thing."""

from __future__ import annotations

import time

import pytest

from grader.language.prose.wordings import form_of
from grader.review.written_forms import Leaders, of_code, of_equation


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A forget gate decides how much is kept.", "the forget gate decides how much is kept"),
        ("It **remembers** the state!", "It remembers the states"),
        ("The gradient vanishes through time.", "The gradiant vanishes through time."),
        ("It processes the sequence.", "It proccesses the sequence."),
    ],
)
def test_slips_of_the_pen_are_the_same(one: str, other: str):
    """Are two sentences one that differ in case, articles, marks, an ending, or a letter?"""
    leaders = Leaders()
    assert leaders.leader("q", form_of(one)) == leaders.leader("q", form_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The forget gate decides.", "The input gate decides."),
        ("The gradient does vanish.", "The gradient does not vanish."),
        ("It has 4 gates.", "It has 3 gates."),
        ("The value is bounded.", "The value is unbounded."),
        ("h = tanh(x) + b", "h = tanh(x) - b"),
        ("The weights increase.", "The weights decrease."),
    ],
)
def test_another_statement_is_another_decision(one: str, other: str):
    """Are two sentences apart that say different things in nearly the same words?"""
    leaders = Leaders()
    assert leaders.leader("q", form_of(one)) != leaders.leader("q", form_of(other))


def test_no_chain_of_slips():
    """Is a sentence that is near to a follower, and not to its leader, another one?"""
    leaders = Leaders()
    words = [form_of(f"the {word} of the layer") for word in ("kernelaa", "kernelab", "kernelbb")]
    first, second, third = (leaders.leader("q", word) for word in words)
    assert first == second != third


def test_the_same_equation_and_the_same_program():
    """Do notation, names, comments and blanks count for nothing, and does what is computed count?"""
    assert of_equation("h_t = tanh(W x_t + b)") == of_equation(r"h_{t} = \tanh(W x_t + b)")
    assert of_equation("h_t = tanh(W x_t + b)") != of_equation("h_t = tanh(W x_t - b)")
    one = "# mine\nunits = 64\nlayer = LSTM(units)\n"
    assert of_code(one) == of_code("n=64 # theirs\n\nmy_lstm = LSTM(n)")
    assert of_code(one) != of_code("n=64\nmy_lstm = GRU(n)")
    assert of_code("a = (") == of_code("a = ( # not finished")


def test_sentences_that_differ_in_one_word_take_linear_time():
    """Does the worst class, of which all write the same but for a word, take eight times as long where it is eight
    times as large, and not sixty-four times?"""

    def took(count: int, name: str) -> float:
        forms = [form_of(f"the gate of {name}{number} keeps what it has seen before") for number in range(count)]
        start = time.process_time()
        leaders = Leaders()
        for form in forms:
            leaders.leader("q", form)
        return time.process_time() - start

    took(100, "x")
    small = sum(took(2_000, name) for name in "abcd")
    assert took(16_000, "e") < 9 * small
