"""No right answer is marked wrong, and no wrong one right, in whatever style it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.kernel.generation import Generation
from grader.kernel.pool import KernelPool
from tests.corpus.invariance import variants, verdicts
from tests.corpus.samples import BOTH, Right, Sample, Wrong, notebook, notebooks, samples
from tests.corpus.verdicts import mistaken
from tests.grades import graded_node

NOTEBOOKS = [
    pytest.param(generation, number, row, id=f"keras {generation}, notebook {number + 1}")
    for generation in BOTH
    for number, row in enumerate(notebooks(generation))
]


@pytest.mark.slow
@pytest.mark.parametrize(("generation", "number", "row"), NOTEBOOKS)
def test_answers_get_what_they_deserve(
    pool: KernelPool, tmp_path: Path, generation: Generation, number: int, row: tuple[Sample, ...]
) -> None:
    """Does each answer of a notebook lose the points of its own error, and no others, in whatever way it is written,
    and wherever it stands in the notebook?"""
    result = graded_node(notebook(row), tmp_path, pool, keras=str(generation))
    wrong = {(generation, item.question, item.name): mistaken(item, result) for item in row}
    assert {key: found for key, found in wrong.items() if found} == {}
    for how, variant in variants(generation, number, row):
        other = graded_node(variant, tmp_path, pool, keras=str(generation))
        pairs = {item.name: (verdicts(result, item.question), verdicts(other, item.question)) for item in row}
        assert {name: pair for name, pair in pairs.items() if pair[0] != pair[1]} == {}, how


@pytest.mark.parametrize("number", range(1, 11))
def test_the_corpus_has_enough_of_each(number: int) -> None:
    """Are there at least six right and six wrong answers to each question, none of them twice?"""
    answers = [item.answer for item in samples(number)]
    assert sum(isinstance(answer, Right) for answer in answers) >= 6
    assert sum(isinstance(answer, Wrong) for answer in answers) >= 6
    assert len({(answer.code, answer.prose) for answer in answers}) == len(answers)
