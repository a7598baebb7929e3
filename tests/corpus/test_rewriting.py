"""What is written in another way is another text, and the same program."""

from __future__ import annotations

import ast
import contextlib
import io
import textwrap

import pytest

from tests.corpus.rewriting import (
    REWRITINGS,
    Rewriting,
    definitions_first,
    in_a_function,
    one_cell_for_each_statement,
    renamed,
)
from tests.corpus.samples import HEAD, Sample, samples

IN_NUMPY = [
    item
    for number in range(1, 11)
    for item in samples(number)
    if not any(word in item.answer.code for word in ("tf.", "keras", "random.default_rng()"))
]


def printed(cells: list[str]) -> str:
    """What a program of cells prints, from the same randomness."""
    import numpy as np

    np.random.seed(3)
    names: dict[str, object] = {"np": np}
    with contextlib.redirect_stdout(io.StringIO()) as text:
        for cell in cells:
            exec(compile(cell, "<cell>", "exec"), names)  # noqa: S102 (the corpus is our own)
    return text.getvalue()


@pytest.mark.parametrize("rewriting", REWRITINGS)
@pytest.mark.parametrize("item", [pytest.param(item, id=f"q{item.question}, {item.name}") for item in IN_NUMPY])
def test_the_program_stays_the_same(item: Sample, rewriting: Rewriting) -> None:
    """Does an answer in NumPy print the same numbers when it is written in another way?"""
    assert printed(rewriting(item.answer.code)) == printed([item.answer.code])


@pytest.mark.parametrize("number", range(1, 11))
def test_every_answer_can_be_rewritten(number: int) -> None:
    """Is each answer still Python, in each way to write it?"""
    for item in samples(number):
        for rewriting in REWRITINGS:
            for cell in rewriting(HEAD + item.answer.code):
                ast.parse(cell)


CODE = textwrap.dedent("""
    import numpy as np
    # how many
    units = 4
    class Cell(np.ndarray):
        def __init__(self, units):
            self.weights = units
        def step(self, x, training=None):
            return x.shape + self.weights
    def build(units=units):
        return Cell(units=units).step(1)
    def other():
        return 2
    print(build(units=2))
""")


def test_names() -> None:
    """Are variables, arguments, classes, methods and own attributes renamed, and the names of libraries not?"""
    (text,) = renamed(CODE)
    for gone in ("Cell", "step", "weights", "units", "build", "other"):
        assert gone not in text
    for kept in ("np.ndarray", "shape", "training", "self", "__init__", "print"):
        assert kept in text


def test_cells() -> None:
    """Is there a cell for each statement, with its comment, and nothing lost?"""
    cells = one_cell_for_each_statement(CODE)
    assert [cell.partition("\n")[0] for cell in cells] == [
        "import numpy as np",
        "# how many",
        "class Cell(np.ndarray):",
        "def build(units=units):",
        "def other():",
        "print(build(units=2))",
    ]
    assert "\n".join(cells) == CODE.strip("\n")


def test_order() -> None:
    """Do definitions come first that need no variable, the last before the others, and all else later?"""
    imports, definitions, rest = definitions_first(CODE)
    assert imports == "import numpy as np"
    assert [node.name for node in ast.parse(definitions).body if hasattr(node, "name")] == ["other", "Cell"]
    assert [type(node) for node in ast.parse(rest).body] == [ast.Assign, ast.FunctionDef, ast.Expr]


def test_function() -> None:
    """Do only imports and one function stand at the top, and the call of it?"""
    (text,) = in_a_function(CODE)
    assert [type(node) for node in ast.parse(text).body] == [ast.Import, ast.FunctionDef, ast.Assign]
