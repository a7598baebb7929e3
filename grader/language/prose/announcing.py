"""Items under a label by which nothing is said: tags, keywords, and what a reader is going to learn.

"Tags:", "Keywords:" and "Learning objectives:" tell what a text is about. What is listed under them is named, up to the
first sentence that is written as one; an item that says something by itself ("gate: what is kept") is none of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.language.lexicon import words_of
from grader.language.prose.clauses import clause_verb
from grader.language.prose.english import AUXILIARIES, QUESTION_WORDS, STOPWORDS, verbs

_TAGS = words_of("keyword keywords tag tags hashtag hashtags buzzword buzzwords catchword catchwords")
_PHRASES = words_of("phrase phrases term terms word words")
_OBJECTIVES = words_of("objectives outcomes")
_AIMS = words_of("goals aims targets topics")
_OF_LEARNING = words_of("learning lecture chapter section course lesson unit week teaching")
_SMALL = words_of("the my our your a an of and for to in this these that key main important some list used")
_SIGNS = words_of(": = < > |")
_OPENING = words_of("the a an it this these they its their")
_LEARNT = words_of(
    """
    understand know learn see explain describe discuss compare derive recall recognise recognize define apply analyse
    analyze implement name list state summarise summarize able be
    """
)
_LEADING = words_of("to you we students readers will should can must able be i the reader student how why what that")
_PARTING = words_of(", ; / |")
_LONGEST, _FAR, _MOST_PARTS = 8, 8, 2


def announced(written: Sequence[str], sentences: Sequence[Sequence[str]]) -> Iterator[int]:
    """The places of the sentences that stand in such a list."""
    names, teaches = False, False
    for at, (text, words) in enumerate(zip(written, sentences, strict=True)):
        label = _label(text, words)
        item = words
        if _is_of_tags(label) or _is_of_objectives(label):
            names, teaches = _is_of_tags(label), _is_of_objectives(label)
            item = words[len(label) + 1 :]
        ends = text.rstrip("\"')] ").endswith((".", "!", "?")) or _says(item)
        if (names and not ends and _SIGNS.isdisjoint(item)) or (teaches and (not item or _teaches(item))):
            yield at
        else:
            names, teaches = False, False


def _label(text: str, words: Sequence[str]) -> Sequence[str]:
    """What stands before a colon, or all of a short line that is no sentence."""
    end = next((at for at, word in enumerate(words[:_LONGEST]) if word == ":"), None)
    if end is not None:
        return words[:end]
    is_sentence = text.rstrip().endswith((".", "!", "?")) or _says(words)
    return words if len(words) <= _LONGEST and not is_sentence else ()


def _says(words: Sequence[str]) -> bool:
    """Whether it has a verb, and no other word could be one by accident, as in "weight updates"; a row says nothing."""
    if sum(word in _PARTING for word in words) > _MOST_PARTS:
        return False
    at = clause_verb(words, verbs())
    if not at:
        return False
    if not AUXILIARIES.isdisjoint(words):
        return True
    return words[0] in _OPENING and words[at].endswith("s") and words[at - 1] not in STOPWORDS


def _is_of_tags(label: Sequence[str]) -> bool:
    """ "Tags", "My keywords", "Key phrases" """
    rest = [word for word in label if word not in _SMALL]
    if not rest or len(rest) > 2:
        return False
    return rest[-1] in _TAGS or (rest == rest[-1:] and rest[0] in _PHRASES and "key" in label)


def _is_of_objectives(label: Sequence[str]) -> bool:
    """ "Learning objectives", "Goals of this chapter" """
    if not _OBJECTIVES.isdisjoint(label):
        return True
    return not _AIMS.isdisjoint(label) and not _OF_LEARNING.isdisjoint(label)


def _teaches(words: Sequence[str]) -> bool:
    """ "to be able to explain why ...", "you should know that ...", "understand how ..." """
    first = next((at for at, word in enumerate(words[:_FAR]) if word in _LEARNT), None)
    if first is None or not all(word in _LEADING for word in words[:first]):
        return False
    return first > 0 or not QUESTION_WORDS.isdisjoint(words[: first + 3]) or "why" in words[: first + 3]
