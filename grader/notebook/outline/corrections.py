"""Two answers to one question: the second takes the place of the first if it says so; else both count, and are told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

ENOUGH = 8
"""So many words of prose are an answer."""

BEGINNING = 160
_CORRECTS = re.compile(
    r"\b(?:corrected|revised|rectified|amended)[ ](?:answer|version|solution|explanation|text)s?\b"
    r"|\b(?:answer|solution|version|question|\d{1,2})[^\w\n]{0,6}(?:corrected|revised|correction|again,? corrected)\b"
    r"|\bcorrection[ ](?:to|of|for)[ ](?:the[ ])?(?:my[ ])?(?:answer|question|solution|q\d)"
    r"|\b(?:ignore|disregard|forget|discard|do not (?:read|count|grade))[ ](?:the[ ]|my[ ])?"
    r"(?:answer[ ]|one[ ]|version[ ]|text[ ]|first[ ]|old[ ]){0,2}(?:above|before|earlier|previous|answer)",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"[\s#*_>(\[-]{0,12}(?:back to|more (?:on|about|for|to)|addition(?:s|al \w{1,12})? to|addendum to|"
    r"continuation of|once more|again)\b"
    r"|\b(?:\(?cont(?:inued|inues|inuation|d|\.)|second part|addition|addendum|supplement|once more)"
    r"[\s.:)*_\]-]{0,8}$",
    re.IGNORECASE,
)

Said = Sequence[tuple[str | None, str, bool]]
"""Of each unit: its question, its text, and whether that is prose."""


def corrects(text: str) -> bool:
    """Whether a text says at its beginning that it takes the place of another."""
    return _CORRECTS.search(text[:BEGINNING]) is not None


def continues(line: str) -> bool:
    """Whether a heading says that what follows goes on with an earlier answer: "Back to 4", "Question 7 (contd.)"."""
    return _CONTINUES.search(line[:BEGINNING].rstrip()) is not None


def superseded(said: Said) -> set[int]:
    """The units of answers that a later one, in its own words, takes the place of."""
    gone: set[int] = set()
    for index, (question, text, is_prose) in enumerate(said):
        if question is None or not is_prose or not corrects(text):
            continue
        later = [text for other, text, prose in said[index:] if other == question and prose]
        earlier = [place for place in range(index) if said[place][0] == question]
        if earlier and sum(len(text.split()) for text in later) >= 2 * ENOUGH:
            gone.update(earlier)
    return gone


def repeated(said: Said) -> list[str]:
    """The questions that are answered in prose in more than one place of the notebook."""
    places: dict[str, int] = {}
    for question, words in _runs(said):
        if words >= ENOUGH:
            places[question] = places.get(question, 0) + 1
    return [question for question, times in places.items() if times > 1]


def _runs(said: Said) -> Iterator[tuple[str, int]]:
    """Stretches of one question, with the words of prose in them."""
    current: str | None = None
    words = 0
    for question, text, is_prose in said:
        if question is None:
            continue
        if question != current:
            if current is not None:
                yield current, words
            current, words = question, 0
        words += len(text.split()) if is_prose else 0
    if current is not None:
        yield current, words
