"""What loops go through, what is filled step by step, and numbers that are shown, while code runs once more."""

from __future__ import annotations

import numpy as np

from grader.answer import evidence
from grader.answer.evidence import Replay
from grader.kernel.pool import KernelPool
from grader.protocol import operations as ops
from tests.kernels import notebook
from tests.probe.test_replay import of_shape, replayed


def test_the_items_of_a_loop_are_parts_of_what_it_goes_through(pool: KernelPool):
    """Are time steps seen that a loop, a comprehension, or a `zip` takes out of data, and are they as fresh?"""
    code = (
        "x = np.random.randn(5, 2, 3)\nfor t, (one, other) in enumerate(zip(x, np.sin(x @ np.ones((3, 4))))):\n"
        "    h = np.sum(one)\nrows = [np.sum(row) for row in x]\n"
    )
    replay = replayed(pool, 3, code)
    steps, computed = of_shape(replay, 2, 3), of_shape(replay, 2, 4)
    assert [(seen.part, seen.fresh) for seen in steps] == [(True, True)] * 10
    assert len({seen.site for seen in steps}) == 2
    assert [(seen.part, seen.fresh) for seen in computed] == [(True, False)] * 5


def test_what_is_filled_is_seen_as_it_is_at_the_end(pool: KernelPool):
    """Is an array of zeros that a loop fills seen once more with what is in it?"""
    replay = replayed(pool, 3, "states = np.zeros((4, 2))\nfor t in range(4):\n    states[t] = np.tanh(t + 0.5)\n")
    first, last = of_shape(replay, 4, 2)
    assert not first.numbers.any()
    assert np.allclose(last.numbers[:, 0], np.tanh(np.arange(4) + 0.5))
    assert not last.fresh


def test_numbers_that_are_printed_are_series(pool: KernelPool):
    """Are numbers that code prints at one place a series, however they get into the text?"""
    ways = ('print("loss", loss)', 'print(f"{loss:.3f}")', 'print("loss %f" % loss)', 'print("loss %f" % (loss,))')
    for way in ways:
        code = f"w = np.array([8.0])\nfor epoch in range(4):\n    loss = (w * w).sum()\n    {way}\n    w = w * 0.5\n"
        shown = replayed(pool, 3, code).shown
        assert any(np.allclose(series, [64, 16, 4, 1]) for series in shown), way


def test_a_text_whose_words_are_gone_still_runs(pool: KernelPool):
    """Does code go on where the text that it formats was read as an explanation, and is empty?"""
    code = 'import numpy as np\nx = np.random.randn(2, 3)\nprint("{}" % (1, 2.5))\ny = np.tanh(x)\n'
    with pool.session(notebook(code.format("%d %f")), 3) as session:
        assert session.run_cell(0, seed=1).status == "ok"
        replay = evidence.read(Replay, session.ask(ops.Replay((code.format(""),))))
    assert replay.complete
    assert len(of_shape(replay, 2, 3)) == 2
