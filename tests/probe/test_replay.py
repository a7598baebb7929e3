"""What is seen of an answer's code when it runs once more."""

from __future__ import annotations

import numpy as np
import pytest

from grader.answer import evidence
from grader.answer.evidence import Replay, Seen
from grader.kernel.pool import KernelPool
from grader.protocol import operations as ops
from tests.kernels import notebook, text

GENERATIONS = pytest.mark.parametrize("generation", [2, 3])
IMPORTS = "import numpy as np\nimport tensorflow as tf\n"


def replayed(pool: KernelPool, generation: int, *cells: str) -> Replay:
    """The replay of the last cell, after all have run."""
    with pool.session(notebook(*(IMPORTS + cell for cell in cells)), generation) as session:
        for index in range(len(cells)):
            assert session.run_cell(index, seed=1).status == "ok"
        return evidence.read(Replay, session.ask(ops.Replay((IMPORTS + cells[-1],))))


def of_shape(replay: Replay, *shape: int) -> list[Seen]:
    return [seen for seen in replay.values if seen.numbers.shape == shape]


def test_weights_are_fresh_and_states_are_not(pool: KernelPool):
    """Is an array fresh where only constants and randomness went into it, also inside of functions and objects?"""
    code = (
        "class Net:\n    def __init__(self):\n        self.W = np.random.randn(3, 4) * 0.1\n"
        "    def step(self, x):\n        return np.tanh(x @ self.W)\n"
        "x = np.ones((2, 3))\nh = Net().step(x)\n"
    )
    replay = replayed(pool, 3, code)
    assert replay.complete
    assert [seen.fresh for seen in of_shape(replay, 3, 4)] == [
        False,
        True,
    ]  # what is multiplied by 0.1 lives on in that
    assert [seen.fresh for seen in of_shape(replay, 2, 3)] == [True]
    assert {seen.fresh for seen in of_shape(replay, 2, 4)} == {False}


def test_values_are_those_of_their_moment(pool: KernelPool):
    """Is an array seen as it was when it came to be, and its change noted?"""
    replay = replayed(pool, 3, "w = np.zeros((2, 2))\nv = np.ones((3, 3))\nw += 1\n")
    (changed, after), (same,) = of_shape(replay, 2, 2), of_shape(replay, 3, 3)
    assert (changed.numbers == 0).all()
    assert (after.numbers == 1).all()
    assert (changed.changed, same.changed) == (True, False)


def test_parts_that_are_taken_in_turn_share_a_place(pool: KernelPool):
    """Have the time steps that a loop takes out of its data one place in the code?"""
    replay = replayed(pool, 3, "x = np.random.randn(2, 5, 3)\nfor t in range(5):\n    h = np.sum(x[:, t])\n")
    steps = of_shape(replay, 2, 3)
    assert [(seen.part, seen.fresh) for seen in steps] == [(True, True)] * 5
    assert len({seen.site for seen in steps}) == 1


@GENERATIONS
def test_layers_show_their_weights_and_tapes_their_gradients(pool: KernelPool, generation: int):
    """Are weights of Keras those of their layer, and are states that gradients pass by told from others?"""
    code = (
        "cell = tf.keras.layers.SimpleRNNCell(4)\nx = tf.random.normal((2, 3, 5))\n"
        "with tf.GradientTape() as tape:\n"
        "    a, _ = cell(x[:, 0], [tf.zeros((2, 4))])\n    b, _ = cell(x[:, 1], [tf.stop_gradient(a)])\n"
        "    loss = tf.reduce_sum(b)\ntape.gradient(loss, cell.trainable_variables)\n"
    )
    replay = replayed(pool, generation, code)
    assert [seen.numbers.shape for seen in replay.values if seen.layer == 1] == [(5, 4), (4, 4), (4,)]
    states = [seen for seen in of_shape(replay, 2, 4) if not seen.fresh]
    assert states[0].gradient == 0
    assert (states[-1].gradient or 0) > 0


ABOVE = "x = np.arange(12.0).reshape(4, 3)\nW = tf.Variable(np.ones((3, 2)))\nparts = [np.ones(5), np.zeros(6)]\n"


@pytest.mark.parametrize(
    "code",
    [
        "h = x @ W.numpy() + parts[0][0]",
        "def f(a):\n    return a @ W.numpy() + parts[0][0]\nh = f(x)",
        "x = x.copy()\nh = x @ W.numpy() + parts[0][0]",
        "x *= 1\nfor t in range(4):\n    h = x[t] @ W.numpy() + parts[0][0]",
    ],
)
def test_data_from_a_cell_above_is_seen(pool: KernelPool, code: str):
    """Are arrays that the answer reads, but does not make, seen as if they were made in it?"""
    replay = replayed(pool, 3, ABOVE, code)
    assert any(seen.fresh for seen in of_shape(replay, 4, 3))  # one that was copied lives on in its copy
    assert any(seen.fresh for seen in of_shape(replay, 3, 2))
    assert [seen.fresh for seen in of_shape(replay, 5)] == [True]


def test_what_an_answer_has_left_is_not_taken_for_what_it_was_given(pool: KernelPool):
    """Is the last state of a loop, which has run before, no array from which it begins?"""
    replay = replayed(pool, 3, ABOVE, "h = np.zeros(2)\nfor t in range(4):\n    h = np.tanh(x[t] @ W.numpy() + h)")
    states = of_shape(replay, 2)
    assert (states[0].fresh, states[0].numbers.tolist()) == (True, [0, 0])
    assert sum(seen.fresh for seen in states) == 1


def test_a_layer_of_ones_own_shows_all_its_weights(pool: KernelPool):
    """Are the weights of a layer seen together that makes them one by one, as they are when it is first called?"""
    code = (
        "class Own(tf.keras.layers.Layer):\n    def build(self, shape):\n"
        "        self.U = self.add_weight(shape=(4, 4))\n        self.b = self.add_weight(shape=(4,))\n"
        "    def call(self, x):\n        return x @ self.U + self.b\n"
        "layer = Own()\nlayer.build((None, 4))\n"
        "layer.set_weights([np.full((4, 4), 0.5), np.ones(4)])\nlayer(tf.ones((2, 4)))\n"
    )
    weights = [seen for seen in replayed(pool, 3, code).values if seen.layer is not None]
    assert [seen.numbers.shape for seen in weights] == [(4, 4), (4,)]
    assert [seen.numbers.flat[0] for seen in weights] == [0.5, 1]
    assert len({seen.layer for seen in weights}) == 1


@GENERATIONS
def test_functions_for_graphs_are_seen_line_by_line(pool: KernelPool, generation: int):
    """Are the numbers within `tf.function` seen, and does it compile again afterwards?"""
    code = (
        "@tf.function\ndef f(x):\n    h = tf.zeros((2, 3))\n"
        "    for t in tf.range(4):\n        h = tf.tanh(x[:, t] + h)\n    return h\ny = f(tf.ones((2, 4, 3)))\n"
    )
    replay = replayed(pool, generation, code, f"{code}\nassert not tf.config.functions_run_eagerly()")
    assert replay.complete is False  # the assertion at the end does not hold while it runs line by line
    assert len(of_shape(replay, 2, 3)) > 8


@GENERATIONS
def test_fit_does_not_train_again(pool: KernelPool, generation: int):
    """Does a replay end at fit, and leave what the notebook goes on with as it was?"""
    code = (
        "x = np.ones((4, 3), 'float32')\nmodel = tf.keras.Sequential([tf.keras.layers.Dense(1)])\n"
        "model.compile('sgd', 'mse')\nmodel.fit(x, x[:, :1], verbose=0)\nafter = np.ones(3)\n"
    )
    with pool.session(
        notebook(IMPORTS + code, "print(model.get_weights()[0].tolist(), np.random.rand())"), generation
    ) as s:
        s.run_cell(0, seed=1)
        s.run_cell(1)
        weights = text(s, 0 + 1).split("]]")[0]
        replay = evidence.read(Replay, s.ask(ops.Replay((IMPORTS + code,))))
        assert not replay.complete
        assert of_shape(replay, 3) == []
        s.run_cell(1)
        assert text(s, 1).split("]]")[0] == weights


def test_layers_of_other_answers_are_left_alone(pool: KernelPool):
    """Is code not run again that works with a layer which was made before it?"""
    made = "layer = tf.keras.layers.Dense(2)\n"
    assert replayed(pool, 3, made, "y = layer(np.ones((1, 3)))\n").values == ()
    assert replayed(pool, 3, made, "layer = tf.keras.layers.Dense(2)\ny = layer(np.ones((1, 3)))\n").values
    assert replayed(pool, 3, made, "def f(layer):\n    return layer(np.ones((1, 3)))\ny = f(np.sin)\n").values


def test_large_batches_are_seen_by_some_rows(pool: KernelPool):
    """Are only the first rows of large batches sent, the same ones of data and of what is computed from them?"""
    code = "x = np.random.randn(5000, 4, 3)\nW = np.random.randn(3, 2)\nh = x[:, 0] @ W\n"
    replay = replayed(pool, 3, code)
    (x,), (h,), (w,) = of_shape(replay, 16, 4, 3), of_shape(replay, 16, 2), of_shape(replay, 3, 2)
    assert np.allclose(x.numbers[:, 0] @ w.numbers, h.numbers)


def test_endless_and_failing_code_ends(pool: KernelPool):
    """Does a replay end where the code computes on and on, or fails?"""
    long = replayed(pool, 3, "import sys\nx = np.ones(3)\nfor k in range(5_000):\n    x = x * 1.0001\n")
    assert not long.complete
    assert len(long.values) <= 2_500
    with pool.session(notebook(IMPORTS + "x = np.ones(3) * 2\nraise KeyError\n"), 3) as session:
        session.run_cell(0)
        replay = evidence.read(Replay, session.ask(ops.Replay((IMPORTS + "x = np.ones(3) * 2\nraise KeyError\n",))))
        assert not replay.complete
        assert of_shape(replay, 3)


def test_code_that_exits_does_not_end_the_kernel(pool: KernelPool):
    """Is the kernel as good as before where the code exits, whatever it raises for that?"""
    code = IMPORTS + "class Own(BaseException): pass\nx = np.ones(3) * 2\nraise Own\n"
    with pool.session(notebook(code, "print('on')"), 3) as session:
        session.run_cell(0)
        for ending in (code, IMPORTS + "x = np.ones(3) * 2\nraise SystemExit\n"):
            assert of_shape(evidence.read(Replay, session.ask(ops.Replay((ending,)))), 3)
        session.run_cell(1)
        assert text(session, 1) == "on\n"


@pytest.mark.slow
def test_code_that_takes_long_is_not_waited_for(pool: KernelPool):
    """Does a replay end that would take much longer than the first run, and is the kernel as good as before?"""
    code = IMPORTS + (
        "import os, time\nx = np.ones(3) * 2\nif os.path.exists('once'):\n    time.sleep(60)\n"
        "open('once', 'w').close()\n"
    )
    with pool.session(notebook(code, "print('on')"), 3) as session:
        assert session.run_cell(0).status == "ok"
        replay = evidence.read(Replay, session.ask(ops.Replay((code,))))
        assert not replay.complete
        assert of_shape(replay, 3)
        session.run_cell(1)
        assert text(session, 1) == "on\n"


def test_a_replay_is_not_seen(pool: KernelPool):
    """Are names, output and randomness what they were, after a replay?"""
    code = "x = np.random.rand(3)\nprint('once')\n"
    with pool.session(notebook(IMPORTS + code, "print(x.tolist(), np.random.rand())"), 3) as session:
        session.run_cell(0, seed=5)
        session.run_cell(1, seed=6)
        before = text(session, 1)
        session.ask(ops.Replay((IMPORTS + code + "x = 5\ny = 6\n",)))
        assert text(session, 0) == "once\n"
        session.run_cell(1, seed=6)
        assert text(session, 1) == before


@pytest.mark.parametrize(
    "code",
    [
        "k = 1 / np.sqrt(5)\nw = np.random.uniform(-k, k, (3, 5))\n",
        "w = np.random.randn(3, 5) / np.sqrt(5)\n",
        "w = np.eye(3, 5) * 0.5 + np.random.randn(3, 5) * 0.1\n",
        "w = np.concatenate([np.random.randn(3, 2), np.random.randn(3, 3)], axis=1)\n",
    ],
)
def test_weights_may_be_scaled_and_put_together(pool: KernelPool, code: str):
    """Do weights come from nothing where their scale is computed, or where they are joined or added?"""
    *_, last = of_shape(replayed(pool, 3, code), 3, 5)
    assert (last.fresh, last.part) == (True, False)


@pytest.mark.parametrize(
    "code",
    [
        "b = np.zeros(6)\nb[2:4] = 1\nz = np.ones((2, 6)) * b\n",
        "b = np.r_[np.zeros(2), np.ones(2), np.zeros(2)]\n",
        "b = np.concatenate([np.zeros(2), np.ones(2), np.zeros(2)])\n",
    ],
)
def test_a_bias_may_be_put_together_of_ones_and_zeros(pool: KernelPool, code: str):
    """Is a bias of one gate seen, whatever way it is set?"""
    biases = [seen for seen in of_shape(replayed(pool, 3, code), 6) if seen.fresh]
    assert any((seen.numbers == [0, 0, 1, 1, 0, 0]).all() for seen in biases)


def test_letters_and_signals_are_data(pool: KernelPool):
    """Are letters that are set to one seen as such, and signals as data that no weight is?"""
    code = (
        "for at in (2, 0, 1):\n    x = np.zeros((3, 1))\n    x[at] = 1\n    np.dot(np.ones((2, 3)), x)\n"
        "wave = np.sin(np.linspace(0, 5, 7)) + np.random.randn(7)\n"
    )
    replay = replayed(pool, 3, code)
    assert [seen.numbers.argmax() for seen in of_shape(replay, 3, 1)] == [2, 0, 1]
    *_, wave = of_shape(replay, 7)
    assert (wave.fresh, wave.part) == (True, True)


def test_states_do_not_come_from_nothing(pool: KernelPool):
    """Is a step that joins input and state, or adds to it, no weight?"""
    code = (
        "W = np.random.randn(5, 2)\nx, h = np.random.randn(4, 3, 3), np.zeros((4, 2))\n"
        "for t in range(3):\n    h = np.tanh(np.concatenate([x[:, t], h], axis=1) @ W)\n"
    )
    replay = replayed(pool, 3, code)
    assert not any(seen.fresh for seen in of_shape(replay, 4, 5))
    assert [seen.fresh for seen in of_shape(replay, 4, 2)][1:] == [False] * (len(of_shape(replay, 4, 2)) - 1)


def test_single_numbers_are_seen_when_there_are_too_many_arrays(pool: KernelPool):
    """Is the loss of a first round through much data seen, though the code is not seen to its end?"""
    replay = replayed(pool, 3, "x = np.ones(3)\nfor _ in range(3_000):\n    x = x + 1.0\nloss = np.sum(x) / 8\n")
    assert not replay.complete
    assert replay.values[-1].numbers == (3_001 * 3) / 8


@pytest.mark.parametrize("broken", [True, False])
def test_code_that_comes_further_once_more_is_accused_only_where_it_ended_well(pool: KernelPool, broken: bool):
    """Is nobody accused whose cell failed for a name that a later one defines, and is what goes another way named?"""
    way = "h = np.zeros(3)\n" + ("ready\nbefore = h" if broken else "if 'ready' in globals():\n    before = h")
    with pool.session(notebook(IMPORTS + way, "ready = True"), 3) as session:
        assert session.run_cell(0, seed=1).status == ("error" if broken else "ok")
        assert session.run_cell(1).status == "ok"
        found = evidence.read(Replay, session.ask(ops.Replay((IMPORTS + way,), cells=(0,), broken=broken)))
        assert not found.values
        assert [each["kind"] for each in session.ask(ops.Traces())] == ([] if broken else ["another way"])
