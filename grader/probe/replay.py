"""Running an answer's code once more, to see the arrays that it computes with on its way.

For code without layers to be asked: loops in NumPy or with `tf.Variable`s, in functions or out of them, and layers that
are called on data. Arrays are fresh where nothing but constants and randomness went into them: weights, data, zeros.
"""

from __future__ import annotations

import ast
import contextlib
import signal
import symtable
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from grader.probe.copies import Copies
from grader.probe.defined import Definitions
from grader.probe.framework import Array, Framework
from grader.probe.going_on import GoingOn
from grader.probe.instrument import Instrument
from grader.probe.moments import Enough, Value
from grader.probe.recorder import Recorder
from grader.probe.records import Records
from grader.probe.scopes import global_names
from grader.protocol import operations as ops


@dataclass(frozen=True, slots=True)
class Replayed:
    """The values that were seen, in order, whether the code came to its end, the series of numbers that it shows, and
    the norms of arrays that came behind those that are kept."""

    values: list[Value] = field(default_factory=list)
    complete: bool = False
    shown: list[Array] = field(default_factory=list)
    norms: list[float] = field(default_factory=list)


LONGEST_S = 10.0
"""Code that was quick to see its arrays is not waited for; most of it ends within tenths of a second."""


def replay(
    records: Records,
    framework: Framework,
    going_on: GoingOn,
    definitions: Definitions,
    seed: int,
    asked: ops.Replay,
) -> Replayed:
    """What the code of an answer sees from its beginning.

    What it uses of functions and classes that were defined before is seen inside, too; arrays and what draws numbers
    are copies. At its first `fit` it ends. There are none of code that works with layers which were made before it:
    running it once more might train them. At the sites `drawn`, arrays that repeat one number get random ones: biases
    have an effect then. What comes to be at the sites `nudged` is a little different: what changes then comes from it.
    """
    from IPython.core.inputtransformer2 import TransformerManager
    from IPython.utils.capture import capture_output

    transform: Any = TransformerManager
    plain = [transform().transform_cell(source) for source in asked.sources]
    trees = [ast.parse(source) for source in plain]
    namespace = dict(records.namespace or {})

    def is_layer(value: Any) -> bool:
        return isinstance(value, framework.layer_class)

    borrowed = _borrowed(plain, trees)
    if any(is_layer(namespace.get(name)) for name in borrowed):
        return Replayed()
    defined, read = definitions.behind(borrowed, namespace, lambda value: not is_layer(value))
    recorder, instrument = Recorder(framework, namespace, asked.drawn, asked.nudged), Instrument()
    _define(instrument, defined, namespace)
    kept = _given(namespace, records, borrowed | read, min(asked.cells, default=records.cell))
    with contextlib.suppress(Enough):
        recorder.moments.given(kept)
    known = set(namespace)
    records.replay = recorder
    framework.reseed(seed)
    complete, told = False, len(records.failures)
    try:
        # Where the answer itself ends with an error, or with an exit, its cells say so.
        with (
            capture_output(),
            contextlib.suppress(BaseException),
            _at_most(LONGEST_S),
            framework.line_by_line(),
        ):
            for tree in trees:
                code = compile(instrument.rewritten(going_on.rewritten(tree)), "<replay>", "exec")
                exec(code, namespace)  # noqa: S102 (the student's, in the student's own kernel, as before)
            complete = True
    finally:
        records.replay = None
        del records.failures[told:]
    others = namespace.keys() - known - records.names - _deleted(trees)
    if others:
        # It set names that it did not set when its cells ran: it went another way, and so shows nothing of that one.
        if not asked.broken:
            records.noted("another way", ", ".join(sorted(others)))
        return Replayed()
    moments = recorder.moments
    shown = recorder.showing.series()
    return Replayed(moments.at_the_end(), complete and not moments.dropped, shown, moments.norms)


def _deleted(trees: Sequence[ast.Module]) -> set[str]:
    """The names that code sets, and does away with: it may not come so far when it runs once more."""
    statements = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Delete))
    return {target.id for each in statements for target in each.targets if isinstance(target, ast.Name)}


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """End what runs inside when it takes longer, if it is Python."""

    def enough(*_: object) -> NoReturn:
        raise Enough

    before = signal.signal(signal.SIGALRM, enough)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _define(instrument: Instrument, statements: Sequence[ast.stmt], namespace: dict[str, Any]) -> None:
    """Let functions and classes that the code uses be seen inside as well; what fails stays as it was."""
    from IPython.utils.capture import capture_output

    with capture_output(), contextlib.suppress(BaseException), _at_most(LONGEST_S):
        for statement in statements:
            with contextlib.suppress(Exception):
                tree = instrument.rewritten(ast.Module([statement], []))
                exec(compile(tree, "<replay>", "exec"), namespace)  # noqa: S102 (as the answer itself)


def _given(namespace: dict[str, Any], records: Records, names: Collection[str], cell: int) -> list[Any]:
    """What the code of this cell borrows, of which it gets copies: those of objects are of classes that are new."""
    before = records.namespace or {}

    def renewed(cls: type) -> type | None:
        now = namespace.get(cls.__name__)
        return now if isinstance(now, type) and before.get(cls.__name__) is cls and now is not cls else None

    copies = Copies(renewed, records.drawing.get(cell, {}))
    for name in sorted(names):
        if name in namespace and namespace[name] is before.get(name):
            namespace[name] = copies.of(namespace[name])
    return [*(namespace[name] for name in sorted(names) if name in namespace), *copies.arrays()]


def _borrowed(sources: Sequence[str], trees: Sequence[ast.Module]) -> set[str]:
    """The names that code reads from the namespace: those that it does not set, or reads before it sets them."""
    tables = [symtable.symtable(source, "<replay>", "exec") for source in sources]
    made = {symbol.get_name() for table in tables for symbol in table.get_symbols() if symbol.is_assigned()}
    found, known = set[str]().union(*map(global_names, sources)) - made, set[str]()
    for statement in (statement for tree in trees for statement in tree.body):
        names = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
        if isinstance(statement, ast.Assign | ast.Expr):  # within others the order is not to be seen
            found |= {node.id for node in names if isinstance(node.ctx, ast.Load)} & made - known
        elif isinstance(statement, ast.AugAssign):
            found |= {node.id for node in names} & made - known
        known |= {node.id for node in names if isinstance(node.ctx, ast.Store)}
        known |= {statement.name} if isinstance(statement, ast.FunctionDef | ast.ClassDef) else set()
    return found
