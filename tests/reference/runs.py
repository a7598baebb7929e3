"""What a replay would see of a loop, made up for tests of the search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from grader.answer.answer import Answer
from grader.protocol import wire
from grader.protocol.operations import Replay, Request
from reference.recurrent import cells
from reference.recurrent.cells import Array, Weights
from reference.recurrent.kinds import Kind

SEQUENCES = {"SimpleRNN": cells.simple_rnn, "LSTM": cells.lstm, "GRU": cells.gru}
SIZES = st.tuples(st.integers(1, 3), st.integers(3, 5), st.integers(2, 4), st.integers(2, 5))
"""Batch, time steps, inputs, units."""


class Run:
    """The arrays of a piece of code, noted as a replay notes them."""

    def __init__(self) -> None:
        self.values: list[dict[str, Any]] = []

    def see(
        self, array: Array, *, fresh: bool = False, part: bool = False, site: int | None = None, uses: int = 0
    ) -> Array:
        """Note an array of a place of its own in the code, or of the place `site`."""
        own = 100 + len(self.values)
        facts = {
            "fresh": fresh,
            "part": part,
            "site": own if site is None else site,
            "layer": None,
            "gradient": None,
            "changed": False,
            "uses": uses,
        }
        self.values.append({"numbers": wire.encode(array), **facts})
        return array

    def loop(self, kind: Kind, w: Weights, x: Array, *, columns: bool, site: int = 1) -> Array:
        """Take the time steps in turn, and compute the states one by one, with samples in rows or in columns."""
        states = SEQUENCES[kind.keras](w, x)
        for time in range(x.shape[1]):
            taken, state = x[:, time], states[:, time]
            self.see(taken.T if columns else taken, fresh=True, part=True, site=site)
            self.see(state.T if columns else state, site=site + 1)
        return states

    def answer(self, drawn: Run | None = None) -> Answer:
        """The answer with this code; `drawn` is what the code computes with random numbers for its constants."""

        def ask(request: Request, /) -> dict[str, Any]:
            run = drawn if drawn is not None and isinstance(request, Replay) and request.drawn else self
            return {"values": run.values, "complete": True}

        return Answer("q", code=["..."], ask=ask)


def weights(rng: np.random.Generator, kind: Kind, inputs: int, units: int, *, bias: bool) -> Weights:
    """Random weights."""
    b = rng.normal(size=kind.gates * units) if bias else np.zeros(kind.gates * units)
    kernel, recurrent = (rng.normal(size=(rows, kind.gates * units)) * 0.7 for rows in (inputs, units))
    return Weights(kernel, recurrent, b)


def blocks(w: Weights, order: Sequence[int]) -> list[Array]:
    """A kernel, a recurrent kernel and a bias for each gate, in another order of gates."""
    gates = len(order)
    cut = [np.split(array, gates, axis=-1) for array in (w.kernel, w.recurrent_kernel, w.bias)]
    return [parts[gate] for parts in cut for gate in order]
