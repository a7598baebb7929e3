"""Running cells and asking questions, in real kernels of both generations."""

from __future__ import annotations

import base64
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.kernel.bounds.limits import Limits
from grader.kernel.errors import KernelLost, ProbeError
from grader.kernel.pool import KernelPool
from grader.protocol import operations as ops
from tests.kernels import asked

from .conftest import QUICK, Open, notebook, run_all, text

BOTH = pytest.mark.parametrize("generation", [2, 3])


@BOTH
def test_kernel_is_forked_ready(pool: KernelPool, generation: int) -> None:
    """Is a kernel forked from the warm parent, where TensorFlow is imported?"""
    with pool.session(notebook(), generation, QUICK):
        pass
    with pool.session(notebook(), generation, QUICK) as session:
        assert session.warm
    assert not pool.why_cold


@BOTH
def test_error_does_not_stop_the_rest(open_session: Open, generation: int) -> None:
    """Do the cells after an error run, with what was defined before it?"""
    with open_session("a = 1", "1 / 0", "print(a + 1)", generation=generation) as session:
        runs = run_all(session)
        assert [run.status for run in runs] == ["ok", "error", "ok"]
        assert text(session, 2) == "2\n"
        assert session.notebook.cells[1].outputs[0].output_type == "error"


@pytest.mark.parametrize(
    ("source", "ename", "line"),
    [
        ("a = 1\n\nb = a / 0", "ZeroDivisionError", 3),
        ("Explain the gates\nof an LSTM", "SyntaxError", 1),
        ("x = 1\ny = (2,\nz = 3", "SyntaxError", 2),
        ("if True:\nx = 1", "IndentationError", 2),
        ("def f():\n    raise KeyError('k')\n\nf()", "KeyError", 2),
        ("import tensorflow as tf\ntf.keras.layers.LSTM(-1)", "ValueError", 2),
    ],
)
def test_error_names_its_line(open_session: Open, source: str, ename: str, line: int) -> None:
    """Is an error reported with its class and its line in the cell, also where the cell is no Python at all?"""
    with open_session("pass", source) as session:
        error = run_all(session)[1].error
        assert error is not None
        assert (error.ename, error.line) == (ename, line)
        assert "\x1b" not in error.traceback_text


def test_error_in_another_cells_function(open_session: Open) -> None:
    """If a function of an earlier cell raises, is the line the one of this cell that called it?"""
    with open_session("def f():\n\n    return 1 / 0", "a = 1\nf()") as session:
        error = run_all(session)[1].error
        assert error is not None
        assert error.line == 2


def test_input_is_answered_with_nothing(open_session: Open) -> None:
    """Does `input()` give an empty text at once, instead of waiting for somebody?"""
    with open_session("name = input('Your name? ')\nprint([name])") as session:
        assert session.run_cell(0).status == "ok"
        assert "['']" in text(session, 0)


@BOTH
@pytest.mark.parametrize("end", ["", "\nplt.show()"])
def test_plot_is_kept_as_an_image(open_session: Open, generation: int, end: str) -> None:
    """Is a figure in the outputs, with or without `plt.show()`?"""
    source = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);" + end
    with open_session(source, generation=generation) as session:
        assert session.run_cell(0).status == "ok"
        images = [o.data["image/png"] for o in session.notebook.cells[0].outputs if "image/png" in o.get("data", {})]
        assert len(images) == 1
        assert base64.b64decode(images[0]).startswith(b"\x89PNG")


@BOTH
def test_environment_is_that_of_the_generation(open_session: Open, generation: int) -> None:
    """Do `tf.keras`, `keras` and what is imported from it belong to the generation that was asked for?"""
    source = (
        "import keras, tensorflow as tf\nfrom keras.layers import LSTM\n"
        "print(keras.__version__.split('.')[0] == '3', LSTM is tf.keras.layers.LSTM)"
    )
    with open_session(source, generation=generation) as session:
        run_all(session)
        assert text(session, 0) == f"{generation == 3} True\n"
        assert session.ask(ops.Environment())["keras_generation"] == generation


@BOTH
def test_same_seed_same_numbers(open_session: Open, generation: int) -> None:
    """Are all random numbers equal after the same seed, and others after another, in kernels of their own?"""
    source = (
        "import random, numpy as np, tensorflow as tf\n"
        "layer = tf.keras.layers.LSTM(3)\n"
        "print(random.random(), np.random.rand(), float(tf.random.normal(())))\n"
        "print(float(tf.reduce_sum(layer(tf.ones((1, 2, 3))))))"
    )
    seen = []
    for seed in (7, 7, 8):
        with open_session(source, generation=generation) as session:
            assert session.run_cell(0, seed=seed).status == "ok"
            seen.append(text(session, 0))
            session.run_cell(0, seed=seed)
            assert text(session, 0) == seen[-1]
    assert seen[0] == seen[1] != seen[2]


LOOK = "print({name for name in set(globals()) - set(before) if not name.startswith('_')}, len(In))"


def test_asking_leaves_no_trace(open_session: Open) -> None:
    """Are the names, the execution count and the history the same after a question?"""
    with open_session("before = sorted(globals())", LOOK) as session:
        session.run_cell(0)
        for _ in range(5):
            session.ask(ops.Environment())
        session.run_cell(1)
        assert text(session, 1) == "{'before'} 3\n"
        assert session.notebook.cells[1].execution_count == 2


def test_many_questions_do_not_lose_the_next_output(open_session: Open) -> None:
    """Is a cell's output complete after so many questions that their status messages would fill the queue?"""
    with open_session("print('here')") as session:
        for _ in range(1500):
            session.ask(ops.Begin(0))
        session.run_cell(0)
        assert text(session, 0) == "here\n"


def test_unknown_operation_is_an_error(open_session: Open) -> None:
    """Does the probe's own refusal arrive as a ProbeError?"""
    with open_session() as session, pytest.raises(ProbeError, match="Invalid"):
        session.ask(asked("no such operation"))


def test_installing_fails_at_once(open_session: Open) -> None:
    """Does `!pip install` say what is installed already, and fail for all else without trying the network?"""
    with open_session("!pip install numpy", "%pip install no-such-package-anywhere") as session:
        runs = run_all(session)
        assert [run.status for run in runs] == ["ok", "ok"]
        assert "already satisfied" in text(session, 0)
        assert "No matching distribution" in text(session, 1)


@pytest.mark.parametrize("magic", ["%matplotlib inline", "%%time", "%load_ext autoreload"])
def test_usual_magic_works(open_session: Open, magic: str) -> None:
    """Do the magic commands run that many notebooks begin with?"""
    with open_session(f"{magic}\nprint(1)") as session:
        assert session.run_cell(0).status == "ok"
        assert text(session, 0).startswith("1\n")


def test_cells_without_code(pool: KernelPool) -> None:
    """Is an empty cell, or one of prose, `ok` without being run, and are saved outputs of a code cell removed?"""
    node = notebook("  \n", "1 + 1")
    node.cells[1].outputs = [{"output_type": "stream", "name": "stdout", "text": "saved"}]
    node.cells[0].cell_type = "markdown"
    with pool.session(node, 3, QUICK) as session:
        assert [run.status for run in run_all(session)] == ["ok", "ok"]
        assert text(session, 1) == "2"
        assert session.notebook.cells[1].execution_count == 1


def test_skip_tag_is_ignored(pool: KernelPool) -> None:
    """Does a cell run that carries a tag which other tools skip?"""
    node = notebook("print(1)")
    node.cells[0].metadata.tags = ["skip-execution"]
    with pool.session(node, 3, QUICK) as session:
        session.run_cell(0)
        assert text(session, 0) == "1\n"


def test_working_folder_is_fresh_and_private(open_session: Open) -> None:
    """Does each kernel start in an empty folder of its own, which is home, and gone afterwards?"""
    source = (
        "import os\nopen('mine', 'w').write('x')\n"
        "print(os.getcwd())\nprint(os.path.expanduser('~'))\nprint(os.listdir())"
    )
    folders = []
    for _ in range(2):
        with open_session(source) as session:
            session.run_cell(0)
            folder, home, listed = text(session, 0).split("\n")[:3]
            assert listed == "['mine']"
            assert home.rpartition("/")[0] == folder.rpartition("/")[0]
            folders.append(folder)
    assert folders[0] != folders[1]


def test_no_variable_of_the_user_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Are tokens of the grader's own environment out of reach, and the user's home unknown?"""
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    monkeypatch.setenv("HOME", "/home/teacher")
    with KernelPool() as own, own.session(notebook("import os\nprint(dict(os.environ))"), 3) as session:
        session.run_cell(0)
        assert "secret" not in text(session, 0)
        assert "teacher" not in text(session, 0)


def test_restart_gives_an_empty_kernel(open_session: Open) -> None:
    """Is nothing of the old kernel left after `restart`?"""
    with open_session("a = 1", "a") as session:
        session.run_cell(0)
        session.restart()
        run = session.run_cell(1)
        assert run.error is not None
        assert run.error.ename == "NameError"


def test_closed_session_cannot_be_asked(open_session: Open) -> None:
    """Does asking after the end raise KernelLost instead of hanging, and is closing again harmless?"""
    with open_session() as session:
        session.close()
        session.close()
        assert not session.alive
        with pytest.raises(KernelLost):
            session.ask(ops.Environment())


def test_sessions_from_many_threads(pool: KernelPool) -> None:
    """Can several threads use sessions of one pool at once, of both generations, without mixing them up?"""

    def work(number: int) -> str:
        with pool.session(notebook(f"x = {number}", "print(x)"), 2 + number % 2, QUICK) as session:
            run_all(session)
            return text(session, 1)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(work, range(6))) == [f"{number}\n" for number in range(6)]


def test_questions_from_another_thread(open_session: Open) -> None:
    """May a worker thread ask while the main thread owns the session?"""
    with open_session() as session, ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda _: session.ask(ops.Environment()), range(4)))
        assert all(answer == answers[0] for answer in answers)


def test_whole_notebook_has_a_limit(open_session: Open) -> None:
    """Is a cell cut short when the notebook's time is used up, and the next ones not run?"""
    limits = Limits(cell_s=30, notebook_s=1.5, grace_s=2)
    with open_session("import time; time.sleep(1)", "time.sleep(20)", "print(1)", limits=limits) as session:
        assert [run.status for run in run_all(session)] == ["ok", "timeout", "not_run"]
        assert session.notebook.cells[2].outputs == []


def test_new_kernels_take_of_the_notebooks_time(open_session: Open) -> None:
    """Does a notebook that ends its kernel over and over come to the end of its time, and not of its cells?"""
    deaths = ["import os; os._exit(0)"] * 200
    with open_session(*deaths, limits=Limits(notebook_s=1.5)) as session:
        begun = time.monotonic()
        for index in range(len(deaths)):
            if session.run_cell(index).status == "not_run":
                break
            assert not session.alive
            session.restart()
        assert session.alive
        assert session.run_cell(199).status == "not_run"
        assert session._clock_s > 0.8 * (time.monotonic() - begun)


def test_displays_of_one_name_have_an_end(open_session: Open) -> None:
    """Is what is shown again written wherever it was shown first, and no longer in each of many places?"""
    shown = "h = display('first', display_id='one')\nfor n in range(69): display('first', display_id='one')"
    with open_session(
        f"{shown}\nh.update('second')", "few = display('a', display_id=True)\nfew.update('b')"
    ) as session:
        assert session.run_cell(0).status == session.run_cell(1).status == "ok"
        texts = [output.data["text/plain"] for output in session.notebook.cells[0].outputs]
        assert texts == ["'second'"] * 50 + ["'first'"] * 20
        assert text(session, 1) == "'b'"
