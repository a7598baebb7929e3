"""The language of a notebook: what it is said to be written in, and what its cells read as."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import Any

from grader.notebook.reading.json_text import Unusable
from grader.notebook.source.syntax import parsed_with_magics

OTHER_LANGUAGES = re.compile(
    r"^(r|ir|irkernel|julia|bash|sh|javascript|js|typescript|deno|scala|spylon|almond|octave|matlab|java|ijava|kotlin|"
    r"c|cpp|c\+\+|xcpp|xc|csharp|c#|fsharp|f#|powershell|\.net|go|gophernotes|rust|evcxr|ruby|sas|stata|sql|haskell|"
    r"perl|php|lua|swift|sagemath|wolfram|mathematica)([-_ \d.]|kernel|$)"
)
PYTHON = re.compile(r"^(i?python|pypy|xpython|xeus-python)")
MOST_READ = 20


def check_language(notebook: dict[str, Any], cells: Sequence[Any]) -> None:
    """Raise `Unusable` if it is said to be another one than Python."""
    metadata = notebook.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    info, spec = metadata.get("language_info"), metadata.get("kernelspec")
    candidates = [
        info.get("name") if isinstance(info, dict) else None,
        spec.get("language") if isinstance(spec, dict) else None,
    ]
    for name in candidates:
        if isinstance(name, str) and name.strip():
            if not PYTHON.match(name.strip().lower()):
                raise Unusable(_other_language(name))
            return
    # Without a language, the kernel's name is a hint: people call their Python kernels anything.
    name = spec.get("name") if isinstance(spec, dict) else None
    if not isinstance(name, str):
        return
    found = OTHER_LANGUAGES.match(name.strip().lower())
    if found is not None and not (_is_longer(name, found[0]) and _reads_as_python(cells)):
        raise Unusable(_other_language(name))


def _is_longer(name: str, language: str) -> bool:
    """Whether a kernel's name goes on behind that of a language, with more than a version: as `r-tensorflow` does."""
    return any(letter.isalpha() for letter in name.strip()[len(language) :])


def _reads_as_python(cells: Sequence[Any]) -> bool:
    """Whether the first cells of code are Python, and at least one of them could be nothing else."""
    code = [cell for cell in cells if isinstance(cell, dict) and cell.get("cell_type") == "code"]
    sources = [cell.get("source", cell.get("input", "")) for cell in code]
    texts = ["".join(map(str, source)) if isinstance(source, list) else str(source) for source in sources]
    trees = [parsed_with_magics(text) for text in texts[:MOST_READ] if text.strip()]
    read = [tree[0] for tree in trees if tree is not None]
    return 2 * len(read) > len(trees) and any(
        isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef) for tree in read for node in tree.body
    )


def _other_language(name: str) -> str:
    return (
        f"the notebook's language is {name[:40]!r}; only Python can be graded: choose a Python kernel and save again."
    )
