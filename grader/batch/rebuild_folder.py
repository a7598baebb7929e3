"""Making the reports of a folder anew from what a grade has left, with other templates, say; nothing is run."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from grader.files.links import exists, is_folder, is_link, leads_to_folder, resolved
from grader.gradebook.how_it_stands import Standing
from grader.result.names import RESULT, BadRequest, Reader
from grader.result.proof import is_altered
from grader.worker.workers import HomeLost, Job, Workers, WorkFailed


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One folder of results: its report is new, or there is a problem, and it is as it was."""

    folder: Path
    problem: str | None = None
    altered: bool = False
    """Whether the result is not as the grader wrote it, as far as that can be told."""


def rebuild(
    root: Path,
    reader: Reader | None = "student",
    standings: Mapping[str, Standing] = MappingProxyType({}),
    only: Collection[str] | None = None,
) -> list[Rebuilt]:
    """Write `report.html` anew for the results in a folder and in the folders in it, and their `index.html`.

    Without a `reader`, each report is for whom it was before. `standings` are what people decided, by the names of
    folders; with `only`, the reports of these folders alone are made anew.

    A result that cannot be read, or whose executed notebook cannot, keeps the report that it has, and so does what lies
    behind a link, which is somebody else's. Raises `BadRequest` where there are no results, or the index cannot be
    written.
    """
    if not root.is_dir():
        raise BadRequest(f"{root}: this is no folder; give the one that was named with --out")
    given, root = root, resolved(root)
    found = list(folders_of(root))
    if not found:
        raise BadRequest(f"{given}: there is no {RESULT} in this folder, nor in the folders in it")
    if only is not None:
        found = [folder for folder in found if folder.name in only]
    linked = [folder for folder in found if folder != root and is_link(folder)]
    folders = [folder for folder in found if folder not in linked]
    with Workers(None) as workers:
        made = [
            Rebuilt(folder, problem, altered)
            for folder, (problem, altered) in zip(folders, _made(workers, folders, reader, standings), strict=True)
        ]
        # The index says nothing of earlier attempts.
        told = {name: each.model_dump_json(exclude={"earlier"}) for name, each in standings.items()}
        index: dict[str, object] = {"kind": "index", "folder": str(root), "also": [], "standings": told}
        problem = None if folders == [root] else problem_of(workers, index)
    if problem is not None:
        raise BadRequest(problem)
    made += [Rebuilt(folder, f"{folder} is a link, and was left alone; give what it leads to") for folder in linked]
    return made


def _made(
    workers: Workers, folders: Sequence[Path], reader: Reader | None, standings: Mapping[str, Standing]
) -> list[tuple[str | None, bool]]:
    """What came of each folder, and whether its result was changed; the processors share them."""
    workers.about()  # all that is needed is imported now, once

    def made(folder: Path) -> tuple[str | None, bool]:
        altered = _is_altered(folder)
        standing = standings.get(folder.name)
        told = None if standing is None else standing.model_dump_json()
        request: dict[str, object] = {"kind": "report", "folder": str(folder), "reader": reader, "standing": told}
        return problem_of(workers, request), altered

    with ThreadPoolExecutor(os.cpu_count()) as executor:
        return list(executor.map(made, folders))


def _is_altered(folder: Path) -> bool:
    try:
        return is_altered(folder, {})
    except OSError:  # which is said of its report
        return False


def problem_of(workers: Workers, request: dict[str, object]) -> str | None:
    """Have a report or an index made; why that could not be done."""
    try:
        problem: str | None = workers.do(Job(request))["problem"]
    except (WorkFailed, HomeLost) as error:
        return f"{request['folder']}: {error}"
    return problem


def folders_of(root: Path) -> Iterator[Path]:
    """The folders with results in a folder, and that itself."""
    for folder in (root, *sorted(item for item in root.iterdir() if leads_to_folder(item))):
        # A link is a result that is refused; a folder is somebody whose name is that of our file.
        if exists(folder / RESULT, follow=False) and not is_folder(folder / RESULT):
            yield folder
