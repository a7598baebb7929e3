"""What letters stand for as functions, by what a text says: "s is the sigmoid", "g = h = tanh", "ψ(z) = 1/(1+e^-z)"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice

from grader.language.equations.read.characters import GREEK
from grader.language.equations.read.expressions import Equation
from grader.language.equations.read.parse import parse
from grader.language.equations.read.scalar import function_of

MAX_DEFINITIONS = 20
MAX_WORDS = 300
_REACH = 90
_LEFT = 30
_DEFAULTS = {"σ": "sigmoid", "φ": "tanh"}

_PLAIN = ("identity", "constant")
_SQUASHING = frozenset(["σ", "φ", "tanh", "sigmoid", "sigm", "logistic"])
_FUNCTION_WORDS = {
    "sigmoid": (
        r"sigmoid(?:al|e|a|funktion|fonctie)?\b|sigmoïde\b|logistic\b|logistique\b|log[ií]stica\b|logistische\b"
        r"|сигмоид\w{0,3}|логистическ\w{1,4}|シグモイド|S型函数"
    ),
    "tanh": (
        r"\\?tanh\b|hyperbolic tangent|tangente? hyperboli(?:que|ca|co)|tangente iperbolica|tangens hyperbolicus"
        r"|tangente hiperb[oó]lic[ao]|гиперболическ\w{1,4} тангенс\w{0,3}|双曲正切|双曲線正接"
    ),
    "relu": r"relu\b|rectified linear",
    "identity": r"identity(?: function| map)?\b",
    "softmax": r"softmax\b",
}
_WORD = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _FUNCTION_WORDS.items()), re.IGNORECASE)
_FORMULA = re.compile(
    r"(?P<name>\\?[A-Za-z]{1,12}|[^\W\d_a-zA-Z])\s?\(\s?(?P<variable>[a-z])\s?\)\s?:?=\s?(?P<right>[^$\n=;]{1,120})"
)
_PIECE = re.compile(r"\\?[^\W\d_]+(?:_\{?\w{1,20}\}?)*|=|:|,|—|–|-")
_SAYING = frozenset([
    "=", ":", "—", "–", "-", "is", "are", "be",
    "being", "denotes", "denote", "means", "represents", "represent",
    "ist", "sei", "bezeichnet", "est", "désigne", "représente",
    "es", "è", "é", "denota", "representa", "indica", "stands",
    "refers", "это", "обозначает", "とは", "は", "表示", "是",
    "为", "為", "called",
])  # fmt: skip
_FILLING = frozenset([
    "the", "a", "an", "usual", "standard", "elementwise", "element",
    "wise", "logistic", "function", "activation", "as", "for", "to",
    "here", "always", "die", "der", "das", "la", "le",
    "une", "un", "fonction", "função", "función", "funzione", "una",
    "uma", "funkcja", "функция", "это", "であり", "nonlinearity",
    "nonlinear", "called", "text", "mathrm", "operatorname",
])  # fmt: skip
_NAME = re.compile(
    r"[A-Za-z]|[^\W\d_a-zA-Z]|[^\W\d_]_(?!t)\w{1,3}|[A-Za-z]{3,20}_(?:[A-Za-z]{1,20}_?){1,3}|act(?:ivation)?"
)
_SHORT = re.compile(r"[A-Za-z]{2,6}")
_BEHIND = re.compile(
    r"(?:\s(?:function|fonction|función|funktion))?(?:\s\([$`]?(?P<brackets>[a-su-wA-Z]|\\[a-z]{2,7}"
    r"|[^\W\d_a-zA-Z])[$`]?\)"
    r"|(?:,?\s(?:is\s)?(?:written|denoted|called|abbreviated|noted)(?:\s(?:as|by|with))?\s|\sby\s"
    r"|(?<=\w)\s(?=[$`]))[$`]?"
    r"(?P<words>[A-Za-z]|\\[a-z]{2,7}|[^\W\d_a-zA-Z])[$`]?(?![\w(]))"
)
_SEVERAL = frozenset(["are", "be", "denote", "sind", "sont", "son"])
_AND = frozenset(["and", ",", "und", "et", "y", "e", "и"])
_CALLED = re.compile(r"\s{0,9}(?:\\left\s?)?[(\[]|\.\(|_")
_ARTICLES = frozenset(["the", "as", "here", "for", "always", "la", "le"])
_LAYER = re.compile(r"=\s{0,3}(?:\\?(?:sigm\w{0,9}|tanh|sigma)|σ)\s?(?:\\left\s?)?[(\[]")


def functions(text: str, known: Mapping[str, str]) -> dict[str, str]:
    """The functions that letters stand for, by what the text says; those that are read so anyhow are left out.

    `known` are names that the subject has. Looks a bounded way back from each name of a function.
    """
    found = dict(known)
    text = text if text.isascii() else unicodedata.normalize("NFC", text)
    said = (*islice(_in_words(text), MAX_DEFINITIONS), *_in_formulas(text))
    for name, function in said:
        if len(found) < MAX_DEFINITIONS + len(known) and _DEFAULTS.get(name) != function:
            found[name] = function
    return found


def _in_words(text: str) -> Iterator[tuple[str, str]]:
    layers = _layers(text)
    for word in islice(_WORD.finditer(text), MAX_WORDS):
        if text[word.start() - 1 : word.start()] in ("'", '"'):
            continue
        function = str(word.lastgroup)
        before = [piece[0] for piece in _PIECE.finditer(text, max(0, word.start() - _REACH), word.start())]
        if behind := _BEHIND.match(text, word.end()):
            yield _letter(behind["brackets"] or behind["words"]), function
        filled = [before.pop().lower() for _ in range(len(before)) if before and before[-1].lower() in _FILLING]
        if before and _NAME.fullmatch(_letter(before[-1])) and {"for", "the", "la", "le", "die", "a"} & set(filled):
            before.append("is")  # "we write s for the sigmoid", "and f the logistic sigmoid"
        if not before or before[-1].lower() not in _SAYING or (before[-1] == "=" and _CALLED.match(text, word.end())):
            continue
        yield from ((name, function) for name in _names(text, before, layers))


def _names(text: str, before: list[str], layers: set[str]) -> Iterator[str]:
    """The names at the end of what stands before the name of a function: both of `g = h =`."""
    several = bool(before) and before[-1].lower() in _SEVERAL
    while before and before[-1].lower() in _SAYING:
        while before and before[-1].lower() in _SAYING | _ARTICLES:
            before.pop()
        name = _letter(before.pop()) if before else ""
        called = _SHORT.fullmatch(name) and f"{name}(" in text
        if not (_NAME.fullmatch(name) or called) or name in layers:
            return
        yield name
        while several and len(before) > 1 and before[-1].lower() in _AND and _NAME.fullmatch(_letter(before[-2])):
            yield _letter(before[-2])
            del before[-2:]
        if not before or before[-1] != "=":
            return


def _layers(text: str) -> set[str]:
    """The letters that have an equation of their own, as something that "is a sigmoid" has."""
    found: set[str] = set()
    for layer in _LAYER.finditer(text):
        before = text[max(0, layer.start() - _LEFT) : layer.start()].split()
        name = before[-1].lstrip("$`*({[\\") if before else ""
        found |= {name, name.removesuffix("_t"), name.removesuffix("_{t}"), name.removesuffix("t")}
    return found


def _in_formulas(text: str) -> Iterator[tuple[str, str]]:
    for found in islice(_FORMULA.finditer(text), MAX_DEFINITIONS):
        name = _letter(found["name"])
        right = found["right"].rstrip()
        for end in _ends(right):
            equation = parse(f"y = {right[:end]}")
            if isinstance(equation, Equation) and (function := function_of(equation.right, found["variable"])):
                # `f(x) = x` may be said of any f; of what is a squashing function it says that it is none.
                if function not in _PLAIN or name in _SQUASHING:
                    yield name, function
                break


def _ends(right: str) -> Iterator[int]:
    """Where the right side of a definition may end: at its end, before a comma or full stop, before words."""
    yield len(right)
    for end in list(re.finditer(r"[,.;](?:\s|$)|\s[A-Za-z]{2,}|\\[),]|\\q?quad", right))[:3]:
        yield end.start()


def _letter(name: str) -> str:
    letter, _, index = name.replace("{", "").replace("}", "").partition("_")
    letter = GREEK.get(letter[1:], letter[1:]) if letter.startswith("\\") else letter
    return f"{letter}_{index}" if index else letter
