"""Running code of a notebook once more, in a new kernel that took the place of one that has ended."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Sequence
from typing import Any

from grader.probe.going_on import GoingOn
from grader.probe.records import Records


def run_again(records: Records, going_on: GoingOn, cells: Sequence[int], sources: Sequence[str]) -> None:
    """Run each source as the cell that it is from, recorded as then; what fails, and what it prints, is not told."""
    from IPython.core.getipython import get_ipython
    from IPython.utils.capture import capture_output

    shell: Any = get_ipython()
    before = len(records.failures)
    for cell, source in zip(cells, sources, strict=True):
        records.cell, going_on.outside = cell, True
        with capture_output(), contextlib.suppress(Exception, SystemExit):
            blank = len(source) - len(source.lstrip("\n"))  # which IPython would take away
            tree = ast.increment_lineno(ast.parse(shell.transform_cell(source)), blank)
            tree = shell.transform_ast(tree)
            for statement in tree.body:
                with contextlib.suppress(Exception, SystemExit):
                    code = compile(ast.Module([statement], []), "<again>", "exec")
                    exec(code, shell.user_ns)  # noqa: S102 (the student's, in the student's own kernel, as before)
    del records.failures[before:]
