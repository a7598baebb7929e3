"""Answers the grader's questions, one method for each operation of the protocol."""

from __future__ import annotations

import contextlib
import importlib
import io
import platform
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from grader.probe import copies, functions, replay, series
from grader.probe.again import run_again
from grader.probe.bringing import write_part
from grader.probe.defined import Definitions
from grader.probe.framework import Framework, Impossible
from grader.probe.going_on import GoingOn
from grader.probe.guard.guarding import Guard
from grader.probe.records import ObjectRecord, Records
from grader.probe.survey import Surveyor
from grader.protocol import operations as ops
from grader.protocol.wire import encode

MAX_MESSAGE = 2_000
LARGE, USUAL = 10.0, 3.0
RUNNING = (ops.Begin, ops.Again)
"""What belongs to the running of the notebook, and is to be seen by what runs then."""


class Responder:
    """The operations, and what they share: the records and the student's namespace."""

    def __init__(self, records: Records, framework: Framework, going_on: GoingOn, definitions: Definitions) -> None:
        self.records = records
        self.going_on = going_on
        self.definitions = definitions
        self.framework = framework
        self.surveyor = Surveyor(records, framework)
        self.guard: Guard | None = None
        self._series_before: frozenset[str] = frozenset()
        self._seed = 0
        self.operations: dict[type[ops.Request], Callable[[Any], Any]] = {
            ops.Begin: self.begin,
            ops.Again: self.again,
            ops.Bring: self.bring,
            ops.Troubles: self.troubles,
            ops.Traces: self.traces,
            ops.Environment: self.environment,
            ops.Survey: self.survey,
            ops.Series: self.series,
            ops.Twin: self.twin,
            ops.WeightsOf: self.weights,
            ops.Step: self.step,
            ops.Forward: self.forward,
            ops.Scan: self.scan,
            ops.Apply: self.apply,
            ops.Replay: self.replay,
            ops.Call: self.call,
            ops.Trace: self.trace,
            ops.Differing: self.differing,
            ops.OwnRuns: self.own_runs,
            ops.StepGradients: self.step_gradients,
            ops.LayerGradients: self.layer_gradients,
            ops.TrainingLosses: self.training_losses,
        }

    def answer(self, content: dict[str, Any]) -> dict[str, Any]:
        """The reply to one request: `{"ok": true, "value": ...}`, or `ok` false with the error's type and message."""
        try:
            asked = ops.read(content)
            with contextlib.nullcontext() if isinstance(asked, RUNNING) else self._untouched():
                return {"ok": True, "value": self.operations[type(asked)](asked)}
        except Exception as error:
            message = str(error).strip()[:MAX_MESSAGE]
            return {"ok": False, "error": {"type": type(error).__name__, "message": message}}

    @contextlib.contextmanager
    def _untouched(self) -> Iterator[None]:
        """Nothing that an operation does is seen by the student's next cell: randomness, names, output, records."""
        silent = io.StringIO()
        with self.records.now.unrecorded(), self.framework.unchanged(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent):
                yield

    def begin(self, asked: ops.Begin) -> None:
        """With a seed, objects and series are the next answer's as well."""
        self.records.cell, self.going_on.outside = asked.cell, asked.outside
        self.records.drawing[asked.cell] = copies.drawing(self.records.namespace or {})
        importlib.invalidate_caches()  # of folders in which a cell has just written a module
        if asked.seed is not None:
            self._seed = asked.seed
            self.framework.reseed(asked.seed)
            self.records.begin_answer()
            self._series_before = series.digests(self.records.namespace or {})

    def again(self, asked: ops.Again) -> None:
        """See `again.run_again`."""
        run_again(self.records, self.going_on, asked.cells, asked.sources)

    def bring(self, asked: ops.Bring) -> None:
        """Only below the working folder."""
        write_part(asked.path, asked.content)

    def troubles(self, _: ops.Troubles) -> dict[str, Any]:
        """Each is told once."""
        records = self.records
        failures, records.failures = records.failures, []
        stood_in, records.stood_in = records.stood_in, []
        return {
            "failures": [asdict(failure) for failure in failures],
            "stood_in": [{"cell": cell, "name": name} for cell, name in stood_in],
        }

    def traces(self, _: ops.Traces) -> list[dict[str, Any]]:
        """Each is told once."""
        self.records.names |= (self.records.namespace or {}).keys()
        return [] if self.guard is None else self.guard.seen()

    def environment(self, _: ops.Environment) -> dict[str, Any]:
        """As Python and the modules say."""
        return {"python": platform.python_version(), **self.framework.versions()}

    def survey(self, asked: ops.Survey) -> dict[str, Any]:
        """See `survey.Surveyor`."""
        return self.surveyor.survey(asked.cells, asked.names)

    def training_losses(self, asked: ops.TrainingLosses) -> list[float] | None:
        """Null where there never was a loss."""
        return self.framework.training_losses(self.records.trainings[asked.number])

    def series(self, _: ops.Series) -> list[dict[str, Any]]:
        """Those that were not in the namespace at the last seed."""
        return _encoded(series.new(self.records.namespace or {}, self._series_before))

    def twin(self, asked: ops.Twin) -> dict[str, Any]:
        """The same copy for the same shape, and what is inside of it."""
        made = self.framework.twin(self._record(asked.ref), asked.input_shape)
        return {"objects": self.surveyor.described([made]), "ref": made.ref}

    def weights(self, asked: ops.WeightsOf) -> list[dict[str, Any]]:
        """As they are now."""
        variables = self.framework.weights(self._record(asked.ref).obj)
        return _encoded(map(self.framework.as_array, variables))

    def step(self, asked: ops.Step) -> list[dict[str, Any]]:
        """The new states behind the output."""
        cell = self._record(asked.ref).obj
        return _encoded(self.framework.step(cell, asked.inputs, asked.states, asked.weights))

    def forward(self, asked: ops.Forward) -> list[dict[str, Any]]:
        """All of them, in a flat list."""
        return _encoded(self.framework.forward(self._record(asked.ref).obj, asked.inputs, asked.weights))

    def call(self, asked: ops.Call) -> list[dict[str, Any]]:
        """With the other arguments of the call that was recorded."""
        return _encoded(self.framework.call(self._record(asked.ref), asked.inputs, asked.weights))

    def apply(self, asked: ops.Apply) -> list[dict[str, Any]]:
        """See `functions.apply`."""
        return _encoded(functions.apply(self.framework, self.records.functions[asked.number], asked.inputs))

    def replay(self, asked: ops.Replay) -> dict[str, Any]:
        """From the seed from which the answer began: see `moments.Value`."""
        found = replay.replay(self.records, self.framework, self.going_on, self.definitions, self._seed, asked)
        values = [
            {
                "numbers": encode(value.numbers),
                "site": value.site,
                "fresh": value.fresh and not value.used_up,
                "part": value.part,
                "layer": value.layer,
                "gradient": value.gradient,
                "changed": value.changed,
                "uses": max(value.uses.values(), default=0),
            }
            for value in found.values
        ]
        norms = encode(np.array(found.norms, dtype=np.float64))
        return {"values": values, "complete": found.complete, "shown": _encoded(found.shown), "norms": norms}

    def scan(self, asked: ops.Scan) -> dict[str, Any]:
        """Of a cell that was not called yet as well."""
        return encode(self.framework.scan(self._record(asked.ref).obj, asked.inputs))

    def trace(self, asked: ops.Trace) -> list[dict[str, Any]]:
        """Layers in the order in which their calls ended."""
        calls = self.framework.trace(self._record(asked.ref), asked.inputs, asked.weights)
        return [{"ref": one, "inputs": _encoded(taken), "outputs": _encoded(gave)} for one, taken, gave in calls]

    def differing(self, asked: ops.Differing) -> list[dict[str, Any]]:
        """See `framework.differing`."""
        found = [(ref, self.framework.differing(self._record(ref))) for ref in asked.refs]
        return [{"ref": ref, "ways": ways} for ref, ways in found if ways]

    def own_runs(self, asked: ops.OwnRuns) -> list[dict[str, Any]]:
        """See `framework.own_runs`."""
        names = ("inputs", "outputs", "weights")
        runs = self.framework.own_runs(self._record(asked.ref))
        return [{name: _encoded(arrays) for name, arrays in zip(names, run, strict=True)} for run in runs]

    def step_gradients(self, asked: ops.StepGradients) -> dict[str, Any]:
        """One norm for each time step."""
        return encode(self.framework.step_gradients(self._record(asked.ref).obj, asked.inputs, asked.initial))

    def layer_gradients(self, asked: ops.LayerGradients) -> dict[str, Any]:
        """On the student's own targets, whatever the inputs; what is large is made of ordinary size."""
        record = self._record(asked.ref)
        own_inputs, targets = self._own_data(record)
        targets = ordinary(targets)
        inputs = ordinary(own_inputs) if asked.inputs is None else asked.inputs
        if inputs is None:
            raise Impossible("the model was never given data")
        data = np.asarray(inputs, dtype=np.float32) if inputs.dtype.kind == "f" else inputs
        norms, scaled, real = self.framework.layer_gradients(record, data, targets, asked.initial)
        refs, of_kernels, of_outputs = zip(*norms, strict=True) if norms else ((), (), ())
        return {
            "refs": list(refs),
            "norms": encode(np.array(of_kernels, dtype=np.float64)),
            "of_outputs": encode(np.array(of_outputs, dtype=np.float64)),
            "scaled": scaled,
            "real": real,
        }

    def _own_data(self, record: ObjectRecord) -> tuple[Any, Any]:
        for training in self.records.trainings:
            if training.ref == record.ref and training.inputs is not None:
                return training.inputs, training.targets
        return record.sample, None

    def _record(self, ref: int) -> ObjectRecord:
        return self.records.objects[ref]


def ordinary(values: Any) -> Any:
    """Numbers for which a network is made: what is larger by far shows nothing of the network."""
    if values is None or values.dtype.kind != "f" or not values.size or not np.isfinite(values).all():
        return values
    largest = float(np.abs(values).max())
    return values if largest <= LARGE else (values * (USUAL / largest)).astype(values.dtype)


def _encoded(arrays: Iterable[Any]) -> list[dict[str, Any]]:
    return [encode(array) for array in arrays]
