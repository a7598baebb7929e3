"""Who watches a batch."""

from __future__ import annotations

from typing import Protocol

from grader.result.model import Result


class Watcher(Protocol):
    """Sees the grading of submissions, each from start to finish."""

    def start(self, name: str) -> None:
        """The grading of a submission begins."""

    def update(self, name: str, done: int, total: int, text: str) -> None:
        """`done` of its `total` cells have run; `text` says what happens now."""

    def finish(self, name: str, result: Result) -> None:
        """Its result is there."""

    def keep(self, name: str, result: Result) -> None:
        """Its result was there, from an earlier run."""
