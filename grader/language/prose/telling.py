"""Whether a line says something of something, or only names it: "no cell state" names, "GRU: no cell state" tells.

A line tells that has a verb, or what stands for one in notes: an arrow, an equals sign, a colon behind what it is
about, a participle behind its noun ("weights shared", not "shared weights"). What is listed under a stem is told of it.
Whoever only names what was asked for has not shown more than that the words are known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.language.lexicon import words_of
from grader.language.prose.english import AUXILIARIES, NEGATORS, STOPWORDS, Verbs
from grader.language.prose.passages import Passage

_SIGNS = re.compile(r"->|=>|<-|[→⇒←↦=<>≈∝|]")
_NAMING = words_of(
    """
    keyword keywords phrase phrases tag tags hashtag hashtags term terms buzzword buzzwords vocabulary glossary topic
    topics words
    """
)
_NOUNS_TOO = words_of(
    """
    aim act base call cause change copy control decay decline decrease design drop estimate exchange feed flow focus
    guess guide help hold increase lead lack limit link look move need output own pull range reach release remedy
    result return rise run save scale separate share shield start stall stop store sum swap travel update use work wrap
    live influence balance
    updates copies changes calls designs links means needs processes ranges results returns scales flows outputs passes
    sums signals lags
    """
)
_PLURALS = words_of(
    """
    steps states layers weights gradients inputs directions factors networks cells units sequences sides words
    parameters connections dependencies errors activations derivatives values times ways ends
    lines distances problems functions matrices vectors readers tokens positions events models losses norms products
    stages terms tasks lengths contexts memories
    """
)
_WHERE = words_of("through from over into along back backward backwards forward forwards onto away to what which how")
_IRREGULAR = words_of("given taken kept lost made put cut read written thrown broken fed sent built held")
_DETERMINERS = words_of("a an the its their each every this that these those both no any some one two three all")
_NO_NOUNS = STOPWORDS | _DETERMINERS | NEGATORS | words_of("per less more very only not also both")
_FOLLOWING = STOPWORDS | words_of("over per across through up down out along back away only again together between")
_MARKS = frozenset(",;:()|/?.")
_PRONOUNS = words_of("we they you i")
_ADVERBS = words_of("never hardly always still also then just only practically independently already merely simply")
_NO_VERB = ("ss", "us", "is", "wards", "ways", "times", "ings", "ers", "ies", "ions", "ments", "ents", "ants")
_LABEL, _PARTS, _SHORT = 6, 3, 3


def tells(text: str, words: Sequence[str], known: Verbs) -> bool:
    """Whether a sentence, as it is written and as its words, says something of something."""
    signed = _SIGNS.search(text) is not None and not names(words)
    return signed or _is_labelled(words) or any(_is_verb(at, words, known) for at in range(len(words)))


def names(words: Sequence[str]) -> bool:
    """Whether a line says of itself that it is a list of words: "Key phrases: ..." """
    return ":" in words[:_LABEL] and not _NAMING.isdisjoint(words[: list(words).index(":")])


def are_merely_named(found: Sequence[Sequence[Passage]]) -> bool:
    """Whether of several statements, each with the passages that make it, none is told."""
    return len(found) > 1 and not any(each.tells for passages in found for each in passages)


def _is_labelled(words: Sequence[str]) -> bool:
    """ "forget gate: removal of old content", and no row of many things behind one colon."""
    if ":" not in words[1:_LABEL] or names(words):
        return False
    return sum(word in {",", ";"} for word in words) <= _PARTS * list(words).count(":")


def _is_verb(at: int, words: Sequence[str], known: Verbs) -> bool:
    word, before, following = words[at], words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    if word in AUXILIARIES:
        return following not in _MARKS and following != ""
    if word.endswith("ed") or word in _IRREGULAR:
        return _is_noun(before) and (following in _FOLLOWING | _MARKS or following == "")
    if word in _PLURALS or (word in known.nouns and word.endswith("s")):
        return False
    if word in _NOUNS_TOO or word in known.nouns:
        return _acts(before, following)
    if before in _PRONOUNS:
        return word.isalpha() and word not in _NO_NOUNS
    if word not in known.forms:
        return _is_third_person(word) and (_is_noun(before) or before in {"it", "he", "she"})
    instruction = at == 0 or before in _MARKS
    return not word.endswith("ing") and (instruction or before not in _DETERMINERS | {"to", "of"})


def _acts(before: str, following: str) -> bool:
    """Whether a word that may be a noun is a verb here: "gates work like", "it uses", "hardly change"."""
    if before in _ADVERBS | {"it", "he", "she"} | _PRONOUNS:
        return True
    return _is_noun(before) and (following in _WHERE | _DETERMINERS or before.endswith("s"))


def _is_third_person(word: str) -> bool:
    return len(word) > _SHORT and word.isalpha() and word.endswith("s") and not word.endswith(_NO_VERB)


def _is_noun(word: str) -> bool:
    return word != "" and word not in _MARKS and word not in _NO_NOUNS and not word.endswith(("ly", "ing"))
