"""The files that have a class graded on GitHub: a workflow for its template repository, a folder for Classroom 50."""

from __future__ import annotations

import json
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from grader.classroom import wheel
from grader.classroom.repository import leads_out, require_registered
from grader.export.autograding import WITHOUT_GRADE, runner_name
from grader.files import shipped
from grader.files.for_a_while import folder_for_a_while
from grader.files.links import placed
from grader.files.whole import write_text
from grader.pack.loading import load
from grader.report.templates import folder as templates
from grader.result.names import BadRequest

WORKFLOW = Path(".github", "workflows", "classroom.yml")
RUNTIME = {"python": "3.11"}
"""What Classroom 50 is told of the machine: TensorFlow has no build for the Python that it takes by itself."""
_WORD = r"[A-Za-z0-9_]+(?:[.-]+[A-Za-z0-9_]+)*"
_ACTION = re.compile(rf"{_WORD}(?:/{_WORD})+@{_WORD}(?:/{_WORD})*")
_NOTEBOOK = re.compile(r"[\w./ -]+\.ipynb")


def workflow(action: str, pack: str | None = None, notebook: str | None = None) -> str:
    """The text of classroom.yml. Raises `BadRequest` where the action or the notebook cannot stand in it."""
    require_registered(pack)
    if not _ACTION.fullmatch(action):
        raise BadRequest(f"--action {action}: name the action as OWNER/REPOSITORY@VERSION")
    require_plain(notebook)
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


def write_action(folder: Path, *, replace: bool = False) -> list[Path]:
    """Write the action into the checkout of a repository for it: action.yml, the grader as a wheel, its versions.

    This project could be the action itself, but students can read what an action's repository holds, and it holds model
    answers. Raises `BadRequest` where a file, unless `replace`, would take the place of another, different one.
    """
    texts = {
        folder / "action.yml": shipped.text("action.yml"),
        folder / shipped.CHECKOUT["constraints.txt"]: shipped.text("constraints.txt"),
    }
    return _write_with_grader(folder, texts, replace=replace)


def write_autograder(
    folder: Path, pack: str | None = None, notebook: str | None = None, *, replace: bool = False
) -> list[Path]:
    """Write autograder.py, the grader itself as a wheel, the versions to install and the runtime block into a folder.

    Raises `BadRequest` where a file, unless `replace`, would take the place of another that says something else.
    """
    require_plain(notebook)
    require_registered(pack)
    load(pack)
    template = (templates() / "classroom" / "autograder.py").read_text(encoding="utf-8")
    arguments = [*(["--pack", pack] if pack else []), *(["--notebook", notebook] if notebook else [])]
    texts = {
        folder / "autograder.py": template.replace(
            "ARGUMENTS: list[str] = []", f"ARGUMENTS: list[str] = {arguments!r}"
        ),
        folder / "constraints.txt": shipped.text("constraints.txt"),
        folder / "runtime.json": json.dumps(RUNTIME) + "\n",
    }
    return _write_with_grader(folder, texts, replace=replace)


def _write_with_grader(folder: Path, texts: dict[Path, str], *, replace: bool) -> list[Path]:
    """Write files, and the grader as a wheel in the place of the one that was there."""
    old = [path for stem in (wheel.STEM, wheel.EARLIER) for path in folder.glob(f"{stem}-[0-9]*.whl")]
    for path in old:
        if path.is_dir():
            raise BadRequest(f"{path} is a folder in the place of the grader; move it away")
    _write(texts, replace=replace)
    with folder_for_a_while(".grader-", folder) as unfinished:
        made = wheel.write(unfinished)
        for path in old:
            path.unlink()
        made.replace(folder / made.name)
    return [*texts, folder / made.name]


def require_plain(notebook: str | None) -> None:
    """Raise `BadRequest` for a notebook whose path cannot stand in a workflow or a script."""
    if notebook and (leads_out(notebook) or not _NOTEBOOK.fullmatch(notebook)):
        raise BadRequest(f"--notebook {notebook}: give the path of a notebook (.ipynb) in the repository")


def _write(texts: dict[Path, str], *, replace: bool) -> None:
    """Write all of them, or none where one is in the way."""
    for path, text in texts.items():
        there = path.exists() or path.is_symlink()
        if there and not replace and not (path.is_file() and path.read_text("utf-8", errors="replace") == text):
            raise BadRequest(f"{path} is there already, and says something else; move it away, or give --replace")
        if path.is_dir():
            raise BadRequest(f"{path} is a folder in the place of a file; move it away")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(placed(path), text)
