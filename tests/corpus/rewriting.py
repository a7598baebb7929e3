"""The same program written in another way: other names, other cells, another order, inside a function.

Each function takes the code of an answer and gives the sources of its cells. What the program computes stays the same.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Iterator, Sequence

Rewriting = Callable[[str], list[str]]
KEPT = frozenset({"self", "training", "mask"})
"""Arguments that Python or Keras give by their names."""
METHODS = frozenset({"call", "build", "get_config", "compute_output_shape", "add_weight"})
ATTRIBUTES = frozenset({"state_size", "output_size", "built", "units", "name", "trainable"})
"""Attributes that Keras reads, or that a class has from Keras."""


def renamed(code: str) -> list[str]:
    """All names that the program gives, to variables, functions, classes, methods and attributes, are others."""
    tree = ast.parse(code)
    mark = hashlib.sha256(code.encode()).hexdigest()[:4]  # no name of another answer
    variables = {name: f"v{mark}_{number}" for number, name in enumerate(sorted(_given(tree)), start=1)}
    attributes = {name: f"a{mark}_{number}" for number, name in enumerate(sorted(_own_attributes(tree)), start=1)}
    return [_comments(code) + ast.unparse(_Renaming(variables, attributes).visit(tree))]


def one_cell_for_each_statement(code: str) -> list[str]:
    """A cell for each statement at the top, with the comments before it."""
    return list(_pieces(code))


def definitions_first(code: str) -> list[str]:
    """Imports; functions and classes that need no variable to be made, the last first; then the rest, in its order."""
    tree = ast.parse(code)
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    definitions = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    before, own = _stored(tree), {node.name for node in definitions}
    moved = [node for node in definitions if not _needed_at_once(node) & before]
    if not any(_needed_at_once(node) & own for node in moved):
        moved.reverse()
    rest = [node for node in tree.body if node not in imports and node not in moved]
    groups = [group for group in (imports, moved, rest) if group]
    cells = ["\n".join(_text(code, node) for node in group) for group in groups]
    return [_comments(code) + cells[0], *cells[1:]]


def in_a_function(code: str) -> list[str]:
    """Everything but imports happens inside a function, which gives its variables back."""
    tree = ast.parse(code)
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    body = [node for node in tree.body if node not in imports]
    main = ast.parse("def main():\n    return locals()\n\nresults = main()")
    assert isinstance(main.body[0], ast.FunctionDef)
    main.body[0].body[:0] = body
    return [_comments(code) + ast.unparse(ast.Module([*imports, *main.body], []))]


REWRITINGS: tuple[Rewriting, ...] = (renamed, one_cell_for_each_statement, definitions_first, in_a_function)


def _comments(code: str) -> str:
    """The comments that a program begins with: equations can stand in them."""
    before = code.strip("\n").splitlines(keepends=True)[: _first_line(ast.parse(code.strip("\n")).body[0]) - 1]
    return "".join(before)


def _given(tree: ast.AST) -> set[str]:
    """The names of variables, arguments, functions and classes; methods and what is imported are not among them."""
    names = _stored(tree) | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    methods = {node for owner in _classes(tree) for node in owner.body}
    names |= {
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef) and node not in methods
    }
    return names - KEPT


def _own_attributes(tree: ast.AST) -> set[str]:
    """What classes of the program set on themselves, and their methods, as far as they are not Keras's."""
    found: set[str] = set()
    for owner in _classes(tree):
        found |= {
            node.attr
            for node in ast.walk(owner)
            if isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
            and node.value.id == "self"
        }
        found |= {node.name for node in owner.body if isinstance(node, ast.FunctionDef)}
    return {name for name in found - METHODS - ATTRIBUTES if not name.startswith("__")}


def _classes(tree: ast.AST) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def _stored(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


class _Renaming(ast.NodeTransformer):
    def __init__(self, variables: dict[str, str], attributes: dict[str, str]) -> None:
        self._variables, self._attributes = variables, attributes
        self._inside: list[ast.AST] = []

    def generic_visit(self, node: ast.AST) -> ast.AST:
        self._inside.append(node)
        super().generic_visit(node)
        self._inside.pop()
        if isinstance(node, ast.Name):
            node.id = self._variables.get(node.id, node.id)
        elif isinstance(node, ast.arg):
            node.arg = self._variables.get(node.arg, node.arg)
        elif isinstance(node, ast.Attribute):
            node.attr = self._attributes.get(node.attr, node.attr)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            method = bool(self._inside) and isinstance(self._inside[-1], ast.ClassDef)
            node.name = (self._attributes if method else self._variables).get(node.name, node.name)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in self._variables.values():
            for keyword in node.keywords:  # of a function of the program's own
                keyword.arg = self._variables.get(keyword.arg or "", keyword.arg)
        return node


def _needed_at_once(node: ast.FunctionDef | ast.ClassDef) -> set[str]:
    """The names that a definition reads when it is made: decorators, bases, defaults, and the body of a class."""
    at_once: Sequence[ast.AST] = [*node.decorator_list]
    if isinstance(node, ast.FunctionDef):
        at_once = [*at_once, *node.args.defaults, *(value for value in node.args.kw_defaults if value)]
    else:
        inside = [part for part in node.body if not isinstance(part, ast.FunctionDef)]
        methods = [part for part in node.body if isinstance(part, ast.FunctionDef)]
        at_once = [*at_once, *node.bases, *inside]
        return _read(at_once).union(*map(_needed_at_once, methods))
    return _read(at_once)


def _read(nodes: Sequence[ast.AST]) -> set[str]:
    return {part.id for node in nodes for part in ast.walk(node) if isinstance(part, ast.Name)}


def _pieces(code: str) -> Iterator[str]:
    """The code cut after each statement at the top, and before the comments above the next."""
    lines, first = code.splitlines(), 0
    body = ast.parse(code).body
    for node, following in zip(body, [*body[1:], None], strict=True):
        last = len(lines) if following is None else node.end_lineno or 1
        if following is not None and _first_line(following) <= last:  # two statements on one line
            continue
        text = "\n".join(lines[first:last]).strip("\n")
        first = last
        yield text


def _first_line(node: ast.stmt) -> int:
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _text(code: str, node: ast.stmt) -> str:
    return "\n".join(code.splitlines()[_first_line(node) - 1 : node.end_lineno])
