"""What students see of their own notebook before it is graded."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.pack.questions import Assignment, Check, Question, Topic
from grader.pack.verdict import passed
from grader.report.look_page import fragment_of
from grader.student.look import look
from tests.gradebook import classes
from tests.grades import ROOT
from tests.test_cli import run

THEORY = ROOT / "submissions" / "text_only" / "theory.ipynb"
COMPLETE = ROOT / "submissions" / "complete" / "assignment3_functional.ipynb"


def pack(shows: str = "all", hidden: bool = True) -> Assignment:
    """A pack whose equations may be hidden."""
    points = {"q1.idea": 2, "q1.formulas": 3, "q1.computes": 5}
    made = [
        Check(id_, "behaviour", "T", worth, lambda answer: passed("ok"), hidden=hidden and id_ == "q1.formulas")
        for id_, worth in points.items()
    ]
    question = Question(1, "Gates", "Explain.", Topic(("gate",)), checks=made)
    return Assignment("id", "Title", "1", (question,), shows=shows)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shows", "wanted", "got"),
    [("all", "all", "all"), ("all", "hints", "hints"), ("names", "all", "names"), ("hints", "all", "hints")],
)
def test_no_more_is_shown_than_the_pack_lets_show(shows: str, wanted: str, got: str) -> None:
    """Is what is asked for given up to that, and does each level tell less than the next?"""
    found = look(classes.result("ada", (1, 0, 0)), pack(shows), wanted)  # type: ignore[arg-type]
    assert found["shows"] == got
    said = [text for check in found["questions"][0]["checks"] for text in check["said"]]
    assert bool(said) is (got != "names")
    assert ("The computes: look." in said) is (got == "all")


def test_hidden_checks_stay_hidden() -> None:
    """Is neither their name, nor their text, nor their points told, in any form?"""
    result = classes.result("ada", (2, 0, 5))
    for level in ("names", "hints", "all"):
        found = look(result, pack(), level)  # type: ignore[arg-type]
        told = json.dumps(found) + fragment_of(found)
        assert "formulas" not in told
        assert (found["questions"][0]["earned"], found["questions"][0]["points"]) == (7, 7)
    assert "formulas" in json.dumps(look(result, pack(hidden=False)))


def test_nothing_of_a_notebook_is_markup() -> None:
    """Is what a message quotes text alone in the cell?"""
    result = classes.result("ada", (0, 0, 0))
    check = result.questions[0].checks[0].model_copy(update={"message": "<script>alert(1)</script>"})
    question = result.questions[0].model_copy(update={"checks": (check, *result.questions[0].checks[1:])})
    found = look(result.model_copy(update={"questions": (question,)}), pack(), "all")
    assert "<script" not in fragment_of(found)


def test_the_command_tells_one_question(tmp_path: Path) -> None:
    """Are its verdicts alone printed, and is nothing left behind?"""
    notebook = tmp_path / "my.ipynb"
    notebook.write_bytes(THEORY.read_bytes())
    ended = run("check", notebook, "--question", "6")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("6  Peephole LSTM: ")
    assert "✓" in ended.stdout
    assert "✗" in ended.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["my.ipynb"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.ipynb"], "none.ipynb: there is no such notebook; check the name"),
        ([THEORY, "--question", "12"], "--question 12: there is none; choose from 1, 2"),
        ([THEORY, "--show", "more"], "'names', 'hints', 'all'"),
    ],
)
def test_a_mistake_is_told(arguments: list[object], said: str) -> None:
    """Does one line say what to change?"""
    ended = run("check", *arguments)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert said in ended.stderr


@pytest.mark.slow
def test_a_look_says_what_the_grade_will(tmp_path: Path) -> None:
    """Do questions that are looked at alone, with few cells, get the verdicts that the whole notebook gets?"""
    assert run("grade", COMPLETE, "--out", tmp_path).returncode == 0
    graded = json.loads((tmp_path / COMPLETE.stem / "result.json").read_text())["questions"]
    for number in (2, 6, 9):
        (found,) = json.loads(run("check", COMPLETE, "--question", number, "--format", "json").stdout)["questions"]
        wanted = [(check["id"], check["status"]) for check in graded[number - 1]["checks"]]
        assert [(check["id"], check["status"]) for check in found["checks"]] == wanted


@pytest.mark.slow
def test_a_name_that_was_made_unseen_is_found(tmp_path: Path) -> None:
    """Where a cell that was left out has made a name after all, is the whole notebook run?"""
    cells = [
        new_markdown_cell("## 4. LSTM"),
        new_code_cell("from tensorflow import keras\nvars().update(units=3)"),
        new_markdown_cell("## 5. GRU"),
        new_code_cell("layer = keras.layers.GRU(units)\nlayer.build((None, 2, 4))\nprint(layer.count_params())"),
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "my.ipynb")
    (found,) = json.loads(run("check", tmp_path / "my.ipynb", "--question", 5, "--format", "json").stdout)["questions"]
    status = {check["id"]: check["status"] for check in found["checks"]}
    assert status["q5.parameters"] == "pass"


@pytest.mark.slow
def test_the_magic_shows_verdicts_in_the_cell(tmp_path: Path) -> None:
    """In a real kernel: is `%grade 6` there once the extension is loaded, does it find the notebook, and show HTML?"""
    (tmp_path / "my.ipynb").write_bytes(THEORY.read_bytes())
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(tmp_path), extra_arguments=[])
    outputs: list[dict[str, object]] = []
    try:
        for source in ("%load_ext grader", "%grade 6"):
            reply = client.execute_interactive(
                source, timeout=250, output_hook=lambda message: outputs.append(message["content"])
            )
            assert reply["content"]["status"] == "ok"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    shown = "".join(str(each["data"]["text/html"]) for each in outputs if "text/html" in each.get("data", {}))  # type: ignore[index,operator,call-overload]
    assert "6 · Peephole LSTM" in shown
    assert "As saved at" in shown
    assert sys.executable  # the kernel is that of these tests
