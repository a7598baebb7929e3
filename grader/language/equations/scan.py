"""From the text of an equation to tokens. A symbol with all its marks is one token.

What a student means by `h_t-1`, `1 - z_t`, `W_fx_t` or `Wx_t` is decided here, because it hangs on blanks and on letters
and not on the structure of the equation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from grader.language.equations import characters as chars
from grader.language.equations.symbols import (
    BRACKETED_TIME,
    LOOSE_STEP,
    STATE_LETTERS,
    TIGHT_STEP,
    TIME_FOLLOWS,
    WEIGHT_LETTERS,
    Draft,
    from_prefix,
    from_word,
    is_known,
)
from grader.language.equations.syntax import NOW, Symbol

MAX_DEPTH = 24


class Token(NamedTuple):
    """One piece of an equation; `kind` is a terminal of the grammar."""

    kind: str
    value: str | Symbol
    start: int
    end: int


class Unread(Exception):
    """Nothing that belongs in an equation stands here."""

    def __init__(self, where: int, what: str) -> None:
        super().__init__(what)
        self.where = where
        self.what = what


_BLANK = re.compile(r"(?:[\s$]|\\[,;:!\s()\[\]]|\u200b)+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:\.(?![\s\w]*$))?")
_PREFIX = re.compile(
    r"(?:(?:self|np|numpy|tf|torch|math|nn|jnp|keras|ops|activations|backend|linalg|functional|F|K)\.)+(?=[A-Za-z])"
)
_KEYWORD = re.compile(r",\s*(?:axis|dim|keepdims|name)\s*=\s*[-\w'\"]+")
_METHOD = re.compile(r"\.\s*(?:dot|matmul|mm|mul|multiply)\s*(?=\()")
_TRANSPOSE = re.compile(r"\.(?:T\b|transpose\(\)|t\(\))")
_COMMAND = re.compile(r"\\([a-zA-Z]+\*?|\|)")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_SUBWORD = re.compile(r"[A-Za-z0-9]+")
_FUNCTION = re.compile(rf"(?:{'|'.join(sorted(chars.FUNCTIONS, key=len, reverse=True))})(?![A-Za-z0-9])", re.I)
_SUBSCRIPTS = re.compile(f"[{re.escape(''.join(chars.SUBSCRIPTS))}]+")
_SUPERSCRIPTS = re.compile(f"[{re.escape(''.join(chars.SUPERSCRIPTS))}]+")
_RAISED_NAME = re.compile(
    r"\s*(?:\{\s*)?(?:[(\[<]\s*(?:\w{1,6}|\\[a-z]+)\s*[)\]>]|\\(?:top|prime|intercal|ast)|[A-Za-z]{1,5}|\*|')\s*(?:\}|$|(?<!\{))"
)
_WEIGHTED = re.compile(r"([WUVR][a-z]{0,2}?)([xhcXHC])")
_SLOPPY_PAIR = re.compile(r"([xhc][fiocgzrhxnua])(?![\w^{(]|\s*[_^({])")
_LATEX_WORD = re.compile(r"(?:prev|previous|old|new|cand|tilde|hat)(?![A-Za-z])")
_MATRIX = re.compile(r"(begin|end)\s*\{\s*([bpvB]?matrix|array|smallmatrix)\s*\}(?:\s*\{[clr|\s]*\})?")
_STOPS = re.compile(r"\.\.\.|…|->|=>|==|!=|[<>]=?|[→⇒⟶⟹≈≃≅≠≤≥∈∝⟺⟵]")
_EQUALS = re.compile(r":=|<-|[=≔←≡≜]")
_SINGLE = {
    "(": "LPAR", ")": "RPAR", "[": "LSQB", "]": "RSQB", "{": "LBRACE", "}": "RBRACE", ",": "COMMA", ";": "COMMA",
    "+": "PLUS", "＋": "PLUS", "⊕": "CPLUS", "/": "SLASH", "÷": "SLASH", "^": "CARET", "@": "STAR", "`": "TICK",
    "⟨": "LPAR", "⟩": "RPAR",
}  # fmt: skip
_SINGLE |= dict.fromkeys(chars.MINUS, "MINUS")
_SINGLE |= dict.fromkeys(chars.ELEMENTWISE + chars.EITHER_PRODUCT, "STAR")
_SINGLE |= dict.fromkeys(chars.CONCATENATORS, "COMMA")
_DEPTH = {"LPAR": 1, "LSQB": 1, "LBRACE": 1, "RPAR": -1, "RSQB": -1, "RBRACE": -1}


def is_latex(text: str) -> bool:
    """Whether a text is written in LaTeX, where `ab_c` is a times b with the index c."""
    return bool(re.search(r"\\[a-zA-Z]{2}", text))


@dataclass(slots=True)
class Scanner:
    """Reads tokens from `text`, whose letters are decomposed, beginning at `at`."""

    text: str
    latex: bool
    at: int = 0
    matrices: int = 0

    def tokens(self) -> Iterator[Token]:
        """All tokens up to the end. Raises `Unread` where there is nothing that can be read."""
        depth = 0
        while (token := self._next()) is not None:
            depth += _DEPTH.get(token.kind, 0)
            if depth > MAX_DEPTH:
                raise Unread(token.start, "more brackets inside one another than can be followed")
            yield token

    def _next(self) -> Token | None:
        while self.at < len(self.text):
            start = self.at
            character = self.text[start]
            if blank := _BLANK.match(self.text, start) or _PREFIX.match(self.text, start):
                self.at = blank.end()
            elif skipped := _KEYWORD.match(self.text, start) or _TRANSPOSE.match(self.text, start):
                self.at = skipped.end()
            elif character == "\\":
                if token := self._command(start):
                    return token
            elif character == "&":
                self.at += 1
                if self.matrices:
                    return Token("COMMA", "&", start, self.at)
            elif character == "~" and not self._is_accent(start):
                self.at += 1
            else:
                return self._plain(start, character)
        return None

    def _plain(self, start: int, character: str) -> Token:
        if character.isascii() and character.isalpha():
            return self._letters(start)
        if character.isdecimal() and (number := _NUMBER.match(self.text, start)):
            return self._token("NUMBER", number[0], start, number.end())
        if character in "{":
            return self._brace(start)
        if character == "~":
            self.at += 1
            draft = self._base()
            draft.accent = "~"
            return self._finish(draft, start)
        if character.isalpha():
            return self._greek(character, start)
        return self._sign(start, character)

    def _sign(self, start: int, character: str) -> Token:
        if method := _METHOD.match(self.text, start):
            return self._token("STAR", "@", start, method.end())
        if stop := _STOPS.match(self.text, start):
            if stop[0] not in ("<", ">", "←"):
                return self._token("STOP", stop[0], start, stop.end())
        if equals := _EQUALS.match(self.text, start):
            return self._token("EQ", "=", start, equals.end())
        if self.text.startswith("**", start):
            return self._token("CARET", "**", start, start + 2)
        if self.text.startswith("||", start):
            return self._token("COMMA", "||", start, start + 2)
        if raised := _SUPERSCRIPTS.match(self.text, start):
            return self._raised(raised, start)
        if character == ".":
            return self._token("DOT", ".", start, start + 1)
        kind = _SINGLE.get(character)
        if kind is None:
            raise Unread(start, f"{character!r} is not part of an equation")
        return self._token(kind, _operator(character), start, start + 1)

    def _raised(self, match: re.Match[str], start: int) -> Token:
        """`(1 + e)⁻¹`: superscripts behind something that is not a symbol."""
        digits = "".join(chars.SUPERSCRIPTS[character] for character in match[0])
        if not re.fullmatch(r"-?\d", digits):
            raise Unread(start, f"{match[0]!r} is not an exponent that can be read")
        return self._token("RAISED", digits, start, match.end())

    def _token(self, kind: str, value: str | Symbol, start: int, end: int) -> Token:
        self.at = end
        return Token(kind, value, start, end)

    def _is_accent(self, start: int) -> bool:
        """Whether a tilde in front of a letter belongs to it (`~C_t`) and is not a blank."""
        before = self.text[start - 1] if start else " "
        after = self.text[start + 1] if start + 1 < len(self.text) else " "
        return after.isalpha() and not (before.isalnum() or before in "}~")

    # Symbols and functions -------------------------------------------------------------------------------------------

    def _letters(self, start: int) -> Token:
        function = _FUNCTION.match(self.text, start)
        if function:
            return self._function(function[0], start, function.end())
        if self.text[start] == "e" and re.compile(r"e\s*(?:\^|\*\*|⁻)").match(self.text, start):
            return self._euler(start, start + 1)
        return self._finish(self._base(), start)

    def _euler(self, start: int, end: int) -> Token:
        if raised := re.compile(r"⁻([\w₀-ₜᶻˣ]+)").match(self.text, end):
            raise Unread(raised.start(), "an exponent in superscript characters; write e^(-z)")
        power = re.compile(r"\s*(?:\^|\*\*)").match(self.text, end)
        return self._token("EULER", "e", start, power.end() if power else end)

    def _function(self, name: str, start: int, end: int) -> Token:
        """A function; an index of σ tells which one (σ_g is the sigmoid, σ_c and σ_h are tanh, as in Wikipedia)."""
        self.at = end
        value = chars.FUNCTIONS[name.lower()]
        if value == "sigmoid" and self.text[end : end + 1] in ("_", "ₕ"):
            draft = Draft("σ")
            self._marks(draft)
            value = "tanh" if draft.mark in ("h", "c") else value
        return Token("FUNC", value, start, self.at)

    def _greek(self, letter: str, start: int) -> Token:
        if letter in "σφ":
            return self._function("sigmoid" if letter == "σ" else "tanh", start, start + 1)
        self.at = start + 1
        draft = Draft(letter)
        if letter.isupper() and re.compile(r"[a-z](?![A-Za-z])").match(self.text, self.at) and not self.latex:
            draft.mark = self.text[self.at]
            self.at += 1
        if not letter.isalpha():
            raise Unread(start, f"{letter!r} is not part of an equation")
        return self._finish(draft, start)

    def _base(self) -> Draft:
        """The letters at this place as the base of a symbol."""
        start = self.at
        if start < len(self.text) and self.text[start] == "\\":
            token = self._command(start)
            if token is None or not isinstance(token.value, Symbol):
                raise Unread(start, "a symbol is missing here")
            return _draft(token.value)
        word = _WORD.match(self.text, start)
        if word is None:
            if start < len(self.text) and self.text[start].isalpha():
                self.at += 1
                return Draft(self.text[start])
            raise Unread(start, "a symbol is missing here")
        if self.latex:
            self.at = start + 1
            return Draft(self.text[start])
        return self._word(word)

    def _word(self, word: re.Match[str]) -> Draft:
        weighted = _WEIGHTED.fullmatch(word[0])
        if weighted and (
            TIME_FOLLOWS.match(self.text, word.end())
            or (len(word[0]) == 2 and re.compile(r"\s*(?:[-+)\]]|$)").match(self.text, word.end()))
        ):
            self.at = word.start() + len(weighted[1])
            return Draft(weighted[1])
        self.at = word.end()
        lag = from_prefix(word[0])
        if lag is not None and self.text.startswith("_", self.at):
            self.at += 1
            inner = self._base()
            inner.lag = lag
            return inner
        return from_word(word[0])

    def _finish(self, draft: Draft, start: int) -> Token:
        self._marks(draft)
        return Token("SYMBOL", draft.symbol(), start, self.at)

    def _marks(self, draft: Draft) -> None:
        """Read everything that is attached to a symbol."""
        while self.at < len(self.text) and (self._mark(draft) or self._time(draft)):
            pass
        pattern = LOOSE_STEP if draft.base in STATE_LETTERS else TIGHT_STEP
        if draft.lag == NOW and (found := pattern.match(self.text, self.at)):
            draft.at(found)
            self.at = found.end()

    def _time(self, draft: Draft) -> bool:
        found = BRACKETED_TIME.match(self.text, self.at)
        if found and not (found[0][0] == "{" and self.latex):
            draft.at(found)
            self.at = found.end()
            return True
        return False

    def _mark(self, draft: Draft) -> bool:
        character = self.text[self.at]
        if character in chars.CANDIDATE_MARKS or character in chars.PRIMES or self._is_trailing_tilde():
            draft.accent = "~"
            self.at += 1
            return True
        if small := _SUBSCRIPTS.match(self.text, self.at):
            draft.take("".join(chars.SUBSCRIPTS[item] for item in small[0]))
            self.at = small.end()
            return True
        if raised := _SUPERSCRIPTS.match(self.text, self.at):
            digits = "".join(chars.SUPERSCRIPTS[item] for item in raised[0])
            if re.fullmatch(r"[-+]?\d", digits):
                return False
            draft.take(digits, raised=True)
            self.at = raised.end()
            return True
        if self.text.startswith("\\_", self.at):
            self.at += 1
            character = "_"
        if character == "_":
            self._subscript(draft)
            return True
        return character == "^" and self._superscript(draft)

    def _is_trailing_tilde(self) -> bool:
        after = self.text[self.at + 1 : self.at + 2]
        return self.text[self.at] == "~" and (not after.isalpha() or (after == "t" and not self.latex))

    def _subscript(self, draft: Draft) -> None:
        self.at += 1
        if found := BRACKETED_TIME.match(self.text, self.at):
            draft.at(found)
            self.at = found.end()
        elif self.latex:
            self._latex_subscript(draft)
        elif self.text.startswith(("{", "(", "["), self.at):
            draft.take(self._enclosed())
        elif self.text.startswith("\\", self.at):
            draft.take(self._argument())
        else:
            self._plain_subscript(draft)

    def _plain_subscript(self, draft: Draft) -> None:
        word = _SUBWORD.match(self.text, self.at)
        if word is None:
            if self.at < len(self.text) and self.text[self.at].isalpha():
                draft.take(self.text[self.at])
                self.at += 1
                return
            raise Unread(self.at, "an index is missing behind the underscore")
        taken = word[0]
        if len(taken) > 1 and not is_known(taken):
            follows = bool(TIME_FOLLOWS.match(self.text, word.end()))
            if taken[0] == "t" and (follows or taken[1:].lower() in chars.FUNCTIONS):
                taken = "t"
            elif follows and draft.base[:1] in WEIGHT_LETTERS:
                taken = taken[:-1]
        draft.take(taken)
        self.at += len(taken)

    def _latex_subscript(self, draft: Draft) -> None:
        while self.text.startswith(" ", self.at):
            self.at += 1
        pair = _SLOPPY_PAIR.match(self.text, self.at) if draft.base in WEIGHT_LETTERS else None
        known = pair or _LATEX_WORD.match(self.text, self.at)
        if known:
            draft.take(known[0])
            self.at = known.end()
        else:
            draft.take(self._argument())

    def _superscript(self, draft: Draft) -> bool:
        at = self.at + 1
        found = BRACKETED_TIME.match(self.text, at) or re.compile(r"\s*t(?![A-Za-z])").match(self.text, at)
        if found:
            self.at = found.end()
            draft.take(found[0])
            return True
        if not _RAISED_NAME.match(self.text, at):
            return False
        self.at = at
        if self.text.startswith(("(", "[", "<"), at):
            draft.take(self._enclosed(), raised=True)
        elif self.latex or self.text.startswith(("{", "\\", "*", "'"), at):
            draft.take(self._argument(), raised=True)
        elif word := _SUBWORD.match(self.text, at):
            self.at = word.end()
            draft.take(word[0], raised=True)
        return True

    def _enclosed(self) -> str:
        """The text in the brackets that open here."""
        closing = {"{": "}", "(": ")", "[": "]", "<": ">"}[self.text[self.at]]
        opening, depth = self.text[self.at], 0
        for at in range(self.at, min(len(self.text), self.at + 80)):
            depth += (self.text[at] == opening) - (self.text[at] == closing)
            if depth == 0:
                inner = self.text[self.at + 1 : at]
                self.at = at + 1
                return inner
        raise Unread(self.at, "this bracket is not closed")

    def _argument(self) -> str:
        """What a LaTeX command or index takes: a group, a command, or a single character."""
        while self.text.startswith(" ", self.at):
            self.at += 1
        if self.at >= len(self.text):
            raise Unread(self.at, "something is missing at the end")
        if self.text[self.at] == "{":
            return self._enclosed()
        command = _COMMAND.match(self.text, self.at)
        if command:
            self.at = command.end()
            if command[1] in chars.COMMAND_STYLES and self.text.startswith("{", self.at):
                return self._enclosed()
            return command[0]
        self.at += 1
        return self.text[self.at - 1]
