"""What is said of a statement for which no equation was found: none, one that cannot be read, or one disowned."""

from __future__ import annotations

from collections.abc import Mapping

from grader.language.equations.judge.readings import Readings
from grader.language.equations.judge.system import Statement, StatementVerdict, lowered
from grader.language.equations.judge.versions import Versions
from grader.language.equations.read.expressions import (
    ParseFailure,
)

SHOWN = 80


class Absent:
    """Says of a statement that has no equation why there is none."""

    def __init__(self, found: Versions, readings: Readings, bound: Mapping[str, str]) -> None:
        self._versions, self._readings, self._bound = found, readings, bound
        self._unread = [one.item for one in found.counting if isinstance(one.item, ParseFailure)]

    def verdict(self, statement: Statement, keys: set[str]) -> StatementVerdict:
        expected = f"Expected: {statement.reference}."
        for item in self._unread:
            if item.left is not None and self._readings.key_of(item.left) in keys:
                return self._unreadable(item, expected)
        for name, one in self._versions.disowned.items():
            if name in keys or name in statement.usual:
                said = "You call “{}” wrong" if one.standing == "wrong" else "Your words do not assert “{}”"
                message = f"{said.format(one.shown)}, and there is no other equation of {lowered(statement.title)}."
                return StatementVerdict("missing", one.shown, f"{message} {expected}")
        loose = [item for item in self._unread if not self._is_claimed(item)]
        if loose:
            return self._unreadable(loose[0], expected)
        return StatementVerdict("missing", None, f"{statement.title} is not among your equations. {expected}")

    def _unreadable(self, item: ParseFailure, expected: str) -> StatementVerdict:
        shown = " ".join(item.text.split())[:SHOWN]
        message = f"Reading “{shown}” stopped at character {item.where + 1}: {item.what}."
        return StatementVerdict("unreadable", item.text, f"{message} {expected}")

    def _is_claimed(self, item: ParseFailure) -> bool:
        """Whether an equation that could not be read has the name of something that another one is about."""
        if item.left is None:
            return False
        key = self._readings.key_of(item.left)
        return key in self._bound or self._readings.is_state(key) or bool(self._readings.of(key))
