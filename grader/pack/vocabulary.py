"""The words of a subject, as a pack declares them: those that reading needs and that are not English in general."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a pack tells the reading of sentences about its field; all in lower case.

    `words` are words by themselves ("softplus"), which tells a word from half of one. `verbs` are verbs in their base
    form ("convolve"), so that a sentence with one of their forms states something; `qualities` are those of these
    forms that stand before a noun instead ("vanishing"), `nouns` are nouns that look like forms of verbs, as plurals do
    ("kernels"), or are the same word as one. `losing` are words which, denied, take the denial upon
    themselves alone ("does not forget"). `defining` are verbs that may follow a topic where it is being defined, in
    both of their forms ("convolves"). `elsewhere` are words that show that a sentence speaks of something beside the
    subject, such as the machine or the data ("dataset"): it explains none of it. `pictures` are words of the pictures
    in which the subject is explained without naming it ("letter"). `learnt` is a folder of numbers that were learnt
    from labelled answers (`grader.language.prose.learnt`); without it the patterns of the pack decide alone.
    """

    words: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    qualities: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    losing: frozenset[str] = frozenset()
    defining: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()
    learnt: Path | None = None


PLAIN = Vocabulary()
"""That of a pack which needs no words of its own."""
