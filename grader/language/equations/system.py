"""How a system of equations is described: its roles, and the mistakes and variants that have a name.

Everything is written as equations in the language that students use. Nothing here knows a particular system.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from grader.language.equations.parse import parse
from grader.language.equations.syntax import PREVIOUS, Equation, Expression, ParseFailure, Symbol, symbols


@dataclass(frozen=True, slots=True)
class Role:
    """One statement of a system: `Role("forget", "forget gate", "f_t = σ(W_f x_t + U_f h_{t-1} + b_f)")`.

    Weights in it are free: any name, concatenated or apart. `also` are other usual names of the left side (`"Γ_f"`,
    `"forget"`, `"c̃"`; capitals and the kind of accent do not matter); names that nobody listed are found by their role.
    `title` is what the student reads, and is looked for in the words beside an equation.
    """

    id: str
    title: str
    equation: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """A known other way to write the statement of a role: a mistake with its sentence, or (accepted) a variant.

    The sentence of an accepted variant is a remark, and may be empty.
    """

    id: str
    role: str
    equation: str
    message: str
    accepted: bool = False


@dataclass(frozen=True)
class System:
    """A recurrent cell as equations of one time step, in the order in which they are computed."""

    name: str
    roles: tuple[Role, ...]
    slips: tuple[Slip, ...] = ()
    also: tuple[tuple[str, str], ...] = (("x", "input"), ("x", "inputs"))

    def __post_init__(self) -> None:
        ids = [role.id for role in self.roles]
        if len(set(ids)) != len(ids):
            raise ValueError(f"system {self.name}: two roles have the same id")
        for slip in self.slips:
            if slip.role not in ids:
                raise ValueError(f"system {self.name}: the slip {slip.id} is about {slip.role}, which is not a role")
        for equation in [*self.equations.values(), *(self.read(slip.equation) for slip in self.slips)]:
            if equation.left.key not in self.role_of:
                raise ValueError(f"system {self.name}: {equation.text} defines a symbol that is not a role")

    def read(self, text: str) -> Equation:
        """An equation of this system. Raises `ValueError` that says where reading stopped."""
        equation = parse(text, latex=False)
        if isinstance(equation, ParseFailure):
            raise ValueError(f"system {self.name}: {text!r} cannot be read at {equation.where}: {equation.what}")
        return equation

    def role(self, name: str) -> Role:
        """The role with this id."""
        return next(role for role in self.roles if role.id == name)

    @cached_property
    def equations(self) -> dict[str, Equation]:
        """The reference of each role."""
        return {role.id: self.read(role.equation) for role in self.roles}

    @cached_property
    def role_of(self) -> dict[str, str]:
        """The role that each key of a left side stands for."""
        return {equation.left.key: name for name, equation in self.equations.items()}

    @cached_property
    def key_of(self) -> dict[str, str]:
        """The key of the left side of each role."""
        return {name: key for key, name in self.role_of.items()}

    @cached_property
    def states(self) -> frozenset[str]:
        """The keys of what one time step hands to the next."""
        return frozenset(symbol.key for symbol in self._timed() if symbol.lag == PREVIOUS) & self.role_of.keys()

    @cached_property
    def inputs(self) -> frozenset[str]:
        """The keys of what comes from outside at each time step."""
        return frozenset(symbol.key for symbol in self._timed()) - self.role_of.keys()

    @cached_property
    def names(self) -> dict[str, str]:
        """All usual names of states, gates and inputs, and the key in this system that each stands for."""
        known = {key: key for key in (*self.role_of, *self.inputs)}
        for role in self.roles:
            known |= dict.fromkeys(map(_key, role.also), self.key_of[role.id])
        return known | {_key(name): key for key, name in self.also if key in self.inputs}

    def _timed(self) -> list[Symbol]:
        return [
            symbol
            for equation in self.equations.values()
            for symbol in symbols(equation.right)
            if symbol.lag is not None
        ]


def _key(name: str) -> str:
    """The key of a symbol given by its name."""
    found = parse(f"{name} = 0")
    if isinstance(found, ParseFailure):
        raise ValueError(f"{name!r} cannot be the name of a symbol: {found.what}")
    return found.left.key


@dataclass(frozen=True, slots=True)
class Mutation:
    """A statement with one thing done differently, and what to say about it; made from the reference."""

    slip: str
    message: str
    expression: Expression
