"""What programs do that formulas do not: they change a value in several lines, and cut a vector into parts.

`z = x @ W`, `z = z + h @ U`, `i = sigmoid(z[:, :n])`, `f = sigmoid(z[:, n:])`: i and f have weights of their own, the
parts of W and U that their place in z tells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from grader.language.equations.judge.states import all_symbols, everywhere, is_weight
from grader.language.equations.judge.system import System
from grader.language.equations.read.expressions import (
    NOW,
    PREVIOUS,
    Concatenation,
    Equation,
    Expression,
    Group,
    Symbol,
    rewrite,
    symbols,
    walk,
)

MAX_NODES = 400
_PART = re.compile(r"(?P<mark>[^\[\]]*)(?P<place>\[[^\[\]]*\])")


def in_one(equations: Sequence[Equation], system: System) -> list[Equation]:
    """The equations with values that are changed line by line, or cut into parts, written out."""
    states = {name for names in system.states for name in names}
    found = [one for one in _collected(equations, states) if not _is_list_of_parts(one)]
    named = {equation.left.name for equation in found}
    wholes = {
        equation.left.name: equation.right
        for equation in found
        if any(_is_free(item, states, named) for item in all_symbols(replace(equation, left=Symbol("0"))))
    }
    if not any(_part_of(item, wholes, named) or _PART.fullmatch(item.mark) for item in everywhere(found)):
        return found
    parted = [_parted(equation, wholes, states, named) for equation in found]
    return [equation for equation in parted if not any(_is_lost(item) for item in all_symbols(equation))]


def _collected(equations: Sequence[Equation], states: set[str]) -> list[Equation]:
    """One equation for a value that several lines change: `i = x @ W`, `i = sigmoid(i)`."""
    found: list[Equation] = []
    at: dict[str, int] = {}
    for equation in equations:
        left = equation.left
        before = at.get(left.name)
        # A memory may be written in two steps of one time: `c_t = f_t c_{t-1}`, then `c_t = c_t + i_t g_t`.
        kept = found[before] if before is not None and left.lag == NOW and left.key in states else None
        begun = kept is not None and any(item.key == left.key and item.lag == PREVIOUS for item in symbols(kept.right))
        own = (left.lag is None and left.key not in states) or begun
        if own and before is not None and any(item == left for side in equation.sides for item in walk(side)):
            sides = tuple(_with(side, {left: found[before].right}) for side in equation.sides)
            if sum(1 for side in sides for _ in walk(side)) <= MAX_NODES:
                found[before] = replace(equation, sides=sides)
                continue
        at[left.name] = len(found)
        found.append(equation)
    return found


def _is_list_of_parts(equation: Equation) -> bool:
    """Whether an equation only names parts: `z = (z_i, z_f, z_o, z_g)`."""
    parts = equation.right.parts if isinstance(equation.right, Concatenation) else ()
    return bool(parts) and all(isinstance(part, Symbol) and part.base == equation.left.base for part in parts)


def _with(side: Expression, values: Mapping[Symbol, Expression]) -> Expression:
    def change(item: Expression) -> Expression:
        found = values.get(item) if isinstance(item, Symbol) else None
        return item if found is None else Group(found)

    return rewrite(side, change)


def _is_free(item: Symbol, states: set[str], named: set[str]) -> bool:
    """Whether a symbol is neither a state, nor timed, nor computed: a weight."""
    return item.lag is None and item.key not in states and item.name not in named and item.base != "0"


def _part_of(item: Symbol, wholes: Mapping[str, Expression], named: set[str]) -> tuple[str, str] | None:
    """The vector of which a symbol is a part, and which part: `z[0:4]`, or `a_i` where only a is computed."""
    found = _PART.fullmatch(item.mark)
    if found:
        whole = replace(item, mark=found["mark"]).name
        return (whole, found["place"]) if whole in wholes else None
    whole = replace(item, mark="").name
    is_part = 0 < len(item.mark) <= 2 and item.name not in named and whole in wholes and not is_weight(item)
    return (whole, item.mark) if is_part and item.lag in (None, NOW) else None


def _parted(equation: Equation, wholes: Mapping[str, Expression], states: set[str], named: set[str]) -> Equation:
    def change(item: Expression) -> Expression:
        found = _part_of(item, wholes, named) if isinstance(item, Symbol) else None
        if found is None:
            return item
        whole, place = found

        def marked(inner: Expression) -> Expression:
            free = isinstance(inner, Symbol) and _is_free(inner, states, named)
            return (
                replace(inner, mark=f"{inner.mark}·{place.strip('[]')}")
                if free and isinstance(inner, Symbol)
                else inner
            )

        return Group(rewrite(wholes[whole], marked))

    return replace(equation, sides=tuple(rewrite(side, change) for side in equation.sides))


def _is_lost(item: Symbol) -> bool:
    """Whether a symbol is a part of something that is not computed here: data, and no equation."""
    return _PART.fullmatch(item.mark) is not None and not is_weight(item)
