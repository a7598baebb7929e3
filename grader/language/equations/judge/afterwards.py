"""Right equations that are wrong beside the others: weights set to nothing or shared, and titles exchanged."""

from __future__ import annotations

import re
from collections.abc import Mapping

from grader.language.equations.judge.against import set_apart
from grader.language.equations.judge.attempt import Attempt
from grader.language.equations.judge.system import Statement, StatementVerdict, System, lowered
from grader.language.equations.judge.versions import Versions
from grader.language.equations.read.expressions import (
    NOW,
    PREVIOUS,
    Equation,
    Symbol,
    bare,
)

_WORDS = re.compile(r"[^\W\d_]+")


class Afterwards:
    """Looks again at what was decided; `verdicts` are changed in their place."""

    def __init__(
        self,
        system: System,
        found: Versions,
        decided: Mapping[str, Attempt],
        verdicts: dict[str, StatementVerdict],
    ) -> None:
        self._system, self._versions = system, found
        self._decided, self._verdicts = decided, verdicts
        self._sources = [one for one in found.counting if one.source is not None and one.item.left is not None]

    def tell(self) -> None:
        """Tell settings first, then weights that are shared, then titles that are exchanged."""
        self._tell_settings()
        self._tell_shared_weights()
        self._tell_exchanged_titles()

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
                    f"{statement.title} has a weight matrix of {lowered(other.title)}: each has weights of its own. "
                    f"Expected: {statement.reference}."
                )
                self._verdicts[statement.id] = StatementVerdict(
                    "wrong", attempt.reading.text, message, attempt.note or None, "shared_weights"
                )
            seen |= {weights: statement for weights in matrices if weights not in seen}

    def _tell_exchanged_titles(self) -> None:
        """Words that announce one statement before the equation of another are wrong where the other has them too."""
        ids = [statement.id for statement in self._system.statements]
        claims: dict[str, set[str]] = {}
        for identity, attempt in self._decided.items():
            titles = [
                one.source.title.lower()
                for one in self._sources
                if one.source and one.item.text == attempt.reading.equation.text
            ]
            named = [
                [other for other in ids if any(word.startswith(other) for word in _WORDS.findall(title))]
                for title in titles
            ]
            claims[identity] = {others[0] for others in named if len(others) == 1}
        for identity, said in claims.items():
            taken = any(identity in other for role, other in claims.items() if role != identity)
            if said and identity not in said and taken and self._verdicts[identity].status == "right":
                statement, attempt = self._system.statement(identity), self._decided[identity]
                called = lowered(self._system.statement(min(said)).title)
                message = f"This is {lowered(statement.title)}; you call it {called}. Expected: {statement.reference}."
                self._verdicts[identity] = StatementVerdict(
                    "wrong", attempt.reading.text, message, attempt.note or None, "exchanged_titles"
                )

    def _tell_settings(self) -> None:
        """Weights that are set to nothing, signs that are given another meaning, an input that is the state."""
        for identity, attempt in self._decided.items():
            said = self._verdicts[identity].status == "right" and set_apart(
                attempt.reading.equation, self._versions.settings, self._equal_states(), self._system.sayings
            )
            if said:
                message = f"{said} Expected: {self._system.statement(identity).reference}."
                self._verdicts[identity] = StatementVerdict(
                    "wrong", attempt.reading.text, message, attempt.note or None, "set_apart"
                )

    def _equal_states(self) -> tuple[Symbol, Symbol] | None:
        """The input and the state that a text sets equal: `x_t = h_{t-1}`."""
        given, carried = self._system.states[0][0], self._system.states[-1][0]
        for one in self._versions.counting:
            item = one.item
            side = bare(item.right) if isinstance(item, Equation) else None
            if not isinstance(item, Equation) or not isinstance(side, Symbol) or one.standing:
                continue
            if item.left.key == given and item.left.lag == NOW and side.key == carried and side.lag == PREVIOUS:
                return item.left, side
        return None
