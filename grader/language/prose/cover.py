"""Which concepts a text explains, and which misconceptions it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from grader.language.prose import claims
from grader.language.prose.contrary import taken_back
from grader.language.prose.match import fit, fits_but_one
from grader.language.prose.patterns import Part, Way, compile_way, compounds, vocabulary
from grader.language.prose.reading import Passage, Reading, read
from grader.language.prose.spelling import Spelling
from grader.language.prose.tongue import is_foreign
from grader.language.prose.words import stem
from grader.pack.questions import Concept, Misconception
from grader.pack.vocabulary import PLAIN, Vocabulary

SURE = 0.95
_QUOTE = 300
_ENOUGH = 2
_CERTAIN = (True, 1.0)


@dataclass(frozen=True, slots=True)
class ConceptFinding:
    """Whether a text makes the statement of a concept.

    `sentence` is the one that makes it, as the student wrote it; for a concept that is not covered, the one that came
    close, if any. `near` says that it was a close call, either way: a human should look. A concept that is `spoiled`
    earns nothing: a misconception costs its point. `contrary` is the sentence that takes it back.
    """

    concept: Concept
    covered: bool
    sentence: str | None
    near: bool
    spoiled: MisconceptionFinding | None = None
    contrary: str | None = None

    @property
    def earned(self) -> bool:
        """Whether it is worth its point."""
        return self.covered and self.spoiled is None


@dataclass(frozen=True, slots=True)
class MisconceptionFinding:
    """A wrong statement, and the sentence that makes it; `sentences` are all that make it or a part of it, whole.

    One that is not `plain` may mean something else: the student is asked, and loses nothing.
    """

    misconception: Misconception
    sentence: str
    sentences: tuple[str, ...]
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a text says. `concepts` are in the order of the question; `truncated` if the text was too long to read.

    `misconceptions` are those that it states, `asked` those that it may state. A `foreign` text is in another language
    than English: it could not be read.
    """

    concepts: tuple[ConceptFinding, ...]
    misconceptions: tuple[MisconceptionFinding, ...]
    truncated: bool
    asked: tuple[MisconceptionFinding, ...] = ()
    foreign: bool = False

    @property
    def points(self) -> int:
        """One for each concept that is covered, less one for each misconception."""
        return sum(finding.earned for finding in self.concepts)

    @property
    def free(self) -> tuple[MisconceptionFinding, ...]:
        """The misconceptions that cost nothing, because no point was left."""
        spoiling = [finding.spoiled for finding in self.concepts]
        return tuple(wrong for wrong in self.misconceptions if wrong not in spoiling)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A statement that was found: how sure it is (1.0 is word for word), and whether a sentence or a list makes it."""

    strength: float
    text: str
    statement: bool

    @property
    def rank(self) -> tuple[bool, float]:
        return self.statement, self.strength


class Cover(Protocol):
    """Finds the statements that texts make: `cover`, or another reader in its place."""

    def __call__(
        self,
        prose: Sequence[str],
        concepts: Sequence[Concept],
        misconceptions: Sequence[Misconception],
        *,
        copied_from: Sequence[str] = (),
        subject: str = "",
        terms: Vocabulary = PLAIN,
    ) -> Coverage:
        """See `cover`."""
        ...


def cover(
    prose: Sequence[str],
    concepts: Sequence[Concept],
    misconceptions: Sequence[Misconception],
    *,
    copied_from: Sequence[str] = (),
    subject: str = "",
    terms: Vocabulary = PLAIN,
) -> Coverage:
    """Find the statements that texts make.

    `prose` are texts from Markdown, docstrings, comments and printed strings; neighbouring sentences are looked for
    within one text. Sentences copied from `copied_from` (the questions) count for nothing, nor do texts about something
    else: those without any of the words of the `subject` ("network|layer|tanh"), if it is given, that do not explain it
    in a picture either. `terms` are the words of the pack. A list of keywords earns at most half of the concepts. A
    misconception costs one point: that of a statement that its sentence would have made, else of another. The same
    input always gives the same result; at most `reading.MAX_CHARACTERS` are read.
    Raises `PatternError` if a concept's way cannot be read.
    """
    ways = tuple(way for group in (concepts, misconceptions) for statement in group for way in statement.ways)
    reading = read(prose, copied_from, Spelling(vocabulary(ways), terms), compounds(ways), terms)
    if (
        subject
        and not reading.is_about(frozenset(map(stem, subject.split("|"))))
        and not _is_picture(concepts, reading, terms)
    ):
        reading = Reading((), reading.truncated)
    shown = list(_misconceptions(misconceptions, concepts, reading))
    wrong = [each for each in shown if each.plain]
    evidence, covered = _evidence(concepts, reading)
    contrary = _contrary(concepts, evidence, reading, terms)
    covered = [each and concept.id not in contrary for each, concept in zip(covered, concepts, strict=True)]
    spoiled: dict[str, MisconceptionFinding] = {}
    if wrong:
        ids = [concept.id for concept in concepts]
        rest = reading.without({sentence for finding in wrong for sentence in finding.sentences})
        others, kept = _evidence(concepts, rest)
        kept = [each and name not in contrary for each, name in zip(kept, ids, strict=True)]
        lost = [name for name, before, after in zip(ids, covered, kept, strict=True) if before and not after]
        spoiled = _spoiled(wrong, lost, [name for name, after in zip(ids, kept, strict=True) if after])
        for at, name in enumerate(ids):
            if kept[at] or name in spoiled:
                evidence[at], covered[at] = others[at], kept[at]
    found = (_finding(*each, reading) for each in zip(concepts, evidence, covered, strict=True))
    return Coverage(
        tuple(
            replace(each, spoiled=spoiled.get(each.concept.id), contrary=contrary.get(each.concept.id))
            for each in found
        ),
        tuple(wrong),
        reading.truncated,
        tuple(each for each in shown if not each.plain),
        is_foreign(prose),
    )


def _is_picture(concepts: Sequence[Concept], reading: Reading, terms: Vocabulary) -> bool:
    """Whether a text without a word of the subject explains it in a picture, as two readers of one letter do."""
    stated = sum(each is not None and each.statement for each in _evidence(concepts, reading)[0])
    return stated >= _ENOUGH and reading.is_about(frozenset(map(stem, terms.pictures)))


def _evidence(concepts: Sequence[Concept], reading: Reading) -> tuple[list[_Evidence | None], list[bool]]:
    """For each concept the best evidence, and whether it counts."""
    evidence = [_best(_compiled(concept.ways), reading) for concept in concepts]
    return evidence, _without_excess_of_lists(evidence)


def _contrary(
    concepts: Sequence[Concept], evidence: Sequence[_Evidence | None], reading: Reading, terms: Vocabulary
) -> dict[str, str]:
    """For each concept that the text takes back again, the sentence that does so."""
    found = {
        concept.id: taken_back(_compiled(concept.ways), said.text, reading.sentences, terms.words)
        for concept, said in zip(concepts, evidence, strict=True)
        if said is not None
    }
    return {name: sentence for name, sentence in found.items() if sentence is not None}


def _spoiled(
    wrong: Sequence[MisconceptionFinding], lost: Sequence[str], kept: Sequence[str]
) -> dict[str, MisconceptionFinding]:
    """The concept whose point each misconception costs: one that only its sentence made, else one that it is against,
    else the last. A sentence costs one, whatever is wrong about it."""
    spoiled: dict[str, MisconceptionFinding] = {}
    charged: set[str] = set()
    for finding in wrong:
        if charged & set(finding.sentences):
            continue
        against = finding.misconception.against
        choices = [*_first(against, lost), *_first(against, kept[::-1])]
        chosen = next((concept for concept in choices if concept not in spoiled), None)
        if chosen is not None:
            spoiled[chosen] = finding
            charged |= set(finding.sentences)
    return spoiled


def _first(wanted: str, concepts: Sequence[str]) -> list[str]:
    """These concepts, with the wanted one first if it is among them."""
    return sorted(concepts, key=lambda concept: concept != wanted)


def _compiled(ways: Iterable[tuple[str, ...]]) -> list[Way]:
    return [compile_way(way) for way in ways]


def _without_excess_of_lists(evidence: Sequence[_Evidence | None]) -> list[bool]:
    """Statements count; keywords count only until half of the concepts are covered."""
    covered = [each is not None and each.statement for each in evidence]
    for place, each in enumerate(evidence):
        if each is not None and not covered[place] and sum(covered) < len(evidence) // 2:
            covered[place] = True
    return covered


def _finding(concept: Concept, evidence: _Evidence | None, covered: bool, reading: Reading) -> ConceptFinding:
    if evidence is None:
        closest = _closest(_compiled(concept.ways), reading)
        return ConceptFinding(concept, covered=False, sentence=closest, near=closest is not None)
    return ConceptFinding(
        concept, covered, evidence.text, near=not covered or not evidence.statement or evidence.strength < SURE
    )


def _best(ways: Sequence[Way], reading: Reading) -> _Evidence | None:
    best: _Evidence | None = None
    for way in ways:
        found = _whole(way, reading)
        if found is not None and (best is None or found.rank > best.rank):
            best = found
            if best.rank >= _CERTAIN:
                break
    return best


def _whole(way: Way, reading: Reading) -> _Evidence | None:
    """A way whose parts are all found; it is as sure as its weakest part."""
    parts: list[_Evidence] = []
    for part in way:
        evidence = _strongest(part, reading.sentences) or _strongest(part, reading.pairs)
        if evidence is None:
            return None
        parts.append(evidence)
    texts = dict.fromkeys(evidence.text for evidence in parts)
    strength = min(evidence.strength for evidence in parts)
    return _Evidence(strength, " … ".join(map(_quote, texts)), any(evidence.statement for evidence in parts))


def _strongest(part: Part, passages: Sequence[Passage]) -> _Evidence | None:
    best: _Evidence | None = None
    for passage in passages:
        found = None if passage.elsewhere else fit(part, passage)
        if found is None:
            continue
        strength = 1.0 - 0.1 * passage.pair - 0.1 * min(found.corrected, 2) - 0.1 * (found.span > 30)
        evidence = _Evidence(strength, passage.text, passage.statement)
        if best is None or evidence.rank > best.rank:
            best = evidence
            if best.rank >= _CERTAIN:
                break
    return best


def _closest(ways: Sequence[Way], reading: Reading) -> str | None:
    """The first sentence that fills all slots but one of some way with at least three."""
    for way in ways:
        if len(way) > 1:
            continue
        for passage in reading.sentences:
            if passage.statement and fits_but_one(way[0], passage):
                return _quote(passage.text)
    return None


def _misconceptions(
    misconceptions: Sequence[Misconception], concepts: Sequence[Concept], reading: Reading
) -> Iterable[MisconceptionFinding]:
    """Those that the text shows, each once: from a sentence that says it plainly, else from one that may mean it."""
    for misconception in misconceptions:
        contrary = [way for each in concepts if each.id in misconception.unless for way in _compiled(each.ways)]
        found = [
            each
            for way in _compiled(misconception.ways)
            for each in _accusations(misconception, way, contrary, reading)
        ]
        if found:
            best = max(found, key=lambda each: each.plain)
            all_of_them = (text for each in found if each.plain == best.plain for text in each.sentences)
            yield replace(best, sentences=tuple(dict.fromkeys(all_of_them)))


def _accusations(
    misconception: Misconception, way: Way, contrary: Sequence[Way], reading: Reading
) -> Iterator[MisconceptionFinding]:
    """The first sentence that says it plainly, or the first that may; for a way of two statements one of each.

    One that fits a `contrary` way as well does not say it plainly.
    """
    texts: list[str] = []
    whole: list[str] = []
    plain = True
    for part in way:
        said = list(_said(misconception, part, contrary, reading.sentences))
        if not said:
            return
        best = max(said, key=lambda each: each[1])
        texts.append(best[0])
        plain &= best[1]
        whole += [text for text, sure in said if sure == best[1]]
    quoted = " … ".join(map(_quote, dict.fromkeys(texts)))
    yield MisconceptionFinding(misconception, quoted, tuple(dict.fromkeys(whole)), plain)


def _said(
    wrong: Misconception, part: Part, contrary: Sequence[Way], passages: Sequence[Passage]
) -> Iterator[tuple[str, bool]]:
    """The sentences that a part fits, and whether they say it plainly."""
    for passage in passages:
        if fit(part, passage, claims.may_state(passage, wrong)) is None:
            continue
        plain = fit(part, passage, claims.states(part, passage, wrong)) is not None
        yield passage.text, plain and not any(len(way) == 1 and fit(way[0], passage) for way in contrary)


def _quote(text: str) -> str:
    return text if len(text) <= _QUOTE else text[: _QUOTE - 1].rstrip() + "…"
