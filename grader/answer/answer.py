"""One student's answer to one question, as a check sees it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NoReturn, TypeVar

import numpy as np

from grader.answer import evidence
from grader.answer.ended import CellOutcome, describe, mend
from grader.answer.evidence import Array, Replay, Survey, TrainingFacts
from grader.answer.layer import Ask, Layer, Raised
from grader.answer.trend import Trend, trend
from grader.pack.verdict import Todo, Unanswerable, miss
from grader.protocol import operations as ops

MAX_OBJECTS_NAMED = 4
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Training:
    """One run of `fit` on a model."""

    model: Layer
    facts: TrainingFacts
    ask: Ask

    @property
    def losses(self) -> Array:
        """The loss of each epoch (epochs,)."""
        return np.asarray(self.facts.losses)

    @property
    def trend(self) -> Trend | None:
        """The trend of the losses; None for fewer than two epochs."""
        return trend(self.losses) if len(self.losses) >= 2 else None

    def measured(self) -> tuple[float, ...] | None:
        """The loss on the training's own data before it and after it; None where it had no loss.

        Where code of the student's has a part in it, before it once more. Raises `Raised` where nobody can tell.
        """
        values = self.ask(ops.TrainingLosses(self.facts.number))
        return evidence.read(evidence.TrainingLosses, {"values": values}).values

    def changed(self, layer: Layer) -> bool:
        """Whether this run changed a weight of the layer."""
        return layer.facts.ref in self.facts.changed


class Answer:
    """Prose, code, and the live objects that the code left behind."""

    def __init__(
        self,
        question: str,
        *,
        prose: Sequence[str] = (),
        code: Sequence[str] = (),
        shown: Sequence[str] = (),
        cells: Sequence[CellOutcome] = (),
        survey: Survey | None = None,
        ask: Ask | None = None,
        unseen: str | None = None,
        seed: int = 0,
        stand_ins: Sequence[str] = (),
    ) -> None:
        self.question = question
        self.prose = tuple(prose)
        self.code = tuple(code)
        self.shown = tuple(shown)
        """Code that Markdown shows and nothing runs."""
        self.cells = tuple(cells)
        self.survey = survey or Survey()
        self.unseen = unseen
        """Why nobody knows what the code built, where that could not be asked."""
        self.stand_ins = tuple(stand_ins)
        """Data sets that its code uses, and for which random numbers stood in: how well it learns says nothing."""
        self.rng = np.random.default_rng(seed)
        self.doubts: list[str] = []
        """What an instructor is to look at, each as a sentence."""
        self.ask = ask or _nobody_to_ask
        self._found: dict[tuple[object, ...], Any] = {}

    def once(self, what: tuple[object, ...], find: Callable[[], T]) -> T:
        """What `find` gives, which is called once for each `what`: several checks look at one experiment."""
        if what not in self._found:
            self._found[what] = find()
        return self._found[what]  # type: ignore[no-any-return]

    def doubt(self, sentence: str) -> None:
        """Ask the instructor to look at something that was decided, but not surely."""
        if sentence not in self.doubts:
            self.doubts.append(sentence)

    @cached_property
    def objects(self) -> list[Layer]:
        """The layers and models of this answer in order of creation, without those that Keras made for itself."""
        known = {facts.ref: facts for facts in self.survey.objects}
        return [Layer(facts, known, self.ask) for facts in self.survey.objects if not facts.hidden]

    @property
    def layers(self) -> list[Layer]:
        """All layers and cells that are not models."""
        return [layer for layer in self.objects if layer.family not in ("Model", "Sequential", "InputLayer")]

    @property
    def models(self) -> list[Layer]:
        """The models, in order of creation."""
        return [layer for layer in self.objects if layer.family in ("Model", "Sequential")]

    @cached_property
    def trainings(self) -> list[Training]:
        """Every run of `fit`."""
        by_ref = {layer.facts.ref: layer for layer in self.objects}
        return [Training(by_ref[item.model], item, self.ask) for item in self.survey.trainings if item.model in by_ref]

    @cached_property
    def loss_series(self) -> list[Array]:
        """Every series that may be a training's losses: of `fit`, of gradients taken by hand, of collected numbers."""
        series = [training.losses for training in self.trainings]
        taken = [float(item.target) for item in self.survey.tapes if item.target is not None]
        series += [np.array(taken), *self.collected]
        return [losses for losses in series if len(losses) >= 2]

    @cached_property
    def collected(self) -> list[Array]:
        """Series of numbers that the code collected in lists, arrays or dicts."""
        try:
            return evidence.arrays(self.ask(ops.Series()))
        except Raised:
            return []

    @cached_property
    def replay(self) -> Replay:
        """The arrays that the code sees when it runs once more; none where it did not come to an end of its own.

        What ended a kernel, or was stopped, would do so again.
        """
        return self._replayed()

    def replayed_with(self, drawn: Sequence[int]) -> Replay:
        """The same with random numbers where, at the sites `drawn`, one number is repeated: in biases of zeros."""
        return self._replayed(tuple(drawn))

    def replayed_beside(self, nudged: Sequence[int]) -> Replay:
        """The same where what comes to be at some sites is a little different: what changes then comes from it."""
        return self._replayed(nudged=tuple(nudged))

    def _replayed(self, drawn: tuple[int, ...] = (), nudged: tuple[int, ...] = ()) -> Replay:
        if not self.code or any(cell.status not in ("ok", "error") for cell in self.cells):
            return Replay()
        try:
            cells = tuple(cell.index for cell in self.cells)
            asked = ops.Replay(self.code, drawn, cells, nudged, self.broken is not None)
            return evidence.read(Replay, self.ask(asked))
        except Raised:
            return Replay()

    @property
    def broken(self) -> CellOutcome | None:
        """The first code cell of this answer that did not end well."""
        return next((cell for cell in self.cells if cell.status != "ok"), None)

    def is_thrown_away(self, layer: Layer) -> bool:
        """Whether the code makes it and nothing holds or uses it, nor what it gives."""
        return layer.facts.ref in self.survey.thrown

    def among(self, layers: Iterable[Layer]) -> Layer | None:
        """The one that the answer most likely means: built before unbuilt, called before not, the last of them.

        One that is thrown away comes behind all others.
        """
        ranked = sorted(
            layers,
            key=lambda layer: (
                layer.facts.built,
                bool(layer.facts.calls),
                not self.is_thrown_away(layer),
                layer.facts.ref,
            ),
        )
        return ranked[-1] if ranked else None

    def of_family(self, *families: str) -> list[Layer]:
        """The layers that descend from one of these classes of Keras."""
        return [layer for layer in self.layers if layer.family in families]

    def nothing(self, wanted: str, hint: str = "") -> NoReturn:
        """End the check because `wanted` ("an LSTM layer") is not there; says why, as far as it can be known.

        Raises `Unanswerable` where nobody knows what is there.
        """
        if self.unseen is not None:
            raise Unanswerable(self.unseen)
        there, todo = self._what_there_is(wanted)
        sentence = f"{wanted[:1].upper()}{wanted[1:]} was expected, but {there}"
        miss(f"{sentence} {hint}".rstrip(), expected=wanted, observed=self._seen(), todo=todo)

    def _what_there_is(self, wanted: str) -> tuple[str, Todo]:
        """The end of a sentence, and what to do about it."""
        if not self.code:
            return "this answer has no code.", Todo("Write code for this question.", "no-code")
        other = framework(self.code)
        if other is not None and not self.layers:
            self.doubt(f"its code is written in {other}, and was not judged")
            said = f"the code of this answer is written in {other}: this assignment judges TensorFlow and Keras."
            return said, Todo("Write the code with TensorFlow and Keras.")
        if self.broken is not None:
            return f"the code did not run to its end: {describe(self.broken)}", mend(self.broken)
        return f"the code of this answer builds {self._seen()}.", Todo(f"Build {wanted}.")

    def _seen(self) -> str:
        cells = {layer.facts.cell for layer in self.objects}
        top = [layer for layer in self.layers if layer.facts.ref not in cells]
        names = list(dict.fromkeys(layer.label for layer in top))
        shown = ", ".join(names[:MAX_OBJECTS_NAMED])
        return (shown + (", ..." if len(names) > MAX_OBJECTS_NAMED else "")) or "no layer"


FRAMEWORKS = {
    "torch": "PyTorch",
    "jax": "JAX",
    "flax": "JAX",
    "haiku": "JAX",
    "equinox": "JAX",
    "mxnet": "MXNet",
    "paddle": "PaddlePaddle",
    "theano": "Theano",
    "mindspore": "MindSpore",
    "tinygrad": "tinygrad",
}
"""What others are imported as. An adapter for one of them would answer the same questions about its live objects."""


def framework(code: Iterable[str]) -> str | None:
    """The framework other than TensorFlow that code imports; None where it imports none."""
    for source in code:
        for match in re.finditer(r"^[^\S\n]*(?:import|from)[^\S\n]+(\w+)", source, re.MULTILINE):
            if match[1] in FRAMEWORKS:
                return FRAMEWORKS[match[1]]
    return None


def _nobody_to_ask(_: ops.Request, /) -> NoReturn:
    raise Raised("there is no running code to ask")
