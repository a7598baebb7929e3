"""The kind of one direction that is no layer of Keras: around a cell of the student's own, or around several cells."""

from __future__ import annotations

from collections.abc import Iterator

from grader.answer.answer import Answer
from grader.answer.layer import Layer
from grader.pack.verdict import Missed
from reference.checks.comparing import recognise, try_step
from reference.checks.counting import count, wanted
from reference.recurrent.expected import Count
from reference.recurrent.kinds import KINDS, Kind, has_states, kind_of, may_be
from reference.recurrent.recognise import Recognition
from reference.subjects.inner_cell import cell_of


def part_kind(answer: Answer, part: Layer) -> Kind | None:
    """What it is by its class, by the classes of all its cells, or by what a cell of the student's own computes."""
    return kind_of(part) or answer.once(("kind of part", part.facts.ref), lambda: _part_kind(answer, part))


def _part_kind(answer: Answer, part: Layer) -> Kind | None:
    stacked = stacked_cells(part)
    if stacked:
        names = {cell.family for cell in stacked}
        return next((kind for kind in KINDS if names == {f"{kind.keras}Cell"}), None)
    if part.cell is None or not part.cell.facts.custom:
        return None
    return next((kind for kind in KINDS if _computes(answer, part, kind)), None)


def _computes(answer: Answer, part: Layer, kind: Kind) -> bool:
    try:
        cell = cell_of(answer, part)
        if not has_states(cell, kind) or not may_be(cell, kind):
            return False
        trial = try_step(answer, cell)
    except Missed:
        return False
    return recognise(kind, trial.readings(kind, cell), trial).accepted


def compared_cells(answer: Answer, part: Layer, kind: Kind) -> Iterator[tuple[Layer, Recognition]]:
    """Each of its several cells, and whose numbers one step of it gives."""
    for cell in stacked_cells(part):
        trial = try_step(answer, cell)
        yield cell, recognise(kind, trial.readings(kind, cell), trial)


def stacked_cells(part: Layer) -> list[Layer]:
    """The cells of a layer that runs several of them, one on the other, at each time step."""
    return part.cell.inner if part.cell is not None and part.cell.family == "StackedRNNCells" else []


def part_units(part: Layer) -> int:
    """The size of what it gives: of the last of several cells."""
    return (part.facts.state_sizes[-1] if stacked_cells(part) else part.units) or 0


def part_count(answer: Answer, part: Layer, kind: Kind) -> Count:
    """The parameters that a built direction of this kind has in the student's own sizes."""
    stacked = stacked_cells(part)
    if stacked:
        each = [count(kind, cell, use_bias=cell.setting("use_bias") is not False) for cell in stacked]
        formula = " + ".join(one.worked.split(" = ")[0] for one in each)
        return Count(sum(one.value for one in each), formula, ())
    if kind_of(part) is None:
        cell = cell_of(answer, part)
        return wanted(kind, cell, cell.parameters)
    return count(kind, part, use_bias=part.setting("use_bias") is not False)
