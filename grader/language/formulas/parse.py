"""From one line of mathematics to an equation, by recursive descent."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.language.formulas.notation import plain
from grader.language.formulas.tree import (
    Call,
    Concat,
    Equation,
    FunctionName,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Time,
)

MAX_LENGTH = 400
MAX_DEPTH = 40
FUNCTIONS: dict[str, FunctionName] = {
    "σ": "sigmoid", "sigmoid": "sigmoid", "sigm": "sigmoid", "logistic": "sigmoid", "sigma": "sigmoid", "sig": "sigmoid",
    "tanh": "tanh", "φ": "tanh", "tan": "tanh", "relu": "relu", "softmax": "softmax", "exp": "exp",
}  # fmt: skip
_CONCATS = {"concat", "concatenate", "cat", "hstack"}
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<symbol>[A-Za-zͰ-Ͽ]+~?'?(?:\s?~)?)"
    r"|(?P<op>[-+*/=()\[\]{},;^_<>|])|(?P<other>.)"
)
_PREFIXES = ("np.", "tf.nn.", "tf.math.", "tf.", "torch.", "K.", "self.")


@dataclass(frozen=True, slots=True)
class ParseFailure:
    """Where reading stopped (an offset in the text as it was normalised), and what was met there."""

    where: int
    what: str
    text: str


class _Stop(Exception):
    def __init__(self, where: int, what: str) -> None:
        super().__init__(what)
        self.where, self.what = where, what


def parse(text: str) -> Equation | ParseFailure:
    """Read `target = value`. Never raises; text behind the value that is not mathematics is left out."""
    normal = plain(text[:MAX_LENGTH])
    for prefix in _PREFIXES:
        normal = normal.replace(prefix, "")
    try:
        return _Parser(normal, text).equation()
    except _Stop as stop:
        return ParseFailure(stop.where, stop.what, normal)


class _Parser:
    def __init__(self, normal: str, text: str) -> None:
        self._text = text
        self._tokens = [
            (match.lastgroup or "", match[0], match.start())
            for match in _TOKEN.finditer(normal)
            if match.lastgroup != "space"
        ]
        self._position = 0
        self._depth = 0
        self._end = len(normal)

    def equation(self) -> Equation:
        target = self._symbol_with_index()
        if not isinstance(target, Symbol):
            raise _Stop(0, "the left side is not a symbol")
        self._expect("=")
        value = self._sum()
        return Equation(target, value, self._text.strip())

    # ----- tokens -----

    def _peek(self, ahead: int = 0) -> str:
        place = self._position + ahead
        return self._tokens[place][1] if place < len(self._tokens) else ""

    def _kind(self) -> str:
        return self._tokens[self._position][0] if self._position < len(self._tokens) else ""

    def _where(self) -> int:
        return self._tokens[self._position][2] if self._position < len(self._tokens) else self._end

    def _next(self) -> str:
        token = self._peek()
        self._position += 1
        return token

    def _expect(self, token: str) -> None:
        if self._peek() != token:
            raise _Stop(self._where(), f"{token!r} was expected, {self._peek() or 'the end'!r} was found")
        self._position += 1

    # ----- grammar -----

    def _sum(self) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _Stop(self._where(), "nested too deeply")
        negative = self._peek() == "-"
        if self._peek() in ("-", "+"):
            self._next()
        node = self._product()
        if negative:
            node = Product(Number(-1.0), node)
        while self._peek() in ("+", "-"):
            sign = -1 if self._next() == "-" else 1
            node = Sum(node, self._product(), sign)  # type: ignore[arg-type]
        self._depth -= 1
        return node

    def _product(self) -> Node:
        node = self._power()
        while True:
            token = self._peek()
            if token == "*":
                self._next()
                node = Product(node, self._power())
            elif token == "/":
                self._next()
                node = Quotient(node, self._power())
            elif self._starts_factor():
                node = Product(node, self._power())
            else:
                return node

    def _starts_factor(self) -> bool:
        """Whether a factor follows without a sign: `W_f x_t`, `W_f [h, x]`; a word of prose does not."""
        token = self._peek()
        if self._kind() == "symbol":
            return _is_mathematical(token)
        return token in ("[", "(") or self._kind() == "number"

    def _power(self) -> Node:
        node = self._factor()
        while self._peek() == "^":
            self._next()
            node = Power(node, self._braced() if self._peek() == "{" else self._factor())
        return node

    def _factor(self) -> Node:
        kind, token = self._kind(), self._peek()
        if kind == "number":
            return Number(float(self._next()))
        if token == "-":
            self._next()
            return Product(Number(-1.0), self._factor())
        if token == "[":
            self._next()
            return self._list("]")
        if token == "(":
            self._next()
            return self._list(")")
        if token == "{":
            return self._braced()
        if kind == "symbol":
            return self._word()
        raise _Stop(self._where(), f"{token or 'the end'!r} was met in the place of a symbol")

    def _braced(self) -> Node:
        self._expect("{")
        node = self._sum()
        self._expect("}")
        return node

    def _list(self, closing: str) -> Node:
        """An expression in brackets, or several: a concatenation."""
        parts = [self._sum()]
        while self._peek() in (",", ";", "|"):
            self._next()
            if self._peek() == closing:
                break
            parts.append(self._sum())
        self._expect(closing)
        if len(parts) > 1:
            return Concat(tuple(parts))
        only = parts[0]
        # [h x], with a blank: two states side by side are no product.
        if closing == "]" and isinstance(only, Product) and all(_is_state(side) for side in (only.left, only.right)):
            return Concat((only.left, only.right))
        return only

    def _word(self) -> Node:
        token = self._peek()
        if token.lower() in _CONCATS:
            return self._concat_call()
        function = FUNCTIONS.get(token) or FUNCTIONS.get(token.lower())
        if function is not None and self._peek(1) != "=":
            self._next()
            if self._peek() == "_":  # σ_g, the sigmoid of the gates
                self._subscript()
            return Call(function, self._argument())
        node = self._symbol_with_index()
        if node == Symbol("e") and self._peek() == "^":
            self._next()
            return Call("exp", self._braced() if self._peek() == "{" else self._factor())
        return node

    def _argument(self) -> Node:
        """What a function is applied to: brackets, or the product that follows (`tanh C_t`)."""
        return self._power() if self._peek() not in ("-",) else self._factor()

    def _concat_call(self) -> Node:
        self._next()
        self._expect("(")
        if self._peek() in ("[", "("):
            closing = "]" if self._next() == "[" else ")"
            node = self._list(closing)
            while self._peek() and self._peek() != ")":  # axis=-1
                self._next()
        else:
            self._position -= 1
            self._expect("(")
            return self._list(")")
        self._expect(")")
        return node

    # ----- symbols -----

    def _symbol_with_index(self) -> Symbol:
        if self._kind() != "symbol":
            raise _Stop(self._where(), f"{self._peek() or 'the end'!r} was met in the place of a symbol")
        base = self._next().replace(" ", "")
        index = ""
        while True:
            if self._peek() == "_":
                index += "," + self._subscript()
            elif self._peek() == "^" and self._peek(1) in ("{", "(", "<") and self._time_follows():
                self._next()
                index += "," + self._bracketed()
            elif self._peek() in ("[", "(") and self._time_in_brackets():
                index += "," + self._bracketed()
            elif self._peek() == "~" or self._peek() == "'":
                base += self._next()
            else:
                break
        if self._peek() == "-" and self._peek(1) == "1" and index.rstrip(",").endswith("t") and self._glued():
            self._position += 2  # h_t-1 is the step before, not h_t minus one
            index += "-1"
        return symbol(base, index)

    def _glued(self) -> bool:
        """Whether the minus stands right behind the t, and the one right behind it."""
        places = self._tokens[self._position - 1 : self._position + 2]
        return all(second[2] == first[2] + len(first[1]) for first, second in zip(places, places[1:], strict=False))

    def _subscript(self) -> str:
        self._next()
        if self._peek() in ("{", "(", "<"):
            return self._bracketed()
        token = self._next()
        return token

    def _bracketed(self) -> str:
        closing = {"{": "}", "(": ")", "[": "]", "<": ">"}[self._peek()]
        self._next()
        inside: list[str] = []
        while self._peek() and self._peek() != closing and len(inside) < 12:
            token = self._next()
            inside.append("" if token in "{}()<>" else token)
        self._expect(closing)
        if self._peek() and closing == "}" and inside and self._peek() == "}":
            return "".join(inside)
        return "".join(inside)

    def _time_follows(self) -> bool:
        inside = "".join(self._peek(ahead) for ahead in range(2, 8))
        return re.match(r"[<(]?t(?:-1)?[>)}]", inside) is not None

    def _time_in_brackets(self) -> bool:
        inside = "".join(self._peek(ahead) for ahead in range(1, 5))
        return re.match(r"t(?:-1)?[\])]", inside) is not None


def symbol(base: str, index: str) -> Symbol:
    """The symbol that a letter and its indices make: `h` with "t-1" is the hidden state of the step before."""
    parts = [part for part in re.split(r"[,\s]+", index) if part]
    time: Time = None
    labels = []
    for part in parts:
        if re.fullmatch(r"t-1|t_1|prev|previous|old|last|tm1", part, re.IGNORECASE):
            time = "before"
        elif part in ("t", "new", "next", "current"):
            time = time or "now"
        else:
            labels.append(part)
    if not parts and len(base.strip("~'")) > 1:
        base, labels, time = _word(base)
    return Symbol(base, "".join(labels), time)


def _word(word: str) -> tuple[str, list[str], Time]:
    """A word without indices: `ht`, `Wf`, `hprev`."""
    mark = word[len(word.rstrip("~'")) :]
    letters = word.rstrip("~'")
    match = re.fullmatch(r"([hcxCHXfiogzrs])(t|prev|old|new|next|_?tm1)", letters)
    if match:
        time: Time = "now" if match[2] in ("t", "new", "next") else "before"
        return match[1] + mark, [], time
    match = re.fullmatch(r"([WUVRbBwuvp])([A-Za-z]{1,3})", letters)
    return (match[1], [match[2]], None) if match else (word, [], None)


def _is_state(node: Node) -> bool:
    return isinstance(node, Symbol) and node.base.lower() in ("h", "x", "c", "s")


def _is_mathematical(word: str) -> bool:
    """A letter or two, a function, or a known word; "where" and "is" are prose."""
    letters = word.rstrip("~'")
    if len(letters) <= 2 and letters not in (
        "is",
        "to",
        "of",
        "in",
        "at",
        "or",
        "as",
        "an",
        "we",
        "it",
        "be",
        "by",
        "so",
    ):
        return True
    return letters.lower() in FUNCTIONS or letters.lower() in _CONCATS or _word(word)[0] != word
