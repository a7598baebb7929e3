"""`grader regrade DIR`: judging again what was recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from grader.cli.refuse import refuse
from grader.text import neutral

if TYPE_CHECKING:
    from grader.batch.regrade_folder import Regraded
    from grader.result.names import Reader

MOST_NAMED = 20


def regraded(
    folder: Path,
    pack: str | None,
    matcher: str,
    jobs: int | None,
    reader: Reader,
    wordings: Path | None = None,
    *,
    dry: bool = False,
) -> Sequence[Regraded]:
    """Judge all results of a folder again, and say what came of it. Ends the command where that cannot be done.

    With `dry` nothing is written: it says what would be.
    """
    from grader.batch.regrade_folder import regrade
    from grader.result.names import BadRequest
    from grader.worker.workers import HomeLost, Refused, Workers

    try:
        with Workers(pack or "default", matcher, wordings=wordings) as workers:
            workers.about()
            done = regrade(folder, workers, jobs=jobs, reader=reader, dry=dry)
    except (BadRequest, Refused, HomeLost) as error:
        refuse(str(error))
    for line in [*said(done), *(what_moved(done) if dry else [])]:
        typer.echo(line)
    return done


def what_moved(done: Sequence[Regraded]) -> list[str]:
    """Which checks earn other points, for how many, in which direction."""
    up = Counter(id_ for each in done for id_, (had, has) in each.moved.items() if has > had)
    down = Counter(id_ for each in done for id_, (had, has) in each.moved.items() if has < had)
    checks = sorted({*up, *down}, key=lambda id_: (-up[id_] - down[id_], id_))
    lines = [f"  {neutral(id_, 60)}: {up[id_]} earn more, {down[id_]} earn less" for id_ in checks[:MOST_NAMED]]
    lines += [f"  and {len(checks) - MOST_NAMED} more checks"] if len(checks) > MOST_NAMED else []
    return [*lines, "Nothing was written"]


def said(done: Sequence[Regraded]) -> list[str]:
    """How many were judged, how many of them run, and why; whose points are others; and what was kept as it was."""
    judged = [each for each in done if each.how != "kept"]
    ran = [each for each in done if each.how == "run"]
    changed = [each for each in judged if each.changed]
    lines = [
        f"{_results(len(judged))} judged again, {len(judged) - len(ran)} from what was recorded; "
        f"{len(changed)} differ{'s' * (len(changed) == 1)} from before"
    ]
    for why, count in Counter(each.why for each in ran).most_common():
        lines.append(f"  {count} had to be run: {neutral(why, 200)}")
    moved = [each for each in changed if each.before != each.score]
    lines += [f"  {neutral(each.name, 60)}: {each.before} -> {each.score}" for each in moved[:MOST_NAMED]]
    lines += [f"  and {len(moved) - MOST_NAMED} more"] if len(moved) > MOST_NAMED else []
    kept = [each for each in done if each.how == "kept"]
    lines += [f"  {neutral(each.name, 60)} is as it was: {neutral(each.why, 300)}" for each in kept[:MOST_NAMED]]
    lines += [f"  and {len(kept) - MOST_NAMED} more are as they were"] if len(kept) > MOST_NAMED else []
    return lines


def _results(count: int) -> str:
    return f"{count} result{'s' * (count != 1)}"
