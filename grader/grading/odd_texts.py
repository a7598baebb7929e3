"""What no honest notebook has, over all of its answers: the same text under most questions, one odd word everywhere.

A word that is not of the subject may stand anywhere, and does in every metaphor; where half of all sentences speak of
it, it stands in the place of the word that was meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from grader.language.prose import retractions
from grader.language.prose.clauses import clause_verb
from grader.language.prose.english import AUXILIARIES, NEGATORS, PRONOUNS, STOPWORDS, Verbs
from grader.language.prose.segments import sentences
from grader.language.prose.words import stem, tokens
from grader.notebook.segment import Labelled, Segmentation

LONG, MANY, MOST = 8, 8, 4
"""So many words make a sentence that nobody writes twice by chance, so many such sentences, under so many questions."""

FEWEST = 16
"""Of fewer sentences, half says little."""

_ARTICLES = frozenset(["the", "a", "an", "this", "each", "every", "its", "two"])
_SMALL = frozenset(map(stem, STOPWORDS))
_NO_NOUNS = STOPWORDS | AUXILIARIES | NEGATORS
_MARKS = frozenset(",;:(")
_SHORTEST, _LONGEST_SUBJECT = 4, 9
_THIS = re.compile(r"\b(?:notebook|submission|assignment|homework|answers)\b")


def repeated(segmentation: Segmentation) -> tuple[int, ...]:
    """The cells with sentences that stand under most questions."""
    under: dict[str, set[str]] = {}
    cells: dict[str, set[int]] = {}
    for block in _answers(segmentation):
        for sentence in sentences(block.text):
            words = " ".join(tokens(sentence))
            if words.count(" ") >= LONG and block.question:
                under.setdefault(words, set()).add(block.question)
                cells.setdefault(words, set()).add(block.cell)
    often = [words for words, questions in under.items() if len(questions) >= MOST]
    return tuple(sorted({cell for words in often for cell in cells[words]})) if len(often) >= MANY else ()


def odd_word(segmentation: Segmentation, known: frozenset[str]) -> tuple[str, int, int] | None:
    """A word that is none of the subject's, how many sentences speak of it, and of how many; None without one.

    `known` are the stems of the words with which the pack speaks of its subject.
    """
    counts: Counter[str] = Counter()
    questions: dict[str, set[str]] = {}
    total = 0
    for block in _answers(segmentation):
        for sentence in sentences(block.text):
            words = tokens(sentence)
            total += len(words) > 1
            for word in _named(words) - {*known}:
                counts[word] += 1
                questions.setdefault(word, set()).add(block.question or "")
    if total < FEWEST or not counts:
        return None
    word, times = max(counts.items(), key=lambda item: (item[1], item[0]))
    return (word, times, total) if 2 * times >= total and len(questions[word]) > MOST else None


def odd_subjects(
    segmentation: Segmentation, known: frozenset[str], verbs: Verbs
) -> tuple[tuple[str, ...], int, int] | None:
    """What sentences speak of that is nothing of the subject, in how many of how many; None unless it is a third.

    "A decision tree has a cell state", "a forest can learn long-term dependencies": the words of the subject are said
    of something else each time. `known` are the stems of those words.
    """
    odd: Counter[str] = Counter()
    questions: set[str] = set()
    total = 0
    for block in _answers(segmentation):
        for sentence in sentences(block.text):
            words = tokens(sentence)
            total += len(words) > _SHORTEST
            spoken = _subject(words, verbs)
            if spoken and len(words) > _SHORTEST and known.isdisjoint(map(stem, spoken)):
                odd[" ".join(spoken)] += 1
                questions.add(block.question or "")
    times = odd.total()
    if total < FEWEST or 3 * times < total or len(questions) <= MOST:
        return None
    return tuple(name for name, _ in sorted(odd.items(), key=lambda item: (-item[1], item[0]))), times, total


def _subject(words: list[str], verbs: Verbs) -> list[str]:
    """The words before the verb of a sentence, small ones aside; none where a pronoun or more than one thing stands."""
    end = clause_verb(words, verbs) or 0
    before = words[:end]
    if end > _LONGEST_SUBJECT or not (_MARKS | PRONOUNS).isdisjoint(before):
        return []
    return [word for word in before if word.isalpha() and len(word) > 1 and word not in _NO_NOUNS]


def _named(words: list[str]) -> set[str]:
    """The stems of the words behind an article, with one between at most: what a sentence speaks of."""
    found = {
        stem(word)
        for at, word in enumerate(words)
        if len(word) > 3 and word.isalpha() and not _ARTICLES.isdisjoint(words[max(0, at - 2) : at])
    }
    return found - _SMALL


def disowned(segmentation: Segmentation) -> Iterator[int]:
    """The cells that call the whole notebook wrong."""
    for block in segmentation.blocks:
        if block.kind == "prose" and block.source == "markdown" and _THIS.search(block.text[:2_000].lower()):
            lines = [tokens(sentence) for sentence in sentences(block.text[:2_000])]
            if any(_THIS.search(line) and retractions.of_all_below(line, words) for line, words in _joined(lines)):
                yield block.cell


def _joined(lines: list[list[str]]) -> Iterator[tuple[str, list[str]]]:
    return ((" ".join(words), words) for words in lines)


def _answers(segmentation: Segmentation) -> Iterator[Labelled]:
    return (block for block in segmentation.blocks if block.kind == "prose" and block.role == "answer")
