"""Right notebooks written again as outlines: in other headings, other cells, another order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from grader.notebook.reading.read import read
from grader.notebook.segment import segment
from grader.pack.loading import load
from tests.grades import ROOT
from tests.notebook.writing import Draft, code, md

SOURCES = (
    "reference/answers.ipynb",
    "submissions/complete/assignment3_functional.ipynb",
    "submissions/wrong_everywhere/assignment_final_FINAL.ipynb",
)


@dataclass(frozen=True)
class Answer:
    """One answer: its question, its paragraphs without headings, and its program."""

    number: int
    title: str
    prompt: str
    paragraphs: tuple[str, ...]
    program: str


@cache
def answers(source: str) -> tuple[Answer, ...]:
    """The answers of a notebook of ours, as it stands."""
    pack, notebook = load(), read(ROOT / Path(source))
    found = segment(notebook, pack)
    result = []
    for question in pack.questions:
        blocks = found.answer(question.id)
        prose = "\n\n".join(block.text for block in blocks.prose if block.source == "markdown")
        programs = [notebook.cells[index].source for index in sorted({block.cell for block in blocks.code})]
        paragraphs = tuple(text.strip() for text in re.split(r"\n\s*\n", prose) if text.strip() and text[0] != "#")
        result.append(Answer(question.number, question.title, question.prompt, paragraphs, "\n".join(programs)))
    return tuple(each for each in result if each.paragraphs)


ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
KEYCAPS = ("", *(f"{n}\ufe0f\u20e3" for n in range(1, 10)), "\U0001f51f")
Line = Callable[[int, Answer], str]

HEADINGS: dict[str, Line] = {
    "number and title": lambda n, a: f"## {n}. {a.title}",
    "question": lambda n, a: f"### Q{n}. {a.prompt}",
    "question 4": lambda n, a: f"## Question {n}: {a.title}",
    "title": lambda n, a: f"## {a.title}",
    "prompt": lambda n, a: f"# {a.prompt}",
    "bold": lambda n, a: f"**{n}. {a.title}**",
    "bold title": lambda n, a: f"**{a.title}**",
    "html": lambda n, a: f"<h2>{n}) {a.title}</h2>",
    "html title": lambda n, a: f"<h3><b>{a.title}</b></h3>",
    "setext": lambda n, a: f"{n}. {a.title}\n-------",
    "setext title": lambda n, a: f"{a.title}\n=====",
    "quoted": lambda n, a: f"> **{n}. {a.prompt}**",
    "quoted prompt": lambda n, a: f"> {a.prompt}",
    "plain": lambda n, a: f"Q{n}) {a.prompt}",
    "list": lambda n, a: f"{n}. {a.prompt}",
    "answer": lambda n, a: f"Ans {n}:-",
    "solution": lambda n, a: f"**Solution to Q{n}**",
    "task": lambda n, a: f"#### Task {n} - {a.title}",
    "roman": lambda n, a: f"## {ROMAN[n]}. {a.title}",
    "letter": lambda n, a: f"### {'abcdefghij'[n - 1]}) {a.title}",
    "keycap": lambda n, a: f"## {KEYCAPS[n]} {a.title}",
    "bare number": lambda n, a: f"### {n}",
    "foreign word": lambda n, a: f"## Aufgabe {n}",
    "summary": lambda n, a: f"<details><summary>{n}. {a.title}</summary>",
    "decimal": lambda n, a: f"## 3.{n} {a.title}",
    "rule and title": lambda n, a: f"---\n\n### {n} - {a.title}",
}
NUMBER_ALONE = {"answer", "solution", "bare number", "foreign word"}

PARTS: dict[str, Callable[[int], str]] = {
    "none": lambda k: "",
    "numbered": lambda k: f"#### {k}. {PART_NAMES[k % len(PART_NAMES)]}",
    "unnumbered": lambda k: f"#### {PART_NAMES[k % len(PART_NAMES)]}",
    "bold": lambda k: f"**{PART_NAMES[k % len(PART_NAMES)]}**",
    "bold numbered": lambda k: f"**{k}. {PART_NAMES[k % len(PART_NAMES)]}:**",
    "bullet": lambda k: f"- {PART_NAMES[k % len(PART_NAMES)]}:",
    "item": lambda k: f"{k}) {PART_NAMES[k % len(PART_NAMES)]}:",
    "step": lambda k: f"##### Step {k}",
}
PART_NAMES = ("Idea", "Details", "Remarks", "Advantages", "How it works", "Limits", "In short", "Example")


@dataclass(frozen=True)
class Style:
    """How a notebook is laid out."""

    heading: str
    part: str
    cells: str
    code: str
    top: str
    carrier: str = "markdown"

    def __str__(self) -> str:
        return ", ".join((self.heading, self.part, self.cells, self.code, self.top, self.carrier))


CELLS = ("one for each answer", "heading alone", "one for each paragraph", "one for all")
CODE = ("after", "between", "first", "at the end", "none")
TOPS = ("nothing", "title", "contents", "questions", "imports", "references")


def styles(count: int, seed: int) -> list[Style]:
    """A sample of styles; every heading occurs."""
    random = Random(seed)
    result = []
    for index in range(count):
        heading = list(HEADINGS)[index % len(HEADINGS)]
        carrier = random.choice(("markdown",) * 5 + ("comment", "docstring", "print"))
        cells = random.choice(CELLS)
        style = Style(heading, random.choice(list(PARTS)), cells, random.choice(CODE), random.choice(TOPS), carrier)
        result.append(_possible(style))
    return result


def _possible(style: Style) -> Style:
    """The nearest style that somebody could mean: what is in code is plain text, and one cell has no code within."""
    heading, part, cells, placed = style.heading, style.part, style.cells, style.code
    if style.carrier != "markdown":
        heading = heading if heading in {"plain", "list", "answer", "solution"} else "plain"
        part, cells, placed = "none", "one for each answer", "after" if placed != "none" else "none"
    if cells == "one for all":
        placed = "at the end" if placed != "none" else "none"
        part = "none" if heading in {"bold title", "list"} else part
    if heading in {"list", "plain", "answer"} and part == "item":
        part = "bullet"
    return Style(heading, part, cells, placed, style.top, style.carrier)


def outlined(given: Sequence[Answer], style: Style, numbers: Sequence[int] | None = None) -> list[Draft]:
    """The notebook in this style. `numbers` are those that the headings have, if not the questions' own."""
    numbers = numbers or [answer.number for answer in given]
    cells = _top(given, style)
    for number, answer in zip(numbers, given, strict=True):
        cells += _answer(number, answer, style)
    if style.cells == "one for all":
        texts = [cell.source for cell in cells if cell.type == "markdown"]
        cells = [*(cell for cell in cells if cell.type == "code"), md("\n\n".join(texts))]
    if style.code == "at the end":
        cells.append(md("# Code"))
        labels = zip(numbers, given, strict=True)
        cells += [code(f"# Q{n}: {answer.title}\n{answer.program}") for n, answer in labels if answer.program]
    if style.top == "references":
        cells.append(md("# References\n- lecture notes\n- the documentation"))
    return cells


def _top(given: Sequence[Answer], style: Style) -> list[Draft]:
    match style.top:
        case "title":
            return [md("# Assignment 3\nName: A. Student")]
        case "contents":
            return [md("# Contents\n" + "\n".join(f"- [{a.number}. {a.title}](#q{a.number})" for a in given))]
        case "questions":
            return [md("Questions\n\n" + "\n".join(f"{a.number}. {a.prompt}" for a in given))]
        case "imports":
            return [code("import numpy as np\nimport tensorflow as tf")]
    return []


def _answer(number: int, answer: Answer, style: Style) -> list[Draft]:
    heading = HEADINGS[style.heading](number, answer)
    texts = [_part(k, text, style) for k, text in enumerate(answer.paragraphs, 1)]
    program = [code(answer.program)] if answer.program else []
    if style.carrier != "markdown":
        return [
            _in_code(f"{heading}\n\n" + "\n\n".join(texts), style.carrier),
            *(program if style.code == "after" else []),
        ]
    match style.cells:
        case "heading alone":
            cells = [md(heading), md("\n\n".join(texts))]
        case "one for each paragraph":
            cells = [md(heading), *map(md, texts)]
        case _:
            cells = [md(f"{heading}\n\n" + "\n\n".join(texts))]
    match style.code:
        case "after":
            return [*cells, *program]
        case "between" if len(cells) > 1:
            return [*cells[:-1], *program, cells[-1]]
        case "first" if len(cells) > 1:
            return [cells[0], *program, *cells[1:]]
        case "first" | "between":
            return [*cells, *program]
    return cells


def _part(k: int, text: str, style: Style) -> str:
    line = PARTS[style.part](k)
    return f"{line}\n\n{text}" if line else text


def _in_code(text: str, carrier: str) -> Draft:
    text = text.replace("\\", "").replace('"""', "")
    if carrier == "comment":
        return code("\n".join(f"# {line}" if line else "#" for line in text.split("\n")))
    return code(f'"""{text}"""' if carrier == "docstring" else f'print("""{text}""")')
