"""What code does with what it makes and names: whether it is kept or thrown away, used or only named."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.notebook.source.syntax import parsed_in_part

NOTHING = frozenset({"_", "__"})
"""Names of what nobody wants."""
SHOWING = frozenset({"print", "display", "type", "repr", "str", "id"})


def thrown_away(
    source: str, *, ends_cell: bool = True, elsewhere: frozenset[str] = frozenset()
) -> frozenset[tuple[int, str]]:
    """Lines, and names of what is made there, where nothing holds what is made, nor what it gives: `LSTM(4)(x)`.

    What is called `_`, and nothing else, is held by nothing, unless this code reads `_`, or code `elsewhere` does. The
    last expression of a cell is shown, unless a semicolon ends it.
    """
    found = parsed_in_part(source)
    if found is None:
        return frozenset()
    body = found[0].body
    shown = body[-1] if ends_cell and body and not source.rstrip().endswith(";") else None
    return frozenset(
        (call.lineno, name)
        for statement in _expressions(body, NOTHING - elsewhere - _read(found[0]))
        if statement is not shown or isinstance(statement, ast.Assign)
        for call, name in _made(statement.value)
    )


def acted_on(source: str) -> frozenset[str]:
    """The names that code does something with, other than to show what they stand for."""
    found = parsed_in_part(source)
    if found is None:
        return frozenset()
    idle = set[int]()
    for node in ast.walk(found[0]):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Name):
            idle.add(id(node.value))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHOWING:
            idle |= {id(each) for each in node.args if isinstance(each, ast.Name)}
    return frozenset(node.id for node in ast.walk(found[0]) if isinstance(node, ast.Name) and id(node) not in idle)


def read(source: str) -> frozenset[str]:
    """The names whose values code takes."""
    found = parsed_in_part(source)
    return frozenset() if found is None else _read(found[0])


def _read(tree: ast.Module) -> frozenset[str]:
    return frozenset(
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )


def _expressions(body: list[ast.stmt], nothing: frozenset[str]) -> Iterator[ast.Expr | ast.Assign]:
    """Expressions whose value nobody takes, in loops and branches as well, but not in functions."""
    for statement in body:
        if isinstance(statement, ast.Expr) or (isinstance(statement, ast.Assign) and _is_to(nothing, statement)):
            yield statement
        elif isinstance(statement, ast.For | ast.While | ast.If | ast.With):
            yield from _expressions(statement.body, nothing)


def _is_to(nothing: frozenset[str], statement: ast.Assign) -> bool:
    """`_ = ...`"""
    return all(isinstance(target, ast.Name) and target.id in nothing for target in statement.targets)


def _made(value: ast.expr) -> Iterator[tuple[ast.Call, str]]:
    """The call by whose name something was made, in an expression that is one, or calls what was made."""
    while isinstance(value, ast.Call):
        function = value.func
        if isinstance(function, ast.Name):
            yield value, function.id
        elif isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name | ast.Attribute):
            yield value, function.attr
        value = function
