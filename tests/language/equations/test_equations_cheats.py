"""Right equations that nobody stands by: cheats earn at most one more than a fair examiner gives; honest ones all.

Those of the half `heldout` were not looked at while the reading was made to see through the others. Equations among
words about something else are no matter of reading: the instructor is told (`tests/test_integrity.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.answer.answer import Answer
from reference.checks.written import judged
from reference.recurrent.equations import LSTM

FOLDER = Path(__file__).parent / "cheats"
BOUND = 1
TOLD = ("a recipe",)
ALL = 6


def written(name: str) -> Iterator[tuple[str, list[str], int]]:
    """The name, the texts, and how many equations a fair examiner passes."""
    for entry in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["systems"]:
        yield entry["name"], ["\n".join(text) for text in entry["texts"]], entry.get("right", ALL)


def right(texts: list[str]) -> int:
    """How many of the six equations pass."""
    found = judged(Answer("q8", prose=texts), LSTM).statements.values()
    return sum(each.status == "right" for each in found)


@pytest.mark.parametrize(("name", "texts", "fair"), [each for each in written("tune") if each[0] not in TOLD])
def test_a_cheat_earns_next_to_nothing(name: str, texts: list[str], fair: int) -> None:
    """Is no equation passed that its author does not stand by?"""
    assert right(texts) <= fair + BOUND, name


def test_cheats_that_were_kept_apart() -> None:
    """Do four of five of those that nothing was tuned on earn as little?"""
    kept = list(written("heldout"))
    assert sum(right(texts) <= fair + BOUND for _, texts, fair in kept) >= 0.8 * len(kept)


@pytest.mark.parametrize("half", ["tune", "heldout"])
def test_honest_answers_keep_all(half: str) -> None:
    """Do where-lists, tables, sentences, metaphors and derivations earn all six?"""
    assert {name: right(texts) for name, texts, _ in written(f"honest_{half}")} == {
        name: ALL for name, _, _ in written(f"honest_{half}")
    }
