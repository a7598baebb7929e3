"""What a picture shows, in words and as a table: for those who do not see it, and those who want the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.pack.pictures import Block, Dependence, Diagram, Finite, Gradients, Losses, Parameters, Picture
from grader.result.phrases import listed

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
OTHER = "other"
"""The role of what has none."""


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a picture; the first cell of a row is its heading."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def title(picture: Picture) -> str:
    """What is drawn."""
    match picture:
        case Losses() | Diagram():
            return picture.title
        case Gradients():
            return "Gradient norms, from the input to the loss"
        case Dependence():
            return "Which output depends on which input"
        case Parameters():
            return "Where the parameters are"


def shows_something(picture: Picture) -> bool:
    """Whether there is something to see in it: a course, a difference, more than one place."""
    match picture:
        case Losses():
            return len(_finite(picture.yours)) > 1
        case Gradients():
            return any(len([value for value in _finite(one.values) if value > 0]) > 2 for one in picture.networks)
        case Dependence():
            return len(picture.sees) > 1 and len(picture.sees[0]) > 1
        case Parameters():
            return bool(picture.yours) and picture.yours != picture.expected
        case Diagram():
            return bool(picture.connections)


def _finite(values: Sequence[Finite]) -> list[float]:
    return [value for value in values if value is not None]


def summary(picture: Picture) -> str:
    """What there is to see in it, and what a good one looks like, in a sentence or two."""
    match picture:
        case Losses():
            return _course(picture)
        case Gradients():
            said = "; ".join(
                f"network {place}: {_shown(one.values[0])} in the first of {len(one.values)} {one.over}, "
                f"{_shown(one.values[-1])} in the last"
                for place, one in enumerate(picture.networks, start=1)
                if one.values
            )
            return (
                f"{said[:1].upper()}{said[1:]}. A line that falls by powers of ten towards the input has died away "
                "there, one far above 1 runs wild; a healthy one is nearly level."
            )
        case Dependence():
            return _seen(picture)
        case Parameters():
            return _counted(picture)
        case Diagram():
            return picture.summary


def table(picture: Picture) -> Table:
    """The numbers."""
    match picture:
        case Losses():
            return _losses(picture)
        case Gradients():
            return _gradients(picture)
        case Dependence():
            return _dependence(picture)
        case Parameters():
            return _parameters(picture)
        case Diagram():
            rows = tuple((each.name, "yes" if each.is_there else "no") for each in picture.connections)
            return Table(picture.asked, rows)


def shade(picture: Parameters, role: str) -> str:
    """The class of a role in the drawing: by its place among the roles of a picture, what is left over apart."""
    roles = dict.fromkeys(block.role for block in (*picture.expected, *picture.yours) if block.role != OTHER)
    return OTHER if role == OTHER else f"role-{list(roles).index(role) + 1}"


def total(blocks: Sequence[Block]) -> int:
    """The parameters of all blocks."""
    return sum(block.count for block in blocks)


def _course(picture: Losses) -> str:
    first, last = picture.yours[0], picture.yours[-1]
    yours = f"Yours goes from {_shown(first)} to {_shown(last)} in {len(picture.yours)} epochs"
    if not picture.reference:
        return f"{yours}; a good one falls, and levels off."
    ends = f"{_shown(picture.reference[0])} to {_shown(picture.reference[-1])}"
    return f"{yours}; a good one falls as that of the model answer does, on its own data from {ends}."


def _losses(picture: Losses) -> Table:
    length = max(len(picture.yours), len(picture.reference))
    series = [[*values, *[None] * (length - len(values))] for values in (picture.yours, picture.reference)]
    rows = tuple(
        (str(epoch), *(_shown(value) if epoch <= len(own) else "–" for value, own in pair))
        for epoch, *pair in (
            (at + 1, (series[0][at], picture.yours), (series[1][at], picture.reference)) for at in range(length)
        )
    )
    return Table(("Epoch", "Yours", "Model answer"), rows)


def _gradients(picture: Gradients) -> Table:
    length = max((len(one.values) for one in picture.networks), default=0)
    rows = tuple(
        (str(at + 1), *(_shown(one.values[at]) if at < len(one.values) else "–" for one in picture.networks))
        for at in range(length)
    )
    names = (f"{place}: {one.label} ({one.over})" for place, one in enumerate(picture.networks, start=1))
    return Table(("Place", *names), rows)


def _seen(picture: Dependence) -> str:
    outputs, inputs = len(picture.sees), len(picture.sees[0])
    if all(all(row) for row in picture.sees):
        return f"Measured: each of the {outputs} outputs depends on all {inputs} inputs, those before it and after it."
    blind = [str(number) for number, row in enumerate(picture.sees, start=1) if not all(row)]
    who = f"output {blind[0]} does" if len(blind) == 1 else f"outputs {listed(blind)} do"
    return f"Measured on {inputs} {picture.axis}s: {who} not depend on every input. All outputs should."


def _dependence(picture: Dependence) -> Table:
    inputs = range(1, len(picture.sees[0]) + 1)
    rows = tuple(
        (f"output {number}", *("yes" if seen else "no" for seen in row))
        for number, row in enumerate(picture.sees, start=1)
    )
    return Table(("Depends on", *(f"input {number}" for number in inputs)), rows)


def _counted(picture: Parameters) -> str:
    found, wanted = total(picture.yours), total(picture.expected)
    missing = [block.role for block in picture.expected if block.role not in {own.role for own in picture.yours}]
    if found == wanted:
        return f"{found:,} parameters, as many as expected."
    without = f" There is no block for the {' and the '.join(missing)}." if missing else ""
    return f"{found:,} parameters; {wanted:,} are expected, in the blocks of the lower bar.{without}"


def _parameters(picture: Parameters) -> Table:
    yours = {block.role: block.count for block in picture.yours}
    wanted = {block.role: block.count for block in picture.expected}
    rows: list[tuple[str, ...]] = [
        (role, f"{yours.get(role, 0):,}", f"{wanted.get(role, 0):,}") for role in dict.fromkeys((*wanted, *yours))
    ]
    rows.append(("all", f"{sum(yours.values()):,}", f"{sum(wanted.values()):,}"))
    return Table(("Weights", "Yours", "Expected"), tuple(rows))


def _shown(value: Finite) -> str:
    """Three digits; what is very large or small with a power of ten, as people write it."""
    if value is None:
        return "not finite"
    digits, _, exponent = f"{value:.3g}".partition("e")
    return f"{digits} · 10{raised(int(exponent))}" if exponent else digits


def raised(exponent: int) -> str:
    """An exponent in small raised figures."""
    return str(exponent).translate(_RAISED)
