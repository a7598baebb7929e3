"""Whether a claim is made of its whole object, and everywhere.

"The weights are different for input and state" speaks of two things together, "at the first word, it has only the
future" of one place.
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


def is_of_a_part(found: Fit, passage: Passage) -> bool:
    """Whether a claim is made of several things together, or of one place alone."""
    return _has_a_joint_object(found, passage) or _holds_at_a_place(found, passage)


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
    """ "At the first word, ..." """
    first = min(found.places)
    return first > 0 and passage.stems[0] in _PLACES and "," in passage.stems[:first]


def _is_verb(place: int, passage: Passage) -> bool:
    return place in passage.verbs or place in passage.participles or passage.stems[place] in _AUXILIARIES
