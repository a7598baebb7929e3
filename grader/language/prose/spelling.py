"""Which word of the vocabulary a misspelt word means."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from grader.language.lexicon import COMMON, is_word
from grader.language.prose.words import stem
from grader.pack.vocabulary import PLAIN, Vocabulary

SHORTEST = 5
LONG = 8


class Spelling:
    """Corrects words of at least five letters towards a vocabulary; a correct English word is left alone.

    One slip (a letter missing, added, changed, or two exchanged) is tolerated where the right word has five to seven
    letters, two where it is longer. The first letter must be right: students get it right, and it keeps `weight` from
    `height`. `terms` are the words of the subject, which are known without being corrected to.
    """

    def __init__(self, vocabulary: frozenset[str], terms: Vocabulary = PLAIN) -> None:
        self._terms = terms
        self.stems, self._by_letter = _sorted(vocabulary)
        self._known: dict[str, str | None] = {}

    def knows(self, word: str) -> bool:
        """Whether this is a word, in general or of the vocabulary, perhaps misspelt."""
        lower = word.lower()
        return is_word(word, self._terms) or stem(lower) in self.stems or self.correct(lower) is not None

    def correct(self, word: str) -> str | None:
        """The stem that `word` was meant to have, or None if it is fine as it is, or too far from everything."""
        if word not in self._known:
            self._known[word] = self._nearest(word)
        return self._known[word]

    def _nearest(self, word: str) -> str | None:
        own = stem(word)
        if len(word) < SHORTEST or not word.isalpha() or own in self.stems or word in COMMON:
            return None
        best, least = None, 3
        for candidate in self._by_letter.get(word[0], ()):
            distance = min(_distance(word, candidate, least - 1), _distance(own, stem(candidate), least - 1))
            if distance < least:
                best, least = stem(candidate), distance
        return best


@lru_cache(maxsize=64)
def _sorted(vocabulary: frozenset[str]) -> tuple[frozenset[str], dict[str, list[str]]]:
    """The stems of a vocabulary, and by first letter the words that one may have misspelt."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(vocabulary):
        if len(word) >= SHORTEST and word.isalpha():
            by_letter.setdefault(word[0], []).append(word)
    return frozenset(map(stem, vocabulary)), by_letter


def _distance(word: str, candidate: str, most: int) -> int:
    """The number of slips, or `most + 1` if there are more than `most` or more than such a word may have."""
    allowed = min(most, 1 if len(candidate) < LONG else 2)
    if allowed < 1 or min(len(word), len(candidate)) < SHORTEST - 1:
        return most + 1
    distance = OSA.distance(word, candidate, score_cutoff=allowed)
    return distance if distance <= allowed else most + 1
