"""Similar submissions: copies in disguise among honest answers, and both kinds of error counted."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.similarity.fingerprint_index import compare
from grader.similarity.lexing import code_cell, own_names, raw
from grader.similarity.shared_passages import marked, shared_prints, side_by_side
from grader.similarity.winnowing import CODE, PROSE, Grain, hashes, winnowed
from grader.similarity.works import Source, Work, work_of
from tests.similarity.classes import DISGUISES, PROMPTS, Cells, assembled, cells, half, whole


def works_of(students: Mapping[str, Cells]) -> list[Work]:
    return [work_of(name, own) for name, own in students.items()]


def found_in(works: Sequence[Work]) -> set[frozenset[str]]:
    return {frozenset(pair.names) for pair in compare(works, PROMPTS).pairs}


HONEST = {**whole(), **assembled()}


@cache
def honest_works() -> list[Work]:
    """Made once, where a test needs them."""
    return works_of(HONEST)


def test_honest_answers_are_not_alike() -> None:
    """Does none of 630 pairs of notebooks on the same ten questions, by different authors, look like a copy?"""
    assert len(honest_works()) >= 36
    assert found_in(honest_works()) == set()


@pytest.mark.parametrize("disguise", DISGUISES)
def test_copies_are_found_among_honest_answers(disguise: str) -> None:
    """Is every third student's copy found, whatever was done to hide it, and nobody else accused?"""
    rng = random.Random(disguise)
    copied = [name for place, name in enumerate(HONEST) if place % 3 == len(disguise) % 3]
    copies = {f"copy of {name}": DISGUISES[disguise](HONEST[name], rng) for name in copied}
    found = found_in([*honest_works(), *works_of(copies)])
    planted = {frozenset((name, f"copy of {name}")) for name in copied}
    # Of a notebook that has next to no code, or no cell of text, there is nothing to be copied.
    empty = {pair for pair in planted if _size(copies[max(pair, key=len)]) < 1_000}
    missed, accused = planted - found, found - planted
    assert missed <= empty
    assert len(planted - empty) >= 9
    assert accused == set()


def _size(given: Cells) -> int:
    return sum(len(cell.text) for cell in given)


def test_half_a_copy_is_mostly_found() -> None:
    """Are at least three of four found who took half of their cells from another, and half from a second one?"""
    rng = random.Random(5)
    names = [*HONEST]
    planted: set[frozenset[str]] = set()
    copies = {}
    for one, other in zip(names[::3], names[1::3], strict=False):
        copies[f"of {one}"] = half(HONEST[one], HONEST[other], rng)
        planted |= {frozenset((f"of {one}", one)), frozenset((f"of {one}", other))}
    found = found_in([*honest_works(), *works_of(copies)])
    assert len(planted & found) >= 0.75 * len(planted)
    assert found <= planted


def test_the_questions_and_the_starter_are_nobodys() -> None:
    """Are those not alike who share the text of the questions, and what more than a third of the class has?"""
    starter = (
        True,
        "\n".join(f"data_{at} = load(path_{at}, rows={at}, shuffle=True)[0:{at}].sum()" for at in range(30)),
    )
    rng = random.Random(0)
    students = {}
    for number in range(12):
        own = " ".join(f"word{rng.randrange(500)}" for _ in range(150))
        parts = [starter, *((False, prompt) for prompt in PROMPTS), (False, own)]
        students[f"s{number}"] = cells(parts if number < 6 else parts[1:])
    assert found_in(works_of(students)) == set()


def test_names_comments_and_layout_say_nothing() -> None:
    """Are two cells the same tokens that differ in names, numbers, comments, and in how a module is called?"""
    one = "import tensorflow as tf\nunits = 8\nlayer = tf.keras.layers.Dense(units)  # wide\nself.w = layer(x)\n"
    other = "from tensorflow.keras import layers\n\nn=16\n# a layer\nd = layers.Dense( n )\nself.kernel = d(x)\n"

    def tokens(source: str) -> list[str]:
        pieces = raw(source)
        return code_cell(source, pieces, frozenset(own_names(pieces))).code.values

    assert tokens(one)[4:] == tokens(other)[4:]
    assert tokens("model.fit(x, epochs=3)") != tokens("model.evaluate(x, epochs=3)")


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("a, self.b = 1, f(c=2)", {"a", "b", "self"}),
        ("def g(p, *q, r=1):\n    return [s for s, t in p]", {"g", "p", "q", "r", "s", "t"}),
        ("import numpy as np\nfrom k import Dense\nif n == 3: pass", {"np"}),
        ("with open(path) as file:\n    k = lambda u: u", {"file", "k", "u"}),
        ("x[0] += 1\nmodel.compile(loss='mse')", {"x"}),
    ],
)
def test_names_that_code_gives(code: str, names: set[str]) -> None:
    """Are variables, attributes, functions and parameters the student's own, and keywords and a library's names not?"""
    assert {*own_names(raw(code))} == names


TOKENS = st.lists(st.sampled_from([f"t{at}" for at in range(40)]), max_size=120)


@given(TOKENS, TOKENS, TOKENS, st.sampled_from([CODE, PROSE, Grain(3, 4)]))
def test_winnowing_sees_all_that_is_long_enough(
    before: list[str], shared: list[str], after: list[str], grain: Grain
) -> None:
    """Do two texts with a passage of `run + window - 1` tokens in common share a fingerprint, whatever is around it?"""
    passage = [*shared, *(f"p{at}" for at in range(grain.run + grain.window - 1))]
    one, other = [*before, *passage], [*passage, *after]
    prints = [{*winnowed(hashes(text, grain), grain).tolist()} for text in (one, other)]
    assert prints[0] & prints[1]
    assert prints[0] <= {*hashes(one, grain).tolist()}


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_has_tokens(code: str, prose: str) -> None:
    """Does no text raise, and does each token stand where it says?"""
    given = [Source(1, True, code), Source(2, False, prose)]
    work = work_of("x", given)
    shared = shared_prints(work, work, {part: prints[:0] for part, prints in work.prints.items()})
    for cell in marked(given, shared):
        assert all(0 <= start < end <= len(cell.cell.text) for start, end in cell.spans)


def test_what_is_shared_stands_side_by_side() -> None:
    """Is each cell beside the one that it was copied to, with what is shared marked and what is not left alone?"""
    story = "The state is handed on from one word to the next and is changed by each of them a little more every time."
    code = "def step(x, h):\n    z = sigmoid(dot(x, w) + dot(h, u) + b)\n    return z * h + (1 - z) * tanh(dot(x, v))\n"
    one = cells([(False, f"My own words stand here. {story}"), (True, code)])
    other = cells([(True, code.replace("step", "go").replace("z", "gate")), (False, f"{story} And these are others.")])
    works = [work_of("one", one), work_of("other", other)]
    shared = shared_prints(*works, {part: prints[:0] for part, prints in works[0].prints.items()})
    rows = side_by_side(marked(one, shared), marked(other, shared))
    assert [(left and left.cell.number, right and right.cell.number) for left, right in rows] == [(1, 2), (2, 1)]
    ((start, end),) = rows[0][0].spans if rows[0][0] else ((0, 0),)
    assert one[0].text[start:end].startswith(("The state", "state", "is handed"))
    assert "My own" not in one[0].text[start:end]
