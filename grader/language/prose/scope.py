"""Whether a claim is made of its whole object, and everywhere.

"The weights are different for input and state" speaks of two things together, "at the first word, it has only the
future" of one place, "what is stored once the old was thrown away" of what another does before; and "becomes a very
large problem" says how large the problem is.
"""

from __future__ import annotations

from grader.language.lexicon import ACCOMPANYING, COORDINATING
from grader.language.prose.english import AUXILIARIES, MERELY, NEGATORS, STOPWORDS
from grader.language.prose.match import Fit
from grader.language.prose.passages import Passage
from grader.language.prose.words import stem, stems_of

_AUXILIARIES = frozenset(stem(word) for word in AUXILIARIES if not word.endswith("'s"))
_NO_NOUNS = frozenset(map(stem, STOPWORDS | NEGATORS | MERELY)) | _AUXILIARIES
_ARTICLES = stems_of("the a an its their each every this that all both")
_HAVING = stems_of("has have had use contain consist with comprise include own need there : = keep is are")
_JOINTS = frozenset(map(stem, (COORDINATING - {"nor"}) | ACCOMPANYING))
_GAPS = stems_of("what which how")
_PLACES = stems_of("at during under near")
_ENDS = stems_of("first last start begin beginning end outset moment initial")
_BEFORE = stems_of("once after before until")
_SIZES = stems_of("large big huge high small tiny low short")
_ATTRIBUTIVE = stems_of("a an the in for of with at on by as to through")
_DEGREES = stems_of("very too so quite rather extremely more such")
_MEASURES = stems_of("value number zero amount size magnitude gradient norm derivative signal error")


def is_of_a_part(found: Fit, passage: Passage) -> bool:
    """Whether a claim is made of several things together, of one place or time alone, or of what is none of it."""
    return (
        _has_a_joint_object(found, passage)
        or _holds_at_a_place(found, passage)
        or _holds_after_another(found, passage)
        or _is_narrowed(found, passage)
        or _sizes_another(found, passage)
    )


def _has_a_joint_object(found: Fit, passage: Passage) -> bool:
    """ "different for input and state": what is had may be told one by one, what is done to several may not."""
    last = max(found.places)
    rest = passage.stems[last + 1 : last + 4]
    if not rest or rest[0] not in _JOINTS or any(passage.stems[place] in _HAVING for place in found.places):
        return False
    noun = next((at for at in range(last + 2, last + 1 + len(rest)) if passage.stems[at] not in _ARTICLES), None)
    if noun is None or passage.stems[noun] in _NO_NOUNS or not passage.stems[noun].isalpha():
        return False
    behind = range(last + 2, min(last + 6, len(passage.stems)))
    return not any(_is_verb(at, passage) or passage.stems[at] in _GAPS for at in behind)


def _holds_at_a_place(found: Fit, passage: Passage) -> bool:
    """ "At the first word, ...", "At the first step the network ..." """
    before = passage.stems[: min(found.places)]
    return before[:1] != () and before[0] in _PLACES and ("," in before or not _ENDS.isdisjoint(before))


def _holds_after_another(found: Fit, passage: Passage) -> bool:
    """ "It decides what is stored once the old was thrown away": between its verb and its end another clause begins."""
    own = [place for place in found.places if _is_verb(place, passage)]
    return bool(own) and any(
        passage.stems[place] in _BEFORE
        and place not in found.places
        and any(_is_verb(at, passage) and at not in found.places for at in range(min(own) + 1, place))
        for place in range(min(own), max(found.places))
    )


def _is_narrowed(found: Fit, passage: Passage) -> bool:
    """ "The layer that goes backwards has only the future": one of several, which the claim does not name."""
    first = min(found.places)
    rest = min((place for place in found.places if place > first + 1), default=first)
    at = next((place for place in range(first + 1, rest) if place not in found.places), rest)
    return at + 2 < rest and passage.stems[at] == "that" and _is_verb(at + 1, passage)


def _sizes_another(found: Fit, passage: Passage) -> bool:
    """ "A very large problem", "in very large networks": the size of what is no part of the claim."""
    for place in found.places:
        following = passage.stems[place + 1 : place + 2]
        if passage.stems[place] not in _SIZES or not following or place + 1 in found.places:
            continue
        noun = following[0]
        if not noun.isalpha() or noun in _NO_NOUNS | _MEASURES or _is_verb(place + 1, passage):
            continue
        at = place - 1
        while at > 0 and passage.stems[at] in _DEGREES:
            at -= 1
        if at >= 0 and passage.stems[at] in _ATTRIBUTIVE and noun not in _JOINTS:
            return True
    return False


def _is_verb(place: int, passage: Passage) -> bool:
    return place in passage.verbs or place in passage.participles or passage.stems[place] in _AUXILIARIES
