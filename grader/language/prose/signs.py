"""What each decision about a text rests on, in a handful of numbers from which its doubt is computed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from grader.language.prose.doubt import Decision, Verdict, doubt_of
from grader.language.prose.english import STOPWORDS
from grader.language.prose.findings import ConceptFinding, MisconceptionFinding
from grader.language.prose.match import fit, named
from grader.language.prose.passages import Passage, Passages
from grader.language.prose.patterns import Occurrence, Slot, Way, vocabulary
from grader.language.prose.reading import Reading
from grader.language.prose.stated import Evidence, compiled, quoted
from grader.language.prose.words import stem, tokens
from grader.pack.questions import Concept, Misconception

Ways = tuple[tuple[str, ...], ...]

MOST = 60
"""So many sentences are looked at for what comes close: one who writes more has said what there is to say."""

_SMALL = frozenset(map(stem, STOPWORDS))
_WORDS, _LONG = 10.0, 30.0


@dataclass(frozen=True, slots=True)
class Text:
    """A text as doubt sees it: its statements, those that explain nothing that was asked for, and its wrong ones."""

    sentences: Passages
    pairs: Passages
    unread: frozenset[str]
    covered: float
    wrong: frozenset[str]
    words: float
    new: float
    common: Mapping[str, int]

    @classmethod
    def of(
        cls,
        reading: Reading,
        found: Sequence[ConceptFinding],
        evidence: Sequence[Evidence | None],
        shown: Sequence[MisconceptionFinding],
    ) -> Text:
        """The text of some findings."""
        sentences = Passages(islice((each for each in reading.sentences if each.statement), MOST))
        used = " ".join(each.text for each in evidence if each is not None)
        wrong = frozenset(sentence for each in shown for sentence in each.sentences)
        unread = frozenset(each.text for each in sentences if quoted(each.text) not in used and each.text not in wrong)
        covered = sum(each.covered for each in found) / max(len(found), 1)
        words = math.log1p(sum(len(each.stems) for each in sentences))
        new = math.log1p(sum(len(each.stems) for each in sentences if each.text in unread))
        common = Counter(word for each in found for word in _words_of(each.concept.ways))
        return cls(sentences, Passages(reading.pairs[:MOST]), unread, covered, wrong, words, new, common)


def of_concept(finding: ConceptFinding, evidence: Evidence | None, text: Text) -> Decision:
    """The decision about a concept."""
    concept = finding.concept
    if finding.covered and evidence is not None:
        signs, sentence = _of_said(concept, evidence, text), finding.sentence
        return _decision(concept.id, concept.statement, "said", sentence, signs)
    near = _near(concept.ways, (concept.statement, *concept.says), concept.says_not, text)
    signs = {
        **near.signs,
        "unread": math.log1p(len(text.unread)),
        "new": text.new,
        "length": text.words,
        "covered": text.covered,
        "listed": float(evidence is not None),
        "contrary": float(finding.contrary is not None or finding.spoiled is not None),
    }
    sentence = finding.contrary or finding.sentence or near.sentence
    return _decision(concept.id, concept.statement, "missing", sentence, signs)


def of_misconception(wrong: Misconception, shown: MisconceptionFinding | None, text: Text) -> Decision:
    """The decision about a misconception; one that is not said plainly is spared."""
    if shown is not None and shown.plain:
        length = max(len(tokens(sentence)) for sentence in shown.sentences)
        signs = {"words": length / _WORDS, "covered": text.covered, "length": text.words}
        return _decision(wrong.id, wrong.message, "accused", shown.sentence, signs)
    near = _near(wrong.ways, wrong.says, wrong.says_not, text)
    signs = {
        **near.signs,
        "asked": float(shown is not None),
        "unread": math.log1p(len(text.unread)),
        "new": text.new,
        "covered": text.covered,
    }
    return _decision(wrong.id, wrong.message, "spared", shown.sentence if shown else near.sentence, signs)


def _decision(id_: str, statement: str, verdict: Verdict, sentence: str | None, signs: dict[str, float]) -> Decision:
    shown = None if sentence is None else quoted(sentence)
    return Decision(id_, statement, verdict, shown, doubt_of(verdict, signs), signs)


def _of_said(concept: Concept, evidence: Evidence, text: Text) -> dict[str, float]:
    fits, saying = _support(compiled(concept.ways), text)
    own = [passage for passage, _ in evidence.passages]
    return {
        "pair": float(any(passage.pair for passage in own)),
        "list": float(not evidence.statement),
        "corrected": float(sum(found.corrected for _, found in evidence.passages)),
        "parts": float(len(evidence.passages) > 1),
        "loose": sum(_loose(found.places, passage) for passage, found in evidence.passages) / _WORDS,
        "fits": math.log1p(fits),
        "saying": math.log1p(saying),
        "wrong": float(any(sentence in evidence.text for sentence in text.wrong)),
        "mistaken": float(bool(text.wrong)),
        "covered": text.covered,
        "words": sum(len(passage.stems) for passage in own) / _LONG,
        "alike": max(_likeness((concept.statement, *concept.says), passage) for passage in own),
        "unlike": max(_likeness(concept.says_not, passage) for passage in own),
    }


def _loose(places: Collection[int], passage: Passage) -> int:
    """How many words that say something stand among those of a statement, and are no part of it."""
    between = range(min(places), max(places))
    return sum(at not in places and passage.stems[at].isalpha() and passage.stems[at] not in _SMALL for at in between)


def _support(ways: Sequence[Way], text: Text) -> tuple[int, int]:
    """In how many ways, and in how many sentences, something is said."""
    saying: set[str] = set()
    fits = 0
    for way in ways:
        near = text.sentences.with_all_of(way[0].slots) if len(way) == 1 else ()
        mine = {each.text for each in near if fit(way[0], each) is not None}
        fits += bool(mine)
        saying |= mine
    return fits, len(saying)


def _specific(own: Collection[str], passage: Passage, common: Mapping[str, int]) -> float:
    """How many words of a statement a passage has, those the more that few others have."""
    return sum(1 / max(common.get(word, 1), 1) ** 2 for word in passage.places if word in own)


@dataclass(frozen=True, slots=True)
class _Nearest:
    """What comes closest to a statement that a text does not make, and the signs of how close that is."""

    signs: dict[str, float]
    sentence: str | None


def _near(
    written: tuple[tuple[str, ...], ...], examples: tuple[str, ...], others: tuple[str, ...], text: Text
) -> _Nearest:
    own, lacking = _words_of(written), _lacking_of(compiled(written), text)
    best, sentence = 0.0, None
    specific = {True: 0.0, False: 0.0}
    alike = {True: 0.0, False: 0.0}
    loosely, short, denied = 0, 0, 0
    for passage in (*text.sentences, *text.pairs):
        likeness = _likeness(examples, passage)
        mine = lacking.get(id(passage), Counter())
        loosely, short, denied = max(loosely, mine[0]), max(short, mine[1]), max(denied, mine[-1])
        if not passage.pair:
            new = passage.text in text.unread
            alike[new] = max(alike[new], likeness)
            specific[new] = max(specific[new], _specific(own, passage, text.common))
        closeness = likeness + (mine[0] > 0) + 0.3 * (mine[1] > 0)
        if closeness > best:
            best, sentence = closeness, passage.text
    unlike = max((_likeness(others, each) for each in text.sentences), default=0.0)
    signs = {
        "alike": alike[True],
        "alike_read": alike[False],
        "unlike": unlike,
        "specific": math.log1p(specific[True]),
        "specific_read": math.log1p(specific[False]),
        "loosely": math.log1p(loosely),
        "short": math.log1p(short),
        "denied": math.log1p(denied),
    }
    return _Nearest(signs, sentence)


def _lacking_of(ways: Sequence[Way], text: Text) -> dict[int, Counter[int]]:
    """For each passage that is near to some way, by its identity, how many ways lack how many slots there."""
    found: dict[int, Counter[int]] = {}
    for slots in (way[0].slots for way in ways if len(way) == 1):
        for passages in (text.sentences, text.pairs):
            for passage in passages.lacking_at_most_one(slots):
                found.setdefault(id(passage), Counter())[_lacking(slots, passage)] += 1
    return found


def _lacking(slots: Sequence[Slot], passage: Passage) -> int:
    """Whether nothing fills one slot of several, 1, or none lacks, 0; -1 where one is only filled by what is denied."""
    filled, missing = [], 0
    for slot in slots:
        filled.append(named(slot, passage))
        missing += not filled[-1]
        if missing > 1 or (missing and len(slots) < 3):
            return len(slots)
    if missing:
        return missing
    free = all(
        any(_is_asserted(each, slot, passage) for each in found) for slot, found in zip(slots, filled, strict=True)
    )
    return 0 if free else -1


def _is_asserted(found: Occurrence, slot: Slot, passage: Passage) -> bool:
    words = range(found.start, found.end)
    denied = any(passage.denied[place] for place in words)
    return passage.held.isdisjoint(words) and denied == slot.denied


def _likeness(examples: tuple[str, ...], passage: Passage) -> float:
    """The cosine between the words of a passage and those of the example that is most like it."""
    stems = passage.places.keys()
    mine = max(len(stems - _SMALL), 1)
    vocabularies = _vocabularies(examples)
    return max((len(stems & words) / math.sqrt(max(len(words), 1) * mine) for words in vocabularies), default=0.0)


@lru_cache(maxsize=1_024)
def _vocabularies(examples: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(_content(example)) for example in examples)


def _content(sentence: str) -> Iterator[str]:
    for word in tokens(sentence):
        if word.isalpha() and stem(word) not in _SMALL:
            yield stem(word)


@lru_cache(maxsize=1_024)
def _words_of(ways: Ways) -> frozenset[str]:
    """The stems of the words in which something may be said, small ones aside."""
    return frozenset(map(stem, vocabulary(ways))) - _SMALL
