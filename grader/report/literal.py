"""Text as literal Markdown: shown as it is, whatever it holds, by every program that renders notebooks."""

from __future__ import annotations

import re

from grader.text import neutral

# These mean something to programs that look at the finished page, where a backslash or a number is gone: JupyterLab
# runs MathJax over it, GitHub links names behind @ and numbers behind #. None of them reads across the border of an
# element, so that each alone in one is harmless.
_ALONE = {character: f"<span>&#{ord(character)};</span>" for character in "$\\@#"}
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
    return _ALONE.get(character) or f"&#{ord(character)};"
