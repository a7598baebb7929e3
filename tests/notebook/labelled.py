"""Notebooks whose lines are labelled with the question they answer, and how many of them a segmentation gets right.

A file in `outlines/` is a notebook: `%% markdown` or `%% code` begins a cell; a line `@@4` says that what follows, up
to the next such line and across cells, answers question 4, and `@@0` that it answers none. The first line is a comment.
Patterns are chosen on all of them: on the files with odd numbers from the beginning, on those with even numbers since
29 November 2026, before which they were there to measure only. Those in `outlines_kept/` were written later, by
somebody who has seen neither the segmentation nor the first, and are there to measure only: nobody who works on the
segmentation reads them. Of fifty that were written still later, before anybody looked at how the segmentation decides,
a half drawn by lot is in `outlines_fresh/`, to choose on, and the other in `outlines_fresh_kept/`, to measure only.
Sixty more, in the styles of public notebooks and again written before anybody looked, are parted in the same way (by a
hash of their names) into `outlines_later/` and `outlines_later_kept/`. Forty more that vary the marks and the order of
the outline itself are parted likewise into `outlines_varied/` and `outlines_varied_kept/`; and ninety-two of a crowd of
students, whose sentences are drawn from a common stock and whose outlines are each an idea of their own, into
`outlines_crowd/` and `outlines_crowd_kept/`. Sixty of a course, with the headings of students, instructors and authors
of articles above sentences from another stock, are parted likewise into `outlines_course/` and
`outlines_course_kept/`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.notebook.reading.read import Notebook
from grader.notebook.segment import Labelled, Segmentation
from tests.notebook.writing import Draft, notebook

(
    FOLDER,
    KEPT,
    FRESH,
    FRESH_KEPT,
    LATER,
    LATER_KEPT,
    VARIED,
    VARIED_KEPT,
    CROWD,
    CROWD_KEPT,
    COURSE,
    COURSE_KEPT,
) = (
    Path(__file__).parent / name
    for name in (
        "outlines",
        "outlines_kept",
        "outlines_fresh",
        "outlines_fresh_kept",
        "outlines_later",
        "outlines_later_kept",
        "outlines_varied",
        "outlines_varied_kept",
        "outlines_crowd",
        "outlines_crowd_kept",
        "outlines_course",
        "outlines_course_kept",
    )
)
SUBSTANCE = 5
"""So many words on a line that answers nothing are more than a heading or a rule."""

MOSTLY = 0.8
_CELL = re.compile(r"%% (markdown|code)\s*")
_LABEL = re.compile(r"@@(\d+)\s*")


@dataclass(frozen=True)
class Line:
    """A line of a cell (from 1), and the number of the question that it answers, or 0."""

    cell: int
    number: int
    text: str
    label: int


@dataclass(frozen=True)
class Outline:
    """A labelled notebook."""

    name: str
    notebook: Notebook
    lines: tuple[Line, ...]

    @property
    def is_even(self) -> bool:
        return int(self.name.partition("_")[0]) % 2 == 0


@dataclass(frozen=True)
class Score:
    """How many lines were given to the right question; the lines that were not; the questions that are mostly right."""

    right: int
    wrong: tuple[tuple[Line, int], ...]
    questions: int
    mostly_right: int


def outlines(folder: Path = FOLDER) -> list[Outline]:
    """All labelled notebooks of a folder, by name."""
    return [load_outline(path) for path in sorted(folder.glob("*.txt"))]


def load_outline(path: Path) -> Outline:
    """A labelled notebook from its file."""
    cells: list[tuple[str, list[tuple[str, int]]]] = []
    label = 0
    for line in path.read_text(encoding="utf-8").split("\n"):
        if begins := _CELL.fullmatch(line):
            cells.append((begins[1], []))
        elif labels := _LABEL.fullmatch(line):
            label = int(labels[1])
        elif cells:
            cells[-1][1].append((line, label))
    drafts, lines = [], []
    for index, (kind, content) in enumerate(cells):
        while content and not content[-1][0].strip():
            content.pop()
        drafts.append(Draft("code" if kind == "code" else "markdown", "\n".join(text for text, _ in content)))
        lines += [Line(index, number, text, label) for number, (text, label) in enumerate(content, 1)]
    return Outline(path.stem, notebook(drafts), tuple(line for line in lines if _says_something(line.text)))


def _says_something(text: str) -> bool:
    return not text.strip().startswith("```") and any(map(str.isalnum, re.sub(r"<[^>]*>", "", text)))


def score(outline: Outline, segmentation: Segmentation) -> Score:
    """Compare a segmentation with the labels."""
    right, wrong = 0, []
    given: Counter[int] = Counter()
    hit: Counter[int] = Counter()
    total: Counter[int] = Counter()
    for line in outline.lines:
        owner, role, kind = _owner(line, segmentation)
        if line.label == 0 and not (kind == "prose" and role != "question text" and _has_substance(line.text)):
            continue
        total[line.label] += 1
        given[owner] += 1
        hit[line.label] += owner == line.label
        right += owner == line.label
        if owner != line.label:
            wrong.append((line, owner))
    asked = sorted(set(total) - {0})
    good = [q for q in asked if hit[q] >= MOSTLY * total[q] and hit[q] >= MOSTLY * given[q]]
    return Score(right, tuple(wrong), len(asked), len(good))


def _has_substance(text: str) -> bool:
    return not text.lstrip().startswith("#") and len(text.split()) >= SUBSTANCE


def _owner(line: Line, segmentation: Segmentation) -> tuple[int, str, str]:
    """The number of the question that a line was given to (0: none), its role, and whether it is prose or code."""
    covering = [
        block
        for block in segmentation.blocks
        if block.cell == line.cell and block.first_line <= line.number <= block.last_line
    ]
    best = max(covering, key=lambda block: _share(block, line), default=None)
    if best is None:
        return 0, "none", "prose"
    return int((best.question or "q0")[1:]), best.role, best.kind


def _share(block: Labelled, line: Line) -> tuple[int, bool]:
    """How much of a line is in a block; of equals, prose counts."""
    lines: Sequence[str] = block.text.split("\n")
    at = line.number - block.first_line
    words = lines[at].split() if at < len(lines) else []
    return sum(len(word) for word in words if word.strip("'\"") in line.text), block.kind == "prose"


def failures(scored: Score) -> Iterator[str]:
    """The lines that were given to the wrong question, in words."""
    for line, owner in scored.wrong:
        yield f"cell {line.cell} line {line.number}: {owner} for {line.label}: {line.text[:70]}"
