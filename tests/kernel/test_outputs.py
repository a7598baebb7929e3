"""Streams as a terminal shows them, and the bound on a cell's output."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from grader.kernel.talk.outputs import Allowance, merged, shown

stream = st.fixed_dictionaries(
    {
        "output_type": st.just("stream"),
        "name": st.sampled_from(["stdout", "stderr"]),
        "text": st.text(alphabet="ab\r\n\b", max_size=8),
    }
)
picture = st.fixed_dictionaries({"output_type": st.just("display_data"), "data": st.just({"image/png": "x"})})


def terminal(text: str) -> str:
    """One character at a time: a return waits until something is written over the line."""
    lines, returned = [""], False
    for character in text:
        if character == "\n":
            lines.append("")
            returned = False
        elif character == "\r":
            returned = True
        elif character == "\b" and not returned:
            lines[-1] = lines[-1][:-1]
        elif character != "\b":
            lines[-1] = character if returned else lines[-1] + character
            returned = False
    return "\n".join(lines)


@given(st.text(alphabet="ab\r\n"))
def test_returns_begin_the_line_anew(text: str) -> None:
    """Is the last state of each line shown?"""
    assert shown(text) == terminal(text)


@given(st.text(alphabet="ab\n\b"))
def test_backspaces_take_one_character(text: str) -> None:
    """Does a backspace take one character of its own line, and nothing at its beginning?"""
    assert shown(text) == terminal(text)


@given(st.text())
def test_other_text_is_unchanged(text: str) -> None:
    """Is text without control characters left as it is?"""
    plain = text.replace("\r", "").replace("\b", "")
    assert shown(plain) == plain


def test_long_line_takes_linear_time() -> None:
    """Is a megabyte on one line, with returns and backspaces in it, read at all, not in hours?"""
    shown("x" * 1_000_000 + "\r" + "ab\b" * 300_000)


@given(st.lists(stream | picture))
def test_merging_keeps_order_and_places(outputs: list) -> None:
    """Are neighbours of one stream joined, all else kept in order, and every old output's new place right?"""
    kept, places = merged(outputs)
    assert len(places) == len(outputs)
    assert places == sorted(places)
    assert [output for output in kept if output["output_type"] != "stream"] == [
        output for output in outputs if output["output_type"] != "stream"
    ]
    for output, place in zip(outputs, places, strict=True):
        assert kept[place]["output_type"] == output["output_type"]
        assert kept[place].get("name") == output.get("name")
    for left, right in pairwise(kept):
        assert left["output_type"] != "stream" or left.get("name") != right.get("name")


@given(st.lists(st.integers(0, 50)), st.integers(0, 100))
def test_allowance_accounts_for_everything(sizes: list[int], limit: int) -> None:
    """Is never more used than allowed, and all that did not fit counted?"""
    allowance = Allowance(limit)
    taken = [size for size in sizes if allowance.take(size)]
    assert allowance.used == sum(taken) <= limit
    assert allowance.used + allowance.dropped == sum(sizes)
