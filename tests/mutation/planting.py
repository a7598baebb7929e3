"""How a mutant is made: parts of an answer's code are replaced in its text, and all else stays as it was written."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

SIGMOIDS = frozenset({"sigmoid", "sig", "recurrent_activation"})
TANHS = frozenset({"tanh", "activation"})
IN_STEPS = SIGMOIDS | TANHS | {"exp"}
SIZES = {"range": 0, "add_weight": 0, "zeros": 0, "split": 1, "reshape": 1}
"""Calls that are given sizes, and from which argument on: what is counted there is no part of a step."""
Node = TypeVar("Node", bound=ast.expr)


@dataclass(frozen=True)
class Mutant:
    """A changed answer, and what was done to it."""

    change: str
    code: str


class Source:
    """The code of an answer, with its syntax tree."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.tree = ast.parse(code)
        self.parents = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}
        self._functions: dict[ast.AST, list[ast.expr]] = {}
        for node in ast.walk(self.tree):
            function = next((up for up in self.above(node) if isinstance(up, ast.FunctionDef | ast.Lambda)), None)
            if function is not None and isinstance(node, ast.expr):
                self._functions.setdefault(function, []).append(node)

    def text(self, node: ast.AST) -> str:
        """A node as it was written."""
        return ast.get_source_segment(self.code, node) or ast.unparse(node)

    def mutant(self, change: str, replaced: Mapping[ast.expr, str]) -> Mutant:
        """The code with these expressions replaced; none of them lies inside another."""
        text = self.code.encode()
        starts = [0, *(at + 1 for at, byte in enumerate(text) if byte == ord("\n"))]
        for node in sorted(replaced, key=lambda node: (node.lineno, node.col_offset), reverse=True):
            first = starts[node.lineno - 1] + node.col_offset
            last = starts[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)
            text = text[:first] + replaced[node].encode() + text[last:]
        line, column = min((node.lineno, node.col_offset) for node in replaced)
        return Mutant(f"{change}, at {line}:{column}", text.decode())

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """What a node lies in, from the inside out."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def steps(self) -> Iterator[ast.AST]:
        """The functions that compute a step, or a part of one: they call an activation, or a layer that has one."""
        names = IN_STEPS | self.activated_layers.keys()
        for function in self._functions:
            if any(name_of(call) in names for call in self.inside(function, ast.Call)):
                yield function

    def inside(self, scope: ast.AST, kind: type[Node]) -> list[Node]:
        """The nodes of a kind in a function and in no other function inside it, as they are written."""
        found = [node for node in self._functions.get(scope, ()) if isinstance(node, kind)]
        return sorted(found, key=lambda node: (node.lineno, node.col_offset))

    @cached_property
    def activated_layers(self) -> dict[str, str]:
        """Attributes that hold a layer with an activation, and its name: `self.new = Dense(u, activation="tanh")`."""
        found: dict[str, str] = {}
        for assignment in (node for node in ast.walk(self.tree) if isinstance(node, ast.Assign)):
            for target, value in paired(assignment):
                text = activation_text(value)
                if isinstance(target, ast.Attribute) and text is not None:
                    found[target.attr] = str(text.value)
        return found

    def counts(self, node: ast.AST) -> bool:
        """Whether an expression is about sizes and indices, not about arrays."""
        inner = node
        for outer in self.above(node):
            if isinstance(outer, ast.Subscript) and outer.slice is inner:
                return True
            if isinstance(outer, ast.Call) and name_of(outer) in SIZES and inner is not outer.func:
                return inner not in outer.args[: SIZES[name_of(outer)]]
            inner = outer
        return False


def paired(assignment: ast.Assign) -> list[tuple[ast.expr, ast.expr]]:
    """Each target with its value: of `a, b = f(), g()` two pairs."""
    target, value = assignment.targets[0], assignment.value
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return list(zip(target.elts, value.elts, strict=True))
    return [(target, value)]


def activation_text(value: ast.expr) -> ast.Constant | None:
    """The name of an activation that is given to a layer: `Dense(4, activation="tanh")`, `Activation("tanh")`."""
    if not isinstance(value, ast.Call):
        return None
    given = [keyword.value for keyword in value.keywords if keyword.arg == "activation"]
    given += value.args[:1] if name_of(value) == "Activation" else []
    return next((text for text in given if isinstance(text, ast.Constant) and isinstance(text.value, str)), None)


def name_of(call: ast.Call) -> str:
    """The last part of the name that is called: `sigmoid` of `tf.nn.sigmoid(z)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""
