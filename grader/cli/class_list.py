"""Who is missing in a class, and whose work is doubtful, as a terminal shows it: nobody is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.roll.roll import Roll, Row
from grader.text import neutral

NAME_LIMIT, REASON_LIMIT = 60, 300


def lines_of(roll: Roll) -> Iterator[str]:
    """What is to be told of a class beside its grades, a line for each kind, and for each that is doubtful."""
    listed = any(row.on_roster for row in roll.rows)
    absent: dict[str, list[Row]] = {}
    for row in roll.rows:
        if row.absent is not None:
            absent.setdefault(row.absent, []).append(row)
    for reason, rows in absent.items():
        said = neutral(reason, REASON_LIMIT)
        yield f"{said[:1].upper()}{said[1:]} ({len(rows)}): {_names(rows)}"
    strangers = [row for row in roll.rows if listed and not row.on_roster]
    if strangers:
        yield f"Not on the roster ({len(strangers)}): {_names(strangers)}"
    for row in roll.rows:
        if row.doubtful is not None:
            yield f"Doubtful: {neutral(row.key, NAME_LIMIT)} {neutral(row.doubtful, REASON_LIMIT)}"
    several = [row for row in roll.rows if row.folder is not None and any(map(_is_notebook, row.others))]
    if several:
        yield f"Handed in several notebooks, of which one is graded ({len(several)}): {_names(several)}"
    late = [row for row in roll.rows if row.late]
    if late:
        yield f"Late ({len(late)}): {_names(late)}"


def _names(rows: Sequence[Row]) -> str:
    return "; ".join(neutral(row.key, NAME_LIMIT) for row in rows)


def _is_notebook(name: str) -> bool:
    return ".ipynb" in name.lower()
