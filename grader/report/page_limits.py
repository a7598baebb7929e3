"""How much of a student's work goes into one page, so that no notebook makes a page that no browser opens."""

from __future__ import annotations

from dataclasses import dataclass

PER_CELL = 400
"""What the frame of a cell takes, in characters of HTML."""


@dataclass(slots=True)
class Budget:
    """Characters of HTML that may still be written, for text and for pictures."""

    text: int = 1_200_000
    pictures: int = 11_200_000

    def for_text(self, size: int) -> bool:
        """Use so much of what is left for text; False, and nothing used, if it does not fit."""
        fits = size <= self.text
        self.text -= size if fits else 0
        return fits

    def for_picture(self, size: int) -> bool:
        """The same for pictures."""
        fits = size <= self.pictures
        self.pictures -= size if fits else 0
        return fits


def clip(text: str, lines: int, characters: int) -> tuple[str, str]:
    """The beginning and the end of a long text, and a note on what was left out between them ("" if nothing was)."""
    if len(text) <= characters and text.count("\n") < lines:
        return text, ""
    head, tail = text[: characters * 3 // 4], text[-(characters // 4) :]
    first, last = head.split("\n")[: lines * 3 // 4], tail.split("\n")[-(lines // 4) :]
    kept = "\n".join(first), "\n".join(last)
    left_out = len(text) - len(kept[0]) - len(kept[1])
    if left_out <= 0:
        return text, ""
    return f"{kept[0]}\n⋮\n{kept[1]}", f"{left_out:,} characters in the middle are not shown here."
