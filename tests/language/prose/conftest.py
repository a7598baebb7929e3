"""What the tests of explanations share: the questions of the pack, and the labelled corpus."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from grader.language.prose import Coverage, cover
from grader.pack.questions import Question
from reference.pack import assignment

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "prose_agreement.py"


@pytest.fixture(scope="session")
def agreement() -> ModuleType:
    """The benchmark, which is a script, as a module."""
    spec = importlib.util.spec_from_file_location("prose_agreement", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    sys.modules["prose_agreement"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def questions() -> dict[str, Question]:
    return {question.id: question for question in assignment.questions}


@pytest.fixture
def read(questions: dict[str, Question]) -> Callable[..., Coverage]:
    """Read texts as the answer to a question: `read("q4", "LSTM has ...")`."""
    prompts = [question.prompt for question in questions.values()]

    def reader(question: str, *prose: str) -> Coverage:
        asked = questions[question]
        return cover(
            prose,
            asked.concepts,
            asked.misconceptions,
            copied_from=prompts,
            subject=asked.subject,
            terms=assignment.vocabulary,
        )

    return reader
