"""Going on behind a statement that fails: in cells outside of the answers each statement runs on its own.

`import pandas` becomes `try: import pandas` with a handler that notes what went wrong, and so do imports and lines of
the environment (`plt.style.use(...)`) in the cell of an answer. What an answer itself does wrong stays its error, but
for what it would fetch over a network that is not there, and for what misses something that was passed over.
"""

from __future__ import annotations

import ast
import sys
from contextlib import suppress
from secrets import token_hex
from typing import Any

from grader.probe import stand_ins
from grader.probe.records import Failure, Records

PASSED = f"_{token_hex(6)}"
FAILURES: tuple[type[BaseException], ...] = (Exception, SystemExit)
LONGEST = 400
MOST_LEFT_OUT, MOST_LINES = 3, 2_000
"""So many lines of a cell may be no Python: with more of them it is text."""
NO_NETWORK = frozenset(
    {
        *("NoNetwork", "URLError", "gaierror", "ConnectionError", "ConnectTimeout", "MaxRetryError"),
        *("NameResolutionError", "ClientConnectorError", "ConnectError"),
    }
)
"""Classes of errors that say so, of Python's own and of usual packages."""

ENVIRONMENT = frozenset(
    {
        *("config", "style", "rcParams", "environ", "filterwarnings", "simplefilter", "mount", "download"),
        *("chdir", "set", "options", "set_option", "set_theme", "set_style", "set_palette", "set_context"),
        *("set_printoptions", "set_verbosity", "get_logger", "getLogger", "basicConfig", "__version__"),
        *("VERSION", "gpu_device_name", "is_gpu_available", "set_random_seed", "seed", "mixed_precision"),
        *("set_matplotlib_formats", "disable_v2_behavior", "enable_v2_behavior", "enable_eager_execution"),
        "disable_eager_execution",
    }
)
"""Attributes by which a line is known to prepare its machine, and not to answer anything."""

OF_A_MACHINE = frozenset({"__version__", "VERSION", "gpu_device_name", "is_gpu_available", "list_physical_devices"})
"""What may be asserted of one."""


class GoingOn:
    """Wraps statements of one cell after the other; `outside` says whether the next one belongs to no answer."""

    def __init__(self, records: Records) -> None:
        self.outside = False
        self._records = records
        self._lost = set[str]()
        """Names that would have been bound by what was passed over."""

    @property
    def hooks(self) -> dict[str, Any]:
        """What rewritten code calls, by the names that it has there."""
        return {PASSED: self.passed}

    def rewritten(self, tree: ast.Module) -> ast.Module:
        """The tree, changed in place. The last expression stays, for its value is shown; behind it comes nothing."""
        known = Known(self._records.namespace or {})
        for place, statement in enumerate(tree.body):
            stand_ins.offer(statement)
            last = place == len(tree.body) - 1 and isinstance(statement, ast.Expr)
            preparing = known.prepares(statement)
            if _is_future(statement) or (last and not preparing):
                continue
            names = tuple(sorted(_bound(statement)))
            tree.body[place] = _on_its_own(statement, names, forgiven=self.outside or preparing)
        return tree

    def passed(self, line: int, names: tuple[str, ...], forgiven: bool) -> tuple[type[BaseException], ...]:
        """The errors to pass over: where the statement on this line, which would have bound these names, has failed."""
        error = sys.exc_info()[1]
        if not isinstance(error, FAILURES) or not (forgiven or self._is_anothers(error)):
            return ()
        self._lost.update(names)
        self.note(line, error)
        return FAILURES

    def _is_anothers(self, error: BaseException) -> bool:
        """Whether an error says that there is no network or no package, or misses something that was passed over."""
        if isinstance(error, ImportError) or (isinstance(error, NameError) and error.name in self._lost):
            return True
        return any(kind.__name__ in NO_NETWORK for kind in type(error).__mro__)

    def note(self, line: int, error: BaseException) -> None:
        """Keep what went wrong, and say so in the output of the cell."""
        try:
            text = str(error)
        except Exception:
            text = ""
        failure = Failure(self._records.cell, line, type(error).__name__[:LONGEST], text.strip()[:LONGEST])
        self._records.fail(failure)
        with suppress(Exception):  # the student's streams may be anything
            sys.stderr.write(f"Line {line} failed and was passed over. {failure.type}: {failure.message}\n")


class Known:
    """Which names of a cell stand for modules, or for what a line of the environment gave."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._names = {name for name, value in namespace.items() if isinstance(value, type(sys))}
        self._names |= {"get_ipython", "print", "len"}

    def prepares(self, statement: ast.stmt) -> bool:
        """Whether a statement imports, or prepares the machine; what it binds is known from then on."""
        if isinstance(statement, ast.Import | ast.ImportFrom):
            self._names |= {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}
            return True
        if not isinstance(statement, ast.Expr | ast.Assign | ast.AugAssign | ast.Assert | ast.If | ast.For):
            return False
        nodes = list(ast.walk(statement))
        names = [node for node in nodes if isinstance(node, ast.Name)]
        bound = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        if any(node.id not in self._names | bound for node in names if isinstance(node.ctx, ast.Load)):
            return False
        wanted = OF_A_MACHINE if isinstance(statement, ast.Assert) else ENVIRONMENT
        if not any(isinstance(node, ast.Attribute) and node.attr in wanted for node in nodes):
            return False
        self._names |= bound
        return True


def _is_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _bound(statement: ast.stmt) -> set[str]:
    names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    if isinstance(statement, ast.Import | ast.ImportFrom):
        names |= {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}
    return names


def _on_its_own(statement: ast.stmt, names: tuple[str, ...], *, forgiven: bool) -> ast.stmt:
    """`try: statement` with `except PASSED(line, names, forgiven): pass`, which leaves tracebacks as they would be."""
    bound = ast.Tuple([ast.Constant(name) for name in names], ast.Load())
    told: list[ast.expr] = [ast.Constant(statement.lineno), bound, ast.Constant(forgiven)]
    asked = ast.Call(ast.Name(PASSED, ast.Load()), told, [])
    handler = ast.ExceptHandler(asked, None, [ast.Pass()])
    made = ast.copy_location(ast.Try([statement], [handler], [], []), statement)
    for node in ast.walk(handler):
        ast.copy_location(node, statement)
    return ast.fix_missing_locations(made)


class Mending:
    """Leaves out lines that are not Python in a cell outside of the answers, so that the others run."""

    def __init__(self, going_on: GoingOn) -> None:
        self._going_on = going_on

    def __call__(self, lines: list[str]) -> list[str]:
        """The lines of a cell as they are to run: with `pass` for a few of them; unchanged where that does not help."""
        if not self._going_on.outside or len(lines) > MOST_LINES:
            return lines
        mended, found = [*lines], dict[int, str]()
        while (error := _wrong("".join(mended))) is not None:
            number = error.lineno or 0
            if len(found) == MOST_LEFT_OUT or not 0 < number <= len(mended) or number in found:
                return lines
            found[number] = error.msg
            text = mended[number - 1]
            mended[number - 1] = f"{text[: len(text) - len(text.lstrip())]}pass\n"
        for number, message in found.items():
            self._going_on.note(number, SyntaxError(message))
        return mended


def _wrong(source: str) -> SyntaxError | None:
    try:
        ast.parse(source)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError):
        return None
    return None
