"""Which cells run where one question alone is looked at: all that it rests on, and no more where that can be told."""

from __future__ import annotations

import pytest

from grader.grading.narrowing import Narrowed, narrowed
from grader.notebook.source.bindings import statements

Cells = list[tuple[str | None, str]]


def for_question(wanted: str, cells: Cells) -> Narrowed:
    """What runs for a question of a notebook, of which each cell is given with its question."""
    code = {index: source for index, (_, source) in enumerate(cells)}
    found = {index: statements(source, index) for index, source in code.items()}
    return narrowed([wanted], code, found, lambda index: cells[index][0])


@pytest.mark.parametrize(
    ("cells", "run"),
    [
        pytest.param([(None, "x = 1"), ("q1", "a = x"), ("q2", "b = x"), (None, "y = 1")], [0, 2], id="its own"),
        pytest.param([("q1", "m = 1"), ("q2", "m = 2\nprint(m)")], [1], id="a name that it binds itself"),
        pytest.param([("q1", "m = 1"), ("q2", "print(m)\nm = 2")], [0, 1], id="a name that it reads first"),
        pytest.param([("q1", "m = 1"), ("q3", "n = m"), ("q2", "print(n)")], [0, 1, 2], id="what that rests on"),
        pytest.param([(None, "x = []"), ("q1", "x.append(1)"), ("q2", "print(x)")], [0, 1, 2], id="a method"),
        pytest.param([(None, "x = {}"), ("q1", "x['a'] = 1"), ("q2", "print(x)")], [0, 1, 2], id="an item"),
        pytest.param([(None, "m = f()"), ("q1", "h = m.fit(1)"), ("q2", "m(1)")], [0, 1, 2], id="a training"),
        pytest.param([(None, "m = f()"), ("q1", "train(m)"), ("q2", "m(1)")], [0, 1, 2], id="given to a function"),
        pytest.param([(None, "m = f()"), ("q1", "print(m)"), ("q2", "m(1)")], [0, 2], id="looked at"),
        pytest.param(
            [(None, "def f(): return m"), ("q1", "m = 1"), ("q2", "f()")], [0, 1, 2], id="read when it is called"
        ),
        pytest.param([("q1", "m = 1"), ("q2", "m = 2\nif m:\n    m = 3")], [1], id="a branch after it"),
        pytest.param([("q1", "m = 1"), ("q2", "if 0:\n    m = 3\nprint(m)")], [0, 1], id="a branch that may bind"),
        pytest.param([("q1", "tf.config.run_functions_eagerly(True)"), ("q2", "a = 1")], [0, 1], id="a setting"),
        pytest.param([("q1", "exec('m = 1')"), ("q2", "print(m)")], [0, 1], id="what cannot be told"),
        pytest.param([("q1", "%run other.py"), ("q2", "a = 1")], [0, 1], id="a magic"),
        pytest.param([("q1", "Explain the GRU."), ("q2", "a = 1")], [1], id="no Python"),
        pytest.param([("q1", "a = 1"), ("q2", "b = 1"), ("q1", "c = b")], [0, 1, 2], id="an answer in two places"),
    ],
)
def test_what_a_question_rests_on_is_run(cells: Cells, run: list[int]) -> None:
    """Is no cell left out that could matter, and every one that cannot?"""
    wanted = "q1" if cells[-1][0] == "q1" else "q2"
    assert list(for_question(wanted, cells).cells) == run


def test_of_a_cell_that_only_imports_what_is_needed_the_imports_are() -> None:
    """Is a training in the first answer left out, though the later ones use its imports?"""
    cells: Cells = [("q1", "import numpy as np, os\nm = f(np)\nm.fit(1)"), ("q2", "np.zeros(3)")]
    assert for_question("q2", cells) == Narrowed((1,), ((0, "import numpy as np, os"),))
