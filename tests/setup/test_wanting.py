"""What could not be had, by the names that an answer misses; without a kernel."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from grader.answer.evidence import Failure
from grader.grading.lives import Lives
from grader.grading.wanting import Wanting
from grader.notebook.source.bindings import statements

CELLS = {
    0: "import numpy as np\nimport pandas as pd\nfrom helpers import load\ndata = pd.read_csv('x.csv')\nT = 10",
    2: "def build(units):\n    return np.zeros((units, T))\n\nmodel = build(3)\nmodel.fit(T)\nhistory = model.fit(T)",
    4: "seen = np.ones(T)\nother = build(5)\nkill()",
    6: "again = build(4) + seen\nprint(again)",
    8: "late = 1",
}
QUESTIONS = {2: "q1", 4: "q2", 6: "q3"}


def wanting(cells: Mapping[int, str] = CELLS) -> Wanting:
    return Wanting({index: statements(source, index) for index, source in cells.items()})


def failure(line: int, type_: str, message: str) -> Failure:
    return Failure(cell=0, line=line, type=type_, message=message)


def test_a_missing_package_is_the_reason_everywhere():
    """Is it named once, and not again for what was to be made with it?"""
    found = wanting()
    found.failed(failure(2, "ModuleNotFoundError", "No module named 'pandas'"))
    found.failed(failure(4, "NameError", "name 'pd' is not defined"))
    (note,) = found.notes
    assert note.startswith("Cell 1, line 2: it needs pandas")
    for name in ("pd", "data"):
        said = found.explained("NameError", f"name '{name}' is not defined", 2, 1)
        assert said is not None
        assert "needs pandas" in said[0]
        assert said[1]


def test_a_name_that_comes_later_and_one_that_never_comes():
    """Is the student told where it is defined, and is nothing made up where it is nowhere?"""
    found = wanting()
    said = found.explained("NameError", "name 'late' is not defined", 2, 1)
    assert said == (
        "NameError: `late` is defined further below, in cell 9, line 1: a notebook is run from top to bottom",
        False,
    )
    assert found.explained("NameError", "name 'nowhere' is not defined", 2, 1) is None


def test_what_the_framework_lacks_may_be_there_in_another():
    """Is an import that fails in this Keras no fault of the machine, so that the other Keras is tried?"""
    found = wanting({0: "from keras.layers.recurrent import LSTM"})
    found.failed(failure(1, "ModuleNotFoundError", "No module named 'keras.layers.recurrent'"))
    said = found.explained("NameError", "name 'LSTM' is not defined", 2, 1)
    assert said is not None
    assert not said[1]


def test_a_new_kernel_runs_what_later_answers_read():
    """Setup as a whole, definitions that are used again, no training, and nothing that ended the kernel?"""
    found = {index: statements(source, index) for index, source in CELLS.items()}
    lives = Lives(CELLS, found, QUESTIONS.get)
    lives.ended_in(4, filled=False)
    pieces = lives.pieces([6, 8])
    assert [cell for cell, _ in pieces] == [0, 2]
    assert pieces[0][1] == CELLS[0]
    assert pieces[1][1].startswith("def build")
    lives.ended_in(0, filled=True)
    assert all("read_csv" not in text for _, text in lives.pieces([6, 8]))


def test_what_is_behind_an_endless_line_is_known():
    """Are the statements behind it found, each on its own line?"""
    source = "import time\nwhile True:\n    time.sleep(1)\nx = 1\ny = (\n    2)"
    lives = Lives({0: source}, {0: statements(source, 0)}, lambda cell: None)
    assert lives.rest_of(0, 3) == [(0, "\n\n\nx = 1"), (0, "\n\n\n\ny = 2")]


@given(st.text(max_size=200))
def test_any_text_has_statements_or_none(source: str):
    """Does nothing that a student may write break the reading of names?"""
    for each in statements(source, 0):
        assert each.first_line <= each.last_line
