"""Rewriting code so that its values are seen: it must compute what it computed before."""

from __future__ import annotations

import ast
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.probe.instrument import (
    CALLED,
    ENTERED,
    ITERATED,
    LISTED,
    OPERATED,
    OPERATORS,
    RETURNED,
    SHOWN,
    Functions,
    Instrument,
)


class Seen:
    """Hooks that note what goes through them."""

    def __init__(self) -> None:
        self.values: list[tuple[int, Any]] = []

    @property
    def names(self) -> dict[str, Callable[..., Any]]:
        through = dict.fromkeys((LISTED, ITERATED, SHOWN), self.noted)
        return {CALLED: self.called, OPERATED: self.operated, **through}

    def noted(self, site: int, value: Any) -> Any:
        self.values.append((site, value))
        return value

    def called(self, site: int, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        return self.noted(site, function(*args, **kwargs))

    def operated(self, site: int, name: str, left: Any, right: Any, /) -> Any:
        return self.noted(site, OPERATORS[name](left, right))


def run(source: str) -> tuple[dict[str, Any], dict[str, Any], Seen]:
    """The names that code leaves behind as it is, and as it is rewritten; and what was seen."""
    plain: dict[str, Any] = {}
    exec(source, plain)  # noqa: S102
    seen = Seen()
    rewritten = dict(seen.names)
    exec(compile(Instrument().rewritten(ast.parse(source)), "<test>", "exec"), rewritten)  # noqa: S102
    return plain, rewritten, seen


CODE = """
class Base:
    def __init__(self, n: int = 2) -> None:
        self.n = n

class Own(Base):
    def __init__(self, n):
        super().__init__(n)
        self.items: list[int] = [k * n for k in range(3)]

    def total(self, *more, scale=1):
        return scale * (sum(self.items[1:]) + sum(more))

def local():
    inside = 3
    return sorted(locals())

own = Own(4)
a = own.total(*[1, 2], scale=2)
b = {**{"x": own.items[::-1]}, "y": own.items[-1]}
b["y"] += 5
c = (lambda z, *, w=own.n: z - w)(10)
d = f"{a + c:>5}|{b['x'][0]}"
matrix = {(0, 1): 7}
e = matrix[0, 1] if a > 2 ** 3 else None
f = local()
match own:
    case Own(n=4):
        g = len(b)
    case _:
        g = None
first, *rest = [k + 1 for k in own.items]
"""


def test_code_computes_what_it_computed():
    """Are all names of a piece of code with many constructs the same?"""
    plain, rewritten, _ = run(CODE)
    for name in "abcdefg":
        assert rewritten[name] == plain[name], name
    assert (rewritten["first"], rewritten["rest"]) == (plain["first"], plain["rest"])


def test_each_place_in_the_code_has_its_number():
    """Has a value the number of the place where it was computed, the same each time?"""
    _, _, seen = run("for k in range(3):\n    x = k * 2\n    y = x + 1\n")
    products = [value for _, value in seen.values if value in (0, 2, 4)]
    assert products == [0, 2, 4]
    sites = {site for site, value in seen.values if value in (1, 3, 5)}
    assert len(sites) == 1


def numbers() -> st.SearchStrategy[str]:
    """Expressions of numbers, lists, calls and subscripts."""
    leaves = st.sampled_from(["1", "2.5", "x", "items[0]", "items[1:][0]", "-3"])

    def deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        pairs = st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner)
        return st.one_of(
            pairs.map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
            inner.map(lambda e: f"abs({e})"),
            inner.map(lambda e: f"max({e}, *items)"),
            inner.map(lambda e: f"len([k + {e} for k in items if k != {e}][-2:])"),
            inner.map(lambda e: f"{{'a': {e}}}['a']"),
            inner.map(lambda e: f"(lambda z=({e}): z * x)()"),
        )

    return st.recursive(leaves, deeper, max_leaves=5)


@given(numbers())
def test_expressions_keep_their_values(expression: str):
    """Has any expression the same value when it is rewritten?"""
    plain, rewritten, _ = run(f"x = 2\nitems = [3, 4, 5]\nresult = {expression}\n")
    assert rewritten["result"] == plain["result"]


@pytest.mark.parametrize("source", ["del items[0]", "items[0] = 9", "items[0] += 9", "(items[0], y) = 1, 2"])
def test_what_is_written_to_is_left_alone(source: str):
    """Do subscripts that are written to or deleted still do so?"""
    plain, rewritten, _ = run(f"items = [3, 4, 5]\n{source}\n")
    assert rewritten["items"] == plain["items"]


FUNCTIONS = (
    CODE
    + """
def outer(k):
    'What it does.'
    global total
    total = k
    def inner(*items):
        for item in items:
            if item > k:
                return item, k
        return
    def counting():
        yield from range(k)
        return k
    class Local:
        size = (lambda: k)()
        def __init__(self): self.k = k
        def twice(self): return 2 * self.k
    return *inner(1, 5), sum(counting()), Local().twice(), Local.size, sorted(locals()), inner()
h = outer(3), total, outer.__doc__
i = (lambda: (yield 5))().__next__()
"""
)


def test_functions_do_what_they_did():
    """Do functions, methods, lambdas and generators give what they gave, with each beginning and end noted?"""
    plain, noted = {}, []
    exec(FUNCTIONS, plain)  # noqa: S102
    rewritten: dict[str, Any] = {
        ENTERED: lambda: noted.append("began"),
        RETURNED: lambda value: noted.append("ended") or value,
    }
    exec(compile(Functions().rewritten(ast.parse(FUNCTIONS)), "<test>", "exec"), rewritten)  # noqa: S102
    for name in "abcdefghi":
        assert rewritten[name] == plain[name], name
    # `inner` ends once without a value.
    assert (noted.count("began"), noted.count("ended")) == (8, 7)


def test_errors_are_where_they_were():
    """Is the traceback of a function that fails the same, with the place in its line?"""
    source = "def f(x):\n    y = 1\n    return (\n        y\n        + x / 0\n    )\nf(2)\n"

    def failure(tree: ast.Module) -> list[tuple[Any, ...]]:
        names: dict[str, Any] = {ENTERED: lambda: None, RETURNED: lambda value: value}
        try:
            exec(compile(tree, "<test>", "exec"), names)  # noqa: S102
        except ZeroDivisionError as error:
            frames = traceback.extract_tb(error.__traceback__)
            return [(f.name, f.lineno, f.end_lineno, f.colno, f.end_colno) for f in frames]
        raise AssertionError

    assert failure(Functions().rewritten(ast.parse(source))) == failure(ast.parse(source))


def test_what_is_nested_deeply_runs():
    """Is an expression that Python can just compile left to it?"""
    source = "f = lambda x: " + "+".join(["x"] * 900) + "\nresult = f(1)\n"
    names: dict[str, Any] = {ENTERED: lambda: None, RETURNED: lambda value: value}
    exec(compile(Functions().rewritten(ast.parse(source)), "<test>", "exec"), names)  # noqa: S102
    assert names["result"] == 900
