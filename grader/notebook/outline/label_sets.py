"""Labels that are understood only in view of the others: words of another language, "i" among letters."""

from __future__ import annotations

from dataclasses import replace

from grader.notebook.headings.headings import Heading
from grader.notebook.headings.labels import Label
from grader.notebook.headings.openings import LINE

SCHEME, SCHEME_WITHIN = 4, 6
"""So many numbers behind a word make it one for a question; more where the text goes on behind all of them."""


def with_schemes(found: list[tuple[int, Heading]]) -> list[tuple[int, Heading]]:
    """A word that stands before so many different numbers, before each once, is that for a question in some language.

    Plain lines with other words and numbers ("Step 1: ...") are no headings.
    """
    numbers: dict[str, list[int]] = {}
    alone: set[str] = set()
    for _, heading in found:
        if heading.label and heading.label.style == "other":
            numbers.setdefault(heading.label.word, []).append(heading.label.number)
            alone |= {heading.label.word} if heading.is_alone else set()
    least = {word: SCHEME if word in alone else SCHEME_WITHIN for word in numbers}
    schemes = {word for word, met in numbers.items() if len(met) == len(set(met)) >= least[word]}
    result = []
    for index, heading in found:
        label = heading.label if heading.label and heading.label.style == "other" else None
        if label and label.word in schemes:
            result.append((index, replace(heading, label=Label("word", label.number, label.word))))
        elif label is None or heading.level < LINE:
            result.append((index, heading))
    return result


def with_letters(found: list[tuple[int, Heading]]) -> list[tuple[int, Heading]]:
    """ "i" behind "h" is a letter, though it could be a Roman number; so is "v" or "x" among letters."""
    result = []
    last = 0
    for index, heading in found:
        label = heading.label
        changed = heading
        if label and label.style == "letter":
            last = label.number
        elif label and label.style == "roman" and label.number == 1 and last == 8:
            last = 9
            changed = replace(heading, label=Label("letter", 9))
        result.append((index, changed))
    return result
