"""Of whom a wrong statement is said: what a claim is about.

"It has three gates" is wrong of a GRU and right of an LSTM. What a claim is about is named in it, or in what stands
before it: the last name that is not merely compared with ("unlike an LSTM", "than an LSTM", "like the LSTM").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.language.prose.english import STOPWORDS
from grader.language.prose.heads import is_of_another_head
from grader.language.prose.joint import is_joined
from grader.language.prose.match import Fit, named
from grader.language.prose.passages import Passage
from grader.language.prose.patterns import Occurrence, Part, slot_of
from grader.language.prose.plain import is_plain
from grader.language.prose.predicates import is_not_merely, is_of_another
from grader.language.prose.scope import is_of_a_part
from grader.language.prose.words import stem, stems_of
from grader.pack.questions import Misconception

_COMPARING = stems_of(
    "unlike than like compared contrast similar same identical versus vs from opposed difference differ different"
)
_LIMITING = stems_of(
    """
    long longer far distant all whole entire only few many much well hundred thousand dozen some certain directly
    explicit explicitly verbatim but itself themselves instead just merely literally
    again ever forever everything every always completely perfectly fully limited limit exactly
    anymore
    """
)
_LIKE = stems_of("like unlike than except")
_OF_IT = stems_of("where which who whose")
_CUTTING_OFF = stems_of(
    """
    remove removes eliminate eliminates omit omits dispense dispenses rid drop drops merge merges combine combines fuse
    fuses replace replaces replacing merging skip skips abandon abandons than why whether
    """
)
_AWAY_WITH = ("away", "with")
_NEAR, _FAR, _APART = 3, 5, 2
_SMALL = frozenset(map(stem, STOPWORDS)) | stems_of("other simple plain ordinary standard full usual normal any")


def may_state(passage: Passage, wrong: Misconception) -> Callable[[Fit], bool]:
    """Tells whether a claim is made of that of which it is wrong, be it plainly or not."""

    def accepts(found: Fit) -> bool:
        return not (
            is_not_merely(found, passage) or _is_about_another(found, passage, wrong) or _is_cut_off(found, passage)
        )

    return accepts


def states(part: Part, passage: Passage, wrong: Misconception) -> Callable[[Fit], bool]:
    """Tells whether it is made plainly, and nothing beside it makes it true."""
    of_it = may_state(passage, wrong)

    def accepts(found: Fit) -> bool:
        return (
            of_it(found)
            and is_plain(found, passage)
            and not is_joined(found, passage)
            and not is_of_another(found, passage)
            and not is_of_a_part(found, passage)
            and not is_of_another_head(found, passage)
            and not _is_limited(part, found, passage)
            and not _has_right_words(found, passage, wrong)
        )

    return accepts


def _is_about_another(found: Fit, passage: Passage, wrong: Misconception) -> bool:
    """Whether a claim is about something of which it is true."""
    if not wrong.others:
        return False
    chains = {passage.chains[place] for place in found.places}
    inside = {place for place, chain in enumerate(passage.chains) if chain in chains}
    if any(_is_meant(each, found, passage) for each in _names(wrong.others, passage) if each.start in inside):
        return True
    mine = any(each.start in inside for each in _names(wrong.about, passage))
    return not mine and _last_named_is_another(min(inside), passage, wrong)


def _is_meant(name: Occurrence, found: Fit, passage: Passage) -> bool:
    """Whether a name says what a claim is about: it is not part of the claim, nor denied or compared with."""
    if found.places.issuperset(range(name.start, name.end)) or passage.denied[name.start]:
        return False
    compared = _is_compared(name.start, passage)
    return not compared or _goes_on_about(name, found, passage)


def _has_right_words(found: Fit, passage: Passage, wrong: Misconception) -> bool:
    """Whether words stand in the sentence that make it true."""
    return any(
        each.start not in found.places and not passage.denied[each.start] for each in _names(wrong.right, passage)
    )


def _is_cut_off(found: Fit, passage: Passage) -> bool:
    """Whether a word among those of a claim takes it apart: "drops the cell state", "one gate more than two gates"."""
    if any(_is_likened(place, found, passage) for place in found.places):
        return True
    inside = range(min(found.places), max(found.places))
    return any(
        place not in found.places
        and (passage.stems[place] in _CUTTING_OFF or passage.stems[place : place + 2] == _AWAY_WITH)
        for place in inside
    )


def _is_likened(place: int, found: Fit, passage: Passage) -> bool:
    """ "A memory like the cell state": what a claim needs is named only for comparison."""
    at = place - 1
    while at >= 0 and passage.stems[at] in _SMALL and passage.stems[at] not in _LIKE and at not in found.places:
        at -= 1
    return at >= 0 and passage.stems[at] in _LIKE and at not in found.places and at > min(found.places)


def _is_limited(part: Part, found: Fit, passage: Passage) -> bool:
    """Whether a claim that denies something denies only some of it: "cannot remember everything", "not for long"."""
    if not any(slot.denied for slot in part.slots):
        return False
    first, last = max(min(found.places) - _NEAR, 0), max(found.places) + _NEAR
    chains = {passage.chains[place] for place in found.places}
    return any(
        word in _LIMITING
        and passage.chains[place] in chains
        and place not in found.places
        and (word != "but" or place > min(found.places))
        for place, word in enumerate(passage.stems[first : last + 1], start=first)
    )


def _last_named_is_another(first: int, passage: Passage, wrong: Misconception) -> bool:
    """Whether the last name before a claim, in its sentence or in those before it, is one of which it is true.

    Without any the rest of its sentence counts.
    """
    for number, sentence in enumerate((passage, *reversed(passage.before))):
        end = first if number == 0 else len(sentence.stems)
        mine = max((each.start for each in _names(wrong.about, sentence) if each.start < end), default=-1)
        others = [
            each.start
            for each in _names(wrong.others, sentence)
            if each.start < end and not _is_compared(each.start, sentence)
        ]
        if max(mine, *others, -1) >= 0:
            return mine < 0
    later = [each.start for each in _names(wrong.others, passage) if not _is_compared(each.start, passage)]
    return bool(later and wrong.about) and not _names(wrong.about, passage)


def _names(names: str, passage: Passage) -> Sequence[Occurrence]:
    return named(slot_of(names), passage) if names else ()


def _goes_on_about(name: Occurrence, found: Fit, passage: Passage) -> bool:
    """ "Unlike an MLP, where each layer has its own weights" speaks of the MLP, "fewer gates than an MLP with its own"
    and "differs from an MLP, which has its own" do, too."""
    rest = min((place for place in found.places if place >= name.end), default=name.end)
    between = passage.stems[name.end : rest]
    if name.start < min(found.places) and not _OF_IT.isdisjoint(between):
        return True
    with_it = between[:1] == ("with",) and "," not in between
    return with_it or not _OF_IT.isdisjoint(between[:_APART])


def _is_compared(place: int, passage: Passage) -> bool:
    """ "unlike an LSTM", "than the LSTM", "the same gates as in LSTMs" """
    before = passage.stems[max(place - _FAR, 0) : place]
    for at, word in reversed(list(enumerate(before))):
        if word in _COMPARING or (word == "as" and not _COMPARING.isdisjoint(before[:at])):
            return True
        if word not in _SMALL:
            return False
    return False
