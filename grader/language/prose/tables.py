"""Markdown tables whose columns have headings: each cell is said once more, under its heading, on its own line.

In such a table a row is no sentence: "What | gets smaller | gets larger" says nothing without the headings "Vanishing"
and "Exploding".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

MAX_ROWS = 40
MAX_COLUMNS = 8


def with_columns(lines: Sequence[str]) -> list[str]:
    """The lines, with "heading: row: cell" on lines of their own behind each table with at least three columns.

    Two are enough where the first has no heading.
    """
    found: list[str] = []
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        found.extend(lines[at:end])
        if end - at > 2:
            for line in _columns(lines[at], lines[at + 2 : end]):
                found.extend(("", line))
            found.append("")
        at = end
    return found


def _end(lines: Sequence[str], at: int) -> int:
    """Where the table ends that begins at this line; the next line if none begins."""
    if at + 2 >= len(lines) or "|" not in lines[at] or "|" not in lines[at + 1] or not _is_rule(lines[at + 1]):
        return at + 1
    return next((i for i in range(at + 2, len(lines)) if "|" not in lines[i]), len(lines))


def _is_rule(line: str) -> bool:
    return "-" in line and set(line) <= set("|:- \t")


def _columns(heading: str, rows: Sequence[str]) -> Iterator[str]:
    names = _cells(heading)
    if len(names) < 3 and (len(names) < 2 or names[0]):
        return
    for row in rows[:MAX_ROWS]:
        label, *cells = _cells(row)
        for name, cell in zip(names[1:MAX_COLUMNS], cells, strict=False):
            if name and cell:
                yield from _said(name, label, cell)


def _said(name: str, label: str, cell: str) -> Iterator[str]:
    """ "Vanishing: what: gets smaller"; where a heading says something of each row also "LSTM: gates see x_t"."""
    yield f"{name}: {label}: {cell}" if label else f"{name}: {cell}"
    if label and " " in name:
        yield f"{label}: {name} {cell}"


def _cells(line: str) -> list[str]:
    return [cell.strip(" *_\t") for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
