"""What code throws away, and what it only names."""

from __future__ import annotations

import pytest

from grader.notebook.source.used import acted_on, read, thrown_away


@pytest.mark.parametrize(
    ("source", "thrown"),
    [
        ("L.LSTM(4)(x);", {"LSTM"}),
        ("L.GRU(4)(x)\nL.LSTM(4)(x)", {"GRU"}),
        ("LSTM(4)(x)\nprint(1)", {"LSTM"}),
        ("for k in kinds:\n    L.Bidirectional(k(4))(x)", {"Bidirectional"}),
        ("L.LSTM(4)(x)", set()),
        ("_ = L.LSTM(4)(x)", {"LSTM"}),
        ("__ = L.LSTM(4)(x)", {"LSTM"}),
        ("_ = __ = L.LSTM(4)(x)", {"LSTM"}),
        ("_ = L.GRU(4)(x)\n_ = L.LSTM(4)(x)", {"GRU", "LSTM"}),
        ("_ = L.Bidirectional(L.LSTM(4))(x)\nprint(_.shape)", set()),
        ("_ = L.LSTM(4)(x)\n_", set()),
        ("_ = L.LSTM(4)(x)\ndef f():\n    return _ + 1", set()),
        ("_ = __ = L.LSTM(4)(x)\nprint(__)", set()),
        ("lstm = L.LSTM(4)(x)", set()),
        ("_, state = L.GRU(4, return_state=True)(x)", set()),
        ("_states = L.GRU(4)(x)", set()),
        ("y = L.LSTM(4)(x)\n1", set()),
        ("lstm = L.LSTM(4)\nlstm(x)\n1", {"lstm"}),
        ("print(L.LSTM(4)(x))\n1", set()),
        ("def f():\n    L.LSTM(4)(x)\nf()", set()),
    ],
)
def test_thrown_away(source: str, thrown: set[str]) -> None:
    """Is what nothing holds found by the name of what made it, and what is kept, shown or not run left alone?"""
    assert {name for _, name in thrown_away(source) if name != "print"} == thrown


def test_what_another_cell_reads_is_kept() -> None:
    """Is `_` held where a later cell looks at it?"""
    source = "_ = L.LSTM(4)(x)"
    assert thrown_away(source, elsewhere=read("print(_.shape)")) == frozenset()
    assert thrown_away(source, elsewhere=read("for _ in range(3):\n    print(x)")) == {(1, "LSTM")}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("lstm", set()),
        ("print(lstm)", {"print"}),
        ("lstm.summary()", {"lstm"}),
        ("lstm(x)", {"lstm", "x"}),
        ("for w in lstm.weights:\n    print(w.shape)", {"lstm", "w", "print"}),
        ("y = RNN(cell)", {"y", "RNN", "cell"}),
    ],
)
def test_acted_on(source: str, names: set[str]) -> None:
    """Is a name left out of which code only shows what it stands for?"""
    assert acted_on(source) == names


@pytest.mark.parametrize("source", ["def f(:", "", "%%html\n<b>"])
def test_what_is_no_python_says_nothing(source: str) -> None:
    """Does text that cannot be parsed name and throw away nothing?"""
    assert (thrown_away(source), acted_on(source)) == (frozenset(), frozenset())
