"""Texts within code that is named after questions: the docstring of `def answer_4():`, the value of `answer_4`."""

from __future__ import annotations

from collections.abc import Sequence

from grader.notebook.blocks.blocks import Block
from grader.notebook.blocks.called import called_by_assignment, called_by_definition, called_by_name, key_of
from grader.notebook.headings.labels import Label

FAR = 50
"""Within so many blocks of a text stands the function that it is in."""


def label_of_function(index: int, blocks: Sequence[Block]) -> Label | None:
    """The number in the name of the function or variable whose first text is `blocks[index]`; None for other text."""
    block = blocks[index]
    statement = next(
        (other for other in blocks[index + 1 : index + FAR] if other.cell == block.cell and other.kind == "code"), None
    )
    if statement is None or statement.first_line > block.first_line:
        return None
    lines = statement.text.split("\n")
    if (key := key_of_text(index, blocks)) and (called := called_by_name(key) or called_by_name(f"q{key}")):
        return _label(called)
    if statement.first_line == block.first_line:
        return _label(called_by_assignment(lines[0]) if block.source == "docstring" else None)
    before = blocks[index - 1] if index else None
    if before and before.cell == block.cell and before.last_line >= statement.first_line:
        return None
    return _label(next((called for line in lines[:FAR] if (called := called_by_definition(line))), None))


def key_of_text(index: int, blocks: Sequence[Block]) -> str:
    """The key of the text `blocks[index]` in a dictionary; empty for other text."""
    block = blocks[index]
    statement = next(
        (other for other in blocks[index + 1 : index + FAR] if other.cell == block.cell and other.kind == "code"), None
    )
    if block.source != "docstring" or statement is None or not statement.first_line <= block.first_line:
        return ""
    lines = statement.text.split("\n")
    at = block.first_line - statement.first_line
    return key_of(lines[at]) if at < len(lines) else ""


def _label(called: tuple[int, bool] | None) -> Label | None:
    return None if called is None else Label("letter" if called[1] else "word", called[0])
