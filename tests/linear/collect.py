"""Every regular expression of the packages `grader` and `reference`, and how each is used.

    python -m tests.linear.collect

Imports all modules and lets them read a little, while `re` tells what it compiles, and for whom. What is not compiled
then is read off the syntax trees. Prints JSON.
"""

from __future__ import annotations

import ast
import importlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGES = ("grader", "reference")
_ONE_PLACE = {"match", "fullmatch"}
_FUNCTIONS = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}


@dataclass(frozen=True)
class Use:
    """A pattern and the place in the code that has it compiled. `restarts`: whether it is looked for in a text, and not
    only held against one place of it."""

    file: str
    line: int
    pattern: str
    flags: int
    restarts: bool


@dataclass(frozen=True)
class Site:
    """A call of `re`, from its first line to its last, and the name that what it compiles is given."""

    file: str
    first: int
    last: int
    function: str
    name: str | None
    literal: str | None
    flags: int


def sources() -> Iterator[tuple[str, ast.Module]]:
    """The files of both packages, parsed."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def sites() -> Iterator[Site]:
    """All calls of `re` in the syntax trees."""
    for file, tree in sources():
        named = {
            id(node.value): node.targets[0].id
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for node in ast.walk(tree):
            if _is_of_re(node):
                argument = node.args[0]
                literal = argument.value if isinstance(argument, ast.Constant) else None
                lines = node.lineno, node.end_lineno or 0
                yield Site(file, *lines, node.func.attr, named.get(id(node)), literal, _flags(node))


def _flags(call: ast.Call) -> int:
    """The flags that a call names."""
    names = [node.attr for argument in call.args[1:] for node in ast.walk(argument) if isinstance(node, ast.Attribute)]
    names += [node.attr for word in call.keywords for node in ast.walk(word.value) if isinstance(node, ast.Attribute)]
    return sum({int(getattr(re, name)) for name in names if name.isupper() and hasattr(re, name)})


def _is_of_re(node: ast.AST) -> Any:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in _FUNCTIONS
    )


def searched() -> dict[str, set[str]]:
    """The names under which patterns are used in other ways than `match(text)` and `fullmatch(text)`, for each file.

    A pattern that is tried with `match(text, place)` may be tried at every place.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for file, tree in sources():
        held = {id(node.func.value) for node in ast.walk(tree) if _is_held_once(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in held:
                found[file].add(node.id)
    return found


def _is_held_once(node: ast.AST) -> Any:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _ONE_PLACE
        and len(node.args) == 1
    )


def observed() -> list[tuple[str, int, str, int]]:
    """File, line, pattern and flags of all that `re` compiles for the packages while they are imported and used."""
    found: dict[tuple[str, int, str, int], None] = {}
    compile_ = re._compile  # type: ignore[attr-defined]

    def observing(pattern: Any, flags: int) -> Any:
        made = compile_(pattern, flags)
        caller = sys._getframe(2)
        path = Path(caller.f_code.co_filename)
        text = made.pattern if isinstance(made.pattern, str) else made.pattern.decode("latin-1")
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in PACKAGES:
            found[str(path.relative_to(ROOT)), caller.f_lineno, text, made.flags] = None
        return made

    re._compile = observing  # type: ignore[attr-defined]
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if path.name != "__main__.py":
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                importlib.import_module(name.removesuffix(".__init__"))
    _use()
    re._compile = compile_  # type: ignore[attr-defined]
    return list(found)


def _use() -> None:
    """Read a little, for the patterns that are made out of a pack."""
    from grader.language.equations import find
    from grader.notebook.headings.topics import Topics
    from grader.pack.loading import load
    from reference.recurrent.equations import NAMES

    find("", NAMES)
    pack = load()
    Topics(pack.questions, pack.vocabulary)


def uses() -> tuple[list[Use], list[Site]]:
    """All patterns, and the calls whose pattern is not known."""
    seen, loaded = observed(), searched()
    anywhere = set[str]().union(*loaded.values())
    known: list[Use] = []
    unknown: list[Site] = []
    for site in sites():
        found = {(p, flags) for file, line, p, flags in seen if file == site.file and site.first <= line <= site.last}
        if not found and site.literal is not None:
            found = {(site.literal, site.flags)}
        names = loaded[site.file] if site.name and site.name.startswith("_") else anywhere
        once = site.name not in names if site.name else site.function in _ONE_PLACE
        known += [Use(site.file, site.first, p, flags, not once) for p, flags in sorted(found)]
        unknown += [] if found else [site]
    return known, unknown


def main() -> None:
    """Print all as JSON."""
    known, unknown = uses()
    print(json.dumps({"uses": [asdict(use) for use in known], "unknown": [asdict(site) for site in unknown]}))


if __name__ == "__main__":
    main()
