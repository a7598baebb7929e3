"""The first real notebook: what it earns, what it is told, and that nothing but its content decides."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from grader.kernel.pool import KernelPool
from grader.result.model import Result
from tests.grades import SEED, graded, graded_node, points, question, without_duration

pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the notebook is not part of this repository")
CODE_KINDS = ("structure", "behaviour", "training", "equations")


@pytest.fixture(scope="module")
def result(pool: KernelPool) -> Result:
    return graded(SEED, pool).result


def code_points_lost(result: Result, number: int) -> set[str]:
    checks = [check for check in question(result, number).checks if check.kind in CODE_KINDS]
    return {check.id for check in checks if check.earned < check.points}


def messages(result: Result, number: int) -> str:
    return "\n".join(check.message for check in question(result, number).checks)


def test_it_is_run_on_the_keras_it_was_written_for(result: Result):
    """Is Keras 2 seen in its saved outputs?"""
    assert result.environment.keras_generation == 2
    assert {item.status for item in result.questions} == {"answered"}


@pytest.mark.parametrize("number", [2, 3, 4, 5, 7, 8, 9, 10])
def test_right_code_has_its_points(result: Result, number: int):
    """Do the right answers get all points for code and equations?"""
    assert code_points_lost(result, number) == set()


def test_a_fake_peephole_is_told_what_it_is(result: Result):
    """Does question 6 lose its code points and learn why?"""
    answer = question(result, 6)
    assert all(check.earned == 0 for check in answer.checks if check.kind in CODE_KINDS)
    for fact in ("implementation=2", "only chooses how Keras multiplies", "5,472", "5,544"):
        assert fact in messages(result, 6)


def test_a_cell_on_a_whole_sequence_loses_one_point(result: Result):
    """Does question 1 keep its cell and its count, and learn that nothing recurs?"""
    assert code_points_lost(result, 1) == {"q1.recurrence"}
    count = next(check for check in question(result, 1).checks if check.id == "q1.parameters")
    assert (count.earned, count.observed) == (1, "20,608")
    assert "fails on a real batch of any size but 1 and 10" in messages(result, 1)
    assert "no recurrence" in messages(result, 1)


def test_the_second_grade_is_the_first(result: Result, pool: KernelPool):
    """Do two results of one notebook differ in their duration alone?"""
    assert without_duration(graded(SEED, pool).result) == without_duration(result)


@pytest.mark.slow
def test_other_names_make_no_other_grade(result: Result, pool: KernelPool, tmp_path: Path):
    """Is the grade the same with every variable renamed?"""
    renamed = graded_node(with_other_names(nbformat.read(SEED, 4)), tmp_path, pool)
    assert points(renamed) == points(result)


@pytest.mark.parametrize("number", [5, *(pytest.param(number, marks=pytest.mark.slow) for number in (1, 9))])
def test_a_syntax_error_costs_that_answers_code_alone(result: Result, pool: KernelPool, tmp_path: Path, number: int):
    """Does one broken cell leave all other answers, and its own prose, as they are?"""
    node = nbformat.read(SEED, 4)
    node.cells[number].source += "\nmodel = = 1"
    broken = graded_node(node, tmp_path, pool, keras="2")
    for other in range(1, 11):
        if other != number:
            assert question(broken, other).score == question(result, other).score
    answer = question(broken, number)
    assert answer.status == "error"
    assert all(check.earned == 0 for check in answer.checks if check.kind in CODE_KINDS)
    prose = [check.earned for check in question(result, number).checks if check.kind == "explanation"]
    assert [check.earned for check in answer.checks if check.kind == "explanation"] == prose


def with_other_names(node: NotebookNode) -> NotebookNode:
    """Every variable of the student under a misleading name; texts, comments and the names of the API as they are."""
    for cell in node.cells:
        if cell.cell_type == "code":
            cell.source = _renamed(cell.source)
    return node


def _renamed(source: str) -> str:
    names = [item for item in ast.walk(ast.parse(source)) if isinstance(item, ast.Name)]
    bound = sorted({item.id for item in names if isinstance(item.ctx, ast.Store)})
    table = {name: f"bidirectional_gru_{number}" for number, name in enumerate(bound)}
    lines = source.split("\n")
    for item in sorted(names, key=lambda item: (item.lineno, -item.col_offset)):
        if item.id in table:
            line = lines[item.lineno - 1]
            end = item.col_offset + len(item.id)
            lines[item.lineno - 1] = line[: item.col_offset] + table[item.id] + line[end:]
    return "\n".join(lines)
