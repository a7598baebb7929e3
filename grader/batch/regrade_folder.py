"""Judging the results of a folder again, after the pack or the grader has changed: from what was recorded."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from grader.batch.rebuild_folder import folders_of, problem_of
from grader.files.links import is_link, resolved
from grader.grading.record import FOLDER
from grader.kernel.bounds.limits import Limits
from grader.kernel.pool import KernelPool
from grader.kernel.seal.offer import SEAL
from grader.result.names import RESULT, BadRequest, Reader
from grader.worker.serve import KernelService
from grader.worker.workers import HomeLost, Job, Workers, WorkFailed

How = Literal["recorded", "run", "kept"]


@dataclass(frozen=True, slots=True)
class Regraded:
    """What came of one result: how, and why it was run or kept; its points before and after, where it was judged."""

    name: str
    how: How
    why: str = ""
    changed: bool = False
    before: int | None = None
    score: int | None = None
    moved: dict[str, list[int]] = field(default_factory=dict)
    """What each check had earned and earns now, where that is not the same."""


def regrade(
    root: Path,
    workers: Workers,
    *,
    jobs: int | None = None,
    reader: Reader = "student",
    sandbox: bool = True,
    dry: bool = False,
) -> list[Regraded]:
    """Judge all results in the folders of a folder again, and write those that are others than before; none if `dry`.

    A notebook is run only where something is asked that was not asked when it was recorded. Raises `BadRequest` where
    there are no results, or the index cannot be written.
    """
    if not root.is_dir():
        raise BadRequest(f"{root}: this is no folder; give the one that was named with --out")
    given, root = root, resolved(root)
    folders = [folder for folder in folders_of(root) if folder != root and not is_link(folder)]
    if not folders:
        raise BadRequest(f"{given}: there is no {RESULT} in the folders of this folder")
    if not (root / FOLDER).is_dir():
        raise BadRequest(f"{given}: nothing was recorded here; grade the notebooks again, with --again")
    beside = max(1, min(jobs or os.cpu_count() or 1, len(folders)))
    # No kernel is started, nor anything imported for one, before one is needed.
    with KernelPool(seal=SEAL if sandbox else None, beside=beside) as pool, ThreadPoolExecutor(beside) as threads:
        done = list(threads.map(lambda folder: _regraded(folder, workers, pool, reader, dry), folders))
    if any(each.changed for each in done) and not dry:
        problem = problem_of(workers, {"kind": "index", "folder": str(root), "also": []})
        if problem is not None:
            raise BadRequest(problem)
    return done


def _regraded(folder: Path, workers: Workers, pool: KernelPool, reader: Reader, dry: bool) -> Regraded:
    service = KernelService(pool, Limits())
    try:
        done = workers.do(Job({"kind": "regrade", "folder": str(folder), "reader": reader, "dry": dry}, service.reply))
    except (WorkFailed, HomeLost) as error:
        return Regraded(folder.name, "kept", str(error))
    finally:
        service.close()
    told = {name: done[name] for name in ("how", "why", "changed", "before", "score", "moved") if name in done}
    return Regraded(folder.name, **told)
