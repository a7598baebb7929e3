"""A text that was read: its sentences with what matching needs to know about each word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise, zip_longest

from grader.language.prose.clauses import chains
from grader.language.prose.english import AUXILIARIES, LABELS, PREDICATES, QUESTION_WORDS, STOPWORDS, Verbs, verbs
from grader.language.prose.negation import denials
from grader.language.prose.patterns import Phrase
from grader.language.prose.said import is_chain, is_row, unsaid
from grader.language.prose.segments import sentences
from grader.language.prose.spelling import Spelling
from grader.language.prose.stance import unasserted
from grader.language.prose.wholly import is_labelled_question
from grader.language.prose.words import stem, tokens
from grader.pack.vocabulary import PLAIN, Vocabulary

MAX_CHARACTERS = 60_000
MAX_SENTENCES = 1_200
_TELLING = 20

_PUNCTUATION = frozenset(",;:()|/?<>=+")
_STATING = AUXILIARIES | QUESTION_WORDS | PREDICATES
_BEFORE = 3
_LONG_ROW = 13
_FUNCTIONS = frozenset(["tanh", "sigmoid", "softmax", "relu", "sigma", "concat", "concaten"])
_SEPARATORS, _FEW_SEPARATORS = (",", ";", "|", "/"), 2
_LABEL_STEMS = frozenset(map(stem, LABELS))


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, or two neighbouring ones: stems, denials and corrections, word by word.

    `statement` is false for a mere list of keywords. `held` are the words that the author does not assert. `before` are
    the sentences before it in its text, the last one last; `elsewhere` says that it speaks of something beside the
    subject. `chains` number the claims (`clauses.chains`) that the words stand in.
    """

    text: str
    stems: tuple[str, ...]
    denied: tuple[frozenset[int], ...]
    corrected: frozenset[int]
    statement: bool
    pair: bool = False
    before: tuple[Passage, ...] = ()
    held: frozenset[int] = frozenset()
    elsewhere: bool = False
    chains: tuple[int, ...] = ()
    places: dict[str, list[int]] = field(default_factory=dict, init=False, compare=False)

    def __post_init__(self) -> None:
        for place, word in enumerate(self.stems):
            self.places.setdefault(word, []).append(place)


def read(
    prose: Iterable[str],
    copied_from: Iterable[str],
    spelling: Spelling,
    joined: dict[str, Phrase],
    terms: Vocabulary = PLAIN,
) -> Reading:
    """Read texts up to a total length, leaving out what was copied from the given texts."""
    copies = [
        content
        for text in copied_from
        for sentence in sentences(text[:MAX_CHARACTERS], terms=terms)
        if (content := _content(sentence))
    ]
    texts: list[list[Passage]] = []
    words: list[list[str]] = []
    left, count, truncated = MAX_CHARACTERS, 0, False
    for text in prose:
        truncated |= len(text) > left
        found = [s for s in sentences(text[:left], spelling.knows, terms) if not _is_copied(s, copies)]
        truncated |= count + len(found) > MAX_SENTENCES
        found = found[: MAX_SENTENCES - count]
        left, count = left - len(text[:left]), count + len(found)
        passages = _passages(found, spelling, joined, terms)
        words += map(tokens, found)
        texts.append(_with_those_before(_with_stems(_with_headings(passages))))
    return Reading(_without_mere_words(texts, unsaid(words, verbs(terms))), truncated)


class Reading:
    """The sentences of some texts, and the pairs of neighbours within each text."""

    def __init__(self, texts: Sequence[Sequence[Passage]], truncated: bool) -> None:
        self._texts = texts
        self.sentences = tuple(form for text in texts for passage in text for form in _forms(passage))
        self.pairs = tuple(_join(one, other) for text in texts for one, other in pairwise(text))
        self.truncated = truncated

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


def _without_mere_words(texts: Sequence[Sequence[Passage]], mere: Iterable[bool]) -> list[list[Passage]]:
    """The texts, with nothing asserted by what is no sentence."""
    told = iter(mere)
    return [[replace(one, held=frozenset(range(len(one.stems)))) if next(told) else one for one in t] for t in texts]


def _passages(found: Sequence[str], spelling: Spelling, joined: dict[str, Phrase], terms: Vocabulary) -> list[Passage]:
    """The sentences of one text."""
    words = [[part for word in tokens(each) for part in _parts(word, spelling, joined)] for each in found]
    held = unasserted(found, words)
    known = verbs(terms)
    passages = [_passage(*each, spelling, known) for each in zip(found, words, held, strict=True)]
    return [
        replace(one, elsewhere=not terms.elsewhere.isdisjoint(mine)) for one, mine in zip(passages, words, strict=True)
    ]


def _passage(sentence: str, words: list[str], held: frozenset[int], spelling: Spelling, known: Verbs) -> Passage:
    corrections = {place: right for place, word in enumerate(words) if (right := spelling.correct(word))}
    return Passage(
        sentence,
        tuple(corrections.get(place) or stem(word) for place, word in enumerate(words)),
        tuple(denials(words, known)),
        frozenset(corrections),
        is_statement(words, known),
        held=held,
        chains=chains(words, known),
    )


def _with_those_before(passages: list[Passage]) -> list[Passage]:
    """Each sentence with the few before it, which name what it speaks of."""
    return [replace(one, before=tuple(passages[max(0, at - _BEFORE) : at])) for at, one in enumerate(passages)]


def _forms(passage: Passage) -> Iterator[Passage]:
    """The passage, and if equations stand among its words once more without their right-hand sides."""
    yield passage
    if "=" not in passage.stems:
        return
    kept = list(_outside_equations(passage.stems))
    if 4 < len(kept) < len(passage.stems):
        yield replace(
            passage,
            stems=tuple(passage.stems[place] for place in kept),
            denied=_moved(passage.denied, kept),
            corrected=frozenset(new for new, old in enumerate(kept) if old in passage.corrected),
            held=frozenset(new for new, old in enumerate(kept) if old in passage.held),
            chains=tuple(passage.chains[old] for old in kept),
        )


def _outside_equations(stems: Sequence[str]) -> Iterator[int]:
    """The places of what is no right-hand side: from an equals sign to the next word of prose."""
    inside = False
    for place, word in enumerate(stems):
        inside = word == "=" or (inside and not _is_prose(word))
        if not inside:
            yield place


def _is_prose(word: str) -> bool:
    return word in STOPWORDS - {"a", "i"} or (len(word) > 3 and "_" not in word and word not in _FUNCTIONS)


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
        found.append(replace(one, statement=True) if item else one)
    return found


def _parts(word: str, spelling: Spelling, joined: dict[str, Phrase]) -> Phrase:
    """`hiddenstate` is two words; `backpropagation`, which is in the vocabulary as it stands, is one."""
    return (word,) if stem(word) in spelling.stems else joined.get(word, (word,))


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
    )


def is_statement(words: Sequence[str], known: Verbs | None = None) -> bool:
    """Whether words say something, rather than being a list of keywords: enough of them stand with a verb.

    `known` are the verbs, without it those of English alone.
    """
    known = known or verbs()
    if words and words[-1] == "?" and not is_labelled_question(words):
        return False
    if is_chain(words):
        return False
    stating, listed, lists = 0, 0, 0
    for chunk in _between_punctuation(words):
        if _states(chunk, known):
            stating += len(chunk)
        elif len(chunk) < 4:
            listed, lists = listed + len(chunk), lists + 1
    if "=" in words[1:-1]:
        return not _is_list_beside_equations(words, stating, known)
    return stating > 0 and not (lists > 4 and listed > stating)


def _is_list_beside_equations(words: Sequence[str], stating: int, known: Verbs) -> bool:
    """Whether what stands beside equations is a row of keywords: an equation behind it makes no statement of it."""
    outside = [words[place] for place in _outside_equations(words)]
    chunks = [chunk for chunk in _between_punctuation(outside) if len(chunk) < 4 and not _states(chunk, known)]
    keywords = [chunk for chunk in chunks if any(map(_is_prose, chunk))]
    return len(keywords) > 2 and sum(map(len, keywords)) > stating


def _states(chunk: Sequence[str], known: Verbs) -> bool:
    """A clause: words with a verb, and with some of the small words that hold a clause together.

    Many small words do without a verb that we know; a long row of words with none is no sentence, verb or not.
    """
    if len(chunk) < 3:
        return False
    small = sum(word in STOPWORDS for word in chunk) / len(chunk)
    if len(chunk) > 7 and small < 0.1:
        return False
    instruction = chunk[0] in known.bases and chunk[1] != "of"
    if len(chunk) > _LONG_ROW and is_row(chunk, known):
        return False
    verb = instruction or not _STATING.isdisjoint(chunk) or not known.forms.isdisjoint(chunk)
    return verb or (len(chunk) > 5 and small >= 1 / 3)


def _between_punctuation(words: Sequence[str]) -> list[list[str]]:
    chunks: list[list[str]] = [[]]
    for word in words:
        if word in _PUNCTUATION:
            chunks.append([])
        else:
            chunks[-1].append(word)
    return [chunk for chunk in chunks if chunk]


def _content(sentence: str) -> frozenset[str]:
    words = (word for word in tokens(sentence) if word not in STOPWORDS and word not in _PUNCTUATION)
    return frozenset(stem(word) for word in words if not word[0].isdigit()) - _LABEL_STEMS


def _is_copied(sentence: str, copies: Sequence[frozenset[str]]) -> bool:
    """Whether a sentence says nothing that is not in a sentence of the given texts."""
    content = _content(sentence)
    if not content:
        return bool(copies) and len(tokens(sentence)) < 6
    return any(
        len(content & copy) >= 0.9 * len(content) and (len(copy) <= 8 or 2 * len(content) > len(copy))
        for copy in copies
    )
