"""The data sets that Keras would fetch, where there is no network: an instructor's files, or seeded numbers.

Where none lies in Keras's home, `load_data` gives numbers of the same shapes and types. What code computes with them
can be judged; how well it learns from them cannot.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from grader.probe.framework import Array
from grader.probe.keras import keras_api
from grader.probe.records import Records

Split = tuple[tuple[Any, Any], tuple[Any, Any]]

IMAGES = {
    "mnist": ((28, 28), 60_000, 10_000, 10),
    "fashion_mnist": ((28, 28), 60_000, 10_000, 10),
    "cifar10": ((32, 32, 3), 50_000, 10_000, 10),
    "cifar100": ((32, 32, 3), 50_000, 10_000, 100),
}
TEXTS = {"imdb": (25_000, 25_000, 88_584, 2), "reuters": (8_982, 2_246, 30_979, 46)}
TABLES = {"boston_housing": (404, 102, 13), "california_housing": (16_512, 4_128, 8)}
NAMES = (*IMAGES, *TEXTS, *TABLES)
WORDS = (("start_char", 1), ("oov_char", 2), ("index_from", 3))
"""Settings of `load_data`, and what they are usually."""
LENGTHS = (20, 180)
"""Of texts, in words; so short that making them takes no second."""


class NoNetwork(OSError):
    """Something was to be fetched."""


def install(records: Records) -> None:
    """Have Keras look into this kernel's home, say what is the matter where it would fetch, and stand in for it."""
    package = "tf_keras" if keras_api.generation() == 2 else "keras"
    home = Path.home() / ".keras"
    with suppress(OSError):
        home.mkdir(exist_ok=True)  # without it, Keras goes elsewhere
    if keras_api.generation() == 3:
        config: Any = importlib.import_module("keras.src.backend.config")
        config._KERAS_DIR = str(home)
    fetching: Any = importlib.import_module(
        f"{package}.src.utils.{'data_utils' if package == 'tf_keras' else 'file_utils'}"
    )
    fetching.urlretrieve = _fetching(fetching.urlretrieve)
    for name in NAMES:
        with suppress(ImportError):
            module: Any = importlib.import_module(f"{package}.src.datasets.{name}")
            _replace(module.load_data, _loading(records, name, module.load_data))
            if hasattr(module, "get_word_index"):
                _replace(module.get_word_index, _indexing(records, name, module.get_word_index))


def _replace(original: Any, made: Any) -> None:
    """Wherever Keras offers it: its public modules have names for what is defined inside."""
    for module in list(sys.modules.values()):
        if ".datasets" in str(getattr(module, "__name__", "")) and vars(module).get(made.__name__) is original:
            setattr(module, made.__name__, made)


def _fetching(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def urlretrieve(url: Any, *arguments: Any, **named: Any) -> Any:
        try:
            return original(url, *arguments, **named)
        except OSError as error:
            what = f"grading has no network: {url} cannot be fetched. Hand such a file in together with the notebook"
            raise NoNetwork(what) from error

    return urlretrieve


def _loading(records: Records, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def load_data(*arguments: Any, **named: Any) -> Any:
        try:
            return original(*arguments, **named)
        except NoNetwork:
            _stand_in(records, name)
            return _made(name, arguments, named)

    return load_data


def _indexing(records: Records, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def get_word_index(*arguments: Any, **named: Any) -> Any:
        try:
            return original(*arguments, **named)
        except NoNetwork:
            _stand_in(records, name)
            return {f"word{number}": number for number in range(1, TEXTS[name][2] + 1)}

    return get_word_index


def _stand_in(records: Records, name: str) -> None:
    print(f"Grading has no network, so numbers of the same shapes stand in for the data set {name}.")
    records.stand_in(name)


def _made(name: str, arguments: Any, named: dict[str, Any]) -> Split:
    """The same numbers at each call, whatever the state of the student's randomness."""
    rng = np.random.default_rng(NAMES.index(name))
    if name in IMAGES:
        shape, train, test, classes = IMAGES[name]
        flat = not name.startswith("cifar")
        return _images(rng, shape, train, classes, flat=flat), _images(rng, shape, test, classes, flat=flat)
    if name in TABLES:
        train, test, columns = TABLES[name]
        return _table(rng, train, columns), _table(rng, test, columns)
    train, test, words, classes = TEXTS[name]
    settings = dict(zip(("path", "num_words", "skip_top", "maxlen"), arguments, strict=False)) | named
    return _texts(rng, train, words, classes, settings), _texts(rng, test, words, classes, settings)


def _images(
    rng: np.random.Generator, shape: tuple[int, ...], count: int, classes: int, *, flat: bool
) -> tuple[Array, Array]:
    labels = rng.integers(0, classes, count, dtype=np.uint8)
    pixels = rng.integers(0, 256, (count, *shape), dtype=np.uint8)
    return pixels, labels if flat else labels[:, None].astype(np.int64)


def _table(rng: np.random.Generator, rows: int, columns: int) -> tuple[Array, Array]:
    return rng.uniform(0, 100, (rows, columns)), rng.uniform(5, 50, rows)


def _texts(
    rng: np.random.Generator, count: int, words: int, classes: int, settings: dict[str, Any]
) -> tuple[Array, Array]:
    """Lists of numbers of words as Keras gives them, the frequent ones small."""
    start, other, first = (settings.get(key, usual) for key, usual in WORDS)
    most, least = settings.get("num_words") or words + 1, settings.get("skip_top") or 0
    lengths = rng.integers(*LENGTHS, count)
    numbers = (words ** rng.random(int(lengths.sum()))).astype(np.int64) + (first or 0)
    wanted = (numbers < most) & (numbers >= least)
    if other is not None:
        numbers = np.where(wanted, numbers, other)
    ends = np.cumsum(lengths)
    head = [] if start is None else [start]
    texts = [[*head, *numbers[end - length : end].tolist()] for end, length in zip(ends, lengths, strict=True)]
    found = np.empty(count, dtype=object)
    found[:] = texts
    short = np.array([not settings.get("maxlen") or len(text) < settings["maxlen"] for text in texts])
    return found[short], rng.integers(0, classes, count)[short]
