"""From equations as students write them to statements that define one symbol each, without detours.

A candidate written inside the cell update becomes a statement of its own; a helper such as `z = [h, x]` is put in where
it is used; `c_{t+1} = ... c_t` is moved back by one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from grader.language.equations.symbols import WEIGHT_LETTERS
from grader.language.equations.syntax import (
    Call,
    Concatenation,
    Equation,
    Expression,
    Group,
    Number,
    Product,
    Symbol,
    bare,
    rewrite,
    symbols,
    walk,
)
from grader.language.equations.system import System

UNNAMED = "unnamed"
"""The function of `h_t = f(W x_t + U h_{t-1})`."""

_UNNAMED_LETTERS = frozenset(["f", "g", "h", "F", "G", "ψ", "Φ", "Ψ", "act", "activation"])
_LIFTED = frozenset(["sigmoid", "tanh", "relu", UNNAMED])
_MAX_INLINED = 400


@dataclass(frozen=True, slots=True)
class Statement:
    """`left = right`; `text` is what the student wrote, `label` the words beside it, `host` where it was taken from."""

    left: Symbol
    right: Expression
    text: str
    label: str = ""
    repaired: str = ""
    host: str = ""


def statements(equations: Iterable[tuple[Equation, str]], system: System) -> list[Statement]:
    """The statements in equations, each with its label, in their order."""
    found = [Statement(e.left, side, e.text, label, e.repaired) for e, label in equations for side in e.sides]
    indexed = {item.left.key for item in found if item.left.lag is None}
    found = [_named(_moved(item), indexed) for item in found]
    found = [item for item in found if _says_something(item)]
    found = _with_candidates(found, system)
    return _without_helpers(_lifted(found, system), system)


def is_weight(symbol: Symbol, defined: frozenset[str], system: System) -> bool:
    """Whether a symbol is a free weight, and not a state, a gate or an input."""
    if symbol.key in defined or symbol.key in system.names:
        return False
    return symbol.lag is None or symbol.base[:1] in WEIGHT_LETTERS


def keys(found: Iterable[Statement]) -> frozenset[str]:
    """The keys of all left sides."""
    return frozenset(item.left.key for item in found)


def _moved(item: Statement) -> Statement:
    """The statement with its left side at t."""
    shift = item.left.lag
    if not shift:
        return item

    def move(part: Expression) -> Expression:
        timed = isinstance(part, Symbol) and part.lag is not None
        return (
            replace(part, lag=part.lag - shift) if timed and isinstance(part, Symbol) and part.lag is not None else part
        )

    return replace(item, left=replace(item.left, lag=0), right=rewrite(item.right, move))


def _named(item: Statement, unindexed: set[str]) -> Statement:
    """Read `f(...)` as a function, unless f is a gate that this student writes without an index."""

    def change(part: Expression) -> Expression:
        if not isinstance(part, Product):
            return part
        factors, operators = list(part.factors), list(part.operators)
        for at in range(len(operators) - 1, -1, -1):
            name, argument = factors[at], factors[at + 1]
            if operators[at] == "" and _is_function(name, unindexed) and _is_argument(argument):
                parts = argument.parts if isinstance(argument, Concatenation) else (bare(argument),)
                factors[at : at + 2] = [Call(UNNAMED, parts)]
                del operators[at]
        return factors[0] if len(factors) == 1 else Product(tuple(factors), tuple(operators))

    return replace(item, right=rewrite(item.right, change))


def _is_function(name: Expression, unindexed: set[str]) -> bool:
    return isinstance(name, Symbol) and name.lag is None and name.name in _UNNAMED_LETTERS and name.key not in unindexed


def _is_argument(argument: Expression) -> bool:
    return isinstance(argument, Concatenation) or (isinstance(argument, Group) and argument.bracket == "(")


def _says_something(item: Statement) -> bool:
    """Whether a statement says how something is computed, other than `h_0 = 0` or `h_t = f(h_{t-1}, x_t)`."""
    right = bare(item.right)
    if isinstance(right, Call) and right.function == UNNAMED and len(right.arguments) > 1:
        return False
    named = list(symbols(right))
    alias = isinstance(right, Symbol) and right.key == item.left.key
    return bool(named) and not alias and item.left.mark != "0" and not isinstance(right, Number)


def _with_candidates(found: list[Statement], system: System) -> list[Statement]:
    """Tell a candidate from its state where both have the same name: `C_t = tanh(...)`, `C_t = f C_{t-1} + i C_t`."""
    for state in sorted({system.names.get(item.left.key, "") for item in found} & system.states):
        own = [item for item in found if system.names.get(item.left.key) == state]
        mixing = [item for item in own if any(_is_now(symbol, state, system) for symbol in symbols(item.right))]
        drafts = [item for item in own if item not in mixing and _is_activated(item, system)]
        if mixing and drafts and len(own) > 1:
            found = [_renamed(item, item in drafts, item in mixing, state, system) for item in found]
    return found


def _is_now(symbol: Symbol, state: str, system: System) -> bool:
    return system.names.get(symbol.key) == state and symbol.lag == 0


def _is_activated(item: Statement, system: System) -> bool:
    right = bare(item.right)
    return isinstance(right, Call) and any(is_weight(symbol, frozenset(), system) for symbol in symbols(right))


def _renamed(item: Statement, left: bool, right: bool, state: str, system: System) -> Statement:
    def rename(part: Expression) -> Expression:
        hit = isinstance(part, Symbol) and _is_now(part, state, system)
        return replace(part, accent="~") if hit and isinstance(part, Symbol) else part

    if right:
        return replace(item, right=rewrite(item.right, rename))
    return replace(item, left=replace(item.left, accent="~", lag=0)) if left else item


def _lifted(found: list[Statement], system: System) -> list[Statement]:
    """Make an activation of weights that stands inside another expression a statement of its own."""
    defined = keys(found)
    result: list[Statement] = []
    for item in found:
        taken: list[Statement] = []
        root = bare(item.right)

        def lift(
            part: Expression, item: Statement = item, taken: list[Statement] = taken, root: Expression = root
        ) -> Expression:
            inside = isinstance(part, Call) and part.function in _LIFTED and len(part.arguments) == 1 and part != root
            if not inside or not any(is_weight(symbol, defined, system) for symbol in symbols(part)):
                return part
            name = Symbol(f"#{len(result) + len(taken)}", lag=0)
            taken.append(Statement(name, part, item.text, host=item.left.key))
            return name

        changed = rewrite(root, lift)
        result += [*taken, replace(item, right=changed)]
    return result


def _without_helpers(found: list[Statement], system: System) -> list[Statement]:
    """Put helpers in where they are used: definitions that no role can have, because they activate no weights."""
    lagged = {symbol.key for item in found for symbol in symbols(item.right) if symbol.lag == -1}
    for _ in range(len(found)):
        helper = next((item for item in found if _is_helper(item, found, lagged, system)), None)
        if helper is None:
            break
        rest = [item for item in found if item is not helper]
        found = [_with(item, helper) for item in rest]
    return found


def _is_helper(item: Statement, found: Sequence[Statement], lagged: set[str], system: System) -> bool:
    key = item.left.key
    if key in system.names or key in lagged or item.host or any(symbol.key == key for symbol in symbols(item.right)):
        return False
    if sum(other.left.key == key for other in found) > 1 or _is_activated(item, system):
        return False
    users = [
        other for other in found if other is not item and any(symbol.key == key for symbol in symbols(other.right))
    ]
    size = sum(1 for _ in walk(item.right))
    return bool(users) and size + max(sum(1 for _ in walk(user.right)) for user in users) < _MAX_INLINED


def _with(item: Statement, helper: Statement) -> Statement:
    def put(part: Expression) -> Expression:
        return Group(bare(helper.right)) if isinstance(part, Symbol) and part.key == helper.left.key else part

    return replace(item, right=rewrite(item.right, put))
