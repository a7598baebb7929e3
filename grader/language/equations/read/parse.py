"""Reading one equation: from its text to an `Equation`, or to the place where reading stopped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from types import MappingProxyType

from lark import Lark, UnexpectedToken
from lark import Token as Terminal

from grader.language.equations.read.build import Builder
from grader.language.equations.read.characters import decomposed
from grader.language.equations.read.expressions import Equation, Expression, ParseFailure, Symbol, bare, depth
from grader.language.equations.read.scan import Scanner, is_latex
from grader.language.equations.read.tokens import Token, Unread

MAX_CHARACTERS = 1_000
MAX_TOKENS = 300
MAX_DEPTH = 60
MAX_SIDES = 8

_SILENT = frozenset(["TICK"])
_FOREIGN = frozenset(["STOP", "TEXT", "NEWROW"])
_TRAILING = frozenset(["DOT", "COMMA", "STAR", "CARET", "TEXT", "NEWROW"])
_CLOSING = {"LPAR": "RPAR", "LSQB": "RSQB", "LBRACE": "RBRACE"}
_SHOWN = {"RPAR": ")", "RSQB": "]", "RBRACE": "}"}


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    """The parser; building it takes some 20 ms, so it is built when the first equation is read."""
    text = files("grader.language.equations.read").joinpath("equation.lark").read_text("utf-8")
    return Lark(text, parser="lalr", lexer="basic", transformer=Builder(), maybe_placeholders=False)


def parse(
    text: str, *, latex: bool | None = None, functions: Mapping[str, str] = MappingProxyType({})
) -> Equation | ParseFailure:
    """Read `text` as one equation, `symbol = expression`, in Unicode, ASCII, LaTeX or NumPy notation.

    Brackets that are still open at the end are closed, which `Equation.repaired` says. `latex` tells whether letters
    side by side are a product; by default it follows from the text. `functions` are the student's own names of
    functions. Never raises.
    """
    letters, origin = _decompose(text)
    if len(letters) > MAX_CHARACTERS:
        return ParseFailure(MAX_CHARACTERS, f"an equation has at most {MAX_CHARACTERS} characters", text)
    found: list[Token] = []
    try:
        scanner = Scanner(letters, is_latex(letters) if latex is None else latex, functions)
        for token in scanner.tokens():
            if token.kind not in _SILENT:
                found.append(token)
        equation = _equation(_trimmed(found), text, letters)
        return replace(equation, indices=frozenset(scanner.indices)) if scanner.indices else equation
    except Unread as stop:
        left = _first_symbol(found)
        return ParseFailure(origin[min(stop.where, len(letters))], stop.what, text, left)


def _decompose(text: str) -> tuple[str, list[int]]:
    """The text with accents behind their letters, and for each of its characters the place in the original."""
    pieces = [decomposed(character) for character in text]
    origin = [at for at, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), [*origin, len(text)]


def _trimmed(tokens: list[Token]) -> list[Token]:
    """Without the full stop, the comma or the end of bold type behind the equation."""
    while tokens and tokens[-1].kind in _TRAILING:
        tokens = tokens[:-1]
    return tokens


def _equation(tokens: list[Token], text: str, letters: str) -> Equation:
    if len(tokens) > MAX_TOKENS:
        raise Unread(tokens[MAX_TOKENS].start, f"an equation has at most {MAX_TOKENS} symbols and signs")
    if sum(token.kind == "EQ" for token in tokens) >= MAX_SIDES:
        raise Unread(0, f"an equation has at most {MAX_SIDES - 1} equals signs")
    closing, repaired = _unclosed(tokens, len(letters))
    sides = _sides([*tokens, *closing], len(letters))
    if isinstance(bare(sides[-1]), Symbol) and not isinstance(bare(sides[0]), Symbol):
        sides = sides[::-1]
    if max(map(depth, sides)) > MAX_DEPTH:
        raise Unread(0, "the expressions are nested too deeply to be followed")
    left = bare(sides[0])
    if not isinstance(left, Symbol):
        raise Unread(0, "on the left of the equals sign there is more than one symbol")
    return Equation(left, sides[1:], text, repaired)


def _unclosed(tokens: list[Token], end: int) -> tuple[list[Token], str]:
    """The brackets that are missing at the very end, and a sentence about them."""
    open_brackets: list[str] = []
    for token in tokens:
        if token.kind in _CLOSING:
            open_brackets.append(_CLOSING[token.kind])
        elif open_brackets and token.kind == open_brackets[-1]:
            open_brackets.pop()
    missing = [Token(kind, _SHOWN[kind], end, end) for kind in reversed(open_brackets)]
    if not missing:
        return [], ""
    return missing, f"The bracket {''.join(str(item.value) for item in missing)} is missing at the end."


def _sides(tokens: list[Token], end: int) -> tuple[Expression, ...]:
    parser = _grammar().parse_interactive()
    last = Terminal("$END", "", end, 0, 0, 0, 0, end)
    for token in chain(tokens, [None]):
        terminal = last if token is None else _terminal(token)
        if token is not None and token.kind in _FOREIGN:
            raise Unread(token.start, f"{str(token.value)[:20]!r} is not part of an equation")
        try:
            result = parser.feed_token(terminal)
        except UnexpectedToken:
            raise Unread(end if token is None else token.start, _complaint(token)) from None
    sides: tuple[Expression, ...] = result
    return sides


def _terminal(token: Token) -> Terminal:
    terminal = Terminal(token.kind, str(token.value) if isinstance(token.value, str) else "")
    terminal.value = token.value
    return terminal


def _complaint(token: Token | None) -> str:
    if token is None:
        return "something is missing at the end"
    shown = token.value.name if isinstance(token.value, Symbol) else token.value
    return f"{shown!r} cannot stand here"


def _first_symbol(tokens: list[Token]) -> Symbol | None:
    """The left side, where it can be read although the rest cannot."""
    if len(tokens) > 1 and isinstance(tokens[0].value, Symbol) and tokens[1].kind == "EQ":
        return tokens[0].value
    return None
