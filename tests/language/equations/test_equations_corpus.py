"""Systems of equations as the literature, courses and programs write them, with labels."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from equation_agreement import CORPUS, HALVES, agreement, corpus

SETS = sorted(path for path in CORPUS.iterdir() if path.is_dir())
LEAST = {"tune": 0.94, "evaluate": 0.89}
"""Of the roles of a half, as many are judged as they are labelled; see the benchmark for the figures."""


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("folder", SETS, ids=[path.name for path in SETS])
def test_roles(folder: Path, half: str) -> None:
    """Are nearly all roles judged as an examiner labelled them?"""
    assert agreement(corpus(folder, half)).share >= LEAST[half]


@pytest.mark.parametrize("folder", SETS, ids=[path.name for path in SETS])
def test_no_wrong_role_passes(folder: Path) -> None:
    """Does no role pass that is labelled wrong, in the half that may be looked at?"""
    assert agreement(corpus(folder, "tune")).passed == 0
