"""Which names a piece of code reads from outside of itself, by Python's own rules of scope."""

from __future__ import annotations

import symtable
from collections.abc import Iterator


def global_names(source: str) -> set[str]:
    """The names of the namespace that code reads when it runs: what is local to its functions is not among them.

    Raises `SyntaxError` for text that is not Python, and `ValueError` for text with null bytes.
    """
    return set(_read(symtable.symtable(source, "<code>", "exec")))


def _read(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (symbol.is_global() or table.get_type() == "module"):
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _read(inner)
