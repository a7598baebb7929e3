"""Which of several versions of an equation counts, by the words around them: the last one that is meant as such.

Without a word all of them count, and those that contradict each other are worth nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.language.equations.find.finding import EquationText
from grader.language.equations.find.standing import DISOWNED
from grader.language.equations.read.expressions import Equation, ParseFailure, Symbol
from grader.language.equations.read.parse import parse

_SHOWN = 80
_NOT_MEANT = ("draft", "aside")


@dataclass(frozen=True, slots=True)
class Written:
    """An equation, read or not, with what is said around it."""

    item: Equation | ParseFailure
    source: EquationText | None = None

    @property
    def standing(self) -> str:
        """How the words around it have it."""
        return self.source.standing if self.source else ""

    @property
    def version(self) -> int:
        """A later number was written behind a later word about versions."""
        return self.source.version if self.source else 0

    @property
    def shown(self) -> str:
        """The text, short enough for a message."""
        return " ".join(self.item.text.split())[:_SHOWN]


@dataclass(frozen=True, slots=True)
class Versions:
    """The equations that count; by the name of their left side those that do not; what weights and signs are set to."""

    counting: tuple[Written, ...]
    drafts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    disowned: Mapping[str, Written] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)


def versions(equations: Iterable[Equation | ParseFailure | EquationText | str]) -> Versions:
    """Read what is not read yet, and set aside what is not meant."""
    items = list(equations)
    functions = dict(item.defines for item in items if isinstance(item, EquationText) and item.defines)
    written = [_read(item, functions) for item in items if not _is_definition(item)]
    named: dict[str, list[Written]] = {}
    for one in written:
        if one.item.left is not None:
            named.setdefault(name_of(one.item.left), []).append(one)
    kept = {id(one) for several in named.values() for one in _meant(several)}
    counting = tuple(one for one in written if one.item.left is None or id(one) in kept)
    aside = {name: [one for one in several if id(one) not in kept] for name, several in named.items()}
    return Versions(
        counting,
        {name: [one.shown for one in several if one.standing not in DISOWNED] for name, several in aside.items()},
        {name: one for name, several in aside.items() for one in several if one.standing in DISOWNED},
        dict(item.sets for item in items if isinstance(item, EquationText) and item.sets),
    )


def name_of(left: Symbol) -> str:
    """By what versions of one equation are known as such."""
    return left.key


def _is_definition(item: object) -> bool:
    return isinstance(item, EquationText) and (item.defines is not None or item.sets is not None)


def _read(item: Equation | ParseFailure | EquationText | str, functions: Mapping[str, str]) -> Written:
    if isinstance(item, EquationText):
        return Written(parse(item.text, latex=item.latex or None, functions=functions), item)
    return Written(parse(item, functions=functions) if isinstance(item, str) else item)


def _meant(several: Sequence[Written]) -> list[Written]:
    """Those of the versions of one equation that are meant."""
    owned = [one for one in several if one.standing not in DISOWNED]
    meant = [one for one in owned if one.standing not in _NOT_MEANT] or owned
    final = [one.version for one in meant if one.standing == "final"]
    return [one for one in meant if one.version >= max(final)] if final else meant
