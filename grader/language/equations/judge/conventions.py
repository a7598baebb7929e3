"""Conventions taken off before it is asked what a symbol is: indices of sums, layers, block matrices, next states.

Each of them is known by the equations alone: `Σ_j w_kj x_j` is `w x`, `h^{l-1}_t` is the input of a layer that computes
`h^l_t`, `[W U] [x; h]` is `W x + U h`, and `c' = f * c + i * g` goes from one step to the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from grader.language.equations.judge.block_matrices import holds_weight, without_blocks
from grader.language.equations.judge.indices import without_copies, without_indices, without_layers
from grader.language.equations.judge.programs import in_one
from grader.language.equations.judge.states import everywhere, is_weight, renamed
from grader.language.equations.judge.system import System
from grader.language.equations.read.expressions import (
    NOW,
    PREVIOUS,
    Call,
    Concatenation,
    Equation,
    Expression,
    Product,
    Symbol,
    symbols,
    walk,
)

_STEP = re.compile(r"([a-zτ])[-−+]1")
_ENDINGS = "xynp0123456789"


def plain(equations: Sequence[Equation], system: System) -> list[Equation]:
    """The equations without these conventions."""
    found = list(equations)
    for convention in (
        _with_aliases,
        _with_time,
        _with_steps,
        _with_general,
        without_layers,
        without_indices,
        without_copies,
        without_blocks,
        in_one,
    ):
        found = convention(found, system)
    return found


def _with_aliases(equations: list[Equation], _: System) -> list[Equation]:
    """`y_t = h_t = o_t * tanh(c_t)` says of h_t, too, what it is."""
    found: list[Equation] = []
    for equation in equations:
        found.append(equation)
        for at, side in enumerate(equation.sides[:-1], start=1):
            if isinstance(side, Symbol) and side.lag is not None and side != equation.left:
                found.append(replace(equation, left=side, sides=equation.sides[at:]))
    return found


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
    return holds_weight(side) or any(isinstance(item, Concatenation) for item in walk(side)) or _is_bare(side)


def _is_bare(side: Expression) -> bool:
    return not any(isinstance(item, Product | Call) for item in walk(side))
