"""How sure a flag is that a person is needed: what is doubtful says so at its end."""

from __future__ import annotations

import re

_SAID = re.compile(r" \(doubt (\d{1,3})\N{PERCENT SIGN}\)\Z")


def with_doubt(flag: str, doubt: float) -> str:
    """A flag on a decision that is wrong with this probability."""
    return f"{flag} (doubt {doubt:.0%})"


def doubt_of(flag: str) -> float:
    """How likely it is that looking changes something; a flag that does not say so is about what nobody decided."""
    found = _SAID.search(flag)
    return min(1.0, int(found[1]) / 100) if found else 1.0
