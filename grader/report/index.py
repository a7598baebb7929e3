"""index.html: the results of a folder in one table, those that need a person first."""

from __future__ import annotations

import base64
import hashlib
import os
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from markupsafe import Markup

from grader.files.links import exists, is_link
from grader.files.opened import opened
from grader.files.whole import write_text
from grader.gradebook.decided import applied
from grader.gradebook.how_it_stands import Standing
from grader.report.page import NOTHING, harmless
from grader.report.templates import environment, folder
from grader.result.file import UnreadableResult
from grader.result.file import read as read_result
from grader.result.model import QuestionResult, Result
from grader.result.names import INTEGRITY, REPORT, RESULT, BadRequest
from grader.text import neutral

INDEX = "index.html"
OURS, SEEN = '<meta name="generator" content="grader">', 4_000
"""What a page of ours says of itself, and within how many bytes."""
MOST_SAID = 600
"""Characters that are said of a file that was refused."""

STATUS = {"unreadable": "could not be read", "failed": "could not be graded"}
TROUBLE = {"error": "stopped with an error", "timeout": "took too long", "missing": "no answer"}


@dataclass(frozen=True, slots=True)
class Row:
    """One submission: the address of its report, what is the matter with it, and how much that is.

    `decided` are the questions in which points are the instructor's.
    """

    result: Result
    address: str
    trouble: str
    rank: tuple[int, ...]
    decided: frozenset[str]
    standing: Standing


def write_index(
    root: Path, also: Iterable[Result] = (), standings: Mapping[str, Standing] = MappingProxyType({})
) -> None:
    """Write `index.html` for all results in the folders of a folder, and for those that have no file of their own.

    These stand in the place of what an earlier run has left under their name. `standings` says what people decided, by
    the names of folders.

    Raises `OSError` where it cannot be written, and `BadRequest` where a page of somebody else's has its name.
    """
    path = root / INDEX
    if exists(path, follow=False) and not _is_ours(path):
        raise BadRequest(f"{path} was not written by the grader, and stays as it is; give another folder, or move it")
    found: list[tuple[str, Result]] = []
    refused: list[str] = []
    for file in sorted(inside / RESULT for inside in root.iterdir()):
        # No grade makes a link in the place of a folder, and it leads to what belongs to others.
        if is_link(file.parent) or not exists(file, follow=False):
            continue
        try:
            found.append((file.parent.name, read_result(file)))
        except UnreadableResult as error:
            refused.append(f"{file.parent.name}/{RESULT}: {error.problem}")
    without = {result.submission.name: ("", result) for result in also}
    rows = [row for row in found if row[0] not in without]
    write_text(path, render_index([*rows, *without.values()], refused, standings))


def _is_ours(path: Path) -> bool:
    try:
        with opened(path) as file:
            return OURS in file.read(SEEN).decode(errors="replace")
    except OSError:
        return False


def render_index(
    results: Iterable[tuple[str, Result]],
    refused: Sequence[str] = (),
    standings: Mapping[str, Standing] = MappingProxyType({}),
) -> str:
    """The page of results, each with the name of its folder, or an empty one where it has no report.

    `refused` says which files were not taken for results, and why.

    A script of the page's own sorts and searches the table; its policy allows that one and no other.
    """
    shown = [_row(name, result, standings.get(name, NOTHING)) for name, result in results]
    rows = sorted(shown, key=lambda row: row.rank)
    graded = [row.result for row in rows if row.result.status == "graded"]
    style = (folder() / "report.css").read_text(encoding="utf-8")
    script = (folder() / "table.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        environment()
        .get_template("index.html")
        .render(
            rows=rows,
            numbers=[question.number for question in _longest(rows)],
            titles={question.number: question.title for question in _longest(rows)},
            assignments=sorted({row.result.assignment.title for row in rows}),
            median=f"{statistics.median(result.score for result in graded):g}" if graded else None,
            means=_means(graded) if len(graded) > 1 else [],
            graded=len(graded),
            reckoned=any(row.standing.lines for row in rows),
            style=Markup(style),
            script=Markup(script),
            digest=digest,
            refused=[neutral(line, MOST_SAID) for line in refused],
        )
    )


def _means(graded: Sequence[Result]) -> list[str]:
    """The mean of the points, and of those for each question, with one decimal."""
    each = zip(*([question.score for question in result.questions] for result in graded), strict=False)
    means = [statistics.fmean(points) for points in ([result.score for result in graded], *each)]
    return [f"{mean:.1f}" for mean in means]


def _longest(rows: list[Row]) -> tuple[QuestionResult, ...]:
    return max((row.result.questions for row in rows), key=len, default=())


def _row(name: str, found: Result, standing: Standing) -> Row:
    result = harmless(applied(found, standing.overrides))
    statuses = [question.status for question in result.questions]
    broken = sum(check.status == "error" for question in result.questions for check in question.checks)
    counts = [(sum(status == kind for status in statuses), words) for kind, words in TROUBLE.items()]
    said = [f"{count} × {words}" for count, words in counts if count]
    said += [f"{broken} × for a person to check"] if broken else []
    trouble = STATUS.get(result.status) or ", ".join(said)
    address = f"{quote(os.fsencode(name), safe='')}/{REPORT}" if name else ""
    odd = sum(flag.startswith(INTEGRITY) for flag in result.flags)
    troubles = sum(count for count, _ in counts)
    rank = (result.status == "graded", -broken, -odd, -len(result.flags), -troubles, result.score)
    decided = frozenset(each.check.split(".")[0] for each in standing.overrides)
    return Row(result, address, trouble, tuple(map(int, rank)), decided, standing)
