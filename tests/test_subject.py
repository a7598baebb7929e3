"""The engine and its subject: nothing in grader/ and in templates/ speaks of recurrent networks, outside of remarks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.grades import ROOT

SUBJECT = re.compile(
    r"lstm|(?<![a-z])(?:bi)?grus?(?![a-z])|rnn|bptt|peephole|recurren|bi-?directional|unroll|forget|vanish|explod"
    r"|(?<![a-z])gates?(?![a-z])|time[ _-]?steps?|hidden[ _-]states?|cell[ _-]states?"
)
"""In lower case, the words of a name parted by underscores."""

OTHERS = {
    # The adapter of Keras has its own list of what Keras calls things, and lies in the student's kernel.
    "grader/probe/": "the probe knows Keras's layers by their names",
    "grader/kernel/generation.py": "names of modules and classes that are in one generation of Keras alone",
    # The same letters, another thing.
    "grader/notebook/outline/corrections.py": "an earlier answer that is to be forgotten",
    "grader/kernel/talk/gate.py": "a gate before a socket",
    "grader/kernel/talk/channels.py": "a gate before a socket",
    "grader/kernel/kernel.py": "a gate before a socket",
}
"""Files, and folders, in which such a word is not of the subject; and what it is of."""


def parted(name: str) -> str:
    """A name in lower case, its words parted by underscores."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def remarks(tree: ast.AST) -> set[int]:
    """The docstrings of a module, and what stands as one under a name."""
    bodies = (getattr(node, "body", None) for node in ast.walk(tree))
    alone = (each for body in bodies if isinstance(body, list) for each in body if isinstance(each, ast.Expr))
    return {id(each.value) for each in alone if isinstance(each.value, ast.Constant)}


def words_in(path: Path) -> Iterator[str]:
    """All names and strings of a file that are no remarks."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = remarks(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.alias(name=name, asname=other):
                yield from filter(None, (name, other))
            case ast.Constant(value=str(text)) if id(node) not in skipped:
                yield text


def spoken(path: Path) -> set[str]:
    """The words of the subject in a file and in its name."""
    texts = [path.name, *(words_in(path) if path.suffix == ".py" else [path.read_text(encoding="utf-8")])]
    return {found[0] for text in texts for found in SUBJECT.finditer(parted(text))}


def files() -> Iterator[tuple[str, Path]]:
    """The files of the engine and of its templates."""
    for folder, pattern in (("grader", "*.py"), ("templates", "*")):
        for path in sorted((ROOT / folder).rglob(pattern)):
            if path.is_file() and path.suffix != ".pyc":
                yield path.relative_to(ROOT).as_posix(), path


def test_the_engine_does_not_speak_of_its_subject() -> None:
    """Is every word of recurrent networks in the pack?"""
    found = {name: spoken(path) for name, path in files() if not name.startswith(tuple(OTHERS))}
    assert {name: words for name, words in found.items() if words} == {}


def test_the_words_are_found() -> None:
    """Is a word seen in names and strings, however they are put together, and are those of others left alone?"""
    for text in ("LSTMCell", "is_gate", "TimeSteps", "BiGRU", "the hidden states", "SimpleRNN", "_GATES", "unrolled"):
        assert SUBJECT.search(parted(text)), text
    for text in (
        "navigate",
        "propagate",
        "investigate",
        "SURROGATE",
        "grunt",
        "hidden",
        "state",
        "congruent",
        "Sequence",
    ):
        assert not SUBJECT.search(parted(text)), text
