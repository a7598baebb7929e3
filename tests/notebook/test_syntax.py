"""Parsing students' code from several threads, as a batch does."""

import gc
import sys
import threading
from collections.abc import Iterator

import pytest

from grader.notebook.source.syntax import parsed, parsed_with_magics

SOURCE = "\n".join(
    f"def f{number}(a, b):\n    return [a + b * (c - {number}) for c in range(b)]" for number in range(300)
)


class Garbage:
    """What only the collector frees, with a finalizer in Python: in the middle of parsing it lets other threads run."""

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        for _ in range(10):
            pass


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads that change places, and a collector that comes, as often as can be."""
    interval, thresholds = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(1e-6)
    gc.set_threshold(50)
    yield
    sys.setswitchinterval(interval)
    gc.set_threshold(*thresholds)


def test_threads_parse_at_the_same_time(restless: None) -> None:
    """Is one thread's parsing untouched by another's? Python 3.11 counts the depth of both in one place."""
    raised: list[BaseException] = []
    trees: list[object] = []

    def work() -> None:
        for _ in range(20):
            made = [Garbage() for _ in range(50)]
            del made
            try:
                trees.append(parsed(SOURCE))
                trees.append(parsed_with_magics(f"!pip list\n{SOURCE}"))
            except SystemError as error:
                raised.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []
    assert len(trees) == 160
    assert all(tree is not None for tree in trees)
