"""The smallest stretches that may belong to different questions: what is between marks, headings and blank lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Literal

from grader.language.hyphens import is_cut
from grader.notebook.blocks.blocks import Block
from grader.notebook.blocks.marks import Mark, find_marks
from grader.notebook.headings.headings import Heading, headings
from grader.notebook.headings.openings import BOLD
from grader.notebook.headings.prompts import Prompts, asks

Boundary = Literal["cell", "block", "aside", "code", "paragraph", "heading", "item", "mark"]
"""What separates a unit from the one before: a new cell, a new block of prose in the cell, a comment or printed text
amid code, code, a blank line, a heading, an item of a list, or an explicit mark."""

MAX_UNITS = 6_000
"""What comes after so many units is read as no answer: nobody wrote it."""

MAX_CUTS, MAX_QUESTIONS = 500, 1_000
"""So often is one text cut, and in so many places, lines among them, is a quoted question looked for."""

TITLE_WORDS = 12

_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_HEADING_LINE = re.compile(r"^[ \t]{0,3}(?:#{1,6}[ \t]*\S[^\n]*|\*\*[^*\n]{2,80}\*\*[ \t]*(?::[ \t]*)?)$", re.MULTILINE)
_NUMBERED = re.compile(r"(?=[(\d])(?<=[\s.)?:])\(?\d{1,2}[.)][ \t]{0,3}(?=[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Unit:
    """The text of `blocks[block]` from `start` to `end`; `body` is what follows the mark.

    `prompt` is the id of the question that it quotes. `is_listed` is true for questions in a list of questions,
    `is_question` for any text that asks rather than answers, a bare heading included, `is_aside` for prose amid code.
    """

    block: int
    start: int
    end: int
    body: str
    boundary: Boundary
    mark: Mark | None = None
    prompt: str | None = None
    is_listed: bool = False
    is_question: bool = False
    is_aside: bool = False
    heading: Heading | None = None


def units_of(blocks: Sequence[Block], prompts: Prompts, is_name: Callable[[str], bool]) -> list[Unit]:
    """All units in order, at most `MAX_UNITS`; each block before that has at least one. `is_name` knows questions."""
    units: list[Unit] = []
    for index, block in enumerate(blocks):
        if len(units) >= MAX_UNITS:
            break
        first = index == 0 or blocks[index - 1].cell != block.cell
        if block.kind == "code":
            units.append(Unit(index, 0, len(block.text), block.text, "cell" if first else "code"))
        else:
            units += _units_of_prose(index, blocks, prompts, is_name, first_in_cell=first)
    return _without_lists(units[:MAX_UNITS], blocks)


def _units_of_prose(
    index: int, blocks: Sequence[Block], prompts: Prompts, is_name: Callable[[str], bool], *, first_in_cell: bool
) -> Iterator[Unit]:
    block, is_aside = blocks[index], _is_aside(index, blocks)
    marks = find_marks(block.text)
    by_start = {mark.start: mark for mark in marks}
    found = headings(block.text, by_start, is_name)
    by_line = {each.start: each for each in found}
    cuts = sorted({0, *_cuts(block.text, marks, prompts), *_around_headings(found, block.text)})[:MAX_CUTS]
    for start, end in pairwise([*cuts, len(block.text)]):
        text = block.text[start:end]
        if not text.strip():
            continue
        lead = start + len(text) - len(text.lstrip())
        mark = by_start.get(start) or by_start.get(lead)
        body = block.text[mark.end if mark and mark.end <= end else lead : end]
        line = by_line.get(start) or by_line.get(block.text.rfind("\n", 0, lead) + 1)
        heading = _HEADING_LINE.fullmatch(text.strip()) is not None or _is_heading(line, end)
        first: Boundary | None = None
        if start == 0:
            first = "cell" if first_in_cell else "aside" if is_aside else "block"
        yield Unit(
            index,
            start,
            end,
            body,
            _boundary(mark, first, heading=heading),
            mark,
            prompts.whole(body),
            is_question=_asks(text, body, mark, heading=heading, is_aside=is_aside) or prompts.whole(body) is not None,
            is_aside=is_aside,
            heading=line if line and line.start <= lead < line.end and first_of_line(block.text, lead) else None,
        )


def _around_headings(found: Sequence[Heading], text: str) -> Iterator[int]:
    for heading in found:
        yield heading.start
        if heading.is_alone:
            yield min(heading.end + 1, len(text))


def _is_heading(line: Heading | None, end: int) -> bool:
    """Whether a line stands alone over what follows, and nothing more is in its unit."""
    return line is not None and line.is_alone and line.level <= BOLD and line.end <= end <= line.end + 1


def first_of_line(text: str, at: int) -> bool:
    """Whether nothing but blanks stands before a place on its line."""
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()


def line_of(unit: Unit, blocks: Sequence[Block]) -> str:
    """The line on which a unit begins."""
    return blocks[unit.block].text[unit.start :].lstrip().partition("\n")[0]


def _is_aside(index: int, blocks: Sequence[Block]) -> bool:
    """Whether prose is amid code: a comment, printed text, or the docstring of a function or class."""
    block = blocks[index]
    if block.source in ("comment", "print"):
        return True
    later = (other for other in blocks[index + 1 : index + 50] if other.cell == block.cell and other.kind == "code")
    statement = next(later, None)
    return block.source == "docstring" and statement is not None and statement.first_line < block.first_line


def _asks(text: str, body: str, mark: Mark | None, *, heading: bool, is_aside: bool) -> bool:
    """Whether a unit is a question in the student's words, a title, or a mark with nothing behind it."""
    if heading and len(body.split()) <= TITLE_WORDS and (text.lstrip().startswith("#") or mark is not None):
        return True
    if mark is not None and not body.strip(" *_:#.-\n"):
        return True
    # "Define an RNN layer" is what comments in code sound like.
    return asks(body) and (mark is not None or not is_aside)


def _boundary(mark: Mark | None, first: Boundary | None, *, heading: bool) -> Boundary:
    if mark and mark.strength == "strong":
        return "mark"
    if first == "cell" or (first and not (heading or (mark and mark.strength == "heading"))):
        return first
    if heading or (mark and mark.strength == "heading"):
        return "heading"
    return "item" if mark else "paragraph"


def _cuts(text: str, marks: Sequence[Mark], prompts: Prompts) -> Iterator[int]:
    """Where a text may be cut: before marks, at paragraphs, around headings, and around quoted questions."""
    yield from (mark.start for mark in marks)
    yield from (match.end() for match in _PARAGRAPH.finditer(text))
    for match in _HEADING_LINE.finditer(text):
        yield from (match.start(), min(match.end() + 1, len(text)))
    yield from _around_questions(text, marks, prompts)


def _around_questions(text: str, marks: Sequence[Mark], prompts: Prompts) -> Iterator[int]:
    start = 0
    ends = {mark.start: mark.end for mark in marks}
    for line in text.split("\n", MAX_QUESTIONS)[:MAX_QUESTIONS]:
        end = start + len(line)
        body = ends.get(start, start)
        if body < end and not is_cut(line) and prompts.whole(text[body:end]):
            yield from (start, min(end + 1, len(text)))
        start = end + 1
    # Questions whose line breaks were lost: "1. Explain RNN cell. 2. Explain BPTT 3. Explain ..."
    numbered = list(islice(_NUMBERED.finditer(text), MAX_QUESTIONS))
    for position in sorted({0, *ends.values(), *(match.end() for match in numbered)})[:MAX_QUESTIONS]:
        quoted = prompts.start(text[position : position + 300])
        if quoted:
            yield position + quoted[1]
    inside = {position for mark in marks for position in range(mark.start + 1, mark.end)}
    for match in numbered:
        after = text[match.end() : match.end() + 300]
        if match.start() not in inside and (prompts.start(after) or prompts.begins_with_title(after)):
            yield match.start()


def _without_lists(units: list[Unit], blocks: Sequence[Block]) -> list[Unit]:
    """Questions that follow one another within a cell, with no answer in between, are a list of questions."""
    result = list(units)
    run: list[int] = []
    for position, unit in enumerate(units):
        if run and not (unit.is_question and blocks[unit.block].cell == blocks[units[run[-1]].block].cell):
            _mark_list(result, run)
            run = []
        if unit.is_question:
            run.append(position)
    _mark_list(result, run)
    return result


def _mark_list(units: list[Unit], run: Sequence[int]) -> None:
    """A heading over a question is not a list: at least two different questions must be asked."""
    asked = {units[index].prompt or _number(units[index]) for index in run if units[index].body.strip()}
    if len(asked - {None}) > 1:
        for index in run:
            units[index] = replace(units[index], is_listed=True)


def _number(unit: Unit) -> int | None:
    return unit.mark.number if unit.mark else None
