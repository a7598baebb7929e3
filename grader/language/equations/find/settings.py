"""What a text sets weights and signs to: "here W_f = 0", "⊙ is the matrix product", "[a, b] is the sum of a and b".

What is set holds for all equations of the text, before it and behind it. Weights that are zero, or infinite, and signs
that mean another operation make an equation something else than it looks; a zero bias and starting values do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from grader.language.equations.read.expressions import Equation, Symbol
from grader.language.equations.read.parse import parse

MOST_SETTINGS = 20
_REACH = 90
_WEIGHT = re.compile(
    r"(?<![\w\\}])(?P<names>(?:\\(?:mathbf|mathrm|bm|boldsymbol)\{)?(?P<letter>[WUVRB]|b(?=_))\}?(?:[_^]\{?[\w,]{1,9}\}?)?"
    r"(?:\s?=\s?[WUVRB]_\{?\w{1,6}\}?){0,3})(?:\s?:?[=≡]\s?|[$`]{0,2} (?:is|are|equals|to|:=)(?: set to)? [$`]?)"
    r"(?P<value>[-+]?\s?(?:0(?:\.0)?|zero|\\infty|∞|inf(?:inity|inite)?))(?![\w^]|[.,]\d)"
)
_INFINITE = re.compile(r"\\infty|inf(?:inity|inite)?")
_NAME = re.compile(r"(?:\\[a-z]{2,10}\{)?[WUVRBb]\}?(?:[_^]\{?[\w,]{1,9}\}?)?")
_MEANS = (
    r"(?:is|denotes|means|stands for|represents|:?=)(?: here| always)? (?:(?:the|a|an|usual|ordinary|normal) ){0,3}"
)
_PRODUCT = re.compile(
    rf"(?P<sign>\\odot|⊙|\\circ|∘|\\otimes|⊗)[$`'\"]{{0,2}} {_MEANS}(?P<meaning>matrix (?:product"
    rf"|multiplication)|addition|sum|subtraction|difference|division|convolution|maximum)\b"
)
_JOINED = re.compile(
    rf"\[\s?\w{{1,9}}(?:_\{{?[\w-]{{1,4}}\}}?)?[,;]\s?\w{{1,9}}(?:_\{{?[\w-]{{1,4}}\}}?)?\s?\][$`'\"]{{0,2}} {_MEANS}"
    rf"(?:element[- ]?wise )?(?P<meaning>sum|addition|product|difference|dot product|inner product|average|mean)\b"
)
_STATE = re.compile(
    r"(?<![\w\\}])(?P<name>[a-zA-Z]_(?:\{t\s?(?:[-−]\s?1)?\}|t(?![\w{])))[$`)]{0,2} "
    r"(?:is|be|denotes|means|stands for|represents)(?: here| always)? (?:the|an?|our|my) "
    r"(?P<meaning>[a-z][a-z -]{2,60})"
)
_HEAD = re.compile(r" (?:of|for|at|in|on|that|which|and|from|to|with|by)\b")
_STEP_MEANS = (
    r"(?:is|denotes|means|stands for|refers to|represents|marks)(?: here| always)? (?:that of )?(?:the )?(?:time )?"
    r"(?:(?:step|moment|one|time|index) )?(?:(?:that|which) )?(?:comes |is )?(?:directly |right )?"
)
_STEP = re.compile(
    rf"(?<![\w{{])t\s?[-−]\s?1[$`]{{0,2}} {_STEP_MEANS}"
    r"(?P<meaning>next|following|coming|subsequent|later|after)\b"
)
_SQUASHING = re.compile(
    r"(?P<sign>\\sigma|σ)[$`'\"]{0,2} (?:is|be|denotes|means|stands for|represents)(?: here| always)? (?:the |a )?"
    r"(?P<meaning>standard deviation|variance|covariance|mean|average|sum|noise level|learning rate)\b"
    r"(?![- ]{0,2}(?:\w{1,20}[- ]){0,3}(?:sigmoid|function|activation|nonlinearity))"
)
_SUPPOSED = re.compile(
    r"\b(?:if|when|suppose|assum\w{1,4}|at first|initial\w{0,6}|start\w{0,3}|before|unless|for example|e\.g|would|were"
    r"|not|never|special case|imagine|wenn|falls|si|quand|cuando|se)\b",
    re.IGNORECASE,
)
_SAME_SIGN = {"\\odot": "⊙", "\\circ": "∘", "\\otimes": "⊗", "\\sigma": "σ"}
BEFORE = "t-1"
"""The name of the step before, where a text says that it is another one."""


def settings(text: str) -> Iterator[tuple[str, str]]:
    """The name of a weight or sign, and what it is set to, as long as no word makes it a mere case.

    Signs are `⊙`, `∘`, `⊗`, `σ` and `[`. What stands with a time, `x_t`, has the words by which it is called, and `t-1`
    those for a step that is not the one before.
    """
    for found in islice(_WEIGHT.finditer(text), MOST_SETTINGS):
        value = _INFINITE.sub("∞", found["value"]).replace("zero", "0").replace(" ", "")
        if (found["letter"] == "b" and "∞" not in value) or _is_supposed(text, found.start()):
            continue
        for name in _NAME.findall(found["names"]):
            equation = parse(f"y = {name}", latex=True)
            if isinstance(equation, Equation) and isinstance(equation.right, Symbol):
                yield equation.right.name, value
    for found in islice(_STATE.finditer(text), MOST_SETTINGS):
        if not _is_supposed(text, found.start()):
            yield "".join(found["name"].split()).replace("{", "").replace("}", ""), _HEAD.split(found["meaning"])[0]
    for found in islice(_STEP.finditer(text), MOST_SETTINGS):
        yield BEFORE, found["meaning"]
    for found in islice(_SQUASHING.finditer(text), MOST_SETTINGS):
        yield "σ", found["meaning"]
    for found in islice(_PRODUCT.finditer(text), MOST_SETTINGS):
        yield _SAME_SIGN.get(found["sign"], found["sign"]), found["meaning"]
    for found in islice(_JOINED.finditer(text), MOST_SETTINGS):
        yield "[", found["meaning"]


def _is_supposed(text: str, at: int) -> bool:
    before = text[max(0, at - _REACH) : at]
    return _SUPPOSED.search(re.split(r"(?<!e\.g)(?<!i\.e)[.!?]\s|\n[ \t]{0,9}\n", before)[-1]) is not None
