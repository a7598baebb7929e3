"""Fingerprints of a text by winnowing: few, and enough of them that no long passage two texts share goes unseen.

S. Schleimer, D. S. Wilkerson and A. Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD 2003. Of
the hashes of all runs of `run` tokens the smallest in every window of `window` is kept, the last one of several: so two
texts that share `run + window - 1` tokens in a row share a fingerprint, and what is shorter than `run` is never seen.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]


class Grain(NamedTuple):
    """How fine a kind of text is looked at: so many tokens in a row are a run, and so many runs a window."""

    run: int
    window: int


CODE, PROSE = Grain(14, 8), Grain(7, 4)
"""Code of the same exercise shares its idioms, so a longer run is needed than in prose."""

NONE: Hashes = np.zeros(0, dtype=np.uint64)
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


def hashes(tokens: Sequence[str], grain: Grain) -> Hashes:
    """The hash of each run of tokens, by the place of its first; none where there are too few.

    They are the same in every process.
    """
    if len(tokens) < grain.run:
        return NONE
    values = np.fromiter(map(_value, tokens), dtype=np.uint64, count=len(tokens))
    runs = len(tokens) - grain.run + 1
    made = np.zeros(runs, dtype=np.uint64)
    for at in range(grain.run):
        made = made * _BASE + values[at : at + runs]
    made ^= made >> np.uint64(29)
    made *= _MIX
    return made ^ (made >> np.uint64(32))


def winnowed(made: Hashes, grain: Grain) -> Hashes:
    """The fingerprints among the hashes of a text, each once, in their order as numbers."""
    if len(made) <= grain.window:
        return made.min(keepdims=True) if len(made) else NONE
    # Reversed, so that the first smallest is the last one in the text.
    windows = sliding_window_view(made, grain.window)[:, ::-1]
    places = np.arange(len(windows)) + grain.window - 1 - windows.argmin(axis=1)
    return np.unique(made[np.unique(places)])


@lru_cache(maxsize=1 << 16)
def _value(token: str) -> int:
    written = token.encode(errors="replace")
    return zlib.crc32(written) << 32 | zlib.crc32(written, 0x5A5A5A5A)
