"""Where a parsed code cell holds prose: docstrings, runs of comments, and literal text that it prints."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from grader.language.seen import seen
from grader.notebook.blocks.called import called_by_name
from grader.notebook.blocks.marks import find_marks
from grader.notebook.blocks.piece import Piece, Source
from grader.notebook.source.syntax import nodes_of

Place = tuple[int, int]
"""Line from 1, column from 0 in characters."""

SENTENCE, MANY_TEXTS = 4, 3
SHOWING = {"print", "Markdown", "Latex", "printmd"}
_PREFIX_AND_QUOTES = re.compile(r"(?P<prefix>[A-Za-z]*)(?P<quotes>'''|\"\"\"|'|\")")
# "\n" in printed text is a line break, but not where it begins a LaTeX command.
_ESCAPED_NEWLINE = re.compile(r"(?<!\\)\\n(?!abla|eg|eq|e\b|u\b|i\b|ot)")
_HASHES = re.compile(r"#+!?[ \t]?")


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of prose, and what has to be erased so that only code remains: from one place up to another."""

    piece: Piece
    spans: tuple[tuple[Place, Place], ...]


@dataclass(frozen=True, slots=True)
class _Range:
    start: Place
    end: Place
    source: Source


def find_prose(tree: ast.Module, source: str) -> list[Found] | None:
    """All prose of a cell in the order of the text, or None where the tokenizer does not follow the parser."""
    lines = source.split("\n")
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError, ValueError):
        return None
    strings = [token for token in tokens if token.type == tokenize.STRING]
    comments = [token for token in tokens if token.type == tokenize.COMMENT]
    found = [*_texts(_ranges(tree, _Columns(lines)), strings), *_comments(comments)]
    return sorted(found, key=lambda item: item.spans[0])


class _Columns:
    """Where characters stand on their lines: the parser counts columns in bytes, the tokenizer in characters."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._starts: dict[int, list[int]] = {}

    def place(self, line: int, column: int) -> Place:
        """The place at so many bytes on a line."""
        if self._lines[line - 1].isascii():
            return line, column
        if line not in self._starts:
            self._starts[line] = list(accumulate(len(c.encode("utf-8")) for c in self._lines[line - 1]))
        return line, bisect_right(self._starts[line], column)


def _ranges(tree: ast.Module, columns: _Columns) -> list[_Range]:
    ranges = []
    for node in nodes_of(tree):
        if isinstance(node, ast.Expr | ast.Assign) and _is_text(node.value):
            if isinstance(node, ast.Expr) or _is_marked(node.value) or _is_called(node):
                ranges.append(_range(node.value, columns, "docstring"))
        elif isinstance(node, ast.Dict):
            ranges += [_range(text, columns, "docstring") for text in _answers(node)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHOWING:
            ranges += [_range(text, columns, "print") for text in _literals(node)]
    return ranges


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_called(node: ast.Assign) -> bool:
    """Whether a name is that of an answer: `answer_3 = "..."`, `answers[3] = "..."`."""
    target = node.targets[0]
    if isinstance(target, ast.Subscript):
        return isinstance(target.slice, ast.Constant) and _is_sentence(node.value)
    return isinstance(target, ast.Name) and called_by_name(target.id) is not None


def _answers(node: ast.Dict) -> list[ast.expr]:
    """The texts in a dictionary of answers, each of which stands behind its question on a line of its own."""
    texts = [value for value in node.values if _is_text(value)]
    sentences = sum(map(_is_sentence, texts))
    is_one_a_line = len({text.lineno for text in texts}) == len(texts)
    return texts if sentences >= MANY_TEXTS and is_one_a_line and sentences > len(node.values) / 2 else []


def _is_sentence(node: ast.expr) -> bool:
    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, str) and len(value.split()) >= SENTENCE


def _is_marked(node: ast.expr) -> bool:
    """Whether a text that is assigned to a name is an answer: `text = "Ans 3:- ..."`."""
    value = node.value if isinstance(node, ast.Constant) else None
    if not isinstance(value, str):
        return False
    beginning = seen(value[:200])
    first = next(iter(find_marks(beginning)), None)
    return first is not None and first.strength == "strong" and not beginning[: first.start].strip()


def _literals(call: ast.Call) -> Iterator[ast.expr]:
    """The texts that a call prints as they stand, also where they are joined or formatted."""
    queue = list(call.args)
    while queue:
        node = queue.pop()
        if isinstance(node, ast.BinOp):
            queue += [node.left, node.right]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            queue.append(node.func.value)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and any(map(str.isalpha, node.value)):
            yield node


def _range(node: ast.expr, columns: _Columns, source: Source) -> _Range:
    end = columns.place(node.end_lineno or node.lineno, node.end_col_offset or 0)
    return _Range(columns.place(node.lineno, node.col_offset), end, source)


def _texts(ranges: Sequence[_Range], strings: Sequence[tokenize.TokenInfo]) -> Iterator[Found]:
    """One find for each range; a text may consist of several literals side by side."""
    remaining = iter(strings)
    token = next(remaining, None)
    for item in sorted(set(ranges), key=lambda item: item.start):
        inside = []
        while token is not None and token.start < item.end:
            if token.start >= item.start and not set(_prefix(token).lower()) & {"f", "b"}:
                inside.append(token)
            token = next(remaining, None)
        if inside:
            yield _joined(inside, item.source)


def _prefix(token: tokenize.TokenInfo) -> str:
    match = _PREFIX_AND_QUOTES.match(token.string)
    return match["prefix"] if match else ""


def _joined(tokens: Sequence[tokenize.TokenInfo], source: Source) -> Found:
    text, spans = "", []
    line = tokens[0].start[0]
    for token in tokens:
        match = _PREFIX_AND_QUOTES.match(token.string)
        opening, quotes = (match.end(), len(match["quotes"])) if match else (0, 0)
        body = token.string[opening : len(token.string) - quotes]
        if source == "print" and quotes == 1 and "r" not in _prefix(token).lower():
            body = _ESCAPED_NEWLINE.sub(" \n", body)
        start, end = (token.start[0], token.start[1] + opening), (token.end[0], token.end[1] - quotes)
        text += ("\n" * (start[0] - line) or " " * bool(text)) + body
        line = end[0]
        spans.append((start, end))
    return Found(Piece("prose", source, text, spans[0][0][0], spans[-1][1][0]), tuple(spans))


def _comments(tokens: Sequence[tokenize.TokenInfo]) -> Iterator[Found]:
    """Comments on lines of their own, one below the other, are one text; a comment behind code is its own."""
    run: list[tokenize.TokenInfo] = []
    for token in tokens:
        if run and not (_stands_alone(token) and _stands_alone(run[-1]) and token.start[0] == run[-1].start[0] + 1):
            yield _run(run)
            run = []
        run.append(token)
    if run:
        yield _run(run)


def _stands_alone(token: tokenize.TokenInfo) -> bool:
    return not token.line[: token.start[1]].strip()


def _run(tokens: Sequence[tokenize.TokenInfo]) -> Found:
    text = "\n".join(_HASHES.sub("", token.string, count=1) for token in tokens)
    spans = tuple((token.start, token.end) for token in tokens)
    return Found(Piece("prose", "comment", text, tokens[0].start[0], tokens[-1].start[0]), spans)
