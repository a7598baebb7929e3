"""The same notebook has the same grade: alone, beside others, on a busy machine, and with its answers in any order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from grader.kernel.pool import KernelPool
from grader.result.model import Result
from tests.benchmarks.fairness import busy, differences
from tests.grades import ROOT, graded, graded_node, without_duration

pytestmark = pytest.mark.slow
SAMPLE = ROOT / "submissions" / "keras_2_with_fake_peephole" / "NLP_Assignment_3.ipynb"
ORDER = (7, 2, 10, 5, 1, 9, 3, 8, 6, 4)


@pytest.fixture(scope="module")
def alone(pool: KernelPool) -> Result:
    return graded(SAMPLE, pool).result


def test_other_work_on_the_machine_changes_nothing(alone: Result, pool: KernelPool):
    """Are two results made side by side, while every core is busy, the one made alone, to the last letter?"""
    with busy(), ThreadPoolExecutor(2) as executor:
        waiting = [executor.submit(graded, SAMPLE, pool) for _ in range(2)]
        results = [alone, *(future.result().result for future in waiting)]
    assert differences([without_duration(result) for result in results]) == {}


def test_the_order_of_independent_answers_changes_nothing(alone: Result, pool: KernelPool, tmp_path: Path):
    """Has every question the same points, and has every check seen the same, with the answers in another order?"""
    node = nbformat.read(SAMPLE, 4)
    first, *answers = node.cells
    node.cells = [first, *(answers[number - 1] for number in ORDER)]
    shuffled = graded_node(node, tmp_path, pool)
    assert [item.cells for item in shuffled.questions] == [(1 + ORDER.index(number),) for number in range(1, 11)]
    assert shuffled.score == alone.score
    assert differences([_seen(alone), _seen(shuffled)]) == {}


def _seen(result: Result) -> dict[str, object]:
    """Points, words and observed values, without where the answers stand and how surely they were found there."""
    left_out = {"cells", "confidence", "advisories"}
    return {item.id: item.model_dump(mode="json", exclude=left_out) for item in result.questions}


def test_differences_are_found_and_named():
    """Is a value, a length, a missing key and an empty list each a difference, and the time none?"""
    one = {"a": [{"b": 1}, {"b": 2}], "c": [], "duration_s": 1.0, "same": {"x": None}}
    other = {"a": [{"b": 1}, {"b": 3}], "c": [0], "d": "", "duration_s": 2.0, "same": {"x": None}}
    found = differences([one, other, one])
    assert set(found) == {"$.a[1].b", "$.c", "$.c[0]", "$.d"}
    assert found["$.a[1].b"] == {"2": 2, "3": 1}
    assert differences([one, one]) == {}
