"""Commands and outputs of a workflow, with what a student can write in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.export.workflow import annotation, no_command, output, silence
from grader.text import neutral, neutral_lines
from tests.classroom.attacks import EVERYTHING
from tests.classroom.github import commands, outputs

SHORT = {name: text[:3_000] for name, text in EVERYTHING.items()}
every_attack = pytest.mark.parametrize("attack", EVERYTHING.values(), ids=EVERYTHING)
ANY_LINES = st.text(max_size=60) | st.text("::#[]%0AD25\n\r=<, x\u2028\x85", max_size=40)


@every_attack
def test_an_annotation_is_one_command(attack: str) -> None:
    """Is there one command, of our own, whatever is in its file, title and message?"""
    (command,) = commands(annotation("error", attack, attack, attack))
    assert command.name == "error"
    assert set(command.properties) <= {"file", "title"}


@given(ANY_LINES)
def test_an_annotation_says_what_it_was_given(text: str) -> None:
    """Does the runner read back the very text, but for what cannot be seen?"""
    (command,) = commands(annotation("warning", text, text, text))
    assert command.properties == ({"file": neutral(text), "title": neutral(text)} if neutral(text) else {})
    assert command.data == neutral_lines(text).strip()


@given(ANY_LINES)
def test_any_output_comes_back_and_no_other(value: str) -> None:
    """Does a value with line breaks, equals signs and delimiters set one output?"""
    value = value.replace("\r", "")  # the runner reads lines, and the end of a line may be either
    assert outputs(output("score", value)) == {"score": value}


@pytest.mark.parametrize("name", ["", "a=b", "a\nb", "a<<b", "Score", "::x"])
def test_a_name_of_an_output_is_a_word(name: str) -> None:
    """Is anything else refused?"""
    with pytest.raises(ValueError, match="no name of an output"):
        output(name, "1")


def test_what_is_silenced_is_no_command() -> None:
    """Is a command between the two lines printed and not obeyed, and one after them is?"""
    stop, resume = silence()
    assert commands(f"{stop}\n::error::x\n##[error]y\n{resume}\n::notice::z") == commands("::notice::z")
    assert silence() != (stop, resume)


@every_attack
def test_text_behind_words_is_no_command(attack: str) -> None:
    """Is a text harmless that a program prints behind words of its own?"""
    assert commands(f"Error: {no_command(attack, 500)}") == []
