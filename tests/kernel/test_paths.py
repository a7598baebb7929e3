"""What a sealed kernel may read of what is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_registered_packs_are_hidden(tmp_path: Path) -> None:
    """Is a pack of another course hidden as the shipped one is, without being imported, and is the rest to be read?"""
    for name in ("my_pack", "harmless"):
        (tmp_path / "site-packages" / name).mkdir(parents=True)
        (tmp_path / "site-packages" / name / "__init__.py").write_text("raise SystemExit('imported')")
    information = tmp_path / "site-packages" / "my_pack-1.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: my-pack\nVersion: 1\n")
    (information / "entry_points.txt").write_text("[grader.packs]\nother = my_pack.inner:assignment\n")
    script = "from grader.kernel.seal import paths; print(*paths.readable(own_proc=True), sep='\\n')"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site-packages")}
    command = [sys.executable, "-P", "-c", script]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    ours = [Path(line).name for line in ended.stdout.splitlines() if line.startswith(str(tmp_path))]
    assert ours == ["harmless"]
    assert "reference" not in {Path(line).name for line in ended.stdout.splitlines()}
