"""Whether words are a sentence that somebody says, or only words: shuffled, reversed, strung together.

A reader who knows no noun still sees it at the small words, which stand in an order: no article ends a sentence or
precedes a preposition, no "of" precedes a verb, and behind "it is" there stands no second verb without a word that
joins it. Notes that leave small words out break none of these orders.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from grader.language.lexicon import COORDINATING, words_of
from grader.language.prose.english import Verbs

_STOP = words_of(", ; : . ) ? =")
_ARTICLES = words_of("the an its their every")
_PREPOSITIONS = words_of("of to in at by for with from into as on through between during")
_FINITE = words_of("is are was were has have had does do did can could will would must should")
_MODALS = words_of("can could will would must should")
_JOINING = words_of("and or but because while although than")
_SUBJECTS = words_of("it they we i he she")
_RELATIVE = words_of("which that what who whose")
_BEHIND_ARTICLES = (
    _PREPOSITIONS | _FINITE | _JOINING | _SUBJECTS | _RELATIVE | _ARTICLES | words_of("a so then this these")
)
_GOVERNING = words_of("of with from by into at")
_NOT_BEHIND_PREPOSITIONS = (_FINITE - {"will"}) | words_of("or but of they we he she")
_NEVER_BEHIND = {
    word: words_of(others)
    for word, others in (
        ("of", "to with from by into at for in"),
        ("with", "of to from by into at for"),
        ("from", "to of with by into for"),
        ("to", "is are was has of from with does into"),
        ("in", "are has to can"),
        ("and", "and or"),
        ("or", "and or"),
        ("a", "a an the of has with to for it from by its are"),
        ("it", "it of they the"),
        ("they", "the of they it is has"),
        ("each", "the a an and to from each"),
        ("the", "each not no"),
        ("is", "is are has does can will was"),
        ("are", "are is has have does can will and"),
        ("has", "is are has have and can of"),
        ("have", "is are has have and of"),
        ("can", "the a an is are has and to its from with"),
        ("on", "and"),
        ("than", "and"),
        ("as", "and"),
    )
}
_OF_LOGIC = frozenset([("an", "and"), ("an", "or")])
_NEVER_LAST = words_of("the a an its their every of with and or than because as when while if they we she")
_NOUN_ENDINGS = ("tion", "tions", "ness", "ity", "ities", "ency", "encies", "ment")
_NEVER_NOUNS = words_of(
    """
    learn become becomes decide decides contain contains receive receives remove removes provide provides overcome
    allow allows depend depends consist consists multiply multiplies compute computes combine combines carry carries
    bring brings know knows think believe understand happen happens mitigate mitigates
    """
)
_FRAMES = words_of("it this there that they these those")
_BEING = words_of("is are was were has have")
_BOUNDARY = words_of(
    "which that what who whose how where when why because since if while whereas although to"
) | words_of(", ; : ( ) |")
_SMALL = _ARTICLES | _FINITE | _SUBJECTS | _RELATIVE | words_of("be been being a this these those then how when if")
_MANY, _SHORT, _ROW = 2, 5, 8
_BINDING, _LEAST_BOUND = _PREPOSITIONS | _JOINING, 0.2
_JOINTS, _MANY_JOINTS = (COORDINATING - {"nor"}) | {"&"}, 5
_WHERE = words_of("through from over into along")
_BARE, _BARE_ROW = 0.1, 15
_DETERMINERS = words_of("a this these that those no any some only more less fewer")
_NOUNS_TOO = words_of(
    """
    updates controls processes shares means stops starts runs acts works designs causes copies drops flows links lives
    lies ranges scales focus estimates exchanges pulls needs shows stores moves
    """
)


def disorders(words: Sequence[str], known: Verbs) -> int:
    """At how many places words of a sentence stand in an order that no sentence has."""
    found = sum(_are_apart(*pair) for pair in pairwise([*words, "."]))
    return found + _is_frame_of_keywords(words, known) + _MANY * is_chain(words)


def is_row(words: Sequence[str], known: Verbs) -> bool:
    """Whether words stand side by side without an article, a pronoun, or a word that can only be a verb.

    Nor with as many small words between them as hold a sentence of plurals together ("layers consist of two parts, one
    for reading and one for writing").
    """
    binding = sum(word in _BINDING for word in words)
    return _LEAST_BOUND * len(words) > binding and not any(
        word in _SMALL or (word in known.forms and word.endswith("s") and word not in _NOUNS_TOO) for word in words
    )


def is_chain(words: Sequence[str]) -> bool:
    """Whether words are strung together by nothing but "and"."""
    joints = sum(word in _JOINTS for word in words)
    return joints >= _MANY_JOINTS and 4 * joints > len(words)


def unsaid(sentences: Sequence[Sequence[str]], known: Verbs) -> list[bool]:
    """For each sentence of an answer, whether it is only words; in an answer that mostly is, all of it is."""
    counts = [disorders(words, known) for words in sentences]
    long = [count for count, words in zip(counts, sentences, strict=True) if len(words) >= _SHORT]
    mostly = sum(count > 0 for count in long)
    if mostly >= _MANY and 2 * mostly >= len(long):
        return [True for _ in counts]
    framed = [_is_framed(words) for words in sentences]
    bare = _are_bare([words for words, frame in zip(sentences, framed, strict=True) if frame])
    return [count >= _MANY or (bare and frame) for count, frame in zip(counts, framed, strict=True)]


def _is_framed(words: Sequence[str]) -> bool:
    """Whether a sentence begins with "It is", "There are", "This has"."""
    return len(words) >= _SHORT and words[0] in _FRAMES and words[1] in _BEING


def _are_bare(framed: Sequence[Sequence[str]]) -> bool:
    """Whether sentences that begin as sentences do go on as lists of words, with hardly a small one between."""
    rest = [word for words in framed for word in words[2:] if word.isalpha()]
    small = sum(word in _PREPOSITIONS | _JOINING | _ARTICLES | _DETERMINERS for word in rest)
    return len(framed) >= _MANY and len(rest) >= _BARE_ROW and small < _BARE * len(rest)


def _is_second_verb(at: int, words: Sequence[str], known: Verbs) -> bool:
    """Whether a word can only be a verb here: "takes", or "flows" in "error flows from"."""
    word, following = words[at], words[at + 1 : at + 2]
    if word not in known.forms or not word.endswith("s"):
        return False
    return word not in _NOUNS_TOO or (at > 0 and not _WHERE.isdisjoint(following))


def _are_apart(one: str, other: str) -> bool:
    """Whether the second word cannot stand right behind the first."""
    if one in _ARTICLES and (other in _BEHIND_ARTICLES or other in _STOP) and (one, other) not in _OF_LOGIC:
        return True
    if one in _GOVERNING and other in _NOT_BEHIND_PREPOSITIONS:
        return True
    if one in _MODALS | {"to"} and other in _FINITE - {"do", "have"}:
        return True
    if one in _MODALS and other.endswith(_NOUN_ENDINGS):
        return True
    if one in _ARTICLES | {"a"} and other in _NEVER_NOUNS:
        return True
    return other in _NEVER_BEHIND.get(one, ()) or (other == "." and one in _NEVER_LAST)


def _is_frame_of_keywords(words: Sequence[str], known: Verbs) -> bool:
    """ "It is cell takes input": a second verb, with nothing that joins it to the first."""
    if not _is_framed(words):
        return False
    rest = words[2:]
    end = next((at for at, word in enumerate(rest) if word in _BOUNDARY), len(rest))
    if any(_is_second_verb(at, rest, known) for at in range(end)):
        return "the" not in rest[:end]
    return end >= _ROW and not (_PREPOSITIONS | _JOINING | _ARTICLES | {"a"}).intersection(rest[:end])
