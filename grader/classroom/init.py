"""The files that have a class graded on GitHub: a workflow for its template repository, a folder for Classroom 50."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from grader.assignment import load
from grader.classroom import constraints, wheel
from grader.export.autograding import WITHOUT_GRADE, runner_name
from grader.export.files import write_text
from grader.find import BadRequest
from grader.report.templates import folder as templates

WORKFLOW = Path(".github", "workflows", "classroom.yml")
RUNTIME = {"python": "3.11"}
"""What Classroom 50 is told of the machine: TensorFlow has no build for the Python that it takes by itself."""
_ACTION = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+(/[A-Za-z0-9_./-]+)?@[A-Za-z0-9_./-]+")
_NOTEBOOK = re.compile(r"[\w./ -]+\.ipynb")


def workflow(action: str, pack: str | None = None, notebook: str | None = None) -> str:
    """The text of classroom.yml. Raises `BadRequest` where the action or the notebook cannot stand in it."""
    if not _ACTION.fullmatch(action):
        raise BadRequest(f"--action {action}: name the action as OWNER/REPOSITORY@VERSION")
    _require_plain(notebook)
    # GitHub's own expressions stand between double braces.
    environment = Environment(
        loader=FileSystemLoader(templates() / "classroom", encoding="utf-8"),
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        trim_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,
    )
    runners = [*(runner_name(question.id) for question in load(pack).questions), WITHOUT_GRADE]
    given = (("assignment", pack), ("notebook", notebook))
    inputs = [(name, json.dumps(value, ensure_ascii=False)) for name, value in given if value]
    return environment.get_template("classroom.yml").render(action=action, inputs=inputs, runners=runners)


def write_workflow(repository: Path, text: str, *, replace: bool = False) -> Path:
    """Write the workflow into a repository.

    Raises `BadRequest` where there is no such folder, or, unless `replace`, another workflow in its place.
    """
    if not repository.is_dir():
        raise BadRequest(f"{repository}: there is no such folder; give the checkout of your template repository")
    path = repository / WORKFLOW
    _write({path: text}, replace=replace)
    return path


def write_autograder(
    folder: Path, pack: str | None = None, notebook: str | None = None, *, replace: bool = False
) -> list[Path]:
    """Write autograder.py, the grader itself as a wheel, the versions to install and the runtime block into a folder.

    Raises `BadRequest` where one of them, unless `replace`, would take the place of a file that says something else.
    """
    _require_plain(notebook)
    load(pack)
    template = (templates() / "classroom" / "autograder.py").read_text(encoding="utf-8")
    arguments = [*(["--pack", pack] if pack else []), *(["--notebook", notebook] if notebook else [])]
    script = template.replace("ARGUMENTS: list[str] = []", f"ARGUMENTS: list[str] = {json.dumps(arguments)}")
    texts = {
        folder / "autograder.py": script,
        folder / "constraints.txt": constraints.path().read_text(encoding="utf-8"),
        folder / "runtime.json": json.dumps(RUNTIME) + "\n",
    }
    _write(texts, replace=replace)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".grader-") as unfinished:
        made = wheel.write(Path(unfinished))
        for old in folder.glob("grader-*.whl"):
            old.unlink()
        made.replace(folder / made.name)
    return [*texts, folder / made.name]


def _require_plain(notebook: str | None) -> None:
    if notebook and not _NOTEBOOK.fullmatch(notebook):
        raise BadRequest(f"--notebook {notebook}: give the path of a notebook (.ipynb) in the repository")


def _write(texts: dict[Path, str], *, replace: bool) -> None:
    """Write all of them, or none where one is in the way."""
    for path, text in texts.items():
        there = path.exists() or path.is_symlink()
        if there and not replace and not (path.is_file() and path.read_text("utf-8", errors="replace") == text):
            raise BadRequest(f"{path} is there already, and says something else; move it away, or give --replace")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, text)
