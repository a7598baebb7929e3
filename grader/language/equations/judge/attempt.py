"""One student equation against one statement: evaluated for every role its quantities could play, and compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from grader.language.equations.compute.activations import FUNCTIONS
from grader.language.equations.compute.family import Match
from grader.language.equations.compute.weights import Unexecutable
from grader.language.equations.judge.evaluated import Evaluated, Roles
from grader.language.equations.judge.one_reading import Reading
from grader.language.equations.judge.readings import Readings
from grader.language.equations.judge.references import Reference, quantities, references
from grader.language.equations.judge.system import Slip, Statement, System
from grader.language.equations.read.expressions import (
    NOW,
    Call,
    Expression,
    Product,
    Symbol,
    bare,
    rewrite,
    symbols,
    walk,
)
from grader.language.equations.read.one_line import to_text

MAX_VARIABLES = 4
MAX_EFFORT = 20_000
"""How many parts of expressions are evaluated in all, so that no answer takes long; a whole LSTM has some 1,000."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of comparing: right, or wrong with a sentence, and the roles under which it was so."""

    reading: Reading
    right: bool
    roles: Roles
    message: str = ""
    note: str = ""
    slip: str | None = None
    elsewhere: bool = False
    weights: tuple[tuple[str, tuple[float, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class _Hit:
    """A reference that was met: which one, how, and under which roles."""

    index: int
    match: Match
    roles: Roles
    notes: tuple[str, ...]


class Comparison:
    """Compares the readings of one student with the references of one system."""

    def __init__(self, readings: Readings, system: System) -> None:
        self._readings = readings
        self._system = system
        self._quantities = quantities(system)
        self._effort = 0

    def attempt(self, reading: Reading, statement: Statement, bound: Roles) -> Attempt:
        """Judge one equation as one statement; `bound` are the roles that are known already."""
        forms, slips = references(self._system)[statement.id]
        tries = self._expansions(reading, bound)
        values_ = [value for item in tries for value in self._evaluated(item, bound)]
        for candidates, make in ((forms, self._right), (slips, self._slipped)):
            if hits := _hits(candidates, values_):
                return make(reading, statement, max(hits, key=lambda hit: (self._score(hit), -hit.index)))
        return self._unknown(
            tries[0], statement, bound, next((value.problem for value in values_ if value.problem), None)
        )

    def _expansions(self, reading: Reading, bound: Roles) -> list[Reading]:
        """The equation as it is, and with what the student has given a name of its own written out."""
        named = {key for key in self._readings.keys if key in bound or self.usual(key)}
        done = {key for key in self._readings.keys if self._is_activated(key)}
        keeps = (named, named | done, set(bound))
        times = (False, True) if any(one.later for one in self._readings.all) else (False,)
        written_out = (
            side
            for keep in keeps
            for later in times
            for side in self._readings.expanded(reading.right, keep, later=later)
        )
        sides = [reading.right, *written_out, *([reading.later] if reading.later else [])]
        return [replace(reading, right=side) for side in dict.fromkeys(sides)]

    def _is_activated(self, key: str) -> bool:
        """Whether the equation of a symbol is a function of something: what it is was computed to be used as it is."""
        return any(isinstance(bare(reading.right), Call) for reading in self._readings.of(key))

    def usual(self, key: str) -> str | None:
        """The quantity that usually has this name."""
        return next(filter(None, map(self._named, self._readings.hints.get(key, (key.lower(),)))), None)

    def usual_of_its_weights(self, key: str) -> str | None:
        """The quantity whose letter all weights of a symbol's own equation have: `in_gate = σ(W_i x + U_i h + b_i)`."""
        marks = [
            item.mark.lower()
            for reading in self._readings.of(key)
            for item in symbols(reading.right)
            if item.lag is None and item.mark
        ]
        return self._named(marks[0]) if len(marks) > 1 and len({*marks}) == len(marks[0]) == 1 else None

    def _named(self, name: str) -> str | None:
        statements = {quantity: self._system.statement(identity) for quantity, identity in self._quantities.items()}
        return next((quantity for quantity, statement in statements.items() if name in statement.usual), None)

    # Searching -------------------------------------------------------------------------------------------------------

    def _evaluated(self, reading: Reading, bound: Roles) -> list[Evaluated]:
        """The equation under every combination of roles, and in both ways of reading `U r ⊙ h`."""
        ways = (False, True) if _is_ambiguous(reading.right) else (False,)
        found: list[Evaluated] = []
        for greedy in ways:
            for roles in self._roles(reading, bound):
                self._effort += sum(1 for _ in walk(reading.right))
                if self._effort > MAX_EFFORT:
                    return found
                found.append(Evaluated(self._system, reading.right, roles, greedy))
        return found

    def _roles(self, reading: Reading, bound: Roles) -> Iterator[Roles]:
        """Every way in which the symbols of an equation can stand for different quantities."""
        keys = self._readings.variables(reading.right)
        known = {key: bound[key] for key in keys if key in bound}
        free = [key for key in keys if key not in known]
        left = [quantity for quantity in self._quantities if quantity not in known.values()]
        if len(free) <= min(len(left), MAX_VARIABLES):
            for order in permutations(left, len(free)):
                yield known | dict(zip(free, order, strict=True))

    def _score(self, hit: _Hit) -> tuple[int, int, int]:
        """How well the roles agree with definitions and names: i and the candidate are told apart by this alone."""
        by_definition = by_name = 0
        for key, quantity in hit.roles.items():
            by_definition += self._defined_as(key, quantity)
            usual = self.usual(key)
            by_name += 0 if usual is None else 1 if usual == quantity else -1
        return -len(hit.match.turned), by_definition + by_name, by_name

    def _defined_as(self, key: str, quantity: str) -> int:
        """1 if the definition of a symbol has the outer function of the quantity, -1 if it has another."""
        link = references(self._system)[self._quantities[quantity]][0][0].link
        outer = [bare(reading.right) for reading in self._readings.of(key)]
        named = [item.function for item in outer if isinstance(item, Call)]
        return 0 if not named or not link else 1 if link in named else -1

    # Outcomes --------------------------------------------------------------------------------------------------------

    def _right(self, reading: Reading, statement: Statement, hit: _Hit) -> Attempt:
        match = hit.match
        if match.turned:
            return self._turned(reading, statement, hit)
        if any({*weights} == {1.0} for _, weights in match.weights):
            return self._wrong(reading, statement, hit.roles, "unweighted", "A state stands in it without its weights.")
        notes = [statement.forms[hit.index].note, *hit.notes, reading.equation.repaired]
        if match.no_bias:
            notes.insert(0, "The bias is left out, which is a simplification.")
        note = " ".join(note for note in notes if note)
        return Attempt(reading, True, hit.roles, f"{statement.title} is right.", note, weights=match.weights)

    def _turned(self, reading: Reading, statement: Statement, hit: _Hit) -> Attempt:
        link = references(self._system)[statement.id][0][hit.index].link
        message = "A sign is wrong: the terms with weights are added, not subtracted."
        if hit.match.all_turned and link == "sigmoid":
            message = "A sign is wrong: this computes 1 - σ(...). The sigmoid is σ(z) = 1 / (1 + e^(-z))."
        return self._wrong(reading, statement, hit.roles, "sign", message)

    def _slipped(self, reading: Reading, statement: Statement, hit: _Hit) -> Attempt:
        slip = [slip for slip in self._system.slips if slip.statement == statement.id][hit.index]
        return self._wrong(reading, statement, hit.roles, slip.id, slip.message, slip)

    def _unknown(self, reading: Reading, statement: Statement, bound: Roles, problem: Unexecutable | None) -> Attempt:
        roles = {key: bound[key] for key in self._readings.variables(reading.right) if key in bound}
        if problem is not None:
            return self._wrong(reading, statement, roles, problem.slip, problem.message)
        if self._is_right_at_one_time(reading, statement, bound):
            return self._wrong(reading, statement, roles, "of_another_step", self._system.sayings.one_time)
        return self._wrong(reading, statement, roles, None, self._difference(reading, statement))

    def _is_right_at_one_time(self, reading: Reading, statement: Statement, bound: Roles) -> bool:
        def now(item: Expression) -> Expression:
            timed = isinstance(item, Symbol) and item.lag not in (None, NOW) and not self._readings.is_state(item.key)
            return replace(item, lag=NOW) if timed and isinstance(item, Symbol) else item

        moved = rewrite(reading.right, now)
        if moved == reading.right:
            return False
        forms = references(self._system)[statement.id][0]
        return bool(_hits(forms, self._evaluated(replace(reading, right=moved), bound)))

    def _difference(self, reading: Reading, statement: Statement) -> str:
        """What can be said about an equation that is neither right nor a known mistake."""
        form = references(self._system)[statement.id][0][0]
        outer = bare(reading.right)
        if form.link and isinstance(outer, Call) and outer.function in FUNCTIONS and outer.function != form.link:
            return f"{outer.function} stands where {'σ' if form.link == 'sigmoid' else form.link} belongs."
        wanted, found = self._state_names(form.equation.right), self._state_names(reading.right)
        if missing := [name for name in wanted if name not in found]:
            return f"It does not use {' and '.join(missing)}."
        if extra := [name for name in found if name not in wanted]:
            return f"It uses {' and '.join(extra)}, which does not belong there."
        return "It computes something else."

    def _state_names(self, expression: Expression) -> list[str]:
        named = [
            to_text(item) for item in symbols(expression) if item.lag is not None and self._readings.is_state(item.key)
        ]
        return list(dict.fromkeys(named))

    def _wrong(
        self,
        reading: Reading,
        statement: Statement,
        roles: Roles,
        slip: str | None,
        message: str,
        known: Slip | None = None,
    ) -> Attempt:
        text = f"{message} Expected: {statement.reference}."
        elsewhere = known is not None and known.elsewhere
        return Attempt(reading, False, roles, text, reading.equation.repaired, slip, elsewhere)


def _hits(candidates: Sequence[Reference], found: Sequence[Evaluated]) -> list[_Hit]:
    return [
        _Hit(index, match, item.roles, item.notes)
        for item in found
        if item.problem is None
        for index, reference in enumerate(candidates)
        if (match := reference.match(item.at)) is not None
    ]


def _is_ambiguous(expression: Expression) -> bool:
    """Whether a matrix stands before a product of vectors, which it may multiply as a whole or by its first factor."""
    return any(isinstance(item, Product) and len(item.factors) > 2 for item in walk(expression))
