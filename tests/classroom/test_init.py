"""What `grader classroom init` and `grader classroom50 init` write."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
import yaml

from grader.classroom import wheel
from grader.classroom.init import RUNTIME, workflow, write_action, write_autograder
from grader.files import shipped
from grader.result.names import BadRequest
from tests.classroom.command import run
from tests.grades import ROOT

ACTION = "my-org/grader@v1"
EXAMPLE = ROOT / ".github" / "examples" / "classroom.yml"


def test_the_example_is_what_is_written() -> None:
    """Is the workflow in .github/examples the one that the command writes, but for the name of the action?"""
    assert EXAMPLE.read_text() == workflow("YOUR-ORGANISATION/grader@v1")


def test_the_workflow_keeps_to_the_rules_of_github_classroom() -> None:
    """Have the workflow and its only job the names that GitHub Classroom looks for, and the reporter its variables?"""
    read = yaml.safe_load(workflow(ACTION))
    assert read["name"] == "Autograding Tests"
    assert list(read["jobs"]) == ["run-autograding-tests"]
    steps = read["jobs"]["run-autograding-tests"]["steps"]
    assert [step["uses"].partition("@")[0] for step in steps] == [
        *("actions/checkout", "my-org/grader", "actions/upload-artifact"),
        "classroom-resources/autograding-grading-reporter",
    ]
    names = [f"q{number}" for number in range(1, 11)]
    assert set(steps[-1]["env"]) == {f"{name.upper()}_RESULTS" for name in [*names, "grader"]}
    assert "with" not in steps[1]


def test_a_notebook_and_a_pack_may_be_named() -> None:
    """Do the names reach the action as they are?"""
    read = yaml.safe_load(workflow(ACTION, "default", "week 3/my_answers-final.ipynb"))
    assert read["jobs"]["run-autograding-tests"]["steps"][1]["with"] == {
        "assignment": "default",
        "notebook": "week 3/my_answers-final.ipynb",
    }


@pytest.mark.parametrize(
    "given",
    [
        *({"action": text} for text in ("grader", "a/b", "a/b@v1\n      - run: evil", "a/b@${{ x }}", "./@v1", "")),
        *({"action": text} for text in ("../x@v1", "./..@v", "-/x@v", "o/r@v1/../x", "o/r@--")),
        *({"action": ACTION, "notebook": text} for text in ("a.txt", "a\nb.ipynb", "${{ x }}.ipynb", "a: b.ipynb")),
        *({"action": ACTION, "notebook": text} for text in ("/etc/x.ipynb", "../x.ipynb")),
    ],
)
def test_what_cannot_stand_in_a_workflow_is_refused(given: dict[str, str]) -> None:
    """Is it refused, with the option named?"""
    with pytest.raises(BadRequest, match=r"--(action|notebook)"):
        workflow(**given)


def test_the_command_writes_the_workflow_and_overwrites_nothing(tmp_path: Path) -> None:
    """Is it written into the template repository, again if it is the same, and over another one only if told to?"""
    arguments = ("classroom", "init", tmp_path, "--action", ACTION)
    path = tmp_path / ".github" / "workflows" / "classroom.yml"
    for _ in range(2):
        ended = run(*arguments)
        assert (ended.returncode, path.read_text()) == (0, workflow(ACTION)), ended.stderr
    path.write_text("mine")
    ended = run(*arguments)
    assert (ended.returncode, path.read_text()) == (2, "mine")
    assert "classroom.yml is there already" in ended.stderr
    assert run(*arguments, "--replace").returncode == 0
    assert path.read_text() == workflow(ACTION)
    ended = run("classroom", "init", tmp_path / "nowhere", "--action", ACTION)
    assert (ended.returncode, "no such folder" in ended.stderr) == (2, True)
    ended = run("classroom", "init", tmp_path, "--action", ACTION, "--pack", "nothing")
    assert (ended.returncode, "no pack 'nothing'" in ended.stderr) == (2, True)


def test_the_folder_of_an_autograder_is_complete(tmp_path: Path) -> None:
    """Are there a script, the grader, its versions, and a Python that TensorFlow has builds for?"""
    folder = tmp_path / "nlp" / "autograders" / "assignment-3"
    ended = run("classroom50", "init", folder, "--notebook", "hw.ipynb")
    assert ended.returncode == 0, ended.stderr
    (made,) = folder.glob("*.whl")
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["autograder.py", "constraints.txt", made.name, "runtime.json"]
    )
    assert json.loads((folder / "runtime.json").read_text()) == RUNTIME
    assert RUNTIME["python"] in ("3.11", "3.12", "3.13")
    assert (folder / "constraints.txt").read_text() == shipped.text("constraints.txt")
    assert sum(path.stat().st_size for path in folder.iterdir()) < 10 * 2**20
    tree = ast.parse((folder / "autograder.py").read_text())
    values = {node.target.id: ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.AnnAssign)}
    assert values == {"ARGUMENTS": ["--notebook", "hw.ipynb"]}


def test_nothing_in_the_folder_is_overwritten(tmp_path: Path) -> None:
    """Are all files left alone where one is somebody's, and the grader's replaced when told so?"""
    (tmp_path / "runtime.json").write_text("mine")
    with pytest.raises(BadRequest, match=r"runtime\.json is there already"):
        write_autograder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["runtime.json"]
    for name in ("notebook_examiner-0.0.1", "grader-0.1.0"):
        (tmp_path / f"{name}-py3-none-any.whl").write_text("old")
    write_autograder(tmp_path, replace=True)
    (made,) = tmp_path.glob("*.whl")
    assert zipfile.is_zipfile(made)
    assert json.loads((tmp_path / "runtime.json").read_text()) == RUNTIME


def test_the_action_has_a_repository_without_answers(tmp_path: Path) -> None:
    """Is all there that action.yml needs, and nothing that would be worth reading?"""
    ended = run("classroom", "action", tmp_path)
    assert ended.returncode == 0, ended.stderr
    (made,) = tmp_path.glob("*.whl")
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {"action.yml", ".ci/constraints.txt", made.name}
    assert (tmp_path / "action.yml").read_text() == (ROOT / "action.yml").read_text()
    (tmp_path / "action.yml").write_text("mine")
    assert run("classroom", "action", tmp_path).returncode == 2
    assert (tmp_path / "action.yml").read_text() == "mine"
    write_action(tmp_path, replace=True)
    assert (tmp_path / "action.yml").read_text() == (ROOT / "action.yml").read_text()


@pytest.mark.parametrize("name", ["constraints.txt", "notebook_examiner-0.1.0-py3-none-any.whl", "autograder.py"])
def test_a_folder_in_the_way_leaves_all_as_it_was(tmp_path: Path, name: str) -> None:
    """Is it named, also where files may be replaced, before anything is written?"""
    (tmp_path / name).mkdir()
    with pytest.raises(BadRequest, match=name):
        write_autograder(tmp_path, replace=True)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_notebook_of_any_alphabet_may_be_named(tmp_path: Path) -> None:
    """Does the script hold the name as it is?"""
    write_autograder(tmp_path, notebook="\U00020000é.ipynb")
    tree = ast.parse((tmp_path / "autograder.py").read_text(encoding="utf-8"))
    values = [ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.AnnAssign)]
    assert values == [["--notebook", "\U00020000é.ipynb"]]


def test_a_pack_that_notebooks_could_read_is_refused(tmp_path: Path) -> None:
    """Has a pack to be registered, so that the sandbox hides it?"""
    with pytest.raises(BadRequest, match="registered"):
        write_autograder(tmp_path, "reference.pack:assignment")
    with pytest.raises(BadRequest, match="registered"):
        workflow(ACTION, "reference.pack:assignment")


def test_the_wheel_can_be_installed_and_grades(tmp_path: Path) -> None:
    """Is it what pip takes, with all that the grader needs of its own, and without the model answers?"""
    made = wheel.write(tmp_path)
    with zipfile.ZipFile(made) as archive:
        names = archive.namelist()
        (metadata,) = (name for name in names if name.endswith("METADATA"))
        assert Parser().parsestr(archive.read(metadata).decode())["Name"] == "notebook-examiner"
    assert not [name for name in names if name.endswith((".ipynb", ".pyc"))]
    assert {"grader/templates/page.html", "grader/constraints.txt", "grader/result/result.schema.json"} <= set(names)
    target = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", target, made]
    subprocess.run(pip, check=True, timeout=120)
    script = (
        f"import sys; sys.path.insert(0, {str(target)!r})\n"
        "import grader, reference\n"
        "from grader.pack.loading import load\n"
        "from grader.report.templates import folder\n"
        "print(grader.__file__, folder(), load().id)"
    )
    ended = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, timeout=60, check=True, cwd=tmp_path
    )
    assert ended.stdout.split() == [
        str(target / "grader" / "__init__.py"),
        str(target / "grader" / "templates"),
        "nlp-assignment-3",
    ]


def test_the_same_grader_is_the_same_wheel(tmp_path: Path) -> None:
    """Does a second run write the same bytes?"""
    first, second = (wheel.write(path) for path in (tmp_path / "a", tmp_path / "b") if path.mkdir() is None)
    assert first.read_bytes() == second.read_bytes()
