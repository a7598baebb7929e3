"""The reports of a class as its gradebook has it: after a grade, and after every decision."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from grader.batch.rebuild_folder import Rebuilt, rebuild
from grader.gradebook.members import is_class
from grader.gradebook.whole_class import Settled, Where, settled
from grader.result.names import RESULT, Reader


def kept(where: Where) -> list[str]:
    """Have the gradebook hold all results, and the reports say what people decided; what could not be done.

    It may be done at any time and as often as one likes. Raises `BadRequest`.
    """
    found = settled(where)
    told = [name for name, each in found.standings().items() if each.says_something or each.stale or each.earlier]
    made = _made_anew(where.folder, None, found, told) if told else []
    return [*found.refused, *(item.problem for item in made if item.problem is not None)]


def shown(where: Where, only: Collection[str]) -> list[str]:
    """Have the reports in some folders, and the index, say what was decided just now; what could not be done."""
    found = settled(where)
    made = _made_anew(where.folder, None, found, only)
    return [item.problem for item in made if item.problem is not None]


def rebuilt_class(where: Where, reader: Reader) -> list[Rebuilt]:
    """Make all reports anew in a folder of results, or that of one student, with what a gradebook has.

    Raises `BadRequest`.
    """
    folder = where.folder
    alone = (folder / RESULT).is_file()
    home = Where(folder.resolve().parent, where.url, where.course) if alone else where
    if not (where.url or where.course or is_class(home.folder)):
        return rebuild(folder, reader)
    return rebuild(folder, reader, settled(home).standings())


def _made_anew(folder: Path, reader: Reader | None, found: Settled, only: Collection[str]) -> list[Rebuilt]:
    return rebuild(folder, reader, found.standings(), only)
