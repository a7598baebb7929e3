"""From the text of an equation to the tokens of its grammar; a symbol with all its marks is one token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grader.language.equations.read import characters as chars
from grader.language.equations.read.expressions import Symbol
from grader.language.equations.read.frames import FrameReader
from grader.language.equations.read.reader import Token, Unread
from grader.language.equations.read.symbols import TIME_FOLLOWS, Draft

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
_COMMAND = re.compile(r"\\([a-zA-Z]+\*?|\|)")
_SUPERSCRIPTS = re.compile(f"[{re.escape(''.join(chars.SUPERSCRIPTS))}]+")
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
_ENTRY = re.compile(r"(?<=[\])])\s?_\s?(?:\{\s?[a-z]\s?\}|[a-z](?![a-zA-Z]))")
_BROADCAST = re.compile(r"@\.[ ]?(?=[\w(])|(?<=\w)\.(?=\()|\.(?=[-+−]\s?[\w(\\])")
_CIRCLED = re.compile(r"\([ ]?[.*·][ ]?\)|(?<=\s)\([x×]\)(?=\s)|<[*.]>")
_STOPS = re.compile(r"\.\.\.|…|-{1,40}>|=>|==|!=|<=|>=|<(?!-)|>|[→⇒⟶⟹≈≃≅≠≤≥∈∝⟺⟵]")
_EQUALS = re.compile(r":=|<-|[=≔←≡≜]")
_SINGLE = {
    "(": "LPAR", ")": "RPAR", "[": "LSQB", "]": "RSQB", "}": "RBRACE", ",": "COMMA", ";": "COMMA", "⟨": "LPAR",
    "⟩": "RPAR", "+": "PLUS", "⊕": "CPLUS", "/": "SLASH", "÷": "SLASH", "^": "CARET", "@": "STAR", "`": "TICK",
    ".": "DOT", "{": "LBRACE",
}  # fmt: skip
_PAIRS = (
    ("++", "COMMA", "++"),
    ("**", "CARET", "**"),
    ("||", "COMMA", "||"),
    (".*", "STAR", "⊙"),
    ("./", "SLASH", "/"),
)
_SINGLE |= dict.fromkeys(chars.MINUS, "MINUS")
_SINGLE |= dict.fromkeys(chars.ELEMENTWISE + chars.EITHER_PRODUCT, "STAR")
_SINGLE |= dict.fromkeys(chars.CONCATENATORS, "COMMA")
_DEPTH = {"LPAR": 1, "LSQB": 1, "LBRACE": 1, "RPAR": -1, "RSQB": -1, "RBRACE": -1}
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


def is_latex(text: str) -> bool:
    """Whether a text is written in LaTeX, where `ab_c` is a times b with the index c."""
    return re.search(r"\\[a-zA-Z]{2}", text) is not None


def _operator(character: str) -> str:
    if character in chars.ELEMENTWISE:
        return "⊙"
    return "*" if character in chars.EITHER_PRODUCT else character


@dataclass(slots=True)
class Scanner(FrameReader):
    """Reads all the tokens of a text."""

    matrices: int = 0
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
        for pair, kind, value in _PAIRS:
            if self.text.startswith(pair, start):
                return self._token(kind, value, start + 2)
        kind = _SINGLE.get(character, "")
        if not kind:
            raise Unread(start, f"{character!r} is not part of an equation")
        self.depth += {"LBRACE": 1, "RBRACE": -1}.get(kind, 0)
        return self._token(kind, _operator(character), start + 1)

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

    # LaTeX -----------------------------------------------------------------------------------------------------------

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
        kind = {"{": "LSQB", "}": "RSQB"}.get(character) or _SINGLE.get(character, "")
        if not kind:
            raise Unread(start, "a backslash that begins no command")
        self.at = start + 2
        return Token(kind, _operator(character), start, self.at)

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
