"""Which notebooks a command means, and under which names their results are kept. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

RESULT, REPORT, FEEDBACK = "result.json", "report.html", "feedback.ipynb"


class BadRequest(Exception):
    """The command cannot be carried out as given; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A notebook to grade, and the name of the folder that its results go to."""

    path: Path
    name: str


def find(paths: Iterable[Path]) -> list[Submission]:
    """The submissions that the paths of a command stand for, each notebook once, with names that do not collide.

    A file stands for itself and is named after its stem. A folder stands for the notebooks in it, and in the folders
    in it (`<student>/any.ipynb`), which are named after the student's folder. A file that does not exist is a
    submission too, which cannot be graded, so that one wrong name does not stop a whole class. Raises `BadRequest`
    where a folder has no notebook.
    """
    found: dict[Path, str] = {}
    for path in paths:
        named = list(_in_folder(path)) if path.is_dir() else [(path, path.stem or path.name)]
        if not named:
            raise BadRequest(f"{path}: there is no notebook (.ipynb) in this folder, nor in the folders in it")
        for file, name in named:
            found.setdefault(file.resolve(), name)
    return [Submission(path, name) for path, name in zip(found, unique(list(found.values())), strict=True)]


def _in_folder(folder: Path) -> Iterator[tuple[Path, str]]:
    for file in _notebooks(folder):
        yield file, file.stem
    for student in sorted(item for item in folder.iterdir() if item.is_dir() and not item.name.startswith(".")):
        files = _notebooks(student)
        for file in files:
            yield file, student.name if len(files) == 1 else f"{student.name}-{file.stem}"


def _notebooks(folder: Path) -> list[Path]:
    """The notebooks of a folder, without those that a grade has left there."""
    files = sorted(item for item in folder.iterdir() if item.suffix == ".ipynb" and item.is_file())
    return [file for file in files if not (file.name == FEEDBACK and (folder / RESULT).exists())]


def unique(names: Sequence[str]) -> list[str]:
    """The names with -2, -3, ... behind those that came before, also where upper and lower case alone differ."""
    taken: set[str] = set()
    chosen = []
    for name in names:
        candidate, number = name, 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{name}-{number}"
        taken.add(candidate.casefold())
        chosen.append(candidate)
    return chosen


def prepare(out: Path, submissions: Sequence[Submission]) -> None:
    """Make the folder of results. Raises `BadRequest` where it cannot be made or would overwrite a submission."""
    targets = {(out / item.name / file).resolve() for item in submissions for file in (RESULT, REPORT, FEEDBACK)}
    for item in submissions:
        if item.path in targets:
            raise BadRequest(
                f"--out {out}: writing the results there would overwrite {item.path}; choose another folder"
            )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise BadRequest(f"--out {out}: there is a file in the place of this folder; choose another one") from error
    except OSError as error:
        raise BadRequest(f"--out {out}: this folder cannot be made ({error.strerror}); choose another one") from error
