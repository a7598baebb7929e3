"""Whether a text takes back what it says: a later sentence denies what an earlier one states.

"In it the gates see the cell state. The cell state is, however, not visible to any of the gates." Only a sentence that
turns ("however", "but", "though") and speaks of nothing else takes back: "But a plain RNN cannot remember" does not.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from grader.language.prose.match import fit
from grader.language.prose.passages import Passage
from grader.language.prose.patterns import Part, Way
from grader.language.prose.words import stem, stems_of, tokens

_TURNS = stems_of("however but though although unfortunately yet actually nevertheless still note said really")
_OF_ANOTHER = stems_of(
    """
    standard normal plain ordinary usual simple vanilla classic traditional conventional unlike without only alone other
    another single than whereas compared contrast instead if would one always regular basic previous earlier before
    """
)


def taken_back(ways: Sequence[Way], said: str, sentences: Sequence[Passage], names: Collection[str]) -> str | None:
    """The sentence that takes back what `said` states, or None. `names` are those of what texts speak of."""
    behind = False
    for passage in sentences:
        if passage.text in said:
            behind = True
        elif behind and _turns(passage, said, names) and any(_denies(part, passage) for way in ways for part in way):
            return passage.text
    return None


def _turns(passage: Passage, said: str, names: Collection[str]) -> bool:
    stems = set(passage.stems)
    if _TURNS.isdisjoint(stems):
        return False
    new = stems & (_OF_ANOTHER | set(names)) - {stem(word) for word in tokens(said)}
    return not new


def _denies(part: Part, passage: Passage) -> bool:
    """Whether the sentence would make the statement, were it not for what denies it or is not asserted."""
    if any(slot.denied for slot in part.slots) or fit(part, passage) is not None:
        return False
    nothing: tuple[frozenset[int], ...] = (frozenset(),) * len(passage.stems)
    bare = fit(part, replace(passage, denied=nothing, held=frozenset()))
    return bare is not None and any(passage.denied[place] or place in passage.held for place in bare.places)
