"""index.html: the class at a glance, for the instructor: what it knows, who needs a person, and all submissions."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from markupsafe import Markup

from grader.files.links import exists, is_link
from grader.files.opened import opened
from grader.files.whole import write_text
from grader.gradebook.decided import applied
from grader.gradebook.how_it_stands import Standing
from grader.report.class_rows import Row, by_folder, row_of
from grader.report.html import STYLESHEET
from grader.report.page import NOTHING
from grader.report.templates import environment, folder
from grader.result.file import UnreadableResult
from grader.result.file import read as read_result
from grader.result.model import Result
from grader.result.names import RESULT, BadRequest
from grader.roll.roll import Row as RollRow
from grader.roll.roll import read_roll
from grader.statistics.alike import Alike
from grader.statistics.class_survey import survey
from grader.statistics.tally import Tally
from grader.text import neutral

INDEX = "index.html"
OURS, SEEN = '<meta name="generator" content="grader">', 4_000
"""What a page of ours says of itself, and within how many bytes."""
MOST_SAID = 600
"""Characters that are said of a file that was refused."""
MOST_NEEDING, MOST_PAIRS, MOST_ABSENT, MOST_CHANGED = 30, 30, 400, 100
"""So many are listed; of more it is said how many, and the table has them."""
SCRIPTS = ("table.js", "heat.js")

Similar = Callable[[Path, Mapping[str, str | None], Sequence[str]], Sequence[Alike]]
"""Finds the similar submissions in a folder, from the digests of what was handed in, and the texts of the questions."""


@dataclass(slots=True)
class Class:
    """A class as its page tells of it: the rows, what was counted, and what is not among them.

    `refused` says which files were not taken for results, and why.
    """

    rows: list[Row] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    assignments: set[str] = field(default_factory=set)
    titles: dict[int, str] = field(default_factory=dict)
    digests: dict[str, str | None] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    absent: list[RollRow] = field(default_factory=list)
    alike: Sequence[Alike] = ()
    _signs: list[str] = field(default_factory=list)

    def add(self, name: str, found: Result, standing: Standing, known: RollRow | None = None) -> None:
        """One submission, with the name of its folder, or an empty one where it has no report."""
        result = applied(found, standing.overrides)
        self.tally.add(result)
        self.rows.append(row_of(name, result, standing, known))
        self._signs.append(self.tally.signs(result) if result.status == "graded" else "")
        self.assignments.add(neutral(result.assignment.title, MOST_SAID))
        self.titles.update({question.number: neutral(question.title, 200) for question in result.questions})
        if name and result.status == "graded":
            self.digests[name] = result.submission.sha256

    @property
    def signs(self) -> list[str]:
        """How each check came out in each of the rows, in their order; of checks that came later there is a dot."""
        return [signs.ljust(len(self.tally.checks), ".") if signs else "" for signs in self._signs]


def write_index(
    root: Path,
    also: Iterable[Result] = (),
    standings: Mapping[str, Standing] = MappingProxyType({}),
    similar: Similar | None = None,
) -> None:
    """Write `index.html` for all results in the folders of a folder, and for those that have no file of their own.

    These stand in the place of what an earlier run has left under their name. `standings` says what people decided, by
    the names of folders; `similar` finds what is worth a look.

    Raises `OSError` where it cannot be written, and `BadRequest` where a page of somebody else's has its name.
    """
    path = root / INDEX
    if exists(path, follow=False) and not is_ours(path):
        raise BadRequest(f"{path} was not written by the grader, and stays as it is; give another folder, or move it")
    roll = _roll(root)
    known = by_folder(roll)
    without = {result.submission.name: result for result in also}
    made = Class(absent=[row for row in roll if row.absent is not None and row.key not in without])
    for file in sorted(inside / RESULT for inside in root.iterdir()):
        name = file.parent.name
        # No grade makes a link in the place of a folder, and it leads to what belongs to others.
        if is_link(file.parent) or not exists(file, follow=False) or name in without:
            continue
        try:
            made.add(name, read_result(file), standings.get(name, NOTHING), known.get(name))
        except UnreadableResult as error:
            made.refused.append(f"{name}/{RESULT}: {error.problem}")
    for result in without.values():
        made.add("", result, NOTHING)
    if similar is not None:
        # To compare a class may take more time or memory than there is, which costs nobody the page.
        write_text(path, render(made))
        made.alike = similar(root, made.digests, [made.tally.prompts[key] for key in sorted(made.tally.prompts)])
    write_text(path, render(made))


def _roll(root: Path) -> tuple[RollRow, ...]:
    try:
        found = read_roll(root)
    except (OSError, ValueError):
        return ()
    return () if found is None else found.rows


def is_ours(path: Path) -> bool:
    """Whether a page was written by the grader."""
    try:
        with opened(path) as file:
            return OURS in file.read(SEEN).decode(errors="replace")
    except OSError:
        return False


def style() -> Markup:
    """The style of the pages of a class."""
    return Markup("".join((folder() / name).read_text(encoding="utf-8") for name in (STYLESHEET, "class.css")))


def render_index(
    results: Iterable[tuple[str, Result]],
    refused: Sequence[str] = (),
    standings: Mapping[str, Standing] = MappingProxyType({}),
    absent: Sequence[RollRow] = (),
    alike: Sequence[Alike] = (),
) -> str:
    """The page of results, each with the name of its folder, or an empty one where it has no report."""
    made = Class(refused=[*refused], absent=[*absent], alike=alike)
    for name, result in results:
        made.add(name, result, standings.get(name, NOTHING))
    return render(made)


def render(made: Class) -> str:
    """The page of a class. A script of its own sorts and searches; its policy allows that one and no other."""
    script = "\n".join((folder() / name).read_text(encoding="utf-8") for name in SCRIPTS)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    order = sorted(range(len(made.rows)), key=lambda at: made.rows[at].rank)
    rows, signs = [made.rows[at] for at in order], made.signs
    needing = [row for row in rows if row.reasons]
    changed = [row for row in rows if row.not_reproduced]
    return (
        environment()
        .get_template("index.html")
        .render(
            rows=list(zip(rows, (signs[at] for at in order), strict=True)),
            numbers=sorted(made.titles),
            titles=made.titles,
            assignments=sorted(made.assignments),
            survey=survey(made.tally),
            checks=[[each.question, neutral(each.title, 300)] for each in made.tally.checks.values()],
            needing=needing[:MOST_NEEDING],
            more_needing=max(0, len(needing) - MOST_NEEDING),
            absent=made.absent[:MOST_ABSENT],
            more_absent=max(0, len(made.absent) - MOST_ABSENT),
            changed=changed[:MOST_CHANGED],
            more_changed=max(0, len(changed) - MOST_CHANGED),
            alike=made.alike[:MOST_PAIRS],
            more_alike=max(0, len(made.alike) - MOST_PAIRS),
            kinds={kind for row in rows for kind in row.kinds},
            reckoned=any(row.reckoned for row in rows),
            decided=any("decided" in row.kinds for row in rows),
            style=style(),
            script=Markup(script),
            digest=digest,
            refused=[neutral(line, MOST_SAID) for line in made.refused],
        )
    )
