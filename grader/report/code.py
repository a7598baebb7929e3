"""Code as the student wrote it, with its syntax coloured by classes that the stylesheet knows."""

from __future__ import annotations

from markupsafe import Markup, escape

from grader.report.page_limits import clip
from grader.text import neutral_lines

MOST_LINES, MOST_CHARACTERS = 600, 30_000
MOST_HTML = 8 * MOST_CHARACTERS
"""What colours may make of it: a line of nothing but operators grows thirtyfold."""


def highlight(source: str) -> tuple[Markup, str]:
    """Python code as HTML spans, and a note if a part was left out."""
    from pygments import highlight as coloured
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    shown, note = clip(neutral_lines(source).strip("\n"), MOST_LINES, MOST_CHARACTERS)
    html = coloured(shown, PythonLexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True))
    if len(html) > MOST_HTML:
        return escape(shown), note
    # The formatter has escaped it.
    return Markup(html), note


def plain(text: str) -> tuple[Markup, str]:
    """Text that is not Python, uncoloured."""
    shown, note = clip(neutral_lines(text).strip("\n"), MOST_LINES, MOST_CHARACTERS)
    return escape(shown), note
