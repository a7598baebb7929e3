"""Runs a notebook's code cells in one process and prints, as JSON, the name of each error by the number of its cell.

Usage: python run_notebook.py NOTEBOOK GENERATION. It is a twin of the grader's kernel for tests of notebooks alone.
"""

import json
import linecache
import os
import sys
from pathlib import Path


def main() -> None:
    path, generation = sys.argv[1:]
    os.environ["TF_USE_LEGACY_KERAS"] = "1" if generation == "2" else "0"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    if generation == "2":
        import tf_keras

        sys.modules["keras"] = tf_keras
    errors, namespace = {}, {"__name__": "__main__"}
    for number, cell in enumerate(json.loads(Path(path).read_text(encoding="utf-8"))["cells"]):
        if cell["cell_type"] == "code":
            source, name = "".join(cell["source"]), f"<cell {number}>"
            # AutoGraph reads the source of what it traces, and would otherwise find that of this file.
            linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
            try:
                exec(compile(source, name, "exec"), namespace)  # noqa: S102
            except Exception as error:
                errors[number] = f"{type(error).__name__}: {error}"
    print("\n" + json.dumps(errors))


if __name__ == "__main__":
    main()
