"""What a student handed in, as it is compared: the cells, and the fingerprints of code and prose."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from grader.files.opened import read_bytes
from grader.result.feedback_cells import is_feedback, is_stale
from grader.similarity.lexing import Lexed, Tokens, code_cell, own_names, prose_cell, raw
from grader.similarity.winnowing import CODE, NONE, PROSE, Grain, Hashes, hashes, winnowed

MOST_BYTES = 512 << 20
MOST_CELLS, MOST_CHARACTERS = 2_000, 400_000
"""Of a larger notebook the beginning is compared: no person wrote it."""

Part = Literal["code", "prose"]
GRAINS: dict[Part, Grain] = {"code": CODE, "prose": PROSE}


@dataclass(frozen=True, slots=True)
class Source:
    """One cell as it was handed in; `number` counts from 1."""

    number: int
    is_code: bool
    text: str


@dataclass(frozen=True, slots=True)
class Work:
    """One submission: the fingerprints of its code and of its prose, each once, in their order."""

    name: str
    prints: dict[Part, Hashes]


def work_of(name: str, cells: Sequence[Source]) -> Work:
    """A submission from its cells. No run of tokens goes from one cell into the next, so their order says nothing."""
    found = tokens_of(cells)
    return Work(name, {part: _prints((getattr(each, part) for each in found), GRAINS[part]) for part in GRAINS})


def tokens_of(cells: Sequence[Source]) -> list[Lexed]:
    """The tokens of each cell. A name is the student's own in all cells where it is given in one."""
    pieces = [raw(cell.text) if cell.is_code else [] for cell in cells]
    own = frozenset(name for each in pieces for name in own_names(each))
    return [
        code_cell(cell.text, each, own) if cell.is_code else prose_cell(cell.text, own)
        for cell, each in zip(cells, pieces, strict=True)
    ]


def _prints(tokens: Iterable[Tokens], grain: Grain) -> Hashes:
    found = [winnowed(hashes(each.values, grain), grain) for each in tokens]
    return np.unique(np.concatenate([NONE, *found]))


def cells_of(path: Path, sha256: str | None) -> list[Source]:
    """The cells that were handed in, from the executed notebook that lies beside a result; none where it is none.

    What it holds came from a student, and may be anything.
    """
    try:
        notebook = json.loads(read_bytes(path, MOST_BYTES))
        cells = [cell for cell in notebook["cells"] if not is_feedback(cell, sha256)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []
    found, left = [], MOST_CHARACTERS
    for number, cell in enumerate(cells[:MOST_CELLS], start=1):
        text = _text(cell)[: max(0, left)]
        left -= len(text)
        if text.strip() and not is_stale(cell, sha256):
            found.append(Source(number, cell.get("cell_type") == "code", text))
    return found


def _text(cell: Any) -> str:
    source = cell.get("source", "") if isinstance(cell, dict) else ""
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str)).encode(errors="replace").decode()
