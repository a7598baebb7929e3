"""How far the right side of an equation goes in the text around it, and whether it is mathematics at all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from grader.language.equations.read.expressions import Symbol
from grader.language.equations.read.scan import Scanner
from grader.language.equations.read.symbols import WEIGHT_LETTERS
from grader.language.equations.read.tokens import Token, Unread

MAX_RIGHT = 700

_OPENING = frozenset(["LPAR", "LSQB", "LBRACE"])
_CLOSING = frozenset(["RPAR", "RSQB", "RBRACE"])
_OPERATORS = frozenset(["PLUS", "MINUS", "CPLUS", "STAR", "SLASH", "EQ", "CARET", "DOT"])
_ENDS = frozenset(["STOP", "TEXT", "NEWROW"])
_SHORT_WORDS = frozenset(
    ["is", "as", "in", "we", "so", "if", "to", "of", "or", "an", "by", "on", "be", "it", "at", "do"]
)
_STRING = re.compile(r"(?<![\w)\]}])[\"'][^\"'\n]{0,80}[\"']")
_REMARK = re.compile(
    # The end of bold type; a dash before words; words in brackets; the number of an equation.
    r"\*\*(?=[\s,.;:)]|$)|[-–—]{1,9}\s+(?:[A-Z]?[a-z]{3,}|an?|it|is)\b(?![_^({\[.'~])(?!\s*[-+*/⊙·)])"
    r"|\(\s*(?!tanh|sigm)[A-Za-z]{3,}(?:[\s-]+[A-Za-z]{1,20}){0,7}\s*[).,:;]\s*(?:$|\n|[^\s*·⊙+\-/])"
    r"|[-.…]{0,40}\s{0,40}[(\[]\s*(?:eq\.?\s*)?\d{1,2}(?:\.\d)?[a-z]?\s*[)\]]\s*(?:$|[\n$\\])",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r"\s{0,40}(?:[-*+•][ \t]+)?[^\s=()\[\]]{1,24}(?:[(\[]\s*t[^()\[\]=]{0,6}[)\]]\}?)?\s*=[^=]")
_BOLD = re.compile(r"\*\*[^*\n]{1,60}\*\*")
_CODE = re.compile(
    r"\b(?!(?:self|numpy|torch|math|keras|ops|activations|backend|linalg|functional|jnp)\s*\.)"
    r"[A-Za-z_]{3,}\.\s*(?!(?:sigmoid|logistic|expit|tanh|dot|matmul|concat|concatenate|[hv]stack|cat|mm|mul|multiply|add)\()"
    r"[A-Za-z_]{2,}\s*[(.\[]|\b(?:lambda|None|True|False|not|for|import|return)\b"
)


def right_side(
    text: str, start: int, end: int, latex: bool, functions: Mapping[str, str] = MappingProxyType({})
) -> list[Token]:
    """The tokens from `start` that can belong to one equation; an unreadable rest of a bracket is still part of it."""
    tokens: list[Token] = []
    depth = 0
    scanner = Scanner(text[:end], latex, functions, at=start)
    try:
        for token in scanner.tokens():
            if _ends(tokens, token, depth, text):
                return _finished(tokens, depth)
            depth += (token.kind in _OPENING) - (token.kind in _CLOSING)
            if token.kind == "EQ" and depth <= 0 and len(tokens) > 1 and _begins_another(tokens):
                return _finished(tokens[:-1], depth)
            tokens.append(token)
    except Unread as stop:
        return _cut_off(tokens, depth, text, stop.where, end)
    return _finished(tokens, depth)


def _ends(tokens: Sequence[Token], token: Token, depth: int, text: str) -> bool:
    """Whether the equation is over before this token."""
    if token.kind in _CLOSING and depth == 0:
        return True
    if not tokens:
        return False
    gap = text[tokens[-1].end : token.start]
    complete = tokens[-1].kind not in _OPERATORS and tokens[-1].kind not in _OPENING and tokens[-1].kind != "FUNC"
    if "\n" in gap and (_is_break(gap, complete, token, depth) or _line_defines(text, token.start)):
        return True
    if token.kind in _ENDS or (token.kind == "COMMA" and depth == 0):
        return depth == 0 or token.kind in _ENDS
    if depth == 0 and token.kind == "DOT":
        return not gap and text[token.end : token.end + 1] in ("", " ", "\n", "\t", "*", "`", "'", '"')
    if token.kind == "TICK":
        return depth == 0 and complete
    return depth == 0 and complete and (_is_prose(token) or _REMARK.match(text, token.start) is not None)


def _is_break(gap: str, complete: bool, token: Token, depth: int) -> bool:
    """Whether a line break ends the equation: a blank line does, and a complete line that nothing continues."""
    if gap.count("\n") > 1:
        return True
    return depth == 0 and complete and token.kind not in _OPERATORS - {"EQ", "DOT"}


def _line_defines(text: str, at: int) -> bool:
    """Whether the line at this place begins an equation of its own, or words in bold (no product of two stars)."""
    return (_DEFINITION.match(text, at, at + 60) or _BOLD.match(text, at, at + 80)) is not None


def _is_prose(token: Token) -> bool:
    """Whether a token behind something complete is a word of a sentence."""
    value = token.value
    if token.kind == "FUNC":
        return False
    if not isinstance(value, Symbol) or value.mark or value.accent or value.lag is not None:
        return False
    word = value.base
    if word.lower() in _SHORT_WORDS:
        return True
    return len(word) > 2 and word.isalpha() and not (word[0] in WEIGHT_LETTERS and len(word) <= 3)


def _begins_another(tokens: Sequence[Token]) -> bool:
    """Whether the symbol before an equals sign is the left side of the next equation: `f_t = σ(...) i_t = ...`."""
    last, before = tokens[-1], tokens[-2]
    return last.kind == "SYMBOL" and before.kind not in _OPERATORS | _OPENING


def _cut_off(tokens: list[Token], depth: int, text: str, where: int, end: int) -> list[Token]:
    """What is left where reading stopped; inside a bracket the rest of the line belongs to the equation."""
    if depth <= 0 or not tokens:
        return _finished(tokens, depth)
    line_end = text.find("\n", where, end)
    rest = text[where : line_end if line_end >= 0 else end].rstrip()
    return [*tokens, Token("REST", rest, where, where + len(rest))]


def _finished(tokens: list[Token], depth: int) -> list[Token]:
    """Without operators and brackets that lead nowhere, as emphasis and dashes behind an equation do."""
    trailing = (_OPERATORS | {"TICK", "COMMA"}) if depth <= 0 else frozenset(["TICK"])
    while tokens and (tokens[-1].kind in trailing or tokens[-1].kind in _OPENING):
        tokens = tokens[:-1]
    return tokens


def is_mathematics(tokens: Sequence[Token], text: str) -> bool:
    """Whether a right side is an equation's and not a program's: symbols, no strings, no calls of unknown functions."""
    written = text[tokens[0].start : tokens[-1].end]
    following = text[tokens[-1].end : tokens[-1].end + 1]
    named = [token for token in tokens if isinstance(token.value, Symbol)]
    if not named or tokens[-1].kind == "FUNC" or _STRING.search(written) or _CODE.search(written):
        return False
    if any(_is_unknown_call(token, after, text) for token, after in zip(tokens, [*tokens[1:], None], strict=True)):
        return False
    if following in ("(", "'", '"', ".") and _is_long_name(tokens[-1]):
        return False
    return not all(_is_prose(token) for token in named) or any(
        token.kind in ("FUNC", "PLUS", "STAR") for token in tokens
    )


def _is_unknown_call(token: Token, after: Token | None, text: str) -> bool:
    """`layer(x)`, `model.fit(...)`: a long name directly before a bracket or a full stop."""
    touching = after is not None and after.kind in ("LPAR", "LSQB", "DOT") and after.start == token.end
    return touching and _is_long_name(token) and text[token.start : token.end].isidentifier()


def _is_long_name(token: Token) -> bool:
    value = token.value
    weight = isinstance(value, Symbol) and value.base[0] in WEIGHT_LETTERS
    return isinstance(value, Symbol) and len(value.base) > 2 and not weight and value.lag is None
