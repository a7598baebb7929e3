"""Whether a mutant computes something else: both codes are run from the same randomness, and their numbers compared.

This is decided without the grader, in a process of its own. Nothing may hide what was changed, so what an answer sets
to zero is drawn at random here: biases, first states, accumulators. Training is cut to one epoch. The numbers are what
the answer's functions and layers return while it runs (what they call inside may come in any order), what its variables
hold at the end, and what its layers and models give for an input.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import io
import os
import random
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, lru_cache
from multiprocessing import get_context
from types import FrameType, TracebackType
from typing import Any, Literal

import numpy as np

from grader.kernel.generation import Generation

Effect = Literal["another", "the same", "an error"]
FILE = "<answer>"
MODULES = frozenset({"np", "tf", "ops"})
BATCH, TIMESTEPS, WORDS = 2, 6, 10
ENOUGH = 4000
RELATIVE, ABSOLUTE = 1e-4, 1e-6


class Judge:
    """Runs code on one generation of Keras, in a process that has imported it once."""

    def __init__(self, generation: Generation) -> None:
        self._process = ProcessPoolExecutor(1, get_context("spawn"), _use, (generation,))

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.shutdown(cancel_futures=True)

    def effect(self, original: str, mutant: str) -> Effect:
        """What became of the function that the original computes. Raises where there is nothing to compare."""
        return self._process.submit(_effect, original, mutant).result()


def _use(generation: Generation) -> None:
    os.environ["TF_USE_LEGACY_KERAS"] = str(int(generation == 2))
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def _effect(original: str, mutant: str) -> Effect:
    before = _numbers(original)
    if not before:
        raise ValueError(f"there is nothing to compare:\n{original}")
    try:
        after = _numbers(mutant)
    except Exception:  # whatever a broken answer raises
        return "an error"
    return "the same" if _equal(before, after) else "another"


def _equal(before: tuple[np.ndarray, ...], after: tuple[np.ndarray, ...]) -> bool:
    return len(before) == len(after) and all(
        one.shape == other.shape and np.allclose(one, other, RELATIVE, ABSOLUTE, equal_nan=True)
        for one, other in zip(before, after, strict=True)
    )


@lru_cache(maxsize=4)
def _numbers(code: str) -> tuple[np.ndarray, ...]:
    """All numbers that a code computes, in the order in which it does."""
    import tensorflow as tf

    if os.environ["TF_USE_LEGACY_KERAS"] == "1":
        _seed_early(importlib.import_module("tf_keras.src.backend").RandomGenerator)
        sys.modules["keras"] = sys.modules["tf_keras"]  # as in a kernel of Keras 2
    seen = _Seen()
    _seed(tf)
    tf.config.run_functions_eagerly(True)
    tree = ast.fix_missing_locations(_Unhidden().visit(ast.parse(code)))
    names: dict[str, Any] = {"__name__": "__main__", "_drawn": _Drawn(tf)}
    with _layers_watched(tf, seen), _zeros_drawn(tf), contextlib.redirect_stdout(io.StringIO()):
        sys.setprofile(seen.watch)
        try:
            exec(compile(tree, FILE, "exec"), names)  # noqa: S102 (the corpus is our own)
        finally:
            sys.setprofile(None)
        _seed(tf)
        for name in sorted(names):
            if not name.startswith("_"):
                seen.add(names[name])
                _run_layer(tf, names[name])
    return tuple(seen.arrays[:ENOUGH])


def _seed(tf: Any) -> None:
    tf.keras.utils.set_random_seed(1)
    random.seed(1)


@cache
def _seed_early(generator: Any) -> None:
    """Initializers of Keras 2 draw their seed when they are first used: now when they are made, whatever the order."""
    own = generator.__init__

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        own(self, *args, **kwargs)
        self._maybe_init()

    generator.__init__ = init


class _Unhidden(ast.NodeTransformer):
    """Calls for zeros become calls for numbers that are drawn; one epoch is enough."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id in MODULES and node.attr in {"zeros", "zeros_like"}:
            maker = ast.Attribute(ast.Name("_drawn", ast.Load()), node.attr, ast.Load())
            return ast.Call(maker, [ast.Constant(node.value.id)], [])
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        self.generic_visit(node)
        return ast.keyword("epochs", ast.Constant(1)) if node.arg == "epochs" else node


class _Drawn:
    """Numbers in the place of zeros: the same for the same call of the same code."""

    def __init__(self, tf: Any) -> None:
        self._tf, self._calls = tf, 0

    def zeros(self, module: str) -> Any:
        """In the place of `np.zeros`, or of that of another module."""
        return lambda shape, *_, **__: self.array(module, shape)

    def zeros_like(self, module: str) -> Any:
        """In the place of `np.zeros_like`, or of that of another module."""
        return lambda value, *_, **__: self.array(module, value.shape)

    def array(self, module: str, shape: Any) -> Any:
        """Numbers from -1 to 1."""
        self._calls += 1
        shape = [shape] if isinstance(shape, int) else shape
        if module == "np":
            return np.random.default_rng(self._calls).uniform(-1, 1, shape)
        return self._tf.random.stateless_uniform(shape, [self._calls, 0], -1, 1)


@contextlib.contextmanager
def _zeros_drawn(tf: Any) -> Iterator[None]:
    """Keras's own zeros, which biases start from, are drawn too."""
    zeros = tf.keras.initializers.Zeros
    own = zeros.__call__
    # The same for all: which layer of an answer is built first must not matter.
    zeros.__call__ = lambda self, shape, *_, **__: _Drawn(tf).array("tf", shape)
    try:
        yield
    finally:
        zeros.__call__ = own


class _Seen:
    """What the answer's functions and the layers of Keras return, but for those that others of them call."""

    def __init__(self) -> None:
        self.arrays: list[np.ndarray] = []
        self._depth = 0

    def add(self, value: Any) -> None:
        """All arrays in a value."""
        self.arrays.extend(_arrays(value))

    def enter(self) -> None:
        """A function or layer is called."""
        self._depth += 1

    def leave(self, value: Any) -> None:
        """It returns."""
        self._depth -= 1
        if self._depth == 0:
            self.add(value)

    def watch(self, frame: FrameType, event: str, value: object) -> None:
        """A profiler for the answer's own functions."""
        if frame.f_code.co_filename == FILE and frame.f_code.co_name not in {"<module>", "<genexpr>"}:
            if event == "call":
                self.enter()
            elif event == "return":
                self.leave(value)


@contextlib.contextmanager
def _layers_watched(tf: Any, seen: _Seen) -> Iterator[None]:
    layer = tf.keras.layers.Layer
    own = layer.__call__

    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = None
        seen.enter()
        try:
            result = own(self, *args, **kwargs)
        finally:
            seen.leave(result)
        return result

    layer.__call__ = call
    try:
        yield
    finally:
        layer.__call__ = own


def _arrays(value: Any) -> list[np.ndarray]:
    """All numbers in a value; nothing of what has no values yet."""
    if isinstance(value, dict):
        value = [value[key] for key in sorted(value, key=str)]
    if isinstance(value, list | tuple):
        return [array for part in value for array in _arrays(part)]
    if isinstance(value, float | int | np.ndarray | np.generic) or hasattr(value, "numpy"):
        with contextlib.suppress(Exception):  # what a tensor without values raises depends on where it comes from
            array = np.asarray(value, dtype=np.float64)
            return [array]
    return []


def _run_layer(tf: Any, value: Any) -> None:
    """Call a layer or a model that has weights; what it returns is watched."""
    if isinstance(value, tf.keras.layers.Layer) and value.weights:
        with contextlib.suppress(Exception):  # what cannot be called in this way was seen while the answer ran
            value(_input_for(tf, value))


def _input_for(tf: Any, layer: Any) -> Any:
    rng = np.random.default_rng(0)
    if isinstance(layer, tf.keras.Model):
        shape = [size or default for size, default in zip(layer.input_shape, (BATCH, TIMESTEPS, 1), strict=False)]
        if len(shape) == 2:
            return rng.integers(1, WORDS, shape)
    else:
        shape = [BATCH, TIMESTEPS, layer.weights[0].shape[0]]
    return rng.uniform(-1, 1, shape).astype("float32")
