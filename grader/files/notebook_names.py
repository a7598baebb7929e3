"""How files with notebooks are called."""

from __future__ import annotations

from pathlib import Path

ENDINGS = (".ipynb", ".ipynb.json", ".ipynb.txt")
"""Browsers and mail programs add the second part; nothing else is different."""


def is_notebook(path: Path) -> bool:
    """Whether a file has a notebook's name; those that macOS lays beside files (`._hw.ipynb`) are nobody's."""
    return path.name.lower().endswith(ENDINGS) and not path.name.startswith("._")


def stem(path: Path) -> str:
    """The name of a file without the ending of a notebook, or else without its own."""
    ending = next((ending for ending in ENDINGS if path.name.lower().endswith(ending)), path.suffix)
    return path.name[: len(path.name) - len(ending)]


def without_copies(paths: list[Path]) -> list[Path]:
    """The notebooks of one folder without those that are copies of another: `hw.ipynb.txt` beside `hw.ipynb`."""
    names = {path.name.lower() for path in paths}
    return [path for path in paths if path.suffix.lower() == ENDINGS[0] or path.stem.lower() not in names]
