"""What happened in some cells, as JSON: objects, trainings, gradients taken by hand, functions."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from grader.probe.framework import Framework
from grader.probe.functions import Function, slots
from grader.probe.records import ObjectRecord, Place, Records, TapeGradient, Training
from grader.protocol.wire import encode

MAX_SERIES = 10_000
MAX_TEXT = 200
MAX_NORMS = 1_000
SOME_GRADIENT = 1e-6
"""For each unit of the value that is differentiated: less of a gradient does not explain any fall of it."""


class Surveyor:
    """Tells what the records hold, with the help of the framework that the objects are of."""

    def __init__(self, records: Records, framework: Framework) -> None:
        self._records = records
        self._framework = framework

    def survey(self, cells: Iterable[int], names: Iterable[str]) -> dict[str, Any]:
        """All that happened in these cells, and the objects that these names of the student's namespace stand for."""
        records, wanted = self._records, set(cells)
        objects = [record for record in records.objects.values() if _concerns(record, wanted)]
        referenced = self._referenced(names)
        seen = {record.ref for record in objects}
        objects += [records.objects[ref] for ref in referenced if ref not in seen]
        return {
            "objects": self.described(objects),
            "referenced": referenced,
            "trainings": [
                self._training_facts(number, item)
                for number, item in enumerate(records.trainings)
                if item.place.cell in wanted
            ],
            "tapes": [self._tape_facts(item) for item in records.tapes if item.place.cell in wanted],
            "functions": [
                _function_facts(number, item)
                for number, item in enumerate(records.functions)
                if item.place.cell in wanted
            ],
            "overflow": bool(records.overflow & wanted),
        }

    def described(self, objects: Iterable[ObjectRecord]) -> list[dict[str, Any]]:
        """These objects and everything inside them, in order of creation."""
        return [self._framework.describe(record) for record in self._with_inner(objects)]

    def _with_inner(self, objects: Iterable[ObjectRecord]) -> list[ObjectRecord]:
        found: dict[int, ObjectRecord] = {}
        queue = list(objects)
        while queue:
            record = queue.pop()
            if record.ref not in found:
                found[record.ref] = record
                inside = map(self._records.of, self._framework.inside(record.obj))
                queue += [inner for inner in inside if inner is not None]
        return [found[ref] for ref in sorted(found)]

    def _referenced(self, names: Iterable[str]) -> list[int]:
        namespace = self._records.namespace or {}
        found = [self._records.of(namespace[name]) for name in names if name in namespace]
        return sorted({record.ref for record in found if record is not None})

    def _training_facts(self, number: int, training: Training) -> dict[str, Any]:
        """One run of `fit`; `changed` lists the recorded layers of which at least one own weight is not the same."""
        record = self._records.objects[training.ref]
        return {
            "number": number,
            "model": training.ref,
            "place": _place(training.place),
            "losses": encode(np.array(training.losses[:MAX_SERIES], dtype=np.float64)),
            "inputs_shape": _sample_shape(training.inputs),
            "targets_shape": _sample_shape(training.targets),
            "compared": training.compared,
            "changed": [
                inner.ref
                for inner in self._with_inner([record])
                if any(id(variable) in training.changed for variable in self._framework.trainable(inner.obj))
            ],
            "loss": self._framework.loss_name(record.obj),
            "error": training.error,
        }

    def _tape_facts(self, tape: TapeGradient) -> dict[str, Any]:
        function = None if tape.function is None else self._records.returned[tape.function]
        returned = [] if function is None else function.returned
        losses, followed = [], tape.explained
        if function is not None and tape.mirror is not None:
            values = [each[tape.mirror] for each in function.values if len(each) > tape.mirror]
            losses = [value for value in values if math.isfinite(value)]
            followed = self._framework.explained(function, tape.mirror, self._first_weights(tape))
        norms = [math.nan if norm is None else norm for norm in tape.norms[:MAX_NORMS]]
        return {
            "place": _place(tape.place),
            "layers": self._differentiated(tape),
            "target": None if tape.target is None else encode(np.array(tape.target, dtype=np.float64)),
            "norms": encode(np.array(norms, dtype=np.float64)),
            "explained": followed,
            "losses": encode(np.array(losses, dtype=np.float64)),
            "traced": tape.function is not None,
            "returned": [encode(np.array(series, dtype=np.float64)) for series in zip(*returned, strict=False)],
        }

    def _differentiated(self, tape: TapeGradient) -> list[int]:
        """The layers of which a weight was a source with some gradient, and is no longer what it was at first."""
        some = SOME_GRADIENT * max(1.0, abs(tape.target or 0.0))
        pairs = zip(tape.sources, tape.norms, strict=False)
        sources = {source for source, norm in pairs if norm is not None and not norm <= some} | set(tape.traced)
        return [
            record.ref
            for record in self._records.objects.values()
            if any(
                self._framework.identities(weight) & sources and self._has_changed(weight)
                for weight in self._framework.trainable(record.obj)
            )
        ]

    def _first_weights(self, tape: TapeGradient) -> list[tuple[Any, Any]]:
        """The weights by which it was differentiated, and what they were at first."""
        weights = [each for record in self._records.objects.values() for each in self._framework.trainable(record.obj)]
        sources = set(tape.traced)
        known = [each for each in weights if self._framework.identities(each) & sources]
        initial = self._records.initial
        return list({id(each): (each, initial[id(each)][1]) for each in known if id(each) in initial}.values())

    def _has_changed(self, weight: Any) -> bool:
        first = self._records.initial.get(id(weight))
        return first is None or not np.array_equal(first[1], self._framework.as_array(weight), equal_nan=True)


def _concerns(record: ObjectRecord, cells: set[int]) -> bool:
    if record.place.cell in cells:
        return True
    return any(call.cell in cells and call.by_student for call in record.calls)


def _function_facts(number: int, item: Function) -> dict[str, Any]:
    kept = slots(list(item.attributes.values()))
    given = len(item.shapes) - kept - slots([value for _, value in item.outer])
    return {
        "number": number,
        "name": item.function.__name__[:MAX_TEXT],
        "place": _place(item.place),
        "shapes": [list(shape) for shape in item.shapes],
        "given": given,
        "attributes": kept,
        "gives": [list(shape) for shape in item.gives],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"cell": place.cell, "line": place.line}


def _sample_shape(sample: Any) -> list[int] | None:
    return None if sample is None else list(sample.shape)
