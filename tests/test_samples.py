"""The sample submissions and the model answer get the grades that are stated beside them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest

from grader.kernel.pool import KernelPool
from grader.report.feedback import annotate
from grader.result.actions import VERBS, actions
from grader.result.model import QuestionResult, Result
from tests.grades import ROOT, graded, lost, points

QUICK = ("half_finished", "text_only")
"""What is tried with every change; the others are as many whole notebooks, and slow."""

SAMPLES = [
    pytest.param(path.parent, id=path.parent.name, marks=[pytest.mark.slow] * (path.parent.name not in QUICK))
    for path in sorted((ROOT / "submissions").glob("*/expected.json"))
]


def fate(question: QuestionResult) -> tuple[set[str], set[str]]:
    """The kinds of checks that earned nothing, and those that earned a part."""
    nothing, part = set(), set()
    for kind in {check.kind for check in question.checks}:
        checks = [check for check in question.checks if check.kind == kind]
        earned, possible = sum(check.earned for check in checks), sum(check.points for check in checks)
        if earned == 0:
            nothing.add(kind)
        elif earned < possible:
            part.add(kind)
    return nothing, part


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_has_the_fate_that_is_stated_beside_it(sample: Path, pool: KernelPool):
    """Does every question earn and lose the kinds of points that its author says, and the sample its score?"""
    expected = json.loads((sample / "expected.json").read_text())
    (notebook,) = sample.glob("*.ipynb")

    result = graded(notebook, pool).result

    assert result.status == "graded"
    for question in result.questions:
        stated = expected["questions"][question.id]
        nothing, part = fate(question)
        kinds = {check.kind for check in question.checks}
        assert (question.status, nothing, part) == (
            stated["status"],
            set(stated["lost"]) & kinds,
            set(stated["partly"]) & kinds,
        ), (question.id, stated["why"])
    assert result.score == expected["score"]
    assert_it_says_what_to_do(result)
    assert result.environment.keras_generation == expected["keras_generation"]


def assert_it_says_what_to_do(result: Result) -> None:
    """Each point that is left is in an action, in the imperative and no title of a check; three come first."""
    found = actions(result, 999)
    titles = {check.title for question in result.questions for check in question.checks}
    assert sum(action.points for action in found) == result.max_score - result.score
    assert actions(result) == found[:3]
    for action in found:
        assert action.sentence.split()[0].lower() in VERBS, action.sentence
        assert action.sentence not in titles
        assert action.sentence.endswith(".")
        assert not re.search(r"\b(\w+) \1\b|[.,:;]{2}|\?\.|\.”\.|\bNone\b", action.sentence), action.sentence


@pytest.mark.parametrize("keras", ["3", pytest.param("2", marks=pytest.mark.slow)])
def test_the_model_answer_is_worth_all_points(keras: str, pool: KernelPool):
    """Does our own answer get 100 of 100 under both generations of Keras?"""
    result = graded(ROOT / "reference" / "answers.ipynb", pool, keras=keras).result
    assert lost(result) == set()
    assert (result.score, result.max_score) == (100, 100)
    assert result.environment.keras_generation == int(keras)
    assert result.flags == ()


def test_feedback_that_is_handed_in_again_earns_nothing(pool: KernelPool, tmp_path: Path):
    """Is a notebook with our own feedback in it, which says what was missing, worth what it was worth before?"""
    (source,) = (ROOT / "submissions" / "text_only").glob("*.ipynb")
    first = graded(source, pool)
    again = tmp_path / "again.ipynb"
    nbformat.write(annotate(first.notebook, first.result), again)
    assert points(graded(again, pool).result) == points(first.result)
