"""Reading the marks of a symbol: which time step, which accent, which index, in all the ways people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.language.equations.read.characters import FUNCTIONS, GREEK, MINUS
from grader.language.equations.read.expressions import NOW, PREVIOUS, Symbol

_SIGN = f"[{re.escape(MINUS)}+]"
_OPEN = r"(?:[(\[{<⟨〈]|\\langle\s*+|\\left\s*[(\[<]|\\lt\s*+|\\[{(\[])"
_CLOSE = r"(?:[)\]}>⟩〉]|\\rangle\s*|\\right\s*[)\]>]|\\gt\s*|\\[})\]])"
_TIME = re.compile(rf"{_OPEN}{{0,3}}\s*t\s*(?:(?P<sign>{_SIGN})\s*(?P<step>\d)\s*)?{_CLOSE}{{0,3}}")
_TIME_INSIDE = re.compile(rf"\s{{0,40}}t\s*(?:(?P<sign>{_SIGN})\s*(?P<step>\d)\s*)?")
_OPENING = re.compile(_OPEN)
_CLOSERS = re.compile(_CLOSE)
TIGHT_STEP = re.compile(rf"(?P<sign>[{re.escape(MINUS)}])(?P<step>1)(?![\w.(])")
LOOSE_STEP = re.compile(rf"\s{{0,40}}(?P<sign>{_SIGN})\s*(?P<step>1)(?![\w.(])")
TIME_FOLLOWS = re.compile(
    rf"_\s*(?:\{{\s*)?t(?![A-Za-z])|_?{_OPEN}{{1,3}}\s*t\s*(?:{_SIGN}\s*\d\s*)?{_CLOSE}|ₜ|\^\s*{_OPEN}+\s*t"
)
_STYLED = re.compile(r"\\[a-zA-Z]+\*?\s*\{([^{}\\]*)\}")
_COMMAND = re.compile(r"\\([a-zA-Z]+)")
_BLANKS = re.compile(r"[\s{}()\[\]<>⟨⟩\\`*_]+")

PREVIOUS_WORDS = frozenset([
    "prev", "previous", "old", "last", "tm1", "tminus1", "before", "past", "prior", "alt", "alte",
    "alter", "ancien", "ancienne", "anterior", "previo", "previa", "vecchio", "vecchia", "précédent", "précédente",
])  # fmt: skip
CURRENT_WORDS = frozenset([
    "t", "new", "next", "cur", "curr", "current", "now", "neu", "neue", "neuer", "nouveau", "nouvelle", "nouvel",
    "nuevo", "nueva", "novo", "nova", "nuovo", "nuova",
])  # fmt: skip
ACCENT_WORDS = frozenset(["tilde", "hat", "bar", "cand", "candidate", "prime", "dash", "tilda", "dashed"])
_SILENT_WORDS = frozenset(["state", "layer", "vector", "vec", "val", "value"])
_ANY = frozenset(["star", "ast", "bullet", "cdot"])
_TRANSPOSED = frozenset(["T", "top", "⊤", "intercal", "transpose"])
WEIGHT_LETTERS = frozenset("WUVRBbΘθ")
STATE_LETTERS = frozenset("hHcCsSaAxX")


@dataclass(slots=True)
class Draft:
    """A symbol while its marks are being read."""

    base: str
    mark: str = ""
    accent: str = ""
    lag: int | None = None

    def symbol(self) -> Symbol:
        """The finished symbol."""
        return Symbol(self.base, self.mark, self.accent, self.lag)

    def at(self, match: re.Match[str]) -> None:
        """Take over a time step that a pattern has found."""
        self.lag = step(match)

    def take(self, content: str, *, raised: bool = False) -> None:
        """Take over the content of a subscript or superscript."""
        content = _COMMAND.sub(_letter, _STYLED.sub(r"\1", content))
        timed = _TIME.fullmatch(content.strip())
        if timed:
            self.at(timed)
            return
        for part in re.split(r"[,;]", content):
            self._take_part(part, raised)

    def _take_part(self, part: str, raised: bool) -> None:
        timed = _TIME.fullmatch(part.strip())
        if timed:
            self.at(timed)
            return
        word = _BLANKS.sub("", part)
        lower = word.lower()
        if lower in PREVIOUS_WORDS or (raised and word in MINUS and word):
            self.lag = PREVIOUS
        elif lower in CURRENT_WORDS and word != "T":
            self.lag = NOW
        elif lower in ACCENT_WORDS or (raised and not word.strip("~") and ("*" in part or "~" in part)):
            self.accent = "~"
        elif lower not in _SILENT_WORDS and not (raised and word in _TRANSPOSED):
            self.mark += word


def bracketed_time(text: str, at: int) -> tuple[int, int] | None:
    """The time step in the brackets that open here, and where they end: `{t-1}`, `(t)`, `{\\langle t-1 \\rangle}`.

    As many brackets close as have opened: in `tanh(c_{(t)})` the last one belongs to tanh.
    """
    opened = 0
    while opened < 3 and (bracket := _OPENING.match(text, at)):
        opened, at = opened + 1, bracket.end()
    found = _TIME_INSIDE.match(text, at) if opened else None
    if found is None:
        return None
    at = found.end()
    for _ in range(opened):
        bracket = _CLOSERS.match(text, at)
        if bracket is None:
            return None
        at = bracket.end()
    return step(found), at


def step(match: re.Match[str]) -> int:
    """The number of time steps in a match of one of the patterns of this module."""
    if not match["sign"]:
        return NOW
    return int(match["step"]) * (1 if match["sign"] == "+" else -1)


def _letter(match: re.Match[str]) -> str:
    name = match[1]
    if name in _ANY:
        return "*"
    return "'" if name == "prime" else GREEK.get(name, "" if name in ("left", "right", "langle", "rangle") else name)


def from_word(word: str) -> Draft:
    """A symbol written as one word of a program or of plain text, without underscores: `ht`, `hprev`, `Wf`."""
    lower = word.lower()
    if len(word) == 2 and word[1] == "t" and word[0] not in WEIGHT_LETTERS:
        return Draft(word[0], lag=NOW)
    for ending in ("previous", "prev", "old", "tm1", "new", "next"):
        if lower.endswith(ending) and 0 < len(word) - len(ending) <= 2:
            return Draft(word[: -len(ending)], lag=PREVIOUS if ending in PREVIOUS_WORDS else NOW)
    for ending in ("tilde", "hat", "bar", "cand"):
        if lower.endswith(ending) and len(word) - len(ending) == 1:
            return Draft(word[0], accent="~")
    return Draft(word)


def from_prefix(word: str) -> int | None:
    """The time step that a word in front of an underscore stands for: `prev_h`, `old_c`, `new_c`."""
    lower = word.lower()
    if lower in PREVIOUS_WORDS:
        return PREVIOUS
    return NOW if lower in CURRENT_WORDS and lower != "t" else None


def is_known(word: str) -> bool:
    """Whether a subscript is a word in itself, so that its last letter is not the next symbol."""
    lower = word.lower()
    known = PREVIOUS_WORDS | CURRENT_WORDS | ACCENT_WORDS | _SILENT_WORDS
    return lower in known or lower in FUNCTIONS
