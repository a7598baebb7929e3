"""What a sealed kernel may read of what is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def register(folder: Path) -> None:
    """Say of a package that it is another course's pack."""
    information = folder / "site-packages" / "my_pack-1.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: my-pack\nVersion: 1\n")
    (information / "entry_points.txt").write_text("[grader.packs]\nother = my_pack.inner:assignment\n")


def said(script: str, folder: Path) -> str:
    """What a script prints with these packages installed as well."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "site-packages")}
    command = [sys.executable, "-P", "-c", script]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True).stdout


def test_registered_packs_are_hidden(tmp_path: Path) -> None:
    """Is a pack of another course hidden as the shipped one is, without being imported, and is the rest to be read?"""
    for name in ("my_pack", "harmless"):
        (tmp_path / "site-packages" / name).mkdir(parents=True)
        (tmp_path / "site-packages" / name / "__init__.py").write_text("raise SystemExit('imported')")
    register(tmp_path)
    script = "from grader.kernel.seal import paths; print(*paths.readable(own_proc=True), sep='\\n')"
    ended = said(script, tmp_path)
    ours = [Path(line).name for line in ended.splitlines() if line.startswith(str(tmp_path))]
    assert ours == ["harmless"]
    assert "reference" not in {Path(line).name for line in ended.splitlines()}


def test_packages_that_are_links_are_shown_where_they_lie(tmp_path: Path) -> None:
    """Are packages there that a tool has installed as links to one copy of each, and is a pack that is one hidden?"""
    (tmp_path / "site-packages").mkdir()
    for name in ("my_pack", "harmless"):
        (tmp_path / "copies" / name).mkdir(parents=True)
        (tmp_path / "site-packages" / name).symlink_to(tmp_path / "copies" / name)
    register(tmp_path)
    shown = said("from grader.kernel.seal import paths; print(*paths.shown(), sep='\\n')", tmp_path).splitlines()
    hidden = said("from grader.kernel.seal import paths; print(*paths.hidden(), sep='\\n')", tmp_path).splitlines()
    assert str(tmp_path / "site-packages" / "harmless") in shown
    assert not any(line.endswith("my_pack") for line in shown)
    assert str(tmp_path / "copies" / "my_pack") in hidden
