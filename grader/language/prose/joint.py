"""Whether a claim is made of its subject alone.

"Clipping and good luck help against both" says nothing of clipping alone, "clipping with an LSTM" neither. Where the
subject is joined with something that is no part of the claim, nothing is said plainly; nor is it where "respectively",
"the former", "together" share out among several what is said of all.
"""

from __future__ import annotations

from grader.language.lexicon import ACCOMPANYING, COORDINATING
from grader.language.prose.english import AUXILIARIES, MERELY, NEGATORS, STOPWORDS
from grader.language.prose.match import Fit
from grader.language.prose.passages import Passage
from grader.language.prose.words import stem, stems_of

_ALONG = frozenset(map(stem, ACCOMPANYING))
_JOINTS = frozenset(map(stem, COORDINATING)) | _ALONG
_TOGETHER = stems_of("together jointly")
_SHARING = stems_of("respectively former latter respective")
_PARTS = frozenset([";", ":", "(", ")", ".", "|", "="])
_NO_NOUNS = frozenset(map(stem, STOPWORDS | AUXILIARIES | NEGATORS | MERELY)) | stems_of(
    "not also then so thus therefore even still again now because if when while where but"
)
_AUXILIARIES = frozenset(stem(word) for word in AUXILIARIES if not word.endswith("'s"))
_OWN = (("it",), ("their",))
_COMMA = frozenset([","])
_BETWEEN = stems_of("between")
_WITHIN = frozenset([","]) | stems_of("in at by for on from into through")
_MODIFIERS, _NEAR = 3, 4


def is_joined(found: Fit, passage: Passage) -> bool:
    """Whether a claim is made of several together."""
    return (
        _is_shared_out(found, passage)
        or _is_one_of_a_row(found, passage)
        or _goes_on(found, passage)
        or _comes_behind(found, passage)
        or _is_accompanied(found, passage)
    )


def _is_shared_out(found: Fit, passage: Passage) -> bool:
    chains = {passage.chains[place] for place in found.places}
    last = max(found.places)
    return any(
        (word in _SHARING or (word in _TOGETHER and place < last))
        and passage.chains[place] in chains
        and place not in found.places
        for place, word in enumerate(passage.stems)
    )


def _is_one_of_a_row(found: Fit, passage: Passage) -> bool:
    """Whether the noun of the subject is said once for several: "the forget, input and output gates"."""
    first = min(found.places)
    return first + 1 in found.places and passage.stems[first + 1] in _JOINTS | _COMMA


def _goes_on(found: Fit, passage: Passage) -> bool:
    """Whether the subject goes on before there is a verb: "clipping and good luck help", "clipping with an LSTM"."""
    joined, first = False, min(found.places)
    for place in range(first + 1, len(passage.stems)):
        word = passage.stems[place]
        if _is_verb(place, passage) or word in _PARTS or (joined and place in found.places):
            return False
        if not joined and place > first + _NEAR:
            return False
        if place in found.places:
            continue
        if joined and word not in _NO_NOUNS and word != ",":
            return True
        joined = joined or (word in _JOINTS and passage.stems[place + 1 : place + 2] not in _OWN)
    return False


def _comes_behind(found: Fit, passage: Passage) -> bool:
    """Whether the subject is the second of two: "good luck and clipping help"."""
    first = min(found.places)
    if _is_verb(first, passage):
        return False
    place = first - 1
    while place >= 0 and first - place <= _MODIFIERS and passage.stems[place] not in _JOINTS:
        if _is_verb(place, passage) or passage.stems[place] in _PARTS | _WITHIN:
            return False
        place -= 1
    if place < 1 or passage.stems[place] not in _JOINTS:
        return False
    before = range(max((at for at in range(place) if passage.stems[at] in _PARTS), default=-1) + 1, place)
    return any(passage.stems[at] not in _NO_NOUNS for at in before) and not any(
        passage.stems[at] in _BETWEEN or _is_verb(at, passage) for at in before
    )


def _is_verb(place: int, passage: Passage) -> bool:
    return place in passage.verbs or passage.stems[place] in _AUXILIARIES


def _is_accompanied(found: Fit, passage: Passage) -> bool:
    """ "With an LSTM, clipping ...": what stands in front takes part."""
    first = min(found.places)
    opening = passage.stems[:first]
    if not opening or opening[0] not in _ALONG or "," not in opening or opening[1:2] in _OWN:
        return False
    return not any(_is_verb(place, passage) for place in range(first))
