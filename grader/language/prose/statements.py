"""Whether words state something: a clause with a verb, and no row of keywords."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.language.prose.english import AUXILIARIES, PREDICATES, QUESTION_WORDS, STOPWORDS, Verbs, verbs
from grader.language.prose.said import is_chain, is_row
from grader.language.prose.wholly import is_labelled_question

PUNCTUATION = frozenset(",;:()|/?<>=+")
_STATING = AUXILIARIES | QUESTION_WORDS | PREDICATES
_LONG_ROW = 13
_FUNCTIONS = frozenset(["tanh", "sigmoid", "softmax", "relu", "sigma", "concat", "concaten"])


def is_statement(words: Sequence[str], known: Verbs | None = None) -> bool:
    """Whether words say something, rather than being a list of keywords: enough of them stand with a verb.

    `known` are the verbs, without it those of English alone.
    """
    known = known or verbs()
    if words and words[-1] == "?" and not is_labelled_question(words):
        return False
    if is_chain(words):
        return False
    stating, listed, lists = 0, 0, 0
    for chunk in _between_punctuation(words):
        if _states(chunk, known):
            stating += len(chunk)
        elif len(chunk) < 4:
            listed, lists = listed + len(chunk), lists + 1
    if "=" in words[1:-1]:
        return not _is_list_beside_equations(words, stating, known)
    return stating > 0 and not (lists > 4 and listed > stating)


def _is_list_beside_equations(words: Sequence[str], stating: int, known: Verbs) -> bool:
    """Whether what stands beside equations is a row of keywords: an equation behind it makes no statement of it."""
    outside = [words[place] for place in outside_equations(words)]
    chunks = [chunk for chunk in _between_punctuation(outside) if len(chunk) < 4 and not _states(chunk, known)]
    keywords = [chunk for chunk in chunks if any(map(_is_prose, chunk))]
    return len(keywords) > 2 and sum(map(len, keywords)) > stating


def _states(chunk: Sequence[str], known: Verbs) -> bool:
    """A clause: words with a verb, and with some of the small words that hold a clause together.

    Many small words do without a verb that we know; a long row of words with none is no sentence, verb or not.
    """
    if len(chunk) < 3:
        return False
    small = sum(word in STOPWORDS for word in chunk) / len(chunk)
    if len(chunk) > 7 and small < 0.1:
        return False
    instruction = chunk[0] in known.bases and chunk[1] != "of"
    if len(chunk) > _LONG_ROW and is_row(chunk, known):
        return False
    verb = instruction or not _STATING.isdisjoint(chunk) or not known.forms.isdisjoint(chunk)
    return verb or (len(chunk) > 5 and small >= 1 / 3)


def _between_punctuation(words: Sequence[str]) -> list[list[str]]:
    chunks: list[list[str]] = [[]]
    for word in words:
        if word in PUNCTUATION:
            chunks.append([])
        else:
            chunks[-1].append(word)
    return [chunk for chunk in chunks if chunk]


def outside_equations(stems: Sequence[str]) -> Iterator[int]:
    """The places of what is no right-hand side: from an equals sign to the next word of prose."""
    inside = False
    for place, word in enumerate(stems):
        inside = word == "=" or (inside and not _is_prose(word))
        if not inside:
            yield place


def _is_prose(word: str) -> bool:
    return word in STOPWORDS - {"a", "i"} or (len(word) > 3 and "_" not in word and word not in _FUNCTIONS)
