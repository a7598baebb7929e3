"""Which misconceptions a text shows: from a sentence that says one plainly, else from one that may mean it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from grader.language.prose import claims
from grader.language.prose.findings import MisconceptionFinding
from grader.language.prose.match import fit
from grader.language.prose.passages import Passages
from grader.language.prose.patterns import Part, Way
from grader.language.prose.reading import Reading
from grader.language.prose.stated import compiled, quoted
from grader.pack.questions import Concept, Misconception


def misconceptions_in(
    misconceptions: Sequence[Misconception], concepts: Sequence[Concept], reading: Reading
) -> Iterable[MisconceptionFinding]:
    """Those that the text shows, each once: from a sentence that says it plainly, else from one that may mean it."""
    for misconception in misconceptions:
        contrary = [way for each in concepts if each.id in misconception.unless for way in compiled(each.ways)]
        found = [
            each for way in compiled(misconception.ways) for each in _accusations(misconception, way, contrary, reading)
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
    said_so = " … ".join(map(quoted, dict.fromkeys(texts)))
    yield MisconceptionFinding(misconception, said_so, tuple(dict.fromkeys(whole)), plain)


def _said(wrong: Misconception, part: Part, contrary: Sequence[Way], passages: Passages) -> Iterator[tuple[str, bool]]:
    """The sentences that a part fits, and whether they say it plainly."""
    for passage in passages.with_all_of(part.slots):
        if fit(part, passage, claims.may_state(passage, wrong)) is None:
            continue
        plain = fit(part, passage, claims.states(part, passage, wrong)) is not None
        yield passage.text, plain and not any(len(way) == 1 and fit(way[0], passage) for way in contrary)
