"""The model answer and the sample submissions: valid notebooks that run, or fail, as they say."""

import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
ANSWERS = ROOT / "reference" / "answers.ipynb"
SAMPLES = sorted((ROOT / "submissions").glob("*/expected.json"))
KINDS = {"explanation", "equations", "structure", "behaviour", "training"}
IDS = [f"q{number}" for number in range(1, 11)]


def notebook_beside(expectation):
    (found,) = expectation.parent.glob("*.ipynb")
    return found


def run(path, generation):
    """Errors by the number of their cell, and all that was printed."""
    script = Path(__file__).with_name("run_notebook.py")
    done = subprocess.run(
        [sys.executable, str(script), str(path), str(generation)], capture_output=True, text=True, check=True
    )
    printed, _, errors = done.stdout.rstrip().rpartition("\n")
    return json.loads(errors), printed


NOTEBOOKS = [ANSWERS, *map(notebook_beside, SAMPLES)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.parent.name)
def test_a_notebook_is_valid_and_small(path):
    """Does nbformat accept it, does it fit into a page, and does it tell nothing of the machine it was made on?"""
    nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))
    text = path.read_text(encoding="utf-8")
    assert len(text) < 60_000
    assert not re.search(r"/(home|root|tmp|opt|usr|work|Users)/|[A-Z]:\\\\", text)


def test_the_model_answer_answers_ten_questions_in_order():
    """Is there a numbered heading for each question, followed by an explanation and by code?"""
    cells = nbformat.read(ANSWERS, as_version=4).cells
    headings = [(at, int(cell.source[3:].split(".")[0])) for at, cell in enumerate(cells) if cell.source[:3] == "## "]
    assert [number for _, number in headings] == list(range(1, 11))
    for at, _ in headings:
        assert cells[at].cell_type == "markdown"
        assert len(cells[at].source) > 400
        assert cells[at + 1].cell_type == "code"


def test_the_model_answer_was_saved_after_a_run_from_top_to_bottom():
    """Are all code cells run in order, without errors or warnings in the outputs?"""
    code = [cell for cell in nbformat.read(ANSWERS, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    assert {output.get("name", output.output_type) for output in outputs} == {"stdout"}


@pytest.mark.slow
@pytest.mark.parametrize("generation", [2, 3])
def test_the_model_answer_runs_in_both_generations_of_keras(generation):
    """Do all cells run, and do all of the answer's own checks say what the text says?"""
    errors, printed = run(ANSWERS, generation)
    assert errors == {}
    # One of its comparisons is meant to be false: a single direction does not see the future.
    assert re.findall(r"^(.*): +False$", printed, re.M) == ["one direction"]
    assert len(re.findall(r": +True$", printed, re.M)) == 10
    assert "parameters: 5544 = 5472 + 72" in printed
    assert all(number in printed for number in ("20608", "24832", "18816", "49664", "37632"))


@pytest.mark.parametrize("expectation", SAMPLES, ids=lambda path: path.parent.name)
def test_a_sample_states_its_fate(expectation):
    """Is the fate of each question stated in known words, with a reason wherever points are lost?"""
    stated = json.loads(expectation.read_text(encoding="utf-8"))
    assert set(stated) == {"fate", "score", "score_why", "keras_generation", "errors", "questions"}
    assert stated["keras_generation"] in (2, 3, None)
    assert list(stated["questions"]) == IDS
    for question, fate in stated["questions"].items():
        assert set(fate) == {"status", "lost", "partly", "why"}
        assert set(fate["lost"]) | set(fate["partly"]) <= KINDS
        assert not set(fate["lost"]) & set(fate["partly"])
        assert bool(fate["why"]) == bool(fate["lost"] or fate["partly"])
        assert (fate["status"] == "error") == (question in stated["errors"])


@pytest.mark.slow
@pytest.mark.parametrize("expectation", SAMPLES, ids=lambda path: path.parent.name)
def test_a_sample_runs_or_fails_as_it_states(expectation):
    """In the generation that it was written for, does just the code fail that is said to fail?"""
    stated = json.loads(expectation.read_text(encoding="utf-8"))
    errors, _ = run(notebook_beside(expectation), stated["keras_generation"] or 3)
    assert [message.split(":")[0] for message in errors.values()] == list(stated["errors"].values())


@pytest.mark.slow
def test_the_sample_for_keras_2_does_not_run_in_keras_3():
    """Does it take the right generation to grade it fairly?"""
    (path,) = (ROOT / "submissions" / "keras_2_with_fake_peephole").glob("*.ipynb")
    errors, _ = run(path, 3)
    assert list(errors) == ["1", "3"]
