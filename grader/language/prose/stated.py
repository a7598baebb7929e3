"""What a text offers for each concept: the sentence that states it best, or the one that comes closest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.language.prose.match import Fit, fit, fits_but_one
from grader.language.prose.passages import Passage, Passages
from grader.language.prose.patterns import Part, Way, compile_way
from grader.language.prose.reading import Reading
from grader.language.prose.telling import are_merely_named
from grader.pack.questions import Concept

_QUOTE = 300
_CERTAIN = (True, 1.0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement that was found: how sure it is (1.0 is word for word), and whether a sentence or a list makes it.

    `passages` are those that make its parts, each with the way in which it does.
    """

    strength: float
    text: str
    statement: bool
    passages: tuple[tuple[Passage, Fit], ...] = ()

    @property
    def rank(self) -> tuple[bool, float]:
        """A statement comes before a list, a sure one before one that is less sure."""
        return self.statement, self.strength


def compiled(ways: Iterable[tuple[str, ...]]) -> list[Way]:
    """The ways of a statement, read. Raises `PatternError`."""
    return [compile_way(way) for way in ways]


def evidence_for(concepts: Sequence[Concept], reading: Reading) -> tuple[list[Evidence | None], list[bool]]:
    """For each concept the best evidence, and whether it counts."""
    evidence = [_best(compiled(concept.ways), reading) for concept in concepts]
    return evidence, _without_excess_of_lists(evidence)


def quoted(text: str) -> str:
    """A sentence as it is shown, not too long."""
    return text if len(text) <= _QUOTE else text[: _QUOTE - 1].rstrip() + "…"


def closest(ways: Sequence[Way], reading: Reading) -> str | None:
    """The first sentence that fills all slots but one of some way with at least three."""
    for way in ways:
        if len(way) > 1:
            continue
        for passage in reading.sentences.lacking_at_most_one(way[0].slots):
            if passage.statement and fits_but_one(way[0], passage):
                return quoted(passage.text)
    return None


def are_listed(evidence: Sequence[Evidence | None]) -> bool:
    """Whether all that a text has to say is named, and nothing told (`telling.py`)."""
    return are_merely_named([[passage for passage, _ in each.passages] for each in evidence if each is not None])


def _without_excess_of_lists(evidence: Sequence[Evidence | None]) -> list[bool]:
    """Statements count; keywords, and phrases where all are, only until half of the concepts are covered."""
    listed = are_listed(evidence)
    covered = [each is not None and each.statement and not listed for each in evidence]
    for place, each in enumerate(evidence):
        if each is not None and not covered[place] and sum(covered) < len(evidence) // 2:
            covered[place] = True
    return covered


def _best(ways: Sequence[Way], reading: Reading) -> Evidence | None:
    best: Evidence | None = None
    for way in ways:
        found = _whole(way, reading)
        if found is not None and (best is None or found.rank > best.rank):
            best = found
            if best.rank >= _CERTAIN:
                break
    return best


def _whole(way: Way, reading: Reading) -> Evidence | None:
    """A way whose parts are all found; it is as sure as its weakest part."""
    parts: list[Evidence] = []
    for part in way:
        evidence = _strongest(part, reading.sentences) or _strongest(part, reading.pairs)
        if evidence is None:
            return None
        parts.append(evidence)
    texts = dict.fromkeys(evidence.text for evidence in parts)
    strength = min(evidence.strength for evidence in parts)
    passages = tuple(each for evidence in parts for each in evidence.passages)
    return Evidence(strength, " … ".join(map(quoted, texts)), any(evidence.statement for evidence in parts), passages)


def _strongest(part: Part, passages: Passages) -> Evidence | None:
    best: Evidence | None = None
    for passage in passages.with_all_of(part.slots):
        found = None if passage.elsewhere else fit(part, passage)
        if found is None:
            continue
        strength = 1.0 - 0.1 * passage.pair - 0.1 * min(found.corrected, 2) - 0.1 * (found.span > 30)
        evidence = Evidence(strength, passage.text, passage.statement, ((passage, found),))
        if best is None or evidence.rank > best.rank:
            best = evidence
            if best.rank >= _CERTAIN:
                break
    return best
