"""Conventions taken off before it is asked what a symbol is: indices of sums, layers, block matrices, next states.

Each of them is known by the equations alone: `Σ_j w_kj x_j` is `w x`, `h^{l-1}_t` is the input of a layer that computes
`h^l_t`, `[W U] [x; h]` is `W x + U h`, and `c' = f * c + i * g` goes from one step to the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from grader.language.equations.judge.programs import in_one
from grader.language.equations.judge.states import everywhere, is_weight
from grader.language.equations.judge.system import System
from grader.language.equations.read.expressions import (
    NOW,
    PREVIOUS,
    Call,
    Concatenation,
    Equation,
    Expression,
    Group,
    Operator,
    Power,
    Product,
    Sum,
    Symbol,
    rewrite,
    symbols,
    walk,
)

_BELOW = re.compile(r"([a-zA-Zℓ])[-−]1")
_STEP = re.compile(r"([a-zτ])[-−+]1")
_ENDINGS = "xynp0123456789"
_MOST_INDICES = 6
_SHARED = 3
"""So many different quantities carry an index that says nothing: that of a unit, a layer, or a sample."""


def plain(equations: Sequence[Equation], system: System) -> list[Equation]:
    """The equations without these conventions."""
    found = list(equations)
    for convention in (
        _with_time,
        _with_steps,
        _with_general,
        _without_layers,
        _without_indices,
        _without_copies,
        _without_blocks,
        in_one,
    ):
        found = convention(found, system)
    return found


def renamed(equation: Equation, change: Callable[[Symbol], Symbol]) -> Equation:
    """The equation with every symbol of both sides changed."""

    def changed(item: Expression) -> Expression:
        return change(item) if isinstance(item, Symbol) else item

    sides = tuple(rewrite(side, changed) for side in equation.sides)
    return replace(equation, left=change(equation.left), sides=sides)


def _with_time(equations: list[Equation], _: System) -> list[Equation]:
    """Steps that another letter than t counts: `h_{j-1}`, `c[n-1]`, `x_{m+1}`."""
    symbols_ = [item for item in everywhere(equations) if not is_weight(item)]
    if any(item.lag in (NOW, 1) for item in symbols_):
        return equations
    stepped = Counter(found[1] for item in symbols_ if item.lag is None and (found := _STEP.fullmatch(item.mark)))
    numbered = {item.mark for item in symbols_ if item.mark.isdigit()}
    if stepped:
        letter = stepped.most_common(1)[0][0]
        steps = {letter: NOW, f"{letter}-1": PREVIOUS, f"{letter}−1": PREVIOUS, f"{letter}+1": 1}
    elif numbered in ({"0", "1"}, {"1", "2"}):
        steps = {min(numbered): PREVIOUS, max(numbered): NOW}
    else:
        return equations

    def change(item: Symbol) -> Symbol:
        timed = item.lag is None and not is_weight(item) and item.mark in steps
        return replace(item, mark="", lag=steps[item.mark]) if timed else item

    return [renamed(equation, change) for equation in equations]


# Layers and indices --------------------------------------------------------------------------------------------------


def _without_layers(equations: list[Equation], system: System) -> list[Equation]:
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


def _without_indices(equations: list[Equation], _: System) -> list[Equation]:
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


def _without_copies(equations: list[Equation], system: System) -> list[Equation]:
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


def _with_general(equations: list[Equation], system: System) -> list[Equation]:
    """`a_k = W_k x_t + U_k h_{t-1}` for several k, `G_t = σ(W_G x_t + ...)` for several G: one equation for each."""
    states = {name for names in system.states for name in names}
    defined = {equation.left.name for equation in equations}
    read = {item for equation in equations for side in equation.sides for item in symbols(side)}
    open_ = sorted(
        {replace(item, lag=None) for item in read if item.lag in (None, NOW) and not is_weight(item)},
        key=lambda item: item.name,
    )
    open_ = [item for item in open_ if item.name not in defined and item.key not in states and not item.accent]
    found: list[Equation] = []
    for equation in equations:
        special = _special(equation, open_, {item.name for item in read})
        found.extend(special or [equation])
    return found


def _special(equation: Equation, undefined: Sequence[Symbol], read: Collection[str]) -> list[Equation]:
    """The equations for which a general one stands; none for any other."""
    left = equation.left
    letter = left.mark or left.base
    weights = {item for side in equation.sides for item in symbols(side) if item.lag is None and letter in item.mark}
    if len(letter) != 1 or left.accent or left.name in read or len(weights) < 2:
        return []
    if left.mark:
        meant = {item: item.mark for item in undefined if item.base == left.base and len(item.mark) == 1}
    else:
        meant = {item: item.base for item in undefined if len(item.base) == 1 and not item.mark}
    if len(meant) < 2:
        return []
    found: list[Equation] = []
    for item, index in meant.items():

        def change(other: Symbol, index: str = index) -> Symbol:
            return replace(other, mark=other.mark.replace(letter, index)) if other in weights else other

        found.append(renamed(replace(equation, left=replace(item, lag=left.lag)), change))
    return found


# Block matrices ------------------------------------------------------------------------------------------------------


def _without_blocks(equations: list[Equation], _: System) -> list[Equation]:
    """`[W U] [x; h]` is `W x + U h`, and `[f i] [c; g]` is `f c + i g`."""
    return [
        replace(equation, sides=tuple(rewrite(side, _multiplied) for side in equation.sides)) for equation in equations
    ]


def _multiplied(item: Expression) -> Expression:
    if isinstance(item, Concatenation) and len(item.parts) == 2:
        weight, vector = item.parts
        inner = isinstance(weight, Symbol) and is_weight(weight) and not _holds_weight(vector)
        return Group(Product((weight, vector), ("@",))) if inner else item
    if not isinstance(item, Product):
        return item
    factors, operators = list(item.factors), list(item.operators)
    for at in range(len(factors) - 1):
        if factors[at] == Symbol("c") and not operators[at] and isinstance(factors[at + 1], Concatenation):
            # R joins vectors with the function c.
            del factors[at], operators[at]
            break
        row, column = _entries(factors[at]), _entries(factors[at + 1])
        weights = [isinstance(entry, Symbol) and is_weight(entry) for entry in row]
        parts = not any(map(_holds_weight, row)) and operators[at] != "⊙"
        if (all(weights) or parts) and 1 < len(row) == len(column) and not any(map(_holds_weight, column)):
            sign: Operator = "*" if parts else "@"
            terms = tuple((1, Product((one, other), (sign,))) for one, other in zip(row, column, strict=True))
            factors[at : at + 2] = [Group(Sum(terms))]
            del operators[at]
            break
    return factors[0] if len(factors) == 1 else Product(tuple(factors), tuple[Operator, ...](operators))


def _entries(item: Expression) -> tuple[Expression, ...]:
    """What stands side by side, or one above the other, in square brackets."""
    while isinstance(item, Group) and isinstance(item.inner, Group | Concatenation):
        item = item.inner
    if isinstance(item, Concatenation):
        return item.parts
    joined = isinstance(item, Group) and isinstance(item.inner, Product) and not any(item.inner.operators)
    return item.inner.factors if joined and isinstance(item, Group) and isinstance(item.inner, Product) else ()


def _holds_weight(item: Expression) -> bool:
    return any(is_weight(symbol) for symbol in symbols(item))


# Steps ---------------------------------------------------------------------------------------------------------------


def _with_steps(equations: list[Equation], system: System) -> list[Equation]:
    """`c' = f * c + i * g`, `cy = f * cx + i * g`: what is computed is the next state, what is read the one before."""
    defined = {equation.left for equation in equations}
    steps: dict[Symbol, Symbol] = {}
    for equation in equations:
        left = equation.left
        if left.lag is not None or left.mark or any(_is_layer(side) for side in equation.sides):
            continue
        if left.accent in ("'", "~") and _is_state(left.base, system):
            steps[left] = Symbol(left.base, lag=NOW)
            steps[Symbol(left.base)] = Symbol(left.base, lag=PREVIOUS)
        elif len(left.base) == 2 and left.base[1] in _ENDINGS and not left.accent and _is_state(left.base[0], system):
            twins = {item for item in everywhere(equations) if _is_twin(item, left) and item not in defined}
            if not twins:
                names = next(names for names in system.states[1:] if left.base[0].lower() in names)
                twins = {item for item in everywhere(equations) if item.name in names and item not in defined}
            if len(twins) == 1:
                steps[left] = Symbol(left.base[0], lag=NOW)
                steps[twins.pop()] = Symbol(left.base[0], lag=PREVIOUS)
    return [renamed(equation, lambda item: _candidate(steps.get(item, item))) for equation in equations]


def _candidate(item: Symbol) -> Symbol:
    """A prime that marks no next step marks a candidate, as a tilde does."""
    return replace(item, accent="~") if item.accent == "'" else item


def _is_state(name: str, system: System) -> bool:
    return any(name.lower() in names for names in system.states[1:])


def _is_twin(item: Symbol, left: Symbol) -> bool:
    same = len(item.base) == 2 and item.base[0] == left.base[0] and item.base[1] in _ENDINGS and item != left
    return same and not item.mark and not item.accent and item.lag is None


def _is_layer(side: Expression) -> bool:
    """Whether weights stand on this side; a number or two vectors joined say so as well."""
    return _holds_weight(side) or any(isinstance(item, Concatenation) for item in walk(side)) or _is_bare(side)


def _is_bare(side: Expression) -> bool:
    return not any(isinstance(item, Product | Call) for item in walk(side))
