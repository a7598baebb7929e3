"""`%load_ext grader` and `%grade 6` in Jupyter: the notebook as it is saved, run in a fresh kernel, not in this one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

SESSION, VS_CODE = "JPY_SESSION_NAME", "__vsc_ipynb_file__"
"""In which Jupyter and VS Code tell a kernel its notebook: a variable of the environment, and a name."""


def register(shell: Any) -> None:
    """Add the magic to a shell."""
    shell.register_magic_function(lambda line: grade(line, shell.user_ns), "line", "grade")


def grade(line: str, names: dict[str, Any]) -> None:
    """`%grade [QUESTION...] [NOTEBOOK]`: show in the cell what the checks of these questions say."""
    from IPython.display import HTML, display

    words = line.split()
    numbers = [word for word in words if word.isdecimal()]
    path = " ".join(word for word in words if not word.isdecimal()).strip("'\"")
    notebook = Path(path) if path else _notebook(names)
    if notebook is None:
        print("It cannot be told which notebook this is. Name it: %grade 6 my.ipynb")
        return
    options = [part for number in numbers for part in ("--question", number)]
    command = [sys.executable, "-P", "-m", "grader", "check", str(notebook), "--format", "html", *options]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if not ended.stdout:
        print(ended.stderr.strip() or f"The grader ended with status {ended.returncode}.")
        return
    saved = time.strftime("%H:%M:%S", time.localtime(notebook.stat().st_mtime))
    told = f"<p><small>As saved at {saved}. Save the notebook to have changes looked at.</small></p>"
    display(HTML(ended.stdout + told))  # type: ignore[no-untyped-call]


def _notebook(names: dict[str, Any]) -> Path | None:
    """The notebook of this kernel, or else the only one in its folder."""
    for told in (names.get(VS_CODE), os.environ.get(SESSION)):
        if isinstance(told, str) and told.endswith(".ipynb"):
            path = Path(told)
            for place in (path, Path(path.name)):
                if place.is_file():
                    return place
    found = [path for path in Path().glob("*.ipynb") if not path.name.startswith(".")]
    return found[0] if len(found) == 1 else None
