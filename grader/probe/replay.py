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
from typing import Any, NoReturn

from grader.probe.framework import Framework
from grader.probe.going_on import GoingOn
from grader.probe.instrument import Instrument
from grader.probe.moments import Enough, Value
from grader.probe.recorder import Recorder
from grader.probe.records import Records
from grader.probe.scopes import global_names

LONGEST_S = 10.0
"""Code that was quick to see its arrays is not waited for; most of it ends within tenths of a second."""


def replay(
    records: Records,
    framework: Framework,
    going_on: GoingOn,
    sources: Sequence[str],
    seed: int,
    drawn: Collection[int] = (),
    nudged: Collection[int] = (),
) -> tuple[list[Value], bool]:
    """The values that the code of an answer sees from its beginning, in order, and whether it came to its end.

    At its first `fit` it ends. There are none of code that works with layers which were made before it: running it
    once more might train them. At the sites `drawn`, arrays that repeat one number get random ones: biases have an
    effect then. What comes to be at the sites `nudged` is a little different: what changes then comes from it.
    """
    from IPython.core.inputtransformer2 import TransformerManager
    from IPython.utils.capture import capture_output

    transform: Any = TransformerManager
    plain = [transform().transform_cell(source) for source in sources]
    trees = [ast.parse(source) for source in plain]
    namespace = dict(records.namespace or {})
    borrowed = [namespace[name] for name in sorted(_borrowed(plain, trees)) if name in namespace]
    if any(isinstance(value, framework.layer_class) for value in borrowed):
        return [], False
    recorder = Recorder(framework, namespace, drawn, nudged)
    with contextlib.suppress(Enough):
        recorder.moments.given(borrowed)
    known = set(namespace)
    instrument = Instrument()
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
    if namespace.keys() - known:
        # It set names that it did not set when its cells ran: it went another way, and so shows nothing of that one.
        records.noted("another way", ", ".join(sorted(namespace.keys() - known)))
        return [], False
    return recorder.moments.at_the_end(), complete and not recorder.moments.dropped


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
