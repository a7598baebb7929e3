"""In a cell outside of the answers, does each statement run on its own, and is what failed known?"""

from __future__ import annotations

import pytest

from grader.answer import evidence
from grader.answer.evidence import Failure, Troubles
from grader.kernel.pool import KernelPool
from grader.kernel.session import Session
from grader.protocol import operations as ops
from tests.kernels import notebook, text

SETUP = """import no_such_package
from numpy import no_such_name
import matplotlib.pyplot as plt
plt.style.use('no such style')
from google.colab import drive, files
drive.mount('/content/drive')
given = files.upload()
%no_such_magic 2.x
%matplotlib no_such_backend
print "a line of Python 2"
name, number = input('Name: '), 0
number = int(input('Number: '))
broken = [1, 2][5]
raise SystemExit('no GPU here')
after = 7
after"""


def troubles(session: Session) -> list[Failure]:
    return list(evidence.read(Troubles, session.ask(ops.Troubles())).failures)


def test_each_statement_outside_of_the_answers_runs(pool: KernelPool):
    """Whatever fails before it, and is each failure told once, with its line? Does the cell still show its value?"""
    with pool.session(notebook(SETUP, "print([after, number, given])"), 3) as session:
        assert session.run_cell(0, outside=True).status == "ok"
        assert text(session, 0).endswith("7")
        told = {failure.line: failure.type for failure in troubles(session)}
        assert set(told) == {1, 2, 4, 10, 12, 13, 14}
        assert told[1] == "ModuleNotFoundError"
        assert told[13] == "IndexError"
        assert troubles(session) == []
        session.run_cell(1)
        assert text(session, 1) == "[7, 0, {}]\n"


@pytest.mark.parametrize(
    ("source", "status", "lines"),
    [
        ("import no_such_package\nx = 1\nprint(x)", "ok", [1]),
        ("import warnings, matplotlib.pyplot as plt\nplt.style.use('no such')\nx = 1", "ok", [2]),
        ("import tensorflow as tf\ng = tf.config.list_physical_devices('GPU')[0]\nx = 1", "ok", [2]),
        ("x = [1][5]\ny = 1", "error", []),
        ("%%time\nx = [1][5]\ny = 1", "error", []),
        ("import numpy as np\nnp.zeros(3)[7]\ny = 1", "error", []),
        ("from __future__ import annotations\nimport no_such_package\n1 / 0", "error", [2]),
        ("import no_such_package as p\nx = p.load()\ny = x.mean()\nz = 3\nprint(z)", "ok", [1, 2, 3]),
        ("import urllib.request as u\nx = u.urlopen('http://nowhere.invalid')\ny = x.read()\nz = 1", "ok", [2, 3]),
        ("x = never_defined\ny = 1", "error", []),
        ("def plot():\n    raise ImportError('You must install pydot')\nplot()\nx = 1", "ok", [3]),
    ],
)
def test_in_an_answer_only_its_setup_is_passed_over(pool: KernelPool, source: str, status: str, lines: list[int]):
    """Does an error inside the answer proper end its cell, as in Jupyter?"""
    with pool.session(notebook(source), 3) as session:
        assert session.run_cell(0).status == status
        assert [failure.line for failure in troubles(session)] == lines


def test_who_reckons_with_the_absence_of_colab_finds_it_absent(pool: KernelPool):
    """Within `try`, where the other branch is the one that is meant for this machine?"""
    source = "try:\n    import google.colab\n    there = True\nexcept ImportError:\n    there = False\nprint(there)"
    with pool.session(
        notebook(source, "from google.colab import userdata\nprint(len(userdata.get('KEY')))"), 3
    ) as session:
        session.run_cell(0, outside=True)
        assert text(session, 0) == "False\n"
        assert session.run_cell(1).status == "ok"


def test_code_runs_again_as_of_its_own_cell(pool: KernelPool):
    """In a new kernel, is a layer that is made once more of the cell and the line that it was of before?"""
    source = "\n\nlayer = keras.layers.Dense(3)\nlayer.build((None, 2))"
    with pool.session(notebook("print(layer.count_params())"), 3) as session:
        session.ask(ops.Again((4, 5, 6), ("import keras\n1 / 0\nx = 1", source, "syntax error")))
        session.run_cell(0)
        assert text(session, 0) == "9\n"
        found = evidence.read(evidence.Survey, session.ask(ops.Survey((5,))))
        assert [(item.place.cell, item.place.line) for item in found.objects] == [(5, 3)]
        assert troubles(session) == []


def test_a_kernel_that_is_told_to_shut_down_stays(pool: KernelPool):
    """Is the way to restart a runtime no end of the notebook, some time after the cell?"""
    source = "import IPython\nIPython.get_ipython().kernel.do_shutdown(True)\nx = 1"
    with pool.session(notebook(source, "print(x)"), 3) as session:
        session.run_cell(0, outside=True)
        assert session.run_cell(1).status == "ok"
        assert text(session, 1) == "1\n"


def test_bars_are_gone_through_where_tqdm_is_not_installed(pool: KernelPool):
    """Or where it is: all the same to the code?"""
    source = "from tqdm.auto import tqdm, trange\nfrom tqdm import tqdm as bar\nn = 0\n"
    source += "for i in tqdm(trange(4)):\n    n += i\n"
    source += "with bar(total=3, desc='d') as b:\n    b.update(2)\n    b.set_postfix(loss=1)\nprint(n, b.n)"
    with pool.session(notebook(source), 3) as session:
        session.run_cell(0)
        assert "6 2\n" in text(session, 0)
