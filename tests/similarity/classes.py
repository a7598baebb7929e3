"""Honest answers of the project's corpora as a class, and copies of them in disguise."""

from __future__ import annotations

import importlib
import io
import json
import keyword
import random
import tokenize
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import nbformat

from grader.similarity.lexing import own_names, raw
from grader.similarity.works import Source
from reference.pack import assignment
from tests.grades import ROOT

Cells = list[Source]
PROSE = ROOT / "tests" / "language" / "prose" / "corpus" / "examiner" / "tune"
TEXTS = ("shared_prose", "later_explanations", "explanations", "first_readings")
OTHERS = sorted((ROOT / "tests" / "corpus" / "others").glob("*_tune.json"))
PROMPTS = [question.prompt for question in assignment.questions]


def cells(parts: Sequence[tuple[bool, str]]) -> Cells:
    return [Source(number, is_code, text) for number, (is_code, text) in enumerate(parts, start=1)]


def of_notebook(path: Path) -> Cells:
    found = nbformat.read(path, 4).cells
    return cells([(cell.cell_type == "code", cell.source) for cell in found])


def whole() -> dict[str, Cells]:
    """Notebooks that were written as one: each by somebody else."""
    paths = [*(ROOT / "tests" / "corpus" / "whole").glob("*.ipynb"), *(ROOT / "submissions").rglob("*.ipynb")]
    return {f"whole {path.parent.name} {path.stem}": of_notebook(path) for path in sorted(paths)}


def assembled() -> dict[str, Cells]:
    """As many notebooks as there are answers to every question, each of which stands in one of them alone."""
    answers = [list(_answers(number)) for number in range(1, 11)]
    made = {}
    for place, given in enumerate(zip(*answers, strict=False)):
        parts = [part for number, own in enumerate(given, start=1) for part in _with_heading(number, own)]
        made[f"assembled {place}"] = cells(parts)
    return made


def _with_heading(number: int, answer: tuple[str, str]) -> list[tuple[bool, str]]:
    prose, code = answer
    return [(False, f"## Question {number}\n\n{PROMPTS[number - 1]}"), (False, prose), (True, code)]


def _answers(number: int) -> Iterator[tuple[str, str]]:
    corpus = importlib.import_module(f"tests.corpus.q{number:02}")
    codes = [right.code for right in corpus.RIGHT.values()]
    for path in OTHERS:
        codes += [each["code"] for each in json.loads(path.read_text(encoding="utf-8")) if each["q"] == number]
    texts = []
    for name in TEXTS:
        entries = json.loads((PROSE / f"{name}.json").read_text(encoding="utf-8"))
        texts += [each["text"] for each in entries if each["q"] == number]
    yield from zip(texts, codes, strict=False)


def renamed(given: Cells, rng: random.Random) -> Cells:
    """The same with another name for each that the code gives, and numbers that are others."""
    own = {name for cell in given if cell.is_code for name in own_names(raw(cell.text))}
    names = {name: f"{rng.choice('abcdefgh')}_{at}" for at, name in enumerate(sorted(own))}
    return [cell if not cell.is_code else Source(cell.number, True, _renamed(cell.text, names, rng)) for cell in given]


def _renamed(code: str, names: dict[str, str], rng: random.Random) -> str:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    except (tokenize.TokenError, SyntaxError):
        return code
    made = []
    for token in tokens:
        text = token.string
        if token.type == tokenize.NAME and not keyword.iskeyword(text):
            text = names.get(text, text)
        elif token.type == tokenize.NUMBER and text.isdecimal() and rng.random() < 0.5:
            text = str(int(text) + 1)
        made.append((token.type, text))
    return tokenize.untokenize(made)


def recommented(given: Cells, rng: random.Random) -> Cells:
    """The same with comments of another's, and without blank lines."""
    made = []
    for cell in given:
        lines = [line for line in cell.text.split("\n") if line.strip() and not line.strip().startswith("#")]
        text = "\n".join(
            f"{line}  # step {rng.randrange(99)}" if line.rstrip().endswith(")") else line for line in lines
        )
        made.append(Source(cell.number, True, text) if cell.is_code else cell)
    return made


def reordered(given: Cells, rng: random.Random) -> Cells:
    """The same cells in another order."""
    return cells([(cell.is_code, cell.text) for cell in rng.sample(given, len(given))])


def half(given: Cells, other: Cells, rng: random.Random) -> Cells:
    """Half of the cells of one, and half of another's."""
    kept = rng.sample(given, len(given) // 2) + rng.sample(other, len(other) // 2)
    return cells([(cell.is_code, cell.text) for cell in kept])


DISGUISES: dict[str, Callable[[Cells, random.Random], Cells]] = {
    "as it is": lambda given, rng: given,
    "renamed": renamed,
    "recommented": recommented,
    "reordered": reordered,
    "all of it": lambda given, rng: reordered(renamed(recommented(given, rng), rng), rng),
    "code alone": lambda given, rng: renamed([cell for cell in given if cell.is_code], rng),
    "prose alone": lambda given, rng: reordered([cell for cell in given if not cell.is_code], rng),
}
