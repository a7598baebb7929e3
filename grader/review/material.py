"""What lies in a folder of results, read once and again where it has changed: results, cells, and the items in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.files.links import is_link
from grader.gradebook.judged import submitted
from grader.result.file import UnreadableResult, read
from grader.result.model import Result
from grader.result.names import RESULT
from grader.review.items import Item, items
from grader.roll.roll import Row


@dataclass(frozen=True, slots=True)
class Work:
    """What one student handed in, and what the grader made of it; `seen` tells whether the file is another by now."""

    row: Row
    result: Result
    cells: tuple[Mapping[str, Any], ...]
    seen: tuple[int, int]

    def code(self, item: Item) -> str:
        """The program that answers the question of an item."""
        mine = [self.cells[at] for at in item.question.cells if at < len(self.cells)]
        return "\n".join(text_of(cell) for cell in mine if cell.get("cell_type") == "code")


def text_of(cell: Mapping[str, Any]) -> str:
    """The source of a cell, however it is kept."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(map(str, source))


@dataclass(slots=True)
class Material:
    """The work of a class."""

    folder: Path
    works: dict[str, Work] = field(default_factory=dict)

    def look(self, rows: Sequence[Row]) -> None:
        """Read what is new or has changed, and forget what is gone; what cannot be read is left out."""
        found: dict[str, Work] = {}
        for row in rows:
            path = self.folder / str(row.folder)
            if row.folder is None or is_link(path):
                continue
            try:
                status = (path / RESULT).stat()
                seen = status.st_size, status.st_mtime_ns
                known = self.works.get(row.key)
                if known is not None and (known.seen, known.row) == (seen, row):
                    found[row.key] = known
                    continue
                result = read(path / RESULT)
            except (OSError, UnreadableResult):
                continue
            if result.status == "graded":
                cells = submitted(path, result.submission.sha256) or []
                bare = tuple({name: each for name, each in cell.items() if name != "outputs"} for cell in cells)
                found[row.key] = Work(row, result, bare, seen)
        self.works = found

    def items(self, said: Mapping[tuple[str, str], Sequence[str]]) -> list[Item]:
        """All that may be decided; `said` are requests, by student and check."""
        made: list[Item] = []
        for key, work in self.works.items():
            own = {check: texts for (student, check), texts in said.items() if student == key}
            made += items(work.row, work.result, work.cells or None, own)
        return made

    def code_of(self, item: Item) -> str:
        """The program that the verdict of an item rests on."""
        return self.works[item.row.key].code(item)
