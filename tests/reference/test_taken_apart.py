"""A step of a peephole LSTM with one or two mistakes in it: each is found under any layout, and nonsense is none."""

from __future__ import annotations

import numpy as np
import pytest

from reference.recurrent.cells import Array, peek, sigmoid
from reference.recurrent.layouts import arrangements
from reference.recurrent.taken_apart import explained

BATCH, INPUTS, UNITS = 3, 5, 4


def own(kind: str, rng: np.random.Generator) -> tuple[list[Array], dict[str, Array]]:
    """The weights of a cell in some layout of its author's, and each by its role."""
    parts = {}
    for gate in "figo":
        parts["W" + gate], parts["U" + gate] = rng.normal(size=(INPUTS, UNITS)), rng.normal(size=(UNITS, UNITS))
        parts["b" + gate] = rng.normal(size=UNITS)
    for gate in "fio":
        parts["p" + gate] = rng.normal(size=(UNITS, UNITS) if kind == "matrices" else UNITS)
    if kind == "in turn":
        return [parts[part + gate] for gate in "figo" for part in "WUbp" if part + gate in parts], parts
    wide = [np.concatenate([parts[part + gate] for gate in "gofi"], axis=-1) for part in "WUb"]
    return [*wide, parts["pf"], parts["pi"], parts["po"]], parts


def step(parts: dict[str, Array], x: Array, h: Array, c: Array, wrong: dict[str, object]) -> tuple[Array, Array]:
    """The equations, with what is `wrong` in the place of a part of them."""

    def summed(gate: str) -> Array:
        hidden = 0 if wrong.get("no U") == gate else h @ parts["U" + gate]
        return x @ parts["W" + gate] + hidden + parts["b" + gate]

    squashed = {gate: wrong.get("gate " + gate, sigmoid) for gate in "fio"}
    seen = h if "hidden" in wrong else c
    f = squashed["f"](summed("f") + peek(seen, parts["pf"]))
    i = squashed["i"](summed("i") + peek(seen, parts["pi"]))
    g = wrong.get("candidate", np.tanh)(summed("g"))
    new = wrong.get("cell", lambda f, i, g, c: f * c + i * g)(f, i, g, c)
    o = squashed["o"](summed("o") + peek(new, parts["po"]) * wrong.get("sign", 1))
    return wrong.get("output", lambda o, new: o * np.tanh(new))(o, new), new


MISTAKES = {
    "": {},
    "the candidate has a sigmoid": {"candidate": sigmoid},
    "c_t is a product, where it is a sum": {"cell": lambda f, i, g, c: f * c * i * g},
    "a gate has tanh": {"gate f": np.tanh},
    "a gate has tanh ": {"gate f": np.tanh, "gate i": np.tanh, "gate o": np.tanh},
    "U h_{t-1} is missing": {"no U": "i"},
    "c_t has a tanh; tanh is taken of all": {
        "cell": lambda f, i, g, c: np.tanh(f * c + i * g),
        "output": lambda o, new: np.tanh(o * new),
    },
    "a peephole is subtracted; the candidate has ReLU": {"sign": -1, "candidate": lambda z: np.maximum(z, 0)},
    "a gate has no sigmoid; f_t is multiplied with all": {
        "gate i": lambda z: z,
        "cell": lambda f, i, g, c: f * (c + i * g),
    },
}
"""What is found, in the order of the alphabet, and what was done."""


LAYOUTS = [*(("in turn", told) for told in MISTAKES), ("wide", "a gate has tanh"), ("matrices", "a gate has tanh")]


@pytest.mark.parametrize(("kind", "told"), LAYOUTS)
def test_mistakes_are_found(kind: str, told: str) -> None:
    """Is each told, and nothing else, whatever the order of gates and vectors?"""
    rng = np.random.default_rng(1)
    arrays, parts = own(kind, rng)
    given = [rng.uniform(-1, 1, (BATCH, INPUTS)), *(rng.uniform(-1, 1, (BATCH, UNITS)) for _ in range(2))]
    readings = list(arrangements(arrays, UNITS, INPUTS, gates=4, peepholes=3))
    found = explained(readings, given, step(parts, *given, MISTAKES[told]))  # type: ignore[arg-type]
    assert found is not None
    assert "; ".join(found.named) == told.strip()


NONSENSE = {
    "bounded": lambda z, p, c: np.tanh(z.sum(axis=-1, keepdims=True) + c * p[0] + p[1:].sum()),
    "the state turned around": lambda z, p, c: sigmoid(z[:, :UNITS] + p[0] * c) * c[:, ::-1],
    "three mistakes": lambda z, p, c: np.tanh(z[:, :UNITS]) * c - np.maximum(z[:, UNITS : 2 * UNITS] + p[1] * c, 0),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_no_peephole_lstm(name: str) -> None:
    """Is a step that is something else explained by no few mistakes?"""
    rng = np.random.default_rng(2)
    arrays, parts = own("wide", rng)
    x, h, c = rng.uniform(-1, 1, (BATCH, INPUTS)), *(rng.uniform(-1, 1, (BATCH, UNITS)) for _ in range(2))
    new = NONSENSE[name](
        x @ arrays[0] + h @ arrays[1] + arrays[2], np.stack([parts["pf"], parts["pi"], parts["po"]]), c
    )
    readings = list(arrangements(arrays, UNITS, INPUTS, gates=4, peepholes=3))
    assert explained(readings, (x, h, c), (np.tanh(new), new)) is None
