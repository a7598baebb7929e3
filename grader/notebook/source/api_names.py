"""The API names that code uses. Names that the student made up never count, so renaming changes nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.notebook.source.syntax import nodes_of, parsed, parsed_with_magics

MAX_PARAGRAPHS = 1_000
"""So many paragraphs of code that does not parse are read: nobody wrote more."""


@dataclass(frozen=True, slots=True)
class StudentNames:
    """What a notebook binds: names, attributes (methods too), other names for imported ones (`import LSTM as L`)."""

    names: frozenset[str]
    attributes: frozenset[str]
    aliases: dict[str, str]


def student_names(sources: Iterable[str]) -> StudentNames:
    """The names that are bound anywhere in these cells, in whatever scope."""
    names: set[str] = set()
    attributes: set[str] = set()
    aliases: dict[str, str] = {}
    for source in sources:
        result = parsed_with_magics(source)
        if result is None:
            continue
        for node in nodes_of(result[0]):
            if isinstance(node, _BINDING):
                names.update(_bound_names(node))
                attributes.update(_bound_attributes(node))
            elif isinstance(node, ast.ImportFrom):
                aliases.update({alias.asname: alias.name for alias in node.names if alias.asname})
    return StudentNames(frozenset(names), frozenset(attributes), aliases)


_BINDING = (
    *(ast.Name, ast.Attribute, ast.arg, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler),
    *(ast.MatchAs, ast.MatchStar, ast.MatchMapping, ast.Global, ast.Nonlocal),
)


def _bound_names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)):
            yield name
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            yield from names


def _bound_attributes(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Attribute(attr=name, ctx=ast.Store() | ast.Del()):
            yield name
        case ast.ClassDef(body=body):
            for statement in body:
                yield from _bound_names(statement)


def api_names(code: str, student: StudentNames) -> frozenset[str]:
    """The API names that a piece of code uses: imported names, and attributes, that are not the student's own.

    An import alone uses nothing. Code that does not parse is read paragraph by paragraph.
    """
    tree = parsed(code)
    trees = [tree] if tree else [tree for part in code.split("\n\n")[:MAX_PARAGRAPHS] if (tree := parsed(part))]
    nodes = [node for tree in trees for node in nodes_of(tree) if isinstance(node, ast.Name | ast.Attribute)]
    loaded = [node for node in nodes if isinstance(node.ctx, ast.Load)]
    names = {node.id for node in loaded if isinstance(node, ast.Name)} - student.names
    attributes = {node.attr for node in loaded if isinstance(node, ast.Attribute)} - student.attributes
    return frozenset({student.aliases.get(name, name) for name in names} | attributes)


def only_prepares(*parts: str) -> bool:
    """Whether the parts of a piece of code only import and set up: magics, seeds, versions, data after the imports.

    What builds an object of a class (a layer, a model) or trains one does more.
    """
    trees = [tree for part in parts if (tree := parsed(part))]
    if len(trees) < len(parts):
        whole = "\n".join(parts)
        tree = parsed(whole)
        if tree is None:
            lines = [line.lstrip() for line in whole.splitlines() if line.strip()]
            return all(line.startswith(("%", "!", "import ", "from ")) for line in lines)
        trees = [tree]
    called = {_name(node.func) for tree in trees for node in nodes_of(tree) if isinstance(node, ast.Call)}
    body = [node for tree in trees for node in tree.body]
    if not any(isinstance(node, ast.Import | ast.ImportFrom) for node in body):
        return all(isinstance(node, ast.Pass | ast.Expr) for node in body) and called <= SEEDING and bool(called)
    return not any(name[:1].isupper() or name in WORKING for name in called)


SEEDING = frozenset({"seed", "set_seed", "set_random_seed", "filterwarnings"})
WORKING = frozenset({"fit", "compile", "predict", "evaluate", "summary", "train_on_batch", "gradient"})


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
