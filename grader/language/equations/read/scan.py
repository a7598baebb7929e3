"""From the text of an equation to the tokens of its grammar; a symbol with all its marks is one token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grader.language.equations.read import characters as chars
from grader.language.equations.read.commands import CommandReader
from grader.language.equations.read.expressions import Symbol
from grader.language.equations.read.operators import PAIRS, SINGLE, operator
from grader.language.equations.read.symbols import Draft
from grader.language.equations.read.tokens import Token, Unread

MAX_DEPTH = 24
_MOST_NESTED = 2
_MOST_BRACES = 4

_BLANK = re.compile(r"(?:[\s$\u200b]|\\[,;:!\s()\[\]])+")
_NUMBER = re.compile(r"\d+(?:\.\d+|\.(?=\s*[/*)]))?")
_PREFIX = re.compile(
    r"(?:[A-Za-z]\w{0,15}\.){1,4}(?=(?:sigmoid|logistic|expit|tanh|concat|concatenate|hstack|vstack)\s?\()"
    r"|(?:self\.(?:[A-Za-z_]\w{0,20}\.){1,3}(?=[A-Za-z])(?!(?:T|t|transpose)\b))|(?:(?:self|np|numpy|tf|torch|math|nn|jnp|jax|keras|ops|T|nd|mx|theano|tensor|nnet|activations|backend|linalg|functional|F|K)\.){1,8}(?=[A-Za-z])"
)
_KEYWORD = re.compile(r",\s*(?:axis|dim|dims|keepdims|name|transpose_b)\s*=\s*[-\w'\"]+")
_METHOD = re.compile(r"\.\s*(?:dot|matmul|mm|mul|multiply)\s*(?=\()")
_TRANSPOSE = re.compile(
    r"\.(?:T\b|transpose\(\)|t\(\))"
    r"|(?<=[)\]])\s*\^\s*(?:\{\s*(?:T|\\top|\\intercal|\\mathsf\{T\}|\\mathrm\{T\})\s*\}|T\b|\\top\b|\\intercal\b|⊤)|ᵀ"
)
_SUPERSCRIPTS = re.compile(f"[{re.escape(''.join(chars.SUPERSCRIPTS))}]+")
_ENTRY = re.compile(r"(?<=[\])])\s?_\s?(?:\{\s?[a-z]\s?\}|[a-z](?![a-zA-Z]))")
_BROADCAST = re.compile(r"@\.[ ]?(?=[\w(])|(?<=\w)\.(?=\()|\.(?=[-+−]\s?[\w(\\])")
_CIRCLED = re.compile(r"\([ ]?[.*·][ ]?\)|(?<=\s)\([x×]\)(?=\s)|<[*.]>")
_STOPS = re.compile(r"\.\.\.|…|-{1,40}>|=>|==|!=|<=|>=|<(?!-)|>|[→⇒⟶⟹≈≃≅≠≤≥∈∝⟺⟵]")
_EQUALS = re.compile(r":=|<-|[=≔←≡≜]")
_DEPTH = {"LPAR": 1, "LSQB": 1, "LBRACE": 1, "RPAR": -1, "RSQB": -1, "RBRACE": -1}


def is_latex(text: str) -> bool:
    """Whether a text is written in LaTeX, where `ab_c` is a times b with the index c."""
    return re.search(r"\\[a-zA-Z]{2}", text) is not None


@dataclass(slots=True)
class Scanner(CommandReader):
    """Reads all the tokens of a text."""

    nested: int = 0

    def tokens(self) -> Iterator[Token]:
        """All tokens up to the end. Raises `Unread` where there is nothing that can be read."""
        depth = 0
        while (token := self._next()) is not None:
            depth += _DEPTH.get(token.kind, 0)
            if depth > MAX_DEPTH:
                raise Unread(token.start, "there are more brackets inside one another than can be followed")
            yield token

    def _next(self) -> Token | None:
        while self.at < len(self.text):
            start = self.at
            character = self.text[start]
            if (skipped := self._skipped(start)) is not None:
                self.at = skipped
            elif character == "\\":
                if token := self.command(start):
                    return token
            elif character == "&":
                self.at += 1
                if self.matrices:
                    return Token("COMMA", "&", start, self.at)
            elif character == "~" and not self._is_accent(start):
                self.at += 1
            elif character == "}" and self.closes_frame():
                self.unframe()
            elif character in "∑Σ" and self.is_sum(start):
                self.sum(start + 1)
            else:
                return self._plain(start, character)
        return None

    def _skipped(self, start: int) -> int | None:
        """Where what says nothing here ends: blanks, `np.`, `axis=1`, `.T`, the dot of `σ.(W * x .+ b)`."""
        for pattern in (_BLANK, _PREFIX, _KEYWORD, _TRANSPOSE, _BROADCAST, _ENTRY):
            if found := pattern.match(self.text, start):
                return found.end()
        return None

    def _plain(self, start: int, character: str) -> Token:
        if character.isascii() and character.isalpha():
            return self.letters(start)
        if number := _NUMBER.match(self.text, start):
            return self._token("NUMBER", number[0], number.end())
        if character == "~":
            self.at += 1
            draft = self.base()
            draft.accent = "~"
            return self.finish(draft, start)
        if character == "{" and (inner := self._braced_symbol(start)):
            return inner
        if raised := _SUPERSCRIPTS.match(self.text, start):
            return self._raised(raised)
        if character.isalpha():
            return self.function_named(start) or self.greek(character, start, start + 1)
        if circled := _CIRCLED.match(self.text, start):
            return self._token("STAR", "⊙", circled.end())
        return self._sign(start, character)

    def _sign(self, start: int, character: str) -> Token:
        if method := _METHOD.match(self.text, start):
            return self._token("STAR", "*" if "mul" in method[0] and "mat" not in method[0] else "@", method.end())
        if self.text.startswith("%*%", start):
            return self._token("STAR", "@", start + 3)
        if stop := _STOPS.match(self.text, start):
            return self._token("STOP", stop[0], stop.end())
        if equals := _EQUALS.match(self.text, start):
            return self._token("EQ", "=", equals.end())
        for pair, kind, value in PAIRS:
            if self.text.startswith(pair, start):
                return self._token(kind, value, start + 2)
        kind = SINGLE.get(character, "")
        if not kind:
            raise Unread(start, f"{character!r} is not part of an equation")
        self.depth += {"LBRACE": 1, "RBRACE": -1}.get(kind, 0)
        return self._token(kind, operator(character), start + 1)

    def _raised(self, match: re.Match[str]) -> Token:
        """`(1 + e)⁻¹`: superscripts behind something that is not a symbol."""
        digits = "".join(chars.SUPERSCRIPTS[character] for character in match[0])
        if not re.fullmatch(r"-?\d", digits):
            raise Unread(match.start(), f"the exponent {match[0]!r} cannot be read; write it with ^")
        return self._token("RAISED", digits, match.end())

    def _braced_symbol(self, start: int) -> Token | None:
        """`{C}_t`: a symbol in braces with marks behind them."""
        inner = self.enclosed()
        end, self.at = self.at, start
        if self.text[end : end + 1] not in ("_", "^", "'"):
            return None
        token = self.only(inner, self.latex)
        if token is None or not isinstance(token.value, Symbol):
            return None
        self.at = end
        return self.finish(Draft(token.value.base, token.value.mark, token.value.accent, token.value.lag), start)

    def only(self, text: str, latex: bool) -> Token | None:
        """The token of a text that is nothing but one token."""
        if self.nested > _MOST_NESTED or text.count("{") > _MOST_BRACES:
            return None
        try:
            tokens = list(Scanner(text, latex, self.functions, nested=self.nested + 1).tokens())
        except Unread:
            return None
        return tokens[0] if len(tokens) == 1 else None

    def _token(self, kind: str, value: str, end: int) -> Token:
        start, self.at = self.at, end
        return Token(kind, value, start, end)

    def _is_accent(self, start: int) -> bool:
        """Whether a tilde in front of a letter belongs to it (`~C_t`) and is not a blank."""
        before = self.text[start - 1 : start]
        after = self.text[start + 1 : start + 2]
        return after.isalpha() and not (before.isalnum() or before in ("}", "~", ")"))
