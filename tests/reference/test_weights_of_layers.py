"""What an answer's own code does with the weights of a layer: read as Keras has them, or otherwise."""

from __future__ import annotations

import numpy as np
import pytest

from grader.answer.answer import Answer
from grader.answer.evidence import Replay, Seen
from reference.loops.clipping import clipped_before_shown
from reference.loops.weights_of_layers import cut_along_rows, misread, named_in_another_order
from reference.recurrent.cells import Weights
from reference.recurrent.kinds import GRU, LSTM, SIMPLE_RNN, Kind
from reference.recurrent.slips import GRU_RESET_BEFORE

UNITS = INPUTS = 4


def answer(code: str, *seen: Seen) -> Answer:
    made = Answer("q8", code=[code])
    made.__dict__["replay"] = Replay(complete=True, values=seen)
    return made


def seen(numbers: object, *, fresh: bool = True, part: bool = False, layer: int | None = None, site: int = 1) -> Seen:
    return Seen(
        numbers=np.asarray(numbers, dtype=np.float64),
        site=site,
        fresh=fresh,
        part=part,
        layer=layer,
        gradient=None,
        changed=False,
        uses=0,
    )


def arrays(kind: Kind) -> list[np.ndarray]:
    rng = np.random.default_rng(3)
    sizes = ((INPUTS, kind.gates * UNITS), (UNITS, kind.gates * UNITS), (kind.gates * UNITS,))
    return [rng.normal(0, 0.5, size) for size in sizes]


def stepped(kind: Kind, used: list[np.ndarray]) -> Answer:
    """An answer that has the layer's weights, and whose steps use these."""
    family = GRU_RESET_BEFORE if kind is GRU else kind.family
    x = np.random.default_rng(5).normal(size=(2, 6, INPUTS))
    states = family.sequence(Weights.from_keras(used), x)
    return answer(
        "h = x @ W",
        *(seen(array, layer=1) for array in arrays(kind)),
        seen(x, site=2),
        *(seen(states[:, time], fresh=False, site=3) for time in range(6)),
    )


def permuted(kind: Kind, order: tuple[int, ...]) -> list[np.ndarray]:
    return [
        np.concatenate([np.split(one, kind.gates, axis=-1)[gate] for gate in order], axis=-1) for one in arrays(kind)
    ]


@pytest.mark.parametrize("kind", [SIMPLE_RNN, GRU, LSTM], ids=lambda kind: kind.keras)
def test_weights_that_are_read_as_keras_has_them_are_right(kind: Kind):
    """Is nobody accused whose steps give the layer's own states?"""
    assert misread(stepped(kind, arrays(kind)), kind) == ""


@pytest.mark.parametrize(("kind", "order"), [(LSTM, (0, 1, 3, 2)), (LSTM, (1, 0, 2, 3)), (GRU, (1, 0, 2))])
def test_gates_in_another_order_are_seen(kind: Kind, order: tuple[int, ...]):
    """Is another order of the gates known by the states that it gives?"""
    assert "another order" in misread(stepped(kind, permuted(kind, order)), kind)


@pytest.mark.parametrize("kind", [SIMPLE_RNN, GRU, LSTM], ids=lambda kind: kind.keras)
def test_kernels_that_are_exchanged_are_seen(kind: Kind):
    """Are kernel and recurrent kernel told apart where their sizes are equal?"""
    kernel, recurrent, bias = arrays(kind)
    assert "recurrent kernel" in misread(stepped(kind, [recurrent, kernel, bias]), kind)


def test_without_a_product_of_the_answers_own_nothing_is_looked_for():
    """Is code without any matrix product not run once more?"""
    made = Answer("q8", code=["layer(x)"], ask=lambda request: pytest.fail("asked"))
    assert misread(made, LSTM) == ""
    assert not cut_along_rows(made, LSTM)


@pytest.mark.parametrize(("axis", "wrong"), [(0, True), (1, False)])
def test_a_kernel_is_cut_along_its_columns(axis: int, wrong: bool):
    """Is a kernel that is cut along its rows told from one that is cut into its gates?"""
    kernel = arrays(LSTM)[0]
    parts = [seen(part, part=True, site=9) for part in np.split(kernel, 4, axis=axis)]
    assert cut_along_rows(answer("a, b, c, d = tf.split(W, 4)", seen(kernel, layer=1), *parts), LSTM) is wrong


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("recurrent_kernel, kernel, bias = layer.get_weights()", True),
        ("W_recurrent, W, b = model.layers[0].get_weights()", True),
        ("kernel, recurrent_kernel, bias = layer.get_weights()", False),
        ("U, W, b = layer.get_weights()", False),
        ("recurrent, kernel = split(weights)", False),
    ],
)
def test_names_are_held_against_nobody_but_where_they_say_it(code: str, wrong: bool):
    """Is only the plain word counted, as U and W are called in both ways?"""
    assert named_in_another_order(answer(code)) is wrong


@pytest.mark.parametrize("by_value", [False, True])
def test_gradients_that_are_clipped_before_they_are_shown(by_value: bool):
    """Are norms of clipped gradients alone told from those that were taken first?"""
    raw = np.random.default_rng(1).normal(0, 1e5, (6, 6))
    small = np.clip(raw, -1, 1) if by_value else raw / np.linalg.norm(raw)
    clipped = [seen(raw, fresh=False), seen(small, fresh=False), seen(np.linalg.norm(small), fresh=False)]
    assert clipped_before_shown(answer("", *clipped))
    assert not clipped_before_shown(answer("", *clipped, seen(np.linalg.norm(raw), fresh=False)))
    assert not clipped_before_shown(answer("", clipped[0], seen(np.linalg.norm(raw), fresh=False)))
