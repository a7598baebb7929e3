"""similar.html: the pairs of a class that are worth a look, side by side, with what they share marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from grader.report.class_rows import report_address
from grader.report.index import style
from grader.report.templates import environment
from grader.similarity.shared_passages import Marked, marked, shared_prints, side_by_side
from grader.similarity.winnowing import Hashes
from grader.similarity.works import Part, Source, work_of
from grader.statistics.alike import Alike
from grader.text import neutral_lines

SIMILAR = "similar.html"
MOST_ROWS, MOST_CHARACTERS = 40, 30_000
"""So much of a pair is shown; an editor shows all of it."""
MOST_BETWEEN, LEFT_BETWEEN = 400, 160
"""Of a longer stretch that is not shared the ends are shown."""


@dataclass(frozen=True, slots=True)
class Side:
    """A cell of one of the two: its number, and its text as safe HTML."""

    number: int
    is_code: bool
    body: Markup


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair with the cells in which they share something, each beside the one that it shares most with."""

    alike: Alike
    rows: tuple[tuple[Side | None, Side | None], ...]
    left_out: int

    @classmethod
    def of(cls, alike: Alike, one: Sequence[Source], other: Sequence[Source], common: Mapping[Part, Hashes]) -> Shown:
        """The two works of a pair. `common` are fingerprints that say nothing."""
        shared = shared_prints(work_of("", one), work_of("", other), common)
        found = side_by_side(marked(one, shared), marked(other, shared))
        rows: list[tuple[Side | None, Side | None]] = []
        left = MOST_CHARACTERS
        for pair in found[:MOST_ROWS]:
            left -= sum(len(each.cell.text) for each in pair if each is not None)
            if left < 0 and rows:
                break
            rows.append((_side(pair[0]), _side(pair[1])))
        return cls(alike, tuple(rows), len(found) - len(rows))


def render(pairs: Iterable[Shown], more: Sequence[Alike], compared: int) -> str:
    """The page, which runs nothing and asks nothing of the network; `more` are pairs without their texts."""
    template = environment().get_template("similar.html")
    return template.render(pairs=list(pairs), more=more, compared=compared, style=style(), address=report_address)


def _side(found: Marked | None) -> Side | None:
    if found is None:
        return None
    text = found.cell.text[:MOST_CHARACTERS]
    ends = [0, *(min(end, len(text)) for span in found.spans for end in span), len(text)]
    body = Markup()
    for at, (start, end) in enumerate(pairwise(ends)):
        # Stretches that are shared stand at the odd places.
        piece = neutral_lines(text[start:end])
        body += Markup("<mark>{}</mark>").format(piece) if at % 2 and piece else escape(_shortened(piece))
    return Side(found.cell.number, found.cell.is_code, body)


def _shortened(text: str) -> str:
    if len(text) <= MOST_BETWEEN:
        return text
    return f"{text[:LEFT_BETWEEN]} […] {text[-LEFT_BETWEEN:]}"
