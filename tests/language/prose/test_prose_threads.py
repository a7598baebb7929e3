"""Notebooks are read side by side in threads."""

from __future__ import annotations

import itertools
import sys
from concurrent.futures import ThreadPoolExecutor

from grader.language.prose.words import stem

WORDS = ["".join(letters) + ending for letters in itertools.product("ablrst", repeat=4) for ending in ("ing", "ations")]


def test_stems_are_the_same_in_every_thread():
    """Does a word have one stem, however many threads ask at the same time?"""
    alone = [stem.__wrapped__(word) for word in WORDS]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            together = list(threads.map(lambda _: [stem.__wrapped__(word) for word in WORDS], range(4)))
    finally:
        sys.setswitchinterval(interval)
    assert together == [alone] * 4
