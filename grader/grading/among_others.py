"""Equations that stand among words about something else: a recipe, a shopping list with the gates of a cell in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from grader.language.equations import find
from grader.language.prose.english import STOPWORDS
from grader.language.prose.words import stem, tokens
from grader.notebook.segment import Segmentation

FEWEST = 4
"""So many equations, and so many words that are foreign to the subject."""

GAPS, LONGEST_GAP = 3, 200


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_USUAL = _words(
    """
    first second third fourth fifth sixth then next now finally last here where with and also following above below
    equation equations formula formulas figure section let given get obtain have compute write take one two
    three four five six
    """
)
_ENGLISH = _words("the of and with to for in them my you your it is are")


def among_others(segmentation: Segmentation, known: Collection[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The cells in which it is so, with the words. `known` are the stems of the words that the subject needs."""
    for block in segmentation.blocks:
        if block.kind == "prose" and block.role == "answer":
            words = _foreign_to(block.text, known)
            if words:
                yield block.cell, words


def _foreign_to(text: str, known: Collection[str]) -> tuple[str, ...]:
    """The words around the equations of a text in English, if there are many and next to none is of the subject."""
    found = [each for each in find(text) if each.end > each.start]
    if len(found) < FEWEST:
        return ()
    between = [text[one.end : other.start] for one, other in pairwise(found)]
    ends = [text[: found[0].start].rpartition("\n")[2], text[found[-1].end :].partition("\n")[0]]
    gaps = [gap for gap in between if len(gap) <= LONGEST_GAP and "\n\n" not in gap]
    words = [tokens(gap) for gap in gaps]
    talking = sum(any(_is_strange(word, known) for word in gap) for gap in words)
    said = [word for gap in (*words, *map(tokens, ends)) for word in gap]
    strange = tuple(dict.fromkeys(word for word in said if _is_strange(word, known)))
    ours = {word for word in said if _is_telling(word) and stem(word) in known}
    english = sum(word in _ENGLISH for word in said)
    if talking < GAPS or english < GAPS or len(strange) < max(FEWEST, FEWEST * len(ours)):
        return ()
    return strange


def _is_strange(word: str, known: Collection[str]) -> bool:
    return _is_telling(word) and stem(word) not in known


def _is_telling(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word not in STOPWORDS and word not in _USUAL
