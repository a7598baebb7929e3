"""What a cell holds that a reader does not see, or sees as something else: kept, so that it can be looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from grader.language.apostrophes import SIGNS
from grader.language.lookalikes import SAME
from grader.language.seen import BREAK, SEPARATOR, seen
from grader.pack.vocabulary import PLAIN, Vocabulary

MOST_CHARACTERS = 32
"""Of so many different characters in one cell it is kept where they stand: of those that occur most often."""

MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Unseen:
    """A character of a cell that is not read as it stands, and how often that is so.

    `read_as` is what is read in its place, where that does not depend on its neighbours: nothing, a space, a line
    break, or the letters it shows. `lines` are the first of the lines on which it stands, from 1, as those of blocks.
    """

    cell: int
    character: str
    read_as: str
    count: int
    lines: tuple[int, ...]


def unseen_in(source: str, cell: int, *, is_code: bool) -> tuple[Unseen, ...]:
    """What is unseen in a cell, the most frequent characters first. Line breaks as Windows writes them are none."""
    source = BREAK.sub("\n", source)
    shown = as_lines_of_code(source) if is_code else seen(source)
    if shown == source:
        return ()
    count: Counter[str] = Counter()
    lines: dict[str, list[int]] = {}
    stood = source if is_code else SEPARATOR.sub("\\g<0>\n", source)
    for number, (before, after) in enumerate(zip(stood.split("\n"), shown.split("\n"), strict=True), 1):
        if before == after:
            continue
        for character, times in (Counter(before) - Counter(after)).items():
            if character.isascii() and character.isprintable():
                continue  # it stood under an override, which is counted itself
            count[character] += times
            places = lines.setdefault(character, [])
            if len(places) < MOST_LINES:
                places.append(number)
    return tuple(
        Unseen(cell, character, _read_as(character), times, tuple(lines[character]))
        for character, times in count.most_common(MOST_CHARACTERS)
    )


def as_lines_of_code(text: str, terms: Vocabulary = PLAIN) -> str:
    """Prose in code as a reader sees it, where lines are counted as Python counts them."""
    return seen(text, separators=" ", terms=terms)


def _read_as(character: str) -> str:
    if character in SIGNS:
        return "'"
    return character.translate(SAME) if ord(character) in SAME else seen(character)
