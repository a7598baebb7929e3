"""What goes from step to step, and in which order: states that are forgotten, sequences that are not turned round."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.mutation.planting import Mutant, Source, name_of


def forgotten_states(source: Source) -> Iterator[Mutant]:
    """In a loop over time, a call is given zeros in the place of what the last turn of the loop left."""
    seen: set[ast.Name] = set()
    for loop in (node for node in ast.walk(source.tree) if isinstance(node, ast.For)):
        made = {node.id for node in _names(loop) if isinstance(node.ctx, ast.Store)} - _stored(loop.target)
        for call in (node for node in ast.walk(loop) if isinstance(node, ast.Call)):
            for name in (name for given in call.args for name in _names(given) if name.id in made and name not in seen):
                seen.add(name)  # once, also in a loop inside of a loop
                statement = next(up for up in source.above(name) if isinstance(up, ast.stmt))
                # Read and renewed by the same statement, the name carries a state from one turn to the next.
                if isinstance(statement, ast.Assign) and name.id in _stored(*statement.targets):
                    yield source.mutant(f"{source.text(call)} with zeros for {name.id}", {name: f"(0 * {name.id})"})


def not_reversed(source: Source) -> Iterator[Mutant]:
    """A sequence, or what came out of it, is left in its order: no `[::-1]`, `tf.reverse`, `go_backwards=True`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Subscript) and _turns(node.slice):
            yield source.mutant(f"{source.text(node)} is not turned", {node: source.text(node.value)})
        elif isinstance(node, ast.Call) and name_of(node) in {"reverse", "flip", "reversed"}:
            yield source.mutant(f"{source.text(node)} is not turned", {node: source.text(node.args[0])})
        elif isinstance(node, ast.Call) and name_of(node) == "range" and len(node.args) == 3:
            steps = source.text(node.args[0]).removesuffix("- 1")
            yield source.mutant(f"{source.text(node)} is not turned", {node: f"range({steps})"})
        elif isinstance(node, ast.keyword) and node.arg == "go_backwards" and _is(node.value, True):
            yield source.mutant("go_backwards=False", {node.value: "False"})


def _names(tree: ast.AST) -> list[ast.Name]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Name)]


def _stored(*targets: ast.expr) -> set[str]:
    return {node.id for target in targets for node in _names(target) if isinstance(node.ctx, ast.Store)}


def _turns(index: ast.expr) -> bool:
    """Whether an index turns one axis round, and takes all of the others as they are."""
    parts = index.elts if isinstance(index, ast.Tuple) else [index]
    slices = [part for part in parts if isinstance(part, ast.Slice) and part.lower is None and part.upper is None]
    turned = [part for part in slices if part.step is not None and ast.unparse(part.step) == "-1"]
    return len(slices) == len(parts) and len(turned) == 1


def _is(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value
