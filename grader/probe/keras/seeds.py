"""Randomness of a kernel: setting it, and leaving it as it was."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from grader.probe.keras import keras_api


def reseed(seed: int) -> None:
    """Seed Python, NumPy, TensorFlow and Keras as `keras.utils.set_random_seed` does, in either generation."""
    keras_api.keras().utils.set_random_seed(seed)


@contextmanager
def unchanged() -> Iterator[None]:
    """Whatever randomness and names are used inside, the student's next cell draws as if nothing had been drawn."""
    python_state, numpy_state = random.getstate(), np.random.get_state()
    tensorflow_state = _tensorflow_state()
    names = _name_counters()
    names_before = {key: value.copy() for key, value in names}
    keras_state = _keras_state()
    try:
        yield
    finally:
        random.setstate(python_state)
        np.random.set_state(numpy_state)
        _restore_tensorflow(tensorflow_state)
        _restore_keras(keras_state)
        for key, counter in _name_counters():
            counter.clear()
            counter.update(names_before.get(key, {}))


def _context() -> Any:
    from tensorflow.python.eager import context

    return context.context()


def _tensorflow_state() -> tuple[Any, Any, Any]:
    context = _context()
    rng = getattr(context, "_rng", None)
    return context._seed, rng, None if rng is None else rng.getstate()


def _restore_tensorflow(state: tuple[Any, Any, Any]) -> None:
    seed, rng, rng_state = state
    context = _context()
    context._seed = seed
    if rng is not None:
        context._rng = rng
        rng.setstate(rng_state)
    elif hasattr(context, "_rng"):
        del context._rng


def _name_counters() -> list[tuple[int, Any]]:
    """The counters behind automatic names such as `lstm_3`."""
    if keras_api.generation() == 3:
        from keras.src.backend.common import global_state

        counters = global_state.get_global_attribute("object_name_uids")
        return [] if counters is None else [(id(counters), counters)]
    from tf_keras.src import backend

    return [(id(counters), counters) for counters in list(backend.PER_GRAPH_OBJECT_NAME_UIDS.values())]


def _keras_state() -> Any:
    if keras_api.generation() == 3:
        from keras.src.backend.common import global_state

        generator = global_state.get_global_attribute("global_seed_generator")
        return None if generator is None else (generator, np.array(keras_api.as_array(generator.state)))
    from tf_keras.src import backend

    generator = getattr(backend._SEED_GENERATOR, "generator", None)
    return None if generator is None else (generator, generator.getstate())


def _restore_keras(state: Any) -> None:
    if state is None:
        return
    generator, value = state
    if keras_api.generation() == 3:
        generator.state.assign(value)
    else:
        generator.setstate(value)
