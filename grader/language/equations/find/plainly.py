"""Ways of writing that are read as simpler ones of the same length, so that places stay where they are."""

from __future__ import annotations

import re
from collections import Counter

from grader.language.equations.read.characters import FUNCTIONS
from grader.language.hyphens import put_together
from grader.language.lexicon import is_word

_MATH = r"\\?(?:σ|sigma|sigm|sigmoid|tanh)\b"
_TIMED = r"(?:(?<=_t)|(?<=\{t\})|(?<=\(t\))|(?<=ₜ))"
_EQUAL = re.compile(
    r"\\(?:overset|stackrel|underset)\s?\{(?:[^{}?]|\{[^{}?]{0,20}\}){0,30}\}\s?\{\s?=\s?\}"
    r"|\\mathrel\s?\{\s?:?=\s?\}|\{\s?:?=\s?\}"
    r"|\\vcentcolon\s?=|\\colon\s?=|:\\[,!]\s?=|&\s?:=|\\(?:equiv|doteq|Leftarrow)(?![a-zA-Z])|[≡⇐≙]"
    rf"|{_TIMED}\$?\s{{1,3}}(?:equals|is equal to|is given by|is computed as|is calculated as|ist gleich"
    rf"|est égal à|es igual a)\s{{1,3}}\$?"
    rf"|{_TIMED}\$?(?:\s{{1,3}}(?:is|ist|est|es|è|é)|[ ]?:)\s{{1,3}}\$?(?={_MATH})"
)
_ASKED = re.compile(
    r"\\(?:overset|stackrel|underset)\s?\{[^{}]{0,12}\?[^{}]{0,12}\}\s?\{\s?=\s?\}|\\questeq(?![a-zA-Z])|≟"
)
_SHOWN = re.compile(r"(\bMath\(\s?r?)(?:\"([^\n\"'$]{3,400})\"|'([^\n\"'$]{3,400})')")
_DOUBLED = re.compile(
    r"(?<!\\)\\\\(?=(?:sigma|tanh|tilde|hat|bar|odot|cdot|circ|times|left|right|frac|mathbf|mathrm|text"
    r"|otimes)(?![a-z]))"
)
_BARE_SIGN = re.compile(r"(?<=[\w})\]]) (?=(?:odot|otimes|cdot|circ) [ ]?\\?[a-zA-Z])")
_BARE_ACCENT = re.compile(r"(?<![\\a-zA-Z])(tilde|hat|bar)\{([a-zA-Z])\}")
_GROUP = r"((?:[^{}]|\{[^{}]{0,20}\}){1,60})"
_ABOVE = re.compile(rf"\\binom\s?\{{{_GROUP}\}}\s?\{{{_GROUP}\}}|\\substack\s?\{{{_GROUP}\\\\{_GROUP}\}}")
_STEP = re.compile(r"(?:\(|<|\\langle\s?)\s?([a-su-zτ])\s?[-−+]\s?1\s?(?:\)|>|\\rangle)")
_COUNTED = re.compile(r"(?<=[\w}\]^{])((?:\(|<|\\langle\s?)\s?)([a-su-zτ])(?=\s?(?:[-−+]\s?1\s?)?(?:\)|>|\\rangle))")
_T_STEP = re.compile(r"(?<![a-zA-Z])t\s?[-−+]\s?1")
_TIGHT = re.compile(r"(?<=[_{(]t)\{([-−+])\}|\\!(?=[-−+1\s])|\\hskip\s?[\d.]{1,4}\s?(?:em|ex|pt|mu)")
_LOOSE_ACCENT = re.compile("([A-Za-z]) ([\u0302\u0303\u0304\u0306\u0342])")
_PART_CALL = re.compile(r"\bgate\(\s{0,4}(\w{1,12})\s{0,4},\s{0,4}[^(),\n]{1,12},\s{0,4}(\d)\s{0,4}\)")
_ENTRY = re.compile(r"\b[A-Za-z_][\w.]{0,20}\[(?:\"(\w{1,12})\"|'(\w{1,12})')\]")
_TYPE = re.compile(r"(?<=\w):[ ]?(?:(?:np|torch|tf|jnp|jax)\.)?(?:Array|Tensor|ndarray|float)(?=[ ]=)")
_ACTIVATED = re.compile(r"(?:sigmoid|tanh)\([^\n]{0,160}")
_CELLS = re.compile(
    r"(?<=[\w})\]>])(?:\$[ ]{0,3}\|[ ]{0,3}\$|`[ ]{0,3}\|[ ]{0,3}`|[ ]{0,3}\|[ ]{0,3})"
    rf"(?=\$?\s?{_MATH}\s?(?:\\left\s?)?[(\[])"
)
_MODULE = re.compile(r"self\.(?!sigmoid|tanh|\\w{0,20}activation|dropout|act)(\w{1,24})\(")


def _is_named(word: str) -> bool:
    """Whether it is a function, or a word."""
    return word in FUNCTIONS or is_word(word)


def plainly(text: str) -> str:
    """Words that a line's end cuts, signs of equality, vectors, steps that another letter counts, what programs write.

    Vectors are numbers above one another. An equals sign with a question mark on it asserts nothing. Macros that have
    lost their backslash have it again. `params["Wf"]` is Wf, `gate(g, n, 2)` the second part of g, and a module that
    is called within a function is a weight before what it is called with. Linear.
    """
    text = put_together(text, _is_named)
    text = _ASKED.sub(lambda found: "≠".ljust(len(found[0])), text)
    text = _EQUAL.sub(lambda found: " = ".ljust(len(found[0])) if len(found[0]) > 2 else "=".ljust(len(found[0])), text)
    text = _SHOWN.sub(lambda found: " " * (len(found[1]) - 1) + f" ${found[2] or found[3]}$", text)
    text = _CELLS.sub(lambda found: "=".center(len(found[0])), text)
    text = _DOUBLED.sub(" \\\\", text)
    text = _BARE_ACCENT.sub(r"\\\1 \2", _BARE_SIGN.sub(r"\\", text))
    text = _ABOVE.sub(lambda found: f"[{found[1] or found[3]} ; {found[2] or found[4]}]".ljust(len(found[0])), text)
    text = _TIGHT.sub(lambda found: found[1].center(len(found[0])) if found[1] else " " * len(found[0]), text)
    text = _with_t(_LOOSE_ACCENT.sub(r" \1\2", text))
    text = _PART_CALL.sub(lambda found: f"{found[1]}[{found[2]}]".ljust(len(found[0])), text)
    text = _ENTRY.sub(lambda found: (found[1] or found[2]).ljust(len(found[0])), text)
    text = _TYPE.sub(lambda found: " " * len(found[0]), text)
    return _ACTIVATED.sub(_with_weights, text)


def _with_weights(found: re.Match[str]) -> str:
    return _MODULE.sub(lambda module: f"   W_{module[1]}(", found[0])


def _with_t(text: str) -> str:
    """Steps in brackets counted by another letter, `h(k-1)` or `x^{(n+1)}`, counted by t."""
    counted = Counter(found[1] for found in _STEP.finditer(text))
    if not counted or _T_STEP.search(text):
        return text
    letter = counted.most_common(1)[0][0]
    return _COUNTED.sub(lambda found: found[1] + ("t" if found[2] == letter else found[2]), text)
