"""From a student's equations to a verdict on every statement of a system."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from grader.language.equations.arrange import Statement, statements
from grader.language.equations.binding import Binder, labelled
from grader.language.equations.compare import Finding
from grader.language.equations.find import EquationText, find
from grader.language.equations.parse import parse
from grader.language.equations.syntax import Equation, ParseFailure, symbols
from grader.language.equations.system import Role, System
from grader.language.equations.verdict import StatementVerdict, SystemVerdict

MAX_EQUATIONS = 80


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement and what was found about it."""

    statement: Statement
    finding: Finding


def judge(equations: str | Iterable[str | EquationText], system: System) -> SystemVerdict:
    """Judge the equations in a student's texts by executing them against a system.

    Strings are texts in which equations are looked for. Names are free, and so are the order of the statements, the
    notation, and whether weights are concatenated. Never raises.
    """
    found = _texts(equations)
    read = [(parse(item.text, latex=item.latex), item.label) for item in found[:MAX_EQUATIONS]]
    good = [(item, label) for item, label in read if isinstance(item, Equation)]
    failures = [(item, label) for item, label in read if isinstance(item, ParseFailure)]
    binder = Binder(system, statements(good, system))
    binding = binder.bind()
    by_role: dict[str, list[Judged]] = {role.id: [] for role in system.roles}
    for at, statement in enumerate(binder.found):
        finding = binder.finding(at, binding)
        if finding is not None:
            by_role[system.role_of[binding[statement.left.key]]].append(Judged(statement, finding))
    _mark_shared(by_role, system)
    unread = _unreadable(failures, binding, system)
    return SystemVerdict({role.id: _verdict(role, by_role[role.id], unread.get(role.id)) for role in system.roles})


def _texts(equations: str | Iterable[str | EquationText]) -> list[EquationText]:
    items = [equations] if isinstance(equations, str) else equations
    return [found for item in items for found in (find(item) if isinstance(item, str) else (item,))]


def _verdict(role: Role, judged: Sequence[Judged], failure: ParseFailure | None) -> StatementVerdict:
    wanted = f"Expected: {role.equation}"
    right = next((item for item in judged if item.finding.right), None)
    wrong = [item for item in judged if not item.finding.right]
    against = next((item for item in wrong if item.finding.relevant), None)
    if right is not None and against is None:
        found = right.finding
        return StatementVerdict("right", right.statement.text, f"The {role.title} is right.", found.note, found.slip)
    if wrong:
        item = against or wrong[0]
        twice = " It was given twice, once right and once wrong." if right is not None else ""
        message = f"{role.title[:1].upper()}{role.title[1:]}: {item.finding.message}{twice} {wanted}"
        return StatementVerdict("wrong", item.statement.text, message, slip=item.finding.slip)
    if failure is not None:
        message = f"The {role.title} cannot be read from character {failure.where + 1} on: {failure.what}. {wanted}"
        return StatementVerdict("unreadable", failure.text, message)
    return StatementVerdict("missing", "", f"There is no equation of the {role.title}. {wanted}")


def _unreadable(
    failures: Sequence[tuple[ParseFailure, str]], binding: dict[str, str], system: System
) -> dict[str, ParseFailure]:
    """The equations that could not be read, by the role that their left side or the words beside them name."""
    found: dict[str, ParseFailure] = {}
    for failure, label in failures:
        key = failure.left.key if failure.left is not None else ""
        role = system.role_of.get(binding.get(key) or system.names.get(key, "")) or labelled(label, system)
        if role is not None:
            found.setdefault(role, failure)
    return found


def _mark_shared(by_role: dict[str, list[Judged]], system: System) -> None:
    """Each gate has weights of its own: mark those that use the weights of another."""
    owners: list[tuple[str, Judged]] = []
    for role, judged in by_role.items():
        owners += [(role, item) for item in judged if item.finding.right and item.finding.match is not None]
    for at, (role, item) in enumerate(owners):
        for other_role, other in owners[:at]:
            if role != other_role and _share(item, other):
                culprit, owner = (other_role, role) if _borrows(other, item) else (role, other_role)
                guilty = other if culprit == other_role else item
                _accuse(by_role[culprit], guilty, system.role(culprit), system.role(owner))


def _share(one: Judged, other: Judged) -> bool:
    """Whether the same numbers came out as a weight matrix of both."""
    if one.finding.match is None or other.finding.match is None:
        return False
    ours = [weight for weight in one.finding.match.weights.values() if weight.ndim == 2]
    theirs = [weight for weight in other.finding.match.weights.values() if weight.ndim == 2]
    return any(a.shape == b.shape and np.allclose(a, b) for a in ours for b in theirs)


def _borrows(one: Judged, other: Judged) -> bool:
    """Whether the shared weight bears the name of the other: `f_t = σ(W_i ...)`, `i_t = σ(W_i ...)`."""
    shared = {s.name for s in symbols(one.statement.right)} & {s.name for s in symbols(other.statement.right)}
    marks = {name.partition("_")[2].lower() or name[1:].lower() for name in shared}
    return other.statement.left.base.lower() in marks


def _accuse(judged: list[Judged], guilty: Judged, role: Role, owner: Role) -> None:
    message = f"It uses a weight matrix of the {owner.title}; the {role.title} has weights of its own."
    accused = Judged(guilty.statement, Finding(False, message, slip="shared_weight", relevant=True))
    judged[:] = [accused if item is guilty else item for item in judged]
