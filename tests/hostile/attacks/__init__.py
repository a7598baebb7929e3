"""The attacks, a file for each of their aims. `<word>` stands for something outside: see `outside.Outside.targets`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Attack:
    """Code in the place of the answer to question 4, and how it ends.

    `status` is that of question 4 (several with `|`). The answer to question 5 comes `behind` it, in the same kernel if
    it lives: it is `kept`, or `lost` where the attack has broken its own kernel for good; `either` where that depends
    on the machine. A cell may take `cell_s` seconds: more where another limit must be what ends it.
    """

    source: str
    status: str = "answered|error"
    behind: Literal["kept", "lost", "either"] = "kept"
    cell_s: float = 3


def tried(*ways: str) -> str:
    """Each way in turn, whatever has become of the one before."""
    return "".join(f"try:\n    {way}\nexcept BaseException as error: print(repr(error))\n" for way in ways)
