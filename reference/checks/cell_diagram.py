"""A drawing of an LSTM cell: the cell state runs along the top, and peepholes come down from it to the gates."""

from __future__ import annotations

from dataclasses import dataclass

from grader.pack.pictures import Box, Connection, Diagram, Label, Line
from grader.result.phrases import listed

TOP, GATES, BOTTOM = 34, 122, 164
"""How far down the cell state, the gates and the hidden state run."""

PLACES = {"forget": (56, 75), "input": (126, 147), "output": (254, 273)}
"""How far to the right the peephole of each gate comes down, and where it ends."""


@dataclass(frozen=True, slots=True)
class SeenGates:
    """Which gates were seen to look at the cell state."""

    forget: bool
    input: bool
    output: bool


def cell_diagram(gates: SeenGates) -> Diagram:
    """The cell with its three peepholes; those that were not found are dashed."""
    seen = {name: bool(getattr(gates, name)) for name in PLACES}
    return Diagram(
        title="Your cell, and who sees its memory",
        summary=_summary([name for name, is_there in seen.items() if not is_there]),
        width=372,
        height=196,
        lines=(*_LINES, *(_peephole(name, is_there=is_there) for name, is_there in seen.items())),
        boxes=_BOXES,
        labels=_LABELS,
        asked=("Gate", "Sees the cell state"),
        connections=tuple(Connection(name=f"{name} gate", is_there=is_there) for name, is_there in seen.items()),
    )


def _summary(missing: list[str]) -> str:
    if not missing:
        return "Measured: all three gates see the cell state, as they do in a peephole LSTM."
    if len(missing) == len(PLACES):
        seen = "no gate sees the cell state, as in a plain LSTM"
        return f"Measured: {seen}; a peephole LSTM has the three dashed connections."
    seen = f"the connection from the cell state to the {listed(missing)} gate is missing (dashed)"
    return f"Measured: {seen}; a peephole LSTM has all three."


def _peephole(name: str, *, is_there: bool) -> Line:
    x, end = PLACES[name]
    through = ((x, TOP), (x, GATES), (end, GATES))
    return Line(through=through, style="found" if is_there else "missing", has_tip=True)


def _gate(x: int, name: str, *, is_tinted: bool) -> Box:
    return Box(x=x - 17, y=110, width=34, name=name, is_tinted=is_tinted)


_LINES = (
    Line(through=((12, TOP), (360, TOP)), style="strong", has_tip=True),
    Line(through=((12, BOTTOM), (290, BOTTOM))),
    *(Line(through=((x, BOTTOM), (x, 134)), has_tip=True) for x in (92, 164, 222, 290)),
    Line(through=((92, 110), (92, TOP))),
    Line(through=((164, 110), (164, 84), (193, 84))),
    Line(through=((222, 110), (222, 84), (193, 84))),
    Line(through=((193, 84), (193, TOP))),
    Line(through=((322, TOP), (322, GATES))),
    Line(through=((307, GATES), (361, GATES)), has_tip=True),
)
_BOXES = (
    _gate(92, "f", is_tinted=True),
    _gate(164, "i", is_tinted=True),
    _gate(222, "c̃", is_tinted=False),
    _gate(290, "o", is_tinted=True),
    Box(shape="operation", x=92, y=TOP, name="×"),
    Box(shape="operation", x=193, y=84, name="×"),
    Box(shape="operation", x=193, y=TOP, name="+"),
    Box(shape="operation", x=322, y=GATES, name="×"),
    Box(x=303, y=58, width=38, name="tanh"),
)
_LABELS = (
    Label(x=12, y=22, parts=(("c", "t−1"),)),
    Label(x=338, y=22, parts=(("c", "t"),)),
    Label(x=12, y=184, parts=(("h", "t−1"), (" and x", "t"))),
    Label(x=344, y=142, parts=(("h", "t"),)),
)
