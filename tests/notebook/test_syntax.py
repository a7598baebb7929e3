"""Parsing students' code from several threads, as a batch does."""

import gc
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from grader.notebook.source.syntax import parsed, parsed_in_part, parsed_with_magics

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


@pytest.mark.slow
def test_threads_parse_at_the_same_time(restless: None) -> None:
    """Is one thread's parsing untouched by another's? Python 3.11 counts the depth of both in one place."""
    raised: list[BaseException] = []
    trees: list[object] = []

    def work() -> None:
        for number in range(20):
            source = f"{SOURCE}\n# {threading.get_ident()} {number}"  # a text of its own, which nobody has parsed yet
            made = [Garbage() for _ in range(50)]
            del made
            try:
                trees.append(parsed(source))
                trees.append(parsed_with_magics(f"!pip list\n{source}"))
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


def test_a_text_is_parsed_once() -> None:
    """Do all who read a cell share its tree, and is a text that is no Python told once, too?"""
    source = "a = [1, 2]\nb = a"
    tree = parsed(source)
    assert tree is not None
    assert parsed(source) is tree
    assert (parsed_with_magics(source) or [None])[0] is tree
    assert (parsed_in_part(source) or [None])[0] is tree
    broken = "%pip install keras\na ="
    assert [parsed(broken), parsed_with_magics(broken)] == [None, None]
    assert (parsed_in_part(broken) or [None, []])[1] == ["pass", "pass"]


@pytest.mark.parametrize("quote", ['f"', "rf'", 'Fr"""'])
def test_an_f_string_of_many_parts_takes_no_time(quote: str) -> None:
    """Is it not parsed where Python would take seconds, and is one that a person may write, beside dictionaries?"""
    began = time.process_time()
    assert parsed(f"x = {quote}{'{a}' * 60_000}{quote.lstrip('fFrR')}") is None
    assert time.process_time() - began < 1
    assert parsed(f"x = {quote}{'{a}' * 500}{quote.lstrip('fFrR')}\ny = [{'{1: 2}, ' * 2_000}]") is not None
    assert parsed(f"y = [{'{1: 2}, ' * 20_000}]") is not None
