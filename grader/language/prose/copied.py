"""Whether a sentence was copied from given texts: it says nothing that is not in one of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from grader.language.prose.english import LABELS, STOPWORDS
from grader.language.prose.segments import sentences
from grader.language.prose.statements import PUNCTUATION
from grader.language.prose.words import stem, tokens
from grader.pack.vocabulary import Vocabulary

_LABEL_STEMS = frozenset(map(stem, LABELS))


def contents(texts: Iterable[str], most: int, terms: Vocabulary) -> list[frozenset[str]]:
    """What each sentence of some texts says, of each text the first `most` characters."""
    found = (_content(sentence) for text in texts for sentence in sentences(text[:most], terms=terms))
    return [content for content in found if content]


def _content(sentence: str) -> frozenset[str]:
    words = (word for word in tokens(sentence) if word not in STOPWORDS and word not in PUNCTUATION)
    return frozenset(stem(word) for word in words if not word[0].isdigit()) - _LABEL_STEMS


def is_copied(sentence: str, copies: Sequence[frozenset[str]]) -> bool:
    """Whether a sentence says nothing that is not in a sentence of the given texts."""
    content = _content(sentence)
    if not content:
        return bool(copies) and len(tokens(sentence)) < 6
    return any(
        len(content & copy) >= 0.9 * len(content) and (len(copy) <= 8 or 2 * len(content) > len(copy))
        for copy in copies
    )
