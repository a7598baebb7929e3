"""Which packs are registered, and in which packages they are, without importing any. Imports nothing heavy."""

from __future__ import annotations

from importlib.metadata import entry_points

GROUP = "grader.packs"
"""The entry points by which packs are registered."""


def registered() -> dict[str, str]:
    """Where each registered pack is, as module:attribute, by its name."""
    return {entry.name: entry.value for entry in entry_points(group=GROUP)}


def top_package(target: str) -> str:
    """The name of the top package of module:attribute."""
    return target.partition(":")[0].partition(".")[0]
