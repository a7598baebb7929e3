"""One statement of a student against the reference of one role, by executing both."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from grader.language.equations.arrange import UNNAMED, Statement
from grader.language.equations.evaluate import Array, Evaluator, Place, Unexecutable, Weights
from grader.language.equations.mutations import SHOWN, mutations
from grader.language.equations.reference import DRAWS, POINTS, UNITS, Match, target, values
from grader.language.equations.symbols import WEIGHT_LETTERS
from grader.language.equations.syntax import (
    NOW,
    PREVIOUS,
    Call,
    Concatenation,
    Expression,
    Group,
    Product,
    Symbol,
    bare,
    rewrite,
    symbols,
    walk,
)
from grader.language.equations.system import Role, System

_NAME_IT = "The activation is not named; the usual one is {}."
_SUBTRACTED = "A weighted term is subtracted; inside the activation all terms are added."
_NO_BIAS = "The bias is missing; it is accepted, but the usual equation ends in + b."


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a statement: right, perhaps with a note, or wrong with the name of the mistake."""

    right: bool
    message: str = ""
    note: str = ""
    slip: str = ""
    match: Match | None = None
    relevant: bool = True


@dataclass(frozen=True, slots=True)
class Names:
    """What the symbols of a student stand for: keys of the student to keys of the system, and the order of states.

    `explicit` are the states whose previous value the student marks somewhere, so that an unmarked one is the current.
    """

    stands_for: Mapping[str, str]
    explicit: frozenset[str]
    earlier: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a statement where its notation leaves a choice."""

    expression: Expression
    greedy: bool
    matrices: bool
    note: str


def compare(statement: Statement, role: Role, names: Names, system: System) -> Finding:
    """Judge a statement as that of a role. Never raises."""
    readings = list(_readings(statement, names, system))
    results = [(reading, _outputs(reading, names, system)) for reading in readings]
    computed = [(reading, outputs) for reading, outputs in results if isinstance(outputs, list)]
    relevant = _is_relevant(statement, role, names, system)
    for reading, outputs in computed:
        found = target(system, system.equations[role.id].right).match(outputs)
        if found is not None:
            return replace(_accepted(found, reading, statement), relevant=relevant)
    for reading, outputs in computed:
        for slip in (slip for slip in system.slips if slip.role == role.id and slip.accepted):
            found = target(system, system.read(slip.equation).right).match(outputs)
            if found is not None and not found.subtracted:
                notes = _joined(slip.message, reading.note, statement.repaired)
                return Finding(True, note=notes, slip=slip.id, match=found, relevant=relevant)
    for reading, outputs in computed:
        if named := _diagnosis(reading, outputs, role, names, system):
            return replace(named, relevant=relevant)
    for _, failed in results:
        if isinstance(failed, Unexecutable):
            return Finding(False, failed.message, slip=failed.slip, relevant=relevant)
    return Finding(False, f"This does not compute the {role.title}.", slip="different", relevant=relevant)


def _accepted(found: Match, reading: Reading, statement: Statement) -> Finding:
    if found.subtracted:
        return Finding(False, _SUBTRACTED, slip="sign", match=found)
    bias = _NO_BIAS if found.without_bias else ""
    return Finding(True, note=_joined(reading.note, bias, statement.repaired), match=found)


def _joined(*sentences: str) -> str:
    return " ".join(dict.fromkeys(sentence for sentence in sentences if sentence))


# Ways to understand a statement --------------------------------------------------------------------------------------


def _readings(statement: Statement, names: Names, system: System) -> Iterator[Reading]:
    expression = rewrite(statement.right, lambda part: _side_by_side(part, names, system))
    unmarked = list(dict.fromkeys(s.key for s in symbols(expression) if s.lag is None and s.key in names.stands_for))
    choices = [_times(key, statement, names, system) for key in unmarked]
    operators = {op for part in walk(expression) if isinstance(part, Product) for op in part.operators}
    functions = ("tanh", "sigmoid") if _has_unnamed(expression) else ("",)
    for function, matrices, greedy in product(functions, (False, True), (False, True)):
        if (matrices and "⊙" not in operators) or (greedy and not operators):
            continue
        note = _NAME_IT.format(SHOWN[function]) if function else ""
        if matrices:
            note = _joined(note, "Weight matrices multiply by a matrix product; ⊙ and ∘ go element by element.")
        for lags in product(*choices):
            timed = _with_times(expression, dict(zip(unmarked, lags, strict=True)), function)
            yield Reading(timed, greedy, matrices, note)


def _has_unnamed(expression: Expression) -> bool:
    return any(isinstance(part, Call) and part.function == UNNAMED for part in walk(expression))


def _times(key: str, statement: Statement, names: Names, system: System) -> tuple[int, ...]:
    """At which time steps a state without an index can be meant, the likelier one first."""
    state = names.stands_for[key]
    if state not in system.states:
        return (NOW,)
    if key == statement.left.key:
        return (PREVIOUS,)
    if state in names.explicit and statement.left.lag is None:
        return (NOW,)
    return (NOW, PREVIOUS) if state in names.earlier else (PREVIOUS, NOW)


def _with_times(expression: Expression, lags: Mapping[str, int], function: str) -> Expression:
    def change(part: Expression) -> Expression:
        if isinstance(part, Symbol) and part.lag is None and part.key in lags:
            return replace(part, lag=lags[part.key])
        if isinstance(part, Call) and part.function == UNNAMED:
            return replace(part, function=function)
        return part

    return rewrite(expression, change)


def _side_by_side(part: Expression, names: Names, system: System) -> Expression:
    """`[h_{t-1} x_t]` is a concatenation, for nothing else can be meant."""
    if not (isinstance(part, Group) and part.bracket == "[" and isinstance(part.inner, Product)):
        return part
    inner = part.inner
    known = [factor for factor in inner.factors if isinstance(factor, Symbol) and factor.key in names.stands_for]
    vectors = {names.stands_for[factor.key] for factor in known} & (system.states | system.inputs)
    apart = len(known) == len(inner.factors) and not any(inner.operators) and len(vectors) > 1
    return Concatenation(inner.factors) if apart else part


# Executing it --------------------------------------------------------------------------------------------------------


def _outputs(reading: Reading, names: Names, system: System) -> list[Array] | Unexecutable:
    known = values(system)
    given: dict[Place, Array] = {}
    for symbol in symbols(reading.expression):
        key, lag = names.stands_for.get(symbol.key, ""), symbol.lag
        if lag is None or (not key and symbol.base[:1] in WEIGHT_LETTERS):
            continue
        given[symbol.key, lag] = known[key, lag] if (key, lag) in known else _stranger(symbol)
    if not given:
        return Unexecutable("different", "Nothing in this equation changes with time.")
    try:
        return [_run(reading, given, draw) for draw in DRAWS]
    except Unexecutable as problem:
        return problem
    except (ArithmeticError, ValueError, TypeError, IndexError):
        # Whatever a student's expression does to NumPy: it has no value.
        return Unexecutable("different", "This equation cannot be evaluated: its parts do not fit together.")


def _run(reading: Reading, given: Mapping[Place, Array], draw: int) -> Array:
    return Evaluator(UNITS, given, Weights(draw), reading.greedy, reading.matrices).run(reading.expression)


def _stranger(symbol: Symbol) -> Array:
    """A value for something timed that the system does not know."""
    seed = zlib.crc32(f"{symbol.key} {symbol.lag}".encode())
    return np.random.default_rng(seed).uniform(-1, 1, (POINTS, UNITS))


def _is_relevant(statement: Statement, role: Role, names: Names, system: System) -> bool:
    """Whether a statement speaks of this system: it mentions a gate or state that the reference mixes."""
    wanted = {s.key for s in symbols(system.equations[role.id].right) if s.lag == NOW} & system.role_of.keys()
    return not wanted or any(names.stands_for.get(symbol.key) in wanted for symbol in symbols(statement.right))


# Naming the mistake --------------------------------------------------------------------------------------------------


def _diagnosis(reading: Reading, outputs: list[Array], role: Role, names: Names, system: System) -> Finding | None:
    for slip in system.slips:
        if slip.role == role.id and not slip.accepted and _matches(system, system.read(slip.equation).right, outputs):
            return Finding(False, slip.message, slip=slip.id)
    if repaired := _other_activation(reading, role, names, system):
        return repaired
    for mutation in mutations(system, role.id):
        if _matches(system, mutation.expression, outputs):
            return Finding(False, mutation.message, slip=mutation.slip)
    return None


def _matches(system: System, expression: Expression, outputs: list[Array]) -> bool:
    try:
        return target(system, expression).match(outputs) is not None
    except (ValueError, Unexecutable):
        return False


def _other_activation(reading: Reading, role: Role, names: Names, system: System) -> Finding | None:
    """Would the statement be right with the activation of the reference?"""
    reference = bare(system.equations[role.id].right)
    root = bare(reading.expression)
    if not isinstance(reference, Call):
        return None
    wanted = SHOWN[reference.function]
    if isinstance(root, Call) and len(root.arguments) == 1:
        slip, message = (
            f"{root.function}_for_{reference.function}",
            f"{SHOWN.get(root.function)} stands where {wanted} belongs.",
        )
        repaired = Call(reference.function, root.arguments)
    else:
        slip, message = f"no_{reference.function}", f"{wanted} is missing around the right side."
        repaired = Call(reference.function, (root,))
    outputs = _outputs(replace(reading, expression=repaired), names, system)
    if isinstance(outputs, list) and _matches(system, reference, outputs):
        return Finding(False, message, slip=slip)
    return None
