"""What becomes of something that a cell made: which later cells use it, by the names it goes through."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from grader.notebook.source.bindings import Statement


def users(statements: Mapping[int, tuple[Statement, ...]], maker: int, calling: str) -> Collection[int]:
    """The cells that use what statements with the text `calling` gave in one cell; that cell itself is among them."""
    made, found = set[str](), {maker}
    for each in (each for cell in sorted(statements) if cell >= maker for each in statements[cell]):
        if each.reads & made or (each.cell == maker and calling in each.text):
            found.add(each.cell)
            made |= each.binds
    return found
