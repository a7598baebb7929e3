"""Text as literal Markdown: shown as it is, whatever it holds, by every program that renders notebooks."""

from __future__ import annotations

import re

from grader.text import neutral

# These begin TeX. A backslash before them is not enough: programs such as JupyterLab run MathJax over the finished
# page, where the backslash is gone. MathJax never reads across the border of an element, so one alone is harmless.
_TEX = {"$": "<span>&#36;</span>", "\\": "<span>&#92;</span>"}
# What Markdown, HTML or an autolink could read as more than itself goes by number. Ordinary punctuation stays where it
# means nothing: not at the beginning of a line, nor behind a number (a list), nor within an address.
_MARKED = re.compile(
    r"""[^\w\s,;?%.:()'"/=+-]|_"""
    r"""|^[=+-]|(?<=\d)\)"""
    r"""|(?<=\d)\.(?!\d)|(?<!\d)\.(?=\S)|\.(?=[^\d\s])"""
    r"""|:(?=\S)""",
    re.ASCII,
)


def literal(text: str, limit: int) -> str:
    """One line of Markdown that shows exactly the text (its first `limit` characters), and no link, maths or HTML."""
    return _MARKED.sub(_written, neutral(text, limit))


def _written(match: re.Match[str]) -> str:
    character = match[0]
    if ord(character) > 127:
        return character
    return _TEX.get(character) or f"&#{ord(character)};"
