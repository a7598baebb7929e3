"""Running an answer's code once more, to see the arrays that it computes with on its way.

For code without layers to be asked: loops in NumPy or with `tf.Variable`s, in functions or out of them, and layers that
are called on data. Arrays are fresh where nothing but constants and randomness went into them: weights, data, zeros.
"""

from __future__ import annotations

import ast
import contextlib
import signal
import symtable
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any, NoReturn

import numpy as np

from grader.probe.instrument import CALLED, LISTED, OPERATED, OPERATORS, Instrument
from grader.probe.keras import data, keras_api, seeds
from grader.probe.records import Records
from grader.probe.scopes import global_names

Array = np.ndarray[Any, np.dtype[Any]]
MOST_VALUES = 2_500
MOST_ELEMENTS = 8_000_000
MOST_SENT = 600_000
LARGEST = 500_000
ROWS = 16
MOST_EVENTS = 60_000
MOST_IN_ONE = 64
LONGEST_S = 10.0
"""Code that was quick to see its arrays is not waited for; most of it ends within tenths of a second."""
PARTING = frozenset({"unstack", "split", "array_split"})
KEEPING = PARTING | {
    *("Variable", "constant", "convert_to_tensor", "array", "asarray", "astype", "cast", "float32", "float64"),
    *("copy", "reshape", "transpose", "expand_dims", "squeeze"),
}
"""Functions that keep the numbers of an array."""


@dataclass(slots=True)
class Value:
    """An array as it was when it came to be; `held` keeps its object alive, as identities are compared.

    `site` is the place in the code. A `part` was taken out of another array, and what was `used_up` lives on in one.
    `layer` counts the layers of Keras whose weights are seen. `gradient` is the norm of the first gradient that the
    code takes, by this array. It is `changed` where it is not the same any more at the end. `uses` are the numbers of
    times that it went into each function or operator.
    """

    held: Any
    numbers: Array
    site: int
    fresh: bool
    part: bool = False
    layer: int | None = None
    gradient: float | None = None
    changed: bool = False
    used_up: bool = False
    uses: Counter[int] = field(default_factory=Counter)


class _Enough(BaseException):
    """Enough was seen. (Not an `Exception`, which student code may catch.)"""


class Recorder:
    """What the rewritten code calls. Arrays of one number repeated that come to be at the sites `drawn` are random."""

    def __init__(self, records: Records, namespace: dict[str, Any], drawn: Collection[int] = ()) -> None:
        self.values: list[Value] = []
        self._known: dict[int, Value] = {}
        self._layers: dict[int, Any] = {}
        self._records, self._namespace = records, namespace
        self._elements = self._events = 0
        self._differentiated = False
        self._drawn, self._rng = frozenset(drawn), np.random.default_rng(0)

    @property
    def hooks(self) -> dict[str, Callable[..., Any]]:
        """The functions by the names that rewritten code has for them."""
        return {CALLED: self.called, OPERATED: self.operated, LISTED: self.listed}

    def given(self, values: Sequence[Any]) -> None:
        """Arrays that were there before the code ran, such as data from a cell on top of the notebook."""
        for array in _arrays(list(values)):
            if id(array) not in self._known:
                self._keep(array, 0, fresh=True)

    def called(self, site: int, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """A call."""
        result = function(*args, **kwargs)
        self._count()
        if isinstance(function, keras_api.layer_base()):
            self._see_weights(site, function)
            self._see(site, result, fresh=False)
        elif not self._is_own(function):
            owner = getattr(function, "__self__", None)
            given = [*_arrays((args, kwargs)), *([owner] if _is_array(owner) else [])]
            keeps = getattr(function, "__name__", "") in KEEPING
            parts = getattr(function, "__name__", "") in PARTING
            self._use(site, given)
            fresh = self._is_fresh(given) and (not given or keeps)
            if fresh and site in self._drawn and _is_array(result) and _is_constant(keras_api.as_array(result)):
                result = _filled(result, self._rng)
            self._see(site, result, fresh=fresh, using=[] if parts else given, part=parts)
        else:
            self._see(site, result, fresh=False)
        return result

    def operated(self, site: int, name: str, left: Any, right: Any, /) -> Any:
        """An operator, or a subscript."""
        result = OPERATORS[name](left, right)
        self._count()
        given = [*_arrays(left), *_arrays(right)]
        if name == "getitem" and not _is_array(left):
            # Of a list, a dict, or something like np.r_, which computes.
            self._see(site, result, fresh=False)
        else:
            fresh, part = len(given) == 1 and self._is_fresh(given), name == "getitem"
            self._use(site, given if not part else ())
            self._see(site, result, fresh=fresh, using=[] if part else given, part=part)
        return result

    def listed(self, site: int, result: Any, /) -> Any:
        """A list that was made."""
        self._see(site, result, fresh=False)
        return result

    def gradient(
        self, original: Callable[..., Any], tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any
    ) -> Any:
        """`GradientTape.gradient`, the first time by all that was seen as well."""
        nest = keras_api.tf().nest
        flat = nest.flatten(sources)
        others = [value for value in self.values if _is_tensor(value.held)]
        if self._differentiated or not keras_api.is_concrete(target):
            return original(tape, target, sources, *args, **kwargs)
        self._differentiated = True
        found = original(tape, target, [*flat, *(value.held for value in others)])
        for value, gradient in zip(others, found[len(flat) :], strict=True):
            value.gradient = 0.0 if gradient is None else float(np.linalg.norm(keras_api.as_array(gradient)))
        return nest.pack_sequence_as(sources, found[: len(flat)])

    def fit(self, model: Any, inputs: Any) -> NoReturn:
        """`fit`: the model is run once on some of its data, and differentiated, in place of a training."""
        rows = data.sample(inputs)
        if rows is not None:
            tf = keras_api.tf()
            with tf.GradientTape() as tape:
                loss = sum(tf.reduce_sum(tf.square(output)) for output in tf.nest.flatten(model(rows)))
            tape.gradient(loss, model.trainable_variables)
        raise _Enough

    def end(self) -> list[Value]:
        """What was seen, of large batches a few rows, and which of the arrays that came from nothing have changed."""
        for value in self.values:
            if value.fresh:
                value.changed = not np.array_equal(keras_api.as_array(value.held), value.numbers, equal_nan=True)
        batches = {value.numbers.shape[0] for value in self.values if value.fresh and value.numbers.ndim == 3}
        kept, elements = [], 0
        for value in self.values:
            for axis, size in enumerate(value.numbers.shape):
                if size > ROWS and size in batches:
                    value.numbers = value.numbers.take(range(ROWS), axis)
            elements += value.numbers.size
            kept += [value] if elements <= MOST_SENT else []
        return kept

    def _count(self) -> None:
        self._events += 1
        if self._events > MOST_EVENTS:
            raise _Enough

    def _is_own(self, function: Any) -> bool:
        """Whether it is the student's: what happens inside is seen as well."""
        code = getattr(function, "__func__", function)
        if isinstance(code, FunctionType):
            return code.__globals__ is self._namespace
        kind = function if isinstance(function, type) else type(function)
        return getattr(kind, "__module__", None) == self._namespace.get("__name__")

    def _is_fresh(self, arrays: Sequence[Any]) -> bool:
        return all((known := self._known.get(id(array))) is not None and known.fresh for array in arrays)

    def _use(self, site: int, arrays: Sequence[Any]) -> None:
        for array in arrays:
            if id(array) in self._known:
                self._known[id(array)].uses[site] += 1

    def _see(self, site: int, result: Any, *, fresh: bool, using: Sequence[Any] = (), part: bool = False) -> None:
        for array in _arrays(result):
            if id(array) not in self._known:
                self._keep(array, site, fresh=fresh, part=part)
                for one in using if fresh else ():
                    self._known[id(one)].used_up = True

    def _see_weights(self, site: int, layer: Any) -> None:
        if id(layer) in self._layers:
            return
        self._layers[id(layer)] = layer
        for variable in layer.weights:
            if id(variable) not in self._known:
                self._keep(variable, site, fresh=True, layer=len(self._layers))

    def _keep(self, array: Any, site: int, *, fresh: bool, part: bool = False, layer: int | None = None) -> None:
        numbers = np.array(keras_api.as_array(array), dtype=np.float64)
        if numbers.size > LARGEST:
            return
        self._elements += numbers.size
        if len(self.values) >= MOST_VALUES or self._elements > MOST_ELEMENTS:
            raise _Enough
        value = Value(array, numbers, site, fresh, part, layer)
        self._known[id(array)] = value
        self.values.append(value)


def replay(
    records: Records, sources: Sequence[str], seed: int, drawn: Collection[int] = ()
) -> tuple[list[Value], bool]:
    """The values that the code of an answer sees from its beginning, in order, and whether it came to its end.

    At its first `fit` it ends. There are none of code that works with layers which were made before it: running it
    once more might train them. At the sites `drawn`, arrays that repeat one number get random ones: biases have an
    effect then.
    """
    from IPython.core.inputtransformer2 import TransformerManager
    from IPython.utils.capture import capture_output

    transform: Any = TransformerManager
    plain = [transform().transform_cell(source) for source in sources]
    trees = [ast.parse(source) for source in plain]
    namespace = dict(records.namespace or {})
    borrowed = [namespace[name] for name in sorted(_borrowed(plain, trees)) if name in namespace]
    if any(isinstance(value, keras_api.layer_base()) for value in borrowed):
        return [], False
    recorder = Recorder(records, namespace, drawn)
    with contextlib.suppress(_Enough):
        recorder.given(borrowed)
    namespace |= recorder.hooks
    instrument = Instrument()
    records.replay = recorder
    seeds.reseed(seed)
    complete = False
    try:
        # Where the answer itself ends with an error, or with an exit, its cells say so.
        with capture_output(), contextlib.suppress(BaseException), _at_most(LONGEST_S), _eagerly():
            for tree in trees:
                code = compile(instrument.rewritten(tree), "<replay>", "exec")
                exec(code, namespace)  # noqa: S102 (the student's, in the student's own kernel, as before)
            complete = True
    finally:
        records.replay = None
    return recorder.end(), complete


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """End what runs inside when it takes longer, if it is Python."""

    def enough(*_: object) -> NoReturn:
        raise _Enough

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


@contextlib.contextmanager
def _eagerly() -> Iterator[None]:
    """Functions under `tf.function` run line by line: what they compute is numbers, and no graph."""
    config = keras_api.tf().config
    before = config.functions_run_eagerly()
    config.run_functions_eagerly(True)
    try:
        yield
    finally:
        config.run_functions_eagerly(before)


def _is_constant(array: Array) -> bool:
    return array.size > 1 and bool((array == array.flat[0]).all())


def _filled(value: Any, rng: np.random.Generator) -> Any:
    """The array, variable or tensor with random numbers: the same object, but for a tensor, which cannot change."""
    numbers = rng.uniform(-1, 1, value.shape)
    if isinstance(value, np.ndarray):
        value[...] = numbers
    elif hasattr(value, "assign"):
        value.assign(numbers)
    else:
        value = keras_api.tf().constant(numbers, value.dtype)
    return value


def _is_array(value: Any) -> bool:
    """Whether it is an array or tensor of floating-point numbers, or one such number."""
    if isinstance(value, np.ndarray | np.floating):
        return value.dtype.kind == "f"
    return _is_tensor(value) or (hasattr(value, "read_value") and _is_floating(value))


def _is_tensor(value: Any) -> bool:
    return not isinstance(value, np.ndarray) and keras_api.is_concrete(value) and _is_floating(value)


def _is_floating(value: Any) -> bool:
    return bool(getattr(getattr(value, "dtype", None), "is_floating", False))


def _arrays(value: Any, depth: int = 3) -> list[Any]:
    """Those in nested lists, tuples and dicts."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [] if not depth else [item for each in value[:MOST_IN_ONE] for item in _arrays(each, depth - 1)]
    return [value] if _is_array(value) else []
