"""What speaks against an equation that is right by itself: other versions of it, and what its parts are set to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from grader.language.equations.find.settings import BEFORE
from grader.language.equations.judge.attempt import Attempt
from grader.language.equations.judge.system import Sayings
from grader.language.equations.read.expressions import (
    NOW,
    PREVIOUS,
    Concatenation,
    Equation,
    Group,
    Product,
    Symbol,
    bare,
    symbols,
)
from grader.language.equations.read.one_line import to_text
from grader.language.equations.read.symbols import WEIGHT_LETTERS

_SQUASHING = ("σ", "\\sigma")
_SIGNS = {"⊙": ("⊙", "\\odot"), "∘": ("∘", "\\circ"), "⊗": ("⊗", "\\otimes")}
_JOINED = re.compile(r"\[[^\[\]]{1,80}[,;]")


def best(attempts: Sequence[Attempt]) -> Attempt:
    """A right one, else one whose mistake is known, else the first."""
    return min(attempts, key=lambda item: (not item.right, item.elsewhere, item.slip is None))


def contradicting(
    best: Attempt,
    attempts: Sequence[Attempt],
    is_name: Callable[[str], bool],
    stands_alone: Callable[[Attempt], bool],
    is_state: Callable[[str], bool],
) -> Attempt | None:
    """An equation, or another side of the same one, that contradicts what one has right."""
    if not best.right:
        return None
    right = {id(item.reading.equation) for item in attempts if item.right}
    for item in attempts:
        # A line of code beside the equations, `c = ...`, may mean another cell; the same symbol means the same.
        same = _is_same(item.reading.equation.left, best.reading.equation.left, is_state)
        if item.right or not same or item.elsewhere or _says_nothing(item, best, is_name, stands_alone):
            continue
        beside = item.reading.equation is best.reading.equation or id(item.reading.equation) not in right
        if beside:
            return item
    return None


def _is_same(one: Symbol, other: Symbol, is_state: Callable[[str], bool]) -> bool:
    """Whether two left sides mean the same; F_t is f_t, but C_t may be the cell where c_t is the candidate."""
    timed = one.lag is not None and other.lag is not None
    return one == other or (timed and one.key == other.key and not is_state(one.key))


def _says_nothing(
    item: Attempt, best: Attempt, is_name: Callable[[str], bool], stands_alone: Callable[[Attempt], bool]
) -> bool:
    """Whether a side gives but another name, numbers with a word on them, or an open function.

    `h_t = y_t`, "f_t = 1: all is kept", `f_t = f(h_{t-1}, x_t)`.
    """
    inner = bare(item.reading.right)
    if isinstance(inner, Symbol):
        return is_name(inner.key) or inner.key == best.reading.key
    if next(symbols(inner), None) is None:
        return item.reading.equation is best.reading.equation or not stands_alone(item)
    function = inner.factors[0] if isinstance(inner, Product) else None
    opened = isinstance(function, Symbol) and function.lag is None and function.base[:1] not in WEIGHT_LETTERS
    if not opened or not isinstance(inner, Product) or len(inner.factors) != 2 or inner.operators[0]:
        return False
    argument = inner.factors[1]
    return isinstance(argument, Group | Concatenation) and all(item.lag is not None for item in symbols(argument))


def set_apart(
    equation: Equation, settings: Mapping[str, str], same: tuple[Symbol, Symbol] | None, sayings: Sayings
) -> str:
    """What a text sets that makes an equation another one, as a sentence; empty if nothing does."""
    used = [item for side in equation.sides for item in symbols(side)]
    if renamed := _otherwise_called(used, settings, sayings):
        return renamed
    for item in used:
        if item.lag is None and item.name in settings:
            return f"You set {item.name} = {settings[item.name]}: then this is something else."
    for sign, ways in _SIGNS.items():
        if sign in settings and any(way in equation.text for way in ways):
            return f"You say that {sign} is the {settings[sign]}; the product meant here goes element by element."
    if "σ" in settings and any(way in equation.text for way in _SQUASHING):
        return f"You say that σ is the {settings['σ']}; the sigmoid is meant here."
    if "[" in settings and _JOINED.search(equation.text):
        return f"You say that [a, b] is the {settings['[']}; the two vectors are joined, one behind the other."
    if same and all(any(one.key == item.key and one.lag == item.lag for item in used) for one in same):
        return f"You set {to_text(same[0])} = {to_text(same[1])}: then {to_text(same[0])} is not seen."
    return ""


def _otherwise_called(used: Sequence[Symbol], settings: Mapping[str, str], sayings: Sayings) -> str:
    """What is given or carried along under a name that it cannot have: "let x_t be the label"."""
    for item in used:
        name = {NOW: f"{item.base}_t", PREVIOUS: f"{item.base}_t-1"}.get(item.lag) if item.lag is not None else None
        words = settings.get(name, "").lower().split() if name else []
        if {*words[-1:], " ".join(words[-2:])} & sayings.strange and not {*words} & sayings.called:
            return f"You say that {to_text(item)} is “{settings[name or '']}”: then this is something else."
        if item.lag == PREVIOUS and BEFORE in settings:
            return f"You say that t-1 is the step {settings[BEFORE]}; the step before is meant here."
    return ""
