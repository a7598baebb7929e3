"""Terms that are dropped and signs that are turned, in the sums of a step.

A term is a matrix product with the input or the hidden state, a bias, a peephole, or a gate times what it lets through.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.mutation.planting import Mutant, Source, name_of

JOINS = frozenset({"concat", "concatenate"})


def dropped_terms(source: Source) -> Iterator[Mutant]:
    """One term of a sum left out: of W x + U h + b each of the three in turn."""
    for whole in _sums(source):
        if isinstance(source.parents[whole], ast.BinOp) and isinstance(source.parents[whole].op, ast.Add):  # type: ignore[attr-defined]
            continue
        terms = _terms(whole)
        for dropped in terms:
            left = " + ".join(source.text(term) for term in terms if term is not dropped)
            yield source.mutant(f"{source.text(dropped)} is dropped", {whole: f"({left})"})


def forgotten_parts(source: Source) -> Iterator[Mutant]:
    """Input and hidden state are joined for one product: one of the two is zero."""
    for step in source.steps():
        for call in source.inside(step, ast.Call):
            parts = call.args[0].elts if call.args and isinstance(call.args[0], ast.List | ast.Tuple) else []
            for part in parts if name_of(call) in JOINS and len(parts) == 2 else []:
                yield source.mutant(f"{source.text(part)} is zero", {part: f"0 * ({source.text(part)})"})


def turned_signs(source: Source) -> Iterator[Mutant]:
    """A minus for a plus, and a plus for a minus: 1 + z for 1 - z."""
    for whole in _sums(source, ast.Add, ast.Sub):
        sign = "-" if isinstance(whole.op, ast.Add) else "+"
        text = f"({source.text(whole.left)} {sign} {_closed(source, whole.right)})"
        yield source.mutant(f"{sign} {source.text(whole.right)}", {whole: text})


def _sums(source: Source, *signs: type[ast.operator]) -> Iterator[ast.BinOp]:
    for step in source.steps():
        for node in source.inside(step, ast.BinOp):
            if isinstance(node.op, signs or (ast.Add,)) and not source.counts(node):
                yield node


def _terms(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*_terms(node.left), *_terms(node.right)]
    return [node]


def _closed(source: Source, node: ast.expr) -> str:
    return f"({source.text(node)})" if isinstance(node, ast.BinOp) else source.text(node)
