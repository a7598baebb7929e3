"""A wheel of the grader that is installed here, so that a class is graded by the one that its teacher has tried."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from grader.files import shipped
from grader.pack.loading import home
from grader.report import templates
from grader.result.names import BadRequest

DISTRIBUTION = "notebook-examiner"
STEM = "notebook_examiner"
"""How the names of its wheels begin."""
EARLIER = "grader"
"""How those of earlier versions did."""
PACKAGE = "grader"
SKIPPED = ("__pycache__", "*.pyc", "*.ipynb", "*.toml", "*.md", ".*")
"""What is no part of it; the model answers to an assignment are not handed out."""
WHEEL = b"Wheel-Version: 1.0\nGenerator: grader\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
EPOCH = (1980, 1, 1, 0, 0, 0)


def write(folder: Path) -> Path:
    """Write the wheel into a folder, with the pack that is shipped. The same files give the same wheel.

    Raises `BadRequest` where the grader is not installed, and `OSError` where the wheel cannot be written.
    """
    try:
        installed = distribution(DISTRIBUTION)
    except PackageNotFoundError as error:
        raise BadRequest("the grader is not installed, but runs from a folder; install it with pip first") from error
    information = f"{STEM}-{installed.version}.dist-info"
    content = dict(_packages())
    for name in ("METADATA", "entry_points.txt"):
        content[f"{information}/{name}"] = (installed.read_text(name) or "").encode()
    content[f"{information}/WHEEL"] = WHEEL
    content[f"{information}/RECORD"] = _record(content, f"{information}/RECORD")
    path = folder / f"{STEM}-{installed.version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name in sorted(content):
            wheel.writestr(zipfile.ZipInfo(name, EPOCH), content[name], zipfile.ZIP_DEFLATED)
    return path


def _packages() -> Iterator[tuple[str, bytes]]:
    """The files of the grader and of the pack, as they lie in an installation."""
    for package in (shipped.PACKAGE, *home()):
        yield from _files(package, package.name)
    yield from _files(templates.folder(), f"{PACKAGE}/templates")
    for name in shipped.CHECKOUT:
        yield f"{PACKAGE}/{name}", shipped.path(name).read_bytes()


def _files(folder: Path, under: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(Path(part).match(skipped) for part in inside.parts for skipped in SKIPPED):
            yield f"{under}/{inside.as_posix()}", path.read_bytes()


def _record(content: dict[str, bytes], itself: str) -> bytes:
    """The list of files with their hashes (PEP 376, PEP 427)."""
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    for name in sorted(content):
        digest = base64.urlsafe_b64encode(hashlib.sha256(content[name]).digest()).rstrip(b"=").decode()
        writer.writerow((name, f"sha256={digest}", len(content[name])))
    writer.writerow((itself, "", ""))
    return rows.getvalue().encode()
