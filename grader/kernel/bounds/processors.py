"""Which processors a kernel and all that it starts may use, so that nobody waits for what a neighbour does."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager


def available() -> list[int]:
    """The processors that this process may use; none where the system does not tell (macOS)."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


class Processors:
    """The processors of this machine in equal parts, one for each of so many kernels beside one another.

    More kernels than processors share them; one that is left over when they are dealt out is the grader's own.
    """

    def __init__(self, beside: int, numbers: list[int] | None = None) -> None:
        numbers = available() if numbers is None else numbers
        each = max(1, len(numbers) // max(1, beside))
        parts = [tuple(numbers[at : at + each]) for at in range(0, len(numbers) - each + 1, each)]
        self._users = dict.fromkeys(parts[: max(1, beside)], 0)
        self._lock = threading.Lock()

    @contextmanager
    def part(self) -> Iterator[tuple[int, ...]]:
        """The part with the fewest users, for a while; empty where nothing can be dealt out."""
        with self._lock:
            chosen = min(self._users, key=self._users.__getitem__, default=())
            if chosen:
                self._users[chosen] += 1
        try:
            yield chosen
        finally:
            with self._lock:
                if chosen:
                    self._users[chosen] -= 1


def keep_to(numbers: tuple[int, ...]) -> None:
    """Run on these processors alone, and so will all that this process starts. The seal makes it final."""
    if numbers:
        os.sched_setaffinity(0, numbers)
