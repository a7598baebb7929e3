"""Which of a student's symbols are the states of a system: by their usual names, else by what their equations do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from grader.language.equations.judge.system import System
from grader.language.equations.read.expressions import (
    NOW,
    PREVIOUS,
    Call,
    Equation,
    Expression,
    Symbol,
    bare,
    rewrite,
    symbols,
)
from grader.language.equations.read.symbols import WEIGHT_LETTERS

LETTERS = 2
"""Longer names are words."""

_ARROWS = "→←"


def unarrowed(symbol: Symbol) -> Symbol:
    """The symbol without the arrow of a direction."""
    return replace(symbol, accent="") if symbol.accent and symbol.accent in _ARROWS else symbol


def is_weight(symbol: Symbol) -> bool:
    """Whether a symbol looks like a weight."""
    return symbol.lag is None and symbol.base[:1] in WEIGHT_LETTERS


def all_symbols(equation: Equation) -> Iterator[Symbol]:
    """Those on both sides."""
    yield equation.left
    for side in equation.sides:
        yield from symbols(side)


def everywhere(equations: Sequence[Equation]) -> Iterator[Symbol]:
    """Every symbol of every equation."""
    return (symbol for equation in equations for symbol in all_symbols(equation))


def state_names(system: System, equations: Sequence[Equation]) -> dict[str, str]:
    """The student's key of each state, with the name that the system has for it.

    A usual name that stands with an earlier time step comes before one that merely occurs. A state without any takes
    what else is carried on from the step before: `m_t` for h in the papers of Sak, `hs[t]` and `cs[t]` in programs.
    """
    seen = {unarrowed(symbol).key for symbol in everywhere(equations)}
    seen -= {
        equation.left.key
        for equation in equations
        if len(equation.left.base) > LETTERS and _is_layer_of_words(equation)
    }
    carried = list(dict.fromkeys(unarrowed(item).key for item in everywhere(equations) if item.lag == PREVIOUS))
    found: dict[str, str] = {}
    without: list[str] = []
    for names in system.states:
        free = [name for name in names if name in seen and name not in found]
        used = next((name for name in free if name in carried), free[0] if free else None)
        if used is None or (used not in carried and names is not system.states[0]):
            without.append(names[0])
        if used is not None:
            found[used] = names[0]
    strangers = [key for key in carried if key not in found and _is_defined(key, equations)]
    strangers.sort(key=lambda key: not _carries_itself(key, equations))
    if len(strangers) <= len(without):
        for key, name in zip(strangers, without[-len(strangers) :] if len(strangers) < 2 else without, strict=False):
            found = {other: state for other, state in found.items() if state != name} | {key: name}
    for names in system.states:
        if names[0] not in found.values():
            found.setdefault(names[0], names[0])
    for names in system.states[1:]:
        # Whole words beside a letter: "Hidden state(t) = ..." with h(t-1) on the right. (`input` may be a gate.)
        found |= {name: names[0] for name in names if len(name) > LETTERS and name in seen}
    return found


def _is_layer_of_words(equation: Equation) -> bool:
    """Whether a word names a function of weights, though it is the name of a state: `input = σ(W ...)`."""
    outer = bare(equation.right)
    untimed = isinstance(outer, Call) and any(item.lag is None and is_weight(item) for item in symbols(outer))
    return untimed and not any(item.key == equation.left.key for item in symbols(equation.right))


def _is_defined(key: str, equations: Sequence[Equation]) -> bool:
    return any(unarrowed(equation.left).key == key for equation in equations)


def _carries_itself(key: str, equations: Sequence[Equation]) -> bool:
    """Whether a symbol is computed from itself, one step before: as a memory is, and what is shown of it is not."""
    return any(
        unarrowed(item).key == key and item.lag == PREVIOUS
        for equation in equations
        if unarrowed(equation.left).key == key
        for side in equation.sides
        for item in symbols(side)
    )


def told_apart(equations: Sequence[Equation], state: str, saying: str) -> list[Equation]:
    """The equations with a layer that has the name of a state, `C_t = tanh(W ...)`, given one of its own.

    `saying` is the remark for the student. Only where the state has an equation besides, which reads both:
    `C_t = f_t * C_{t-1} + i_t * C_t`.
    """
    own = [equation for equation in equations if equation.left.key == state and equation.left.lag in (None, NOW)]
    layers = [equation for equation in own if _is_layer(equation.right)]
    sums = [equation for equation in own if _reads(equation, state, PREVIOUS) and _reads(equation, state, NOW)]
    if len(layers) != 1 or len(sums) != 1 or layers[0] in sums:
        return list(equations)
    layer, total = layers[0], sums[0]
    named = replace(layer, left=replace(layer.left, accent="~"), repaired=saying)
    sides = tuple(rewrite(side, lambda item: _accented(item, state)) for side in total.sides)
    return [named if item is layer else replace(total, sides=sides) if item is total else item for item in equations]


def _is_layer(right: Expression) -> bool:
    outer = bare(right)
    return isinstance(outer, Call) and outer.function == "tanh" and any(item.lag is None for item in symbols(outer))


def _reads(equation: Equation, key: str, lag: int) -> bool:
    return any(item.key == key and item.lag == lag for item in symbols(equation.right))


def _accented(item: Expression, key: str) -> Expression:
    is_namesake = isinstance(item, Symbol) and item.key == key and item.lag == NOW
    return replace(item, accent="~") if is_namesake and isinstance(item, Symbol) else item


def renamed(equation: Equation, change: Callable[[Symbol], Symbol]) -> Equation:
    """The equation with every symbol of both sides changed."""

    def changed(item: Expression) -> Expression:
        return change(item) if isinstance(item, Symbol) else item

    sides = tuple(rewrite(side, changed) for side in equation.sides)
    return replace(equation, left=change(equation.left), sides=sides)


def told_before(equations: Sequence[Equation], states: Mapping[str, str]) -> set[str]:
    """The states of which a text has a symbol for the step before, and writes it not itself: `c_prev` beside `c`."""
    before = {item.key for item in everywhere(equations) if item.lag == PREVIOUS}
    written = {equation.left.key for equation in equations if equation.left.lag == PREVIOUS}
    return {states[key] for key in before - written if key in states}
