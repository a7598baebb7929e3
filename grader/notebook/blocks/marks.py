"""Explicit marks: the places where a student says which question is being answered ("Ans 3:-", "## 3.", "Q no 3")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Strength = Literal["strong", "heading", "weak"]

NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in a text, from `start` (its decoration included) to `end`, where the marked text begins.

    `strong` marks have a word for it ("Ans 3", "Q3)"), or are the tag of a cell. `heading` marks are numbers in a
    Markdown heading or in bold. `weak` ones are bare numbers ("3."), as any list has them. `number` is None for
    "Ans:-" alone.
    """

    start: int
    end: int
    number: int | None
    strength: Strength


_DECORATION = r"[ \t>*_`'\"•|#\-–—]{0,12}(?:@(?:title|markdown)[ \t]{1,4})?"
_NUMBER = rf"(?P<number>\d{{1,2}}(?!\d)|(?:{'|'.join(NUMBER_WORDS)})\b)"
_PART = r"(?:\.\d{1,2}(?!\d)|[ ]?\(?[a-e]\)?(?![\w']))?"
_CLOSING = r"[ \t]{0,3}(?:\*\*|__)?[ \t]{0,3}[\])}:.\-–—=>]{0,4}(?:\*\*|__)?[ \t:\-–—]{0,4}"
_DELIMITER = r"[ \t]{0,3}(?:\*\*|__)?[ \t]{0,3}[\]):.\-–—=>]{1,4}(?:\*\*|__)?[ \t:\-–—]{0,4}"
_OF = r"(?:[ ]?(?:to|of|for)[ ])?(?:[ ]?(?:the[ ])?(?:question|ques|que|q)(?![a-z]))?"
_SIGN = r"[ \t]{0,3}[.:(\[#\-–_]{0,2}[ \t]{0,3}"
_NO = rf"(?![ \t]?[:\-–—][ \t]){_SIGN}(?:(?:no|num|number|nr)\b[.:]?)?{_SIGN}"
_ANSWER = r"(?:answer|ans|solution|soln|sol)"
_QUESTION = r"(?:question|quest|ques|que|qns?|qstn|q|problem|exercise|task)"

_AT_LINE_START = re.compile(
    rf"^{_DECORATION}(?:(?:{_ANSWER}|{_QUESTION})(?![a-z]){_OF}{_NO}{_NUMBER}{_PART}{_CLOSING}"
    rf"|(?:{_ANSWER}|{_QUESTION})(?P<glued>\d{{1,2}})(?!\d){_PART}{_CLOSING}"
    rf"|a[ ]?-?(?P<short>\d{{1,2}})[ ]?(?:[:)\]]|[.\-](?=[\s:\-])){{1,3}}[ \t]{{0,3}})",
    re.IGNORECASE | re.MULTILINE,
)
_UNNUMBERED = re.compile(
    rf"(?:^{_DECORATION}|(?<=[.?!:)\]*])[ \t]{{0,3}}(?:\*\*)?){_ANSWER}(?:\*\*)?[ ]?[.]?[ ]?(?:[:=]|[\-–—](?!\w))"
    rf"[:=>*\-–— \t]{{0,6}}",
    re.IGNORECASE | re.MULTILINE,
)
# Inside a line, where line breaks were lost: after the end of a sentence, or glued to the word before.
_INLINE = re.compile(
    rf"(?:(?<=[.?!:;)\]}}\"'*>|])[ \t]{{0,8}}(?:\*\*|__)?"
    rf"|(?<=[a-z\d])[ \t]{{1,8}}(?:\*\*|__)?(?-i:(?=[AQSPTE]))|(?-i:(?<=[a-z\d])(?=[AQS][a-z]|Q\d)))"
    rf"(?:(?:{_ANSWER}|{_QUESTION})(?![a-z]){_OF}{_NO}{_NUMBER}"
    rf"|(?:{_ANSWER}|{_QUESTION})(?P<glued>\d{{1,2}})(?!\d))"
    rf"{_PART}{_DELIMITER}",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(in|see|to|from|of|and|or|as|per|by|with|the|this|that|like|under|both|than|my|our|cf|for|on|above|"
    r"previous|next|last|refer|using|also|question)[ \t(\[\"']*$",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"^[ \t>]{0,6}(?:#{1,6}[ \t]{0,3}(?:\*\*|__)?[ \t]{0,3}\(?(?P<number>\d{1,2})(?![\d%]|\.\d)(?![ \t]?[a-z]{2,})"
    r"(?:[ \t]{0,2}[).:\-–—\]]{0,3})"
    r"|(?:\*\*|__)[ \t]{0,3}\(?(?P<bold>\d{1,2})[ \t]?[).:\-–—\]]{1,3}(?!\d))(?:\*\*|__)?[ \t]{0,4}",
    re.MULTILINE,
)
_WEAK = re.compile(
    r"^[ \t>]{0,8}(?:\((?P<round>\d{1,2})\)|(?P<number>\d{1,2})[ ]?[).:\]](?!\d)|(?P<dash>\d{1,2})[ ]?-(?=[ :]))"
    r"(?:[:\-–—]{1,2}|(?=[\s*_A-Za-z\"'(\[]|$))[ \t]{0,4}",
    re.MULTILINE,
)
_NUMBERED = re.compile(r"(?=[(\d])(?:(?<=[\w.?!:;)*]\s)|(?<=[.?!]))\(?(?P<number>\d{1,2})[.)][ \t]{0,3}(?=[A-Z*])")
RUN = 3
"""So many numbers within lines, 1, 2, 3, ..., are a list whose line breaks were lost."""

# Without such a number, or such a word, there is no mark of some kind: they are looked for first.
_DIGIT = re.compile(r"\d")
_NUMBERED_SOMEHOW = re.compile(rf"\d|(?:{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)
_NAMED = re.compile("ans|sol|q|problem|exercise|task", re.IGNORECASE)
_TAG = re.compile(r"^(?:q|question|ans|answer|a)[ _:.\-]?0*(\d{1,2})$", re.IGNORECASE)


def find_marks(text: str) -> tuple[Mark, ...]:
    """All marks in a text, in order, without overlaps; where two overlap, the stronger one counts."""
    found: list[Mark] = []
    taken = bytearray(len(text))
    for mark in _candidates(text):
        if not any(taken[mark.start : mark.end]):
            found.append(mark)
            taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    return tuple(sorted(found, key=lambda mark: mark.start))


def tag_number(tags: Iterable[str]) -> int | None:
    """The question that a cell is tagged with ("q3", "answer-3"), if its tags name just one."""
    numbers = {int(match[1]) for tag in tags if (match := _TAG.match(tag.strip()))}
    return numbers.pop() if len(numbers) == 1 else None


def _candidates(text: str) -> Iterator[Mark]:
    is_named = _NAMED.search(text) is not None
    if _NUMBERED_SOMEHOW.search(text):
        for match in _AT_LINE_START.finditer(text):
            yield _mark(match, "strong")
        for match in _INLINE.finditer(text) if is_named else ():
            if not _REFERENCE.search(text, max(0, match.start() - 20), match.start()):
                yield _mark(match, "strong")
    for match in _UNNUMBERED.finditer(text) if is_named else ():
        yield Mark(match.start(), match.end(), None, "strong")
    if _DIGIT.search(text):
        yield from _bare(text)


def _bare(text: str) -> Iterator[Mark]:
    """Those that are nothing but a number."""
    for match in _HEADING.finditer(text):
        yield _mark(match, "heading")
    items = [_mark(match, "weak") for match in _WEAK.finditer(text)]
    yield from items
    yield from _run(text, items)


def _run(text: str, items: Iterable[Mark]) -> Iterator[Mark]:
    """Numbers inside lines that count up from 1, or go on with what `items` at the beginnings of lines began."""
    run: list[Mark] = []
    within = [_mark(match, "weak") for match in _NUMBERED.finditer(text)]
    began = {mark.start for mark in items}
    for mark in sorted([*items, *within], key=lambda mark: mark.start):
        if mark.number == len(run) + 1:
            run.append(mark)
    if len(run) >= RUN:
        yield from (mark for mark in run if mark.start not in began)


def _mark(match: re.Match[str], strength: Strength) -> Mark:
    digits = next(value for value in match.groupdict().values() if value)
    word = digits.lower()
    number = NUMBER_WORDS.index(word) + 1 if word in NUMBER_WORDS else int(digits)
    return Mark(match.start(), match.end(), number, strength)
