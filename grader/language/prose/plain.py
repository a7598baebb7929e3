"""Whether a sentence says something plainly enough to be held against its author.

A way of a misconception may fit a sentence that says the contrary, or speaks of something else: "Two gates are not
enough", "unlike the LSTM", "a stack would read". What denies, compares or supposes, and is not itself part of the
statement, makes a question of the accusation. What stands behind the statement, in a part of its own ("what is not
needed", ", not two"), denies nothing in it; nor does a comparison that is over before it begins.
"""

from __future__ import annotations

from grader.language.prose.english import DENIES_ITSELF_ALONE, MERELY, NEGATORS
from grader.language.prose.match import Fit
from grader.language.prose.passages import Passage
from grader.language.prose.words import stem, stems_of

_HARMLESS = stems_of("difficult difficulty hard struggle struggles struggled ignore fail")
_NEGATORS = frozenset(map(stem, NEGATORS)) - _HARMLESS
_COMPARING = stems_of("unlike while whereas contrast contrary although though despite")
_SUPPOSING = stems_of(
    """
    instead rather except apart nobody nowhere hardly barely scarcely wrong false untrue myth mistake would could might
    should may if unless were suppose wouldn't couldn't we'd they'd it'd you'd missing absent excluded superfluous
    unnecessary unneeded vain unfit useless ruled opposite otherwise else round gone compromise workaround drawing figure
    picture diagram sketch tied fused
    """
)
_MODAL = stems_of("should may")
_NEEDED = frozenset(map(stem, DENIES_ITSELF_ALONE))
_MERELY = frozenset(map(stem, MERELY))
_RELATIVE = stems_of("what that which")
_DOUBTS = stems_of("doubt deny")
_OF_IT = stems_of("where which who whose")
_ONCE = stems_of("originally original formerly initially historically")
_CENTURIES, _YEAR = ("19", "20"), 4
_COMPARED = 2
_PARTS = frozenset([",", ";", ":", "(", "."]) | stems_of("and that because so which since what who where")
_LABELS = frozenset([":", "="])


def is_plain(found: Fit, passage: Passage) -> bool:
    """Whether nothing in the sentence but the statement itself denies, compares or supposes."""
    if not passage.statement and _LABELS.isdisjoint(passage.stems[:6]):
        return False
    if _is_history(found, passage):
        return False
    demanded = {at for place in found.places for at in passage.denied[place]}
    first, last = min(found.places), max(found.places)
    return not any(
        _spoils(place, passage, first, last)
        for place in range(len(passage.stems))
        if place not in found.places and place not in demanded
    )


def _is_history(found: Fit, passage: Passage) -> bool:
    """ "In 1997 it had two gates", "originally there were two" """
    chains = {passage.chains[place] for place in found.places}
    return any(
        passage.chains[place] in chains and (word in _ONCE or (len(word) == _YEAR and word[:2] in _CENTURIES))
        for place, word in enumerate(passage.stems)
    )


def _spoils(place: int, passage: Passage, first: int, last: int) -> bool:
    word = passage.stems[place]
    if not _DOUBTS.isdisjoint(passage.stems[place + 1 : place + 3]):
        return False
    behind = place > last and not _PARTS.isdisjoint(passage.stems[last:place])
    if word in _COMPARING:
        return not (behind or (place < first - _COMPARED and not _is_about_the_compared(passage, first)))
    if word in _NEGATORS:
        return not (behind or _denies_itself(place, passage))
    if word in _MODAL and passage.stems[place - 1 : place] and passage.stems[place - 1] in _RELATIVE:
        return False
    return word in _SUPPOSING


def _is_about_the_compared(passage: Passage, first: int) -> bool:
    """ "Unlike a deep network, where each layer has its own weights, ..." speaks of the deep network."""
    comma = max((at for at in passage.places.get(",", ()) if at < first), default=first)
    return not _OF_IT.isdisjoint(passage.stems[comma:first])


def _denies_itself(place: int, passage: Passage) -> bool:
    """ "not only", and "what is not needed"."""
    following = passage.stems[place + 1 : place + 3]
    relative = not _RELATIVE.isdisjoint(passage.stems[max(0, place - 3) : place])
    return bool(following) and (following[0] in _MERELY or (relative and not _NEEDED.isdisjoint(following)))
