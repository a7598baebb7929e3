"""What was saved with a notebook and a fresh run does not give: shapes, counts of weights, losses, and results at all.

It tells an instructor where to look, and decides nothing: a run of another Keras, or of other random numbers, may
differ without anybody's fault. So losses are compared by their size alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from math import isfinite
from typing import Any

from nbformat import NotebookNode

from grader.notebook.reading.read import Notebook, output_text

MOST, MOST_TEXT = 10, 100_000
"""So many differences are told, and so many characters of the outputs of a cell are looked at."""
MOST_KINDS = 500
"""A cell that prints more shapes than that lists something else than a model."""
SHAPE = re.compile(r"\((?:None|\d{1,9})(?:, ?(?:None|\d{1,9})){1,6}\)")
WEIGHTS = re.compile(r"Trainable params: {0,3}(\d{1,3}(?:,\d{3}){1,4}|\d{1,12})")
LOSS = re.compile(r"\bloss: {0,3}(nan|\d{1,12}(?:\.\d{1,12})?(?:e[+-]?\d{1,3})?)")
FACTOR, SMALL = 10.0, 0.01
"""Losses differ where one is so many times the other, and not both are as good as none."""


def not_reproduced(notebook: Notebook, executed: NotebookNode) -> tuple[str, ...]:
    """What the saved outputs of a notebook say and those of its run do not, in sentences for the instructor."""
    return tuple(islice(_all(notebook, executed), MOST))


def _all(notebook: Notebook, executed: NotebookNode) -> Iterator[str]:
    for cell, ran in zip(notebook.cells, executed.cells, strict=False):
        saved = cell.saved_output_text[:MOST_TEXT]
        if cell.type == "code" and saved:
            for difference in _differences(saved, ran.get("outputs", [])):
                yield f"cell {cell.index + 1}: {difference}"


def _differences(saved: str, outputs: list[Mapping[str, Any]]) -> Iterator[str]:
    error = next((output for output in outputs if output["output_type"] == "error"), None)
    if error is not None:
        if "Traceback" not in saved and f"{error['ename']}: " not in saved:
            yield f"saved with a result; a fresh run ends with {str(error['ename'])[:60]}"
        return
    fresh = output_text(outputs)[:MOST_TEXT]
    yield from _other("shape", [_tidy(found) for found in SHAPE.findall(saved)], map(_tidy, SHAPE.findall(fresh)))
    yield from _other(
        "trainable weights", *([f"{_number(n):,}" for n in WEIGHTS.findall(each)] for each in (saved, fresh))
    )
    yield from _other_loss(LOSS.findall(saved), LOSS.findall(fresh))


def _other(what: str, saved: list[str], fresh: Any) -> Iterator[str]:
    """Of several things that were saved the first that is not there any more, where there is something of the kind."""
    before, now = dict.fromkeys(saved), dict.fromkeys(fresh)
    if max(len(before), len(now)) > MOST_KINDS:
        return
    gone = next((each for each in before if each not in now), None)
    new = next((each for each in now if each not in before), None)
    if gone is not None and new is not None:
        yield f"saved with {what} {gone}; a fresh run has {new}"


def _other_loss(saved: list[str], fresh: list[str]) -> Iterator[str]:
    if not (saved and fresh):
        return
    before, now = float(saved[-1]), float(fresh[-1])
    if isfinite(before) and isfinite(now):
        differs = max(before, now) > SMALL and max(before, now) > FACTOR * min(before, now)
    else:
        differs = isfinite(before) != isfinite(now)
    if differs:
        yield f"saved with a loss of {before:.4g} at its end; a fresh run ends with {now:.4g}"


def _tidy(shape: str) -> str:
    return ", ".join(part.strip() for part in shape.split(","))


def _number(text: str) -> int:
    return int(text.replace(",", ""))
