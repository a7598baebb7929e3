"""Reading one symbol or function at a place in the text, with all that is attached to it.

What a student means by `h_t-1`, `W_fx_t`, `Wx_t` or `hprev` is decided here: it hangs on blanks and letters, not on the
structure of the equation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.language.equations.read import characters as chars
from grader.language.equations.read.attached import MarkReader
from grader.language.equations.read.expressions import Symbol
from grader.language.equations.read.symbols import (
    TIME_FOLLOWS,
    Draft,
    bracketed_time,
    from_prefix,
    from_word,
)
from grader.language.equations.read.tokens import Token, Unread

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_FUNCTION = re.compile(rf"(?:{'|'.join(sorted(chars.FUNCTIONS, key=len, reverse=True))})(?![A-Za-z0-9])", re.I)
_WEIGHTED = re.compile(r"([WUVR][a-z]{0,2}?)([xhcXHC])")
_ENDS_TERM = re.compile(r"\s{0,40}(?:[-+)\]]|$)")
_WHOLE_WORD = re.compile(r"[a-z]{4,12}(?=\s?[_^]|$)")
_LATEX_WEIGHT = re.compile(
    r"(?:[WUVR][a-z]{1,2}(?=\s+[A-Za-z(]|\s*(?:[*·⋅×@.\[⊙∘]|\\(?:cdot|times|odot|circ)))"
    r"|[WUVR](?![xhc]\b)[a-z]{1,2}(?=\s*(?:[-+)\],]|$))|b[a-z]{1,2}|[hxcfiogzrsnHXC]t)(?![A-Za-z0-9_^])"
)
_ACCENTED_CALL = re.compile(r"(?:tilde|hat|bar)\(([A-Za-z]{1,6})\)")
_EULER = re.compile(r"e\s*(?:\^|\*\*)")
_GREEK_INDEX = re.compile(r"[a-z](?![A-Za-z])")
_ARGUMENT = re.compile(r"\s{0,40}[(\[{]")
_CALLED = re.compile(r"\.?\s{0,9}(?:\\(?:left|[bB]igg?l?)\s{0,9})?[(\[{]|$")
_OWN_FUNCTION = re.compile(
    r"(\w{1,30}(?:_\{\w{1,9}\})?)(?:\.(?=\())?(?=\s{0,9}(?:\\[,!;:]\s{0,9}){0,3}"
    r"(?:[(\[{]|\\(?:left|[bB]igg?l?)\s{0,9}[(\[]|\\begin|\\?(?:mathbf|mathrm|bm|boldsymbol|tilde|hat|vec)(?![a-z])))"
)
_INDEXED = re.compile(r"_\{?(\w{1,3})\}?")


@dataclass(slots=True)
class SymbolReader(MarkReader):
    """Reads the symbol or the function that stands at a place."""

    def command(self, start: int) -> Token | None:
        """Read a LaTeX command; None if it stands for nothing."""
        raise NotImplementedError

    def letters(self, start: int) -> Token:
        if function := self.function_named(start):
            return function
        if accented := _ACCENTED_CALL.match(self.text, start):
            self.at = accented.end()
            return self.finish(Draft(accented[1], accent="~"), start)
        euler = _EULER.match(self.text, start)
        if euler and bracketed_time(self.text, euler.end()) is None:
            self.at = euler.end()
            return Token("EULER", "e", start, self.at)
        return self.finish(self.base(), start)

    def function_named(self, start: int) -> Token | None:
        """The function whose name stands here, a known one or one of the student's own."""
        own = _OWN_FUNCTION.match(self.text, start) if self.functions else None
        if own and own[1] in self.functions and bracketed_time(self.text, own.end(1)) is None:
            self.at = own.end(1)
            return Token("FUNC", self.functions[own[1]], start, self.at)
        function = _FUNCTION.match(self.text, start)
        if function is None or self._is_joined_vector(function):
            return None
        if function[0].lower() in chars.ONLY_CALLED and not _CALLED.match(self.text, function.end()):
            return None
        return self.function(function[0], start, function.end())

    def _is_joined_vector(self, word: re.Match[str]) -> bool:
        """Whether `concat` is not a call but the name of `[h_{t-1}, x_t]`."""
        return chars.FUNCTIONS[word[0].lower()] == "concat" and not _ARGUMENT.match(self.text, word.end())

    def function(self, name: str, start: int, end: int) -> Token:
        """A function; an index of σ tells which one (σ_g is the sigmoid, σ_c and σ_h are tanh, as in Wikipedia)."""
        self.at = end
        value = chars.FUNCTIONS[name.lower()]
        if value == "sigmoid" and self.text[end : end + 1] in ("_", "ₕ"):
            draft = Draft("σ")
            self.marks(draft)
            value = "tanh" if draft.mark in ("h", "c") else value
        return Token("FUNC", value, start, self.at)

    def greek(self, letter: str, start: int, end: int) -> Token:
        """A Greek letter, or one of another alphabet, that ends at `end`: σ and φ are functions."""
        indexed = _INDEXED.match(self.text, end) if self.functions else None
        if indexed and f"{letter}_{indexed[1]}" in self.functions:
            self.at = indexed.end()
            return Token("FUNC", self.functions[f"{letter}_{indexed[1]}"], start, self.at)
        if letter in self.functions:
            self.at = end
            return Token("FUNC", self.functions[letter], start, end)
        if letter in "σφ" and not TIME_FOLLOWS.match(self.text, end):
            return self.function("sigmoid" if letter == "σ" else "tanh", start, end)
        self.at = end
        draft = Draft(letter)
        if letter.isupper() and not self.latex and _GREEK_INDEX.match(self.text, self.at):
            draft.mark = self.text[self.at]
            self.at += 1
        return self.finish(draft, start)

    def base(self) -> Draft:
        """The letters at this place as the base of a symbol."""
        start = self.at
        if start < len(self.text) and self.text[start] == "\\":
            token = self.command(start)
            if token is None or not isinstance(token.value, Symbol):
                raise Unread(start, "a symbol is missing here")
            found = token.value
            return Draft(found.base, found.mark, found.accent, found.lag)
        word = _WORD.match(self.text, start)
        if word is None:
            if start < len(self.text) and self.text[start].isalpha():
                self.at += 1
                return Draft(self.text[start])
            raise Unread(start, "a symbol is missing here")
        if self.latex:
            # Formulas in plain text mix both: `σ(Wf \\cdot [ht-1, xt] + bf)`.
            whole = _LATEX_WEIGHT.match(self.text, start) or _WHOLE_WORD.match(self.text, start)
            self.at = whole.end() if whole else start + 1
            return from_word(self.text[start : self.at])
        return self._word(word)

    def _word(self, word: re.Match[str]) -> Draft:
        weighted = _WEIGHTED.fullmatch(word[0])
        if weighted and (
            TIME_FOLLOWS.match(self.text, word.end())
            or (len(word[0]) == 2 and _ENDS_TERM.match(self.text, word.end()) and not self._is_second(word.start()))
        ):
            self.at = word.start() + len(weighted[1])
            return Draft(weighted[1])
        self.at = word.end()
        lag = from_prefix(word[0])
        if lag is not None and self.text.startswith("_", self.at):
            self.at += 1
            inner = self.base()
            inner.lag = lag
            return inner
        return from_word(word[0])

    def _is_second(self, at: int) -> bool:
        """Whether what stands here is multiplied from the left: `matmul(x, Wc)`, `x @ Wc`."""
        return self.text[max(0, at - 4) : at].rstrip()[-1:] in (",", "@")

    def finish(self, draft: Draft, start: int) -> Token:
        self.marks(draft)
        return Token("SYMBOL", draft.symbol(), start, self.at)
