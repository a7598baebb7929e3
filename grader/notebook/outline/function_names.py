"""Functions that are named after questions: `def answer_4():`, whose docstring is the answer, or `def part_d():`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.notebook.blocks.blocks import Block
from grader.notebook.headings.labels import Label

FAR = 50
"""Within so many blocks of a text stands the function that it is in."""

_WORDS = (
    "question|answer|ans|task|exercise|problem|solution|sol|part|item|q|a|ex|frage|aufgabe|antwort|pregunta|ejercicio|"
    "respuesta|exercice|reponse"
)
_NAME = re.compile(
    rf"(?:async[ ])?(?:def|class)[ ]{{1,4}}(?:(?:{_WORDS})_?){{0,2}}(?:(?<=[a-z_])0?(?P<number>\d{{1,2}})|"
    r"(?:(?<=_)|(?<= ))(?P<letter>[a-j]))(?=_|\b)",
    re.IGNORECASE,
)


def label_of_function(index: int, blocks: Sequence[Block]) -> Label | None:
    """The number in the name of the function whose first text is `blocks[index]`; None for other text."""
    block = blocks[index]
    statement = next(
        (other for other in blocks[index + 1 : index + FAR] if other.cell == block.cell and other.kind == "code"), None
    )
    if statement is None or statement.first_line >= block.first_line:
        return None
    before = blocks[index - 1] if index else None
    if before and before.cell == block.cell and before.last_line >= statement.first_line:
        return None
    found = next((match for line in statement.text.split("\n")[:FAR] if (match := _NAME.match(line))), None)
    if found is None:
        return None
    if found["number"]:
        return Label("word", int(found["number"]))
    return Label("letter", ord(found["letter"].lower()) - ord("a") + 1)
