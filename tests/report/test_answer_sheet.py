"""The answer sheet as a command prints it, and as a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.report.answer_sheet import answer_sheet, page_of
from reference.pack import assignment
from tests.second.pack import assignment as second
from tests.test_cli import run


def test_the_command_computes_for_the_sizes_that_are_given(tmp_path: Path) -> None:
    """Are they taken in any order, as text, as JSON and as a page, and does each tell the same?"""
    given = ["--units", "5", "--question", "6", "--timesteps=3", "--inputs", "2"]
    text = run("reference", *given).stdout
    found = json.loads(run("reference", *given, "--json").stdout)
    assert run("reference", *given, "--html", tmp_path / "sheet.html").returncode == 0
    page = (tmp_path / "sheet.html").read_text()
    (question,) = found["questions"]
    assert question["sizes"] == {"units": 5, "inputs": 2, "timesteps": 3}
    assert question["facts"][0]["value"] == f"{4 * 5 * (2 + 5 + 1) + 3 * 5}"
    for fact in question["facts"]:
        assert fact["value"] in text
        assert fact["value"] in page
    assert sum(each["points"] for each in [*question["explanation"], *question["checks"]]) == question["max_score"]
    assert page.count("<math") == len(question["equations"])
    assert "<script" not in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--question", "11"], "--question 11: there is none; choose from 1, 2"),
        (["--height", "3"], "--height: there is no such size; choose from --units"),
        (["--units", "0"], "--units 0: give a whole number from 1 to 1024"),
        (["--units"], "--units : give a whole number"),
        (["24"], "24: there is no such size"),
        (["--pack", "nobody"], "known packs: default"),
        (["--html", "/proc/sheet.html"], "--html /proc/sheet.html: this file cannot be written"),
    ],
)
def test_what_is_not_there_is_told(arguments: list[str], said: str) -> None:
    """Is the message one line that says what there is?"""
    ended = run("reference", *arguments)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert said in ended.stderr


def test_a_pack_without_sheets_has_its_checks() -> None:
    """Is what earns points told of any pack, also of one that declares no sizes?"""
    found = answer_sheet(second, None, {})
    assert [each["number"] for each in found["questions"]] == [each.number for each in second.questions]
    assert all(each["checks"] and not each["facts"] for each in found["questions"])
    assert second.questions[0].title in page_of(found)


def test_all_questions_are_on_the_page() -> None:
    """Does each have its place, and is all text of the pack escaped?"""
    page = page_of(answer_sheet(assignment, None, {}))
    assert [each.id for each in assignment.questions if f'id="{each.id}"' not in page] == []
