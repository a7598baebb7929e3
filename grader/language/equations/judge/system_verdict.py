"""The verdict on a system of equations: which equation is which statement, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.language.equations.find.finding import EquationText
from grader.language.equations.judge.attempt import Attempt, Comparison
from grader.language.equations.judge.readings import Reading, Readings
from grader.language.equations.judge.references import quantities, references
from grader.language.equations.judge.system import Statement, StatementVerdict, System, SystemVerdict
from grader.language.equations.read.expressions import Equation, ParseFailure, Symbol
from grader.language.equations.read.parse import parse

MAX_EQUATIONS = 300
MAX_TRIES = 8
_SHOWN = 80


def judge(equations: Sequence[Equation | ParseFailure | EquationText | str], system: System) -> SystemVerdict:
    """Judge a student's equations as statements of `system`, by evaluating them at random points with random weights.

    Quantities are known by what they do, so any names pass. Never raises for what a student wrote.
    """
    functions = {item.defines[0]: item.defines[1] for item in equations if isinstance(item, EquationText) and item.defines}
    chosen = [item for item in equations if not (isinstance(item, EquationText) and item.defines)][:MAX_EQUATIONS]
    items = [_read(item, functions) for item in chosen]
    labels = [
        (item.left, source.label)
        for source, item in zip(chosen, items, strict=True)
        if isinstance(source, EquationText) and item.left is not None
    ]
    return _Judge(items, labels, system).verdict()


def _read(item: Equation | ParseFailure | EquationText | str, functions: Mapping[str, str]) -> Equation | ParseFailure:
    if isinstance(item, EquationText):
        return parse(item.text, latex=item.latex or None, functions=functions)
    return parse(item, functions=functions) if isinstance(item, str) else item


class _Judge:
    def __init__(
        self, items: Sequence[Equation | ParseFailure], labels: Sequence[tuple[Symbol, str]], system: System
    ) -> None:
        self._system = system
        self._unread = [item for item in items if isinstance(item, ParseFailure)]
        self._labels = labels
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
        self._tell_shared_weights()
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
        usual = self._comparison.usual(key)
        if usual is None or usual == quantity or self._bound.get(key) == quantity:
            return None
        names = {reading.key for reading in self._readings.all}
        names |= {name for reading in self._readings.all for name in self._readings.variables(reading.right)}
        return usual if any(self._comparison.may_be(name, quantity) for name in names if name != key) else None

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
        said = " ".join(text.lower() for left, text in self._labels if self._readings.key_of(left) == key)
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

    def _tell_shared_weights(self) -> None:
        """A matrix that stands in two quantities makes the later one wrong: they would learn the same."""
        seen: dict[tuple[float, ...], Statement] = {}
        for statement in self._system.statements:
            attempt = self._decided.get(statement.id)
            if attempt is None or not attempt.right:
                continue
            matrices = [weights for _, weights in attempt.weights]
            other = next((seen[weights] for weights in matrices if weights in seen), None)
            if other is not None:
                message = (
                    f"{statement.title} has a weight matrix of {_lowered(other.title)}: each has weights of its own. "
                    f"Expected: {statement.reference}."
                )
                self._verdicts[statement.id] = StatementVerdict(
                    "wrong", attempt.reading.text, message, attempt.note or None, "shared_weights"
                )
            seen |= {weights: statement for weights in matrices if weights not in seen}

    # Deciding --------------------------------------------------------------------------------------------------------

    def _decide(self, statement: Statement, attempts: Sequence[Attempt], keys: set[str]) -> None:
        if not attempts:
            self._verdicts[statement.id] = self._absent(statement, keys)
            return
        attempt = _best(attempts)
        for key, quantity in attempt.roles.items():
            self._bound.setdefault(key, quantity)
        against = _against(attempt, attempts)
        if against is not None:
            shown = against.reading.text[:_SHOWN]
            message = f"It is written twice, and “{shown}” contradicts the right one. {against.message}"
            attempt = Attempt(against.reading, False, attempt.roles, message, against.note, "contradiction")
        self._decided[statement.id] = attempt
        self._verdicts[statement.id] = StatementVerdict(
            "right" if attempt.right else "wrong",
            attempt.reading.text,
            attempt.message,
            attempt.note or None,
            attempt.slip,
        )

    def _absent(self, statement: Statement, keys: set[str]) -> StatementVerdict:
        for item in self._unread:
            if item.left is not None and self._readings.key_of(item.left) in keys:
                shown = " ".join(item.text.split())[:_SHOWN]
                message = f"Reading “{shown}” stopped at character {item.where + 1}: {item.what}."
                return StatementVerdict("unreadable", item.text, f"{message} Expected: {statement.reference}.")
        message = f"{statement.title} is not among your equations. Expected: {statement.reference}."
        return StatementVerdict("missing", None, message)


def _best(attempts: Sequence[Attempt]) -> Attempt:
    """A right one, else one whose mistake is known, else the first."""
    return min(attempts, key=lambda item: (not item.right, item.elsewhere, item.slip is None))


def _against(best: Attempt, attempts: Sequence[Attempt]) -> Attempt | None:
    """An equation that says something known to be wrong about what another one has right."""
    if not best.right:
        return None
    right = {id(item.reading.equation) for item in attempts if item.right}
    for item in attempts:
        # A line of code beside the equations, `c = ...`, may mean another cell; the same symbol means the same.
        same = item.reading.equation.left == best.reading.equation.left and id(item.reading.equation) not in right
        if same and not item.right and item.slip and not item.elsewhere:
            return item
    return None


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]
