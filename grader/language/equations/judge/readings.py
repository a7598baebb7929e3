"""A student's equations with the student's conventions taken off: which symbol is a state, and at which time step.

`C` and `c`, Ng's `a^{<t>}` for h, code without time steps (`c = f * c + i * g`), steps counted from t to t + 1,
quantities given a name of their own (`z = [h_{t-1}, x_t]`), and a candidate written inside the cell state.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.language.equations.judge.conventions import plain
from grader.language.equations.judge.notation import activated, uncrossed
from grader.language.equations.judge.one_reading import Reading
from grader.language.equations.judge.states import everywhere, state_names, told_apart, told_before, unarrowed
from grader.language.equations.judge.system import System
from grader.language.equations.read.expressions import (
    NOW,
    PREVIOUS,
    Call,
    Concatenation,
    Equation,
    Expression,
    Group,
    Quotient,
    Symbol,
    bare,
    children,
    rewrite,
    symbols,
    walk,
    with_children,
)
from grader.language.equations.read.symbols import WEIGHT_LETTERS

MAX_NODES = 400
MAX_ROUNDS = 6
_JOINED = frozenset(["concat", "combined", "concatenated", "stacked", "concatenate"])


@dataclass(slots=True)
class Readings:
    """All equations of a student, read for one system."""

    system: System
    equations: Sequence[Equation]
    all: list[Reading] = field(default_factory=list)
    _by_key: dict[str, list[Reading]] = field(default_factory=dict)
    _states: dict[str, str] = field(default_factory=dict)
    _order: dict[str, int] = field(default_factory=dict)
    _defined: set[str] = field(default_factory=set)
    _ahead: set[str] = field(default_factory=set)
    hints: dict[str, tuple[str, str]] = field(default_factory=dict)
    """For a function of one symbol that is written inside an equation, the symbol and its index: `σ(f)`, `σ(z_f)`."""
    _told_before: set[str] = field(default_factory=set)
    _inlined: int = 0
    _input: str = ""
    _input_ahead: bool = False
    _last: str = ""

    def __post_init__(self) -> None:
        self._order = {state[0]: at for at, state in enumerate(self.system.states)}
        self._input, self._last = self.system.states[0][0], self.system.states[-1][0]
        self.equations = plain(self.equations, self.system)
        self._ahead = {equation.left.key for equation in self.equations if equation.left.lag == 1}
        self._states = state_names(self.system, self.equations)
        if len(self.system.states) > 2:
            state = next(key for key, name in self._states.items() if name == self.system.states[1][0])
            self.equations = told_apart(self.equations, state, self.system.sayings.namesake)
        self._defined = {equation.left.name for equation in self.equations}
        shift = self._shift()
        self._told_before = told_before(self.equations, self._states)
        self._input_ahead = any(
            self._states.get(item.key) == self._input for item in everywhere(self.equations) if item.lag == 1
        )
        crossed = any(symbol.base == "x" and symbol.lag is not None for symbol in everywhere(self.equations))
        computed: set[str] = set()

        def open_activated(item: Expression) -> Expression:
            return activated(item, self._is_open)

        for equation in self.equations:
            left = self._symbol(equation.left, None, shift)
            for side in equation.sides:
                written = rewrite(rewrite(side, uncrossed) if crossed else side, open_activated)
                right = self._renamed(written, equation.left, shift)
                later = None if self.is_state(left.key) else self._renamed(written, equation.left, shift, computed)
                self._add(Reading(left, right, equation, later=None if later == right else later))
            if self.is_state(left.key) and equation.left.lag is None:
                computed.add(left.key)

    def _add(self, reading: Reading) -> None:
        self.all.append(reading)
        self._by_key.setdefault(reading.key, []).append(reading)

    def of(self, key: str) -> list[Reading]:
        """The equations whose left side has this key."""
        return self._by_key.get(key, [])

    def is_state(self, key: str) -> bool:
        """Whether a key belongs to a state or the input."""
        return key in self._order

    def key_of(self, left: Symbol) -> str:
        """The key under which a left side is known here."""
        return self._symbol(left, None, 0).key

    def variables(self, expression: Expression) -> list[str]:
        """The keys of everything timed that is no state, in the order of the alphabet."""
        found = {item.key for item in symbols(expression) if item.lag is not None and not self.is_state(item.key)}
        return sorted(found)

    # States and time -------------------------------------------------------------------------------------------------

    def _shift(self) -> int:
        """1 if the steps go from t to t + 1 and must be counted back."""
        lags = {item.left.lag for item in self.equations if unarrowed(item.left).key in self._states}
        return 1 if 1 in lags and NOW not in lags else 0

    def _is_open(self, item: Expression) -> bool:
        """Whether a symbol names an activation, and nothing that the student has defined."""
        if not isinstance(item, Symbol) or item.lag is not None or item.name not in self.system.activations:
            return False
        return item.name not in self._defined and item.key not in self._states

    def _renamed(
        self, side: Expression, left: Symbol, shift: int, computed: Collection[str] = frozenset()
    ) -> Expression:
        key = self._symbol(left, None, shift).key
        quantities = left.lag is None or self.is_state(key)

        def changed(item: Expression) -> Expression:
            if not isinstance(item, Symbol):
                return item
            if item.base in _JOINED and item.name not in self._defined:
                return Concatenation((Symbol(self._last, lag=PREVIOUS), Symbol(self._input, lag=NOW)))
            found = self._symbol(item, key, shift, quantities=quantities)
            return replace(found, lag=NOW) if item.lag is None and found.key in computed else found

        return rewrite(side, changed)

    def _symbol(self, item: Symbol, left: str | None, shift: int, *, quantities: bool = False) -> Symbol:
        """A symbol in the names of the system; `quantities`: a usual name of one is one though it has no time step."""
        item = unarrowed(item)
        state = self._states.get(item.key)
        if state is not None:
            lag = item.lag
            if lag is None:
                lag = self._untimed(state, left)
            elif state != self._input or self._input_ahead:
                lag -= shift
            return Symbol(state, lag=lag)
        if item.lag is None and not self._is_variable(item, quantities):
            return item
        if item.key in self._order:
            item = replace(item, accent="~")
        if item.lag is not None and item.key in self._ahead:
            return replace(item, lag=item.lag - 1)
        return replace(item, lag=NOW if item.lag is None else item.lag)

    def _untimed(self, state: str, left: str | None) -> int:
        """The step of a state without one: a program overwrites states in their order."""
        if state == self._input or left is None or state in self._told_before:
            return NOW
        return NOW if self._order[state] < self._order.get(left, 0) else PREVIOUS

    def _is_variable(self, item: Symbol, quantities: bool) -> bool:
        if item.name in self._defined:
            return True
        if item.base[:1] in WEIGHT_LETTERS:
            return False
        return bool(item.accent) or (
            quantities and any(item.key in statement.usual for statement in self.system.statements)
        )

    # Definitions -----------------------------------------------------------------------------------------------------

    def expanded(self, expression: Expression, keep: Collection[str], *, later: bool = False) -> Iterator[Expression]:
        """The expression with quantities that the student named written out, except those in `keep`; step by step."""
        for _ in range(MAX_ROUNDS):
            timed = [item.key for item in symbols(expression) if item.lag == NOW]
            names = [key for key in timed if key not in keep and not self.is_state(key)]
            last = {key: found[-1] for key in names if (found := self.of(key))}
            known = {key: reading.later or reading.right if later else reading.right for key, reading in last.items()}
            if not known or _size(expression) + sum(_size(known[key]) for key in names if key in known) > MAX_NODES:
                break
            expression = _replaced(expression, known)
            yield expression

    @property
    def keys(self) -> list[str]:
        """The keys of all left sides."""
        return list(self._by_key)

    def with_inline_named(self, reading: Reading) -> Reading:
        """The equation with functions of weights written inside it replaced by symbols of their own."""
        return replace(reading, right=self._named(reading.right, reading))

    def _named(self, expression: Expression, reading: Reading) -> Expression:
        if isinstance(bare(expression), Call | Quotient) and (
            self.is_layer(expression) or self._is_activated(expression)
        ):
            self._inlined += 1
            name = Symbol(f"inline{self._inlined}", lag=NOW)
            self._add(Reading(name, bare(expression), reading.equation, inline=True))
            if (activated := _activated_symbol(bare(expression))) is not None:
                self.hints[name.key] = (activated.key, activated.mark.lower())
            return name
        inner = children(expression)
        return with_children(expression, tuple(self._named(item, reading) for item in inner)) if inner else expression

    def _is_activated(self, expression: Expression) -> bool:
        """Whether this is a function of nothing but what has a name before it is activated: `tanh(z_g)`."""
        names = [item for item in symbols(expression) if item.lag is not None]
        linear = [item for item in names if any(self._is_linear(found.right) for found in self.of(item.key))]
        return bool(names) and all(item in linear and item.lag == NOW and not self.is_state(item.key) for item in names)

    def _is_linear(self, right: Expression) -> bool:
        return not isinstance(bare(right), Call | Quotient) and self.is_layer(right)

    def is_layer(self, expression: Expression) -> bool:
        """Whether this is a function of the input and of weights."""
        names = list(symbols(expression))
        given = any(self.is_state(item.key) or self._joins_states(item.key) for item in names if item.lag is not None)
        return given and any(item.lag is None for item in names)

    def _joins_states(self, key: str) -> bool:
        """Whether a symbol is defined by nothing but states and the input: `z_t = [h_{t-1}, x_t]`."""
        defined = [list(symbols(reading.right)) for reading in self.of(key)]
        return any(names and all(self.is_state(item.key) for item in names) for names in defined)


def _activated_symbol(expression: Expression) -> Symbol | None:
    """The symbol in the brackets of a function, if nothing else is in them."""
    inner = bare(expression.arguments[0]) if isinstance(expression, Call) and expression.arguments else None
    return inner if isinstance(inner, Symbol) else None


def _size(expression: Expression) -> int:
    return sum(1 for _ in walk(expression))


def _replaced(expression: Expression, known: Mapping[str, Expression]) -> Expression:
    """The expression with symbols written out, in brackets, as they were one quantity."""

    def change(item: Expression) -> Expression:
        found = known.get(item.key) if isinstance(item, Symbol) and item.lag == NOW else None
        return item if found is None else found if isinstance(found, Symbol | Concatenation) else Group(found)

    return rewrite(expression, change)
