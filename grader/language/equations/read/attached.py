"""Reading what is attached to a symbol: indices, exponents, time steps, accents and slices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.language.equations.read import characters as chars
from grader.language.equations.read.expressions import NOW
from grader.language.equations.read.symbols import (
    LOOSE_STEP,
    STATE_LETTERS,
    TIGHT_STEP,
    TIME_FOLLOWS,
    WEIGHT_LETTERS,
    Draft,
    bracketed_time,
    is_known,
)
from grader.language.equations.read.tokens import Unread

_COMMAND = re.compile(r"\\([a-zA-Z]+\*?|\|)")
_SUBWORD = re.compile(r"[A-Za-z0-9]+")
_SUBSCRIPTS = re.compile(f"[{re.escape(''.join(chars.SUBSCRIPTS))}]+")
_SUPERSCRIPTS = re.compile(f"[{re.escape(''.join(chars.SUPERSCRIPTS))}]+")
_RAISED_NAME = re.compile(
    r"\s{0,40}(?:\{\s*)?(?:[(\[<]\s*(?:[\wℓ]{1,6}|\\[a-z]+|[a-zℓ]\s?[-−]\s?1)\s*[)\]>]|\\(?:var)?[a-z]{2,7}\s?\}|\\(?:var)?(?:phi|iota|omega|psi|gamma|alpha|beta)(?![a-z])|\\(?:mathsf|mathrm|text|mathbf|textrm)\s?\{[A-Za-z]{1,9}\}\s?\}|\\(?:top|prime|intercal|ast|star|dagger|bullet)(?![a-zA-Z])"
    r"|[A-Za-z]{1,5}(?![A-Za-z0-9])|[*'~]|[-−]\s?\}|\([A-Za-z\\][^(){}^_+*/=-]{0,24}\)\s?\})\s*"
)
_RAISED_TIME = re.compile(r"\s{0,40}t(?![A-Za-z])")
_ENDS_NAME = re.compile(r"[ \t]{0,40}(?:[-+*=@)\]]|$)", re.MULTILINE)
_SLOPPY_PAIR = re.compile(r"([xhc][fiocgzrhxnua])(?![\w^{(]|\s*[_^({])")
_PLACE = re.compile(r"\[\d:\d\]")
_OTHER_TIME = re.compile(r"\[\s?([a-zτ](?:\s?[-−+]\s?1)?)\s?\]")
_LATEX_WORD = re.compile(r"(?:prev|previous|old|new|cand|tilde|hat)(?![A-Za-z])")
_THIN = re.compile(r"(?:\\[,!;:]|\{\}){1,4}\s{0,3}(?=['_^])")
_SLICE = re.compile(r"\[\s{0,9}(?:[^\[\]=\n:;]{0,30}:[^\[\]=\n;]{0,40}|\.\.\.[^\[\]=\n;]{0,20}|\d)\s{0,9}\]")
_MAX_ARGUMENT = 120


@dataclass(slots=True)
class MarkReader:
    """Reads at the place `at` of `text`, whose letters are decomposed (an accent stands behind its letter)."""

    text: str
    latex: bool
    functions: Mapping[str, str] = field(default_factory=dict)
    """What letters of the student's own stand for before a bracket: `s` for the sigmoid."""
    at: int = 0

    def marks(self, draft: Draft) -> None:
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
