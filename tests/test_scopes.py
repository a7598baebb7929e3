"""Which names a piece of code reads from the namespace."""

from __future__ import annotations

import pytest

from grader.probe.scopes import global_names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("y = layer(x)", {"layer", "x"}),
        ("def f(model):\n    rng = make()\n    return model(rng)\n", {"make"}),
        ("def f():\n    global model\n    model = build()\nf()", {"build", "f"}),
        ("def f():\n    def g():\n        return inner + outer\n    inner = 1\n    return g", {"outer"}),
        (
            "class A(Base):\n    size = units\n    def call(self, x):\n        return x @ kernel\n",
            {"Base", "units", "kernel"},
        ),
        ("[layer(row) for row in data]", {"layer", "data"}),
        ("model = 1", set()),
    ],
)
def test_global_names(source: str, names: set[str]) -> None:
    """Are the names found that are read from outside, and no local ones?"""
    assert global_names(source) == names


@pytest.mark.parametrize("source", ["nonlocal x", "def f(:", "def f(x, x): pass"])
def test_text_that_is_no_python(source: str) -> None:
    """Does it raise what it says?"""
    with pytest.raises(SyntaxError):
        global_names(source)
