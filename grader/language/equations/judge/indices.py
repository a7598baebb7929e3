"""Indices that say nothing taken off: of a layer, of a unit, and those over which sums go."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from grader.language.equations.judge.states import everywhere, is_weight, renamed
from grader.language.equations.judge.system import System
from grader.language.equations.read.expressions import (
    Equation,
    Expression,
    Power,
    Product,
    Symbol,
    rewrite,
    walk,
)

_BELOW = re.compile(r"([a-zA-Zℓ])[-−]1")
_MOST_INDICES = 6
_SHARED = 3
"""So many different quantities carry an index that says nothing: that of a unit, a layer, or a sample."""


def without_layers(equations: list[Equation], system: System) -> list[Equation]:
    """`h^{l-1}_t` is the input of layer l, and the l of everything else says nothing."""
    below = {
        found[1] for item in everywhere(equations) if item.lag is not None and (found := _BELOW.fullmatch(item.mark))
    }
    if not below:
        return equations
    own = {item.base for item in everywhere(equations) if item.mark in below}

    def change(item: Symbol) -> Symbol:
        found = _BELOW.fullmatch(item.mark)
        if found and item.base in own:
            return Symbol(system.states[0][0], lag=item.lag)
        last = item.mark[-1:]
        return replace(item, mark=item.mark[:-1]) if last and last in below else item

    return [renamed(equation, change) for equation in equations]


def without_indices(equations: list[Equation], _: System) -> list[Equation]:
    """Without the letters over which sums go, and the index of the unit that is computed."""
    sums = {equation.left: equation.indices | _unwritten(equation) for equation in equations}
    summed = {letter for indices in sums.values() for letter in indices}
    units = {left.mark for left, indices in sums.items() if indices and len(left.mark) == 1}
    marks: dict[str, set[str]] = {}
    for item in everywhere(equations):
        if not is_weight(item) and len(item.mark) == 1 and item.mark.isalnum():
            marks.setdefault(item.base, set()).add(item.mark)
    carried = Counter(min(several) for several in marks.values() if len(several) == 1)
    shared = {mark for mark, count in carried.items() if count >= _SHARED}
    letters = summed | units | shared
    if not letters or len(letters) > _MOST_INDICES:
        return equations

    def without(item: Symbol) -> Symbol:
        return replace(item, mark="".join(letter for letter in item.mark if letter not in letters))

    weights = {item for item in everywhere(equations) if item.lag is None and letters.intersection(item.mark)}
    # `w_{iφ} x_i + w_{hφ} h_h`: here the letters of the sums are all that tells two matrices from each other.
    alike = Counter(without(item) for item in weights)

    def change(item: Symbol) -> Symbol:
        gone = item.lag is not None or (alike[without(item)] < 2 and (summed or not is_weight(item)))
        return without(item) if gone and letters.intersection(item.mark) and not item.mark.endswith("]") else item

    def entry(item: Expression) -> Expression:
        """`(W x_t + U h_{t-1})^j` is entry j."""
        is_entry = isinstance(item, Power) and isinstance(item.exponent, Symbol) and item.exponent.base in shared
        return item.base if is_entry and isinstance(item, Power) else item

    plainer = [renamed(equation, change) for equation in equations]
    return [replace(equation, sides=tuple(rewrite(side, entry) for side in equation.sides)) for equation in plainer]


def _unwritten(equation: Equation) -> frozenset[str]:
    """The indices over which a sum goes though none is written: `W_kj x_j`."""
    pairs = (
        pair
        for side in equation.sides
        for item in walk(side)
        if isinstance(item, Product)
        for pair in pairwise(item.factors)
    )
    return frozenset(
        vector.mark
        for weight, vector in pairs
        if isinstance(weight, Symbol) and isinstance(vector, Symbol) and is_weight(weight) and not is_weight(vector)
        if len(vector.mark) == 1 and len(weight.mark) > 1 and weight.mark.endswith(vector.mark)
    )


def without_copies(equations: list[Equation], system: System) -> list[Equation]:
    """`inputs_i`, `inputs_f`: copies of the input that nothing computes are the input."""
    defined = {equation.left.name for equation in equations}
    copies = {
        item
        for item in everywhere(equations)
        if item.base.lower() in system.states[0] and item.lag is None and len(item.mark) == 1
    }
    copies = {item for item in copies if item.name not in defined}
    if len(copies) < 2:
        return equations
    return [renamed(one, lambda item: replace(item, mark="") if item in copies else item) for one in equations]
