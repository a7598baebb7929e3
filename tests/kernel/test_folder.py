"""Removing what student code left."""

from __future__ import annotations

import os
from pathlib import Path

from grader.kernel.process import folder


def test_write_protected_folders_are_removed(tmp_path: Path) -> None:
    """Is a folder removed whose inside was write-protected?"""
    inside = tmp_path / "k" / "work" / "locked"
    inside.mkdir(parents=True)
    (inside / "file").write_text("x")
    inside.chmod(0o500)
    folder.remove(tmp_path / "k")
    assert not (tmp_path / "k").exists()


def test_deep_folders_are_removed(tmp_path: Path) -> None:
    """Is a folder removed that is nested deeper than Python's recursion and longer than a path may be?"""
    top = tmp_path / "k"
    top.mkdir()
    before = Path.cwd()
    try:
        os.chdir(top)
        for _ in range(3_000):
            Path("deeper").mkdir()
            os.chdir("deeper")
    finally:
        os.chdir(before)
    folder.remove(top)
    assert not top.exists()


def test_links_are_not_followed(tmp_path: Path) -> None:
    """Does what a link points to stay?"""
    (tmp_path / "k").mkdir()
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("x")
    (tmp_path / "k" / "link").symlink_to(tmp_path / "precious")
    folder.remove(tmp_path / "k")
    assert (tmp_path / "precious" / "file").exists()


def test_missing_folder(tmp_path: Path) -> None:
    """Is removing what is not there harmless?"""
    folder.remove(tmp_path / "none")


def test_only_the_user_can_enter(tmp_path: Path) -> None:
    """Are a kernel's folders closed to other users?"""
    folder.furnish(tmp_path / "k")
    assert {path.stat().st_mode & 0o777 for path in [tmp_path / "k", *(tmp_path / "k").rglob("*")]} == {0o700}
