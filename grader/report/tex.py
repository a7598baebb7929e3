r"""The TeX of students as MathML, which browsers show without any script; the source goes with it, to be copied.

What is hidden or white in TeX shows here, and what would be shown as something else than it is stays source.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

from markupsafe import Markup, escape

from grader.text import neutral_lines

MOST_CHARACTERS, LONGEST_ROW, DEEPEST = 2_000, 120, 60
"""A row that is longer would not fit on paper, where nobody can scroll."""
ELEMENTS = frozenset(
    (
        *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msub", "msup", "msubsup", "mover", "munder"),
        *("munderover", "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd", "mstyle", "semantics", "annotation"),
    )
)
_AS_OTHERS = {"mphantom": "mrow", "mpadded": "mrow"}
ATTRIBUTES = {
    "math": {"display"},
    "mo": {"stretchy", "fence", "form", "separator"},
    "mover": {"accent"},
    "mspace": {"width"},
    "mstyle": {"displaystyle"},
    "annotation": {"encoding"},
}
ALIGNED = "aligned"
"""The class of a table whose columns are in turn right and left of a sign of equality."""
_DELIMITERS = (("$$", "$$"), ("\\\\[", "\\\\]"), ("\\[", "\\]"), ("\\\\(", "\\\\)"), ("\\(", "\\)"), ("$", "$"))
_IN_COLUMNS = re.compile(r"\\(begin|end)\{(?:aligned|align|gathered|gather|split|eqnarray|alignat)\*?\}")
_PLAIN = re.compile(
    r"\\(?:begin|end)\{(?:equation|displaymath|math)\*?\}|\\(?:label|tag)\*?\{[^{}]{0,80}\}|\\notag|\\nonumber"
)
_VALUE = re.compile(r"[\w.-]{1,20}")
_WIDTH = re.compile(r"(\d{0,2}(?:\.\d{1,4})?)(em|ex|cm|mm|pt)")
_WIDEST = {"em": 4.0, "ex": 8.0, "cm": 1.5, "mm": 15.0, "pt": 45.0}
"""Space for which more is wanted would push a formula, or what stands beside it, out of sight."""


@lru_cache(maxsize=1024)
def as_mathml(source: str, *, display: bool) -> Markup | None:
    """TeX with what it stands between, as MathML; None where that cannot be done faithfully."""
    from latex2mathml.converter import convert_to_element

    bare = _IN_COLUMNS.sub(_as_array, _PLAIN.sub(" ", _without_delimiters(source)))
    if not bare.strip() or len(bare) > MOST_CHARACTERS or max(map(len, bare.split("\\\\"))) > LONGEST_ROW:
        return None
    try:
        written = _written(convert_to_element(bare), DEEPEST)
    except Exception:  # what is no TeX ends in errors of many kinds
        return None
    block = ' display="block"' if display else ""
    annotation = f'<annotation encoding="application/x-tex">{escape(source)}</annotation>'
    return Markup(f"<math{block}><semantics><mrow>{written}</mrow>{annotation}</semantics></math>")


def _without_delimiters(source: str) -> str:
    text = source.strip()
    for opening, closing in _DELIMITERS:
        if text.startswith(opening) and text.endswith(closing) and len(text) >= len(opening) + len(closing):
            return text[len(opening) : len(text) - len(closing)]
    return text


def _as_array(found: re.Match[str]) -> str:
    return "\\begin{array}{rlrlrlrlrl}" if found[1] == "begin" else "\\end{array}"


def _written(element: Element, deepest: int) -> str:
    """The element and what it holds. Raises `ValueError` for what this page cannot show as it is meant."""
    name = _AS_OTHERS.get(element.tag, element.tag)
    text = (element.text or "").strip()
    if name not in ELEMENTS or not deepest or text.startswith("\\") or text == "&" or "linebreak" in element.attrib:
        raise ValueError(f"{element.tag}: not shown")
    inside = f"{escape(_unescaped(text))}{''.join(_written(each, deepest - 1) for each in element)}"
    if name == "math":
        return inside
    return f"<{name}{_attributes(element, name)}>{inside}</{name}>"


def _attributes(element: Element, name: str) -> str:
    known = ((key, value) for key, value in element.items() if key in ATTRIBUTES.get(name, ()))
    kept = {key: value for key, value in known if (_is_narrow if key == "width" else _VALUE.fullmatch)(value)}
    first = element.find("mtr/mtd") if name == "mtable" else None
    if first is not None and first.get("columnalign") == "right":
        kept["class"] = ALIGNED
    return "".join(f' {key}="{value}"' for key, value in kept.items())


def _is_narrow(width: str) -> bool:
    """Whether a width is a small one, without a sign."""
    found = _WIDTH.fullmatch(width)
    return found is not None and bool(found[1]) and float(found[1]) <= _WIDEST[found[2]]


def _unescaped(text: str) -> str:
    """Some signs come as references to characters. Raises `ValueError` for characters that do not show as they are."""
    plain = re.sub("&#x([0-9A-F]{2,5});", lambda found: chr(int(found[1], 16)), text)
    if neutral_lines(plain) != plain:
        raise ValueError(f"{text}: not shown")
    return plain
