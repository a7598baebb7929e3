"""The autograder for Gradescope: a zip of two scripts, the grader as a wheel, and the versions to install."""

from __future__ import annotations

import shlex
import zipfile
from pathlib import Path

from grader.classroom import wheel
from grader.classroom.init import require_plain
from grader.classroom.repository import require_registered
from grader.export.gradescope import Visibility
from grader.files import shipped
from grader.files.for_a_while import folder_for_a_while
from grader.files.links import placed
from grader.files.whole import write_bytes
from grader.pack.loading import load
from grader.report.templates import folder as templates
from grader.result.names import BadRequest

EXECUTABLE, PLAIN = 0o755, 0o644
SETUP, RUN = "setup.sh", "run_autograder"


def write_zip(
    path: Path,
    pack: str | None = None,
    notebook: str | None = None,
    visibility: Visibility = "visible",
    timeout: float = 300,
    *,
    replace: bool = False,
) -> Path:
    """Write the zip. The same grader and the same arguments give the same bytes.

    Raises `BadRequest` where the arguments cannot stand in it, or, unless `replace`, where something else is there.
    """
    require_plain(notebook)
    require_registered(pack)
    load(pack)
    if path.is_dir():
        raise BadRequest(f"{path} is a folder; give the name of a zip")
    if not path.parent.is_dir():
        raise BadRequest(f"{path.parent}: there is no such folder")
    given = {"--pack": pack, "--notebook": notebook, "--visibility": visibility, "--timeout": f"{timeout:g}"}
    arguments = [text for name, value in given.items() if value for text in (name, value)]
    content = _zipped(arguments)
    if path.exists() and not replace and path.read_bytes() != content:
        raise BadRequest(f"{path} is there already, and is something else; move it away, or give --replace")
    write_bytes(placed(path), content)
    return path


def _zipped(arguments: list[str]) -> bytes:
    scripts = {name: (templates() / "classroom" / name).read_text(encoding="utf-8") for name in (SETUP, RUN)}
    scripts[RUN] = scripts[RUN].replace("arguments=()", f"arguments=({shlex.join(arguments)})")
    with folder_for_a_while("grader-") as folder:
        made, path = wheel.write(folder), folder / "autograder.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, script in scripts.items():
                _add(archive, name, script.encode(), EXECUTABLE)
            _add(archive, "constraints.txt", shipped.text("constraints.txt").encode(), PLAIN)
            _add(archive, made.name, made.read_bytes(), PLAIN)
        return path.read_bytes()


def _add(archive: zipfile.ZipFile, name: str, content: bytes, mode: int) -> None:
    """A file as Unix knows it, whatever system writes the zip: Gradescope runs the scripts as they are."""
    information = zipfile.ZipInfo(name, wheel.EPOCH)
    information.create_system = 3
    information.external_attr = mode << 16
    archive.writestr(information, content, zipfile.ZIP_DEFLATED)
