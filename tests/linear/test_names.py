"""Names of results: does no class take long to be named, however its files are called, and when it is graded again?"""

from __future__ import annotations

from pathlib import Path

from grader.batch.origins import apart, keep
from grader.batch.submissions import find
from grader.files.folder_names import MOST_BYTES, unique
from grader.result import file
from grader.result.names import RESULT
from tests.benchmarks.hostile_text import Make
from tests.linear.growth import slow_shapes
from tests.report import samples

FILES, FILE_BYTES = 160, 400_000


def _cases(number: int) -> str:
    """A name of twelve letters of which each is small or large, as the number has its digits."""
    return "".join(letter.upper() if number >> place & 1 else letter for place, letter in enumerate("abcdefghijkl"))


NAMES: dict[str, Make] = {
    "the same": lambda size: "x\n" * (size // 13),
    "of two cases": lambda size: "\n".join(map(_cases, range(size // 13))),
    "long ones that begin alike, each twice": lambda size: "\n".join(
        "a" * (MOST_BYTES - 4) + f"{number // 2:04d}" for number in range(size // 13)
    ),
}


def test_no_names_take_long_to_be_told_apart() -> None:
    """Do eight times as many names take hardly more than eight times as long, if all of them are nearly the same?"""
    assert not slow_shapes(lambda text: unique(text.split("\n")), 13 * 4_000, most=5.0, shapes=NAMES)


def test_files_that_are_called_alike_are_found_again_at_once(tmp_path: Path) -> None:
    """Is each file of a class read once, and not for each result that another file of its name has left?"""
    paths = [tmp_path / f"s{number}" / "hw.ipynb" for number in range(FILES)]
    for number, path in enumerate(paths):
        path.parent.mkdir()
        path.write_text(f"{number} {'x' * FILE_BYTES}")
    out = tmp_path / "out"
    out.mkdir()
    result = samples.graded()
    for item in apart(find(paths), out)[0]:
        (out / item.name).mkdir()
        about = result.submission.model_copy(update={"file": "hw.ipynb", "name": item.name, "sha256": "0" * 64})
        file.write(result.model_copy(update={"submission": about}), out / item.name / RESULT)
        keep(item, out)
    again: dict[str, Make] = {"files": lambda size: "x" * size}
    assert not slow_shapes(lambda text: apart(find(paths[: len(text)]), out), FILES, most=20.0, shapes=again)
