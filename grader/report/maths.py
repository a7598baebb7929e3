r"""Equations in Markdown: `$...$`, `$$...$$`, `\(...\)`, `\[...\]` and environments are not read as Markdown.

The tokens `maths_inline` and `maths_block` hold the TeX in their `content`; whoever renders them decides how it looks.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

MOST_CHARACTERS = 5_000
_PAIRS = {"$$": "$$", "\\[": "\\]", "\\\\[": "\\\\]"}
_INLINE_PAIRS = {**_PAIRS, "\\(": "\\)", "\\\\(": "\\\\)", "$": "$"}
_BEGIN = re.compile(r"\\begin\{([a-z]{1,20}\*?)\}")


def maths(parser: MarkdownIt) -> None:
    """Teach a Markdown parser equations."""
    parser.inline.ruler.before("escape", "maths_inline", _inline)
    parser.block.ruler.before("fence", "maths_block", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def _opening(text: str, at: int, pairs: dict[str, str]) -> tuple[str, str] | None:
    """How an equation that begins here opens and closes."""
    for opening in sorted(pairs, key=len, reverse=True):
        if text.startswith(opening, at):
            return opening, pairs[opening]
    begin = _BEGIN.match(text, at)
    return (begin[0], f"\\end{{{begin[1]}}}") if begin else None


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "$\\":
        return False
    found = _opening(state.src, state.pos, _INLINE_PAIRS)
    if found is None:
        return False
    opening, closing = found
    start = state.pos + len(opening)
    end = state.src.find(closing, start, min(state.posMax, start + MOST_CHARACTERS))
    if end <= start or (opening == "$" and not _is_equation(state.src, start, end)):
        return False
    if not silent:
        token = state.push("maths_inline", "", 0)
        token.content = state.src[state.pos : end + len(closing)]
        token.markup = opening
    state.pos = end + len(closing)
    return True


def _is_equation(text: str, start: int, end: int) -> bool:
    """Whether what stands between single dollars is one, and not two prices (as Pandoc decides)."""
    after = text[end + 1 : end + 2]
    return not text[start].isspace() and not text[end - 1].isspace() and not after.isdigit()


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    found = _opening(state.src, start, _PAIRS)
    if found is None:
        return False
    opening, closing = found
    last = _last_line(state, start_line, end_line, start + len(opening), closing)
    if last is None:
        return False
    if silent:
        return True
    token = state.push("maths_block", "", 0)
    token.content = state.getLines(start_line, last + 1, state.tShift[start_line], False).strip()
    token.markup = opening
    token.map = [start_line, last + 1]
    state.line = last + 1
    return True


def _last_line(state: StateBlock, first: int, end_line: int, start: int, closing: str) -> int | None:
    """The line that ends with the closing mark; None if text follows it or no line has it."""
    limit = start + MOST_CHARACTERS
    for line in range(first, end_line):
        begin = start if line == first else state.bMarks[line]
        if begin > limit or (line > first and state.sCount[line] < state.blkIndent):
            return None
        text = state.src[begin : state.eMarks[line]]
        if closing in text:
            return line if text.rstrip().endswith(closing) else None
    return None
