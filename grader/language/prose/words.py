"""From a sentence to words that can be compared: symbols in one spelling, stems, numbers as digits."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from itertools import islice
from typing import Any

import snowballstemmer

from grader.language.spellings import american

MAX_WORDS = 250

_LOCAL = threading.local()
_NUMBERS = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "ten": "10",
    "pair": "2",
    "trio": "3",
    "triple": "3",
    "couple": "2",
}
_SHORT = {
    "grad": "gradient",
    "grads": "gradients",
    "info": "information",
    "infos": "information",
    "prev": "previous",
    "param": "parameter",
    "params": "parameters",
    "seq": "sequence",
    "seqs": "sequences",
    "mem": "memory",
    "fwd": "forward",
    "bwd": "backward",
    "concat": "concatenate",
    "concats": "concatenates",
    "ctx": "context",
    "mult": "multiply",
    "acts": "activations",
    "dep": "dependency",
    "deps": "dependencies",
    "backprop": "backpropagation",
    "thru": "through",
    "matrices": "matrix",
    "vertices": "vertex",
    "indices": "index",
    "axes": "axis",
}
_WITH = re.compile(r"(?<![A-Za-z0-9])w/(o(?![A-Za-z]))?")
_LATEX_SYMBOL = re.compile(
    r"\\(?:tilde|hat|bar|mathbf|mathrm|boldsymbol|text|operatorname|mathit|vec)\s?\{([^{}\n]{0,40})\}"
)
_LATEX_NAMES = {
    "\\sigma": " sigmoid ",
    "\\tanh": " tanh ",
    "\\partial": " derivative ",
    "\\rightarrow": " to ",
    "\\to": " to ",
    "\\odot": " * ",
    "σ": " sigmoid ",
    "∂": " derivative ",
    "→": " to ",
    "⇒": " to ",
    "->": " to ",
    "=>": " to ",
    "∑": " sum ",
    "Σ": " sum ",
    "\\sum": " sum ",
    "\\infty": " infinity ",
    "∞": " infinity ",
    "\\leftarrow": " = ",
    "\\gets": " = ",
    "\\overrightarrow": " forward ",
    "\\overleftarrow": " backward ",
    "\\eta": " eta ",
    "\\delta": " delta ",
    "←": " = ",
    "η": " eta ",
    "δ": " delta ",
    "−": "-",
    "–": "-",
    "—": " , ",
    "’": "'",
    "‘": "'",
    "≈": "=",
    "&": " and ",
}
_LATEX_NAME = re.compile("|".join(re.escape(name) for name in sorted(_LATEX_NAMES, key=len, reverse=True)))
_BRACED_TIME = re.compile(r"(?<![A-Za-z])([A-Za-z])'?\s?[_^]?\s?[{(\[<]{1,2}\s?([tT])\s?(-\s?1)?\s?[})\]>]{1,2}")
_PLAIN_TIME = re.compile(
    r"(?<![A-Za-z_])([hxcyHXCYsS])_?t\s?(-\s?1)?(?![A-Za-z0-9_])|(?<![A-Za-z_])([A-Za-z])_t\s?(-\s?1)?(?![A-Za-z0-9_])"
)
_DIRECTED = re.compile(r"(?<![A-Za-z])([A-Za-z]{1,6})(→|←)(?![ ]?[A-Za-z0-9])")
_VOWELS = frozenset("aeiouy")
_MINUS = re.compile(r"(?<![\w)\]}])-\s?(?=\d)")
_PLAIN_WORDS = re.compile(r"[a-z]+(?: [a-z]+)*")
"""Most phrases of a pack are such words, and so their own tokens, unless one of them is a symbol with its time."""
_TIMED = frozenset(symbol + "t" for symbol in "hxcys")
_TOKEN = re.compile(r"[a-z][a-z0-9_']*|\d+(?:\.\d+)?|[=<>,;:()|/+?]")


def _stemmer() -> Any:
    """The stemmer of this thread: one keeps the word it works on in itself, so two threads must not share it."""
    if not hasattr(_LOCAL, "stemmer"):
        _LOCAL.stemmer = snowballstemmer.stemmer("english")
    return _LOCAL.stemmer


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of one lower-case word; abbreviations of notes as what they stand for, numbers up to ten as digits."""
    word = _SHORT.get(word, word)
    if word in _NUMBERS:
        return _NUMBERS[word]
    if "_" in word or not word[:1].isalpha():
        return word
    word = american(word.removesuffix("'s"))
    if word.endswith("s") and len(word) > 3 and not _VOWELS.intersection(word):
        return word[:-1]  # the plural of an abbreviation (RNNs), which the stemmer leaves alone
    return str(_stemmer().stemWord(word))


def stems_of(words: str) -> frozenset[str]:
    """The stems of words between blanks: how lists of words are written that are compared with stems."""
    return frozenset(map(stem, words.split()))


def tokens(sentence: str) -> list[str]:
    """Lower-case words, numbers and punctuation of a sentence; `h_{t-1}`, `h(t-1)`, `hₜ₋₁` all become `h_prev`."""
    return list(_tokens(sentence))


@lru_cache(maxsize=2_048)
def _tokens(sentence: str) -> tuple[str, ...]:
    """They are asked for again and again while one answer is read."""
    if _PLAIN_WORDS.fullmatch(sentence) and _TIMED.isdisjoint(words := sentence.split(" ")):
        return tuple(words[:MAX_WORDS])
    text = unicodedata.normalize("NFKC", sentence)
    if "\\" in text:
        text = _LATEX_SYMBOL.sub(r"\1", text)
    text = _DIRECTED.sub(lambda match: f" {'forward' if match[2] == '→' else 'backward'} {match[1]} ", text)
    text = _WITH.sub(lambda match: "without " if match[1] else "with ", text)
    text = _LATEX_NAME.sub(lambda match: _LATEX_NAMES[match.group()], text)
    if not text.isascii():
        text = "".join(character for character in text if not unicodedata.combining(character))
    text = _PLAIN_TIME.sub(_plain_time, _BRACED_TIME.sub(_braced_time, text))
    found = (token.rstrip("_'") for token in _TOKEN.findall(_MINUS.sub(" minus ", text.lower())))
    return tuple(islice(filter(None, found), MAX_WORDS))


def _braced_time(match: re.Match[str]) -> str:
    return f" {match[1]}_{'prev' if match[3] else 't'} "


def _plain_time(match: re.Match[str]) -> str:
    return f" {match[1] or match[3]}_{'prev' if match[2] or match[4] else 't'} "
