"""Rewriting code so that what it does is seen while it runs: on its syntax tree, whatever its words and names are.

A cell runs with its functions instrumented (`Functions`), which costs next to nothing. `def step(x, h): return x @ W`
becomes `def step(x, h): ENTERED(); return RETURNED(x @ W)`.

What runs once more is instrumented throughout (`Instrument`): the values of calls, operators and subscripts are seen,
those that loops go through, and those that are shown in f-strings.

`np.tanh(x @ W + b)` becomes `CALLED(3, np.tanh, OPERATED(2, "add", OPERATED(1, "matmul", x, W), b))`: the same values
in the same order, and each goes through a function of the grader's. The numbers are sites: places in the code.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from secrets import token_hex
from typing import Any

_NAMES = (f"_{token_hex(6)}" for _ in range(7))
ENTERED, RETURNED, CALLED, OPERATED, LISTED, ITERATED, SHOWN = _NAMES
"""Names of functions that rewritten code calls. No code knows them, and so none can tell when it runs once more."""

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


class Functions(ast.NodeTransformer):
    """Rewrites functions and methods that give something back, and lambdas; generators are left as they are.

    No variable is added to them, and every node has a place in the source: tracebacks stay the same.
    """

    def rewritten(self, tree: ast.Module) -> ast.Module:
        """The tree, changed in place; what is nested too deeply stays as it is."""
        with suppress(RecursionError):
            self.visit(tree)
        return tree

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Calls of the grader's at its beginning and at its ends."""
        self.generic_visit(node)
        own = list(_own(node.body))
        ends = [each for each in own if isinstance(each, ast.Return) and each.value is not None]
        if ends and not any(map(_yields, own)):
            for end in ends:
                end.value = _call(RETURNED, end, end.value)
            documented = ast.get_docstring(node, clean=False) is not None
            node.body.insert(documented, ast.copy_location(ast.Expr(_call(ENTERED, node.body[0])), node.body[0]))
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        """`lambda x: y` becomes `lambda x: ENTERED() or RETURNED(y)`; the first gives None."""
        self.generic_visit(node)
        if not any(map(_yields, _own([node.body]))):
            calls: list[ast.expr] = [_call(ENTERED, node.body), _call(RETURNED, node.body, node.body)]
            node.body = ast.copy_location(ast.BoolOp(ast.Or(), calls), node.body)
        return node


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

    def visit_For(self, node: ast.For) -> ast.AST:
        """A loop goes through `ITERATED(site, values)`."""
        self.generic_visit(node)
        node.iter = self._through(ITERATED, node.iter, [node.iter])
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        """So do comprehensions."""
        self.generic_visit(node)
        if not node.is_async:
            node.iter = self._through(ITERATED, node.iter, [node.iter])
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST | list[ast.stmt]:
        """What a variable is after `name += value` goes through `LISTED(site, name)` behind it."""
        self.generic_visit(node)
        if not isinstance(node.target, ast.Name):
            return node
        name = ast.copy_location(ast.Name(node.target.id, ast.Load()), node)
        return [node, ast.copy_location(ast.Expr(self._through(LISTED, name, [name])), node)]

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        """A value in an f-string goes through `SHOWN(site, value)`; how it is to be written stays as it is."""
        node.value = self._through(SHOWN, node.value, [self.visit(node.value)])
        return node

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
    ) -> ast.expr:
        self.sites += 1
        function = ast.Name(name, ast.Load())
        return ast.copy_location(ast.Call(function, [ast.Constant(self.sites), *arguments], keywords or []), node)


def _own(nodes: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """All that belongs to a function itself, and not to one inside of it."""
    left = list(nodes)
    while left:
        node = left.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            left += ast.iter_child_nodes(node)


def _yields(node: ast.AST) -> bool:
    return isinstance(node, ast.Yield | ast.YieldFrom)


def _call(name: str, at: ast.AST, *arguments: ast.expr | None) -> ast.Call:
    """A call of the grader's, at the place of a node."""
    function = ast.copy_location(ast.Name(name, ast.Load()), at)
    return ast.copy_location(ast.Call(function, [each for each in arguments if each is not None], []), at)


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
