"""The command line: what it writes, what it says, and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.cli.command_help import SECTIONS
from grader.kernel.seal.offer import LAYERS, offered
from tests.grades import ROOT

TEXT_ONLY = ROOT / "submissions" / "text_only"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def small(path: Path) -> Path:
    """A notebook with one short answer."""
    cells = [new_markdown_cell("## 5. GRU"), new_code_cell("from tensorflow import keras\nkeras.layers.GRU(3)")]
    path.parent.mkdir(exist_ok=True)
    nbformat.write(new_notebook(cells=cells), path)
    return path


def test_a_folder_is_graded_with_all_its_outputs(tmp_path: Path):
    """Are result.json, report.html and feedback.ipynb written for each, by the contracts?"""
    small(tmp_path / "ada.ipynb")
    ended = run("grade", TEXT_ONLY, tmp_path / "ada.ipynb", "--out", tmp_path / "out", "--fail-under", 1)
    assert ended.returncode == 0, ended.stderr
    schema = json.loads((ROOT / "grader" / "result" / "result.schema.json").read_text())
    for name in ("text_only", "ada"):
        folder = tmp_path / "out" / name
        result = json.loads((folder / "result.json").read_text())
        jsonschema.validate(result, schema)
        assert result["schema"] == "grader/result/v1"
        assert result["score"] == sum(item["score"] for item in result["questions"])
        assert result["max_score"] == 100
        nbformat.validate(nbformat.read(folder / "feedback.ipynb", 4))
        assert "<html" in (folder / "report.html").read_text()
    assert "text_only" in ended.stdout
    assert "ada" in ended.stdout


def test_tensorflow_is_never_imported_by_the_grader(tmp_path: Path):
    """Does the grader's own process stay without TensorFlow, also after a whole grade?"""
    script = (
        "import sys\nfrom grader.cli.main import app\n"
        f"code = app(['grade', {str(small(tmp_path / 'a.ipynb'))!r}, '--out', {str(tmp_path / 'out')!r}], "
        "standalone_mode=False)\n"
        "heavy = [name for name in sys.modules if name.split('.')[0] in ('tensorflow', 'keras', 'tf_keras')]\n"
        "sys.exit(repr(heavy) if heavy else code or 0)"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stderr


def test_help_is_light():
    """Does --help come without the libraries that only grading needs?"""
    script = (
        "import sys\nfrom grader.cli.main import app\n"
        "try: app(['--help'])\nexcept SystemExit: pass\n"
        "heavy = [name for name in ('numpy', 'nbformat', 'pydantic', 'jinja2') if name in sys.modules]\n"
        "sys.exit(repr(heavy) if heavy else 0)"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "grade" in ended.stdout


def test_a_score_below_the_limit_is_status_1(tmp_path: Path):
    """Does --fail-under decide the exit status, and name who is below?"""
    ended = run("grade", TEXT_ONLY, "--out", tmp_path, "--fail-under", 45)
    assert ended.returncode == 1
    assert "text_only: 44 is below 45" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{tmp}", "--out", "{tmp}/out"], "there is no notebook"),
        ([TEXT_ONLY, "--out", "{tmp}/file"], "choose another"),
        ([TEXT_ONLY, "--out", "{tmp}/out", "--keras", "4"], "'4' is not one of 'auto', '2', '3'"),
        ([TEXT_ONLY, "--out", "{tmp}/out", "--pack", "nobody"], "known packs"),
        ([TEXT_ONLY, "--out", "{tmp}/out", "--pack", "reference.pack:nothing"], "cannot be loaded"),
        ([TEXT_ONLY], "--out"),
    ],
)
def test_a_command_that_cannot_be_carried_out_is_status_2(tmp_path: Path, arguments: list[object], message: str):
    """Does the message say what to change, without a traceback?"""
    (tmp_path / "file").write_text("keep me")
    ended = run("grade", *(str(item).replace("{tmp}", str(tmp_path)) for item in arguments))
    assert ended.returncode == 2
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr
    assert (tmp_path / "file").read_text() == "keep me"


def test_what_cannot_be_read_is_named_and_the_rest_is_graded(tmp_path: Path):
    """Does one broken file cost one submission, with its reason, and status 3?"""
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{not json")
    ended = run("grade", broken, tmp_path / "absent.ipynb", TEXT_ONLY, "--out", tmp_path / "out")
    assert ended.returncode == 3
    assert "broken has no grade" in ended.stderr
    assert "absent has no grade" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert json.loads((tmp_path / "out" / "text_only" / "result.json").read_text())["status"] == "graded"
    result = json.loads((tmp_path / "out" / "broken" / "result.json").read_text())
    assert (result["status"], result["score"]) == ("unreadable", 0)
    assert "not JSON" in result["reason"]
    assert (tmp_path / "out" / "broken" / "report.html").exists()
    assert broken.read_text() == "{not json"


def test_a_link_earns_nothing_and_costs_nobody(tmp_path: Path):
    """Is a link to the model answers, or to another's notebook, a row without a grade, and the other's grade there?"""
    small(tmp_path / "in" / "ada.ipynb")
    (tmp_path / "in" / "bob.ipynb").symlink_to(ROOT / "reference" / "answers.ipynb")
    (tmp_path / "in" / "carl").mkdir()
    (tmp_path / "in" / "carl" / "hw.ipynb").symlink_to("../ada.ipynb")
    (tmp_path / "in" / "dora").symlink_to(TEXT_ONLY)
    ended = run("grade", tmp_path / "in", "--out", tmp_path / "out")
    assert ended.returncode == 3
    assert "Traceback" not in ended.stderr
    found = {path.parent.name: json.loads(path.read_text()) for path in (tmp_path / "out").glob("*/result.json")}
    assert found.pop("ada")["status"] == "graded"
    assert sorted(found) == ["bob", "carl", "dora"]
    for name, result in found.items():
        assert (result["status"], result["score"], result["questions"]) == ("unreadable", 0, [])
        assert "is a link, and was not graded; hand in the" in result["reason"]
        assert f"{name} has no grade: {result['reason']}" in ended.stderr
        assert (tmp_path / "out" / name / "report.html").exists()


def test_results_are_never_written_through_a_planted_link(tmp_path: Path):
    """Does a link in the place of a student's results cost that row, with the reason, and lead nothing astray?"""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "broken").symlink_to("../elsewhere")
    for name in ("broken", "other"):
        (tmp_path / f"{name}.ipynb").write_text("{not json")
    ended = run("grade", tmp_path / "broken.ipynb", tmp_path / "other.ipynb", "--out", tmp_path / "out")
    assert ended.returncode == 3
    assert "broken has no grade: there is a link in the place of the folder for its results" in ended.stderr
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert (tmp_path / "out" / "other" / "result.json").exists()


def test_control_characters_in_names_never_reach_the_terminal(tmp_path: Path):
    """Is a file name with an escape sequence harmless on the terminal?"""
    evil = tmp_path / "a\x1b[31mred\x07\u202egnp.ipynb"
    evil.write_text("nothing")
    ended = run("grade", evil, "--out", tmp_path / "out")
    assert ended.returncode == 3
    for sign in ("\x1b[31m", "\x07", "\u202e"):
        assert sign not in ended.stdout + ended.stderr


def test_a_second_run_continues_with_what_is_missing(tmp_path: Path):
    """Is a good result kept as it is, and one that is missing, changed or asked for again made anew?"""
    (tmp_path / "in").mkdir()
    small(tmp_path / "in" / "ada.ipynb")
    small(tmp_path / "in" / "bob.ipynb")
    out = tmp_path / "out"
    files = {name: out / name / "result.json" for name in ("ada", "bob")}

    assert run("grade", tmp_path / "in", "--out", out, "--jobs", 2).returncode == 0
    first = {name: file.stat().st_mtime_ns for name, file in files.items()}
    files["bob"].unlink()
    assert run("grade", tmp_path / "in", "--out", out).returncode == 0
    assert files["ada"].stat().st_mtime_ns == first["ada"]
    assert files["bob"].exists()

    assert run("grade", tmp_path / "in", "--out", out, "--again").returncode == 0
    assert files["ada"].stat().st_mtime_ns != first["ada"]


@pytest.mark.slow
def test_side_by_side_grades_are_those_of_one_by_one(tmp_path: Path):
    """Do two notebooks graded at the same time get what each gets alone?"""
    samples = ROOT / "submissions"
    given = [samples / "keras_2_with_fake_peephole", samples / "one_markdown_cell_renumbered"]
    assert run("grade", *given, "--out", tmp_path / "together", "--jobs", 2).returncode == 0
    assert run("grade", *given, "--out", tmp_path / "alone", "--jobs", 1).returncode == 0
    for name in (path.name for path in given):
        results = [json.loads((tmp_path / way / name / "result.json").read_text()) for way in ("together", "alone")]
        for result in results:
            del result["duration_s"]
        assert results[0] == results[1]


def test_grading_without_a_sandbox_is_recorded_and_shown(tmp_path: Path):
    """Does --sandbox none leave its mark in the result and in the report?"""
    ended = run("grade", small(tmp_path / "ada.ipynb"), "--out", tmp_path / "out", "--sandbox", "none")
    assert ended.returncode == 0, ended.stderr
    folder = tmp_path / "out" / "ada"
    assert json.loads((folder / "result.json").read_text())["environment"]["sandbox"] == ["none"]
    assert "none" in (folder / "report.html").read_text().lower().split("sandbox")[-1][:200]


def test_doctor_names_what_the_machine_offers():
    """Does the doctor name each layer, and exit by whether this machine can grade?"""
    ended = run("doctor")
    assert ended.returncode == (0 if offered().enough else 2)
    for layer in LAYERS:
        assert layer in ended.stdout
    assert "tensorflow" in ended.stdout


def test_help_says_what_one_can_do(tmp_path: Path):
    """Does each command stand under what it is for, and does a shell complete a fixed choice?"""
    ended = run("--help")
    assert ended.returncode == 0
    sections = [line for line in ended.stdout.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert sections[1:] == [f"{name}:" for name in SECTIONS if f"{name}:" in sections]
    shown = run("grade", "--help").stdout
    assert [text for text in ("auto|2|3", "auto|none", "patterns|semantic") if text not in shown] == []
    asked = {"_GRADER_COMPLETE": "complete_bash", "COMP_WORDS": "grader grade --keras ", "COMP_CWORD": "3"}
    command = [sys.executable, "-m", "grader"]
    ended = subprocess.run(command, env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    assert ended.stdout.split() == ["auto", "2", "3"]
