"""Whether a claim is made by its own verb, and of its own object.

"The peephole can time a future event": it is the event that lies ahead, and the verb is another one. "The GRU has given
up the cell state": what is taken for the verb only helps another. "It sees the future only once ...": what is taken for
"only" belongs to what follows. "Two gates more than", "a cell with three gates": the object is one of something else.
"""

from __future__ import annotations

from grader.language.prose.english import AUXILIARIES, MERELY, NEGATORS, STOPWORDS
from grader.language.prose.match import Fit
from grader.language.prose.passages import Passage
from grader.language.prose.words import stem, stems_of

_MERELY = frozenset(map(stem, MERELY))
_NEGATORS = frozenset(map(stem, NEGATORS))
_AUXILIARIES = frozenset(stem(word) for word in AUXILIARIES if not word.endswith("'s"))
_SMALL = frozenset(map(stem, STOPWORDS)) | stems_of("its only just also always all")
_AND = stems_of("and or then")
_CONDITIONS = stems_of("once when if after because since where until as")
_DEGREES = stems_of("more less fewer most least further too extra")
_AS_MANY = ("as", stem("many"))
_COPULAR = stems_of(
    """
    bounded limited confined restricted located placed arranged called named made used equipped based put designed
    composed comprised built formed known supposed allowed able shared controlled regulated squashed mapped required
    needed connected set found obtained achieved done computed calculated processed passed
    """
)
_BE = stems_of("is are was be")
_FOR = stems_of("for to that")
_AMOUNTS = stems_of("set pair total number kind sort type group sum made up consist")
_QUALITIES = stems_of("different separate own new distinct individual another other")
_ADVERBS = stems_of(
    "well very only just also always ideally perfectly best mostly mainly usually often typically then exactly"
)
_PARTS = stems_of("half part some quarter third neither none few fraction")
_WHICH = stems_of("which that who")
_ACTING = stems_of("multiply divide add subtract scale weigh filter blend mix compare shift erase write")
_NEEDED = stems_of("needed required used necessary involved")
_HELPED, _FAR = 2, 5


def is_not_merely(found: Fit, passage: Passage) -> bool:
    """ "not only the future": what a claim takes for "only" is denied."""
    return any(
        place > 0
        and passage.stems[place] in _MERELY
        and place - 1 not in found.places
        and passage.stems[place - 1] in _NEGATORS
        for place in found.places
    )


def is_of_another(found: Fit, passage: Passage) -> bool:
    """Whether the verb or the object of a claim is that of something else."""
    return (
        _is_object_of_another(found, passage)
        or _only_helps(found, passage)
        or _limits_what_follows(found, passage)
        or _is_of_degree(found, passage)
        or _compares_unlike(found, passage)
        or _is_had_by_another(found, passage)
        or _is_of_a_part(found, passage)
        or _is_said_in_passing(found, passage)
        or _qualifies_another(found, passage)
        or _is_something_else(found, passage)
        or _is_for_something(found, passage)
    )


def _is_object_of_another(found: Fit, passage: Passage) -> bool:
    """Whether a verb that is no part of the claim stands between its verb and its last words.

    A claim that names no verb has none but one that says where something is.
    """
    own = [place for place in found.places if _is_verb(place, passage)]
    first, last = min(own or found.places), max(found.places)
    verbs = passage.verbs if own else passage.participles | _acting(passage)
    return any(
        place in verbs
        and place not in found.places
        and passage.stems[place] not in _COPULAR
        and passage.stems[place - 1] not in _AND
        for place in range(first, last)
    )


def _acting(passage: Passage) -> frozenset[int]:
    """Verbs that do something to an object, rather than saying what or where something is."""
    return frozenset(at for at in passage.verbs if passage.stems[at] in _ACTING)


def _only_helps(found: Fit, passage: Passage) -> bool:
    """ "is trained by", "has given up": the auxiliary of a verb that is no part of the claim."""
    return any(
        after in passage.participles and after not in found.places and passage.stems[after] not in _COPULAR
        for place in found.places
        if passage.stems[place] in _AUXILIARIES
        for after in range(place + 1, min(place + 1 + _HELPED, max(found.places)))
    )


def _limits_what_follows(found: Fit, passage: Passage) -> bool:
    """ "only once the sequence is complete" """
    return any(
        passage.stems[place] in _MERELY and not _CONDITIONS.isdisjoint(passage.stems[place + 1 : place + 2])
        for place in found.places
    )


def _is_of_degree(found: Fit, passage: Passage) -> bool:
    """ "two gates more than", "as many gates as" """
    behind = max(found.places) + 1
    if any(passage.stems[max(place - 2, 0) : place] == _AS_MANY for place in found.places):
        return True
    return passage.stems[behind : behind + 1] != () and passage.stems[behind] in _DEGREES


def _compares_unlike(found: Fit, passage: Passage) -> bool:
    """ "Two layers of a GRU have more than one of an LSTM", "than a small LSTM": unlike things are compared."""
    than = next((place for place in found.places if passage.stems[place] == "than"), None)
    if than is None:
        return False
    chain, last = passage.chains[than], max(found.places)
    return any(
        (word[0].isdigit() and passage.chains[place] == chain) or (than < place < last and word not in _SMALL)
        for place, word in enumerate(passage.stems)
        if place not in found.places
    )


def _is_had_by_another(found: Fit, passage: Passage) -> bool:
    """ "It became a cell with three gates", "RNNs with gates remember longer": the claim names but does not state."""
    first, last = min(found.places), max(found.places)
    verb = min((place for place in found.places if _is_verb(place, passage)), default=last)
    for place in range(first + 1, last):
        if passage.stems[place] != "with" or passage.stems[place + 1] == "it":
            continue
        if place not in found.places or verb < place:
            if _is_other_noun(place - 1, found, passage):
                return True
        elif any(
            at not in found.places and passage.chains[at] == passage.chains[last]
            for at, _ in enumerate(passage.stems)
            if _acts(at, passage) or (at > last and passage.stems[at] in _BE)
        ):
            return True
    return False


def _is_other_noun(place: int, found: Fit, passage: Passage) -> bool:
    word = passage.stems[place]
    return not (
        place in found.places or word in _SMALL | _COPULAR | _AMOUNTS | _NEGATORS or place in passage.participles
    ) and not _is_verb(place, passage)


def _qualifies_another(found: Fit, passage: Passage) -> bool:
    """ "W has different entries": what is different is none of the claim."""
    return any(
        passage.stems[place] in _QUALITIES
        and place + 1 < max(found.places)
        and _is_other_noun(place + 1, found, passage)
        for place in found.places
    )


def _is_something_else(found: Fit, passage: Passage) -> bool:
    """ "is steepest between": what the subject is, is no part of the claim."""
    stated = any(_is_verb(place, passage) for place in found.places)
    return any(
        passage.stems[place] in _BE
        and (place in found.places or not stated)
        and passage.stems[place + 1] not in _ADVERBS
        and _is_other_noun(place + 1, found, passage)
        for place in range(min(found.places), max(found.places) - 1)
    )


def _is_for_something(found: Fit, passage: Passage) -> bool:
    """ "two gates for the memory", "two gates that the GRU has not": there may be more."""
    numbers = any(passage.stems[place][0].isdigit() for place in found.places)
    last = max(found.places)
    limited = not _MERELY.isdisjoint(passage.stems[: last + 1]) and last not in passage.participles
    if not numbers or passage.stems[last][0].isdigit():
        return False
    if _is_needed_for(last, passage):
        return True
    return not limited and not _FOR.isdisjoint(passage.stems[last + 1 : last + 2])


def _is_needed_for(last: int, passage: Passage) -> bool:
    """ "only two gates are needed to update the cell" """
    behind = passage.stems[last : last + 3]
    return any(word in _NEEDED and not _FOR.isdisjoint(behind[at + 1 : at + 2]) for at, word in enumerate(behind))


def _is_of_a_part(found: Fit, passage: Passage) -> bool:
    """ "half of the range", "none of them" """
    first = min(found.places)
    before = passage.stems[max(0, first - _FAR) : first]
    return any(word in _PARTS and before[at + 1 : at + 2] == ("of",) for at, word in enumerate(before))


def _is_said_in_passing(found: Fit, passage: Passage) -> bool:
    """ "has a hidden state which is its cell state": between verb and object a clause of its own begins."""
    own = [place for place in found.places if _is_verb(place, passage)]
    return bool(own) and any(
        passage.stems[place] in _WHICH and place not in found.places and place + 1 not in found.places
        for place in range(min(own), max(found.places))
        if _is_verb(place + 1, passage)
    )


def _acts(place: int, passage: Passage) -> bool:
    """Whether a word is a verb that says more than that something is."""
    return place in passage.verbs or (place in passage.participles and passage.stems[place] not in _COPULAR)


def _is_verb(place: int, passage: Passage) -> bool:
    return place in passage.verbs or passage.stems[place] in _AUXILIARIES
