"""Two submissions that have much in common, as the page of a class tells of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alike:
    """A pair, by the names of its folders, and which share of the smaller one's code and prose the other has, too."""

    names: tuple[str, str]
    code: float
    prose: float

    def words(self) -> str:
        """What they share, as it is said: 93 % of the code and 40 % of the text."""
        parts = ((self.code, "code"), (self.prose, "text"))
        return " and ".join(f"{100 * share:.0f}\N{NO-BREAK SPACE}% of the {what}" for share, what in parts if share)
