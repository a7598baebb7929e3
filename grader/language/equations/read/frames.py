"""What stands in frames, in colours or above a brace, and the sign of a sum with its indices."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from grader.language.equations.read import characters as chars
from grader.language.equations.read.expressions import Symbol
from grader.language.equations.read.reader import SymbolReader
from grader.language.equations.read.symbols import Draft
from grader.language.equations.read.tokens import Token

_FRAMED_SYMBOL = re.compile(r"\s{0,9}\{((?:[^{}$=]|\{[^{}$=]{0,24}\}){1,40})\}")
_OVER = re.compile(r"\\(?:over|under)(?:set|brace|bracket)|\\stackrel")
_LIMITS = re.compile(r"\s{0,9}(?:\\(?:no)?limits(?![a-zA-Z])\s{0,9})?")
_INDEX = re.compile(r"[a-zA-ZιφωΦΙ](?![a-zA-Z])")


@dataclass(slots=True)
class FrameReader(SymbolReader):
    """Reads what is shown in frames as if it stood there alone, and leaves the signs of sums out."""

    depth: int = 0
    frames: list[tuple[int, bool]] = field(default_factory=list)
    indices: set[str] = field(default_factory=set)
    """The indices over which sums go."""

    def only(self, text: str, latex: bool) -> Token | None:
        """The token of a text that is nothing but one token."""
        raise NotImplementedError

    def framed(self, name: str, start: int) -> Token | None:
        """What stands in a frame or in a colour, as if it stood there alone."""
        for _ in range(chars.COMMAND_FRAMES[name]):
            self.argument()
        over = _OVER.match(self.text, start) is not None
        if (short := _FRAMED_SYMBOL.match(self.text, self.at)) and not (over and self._is_noted(short.end())):
            token = self.only(short[1], self.latex)
            if token is not None:
                self.at = short.end()
                if isinstance(token.value, Symbol):
                    value = token.value
                    return self.finish(Draft(value.base, value.mark, value.accent, value.lag), start)
                return Token(token.kind, token.value, start, self.at)
        while self.text.startswith(" ", self.at):
            self.at += 1
        if self.text.startswith("{", self.at):
            self.at += 1
            self.frames.append((self.depth, over))
        return None

    def _is_noted(self, at: int) -> bool:
        """Whether a remark hangs on a brace: `\\underbrace{f_t}_{\\text{forget}}`."""
        return self.text[at : at + 3].lstrip()[:1] in ("_", "^")

    def closes_frame(self) -> bool:
        """Whether the brace that stands here closes a frame."""
        return bool(self.frames) and self.frames[-1][0] == self.depth

    def unframe(self) -> None:
        """Leave the frame that ends here, and the remark below it."""
        _, over = self.frames.pop()
        self.at += 1
        if over and self._is_noted(self.at):
            self.at = self.text.index(self.text[self.at :].lstrip()[0], self.at) + 1
            self.argument()

    def is_sum(self, start: int) -> bool:
        """Whether a capital sigma sums: there is an index below it."""
        after = self.text[start + 1 : start + 2]
        return self.text[start] == "∑" or after == "_" or after in chars.SUBSCRIPTS

    def sum(self, at: int) -> None:
        """Skip the sign of a sum with its limits, and keep the indices over which it goes."""
        self.at = at
        limits = _LIMITS.match(self.text, at)
        self.at = limits.end() if limits else at
        draft = Draft("Σ")
        while self.text[self.at : self.at + 1] in ("_", "^") and self.at < len(self.text):
            below = self.text[self.at] == "_"
            self.at += 1
            limit = self.argument()
            if below:
                self.indices.update(_INDEX.findall(limit.split("=")[0].split("\\in")[0]))
        while (small := self.text[self.at : self.at + 1]) and small in chars.SUBSCRIPTS:
            draft.mark += chars.SUBSCRIPTS[small]
            self.at += 1
        self.indices.update(_INDEX.findall(draft.mark))
