"""The verdict on a system of equations: which equation is which statement, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.language.equations.find.finding import EquationText
from grader.language.equations.judge.absent import SHOWN, Absent
from grader.language.equations.judge.afterwards import Afterwards
from grader.language.equations.judge.against import best, contradicting
from grader.language.equations.judge.attempt import Attempt, Comparison
from grader.language.equations.judge.one_reading import Reading
from grader.language.equations.judge.readings import Readings
from grader.language.equations.judge.references import quantities, references
from grader.language.equations.judge.system import Statement, StatementVerdict, System, SystemVerdict
from grader.language.equations.judge.versions import Versions, name_of, versions
from grader.language.equations.read.expressions import (
    Equation,
    ParseFailure,
)

MAX_EQUATIONS = 300
MAX_TRIES = 8


def judge(equations: Sequence[Equation | ParseFailure | EquationText | str], system: System) -> SystemVerdict:
    """Judge a student's equations as statements of `system`, by evaluating them at random points with random weights.

    Quantities are known by what they do, so any names pass. Never raises for what a student wrote.
    """
    return _Judge(versions(equations[:MAX_EQUATIONS]), system).verdict()


class _Judge:
    def __init__(self, found: Versions, system: System) -> None:
        self._system = system
        self._versions = found
        items = [one.item for one in found.counting]
        self._unread = [item for item in items if isinstance(item, ParseFailure)]
        self._sources = [one for one in found.counting if one.source is not None and one.item.left is not None]
        self._readings = Readings(system, [item for item in items if isinstance(item, Equation)])
        self._comparison = Comparison(self._readings, system)
        self._quantities = quantities(system)
        self._bound: dict[str, str] = {}
        self._verdicts: dict[str, StatementVerdict] = {}
        self._decided: dict[str, Attempt] = {}

    def verdict(self) -> SystemVerdict:
        """Statements of states first, since they tell which symbol is what; then quantities that use others."""
        order = sorted(self._system.statements, key=self._rank)
        for statement in order:
            if statement.id not in self._quantities.values():
                self._judge_state(statement)
        self._bind_by_name()
        for statement in order:
            if statement.id in self._quantities.values():
                self._judge_quantity(statement)
        Afterwards(self._system, self._versions, self._decided, self._verdicts).tell()
        return SystemVerdict({item.id: self._verdicts[item.id] for item in self._system.statements})

    def _rank(self, statement: Statement) -> int:
        form = references(self._system)[statement.id][0][0]
        return 0 if form.is_closed else 1 if form.variables else 2

    # States ----------------------------------------------------------------------------------------------------------

    def _judge_state(self, statement: Statement) -> None:
        key = references(self._system)[statement.id][0][0].equation.left.key
        readings = self._readings.of(key)
        if all(form.is_closed for form in references(self._system)[statement.id][0]):
            readings = [self._readings.with_inline_named(reading) for reading in readings]
        attempts = [self._unmistaken(statement, item) for item in self._attempts(statement, readings)]
        self._decide(statement, attempts, {key})

    def _attempts(self, statement: Statement, readings: Sequence[Reading]) -> list[Attempt]:
        different = {reading.right: reading for reading in reversed(readings)}
        chosen = list(reversed(different.values()))[:MAX_TRIES]
        return [self._comparison.attempt(reading, statement, self._bound) for reading in chosen]

    def _unmistaken(self, statement: Statement, attempt: Attempt) -> Attempt:
        """The attempt, or wrong if quantities stand in it under each other's usual names."""
        if not attempt.right:
            return attempt
        misplaced = {key: usual for key, quantity in attempt.roles.items() if (usual := self._misplaced(key, quantity))}
        if not misplaced:
            return attempt
        named = " and ".join(f"{key}_t" for key in sorted(misplaced))
        swapped = len(misplaced) > 1
        what = self._system.sayings.quantity
        message = (
            f"The {what}s {named} have changed places." if swapped else f"{named} stands where another {what} belongs."
        )
        text = f"{message} Expected: {statement.reference}."
        slip = "swapped" if swapped else "misplaced"
        return Attempt(attempt.reading, False, dict(attempt.roles) | misplaced, text, attempt.note, slip)

    def _misplaced(self, key: str, quantity: str) -> str | None:
        """The quantity that a symbol is usually, where it stands for another one which has a symbol of its own."""
        usual = self._told(key)
        if usual is None or usual == quantity or self._bound.get(key) == quantity:
            return None
        names = {reading.key for reading in self._readings.all}
        names |= {name for reading in self._readings.all for name in self._readings.variables(reading.right)}
        return usual if any(self._told(name) == quantity for name in names if name != key) else None

    def _told(self, key: str) -> str | None:
        """The quantity that a symbol is by its name, or by the letter of its weights."""
        return self._comparison.usual(key) or self._comparison.usual_of_its_weights(key)

    # Quantities ------------------------------------------------------------------------------------------------------

    def _bind_by_name(self) -> None:
        """Bind the quantities that no state has told to a symbol of a usual name, or to the only one left."""
        unread = [self._readings.key_of(item.left) for item in self._unread if item.left is not None]
        names = [reading.key for reading in self._readings.all if not reading.inline] + unread
        free = [key for key in dict.fromkeys(names) if key not in self._bound and not self._readings.is_state(key)]
        for key in free:
            usual = self._comparison.usual(key)
            if usual and not self._has_equation(usual):
                self._bound[key] = usual
        for key in free:
            said = self._labelled(key)
            if key not in self._bound and said and not self._has_equation(said):
                self._bound[key] = said
        left = [quantity for quantity in self._quantities if not self._has_equation(quantity)]
        rest = [key for key in free if key not in self._bound and self._is_layer(key)]
        if len(left) == len(rest) == 1:
            self._bound[rest[0]] = left[0]

    def _labelled(self, key: str) -> str | None:
        """The quantity that the words beside the equations of a symbol name, if they name but one."""
        texts = [
            one.source.label.lower()
            for one in self._sources
            if one.source and one.item.left and self._readings.key_of(one.item.left) == key
        ]
        said = " ".join(texts)
        named = [quantity for quantity, identity in self._quantities.items() if identity in said]
        return named[0] if len(named) == 1 else None

    def _has_equation(self, quantity: str) -> bool:
        return any(self._keys_read(key) for key, bound in self._bound.items() if bound == quantity)

    def _keys_read(self, key: str) -> bool:
        return bool(self._readings.of(key)) or any(
            item.left is not None and self._readings.key_of(item.left) == key for item in self._unread
        )

    def _is_layer(self, key: str) -> bool:
        return any(self._readings.is_layer(reading.right) for reading in self._readings.of(key))

    def _judge_quantity(self, statement: Statement) -> None:
        quantity = next(key for key, identity in self._quantities.items() if identity == statement.id)
        keys = {key for key, bound in self._bound.items() if bound == quantity}
        readings = [reading for key in sorted(keys) for reading in self._readings.of(key)]
        self._decide(statement, self._attempts(statement, readings), keys)

    # Deciding --------------------------------------------------------------------------------------------------------

    def _decide(self, statement: Statement, attempts: Sequence[Attempt], keys: set[str]) -> None:
        if not attempts:
            self._verdicts[statement.id] = Absent(self._versions, self._readings, self._bound).verdict(statement, keys)
            return
        attempt = best(attempts)
        for key, quantity in attempt.roles.items() if not attempt.elsewhere else ():
            self._bound.setdefault(key, quantity)
        own = [item for item in attempts if item.right or not self._is_foreign(item, attempt)]
        against = contradicting(
            attempt, own, self._is_another_name, self._stands_alone, self._readings.is_state
        ) or self._renamed(statement, attempt)
        if against is not None:
            shown = against.reading.text[:SHOWN]
            message = f"It is written twice, and “{shown}” contradicts the right one. {against.message}"
            attempt = Attempt(against.reading, False, attempt.roles, message, against.note, "contradiction")
        attempt = self._with_drafts(attempt)
        self._decided[statement.id] = attempt
        self._verdicts[statement.id] = StatementVerdict(
            "right" if attempt.right else "wrong",
            attempt.reading.text,
            attempt.message,
            attempt.note or None,
            attempt.slip,
        )

    def _is_foreign(self, item: Attempt, best: Attempt) -> bool:
        """Whether an equation is of another system: it uses what has no usual name here, and not in the right one."""
        if item.reading.equation is best.reading.equation:
            return False
        keys = set(self._readings.variables(item.reading.right)) - best.roles.keys()
        return any(self._comparison.usual(key) is None for key in keys)

    def _is_another_name(self, key: str) -> bool:
        """Whether a symbol is neither a state nor usual for a quantity, so that it can be one more name of anything."""
        return self._comparison.usual(key) is None and not self._readings.is_state(key)

    def _stands_alone(self, item: Attempt) -> bool:
        """Whether no word stands beside an equation: not "f_t = 1: all is kept", but `f_t = 1` as one more version."""
        return any(
            one.source is not None and one.item.text == item.reading.equation.text and not one.source.label
            for one in self._sources
        )

    def _renamed(self, statement: Statement, right: Attempt) -> Attempt | None:
        """A known mistake under a name that differs from that of the right equation by marks alone: `f'_t`, `f_t^*`."""
        if not right.right:
            return None
        read = {key for reading in self._readings.all for key in self._readings.variables(reading.right)}
        for reading in self._readings.all:
            same = reading.left.base.lower() == right.reading.left.base.lower()
            named = reading.key in self._bound or self._readings.is_state(reading.key) or reading.inline
            if not same or named or reading.key in read or self._comparison.usual(reading.key) is not None:
                continue
            other = self._comparison.attempt(reading, statement, self._bound)
            if not other.right and other.slip is not None and not other.elsewhere:
                return other
        return None

    def _with_drafts(self, attempt: Attempt) -> Attempt:
        """The attempt with a note on the versions that were set aside."""
        drafts = self._versions.drafts.get(name_of(attempt.reading.equation.left), ())
        if not drafts:
            return attempt
        shown = ", ".join(f"“{text}”" for text in drafts[:3])
        return replace(attempt, note=f"{attempt.note} Read as a draft or an aside: {shown}.".strip())
