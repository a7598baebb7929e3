"""Names of people, compared as people are called: without case, accents, order and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

ENOUGH = 4
"""Letters that a name must have to be told from a similar one."""
NEAR = 8
"""So many names are compared in every way."""

_WORD = re.compile(r"[^\W_]+")
_SPELT = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, in their order: `Lovelace, Ada` is two."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_SPELT)
    return tuple(_WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign))))


def key_of(name: str) -> str:
    """What two names have in common that are one, in whatever order."""
    return " ".join(sorted(words_of(name)))


def joined(name: str) -> frozenset[str]:
    """A name without spaces, the last name first, as Canvas writes it (`lovelaceada`): each word may begin."""
    words = words_of(name)
    return frozenset("".join((*words[start:], *words[:start])) for start in range(len(words)))


def similarity(one: str, other: str) -> float:
    """How similar two names are, from 0 to 100."""
    from rapidfuzz import fuzz

    first, second = words_of(one), words_of(other)
    if min(len("".join(first)), len("".join(second))) < ENOUGH:
        return 0.0
    by_words = fuzz.token_sort_ratio(" ".join(first), " ".join(second))
    # A middle name more: what both have in common must be two names.
    common = 0.95 * fuzz.token_set_ratio(" ".join(first), " ".join(second)) if len({*first} & {*second}) > 1 else 0.0
    if len(first) > 1 and len(second) > 1:
        return max(by_words, common)
    squeezed = max(fuzz.ratio(a, b) for a in joined(one) for b in joined(other))
    return max(by_words, common, squeezed)


def nearest(name: str, names: Mapping[int, str]) -> set[int]:
    """Those among many names that are worth comparing with one: a few, found fast."""
    from rapidfuzz import fuzz, process

    words = words_of(name)
    by_words = {place: " ".join(words_of(other)) for place, other in names.items()}
    found = {
        place for _, _, place in process.extract(" ".join(words), by_words, scorer=fuzz.token_sort_ratio, limit=NEAR)
    }
    if len(words) == 1:
        last_first = {place: " ".join(sorted(joined(other))[:4]) for place, other in names.items()}
        ranked = process.extract(words[0], last_first, scorer=fuzz.partial_ratio, limit=NEAR)
        found |= {place for _, _, place in ranked}
    return found
