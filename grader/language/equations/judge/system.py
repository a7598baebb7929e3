"""A system of equations, declared: its statements, the forms that are accepted, and the known mistakes.

Reference equations are written in the same language that students write in, with fixed names: a state by its first
name in `System.states`, another quantity by the left side of its statement, weights by anything without a time step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from grader.language.equations.compute.weights import Vectors

Status = Literal["right", "wrong", "missing", "unreadable"]


@dataclass(frozen=True, slots=True)
class Form:
    """An equation that is accepted; `note` is a remark for the student, or empty."""

    equation: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """A known mistake in one statement: the wrong equation, and the sentence that tells the student which one it is.

    `elsewhere`: the equation is right in another system, so that it does not contradict a right one beside it.
    """

    id: str
    statement: str
    equation: str
    message: str
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One equation that is asked for.

    `title` begins sentences ("The forget gate"). `forms` are the accepted equations, the first of which is shown to
    students. `usual` are names that people give to its left side, `~` for an accent; they never make a statement
    right or wrong, but where two quantities carry each other's usual names they have changed places.
    """

    id: str
    title: str
    forms: tuple[Form, ...]
    usual: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """The equation that is shown to students."""
        return self.forms[0].equation


@dataclass(frozen=True, slots=True)
class Sayings:
    """How the mistakes that any system may have are told in the words of a subject.

    `quantity` is what a left side that is no state is called. `one_time` says that all of a step are of the same time,
    `namesake` that one of them has the name of a state. What is given or carried along is `called` by one of some
    words, and never by one of `strange` without any of them.
    """

    quantity: str = "quantity"
    one_time: str = "All quantities of a step are of the same time."
    namesake: str = "Two quantities have the same name; write a tilde over the one that is not carried along."
    called: frozenset[str] = frozenset()
    strange: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class System:
    """Equations that belong together.

    `states` are the names of what is carried along or given, the first of each being the one used here, the input
    first and then in the order in which a step computes them: `(("x",), ("c", "cell"), ("h", "a", "s"))`.
    `activations` are names before a bracket that stand for an activation which is left open: they are read as tanh.
    `sayings` are the subject's words for mistakes.
    """

    name: str
    states: tuple[tuple[str, ...], ...]
    statements: tuple[Statement, ...]
    slips: tuple[Slip, ...] = ()
    activations: tuple[str, ...] = ()
    sayings: Sayings = Sayings()

    @property
    def vectors(self) -> Vectors:
        """What a step is given and what it carries, as they are written."""
        return Vectors(f"{self.states[0][0]}_t", f"{self.states[-1][0]}_{{t-1}}")

    def statement(self, identity: str) -> Statement:
        """The statement of this id. Raises `KeyError`."""
        return next(item for item in self.statements if item.id == identity)


@dataclass(frozen=True, slots=True)
class StatementVerdict:
    """How one statement was found.

    `message` is written to the student. `student_text` is the equation that was judged, `note` a remark that costs
    nothing, `slip` the id of the mistake if it is a known one.
    """

    status: Status
    student_text: str | None
    message: str
    note: str | None = None
    slip: str | None = None


@dataclass(frozen=True, slots=True)
class SystemVerdict:
    """The verdict on each statement of a system, by its id and in its order."""

    statements: Mapping[str, StatementVerdict]

    @property
    def right(self) -> int:
        """How many statements are right."""
        return sum(verdict.status == "right" for verdict in self.statements.values())


def lowered(title: str) -> str:
    return title[:1].lower() + title[1:]
