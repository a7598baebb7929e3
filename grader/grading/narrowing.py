"""Which cells have to run for some questions alone: the others are left out where nothing can be missed."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from grader.grading.lives import always_binds
from grader.notebook.source.bindings import Statement

UNCLEAR = re.compile(r"(?m)^[ \t]*[%!]|\b(?:exec|eval|globals|locals|run_cell|get_ipython)[ \t]*+\(|import[ \t]++\*")
"""With any of these it cannot be told from the text of a cell what it does to others."""
SETTING = re.compile(r"\.(?:set_|enable_|disable_|experimental|config|clear_session|filterwarnings|use\()")

CHANGING = frozenset(
    {"fit", "fit_generator", "train_on_batch", "train_step", "compile", "build", "set_weights", "load_weights"}
    | {"apply_gradients", "assign", "assign_add", "assign_sub", "pop", "update", "add", "append", "extend"}
)
CHANGED_BY_NAME = frozenset({"setattr", "delattr", "apply_gradients"})
ONLY_READING = frozenset({"print", "display", "fit", "evaluate", "predict", "plot", "scatter", "show", "summary"})
MAKERS = ("def ", "async def ", "class ", "@")

Found = Mapping[int, tuple[Statement, ...]]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The cells that run, in their order, and imports from cells that do not, each with its cell."""

    cells: tuple[int, ...]
    imports: tuple[tuple[int, str], ...] = ()


def narrowed(
    wanted: Collection[str], code: Mapping[int, str], found: Found, question_of: Callable[[int], str | None]
) -> Narrowed:
    """What has to run for some questions: their cells, those that are nobody's before, and all that these rest on.

    It is looked for from the last cell back, with the names that are still to be bound. A cell of another answer is
    kept where it binds one of them, may change what one stands for, or sets something for all; of one that only imports
    them, the imports are. All cells are kept where that cannot be told. What cannot be parsed does nothing.
    """
    if any(UNCLEAR.search(source) for source in code.values()):
        return Narrowed(tuple(sorted(code)))
    own = {cell for cell in code if question_of(cell) in wanted}
    reads = _read_when_called(found)
    needed, kept, imports = set[str](), list[int](), list[tuple[int, str]]()
    for cell in sorted((each for each in code if own and each <= max(own)), reverse=True):
        brought = [each for each in found[cell] if each.modules and each.binds & needed]
        others = [each for each in found[cell] if not each.modules]
        if cell in own or question_of(cell) is None or any(_matters(each, needed) for each in others):
            kept.append(cell)
            for each in reversed(found[cell]):
                needed = (needed - each.binds if always_binds(each) else needed) | _with_called(each.reads, reads)
        else:
            imports += [(cell, each.text) for each in brought]
    return Narrowed(tuple(reversed(kept)), tuple(reversed(imports)))


def _read_when_called(found: Found) -> dict[str, frozenset[str]]:
    """What functions and classes read, by their names: at every call, and not where they are made."""
    made: dict[str, frozenset[str]] = {}
    for each in (each for cell in found.values() for each in cell if each.text.startswith(MAKERS)):
        for name in each.binds:
            made[name] = made.get(name, frozenset()) | each.reads
    return made


def _with_called(names: Collection[str], reads: Mapping[str, frozenset[str]]) -> set[str]:
    """Names, and all that is read where they are called."""
    found, waiting = set[str](), list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += reads.get(name, ())
    return found


def _matters(statement: Statement, needed: Collection[str]) -> bool:
    """Whether a statement does something to names that are needed, or to all that runs after it."""
    if statement.binds & set(needed):
        return True
    tree = ast.parse(statement.text)
    return not set(_changed(tree)).isdisjoint(needed) or any(_sets_something(node) for node in ast.walk(tree))


def _sets_something(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and bool(SETTING.search(ast.unparse(node.value.func) + "("))
    )


def _changed(tree: ast.AST) -> Iterator[str]:
    """The names whose objects are changed, or may be: by a method of theirs, or where they are given to a call that is
    made for what it does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            alone = _is_alone(node, tree)
            if isinstance(node.func, ast.Attribute) and (alone or called in CHANGING):
                yield from _base(node.func)
            if called in CHANGED_BY_NAME or (alone and called not in ONLY_READING):
                yield from (each.id for given in node.args for each in ast.walk(given) if isinstance(each, ast.Name))
        elif isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield from _base(node)


def _is_alone(call: ast.Call, tree: ast.AST) -> bool:
    """Whether a call is a statement by itself: what it gives is not wanted, so it is made for what it does."""
    return any(isinstance(node, ast.Expr) and node.value is call for node in ast.walk(tree))


def _base(node: ast.AST) -> Iterator[str]:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.Name):
        yield node.id
