"""What an answer's own code does with the weights of a layer of Keras: whether it reads them as Keras lays them out."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice, permutations

import numpy as np

from grader.answer.answer import Answer
from grader.answer.evidence import Seen
from reference.loops.recurrences import acceptably
from reference.loops.search import stepwise
from reference.loops.sequences import sequences
from reference.loops.values import values_of
from reference.recurrent.cells import Array, Weights
from reference.recurrent.kinds import Kind, of_a_layer

MULTIPLYING = frozenset({"dot", "matmul", "tensordot", "einsum"})
CUTTING = frozenset({"split", "array_split", "vsplit"})
RECURRENT = "recurrent"
MOST_COMPARED = 4_000
GATES = {
    3: "update, reset, candidate",
    4: "input, forget, candidate, output",
}


def misread(answer: Answer, kind: Kind) -> str:
    """How a loop of the answer's own reads the weights of its layer otherwise than Keras does; empty if none does.

    Only a loop whose states were seen step by step is held against anybody, and none where another reads them rightly.
    """
    if not calls(answer, MULTIPLYING, ast.MatMult):
        return ""
    return answer.once(("misread", kind.name), lambda: _misread(answer, kind))


def _misread(answer: Answer, kind: Kind) -> str:
    found, left = "", MOST_COMPARED
    values = values_of(answer)
    for group in _groups(values.seen):
        for x in (steps.x for steps in sequences(values.seen)):
            for w, how in islice(_readings(kind, group, x.shape[2]), left):
                left -= 1
                if any(stepwise(values, compute, w, x) for compute in acceptably(kind)):
                    if not how:
                        return ""
                    found = found or how
    return found


def _readings(kind: Kind, arrays: Sequence[Array], inputs: int) -> Iterator[tuple[Weights, str]]:
    """As Keras has them, and in other ways, each with what is wrong with it."""
    if len(arrays) != 3 or kind.peepholes or of_a_layer(kind, arrays, inputs) is None:
        return
    kernel, recurrent, bias = arrays
    for one, other, how in ((kernel, recurrent, ""), (recurrent, kernel, _EXCHANGED), (kernel.T, recurrent.T, _TURNED)):
        if one.shape != kernel.shape or other.shape != recurrent.shape:
            continue
        for order in permutations(range(kind.gates)):
            w = of_a_layer(kind, [_in_order(each, order) for each in (one, other, bias)], inputs)
            if w is not None:
                yield w, how or (_ORDER.format(GATES[kind.gates]) if order != tuple(range(kind.gates)) else "")


_EXCHANGED = (
    "Your own steps multiply the input by the recurrent kernel and the state by the kernel: `get_weights()` gives the "
    "kernel first, and equal sizes hide the exchange."
)
_TURNED = "Your own steps multiply the weights of Keras from the left, and they are made for rows: transpose them."
_ORDER = "Your own steps take the gates from the weights of Keras in another order than Keras has them: {}."


def _in_order(array: Array, order: Sequence[int]) -> Array:
    blocks = np.split(array, len(order), axis=-1)
    return np.concatenate([blocks[gate] for gate in order], axis=-1)


def cut_along_rows(answer: Answer, kind: Kind) -> bool:
    """Whether the code cuts a kernel of its layer into as many parts as there are gates along its rows."""
    if not calls(answer, CUTTING):
        return False
    seen = values_of(answer).seen
    kernels = [array for group in _groups(seen) for array in group if array.ndim == 2]
    return any(_is_cut(seen, kernel, kind.gates) for kernel in kernels)


def named_in_another_order(answer: Answer) -> bool:
    """Whether what `get_weights()` gives first is plainly called the recurrent kernel, and the second is not."""
    for source in answer.code:
        with suppress(SyntaxError):
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple) and _are_weights(node.value):
                    first, second = ([*map(ast.unparse, node.targets[0].elts), "", ""])[:2]
                    if RECURRENT in first.lower() and second and RECURRENT not in second.lower():
                        return True
    return False


def _are_weights(value: ast.expr) -> bool:
    called = value.func if isinstance(value, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr == "get_weights"


def _is_cut(seen: Sequence[Seen], kernel: Array, gates: int) -> bool:
    rows, columns = kernel.shape
    shape = (rows // gates, columns)
    if rows % gates or columns % gates:
        return False
    for at in range(len(seen) - gates + 1):
        parts = seen[at : at + gates]
        alike = all(part.part and part.numbers.shape == shape and part.site == parts[0].site for part in parts)
        if alike and np.allclose(np.concatenate([part.numbers for part in parts]), kernel):
            return True
    return False


def _groups(seen: Sequence[Seen]) -> list[list[Array]]:
    """The weights of each layer of Keras, in its order."""
    by_layer: dict[int, list[Array]] = {}
    for item in seen:
        if item.layer is not None:
            by_layer.setdefault(item.layer, []).append(item.numbers)
    return list(by_layer.values())


def calls(answer: Answer, names: frozenset[str], operator: type[ast.operator] | None = None) -> bool:
    """Whether the code calls one of these functions, or has this operator: else there is nothing to look for."""
    for source in answer.code:
        with suppress(SyntaxError):
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in names:
                    return True
                if operator is not None and isinstance(node, ast.BinOp) and isinstance(node.op, operator):
                    return True
    return False
