"""Whether what was recorded is what was seen: a seal on each object and training, which lies apart from the records."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.probe.guard.traces import is_students
from grader.probe.records import ObjectRecord, Place, Records, Training

MOST_BYTES = 1 << 18


class Seals:
    """Those of one kernel's records; `operations` are what answers the grader."""

    def __init__(self, records: Records, operations: dict[Any, Any]) -> None:
        self._records = records
        self._operations, self._known = operations, dict(operations)
        self._objects: dict[int, tuple[int, Place]] = {}
        self._trainings: dict[int, int] = {}
        self._by_others = False
        self._noted = records.noted
        records.sealed = self._sealed = self.seal

    def seal(self, record: ObjectRecord | Training) -> None:
        """What is recorded of it holds from now on, if it is the probe that says so."""
        self._by_others |= is_students(sys._getframe(1), self._records.namespace)
        if isinstance(record, Training):
            self._trainings[id(record)] = _digest(record)
        else:
            self._objects[record.ref] = (id(record.obj), record.place)

    def broken(self) -> Iterator[str]:
        """What is not as it was recorded."""
        if self._by_others or self._records.sealed != self._sealed or self._records.noted != self._noted:
            yield "seals"
        objects, trainings = self._records.objects, self._records.trainings
        if any(self._objects.get(ref) != (id(each.obj), each.place) for ref, each in objects.items()):
            yield "objects"
        if any(self._trainings.get(id(each), 0) != _digest(each) for each in trainings if each.compared):
            yield "trainings"
        if self._operations != self._known:
            yield "what answers the grader"


def _digest(training: Training) -> int:
    found = zlib.crc32(np.array(training.losses, dtype=np.float64).tobytes())
    for kept in (training.before, training.after):
        for known, values in kept.items():
            if known in training.after:  # what was not compared yet may come to be known later
                found = zlib.crc32(np.ascontiguousarray(values).tobytes()[:MOST_BYTES], found)
    return found
