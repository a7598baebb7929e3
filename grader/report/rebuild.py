"""Making reports anew from what a grade has left, without running anything: with other templates, say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grader.export.files import write_text
from grader.export.result_json import UnreadableResult
from grader.export.result_json import read as read_result
from grader.find import FEEDBACK, REPORT, RESULT, BadRequest
from grader.links import exists, is_link, leads_to_folder
from grader.report.html import render
from grader.report.index import write_index

MANY = 12
"""So many reports are worth a second process."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One folder of results: its report is new, or there is a problem, and it is as it was."""

    folder: Path
    problem: str | None = None


def rebuild(root: Path) -> list[Rebuilt]:
    """Write `report.html` anew for the results in a folder and in the folders in it, and their `index.html`.

    A result that cannot be read, or whose executed notebook cannot, keeps the report that it has, and so does what lies
    behind a link, which is somebody else's. Raises `BadRequest` where there are no results, and `OSError` where the
    index cannot be written.
    """
    found = list(_folders(root))
    if not found:
        raise BadRequest(f"{root}: there is no {RESULT} in this folder, nor in the folders in it")
    linked = [folder for folder in found if folder != root and is_link(folder)]
    folders = [folder for folder in found if folder not in linked]
    made = [Rebuilt(folder, problem) for folder, problem in zip(folders, _problems(folders), strict=True)]
    made += [Rebuilt(folder, f"{folder} is a link, and was left alone; give what it leads to") for folder in linked]
    if folders != [root]:
        write_index(root)
    return made


def _problems(folders: list[Path]) -> list[str | None]:
    """What came of each folder; many are shared among the processors."""
    if len(folders) < MANY:
        return [_problem(folder) for folder in folders]
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(folders) // MANY + 1)) as processes:
        return list(processes.map(_problem, folders, chunksize=4))


def _folders(root: Path) -> Iterator[Path]:
    if not root.is_dir():
        raise BadRequest(f"{root}: this is no folder; give the one that was named with --out")
    for folder in (root, *sorted(item for item in root.iterdir() if leads_to_folder(item))):
        if exists(folder / RESULT) and not leads_to_folder(folder / RESULT):
            yield folder


def _problem(folder: Path) -> str | None:
    try:
        result = read_result(folder / RESULT)
        notebook = _notebook(folder / FEEDBACK)
        write_text(folder / REPORT, render(result, notebook))
    except UnreadableResult as error:
        return str(error)
    except OSError as error:
        return f"{folder / REPORT} cannot be written: {error.strerror}"
    except Exception as error:  # nbformat raises what it likes
        return f"{folder / FEEDBACK} cannot be read as a notebook ({type(error).__name__}); grade it again"
    return None


def _notebook(path: Path) -> NotebookNode | None:
    if not path.exists():
        return None
    node: NotebookNode = nbformat.read(path, 4)
    return node
