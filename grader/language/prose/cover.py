"""Which concepts a text explains, and which misconceptions it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from grader.language.prose import signs
from grader.language.prose.accusations import misconceptions_in
from grader.language.prose.contrary import taken_back
from grader.language.prose.findings import ConceptFinding, Coverage, MisconceptionFinding
from grader.language.prose.heard_wrong import borne_out, with_words
from grader.language.prose.learnt import learnt
from grader.language.prose.patterns import compounds, vocabulary
from grader.language.prose.reading import Reading, read
from grader.language.prose.reconsidering import reconsidered
from grader.language.prose.spelling import Spelling
from grader.language.prose.stated import Evidence, are_listed, closest, compiled, evidence_for
from grader.language.prose.tongue import is_foreign
from grader.language.prose.words import stem, tokens
from grader.pack.questions import Concept, Misconception
from grader.pack.vocabulary import PLAIN, Vocabulary

SURE = 0.95
_ENOUGH = 2


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
    in a picture either. `terms` are the words of the pack. A list of keywords earns at most half of the concepts, and
    so does an answer that only names things (`telling.py`). A misconception costs one point: that of a statement that
    its sentence would have made, else of another; one beside which the right thing stands costs what that would earn.
    The same input always gives the same result; at most `reading.MAX_CHARACTERS` are read.
    Raises `PatternError` if a concept's way cannot be read.
    """
    ways = tuple(way for group in (concepts, misconceptions) for statement in group for way in statement.ways)
    reading = read(prose, copied_from, Spelling(vocabulary(ways), terms), compounds(ways), terms)
    foreign = is_foreign(prose, copied_from)
    if (
        subject
        and not reading.is_about(frozenset(map(stem, subject.split("|"))))
        and not _is_picture(concepts, reading, terms)
    ):
        reading = Reading((), reading.truncated)
    numbers = None if terms.learnt is None else learnt(terms.learnt)
    asked = frozenset(stem(word) for text in copied_from for word in tokens(text)) if numbers else frozenset()
    accused = list(misconceptions_in(misconceptions, concepts, reading))
    if numbers is not None:
        accused = borne_out(accused, reading.sentences, numbers, asked)
    shown, contradicted = _contradicting(accused, concepts, reading)
    wrong = [each for each in shown if each.plain]
    doubled = {text for each in shown if each.sentence in contradicted.values() for text in each.sentences}
    told = reading.without(doubled) if doubled else reading
    evidence, covered = evidence_for(concepts, told)
    listed = are_listed(evidence)
    contrary = _contrary(concepts, evidence, reading, terms) | contradicted
    covered = [each and concept.id not in contrary for each, concept in zip(covered, concepts, strict=True)]
    spoiled: dict[str, MisconceptionFinding] = {}
    if wrong:
        ids = [concept.id for concept in concepts]
        rest = told.without({sentence for finding in wrong for sentence in finding.sentences})
        others, kept = evidence_for(concepts, rest)
        kept = [each and name not in contrary for each, name in zip(kept, ids, strict=True)]
        lost = [name for name, before, after in zip(ids, covered, kept, strict=True) if before and not after]
        spoiled = _spoiled(wrong, lost, [name for name, after in zip(ids, kept, strict=True) if after])
        for at, name in enumerate(ids):
            if kept[at] or name in spoiled:
                evidence[at], covered[at] = others[at], kept[at]
    found = [
        replace(
            _finding(concept, best, counts, reading),
            spoiled=spoiled.get(concept.id),
            contrary=contrary.get(concept.id),
            named=best is not None and not counts and concept.id not in contrary,
        )
        for concept, best, counts in zip(concepts, evidence, covered, strict=True)
    ]
    text = signs.Text.of(reading, found, evidence, shown)
    of_it = {each.misconception.id: each for each in shown}
    about = [signs.of_concept(*each, text) for each in zip(found, evidence, strict=True)]
    of_wrong = [signs.of_misconception(each, of_it.get(each.id), text) for each in misconceptions]
    if numbers is not None:
        passages = chain(reading.sentences, reading.pairs)
        found, about = reconsidered(found, about, passages, shown, numbers, asked)
        of_wrong = with_words(of_wrong, text.sentences, numbers, asked)
    return Coverage(
        tuple(found),
        tuple(wrong),
        reading.truncated,
        tuple(each for each in shown if not each.plain),
        foreign,
        (*about, *of_wrong),
        listed and any(each.named for each in found),
    )


def _contradicting(
    shown: Sequence[MisconceptionFinding], concepts: Sequence[Concept], reading: Reading
) -> tuple[list[MisconceptionFinding], dict[str, str]]:
    """Misconceptions, of which those are only asked about beside which the right thing stands, and what stands there.

    The concepts that such a one contradicts earn nothing: for each, the sentence that is against it.
    """
    found: list[MisconceptionFinding] = []
    contradicted: dict[str, str] = {}
    for each in shown:
        against = [concept for concept in concepts if concept.id in each.misconception.unless]
        stated = evidence_for(against, reading.without(each.sentences))[0] if each.plain else []
        right = [concept.id for concept, said in zip(against, stated, strict=False) if said and said.statement]
        contradicted |= dict.fromkeys(right, each.sentence)
        found.append(replace(each, plain=each.plain and not right))
    return found, contradicted


def _is_picture(concepts: Sequence[Concept], reading: Reading, terms: Vocabulary) -> bool:
    """Whether a text without a word of the subject explains it in a picture, as two readers of one letter do."""
    stated = sum(each is not None and each.statement for each in evidence_for(concepts, reading)[0])
    return stated >= _ENOUGH and reading.is_about(frozenset(map(stem, terms.pictures)))


def _contrary(
    concepts: Sequence[Concept], evidence: Sequence[Evidence | None], reading: Reading, terms: Vocabulary
) -> dict[str, str]:
    """For each concept that the text takes back again, the sentence that does so."""
    found = {
        concept.id: taken_back(compiled(concept.ways), said.text, reading.sentences, terms.words)
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


def _finding(concept: Concept, evidence: Evidence | None, covered: bool, reading: Reading) -> ConceptFinding:
    if evidence is None:
        nearest = closest(compiled(concept.ways), reading)
        return ConceptFinding(concept, covered=False, sentence=nearest, near=nearest is not None)
    near = not covered or not evidence.statement or evidence.strength < SURE
    return ConceptFinding(concept, covered, evidence.text, near)
