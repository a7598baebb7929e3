"""Reading one symbol or function at a place in the text, with all that is attached to it.

What a student means by `h_t-1`, `W_fx_t`, `Wx_t` or `hprev` is decided here: it hangs on blanks and letters, not on the
structure of the equation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from grader.language.equations.read import characters as chars
from grader.language.equations.read.expressions import NOW, Symbol
from grader.language.equations.read.symbols import (
    LOOSE_STEP,
    STATE_LETTERS,
    TIGHT_STEP,
    TIME_FOLLOWS,
    WEIGHT_LETTERS,
    Draft,
    bracketed_time,
    from_prefix,
    from_word,
    is_known,
)


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


_COMMAND = re.compile(r"\\([a-zA-Z]+\*?|\|)")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_SUBWORD = re.compile(r"[A-Za-z0-9]+")
_FUNCTION = re.compile(rf"(?:{'|'.join(sorted(chars.FUNCTIONS, key=len, reverse=True))})(?![A-Za-z0-9])", re.I)
_SUBSCRIPTS = re.compile(f"[{re.escape(''.join(chars.SUBSCRIPTS))}]+")
_SUPERSCRIPTS = re.compile(f"[{re.escape(''.join(chars.SUPERSCRIPTS))}]+")
_RAISED_NAME = re.compile(
    r"\s{0,40}(?:\{\s*)?(?:[(\[<]\s*(?:[\wℓ]{1,6}|\\[a-z]+|[a-zℓ]\s?[-−]\s?1)\s*[)\]>]|\\(?:var)?[a-z]{2,7}\s?\}|\\(?:var)?(?:phi|iota|omega|psi|gamma|alpha|beta)(?![a-z])|\\(?:mathsf|mathrm|text|mathbf|textrm)\s?\{[A-Za-z]{1,9}\}\s?\}|\\(?:top|prime|intercal|ast|star|dagger|bullet)(?![a-zA-Z])"
    r"|[A-Za-z]{1,5}(?![A-Za-z0-9])|[*'~]|[-−]\s?\}|\([A-Za-z\\][^(){}^_+*/=-]{0,24}\)\s?\})\s*"
)
_RAISED_TIME = re.compile(r"\s{0,40}t(?![A-Za-z])")
_WEIGHTED = re.compile(r"([WUVR][a-z]{0,2}?)([xhcXHC])")
_ENDS_NAME = re.compile(r"[ \t]{0,40}(?:[-+*=@)\]]|$)", re.MULTILINE)
_ENDS_TERM = re.compile(r"\s{0,40}(?:[-+)\]]|$)")
_SLOPPY_PAIR = re.compile(r"([xhc][fiocgzrhxnua])(?![\w^{(]|\s*[_^({])")
_PLACE = re.compile(r"\[\d:\d\]")
_OTHER_TIME = re.compile(r"\[\s?([a-zτ](?:\s?[-−+]\s?1)?)\s?\]")
_WHOLE_WORD = re.compile(r"[a-z]{4,12}(?=\s?[_^]|$)")
_LATEX_WORD = re.compile(r"(?:prev|previous|old|new|cand|tilde|hat)(?![A-Za-z])")
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
_THIN = re.compile(r"(?:\\[,!;:]|\{\}){1,4}\s{0,3}(?=['_^])")
_SLICE = re.compile(r"\[\s{0,9}(?:[^\[\]=\n:;]{0,30}:[^\[\]=\n;]{0,40}|\.\.\.[^\[\]=\n;]{0,20}|\d)\s{0,9}\]")
_MAX_ARGUMENT = 120


@dataclass(slots=True)
class SymbolReader:
    """Reads at the place `at` of `text`, whose letters are decomposed (an accent stands behind its letter)."""

    text: str
    latex: bool
    functions: Mapping[str, str] = field(default_factory=dict)
    """What letters of the student's own stand for before a bracket: `s` for the sigmoid."""
    at: int = 0

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
            self._marks(draft)
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
        self._marks(draft)
        return Token("SYMBOL", draft.symbol(), start, self.at)

    def _marks(self, draft: Draft) -> None:
        """Read everything that is attached to a symbol."""
        while self.at < len(self.text) and (self._mark(draft) or self._time(draft) or self._slice(draft)):
            pass
        pattern = LOOSE_STEP if draft.base in STATE_LETTERS else TIGHT_STEP
        if draft.lag == NOW and (found := pattern.match(self.text, self.at)):
            draft.at(found)
            self.at = found.end()

    def _time(self, draft: Draft) -> bool:
        found = bracketed_time(self.text, self.at)
        if found is None or (self.latex and self.text[self.at] == "{"):
            return False
        draft.lag, self.at = found
        return True

    def _slice(self, draft: Draft) -> bool:
        """A part of a vector in a program: `a[1:n]`, `z[:, :units]`, `gates[0]`."""
        if draft.base[:1] not in WEIGHT_LETTERS and (time := _OTHER_TIME.match(self.text, self.at)):
            draft.mark += "".join(time[1].split())
            self.at = time.end()
            return True
        found = (_PLACE if self.latex else _SLICE).match(self.text, self.at)
        if found is None:
            return False
        draft.mark += "".join(found[0].split())
        self.at = found.end()
        return True

    def _mark(self, draft: Draft) -> bool:
        if thin := _THIN.match(self.text, self.at):
            self.at = thin.end()
        character = self.text[self.at]
        if character in chars.TILDES or character in chars.PRIMES or self._is_trailing_tilde():
            draft.accent = "'" if character in chars.PRIMES and not draft.accent else "~"
            self.at += 1
            return True
        if character == "t" and draft.accent and draft.lag is None:
            after = self.text[self.at + 1 : self.at + 2]
            if not (after.isalnum() or after == "_"):
                draft.lag = NOW
                self.at += 1
                return True
        if character in chars.ARROWS:
            draft.accent = chars.ARROWS[character]
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
        if found := bracketed_time(self.text, self.at):
            draft.lag, self.at = found
        elif self.latex:
            self._latex_subscript(draft)
        elif self.text.startswith(("{", "(", "["), self.at):
            draft.take(self.enclosed())
        elif self.text.startswith("\\", self.at):
            draft.take(self.argument())
        else:
            self._plain_subscript(draft)

    def _plain_subscript(self, draft: Draft) -> None:
        word = _SUBWORD.match(self.text, self.at)
        if word is None:
            if not draft.mark and draft.lag is None and _ENDS_NAME.match(self.text, self.at):
                draft.accent = "~"  # `c_ = tanh(...)` in a program
                return
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
            draft.take(self.argument())

    def _superscript(self, draft: Draft) -> bool:
        at = self.at + 1
        if found := bracketed_time(self.text, at):
            draft.lag, self.at = found
            return True
        if raised := _RAISED_TIME.match(self.text, at):
            draft.lag, self.at = NOW, raised.end()
            return True
        if not _RAISED_NAME.match(self.text, at):
            return False
        self.at = at
        if self.text.startswith(("(", "[", "<"), at):
            draft.take(self.enclosed(), raised=True)
        elif self.latex or self.text.startswith(("{", "\\", "*", "'", "~"), at):
            draft.take(self.argument(), raised=True)
        elif word := _SUBWORD.match(self.text, at):
            self.at = word.end()
            draft.take(word[0], raised=True)
        return True

    def enclosed(self) -> str:
        """The text in the brackets that open here."""
        closing = {"{": "}", "(": ")", "[": "]", "<": ">"}[self.text[self.at]]
        opening, depth = self.text[self.at], 0
        for at in range(self.at, min(len(self.text), self.at + _MAX_ARGUMENT)):
            depth += (self.text[at] == opening) - (self.text[at] == closing)
            if depth == 0:
                inner = self.text[self.at + 1 : at]
                self.at = at + 1
                return inner
        raise Unread(self.at, "this bracket is not closed")

    def argument(self) -> str:
        """What a LaTeX command or index takes: a group, a command, or a single character."""
        while self.text.startswith(" ", self.at):
            self.at += 1
        if self.at >= len(self.text):
            raise Unread(self.at, "something is missing at the end")
        if self.text[self.at] == "{":
            return self.enclosed()
        command = _COMMAND.match(self.text, self.at)
        if command:
            self.at = command.end()
            if command[1] in chars.COMMAND_STYLES and self.text.startswith("{", self.at):
                return self.enclosed()
            return command[0]
        self.at += 1
        return self.text[self.at - 1]
