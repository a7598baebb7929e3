"""Reading the commands of LaTeX: matrices, accents, typefaces, and those that stand for a sign or a letter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.language.equations.read import characters as chars
from grader.language.equations.read.expressions import Symbol
from grader.language.equations.read.frames import FrameReader
from grader.language.equations.read.operators import SINGLE, operator
from grader.language.equations.read.symbols import TIME_FOLLOWS, Draft
from grader.language.equations.read.tokens import Token, Unread

_COMMAND = re.compile(r"\\([a-zA-Z]+\*?|\|)")
_MATRIX = re.compile(r"\s{0,40}\{\s*(?:[bpvB]?matrix|array|smallmatrix)\s*\}(?:\s*\{[clr|\s]*\})?")
_ENVIRONMENT = re.compile(r"\s{0,40}\{[^{}]{0,20}\}(?:\s*\{[clr|\s]*\})?")
_GOES_ON = re.compile(
    r"\s{0,40}(?:&\s{0,9}){0,3}(?:(?:\\q?quad|\\[hv]?phantom\s?\{[^{}]{0,60}\}|\\hspace\s?\{[^{}]{0,20}\}|\\[,;:!])\s{0,9}){0,6}"
    r"(?=[-+−]|\\(?:odot|circ|cdot|times|otimes|oplus)(?![a-z]))"
)
"""A line break within an equation: what stands behind it is an operator."""
_MACRO = re.compile(r"(?:rv|rm|[vmt])([a-zA-Z])")
"""What papers call their bold letters: `\\vx`, `\\mW`, `\\rvh`."""
_ROW_SPACE = re.compile(r"\s{0,40}\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm)\s*\]")
_COMMAND_TOKENS = {
    "frac": "FRAC", "dfrac": "FRAC", "tfrac": "FRAC", "cfrac": "FRAC",
    "langle": "LPAR", "rangle": "RPAR", "lbrack": "LSQB", "rbrack": "RSQB", "lbrace": "LSQB", "rbrace": "RSQB",
} | dict.fromkeys(chars.EQUALS_COMMANDS, "EQ")  # fmt: skip
_COMMAND_STOPS = frozenset([
    "to", "rightarrow", "Rightarrow", "longrightarrow", "implies", "approx", "in", "ldots", "dots", "cdots", "neq",
    "leq", "geq", "sim", "prod", "int", "partial", "nabla",
])  # fmt: skip
_WITH_ARGUMENT = frozenset(["label", "tag", "hspace", "vspace", "phantom", "eqref", "ref", "kern"])
_WORDS = frozenset(["text", "mathrm", "textrm", "operatorname", "operatorname*", "mbox", "textit", "texttt", "textbf"])


@dataclass(slots=True)
class CommandReader(FrameReader):
    """Reads a command with what it takes."""

    matrices: int = 0

    def command(self, start: int) -> Token | None:
        """Read a LaTeX command; None if it stands for nothing."""
        if self.text.startswith("\\\\", start):
            space = _ROW_SPACE.match(self.text, start + 2)
            self.at = space.end() if space else start + 2
            if not self.matrices and (goes_on := _GOES_ON.match(self.text, self.at)):
                self.at = goes_on.end()
                return None
            return Token("COMMA" if self.matrices else "NEWROW", "\\\\", start, self.at)
        found = _COMMAND.match(self.text, start)
        if found is None:
            return self._escaped(start)
        name = found[1]
        self.at = found.end()
        if name in chars.COMMAND_BLANKS or name in _WITH_ARGUMENT:
            self._blank(name)
            return None
        if name in ("begin", "end"):
            return self._environment(name, start)
        if name in chars.COMMAND_FRAMES:
            return self.framed(name, start)
        if name == "sum":
            self.sum(self.at)
            return None
        if name in _COMMAND_TOKENS:
            return Token(_COMMAND_TOKENS[name], name, start, self.at)
        if name in _COMMAND_STOPS:
            return Token("STOP", name, start, self.at)
        if name in chars.COMMAND_OPERATORS:
            operator = chars.COMMAND_OPERATORS[name]
            return Token({"⊕": "CPLUS", "‖": "COMMA"}.get(operator, "STAR"), operator, start, self.at)
        return self._named(name, start)

    def _escaped(self, start: int) -> Token:
        """`\\{`, `\\*` and the like: an escaped character stands for itself."""
        character = self.text[start + 1 : start + 2]
        kind = {"{": "LSQB", "}": "RSQB"}.get(character) or SINGLE.get(character, "")
        if not kind:
            raise Unread(start, "a backslash that begins no command")
        self.at = start + 2
        return Token(kind, operator(character), start, self.at)

    def _blank(self, name: str) -> None:
        if name in _WITH_ARGUMENT and self.text.startswith("{", self.at):
            self.enclosed()
        elif name in ("left", "right") and self.text.startswith(".", self.at):
            self.at += 1

    def _environment(self, name: str, start: int) -> Token | None:
        if matrix := _MATRIX.match(self.text, self.at):
            self.at = matrix.end()
            self.matrices += 1 if name == "begin" else -1
            return Token("LSQB" if name == "begin" else "RSQB", name, start, self.at)
        if other := _ENVIRONMENT.match(self.text, self.at):
            self.at = other.end()
            return None
        raise Unread(start, f"\\{name} without an environment")

    def _named(self, name: str, start: int) -> Token | None:
        letter = chars.GREEK.get(name, "")
        if letter and any(own.partition("_")[0] == letter for own in self.functions):
            return self.greek(letter, start, self.at)
        if name in self.functions and name in chars.FUNCTIONS:
            return Token("FUNC", self.functions[name], start, self.at)
        timed = name in chars.GREEK and TIME_FOLLOWS.match(self.text, self.at)
        if name.lower() in chars.FUNCTIONS and name not in ("Sigma", "Phi", "dot") and not timed:
            return self.function(name, start, self.at)
        if name in chars.GREEK:
            return self.greek(chars.GREEK[name], start, self.at)
        if name in chars.COMMAND_ACCENTS:
            token = self.only(self.argument(), self.latex)
            if token is None or not isinstance(token.value, Symbol):
                raise Unread(start, f"\\{name} must stand over a single symbol")
            draft = Draft(token.value.base, token.value.mark, chars.COMMAND_ACCENTS[name], token.value.lag)
            return self.finish(draft, start)
        if name in chars.COMMAND_STYLES:
            return self._styled(name, start)
        if macro := _MACRO.fullmatch(name):
            return self.finish(Draft(macro[1]), start)
        raise Unread(start, f"the command \\{name} is not known here")

    def _styled(self, name: str, start: int) -> Token | None:
        """A symbol or function in another typeface; words that are neither are a remark."""
        begun = self.at
        if not self.text.startswith(("{", " ", "\\"), begun) and name in ("rm", "bf"):
            return None
        content = self.argument()
        token = self.only(content, self.latex and name not in _WORDS)
        if token is not None and isinstance(token.value, Symbol):
            value = token.value
            if value.base == "e" and not value.mark and self.text.startswith("^", self.at):
                self.at += 1
                return Token("EULER", "e", start, self.at)
            if value.name in self.functions and self.text[self.at : self.at + 1] in ("(", "[", "\\"):
                return Token("FUNC", self.functions[value.name], start, self.at)
            return self.finish(Draft(value.base, value.mark, value.accent, value.lag), start)
        if token is not None and token.kind in ("FUNC", "NUMBER", "PLUS", "MINUS", "EQ", "STAR"):
            return Token(token.kind, token.value, start, self.at)
        if name in _WORDS:
            return Token("TEXT", content, start, self.at)
        self.at = begun
        return None
