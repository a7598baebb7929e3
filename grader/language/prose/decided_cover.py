"""A reader of explanations that asks first what people decided: the same sentence is decided the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from grader.language.prose.doubt import Decision
from grader.language.prose.findings import ConceptFinding, Cover, Coverage, MisconceptionFinding
from grader.language.prose.patterns import compounds, vocabulary
from grader.language.prose.reading import read
from grader.language.prose.spelling import Spelling
from grader.language.prose.stated import quoted
from grader.language.prose.wordings import Known, Wordings
from grader.pack.questions import Concept, Misconception
from grader.pack.vocabulary import PLAIN, Vocabulary

MOST_REFUSED = 4
"""So many sentences that were refused are looked behind for another one that says the same."""


class DecidedCover:
    """Reads as another reader does, but for sentences that are in a file of decisions."""

    def __init__(self, covering: Cover, wordings: Wordings) -> None:
        self.wordings = wordings
        self._covering = covering
        self._said = {name: Known(each.said) for name, each in wordings.statements.items() if each.said}
        self._not_said = {name: Known(each.not_said) for name, each in wordings.statements.items() if each.not_said}

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
        """As `cover`."""

        def reading(texts: Sequence[str], wrong: Sequence[Misconception]) -> Coverage:
            return self._covering(texts, concepts, wrong, copied_from=copied_from, subject=subject, terms=terms)

        found = reading(prose, misconceptions)
        names = {each.id for each in concepts} | {each.id for each in misconceptions}
        if not names & {*self._said, *self._not_said}:
            return found
        spared = {each.misconception.id for each in found.misconceptions if self._is_refused(each)}
        if spared:
            misconceptions = [each for each in misconceptions if each.id not in spared]
            found = reading(prose, misconceptions)
        ways = tuple(way for group in (concepts, misconceptions) for statement in group for way in statement.ways)
        read_ = read(prose, copied_from, Spelling(vocabulary(ways), terms), compounds(ways), terms)
        texts = [*(each.text for each in read_.sentences), *(each.text for each in read_.pairs)]
        changed = [self._concept(each, prose, texts, lambda left: reading(left, misconceptions)) for each in
                   found.concepts]  # fmt: skip
        accused = [each for wrong in misconceptions if (each := self._accused(wrong, texts, found)) is not None]
        changed = _charged(changed, accused)
        decided = {name for name in names if self._has_decided(name, texts)}
        return replace(
            found,
            concepts=tuple(changed),
            misconceptions=(*found.misconceptions, *accused),
            asked=tuple(each for each in found.asked if not self._is_refused(each)),
            decisions=tuple(_sure(each, changed, accused, decided) for each in found.decisions),
        )

    def _is_refused(self, found: MisconceptionFinding) -> bool:
        return found.sentence in self._not_said.get(found.misconception.id, ())

    def _concept(
        self,
        found: ConceptFinding,
        prose: Sequence[str],
        texts: Sequence[str],
        reading: Callable[[Sequence[str]], Coverage],
    ) -> ConceptFinding:
        name = found.concept.id
        refused = self._not_said.get(name)
        left = list(prose)
        for _ in range(MOST_REFUSED):
            if refused is None or not found.covered or found.sentence not in refused or not found.sentence:
                break
            without = [text.replace(found.sentence, " ") for text in left]
            if without == left:
                found = replace(found, covered=False, near=False)
                break
            left = without
            again = reading(left).concepts
            found = next(each for each in again if each.concept.id == name)
        said = self._said.get(name)
        mine = next((text for text in texts if text in said), None) if said is not None else None
        if mine is None or found.contrary is not None:
            return found
        return found if found.covered else replace(found, covered=True, sentence=quoted(mine), near=False)

    def _accused(self, wrong: Misconception, texts: Sequence[str], found: Coverage) -> MisconceptionFinding | None:
        """A sentence that people called this mistake, where no other mistake was found in it."""
        said = self._said.get(wrong.id)
        taken = {text for each in found.misconceptions for text in each.sentences}
        mine = next((text for text in texts if text in said and text not in taken), None) if said is not None else None
        return None if mine is None else MisconceptionFinding(wrong, quoted(mine), (mine,))

    def _has_decided(self, name: str, texts: Sequence[str]) -> bool:
        known = [each for each in (self._said.get(name), self._not_said.get(name)) if each is not None]
        return any(text in each for each in known for text in texts)


def _charged(found: Sequence[ConceptFinding], accused: Sequence[MisconceptionFinding]) -> list[ConceptFinding]:
    """Each mistake costs a point: of the concept that it is against, else the last that was earned."""
    left = list(found)
    for wrong in accused:
        earned = [at for at, each in enumerate(left) if each.earned]
        own = [at for at in earned if left[at].concept.id == wrong.misconception.against]
        for at in (own or earned[-1:])[:1]:
            left[at] = replace(left[at], spoiled=wrong)
    return left


def _sure(
    decision: Decision,
    concepts: Sequence[ConceptFinding],
    accused: Sequence[MisconceptionFinding],
    decided: set[str],
) -> Decision:
    """A decision as people made it, of which nobody needs to be asked."""
    if decision.id not in decided:
        return decision
    for each in concepts:
        if each.concept.id == decision.id:
            return replace(
                decision, verdict="said" if each.covered else "missing", sentence=each.sentence, doubt=0.0, words=()
            )
    if any(each.misconception.id == decision.id for each in accused):
        return replace(decision, verdict="accused", doubt=0.0)
    return replace(decision, doubt=0.0)


def decided_by_people(covering: Cover) -> str | None:
    """The digest of all sentences that people decided for a reader; None where there are none."""
    return covering.wordings.digest() if isinstance(covering, DecidedCover) else None
