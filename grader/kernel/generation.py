"""For which generation of Keras a notebook was written, judged by its source and its saved outputs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Generation = Literal[2, 3]
KerasChoice = Literal["auto", "2", "3"]

MAX_TEXT = 200_000
"""So much of one cell's source, and of its saved output, is looked at."""

STRONG, WEAK = 3, 1


class CellText(Protocol):
    """What is read of a cell."""

    @property
    def source(self) -> str:
        """The cell's text."""

    @property
    def saved_output_text(self) -> str:
        """The text of the outputs that were saved with the notebook."""


class NotebookText(Protocol):
    """What is read of a notebook."""

    @property
    def cells(self) -> Sequence[CellText]:
        """All cells in order."""

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The notebook's metadata, with `language_info` where it was saved."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The generation, or None where nothing speaks for either; and what was seen, in words."""

    generation: Generation | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern that speaks for one generation, with a weight: what only one can print outweighs a habit."""

    generation: Generation
    weight: int
    pattern: re.Pattern[str]
    reason: str


def _sign(generation: Generation, weight: int, pattern: str, reason: str) -> Sign:
    return Sign(generation, weight, re.compile(pattern, re.MULTILINE), reason)


# Every pattern is linear in the text: it starts with a literal and has no nested repetition.
OUTPUT_SIGNS = (
    _sign(2, STRONG, r"<(?:tf_)?keras\.(?:src\.)?callbacks\.History\b", "a History object printed by Keras 2"),
    _sign(2, STRONG, r"<(?:tf_)?keras\.(?:src\.)?(?:engine|layers)\.", "a layer or model printed by Keras 2"),
    _sign(2, STRONG, r"\(created by layer '", "a symbolic tensor printed by Keras 2"),
    _sign(2, STRONG, r"\d \[={5,60}>?\.{0,60}\] - ", "a progress bar drawn with equals signs"),
    _sign(2, STRONG, r"<tensorflow\.python\.keras\.", "an object printed by the Keras inside TensorFlow 2.5 or older"),
    _sign(2, STRONG, r"\((?:TFOp ?Lambda|SlicingOpLambda|TFOp\b)", "a summary with TFOpLambda layers"),
    _sign(2, STRONG, r"\[\(None, [^()\n]{0,60}\)\]", "an input shape in square brackets, as Keras 2 summaries have it"),
    _sign(2, STRONG, r"^ ?Layer \(type\) {2,}Output Shape", "a summary ruled with underscores and equals signs"),
    _sign(2, STRONG, r"^Total params: [\d,]+(?: \(|$)", "a count of parameters as Keras 2 prints it"),
    _sign(2, WEAK, r"ms/step - loss: \d", "a progress bar that names the loss right after the time"),
    _sign(3, STRONG, r"[┏┡┃]", "a summary drawn with box characters"),
    _sign(3, STRONG, r"<keras\.src\.callbacks\.history\.History\b", "a History object printed by Keras 3"),
    _sign(3, STRONG, r"<(?:Sequential|Functional) name=\w{1,80}, built=", "a model printed by Keras 3"),
    _sign(3, STRONG, r"<KerasTensor shape=", "a symbolic tensor printed by Keras 3"),
    _sign(3, WEAK, r"━━", "a progress bar drawn with lines"),
)
SOURCE_SIGNS = (
    _sign(2, STRONG, r"\btensorflow_addons\b", "tensorflow_addons, which needs Keras 2"),
    _sign(2, STRONG, r"\btf_keras\b", "tf_keras, which is Keras 2"),
    _sign(2, STRONG, r"TF_USE_LEGACY_KERAS", "the switch TF_USE_LEGACY_KERAS"),
    _sign(2, STRONG, r"\bnp_utils\b", "np_utils, which Keras 3 does not have"),
    _sign(2, STRONG, r"\bkeras\.layers\.(?:recurrent|wrappers|core|embeddings)\b", "a module of old Keras"),
    _sign(2, STRONG, r"\bkeras\.engine\b", "keras.engine, which Keras 3 does not have"),
    _sign(2, STRONG, r"\bkeras\.preprocessing\.text\b|\bkeras\.wrappers\b", "a module that Keras 3 does not have"),
    _sign(2, STRONG, r"\btf\.compat\.v1\.(?:nn\.rnn_cell|keras|Session|placeholder)\b", "tf.compat.v1 in the code"),
    _sign(2, STRONG, r"\btf\.keras\.experimental\b|\bexperimental\.PeepholeLSTMCell\b", "tf.keras.experimental"),
    _sign(2, STRONG, r"\bfit_generator\s*\(", "fit_generator, which Keras 3 does not have"),
    _sign(3, STRONG, r"\bkeras\.(?:ops|random|distribution)\b", "keras.ops or keras.random"),
    _sign(3, STRONG, r"\bfrom keras import [^\n#]{0,80}\bops\b", "an import of keras.ops"),
    _sign(3, STRONG, r"KERAS_BACKEND", "the switch KERAS_BACKEND"),
)


def guess(notebook: NotebookText) -> Guess:
    """Weigh all signs; more weight wins, and a tie says nothing.

    What was printed by a Keras outweighs how the code is written, since code often runs on both. Never raises on
    hostile text, and takes time linear in it.
    """
    found = tuple(dict.fromkeys(_signs(notebook)))
    weights = {generation: sum(s.weight for s in found if s.generation == generation) for generation in (2, 3)}
    reasons = tuple(f"Keras {sign.generation}: {sign.reason}" for sign in found)
    if weights[2] == weights[3]:
        return Guess(None, reasons)
    return Guess(2 if weights[2] > weights[3] else 3, reasons)


def _signs(notebook: NotebookText) -> Iterator[Sign]:
    for cell in notebook.cells:
        for sign in OUTPUT_SIGNS:
            if sign.pattern.search(cell.saved_output_text[:MAX_TEXT]):
                yield sign
        for sign in SOURCE_SIGNS:
            if sign.pattern.search(cell.source[:MAX_TEXT]):
                yield sign
    old_python = _old_python(notebook.metadata)
    if old_python:
        yield Sign(2, WEAK, re.compile(""), f"saved by Python {old_python}, for which there is no Keras 3")


def _old_python(metadata: Mapping[str, Any]) -> str | None:
    info = metadata.get("language_info")
    version = info.get("version") if isinstance(info, Mapping) else None
    match = re.match(r"(\d{1,2})\.(\d{1,2})\b", version) if isinstance(version, str) else None
    if match is None:
        return None
    # Keras 3 came out for Python 3.9 and later.
    return match[0] if (int(match[1]), int(match[2])) < (3, 9) else None


def first_generation(notebook: NotebookText, choice: KerasChoice) -> Generation:
    """On which generation a notebook is run first: the chosen one, else the guessed one, else Keras 3."""
    if choice == "auto":
        return guess(notebook).generation or 3
    return 2 if choice == "2" else 3
