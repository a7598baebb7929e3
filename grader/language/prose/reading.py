"""A text that was read: its sentences with what matching needs to know about each word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby, islice, pairwise, zip_longest

from grader.language.prose.clauses import chains, participles, verb_places
from grader.language.prose.conditions import excepted, supposed
from grader.language.prose.copied import contents, is_copied
from grader.language.prose.english import Verbs, verbs
from grader.language.prose.negation import denials
from grader.language.prose.passages import Passage, Passages
from grader.language.prose.patterns import Phrase
from grader.language.prose.said import unsaid
from grader.language.prose.segments import sentences
from grader.language.prose.spelling import Spelling
from grader.language.prose.stance import unasserted
from grader.language.prose.statements import is_statement, outside_equations
from grader.language.prose.telling import tells
from grader.language.prose.words import stem, tokens
from grader.pack.vocabulary import PLAIN, Vocabulary

MAX_CHARACTERS = 60_000
MAX_SENTENCES = 1_200
LEFT_HAND_SIDE = 2
"""Words of the name that an equation tells something of, such as `c tilde`."""
_TELLING = 20

_BEFORE = 3
_SEPARATORS, _FEW_SEPARATORS = (",", ";", "|", "/"), 2


def read(
    prose: Iterable[str],
    copied_from: Iterable[str],
    spelling: Spelling,
    joined: dict[str, Phrase],
    terms: Vocabulary = PLAIN,
) -> Reading:
    """Read texts up to a total length, leaving out what was copied from the given texts."""
    copies = contents(copied_from, MAX_CHARACTERS, terms)
    found: list[list[str]] = []
    left, count, truncated = MAX_CHARACTERS, 0, False
    for text in prose:
        truncated |= len(text) > left
        kept = [s for s in sentences(text[:left], spelling.knows, terms) if not is_copied(s, copies)]
        truncated |= count + len(kept) > MAX_SENTENCES
        kept = kept[: MAX_SENTENCES - count]
        left, count = left - len(text[:left]), count + len(kept)
        found.append(kept)
    texts = _passages(found, spelling, joined, terms)
    return Reading([_with_those_before(_with_stems(_with_headings(each))) for each in texts], truncated)


class Reading:
    """The sentences of some texts, and the pairs of neighbours within each text."""

    def __init__(self, texts: Sequence[Sequence[Passage]], truncated: bool) -> None:
        self._texts = texts
        self.sentences = Passages(form for text in texts for passage in text for form in _forms(passage))
        self.truncated = truncated

    @cached_property
    def pairs(self) -> Passages:
        """Each two neighbours of one text as one passage; an equation speaks for itself, and not for the next one."""
        neighbours = (pair for text in self._texts for pair in pairwise(text))
        return Passages(_join(*pair) for pair in neighbours if not all(map(_is_equation, pair)))

    def is_about(self, subject: Collection[str]) -> bool:
        """Whether a stem of a subject occurs, or the text is too short to tell."""
        return sum(len(passage.stems) for passage in self.sentences) < _TELLING or any(
            stem in passage.places for passage in self.sentences for stem in subject
        )

    def without(self, sentences: Collection[str]) -> Reading:
        """The same texts without these sentences; what stood around one is no pair of neighbours."""
        parts = [
            list(group)
            for text in self._texts
            for wrong, group in groupby(text, key=lambda passage: passage.text in sentences)
            if not wrong
        ]
        return Reading(parts, self.truncated)


def _passages(
    texts: Sequence[Sequence[str]], spelling: Spelling, joined: dict[str, Phrase], terms: Vocabulary
) -> list[list[Passage]]:
    """The sentences of all texts of an answer: what one says of the next is said across texts, too."""
    known = verbs(terms)
    words = [[[part for word in tokens(one) for part in _parts(word, spelling, joined)] for one in t] for t in texts]
    flat = [one for text in words for one in text]
    told = zip(unasserted(texts, words), unsaid(flat, known), strict=True)
    found: list[list[Passage]] = []
    for text, mine in zip(texts, words, strict=True):
        found.append([])
        for sentence, one, (held, mere) in zip(text, mine, islice(told, len(text)), strict=True):
            whole = frozenset(range(len(one))) if mere else held | excepted(one, known)
            found[-1].append(_passage(sentence, one, whole, spelling, known, terms))
    return found


def _passage(
    sentence: str, words: list[str], held: frozenset[int], spelling: Spelling, known: Verbs, terms: Vocabulary
) -> Passage:
    corrections = {place: right for place, word in enumerate(words) if (right := spelling.correct(word))}
    return Passage(
        sentence,
        tuple(corrections.get(place) or stem(word) for place, word in enumerate(words)),
        tuple(denials(words, known)),
        frozenset(corrections),
        is_statement(words, known),
        held=held,
        elsewhere=not terms.elsewhere.isdisjoint(words),
        chains=chains(words, known),
        verbs=verb_places(words, known),
        participles=participles(words),
        supposed=supposed(words, known, lambda word: stem(word) in spelling.stems),
        tells=tells(sentence, words, known),
    )


def _with_those_before(passages: list[Passage]) -> list[Passage]:
    """Each sentence with the few before it, which name what it speaks of."""
    return [replace(one, before=tuple(passages[max(0, at - _BEFORE) : at])) for at, one in enumerate(passages)]


def _forms(passage: Passage) -> Iterator[Passage]:
    """The passage, and if equations stand among its words once more without their right-hand sides."""
    yield passage
    if "=" not in passage.stems:
        return
    kept = list(outside_equations(passage.stems))
    if 4 < len(kept) < len(passage.stems):
        yield replace(
            passage,
            stems=tuple(passage.stems[place] for place in kept),
            denied=_moved(passage.denied, kept),
            corrected=frozenset(new for new, old in enumerate(kept) if old in passage.corrected),
            held=frozenset(new for new, old in enumerate(kept) if old in passage.held),
            chains=tuple(passage.chains[old] for old in kept),
            verbs=frozenset(new for new, old in enumerate(kept) if old in passage.verbs),
            participles=frozenset(new for new, old in enumerate(kept) if old in passage.participles),
            supposed=frozenset(new for new, old in enumerate(kept) if old in passage.supposed),
        )


def _moved(denied: Sequence[frozenset[int]], kept: Sequence[int]) -> tuple[frozenset[int], ...]:
    new = {old: place for place, old in enumerate(kept)}
    return tuple(frozenset(new[at] for at in denied[old] if at in new) for old in kept)


def _with_headings(passages: list[Passage]) -> list[Passage]:
    """A heading ("Reset gate:") belongs to the statement that follows it."""
    return [
        replace(one, statement=True)
        if one.text.rstrip("- ").endswith(":") and other is not None and other.statement
        else one
        for one, other in zip_longest(passages, passages[1:])
    ]


def _with_stems(passages: list[Passage]) -> list[Passage]:
    """What is listed under a sentence that ends with a colon completes it: "It consists of:", "- a forward layer"."""
    found: list[Passage] = []
    under = False
    for one in passages:
        under = (under and not one.statement) or (one.statement and one.text.rstrip("- ").endswith(":"))
        item = under and sum(map(one.stems.count, _SEPARATORS)) < _FEW_SEPARATORS and len(one.stems) > 2
        found.append(replace(one, statement=True, tells=True) if item else one)
    return found


def _parts(word: str, spelling: Spelling, joined: dict[str, Phrase]) -> Phrase:
    """`hiddenstate` is two words; `backpropagation`, which is in the vocabulary as it stands, is one."""
    return (word,) if stem(word) in spelling.stems else joined.get(word, (word,))


def _is_equation(passage: Passage) -> bool:
    """Whether it begins with what it says is equal to something."""
    return "=" in passage.stems[1 : 1 + LEFT_HAND_SIDE]


def _join(one: Passage, other: Passage) -> Passage:
    shift = len(one.stems) + 1
    last = one.chains[-1] if one.chains else 0
    return Passage(
        f"{one.text} {other.text}",
        (*one.stems, ".", *other.stems),
        (*one.denied, frozenset(), *(frozenset(at + shift for at in places) for places in other.denied)),
        one.corrected | {place + shift for place in other.corrected},
        one.statement or other.statement,
        pair=True,
        held=one.held | {place + shift for place in other.held},
        before=one.before,
        chains=(*one.chains, last, *(last + 1 + chain for chain in other.chains)),
        verbs=one.verbs | {place + shift for place in other.verbs},
        participles=one.participles | {place + shift for place in other.participles},
        supposed=one.supposed | {place + shift for place in other.supposed},
        tells=one.tells or other.tells,
    )
