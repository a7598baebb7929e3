"""Which symbol of a student is which state, gate or input: by its usual name, by the words beside it, or by its role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from grader.language.equations.arrange import Statement, is_weight, keys
from grader.language.equations.compare import Finding, Names, compare
from grader.language.equations.syntax import NOW, PREVIOUS, Symbol, symbols
from grader.language.equations.system import System

MAX_BINDINGS = 2_000


@dataclass(slots=True)
class Binder:
    """Finds what the symbols stand for, and remembers what it has compared on the way."""

    system: System
    found: Sequence[Statement]
    cache: dict[tuple[int, str, tuple[tuple[str, str], ...]], Finding] = field(default_factory=dict)

    def bind(self) -> dict[str, str]:
        """The best binding: that under which most statements are right."""
        fixed = self._fixed()
        free = self._free(fixed)
        best, best_score = fixed, -1
        for binding in islice(self._bindings(fixed, free), MAX_BINDINGS):
            score = self._score(binding)
            if score > best_score:
                best, best_score = binding, score
        return best

    def finding(self, at: int, binding: Mapping[str, str]) -> Finding | None:
        """What becomes of a statement under a binding; None if it has no role in the system."""
        statement = self.found[at]
        key = binding.get(statement.left.key)
        if key is None or key not in self.system.role_of:
            return None
        used = tuple(sorted({(s.key, binding[s.key]) for s in symbols(statement.right) if s.key in binding}))
        place = (at, key, used)
        if place not in self.cache:
            role = self.system.role(self.system.role_of[key])
            self.cache[place] = compare(statement, role, self._names(at, binding), self.system)
        return self.cache[place]

    def _names(self, at: int, binding: Mapping[str, str]) -> Names:
        timed = [symbol for item in self.found for symbol in symbols(item.right)]
        explicit = frozenset(binding[s.key] for s in timed if s.lag == PREVIOUS and s.key in binding)
        earlier = frozenset(binding[i.left.key] for i in self.found[:at] if i.left.key in binding)
        return Names(binding, explicit, earlier)

    def _fixed(self) -> dict[str, str]:
        """What usual names and unmistakable headings say."""
        names = self.system.names
        used = {s.key for item in self.found for s in (item.left, *symbols(item.right))}
        fixed = {key: names[key] for key in used if key in names}
        for item in self.found:
            role = labelled(item.label, self.system) if item.left.key not in fixed else None
            if role is not None and self.system.key_of[role] not in fixed.values():
                fixed[item.left.key] = self.system.key_of[role]
        return fixed

    def _free(self, fixed: Mapping[str, str]) -> dict[str, list[str]]:
        """The symbols that still mean nothing, in their order, and what each could stand for."""
        defined = keys(self.found)
        mentioned = [s for item in self.found for s in (item.left, *symbols(item.right))]
        lagged = {symbol.key for symbol in mentioned if symbol.lag == PREVIOUS}
        open_roles = [key for key in self.system.role_of if key not in fixed.values()]
        open_inputs = [key for key in sorted(self.system.inputs) if key not in fixed.values()]
        free: dict[str, list[str]] = {}
        for symbol in mentioned:
            if symbol.key in fixed or symbol.key in free or is_weight(symbol, defined, self.system):
                continue
            free[symbol.key] = self._options(symbol, defined, lagged, open_roles, open_inputs)
        return {key: options for key, options in free.items() if options}

    def _options(
        self, symbol: Symbol, defined: frozenset[str], lagged: set[str], roles: list[str], inputs: list[str]
    ) -> list[str]:
        if symbol.base.startswith("#"):
            host = next(item.host for item in self.found if item.left.key == symbol.key)
            uses = self._used_by(host)
            return [key for key in roles if key in uses]
        if symbol.key in lagged:
            return [key for key in roles if key in self.system.states]
        return roles if symbol.key in defined else [*inputs, *roles]

    def _used_by(self, host: str) -> set[str]:
        """The keys that the reference uses in the statement from which something was taken out."""
        key = self.system.names.get(host)
        wanted = (
            [self.system.role_of[key]] if key in self.system.role_of and key is not None else list(self.system.key_of)
        )
        return {s.key for role in wanted for s in symbols(self.system.equations[role].right) if s.lag == NOW}

    def _bindings(self, fixed: dict[str, str], free: dict[str, list[str]]) -> Iterator[dict[str, str]]:
        if not free:
            yield fixed
            return
        key, *rest = free
        others = {name: free[name] for name in rest}
        taken = set(fixed.values())
        for option in free[key]:
            if option not in taken:
                yield from self._bindings(fixed | {key: option}, others)
        yield from self._bindings(fixed, others)

    def _score(self, binding: Mapping[str, str]) -> int:
        found = [self.finding(at, binding) for at in range(len(self.found))]
        return sum(item is not None and item.right for item in found)


def labelled(label: str, system: System) -> str | None:
    """The role whose title stands first in the words beside an equation, if any does."""
    words = re.sub(r"[\W_]+", " ", label.lower())
    places = {role.id: re.search(rf"\b{re.escape(role.title.lower())}\b", words) for role in system.roles}
    found = [(place.start(), -len(place[0]), role) for role, place in places.items() if place]
    return min(found)[2] if found else None
