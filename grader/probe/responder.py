"""Answers the grader's questions: one operation per kind of question, JSON in and JSON out."""

from __future__ import annotations

import contextlib
import io
import platform
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.probe import functions, replay, series
from grader.probe.keras import experiments, facts, gradients, keras_api, losses, manners, seeds
from grader.probe.records import ObjectRecord, Records
from grader.protocol import wire

REQUEST = "probe_request"
REPLY = "probe_reply"
MAX_MESSAGE = 2_000


class Responder:
    """The operations, and what they share: the records and the student's namespace."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self._series_before: frozenset[str] = frozenset()
        self._seed = 0
        self._operations: dict[str, Callable[..., Any]] = {
            "begin": self.begin,
            "environment": self.environment,
            "survey": self.survey,
            "series": self.series,
            "twin": self.twin,
            "weights": self.weights,
            "step": self.step,
            "forward": self.forward,
            "unroll": self.unroll,
            "apply": self.apply,
            "replay": self.replay,
            "call": self.call,
            "trace": self.trace,
            "step_gradients": self.step_gradients,
            "layer_gradients": self.layer_gradients,
            "training_losses": self.training_losses,
        }

    def answer(self, content: dict[str, Any]) -> dict[str, Any]:
        """The reply to one request: `{"ok": true, "value": ...}`, or `ok` false with the error's type and message."""
        try:
            operation = self._operations[content["op"]]
            with self._untouched() if content["op"] != "begin" else contextlib.nullcontext():
                return {"ok": True, "value": operation(**content.get("params", {}))}
        except Exception as error:
            message = str(error).strip()[:MAX_MESSAGE]
            return {"ok": False, "error": {"type": type(error).__name__, "message": message}}

    @contextlib.contextmanager
    def _untouched(self) -> Iterator[None]:
        """Nothing that an operation does is seen by the student's next cell: randomness, names, output, records."""
        self.records.pause()
        silent = io.StringIO()
        try:
            with seeds.unchanged(), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent):
                    yield
        finally:
            self.records.resume()

    def begin(self, cell: int, seed: int | None = None) -> None:
        """The next code that runs is the notebook's cell `cell`; with a seed, all randomness starts from it."""
        self.records.cell = cell
        if seed is not None:
            self._seed = seed
            seeds.reseed(seed)
            self.records.begin_answer()
            self._series_before = series.digests(self.records.namespace or {})

    def environment(self) -> dict[str, Any]:
        """The versions in use."""
        return {
            "python": platform.python_version(),
            "tensorflow": keras_api.tf().__version__,
            "keras": keras_api.keras().__version__,
            "keras_generation": keras_api.generation(),
        }

    def survey(self, cells: list[int], names: list[str]) -> dict[str, Any]:
        """What happened in these cells: see `facts.survey`."""
        return facts.survey(self.records, cells, names)

    def training_losses(self, number: int) -> list[float] | None:
        """What the losses of a training are on its data, see `losses.measured`; null where it never had a loss."""
        return losses.measured(self.records, self.records.trainings[number])

    def series(self) -> list[dict[str, Any]]:
        """The series of numbers that the namespace has gained since `begin` was last given a seed."""
        return [wire.encode(numbers) for numbers in series.new(self.records.namespace or {}, self._series_before)]

    def twin(self, ref: int, input_shape: list[int | None]) -> dict[str, Any]:
        """A built copy of an unbuilt object, described."""
        made = experiments.twin(self.records, self._record(ref), tuple(input_shape))
        return {
            "objects": [facts.describe(self.records, item) for item in facts.with_inner(self.records, [made])],
            "ref": made.ref,
        }

    def weights(self, ref: int) -> list[dict[str, Any]]:
        """The values of the weights, in the order of `layer.weights`."""
        return [wire.encode(keras_api.as_array(variable)) for variable in self._record(ref).obj.weights]

    def step(
        self,
        ref: int,
        inputs: dict[str, Any],
        states: list[dict[str, Any]],
        weights: list[dict[str, Any]] | None = None,
    ) -> list[dict[str, Any]]:
        """One step of a cell: `[output, *new_states]`."""
        given = [wire.decode(state) for state in states]
        outputs = experiments.step(self._record(ref).obj, wire.decode(inputs), given, _arrays(weights))
        return [wire.encode(output) for output in outputs]

    def forward(
        self, ref: int, inputs: dict[str, Any], weights: list[dict[str, Any]] | None = None
    ) -> list[dict[str, Any]]:
        """The outputs of a layer or model."""
        outputs = experiments.forward(self._record(ref).obj, wire.decode(inputs), _arrays(weights))
        return [wire.encode(output) for output in outputs]

    def call(
        self, ref: int, inputs: list[dict[str, Any]], weights: list[dict[str, Any]] | None = None
    ) -> list[dict[str, Any]]:
        """The outputs of a layer of the student's own, called in its own manner with these tensors."""
        record = self._record(ref)
        given = [wire.decode(each) for each in inputs]
        return [wire.encode(each) for each in manners.call(record.obj, record.manner, given, _arrays(weights))]

    def apply(self, number: int, inputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The arrays that a function of the student's own gives for these."""
        kept = self.records.functions[number]
        given = [wire.decode(each) for each in inputs]
        return [wire.encode(each) for each in functions.apply(self.records, kept, given)]

    def replay(self, sources: list[str], drawn: list[int] | None = None) -> dict[str, Any]:
        """The arrays that an answer's code sees when it runs once more, from the same seed: see `replay.Value`."""
        found, complete = replay.replay(self.records, sources, self._seed, drawn or ())
        values = [
            {
                "numbers": wire.encode(value.numbers),
                "site": value.site,
                "fresh": value.fresh and not value.used_up,
                "part": value.part,
                "layer": value.layer,
                "gradient": value.gradient,
                "changed": value.changed,
                "uses": max(value.uses.values(), default=0),
            }
            for value in found
        ]
        return {"values": values, "complete": complete}

    def unroll(self, ref: int, inputs: dict[str, Any]) -> dict[str, Any]:
        """The last output of a cell over a sequence."""
        return wire.encode(experiments.unroll(self._record(ref).obj, wire.decode(inputs)))

    def trace(self, ref: int, inputs: dict[str, Any], weights: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
        """What each layer inside a model was given and gave, while the model ran: see `experiments.trace`."""
        given = {int(key): [wire.decode(value) for value in values] for key, values in weights.items()}
        calls = experiments.trace(self.records, self._record(ref), wire.decode(inputs), given)
        return [
            {"ref": one, "inputs": [*map(wire.encode, taken)], "outputs": [*map(wire.encode, gave)]}
            for one, taken, gave in calls
        ]

    def step_gradients(
        self, ref: int, inputs: dict[str, Any], projection: dict[str, Any] | None = None, initial: bool = False
    ) -> dict[str, Any]:
        """Gradient norms per time step."""
        given = None if projection is None else wire.decode(projection)
        layer = self._record(ref).obj
        return wire.encode(gradients.step_gradients(self.records, layer, wire.decode(inputs), given, initial))

    def layer_gradients(
        self,
        ref: int,
        inputs: dict[str, Any] | None = None,
        targets: dict[str, Any] | None = None,
        initial: bool = True,
    ) -> dict[str, Any]:
        """Gradient norms per layer; without inputs, on the first rows of the student's own data."""
        record = self._record(ref)
        own_inputs, own_targets = self._own_data(record)
        chosen_inputs = own_inputs if inputs is None else wire.decode(inputs)
        chosen_targets = own_targets if targets is None else wire.decode(targets)
        if chosen_inputs is None:
            raise experiments.Impossible("the model was never given data")
        data = np.asarray(chosen_inputs, dtype=np.float32) if chosen_inputs.dtype.kind == "f" else chosen_inputs
        norms = gradients.layer_gradients(self.records, record, data, chosen_targets, initial)
        refs, of_kernels, of_outputs = zip(*norms, strict=True) if norms else ((), (), ())
        return {
            "refs": list(refs),
            "norms": wire.encode(np.array(of_kernels, dtype=np.float64)),
            "of_outputs": wire.encode(np.array(of_outputs, dtype=np.float64)),
        }

    def _own_data(self, record: ObjectRecord) -> tuple[Any, Any]:
        for training in self.records.trainings:
            if training.ref == record.ref and training.inputs is not None:
                return training.inputs, training.targets
        return record.sample, None

    def _record(self, ref: int) -> ObjectRecord:
        return self.records.objects[ref]


def _arrays(weights: list[dict[str, Any]] | None) -> list[Any] | None:
    return None if weights is None else [wire.decode(weight) for weight in weights]
