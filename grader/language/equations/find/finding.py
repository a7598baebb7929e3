"""Finding the equations in what a student wrote: prose, Markdown, LaTeX, docstrings and lines that look like code.

An equation is found at its equals sign: to the left of it must stand a single symbol, and to the right it goes as
far as what follows can belong to an equation. Whether it can be read as a whole is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import NamedTuple

from grader.language.equations.find.definitions import functions
from grader.language.equations.find.extent import MAX_RIGHT, is_mathematics, right_side
from grader.language.equations.find.parts import parts
from grader.language.equations.find.prepare import NO_NAMES, Names, Prepared, prepare
from grader.language.equations.find.regions import Region, regions
from grader.language.equations.find.settings import settings
from grader.language.equations.find.stacked import stacked
from grader.language.equations.find.standing import Standing, standings
from grader.language.equations.find.words_beside import label_of
from grader.language.equations.read.expressions import Symbol
from grader.language.equations.read.scan import Scanner, is_latex
from grader.language.equations.read.tokens import Token, Unread
from grader.language.visible import visible

MAX_FOUND = 300
MAX_SIGNS = 1_000
_MAX_LEFT = 64
_MAX_CALL = 200

_EQUALS = re.compile(
    r"(?<![=!<>+\-*/%&|^~])(?:=(?![=>~])|:=)|[≔←≜]|\\(?:leftarrow|gets|triangleq|coloneqq)\b|&\s*=(?!=)"
    r"|(?<=\s)<-(?=\s)"
)
_ROW_ENDS = ("\\\\", "\\quad", "\\qquad", "\n")


@dataclass(frozen=True, slots=True)
class EquationText:
    """An equation as it was written: `text` is original[start:end] without markup. `label` are the words beside it.

    `title` are those of them that announce it: a heading, or words with a colon. `standing` is how the words around it
    have it: a draft, the version that counts, wrong, or nothing of the kind; `version` how many such words were before.
    `defines` is no equation of a system: a name and the function for which it stands in all equations. Nor is `sets`: a
    weight or a sign, and what the text sets it to.
    """

    text: str
    start: int
    end: int
    label: str = ""
    latex: bool = False
    title: str = ""
    standing: Standing = ""
    version: int = 0
    defines: tuple[str, str] | None = None
    sets: tuple[str, str] | None = None


class _Placed(NamedTuple):
    """An equation with its place in the prepared text."""

    start: int
    end: int
    equation: EquationText


def find(text: str, names: Names = NO_NAMES) -> tuple[EquationText, ...]:
    """The equations in a text, in their order; at most `MAX_FOUND`. Never raises, and takes linear time.

    What a reader does not see, or sees struck out, holds none. `names` are those that symbols and functions may have
    in the subject ("forget gate").
    """
    prepared = prepare(visible(text), names)
    prepared = replace(prepared, functions=functions(prepared.text, dict(names.functions)))
    joined = list(islice(_joined(prepared), MAX_FOUND))
    heads = [(item.start, prepared.text.find("=", item.start, item.end)) for item in joined]
    # The last name of `i, f = sigmoid(i), sigmoid(f)` is no equation of its own.
    single = (item for item in _written(prepared) if not any(start <= item.start < end for start, end in heads))
    found = sorted(islice(chain(joined, single), MAX_FOUND), key=lambda item: item.start)
    stand = standings(prepared.text, [(item.start, item.end) for item in found])
    said = tuple(
        EquationText(f"{name} = {function}", 0, 0, defines=(name, function))
        for name, function in prepared.functions.items()
        if (name, function) not in names.functions or f"{name}(" in prepared.text
    )
    whole = (
        replace(item.equation, standing=standing, version=version)
        for item, (standing, version) in zip(found, stand, strict=True)
    )
    fixed = (EquationText(f"{name} = {value}", 0, 0, sets=(name, value)) for name, value in settings(prepared.text))
    return (*said, *fixed, *whole)


def _joined(prepared: Prepared) -> Iterator[_Placed]:
    """The equations that are written as one for several symbols: in matrices, or as parts of a vector."""
    for latex, several in ((True, stacked(prepared.text)), (False, parts(prepared.text))):
        for one, start, end in several:
            places = prepared.origin[start], prepared.origin[end]
            yield _Placed(start, end, EquationText(" ".join(one.split()), *places, latex=latex))


def _written(prepared: Prepared) -> Iterator[_Placed]:
    """The equations that are written each for itself."""
    signs = 0
    for region in regions(prepared.text):
        reach = 0
        for equals in _EQUALS.finditer(prepared.text, region.start, region.end):
            signs += 1
            if signs > MAX_SIGNS:
                return
            if equals.start() >= reach and (item := _at(prepared, region, equals, reach)) is not None:
                reach = item.end
                yield item


def _at(prepared: Prepared, region: Region, equals: re.Match[str], reach: int) -> _Placed | None:
    """The equation around an equals sign behind `reach`; None if there is none."""
    text = prepared.text
    line = max(text.rfind("\n", region.start, equals.start()) + 1, region.start, reach)
    latex = region.latex or is_latex(text[line : _line_end(text, equals.end(), region.end)])
    if region.latex and (turned := _turned(prepared, region, equals, reach)) is not None:
        return turned
    left = _left_side(prepared, line, equals.start(), latex)
    if left is None or _is_keyword(text, max(line, left.start - _MAX_CALL), left.start):
        return None
    tokens = right_side(text, equals.end(), min(region.end, equals.end() + MAX_RIGHT), latex, prepared.functions)
    if not tokens or not (is_mathematics(tokens, text) or _is_number_alone(text, region, left, tokens)):
        return None
    start, end = left.start, tokens[-1].end
    label, title = label_of(text, region, line, start, end)
    written = " ".join(text[start:end].replace("`", "").split())
    return _Placed(start, end, EquationText(written, prepared.origin[start], prepared.origin[end], label, latex, title))


def _is_number_alone(text: str, region: Region, left: Token, tokens: Sequence[Token]) -> bool:
    """Whether a formula that has its line for itself gives a number: not "f_t = 1 keeps all", but `$$f_t = 1$$`."""
    if not region.latex or any(token.kind not in ("NUMBER", "MINUS", "DOT") for token in tokens):
        return False
    first = text.rfind("\n", max(0, region.start - _MAX_LEFT), region.start) + 1
    last = text.find("\n", region.end, region.end + _MAX_LEFT)
    beside = (text[first : left.start], text[tokens[-1].end : last if last >= 0 else region.end + _MAX_LEFT])
    return first > 0 and not any(part.strip(" \t\n$.,;\\[]()") for part in beside)


def _turned(prepared: Prepared, region: Region, equals: re.Match[str], reach: int) -> _Placed | None:
    """An equation whose symbol stands on the right: `\\sigma(W_f x_t) = f_t`."""
    text = prepared.text
    right = right_side(text, equals.end(), min(region.end, equals.end() + _MAX_LEFT), True, prepared.functions)
    if len(right) != 1 or not isinstance(right[0].value, Symbol) or right[0].value.lag is None:
        return None
    start = max(region.start, reach, equals.start() - MAX_RIGHT)
    breaks = [(text.rfind(sign, start, equals.start()), len(sign)) for sign in _ROW_ENDS]
    row = max(start, *(at + size for at, size in breaks if at >= 0), 0)
    left = right_side(text, row, equals.start(), True, prepared.functions)
    complete = left and not text[left[-1].end : equals.start()].strip(" &")
    if not complete or not any(token.kind in ("FUNC", "PLUS") for token in left):
        return None
    written = " ".join(text[row : right[0].end].split())
    places = prepared.origin[row], prepared.origin[right[0].end]
    label, _ = label_of(text, region, row, row, right[0].end)
    return _Placed(row, right[0].end, EquationText(written, *places, label, latex=True))


def _line_end(text: str, at: int, end: int) -> int:
    """Where the line of this place ends, as far as an equation can reach."""
    reach = min(end, at + MAX_RIGHT)
    found = text.find("\n", at, reach)
    return found if found >= 0 else reach


def _left_side(prepared: Prepared, line: int, end: int, latex: bool) -> Token | None:
    """The symbol that ends at `end`; None if something else stands there."""
    text = prepared.text
    tokens = _tolerant(prepared, max(line, end - _MAX_LEFT), end, latex, is_cut=line < end - _MAX_LEFT)
    while tokens and (
        tokens[-1].kind in ("TICK", "CARET") or (tokens[-1].kind == "STAR" and _is_emphasis(text, tokens[-1]))
    ):
        tokens.pop()
    if len(tokens) > 2 and [token.kind for token in tokens[-3::2]] == ["LBRACE", "RBRACE"]:
        return tokens[-2]._replace(start=tokens[-3].start) if isinstance(tokens[-2].value, Symbol) else None
    if not tokens or not isinstance(tokens[-1].value, Symbol):
        return None
    if len(tokens) > 1 and tokens[-2].kind in ("STAR", "PLUS", "SLASH", "MINUS", "EQ") and _belongs(tokens[-3:], text):
        return None
    return tokens[-1]


def _is_keyword(text: str, start: int, end: int) -> bool:
    """Whether the place is inside the brackets of a call: `Dense(8, seed=i)`, but not `the gate (f_t = ...)`."""
    depth = 0
    for at in range(end - 1, start, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth < 0:
            return text[at - 1].isalnum() or text[at - 1] == "_"
    return False


def _belongs(tokens: Sequence[Token], text: str) -> bool:
    """Whether the operator before the last symbol joins it to an operand: `f * c = ...`, not `- f = ...`."""
    if len(tokens) < 3:
        return False
    before, operator, symbol = tokens
    if before.kind not in ("SYMBOL", "NUMBER", "RPAR", "RSQB"):
        return False
    dash = operator.kind == "MINUS" and text[operator.end : symbol.start].isspace()
    emphasis = operator.kind == "STAR" and _is_emphasis(text, operator)
    return not emphasis and not (dash and _is_word(before))


def _is_emphasis(text: str, token: Token) -> bool:
    """Whether a star is Markdown: it touches the text on one side only."""
    before, after = text[token.start - 1 : token.start], text[token.end : token.end + 1]
    return token.value == "*" and before.isspace() != after.isspace()


def _is_word(token: Token) -> bool:
    return isinstance(token.value, Symbol) and len(token.value.base) > 2


def _tolerant(prepared: Prepared, start: int, end: int, latex: bool, *, is_cut: bool) -> list[Token]:
    """The tokens between two places; what cannot be read is skipped, and what stands before it is forgotten.

    `is_cut`: the first place may be within a word.
    """
    text = prepared.text
    if is_cut and text[start - 1 : start].isalnum():
        blank = re.compile(r"\s").search(text, start, end)
        start = blank.end() if blank else start
    scanner = Scanner(text[:end], latex, prepared.functions, at=start)
    tokens: list[Token] = []
    while scanner.at < end:
        try:
            tokens.extend(scanner.tokens())
        except Unread as stop:
            tokens.clear()
            scanner.at = max(stop.where, scanner.at, start) + 1
    return tokens
