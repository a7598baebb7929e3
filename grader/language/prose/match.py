"""Where a passage fills the slots of a statement."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from grader.language.prose.english import AUXILIARIES, PRONOUNS, STOPWORDS
from grader.language.prose.passages import Passage
from grader.language.prose.patterns import Occurrence, Part, Phrase, Slot
from grader.language.prose.words import stem, stems_of

CLOSE = 6
CLOSE_IN_CLAIM = 9
MAX_SPAN = 45
MAX_OCCURRENCES = 8
MAX_TRIALS = 600
ROW = 5
_LIST_MARKS = frozenset([",", ";", "|", "."])
_SMALL_WORDS = frozenset(map(stem, STOPWORDS))
_ARTICLES = frozenset(["the", "a", "an"])
_NOTHING = (_SMALL_WORDS | frozenset(map(stem, AUXILIARIES))) - frozenset(map(stem, PRONOUNS))
_OF_ANYTHING = frozenset(map(stem, PRONOUNS)) | stems_of("work go happen everything nothing all something well good")
"""What says nothing, and what is said of anything before a condition: beside it, all stands in the condition."""
_OLD = frozenset(map(stem, ("old", "same", "shared", "fixed", "constant", "identical", "equal", "unchanged")))
_COORDINATORS = frozenset(["and", "or", ",", "/"])


@dataclass(frozen=True, slots=True)
class Fit:
    """How a passage makes a statement: over how many words, with how many corrected words, and with which words."""

    span: int
    corrected: int
    places: frozenset[int]


def fit(part: Part, passage: Passage, accepts: Callable[[Fit], bool] | None = None) -> Fit | None:
    """The first way in which the slots of `part` are filled in `passage`, or None.

    With `accepts` it is the first within one claim (`clauses.chains`) that is accepted.
    """
    if any(slot.cannot_be_in(passage.places.keys()) for slot in part.slots):
        return None
    found = [named(slot, passage) for slot in part.slots]
    own = {place for slot in found for each in slot for place in range(each.start, each.end)}
    deny = _denying(part, found, passage)
    allowed = [_allowed(slot, each, passage, own, deny) for slot, each in zip(part.slots, found, strict=True)]
    if not all(allowed):
        return None
    barriers = [
        (slot, each) for slot in part.forbidden for each in _allowed(slot, named(slot, passage), passage, own, {})
    ]
    if any(slot.anywhere for slot, _ in barriers):
        return None
    return _search(part.slots, allowed, [each for _, each in barriers], passage, accepts)


def named(slot: Slot, passage: Passage) -> tuple[Occurrence, ...]:
    """Where a phrase of a slot stands in a passage, denied or not."""
    if slot not in passage.named:
        passage.named[slot] = tuple(_occurrences(slot, passage))
    return passage.named[slot]


def fits_but_one(part: Part, passage: Passage) -> bool:
    """Whether nothing but one slot of a part with at least three is missing."""
    if len(part.slots) < 3:
        return False
    empty = [slot for slot in part.slots if not named(slot, passage)]
    if len(empty) != 1:
        return False
    rest = tuple(slot for slot in part.slots if slot is not empty[0])
    return fit(Part(rest, part.forbidden), passage) is not None


def _denying(part: Part, found: Sequence[Sequence[Occurrence]], passage: Passage) -> dict[int, int]:
    """The negations that the denied slots of a part demand, and from which place on: what follows is denied by them."""
    demanded: dict[int, int] = {}
    for slot, occurrences in zip(part.slots, found, strict=True):
        for each in occurrences if slot.denied else ():
            for at in passage.denied[each.start]:
                if _SMALL_WORDS.issuperset(passage.stems[at + 1 : each.start]):
                    demanded[at] = min(each.start, demanded.get(at, each.start))
    return demanded


def _allowed(
    slot: Slot, found: Sequence[Occurrence], passage: Passage, own: set[int], deny: dict[int, int]
) -> list[Occurrence]:
    """The occurrences that are denied or not, as the slot demands.

    What the author does not assert fills no slot. A negation that itself fills a slot ("prevents", "no longer") belongs
    to the statement and denies nothing in it; nor does one that a slot before demands ("weights are not shared across
    steps" says it of steps).
    """
    said = [each for each in found if slot.forbidden or passage.held.isdisjoint(range(each.start, each.end))]
    if slot.denied:
        return [each for each in said if _is_denied(each, passage, set())]
    return [each for each in said if not _is_denied(each, passage, own | _demanded(each, deny))]


def _demanded(each: Occurrence, deny: dict[int, int]) -> set[int]:
    return {at for at, start in deny.items() if start < each.start}


def _is_denied(occurrence: Occurrence, passage: Passage, own: set[int]) -> bool:
    return any(passage.denied[place] - own for place in range(occurrence.start, occurrence.end))


def _search(
    slots: Sequence[Slot],
    found: Sequence[list[Occurrence]],
    barriers: Sequence[Occurrence],
    passage: Passage,
    accepts: Callable[[Fit], bool] | None,
) -> Fit | None:
    trials = 0
    reach = CLOSE if accepts is None else CLOSE_IN_CLAIM

    def extend(chosen: list[Occurrence]) -> Fit | None:
        nonlocal trials
        if len(chosen) == len(slots):
            return _judge(chosen, barriers, passage, accepts)
        slot = slots[len(chosen)]
        for each in found[len(chosen)][:MAX_OCCURRENCES]:
            trials += 1
            if trials > MAX_TRIALS:
                return None
            if _fits(slot, each, chosen, reach) and (result := extend([*chosen, each])):
                return result
        return None

    return extend([])


def _fits(slot: Slot, each: Occurrence, chosen: Sequence[Occurrence], reach: int) -> bool:
    if any(each.start == other.start for other in chosen):
        return False
    if not chosen:
        return True
    last = chosen[-1]
    if slot.after and each.start < last.start:
        return False
    return not slot.close or (each.start - last.end < reach and last.start - each.end < reach)


def _judge(
    chosen: Sequence[Occurrence],
    barriers: Sequence[Occurrence],
    passage: Passage,
    accepts: Callable[[Fit], bool] | None,
) -> Fit | None:
    first, last = min(each.start for each in chosen), max(each.end for each in chosen)
    if last - first > MAX_SPAN or any(first <= each.start < last for each in barriers):
        return None
    if not (passage.statement or _is_enumeration(chosen, passage.stems[first:last])):
        return None
    used = {place for each in chosen for place in range(each.start, each.end)}
    if _is_supposed(used, passage):
        return None
    found = Fit(last - first, len(used & passage.corrected), frozenset(used))
    apart = len(used) == sum(each.end - each.start for each in chosen)
    refused = accepts is not None and not (apart and _is_one_claim(used, passage) and accepts(found))
    return None if refused else found


def _is_supposed(places: Collection[int], passage: Passage) -> bool:
    """ "Everything works unless the gates see the cell state": what is said stands in the condition alone."""
    said = [place for place in places if place not in passage.supposed]
    if not passage.supposed or len(said) == len(places):
        return False
    return all(
        passage.stems[place] in _NOTHING or (passage.stems[place] in _OF_ANYTHING and not _follows(place, passage))
        for place in said
    )


def _follows(place: int, passage: Passage) -> bool:
    """Whether a word stands behind a condition in its sentence: "if it is small, it vanishes"."""
    begin = next((at + 1 for at in range(place, -1, -1) if passage.stems[at] == "."), 0)
    return any(at in passage.supposed for at in range(begin, place))


def _is_one_claim(places: Collection[int], passage: Passage) -> bool:
    """Whether words stand in one chain of clauses; the word that begins a chain ("because") joins it to the last."""
    own = {passage.chains[place] for place in places}
    joined = {passage.chains[at] for at in places if at and passage.chains[at - 1] < passage.chains[at]}
    return len(own - joined) <= 1 and all(chain in own for chain in range(min(own), max(own) + 1))


def _is_enumeration(chosen: Sequence[Occurrence], stems: Sequence[str]) -> bool:
    """In a list of keywords single words from different items belong to nothing; terms ("update gate") may be named.

    A row of words without any small word between them is such a list, too.
    """
    is_list = (
        not _LIST_MARKS.isdisjoint(stems)
        or stems.count("and") > 2
        or (len(stems) > ROW and _SMALL_WORDS.isdisjoint(stems))
    )
    return not is_list or all(each.end - each.start > 1 for each in chosen)


def _occurrences(slot: Slot, passage: Passage) -> Iterator[Occurrence]:
    seen: set[int] = set()
    for at in _begun(slot, passage):
        phrase = slot.phrases[at]
        for start in _starts(phrase[0], passage):
            end = start + 1 if len(phrase) == 1 else _end(phrase, start, passage.stems)
            if end is not None and start not in seen:
                seen.add(start)
                yield Occurrence(start, end)


def _begun(slot: Slot, passage: Passage) -> list[int]:
    """The phrases that may stand in the passage, in the order of the slot."""
    begun = [at for first, phrases in slot.firsts.items() if first in passage.places for at in phrases]
    return sorted((*begun, *slot.prefixes))


def _starts(first: str, passage: Passage) -> Sequence[int]:
    if first.endswith("*"):
        return [place for word, places in passage.places.items() if word.startswith(first[:-1]) for place in places]
    return passage.places.get(first, ())


def _end(phrase: Phrase, start: int, stems: Sequence[str]) -> int | None:
    """Where the phrase that starts at `start` ends: its words in order, with small gaps."""
    at = start
    for word in phrase[1:]:
        reach = 2 if word.startswith("-") else 5
        wanted = word.removeprefix("-")
        found = next((i for i in range(at + 1, min(at + reach, len(stems))) if _same(wanted, stems[i])), None)
        if found is None or not _small_gap(stems[at + 1 : found]):
            return None
        if phrase[0].isdigit() and not _COORDINATORS.isdisjoint(stems[at + 1 : found]):
            return None  # "two states and three gates" are no two gates
        if found > at + 1 and stems[found - 1] in _OLD and not _COORDINATORS.isdisjoint(stems[at + 1 : found]):
            return None  # "new inputs and old weights" are no new weights
        at = found
    return at + 1


def _same(word: str, other: str) -> bool:
    return other.startswith(word[:-1]) if word.endswith("*") else word == other


def _small_gap(between: Sequence[str]) -> bool:
    return len(between) < 2 or (not _COORDINATORS.isdisjoint(between) and _ARTICLES.isdisjoint(between))
