"""What reads a sequence in both directions, whatever it is made of."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from grader.pack.verdict import Outcome, miss
from reference.recurrent.kinds import Kind
from reference.subjects.subject import Subject


class TwoWays(Subject):
    """Two directions, which are to be of the kind that is `asked` for, if one is."""

    asked: Kind | None

    @property
    @abstractmethod
    def names(self) -> Sequence[str]:
        """What Keras calls the kind of each direction."""

    @abstractmethod
    def numbers(self) -> Outcome:
        """Both directions compute what they should, and are in step."""

    def computes(self) -> Outcome:
        """Both directions are of the kind that is asked for, compute what they should, and are in step."""
        self.require_kind()
        return self.numbers()

    def require_kind(self) -> None:
        """End the check where the directions are not of the kind that is asked for."""
        if self.asked is None:
            return
        kind = self.asked.keras
        other = next((name for name in self.names if name != kind), None)
        if other is not None:
            miss(
                f"Your bidirectional layer is made of {other} layers: that is a Bi{other}. "
                f"This question asks for a Bi{kind}: Bidirectional({kind}(...)).",
                expected=f"Bi{kind}",
                observed=f"Bi{other}",
            )
        if not self.names:
            miss(f"Your {self.label} has no recurrent layer inside.", expected=f"Bi{kind}")
