"""Rewriting code so that the values of its calls, operators and subscripts are seen while it runs.

`np.tanh(x @ W + b)` becomes `CALLED(3, np.tanh, OPERATED(2, "add", OPERATED(1, "matmul", x, W), b))`: the same values
in the same order, and each goes through a function of the grader's. The numbers are sites: places in the code.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

CALLED, OPERATED, LISTED = "__grader_called__", "__grader_operated__", "__grader_listed__"
OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mult": operator.mul,
    "matmult": operator.matmul,
    "div": operator.truediv,
    "pow": operator.pow,
    "floordiv": operator.floordiv,
    "mod": operator.mod,
    "getitem": operator.getitem,
}
UNTOUCHED = ("super", "locals", "globals", "vars", "dir", "eval", "exec", "__import__")
"""What depends on the frame that it is called from."""


class Instrument(ast.NodeTransformer):
    """Rewrites one tree after the other; sites are counted on."""

    def __init__(self) -> None:
        self.sites = 0

    def rewritten(self, tree: ast.Module) -> ast.Module:
        """The tree, changed in place."""
        return ast.fix_missing_locations(self.visit(tree))  # type: ignore[no-any-return]

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """A call goes through `CALLED(site, function, ...)`."""
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in UNTOUCHED:
            return node
        return self._through(CALLED, node, [node.func, *node.args], node.keywords)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """An operator goes through `OPERATED(site, name, left, right)`."""
        self.generic_visit(node)
        name = type(node.op).__name__.lower()
        if name not in OPERATORS:
            return node
        return self._through(OPERATED, node, [ast.Constant(name), node.left, node.right])

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """A subscript that is read goes through `OPERATED(site, "getitem", value, index)`."""
        self.generic_visit(node)
        index = _index(node.slice)
        if not isinstance(node.ctx, ast.Load) or index is None:
            return node
        return self._through(OPERATED, node, [ast.Constant("getitem"), node.value, index])

    def visit_ListComp(self, node: ast.ListComp) -> ast.AST:
        """A list goes through `LISTED(site, list)`."""
        self.generic_visit(node)
        return self._through(LISTED, node, [node])

    def visit_arg(self, node: ast.arg) -> ast.AST:
        """Annotations stay as they are."""
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """Of `name: type = value` only the value is rewritten."""
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """The annotation of what is returned stays as it is."""
        returns, node.returns = node.returns, None
        self.generic_visit(node)
        node.returns = returns
        return node

    def visit_Match(self, node: ast.Match) -> ast.AST:
        """In patterns a call is no call."""
        for case in node.cases:
            case.body = [self.visit(statement) for statement in case.body]
        return node

    def _through(
        self, name: str, node: ast.expr, arguments: list[ast.expr], keywords: list[ast.keyword] | None = None
    ) -> ast.AST:
        self.sites += 1
        function = ast.Name(name, ast.Load())
        return ast.copy_location(ast.Call(function, [ast.Constant(self.sites), *arguments], keywords or []), node)


def _index(node: ast.expr) -> ast.expr | None:
    """What stands between the brackets, as an expression; None for what is none outside of them."""
    if isinstance(node, ast.Slice):
        ends = [end or ast.Constant(None) for end in (node.lower, node.upper, node.step)]
        return ast.copy_location(ast.Call(ast.Name("slice", ast.Load()), list(ends), []), node)
    if isinstance(node, ast.Tuple):
        items = [_index(item) for item in node.elts]
        if any(item is None or isinstance(item, ast.Starred) for item in items):
            return None
        return ast.copy_location(ast.Tuple([item for item in items if item is not None], ast.Load()), node)
    return node
