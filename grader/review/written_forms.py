"""Which sentences, equations and programs are the same but for how they are written: one decision settles them all.

Each text has a form; equal forms are one group. Sentences besides are near each other where one word differs by one
letter, which is a slip of the pen. More is not taken for the same: "the forget gate" and "the input gate" are two
things, and so are what holds and what does not.
"""

from __future__ import annotations

import ast
import builtins
import io
import tokenize
from collections.abc import Hashable, Iterator
from functools import lru_cache

from grader.language.equations import Equation, parse, to_text
from grader.language.prose.wordings import Form

SHORTEST_WORD = 5
"""A word of fewer letters that differs by one is another word."""
MOST_NEAR = 64
"""With so many leaders that are the same but for one word a sentence is compared, which keeps the time linear."""
MOST_KEPT = 8_192
"""Forms that are kept, since the queue is put in order anew after each decision."""
LONGEST = 20_000
"""Characters of code whose structure is looked at; longer code is the same where its text is."""


@lru_cache(maxsize=MOST_KEPT)
def of_equation(text: str) -> Form:
    """An equation as it is read, whatever it was written in; its letters where it cannot be read."""
    found = parse(text)
    return (to_text(found),) if isinstance(found, Equation) else tuple(text.split())


@lru_cache(maxsize=MOST_KEPT)
def of_code(source: str) -> Form:
    """The structure of a program: without comments, blanks, docstrings, and the names that it gives itself."""
    if len(source) > LONGEST:
        return (source,)
    try:
        tree = ast.parse(_without_magics(source))
        own = {name: f"n{number}" for number, name in enumerate(dict.fromkeys(_given(tree)))}
        return (ast.dump(_Renamed(own).visit(tree)),)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return (_without_comments(source),)


def _given(tree: ast.AST) -> Iterator[str]:
    """The names that a program gives, in the order of its text, those of the language aside."""
    for node in ast.walk(tree):
        name = None
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            name = node.id
        elif isinstance(node, ast.arg):
            name = node.arg
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            name = node.name
        if name is not None and not hasattr(builtins, name):
            yield name


class _Renamed(ast.NodeTransformer):
    """The same program with other names, and without what only explains it."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self._names.get(node.id, node.id), node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return ast.arg(self._names.get(node.arg, node.arg))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name = self._names.get(node.name, node.name)
        return self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.name = self._names.get(node.name, node.name)
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        is_text = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return ast.Pass() if is_text else self.generic_visit(node)


def _without_magics(source: str) -> str:
    return "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines())


def _without_comments(source: str) -> str:
    """The words of what is no program, as far as they can be told; all of it where they cannot."""
    words, end = list[str](), 0
    try:
        for each in tokenize.generate_tokens(io.StringIO(source).readline):
            end = each.end[0]
            words += [each.string] if each.type != tokenize.COMMENT and each.string.strip() else []
    except (tokenize.TokenError, SyntaxError, ValueError):
        words += " ".join(source.splitlines()[end:]).split()
    return " ".join(words)


class Leaders:
    """Forms of sentences as they come, each led to the first that is the same or near; in linear time.

    Only the first of a group is compared with, so that no chain of slips leads from one sentence to another.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[Hashable, Form], Form] = {}
        self._but_one: dict[tuple[Hashable, int, Form], list[Form]] = {}

    def leader(self, about: Hashable, form: Form) -> Form:
        """The form that leads the group of this one, among those about the same."""
        if (about, form) in self._known:
            return self._known[about, form]
        found = next((each for each in self._near(about, form)), None)
        self._known[about, form] = found or form
        if found is None:
            for place in range(len(form)):
                key = (about, place, (*form[:place], *form[place + 1 :]))
                near = self._but_one.setdefault(key, [])
                if len(near) < MOST_NEAR:
                    near.append(form)
        return found or form

    def _near(self, about: Hashable, form: Form) -> Iterator[Form]:
        for place in range(len(form)):
            for other in self._but_one.get((about, place, (*form[:place], *form[place + 1 :])), ()):
                if is_slip(form[place], other[place]):
                    yield other


def is_slip(one: str, other: str) -> bool:
    """Whether two words are one, written with one letter more, less, exchanged, or in another place."""
    from rapidfuzz.distance import OSA

    long = min(len(one), len(other)) >= SHORTEST_WORD and one[0] == other[0]
    return long and (one + other).isalpha() and OSA.distance(one, other, score_cutoff=1) == 1
