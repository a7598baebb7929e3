"""All that looks for traces of tampering, and where it is asked for them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from grader.probe.guard.auditing import Audit
from grader.probe.guard.fingerprint import Fingerprint
from grader.probe.guard.seals import Seals
from grader.probe.guard.surroundings import Surroundings
from grader.probe.guard.traces import Traces
from grader.probe.records import Records


class Guard:
    """Belongs to one kernel. Made behind all that the probe puts in its place, and before the student's code."""

    def __init__(
        self, kernel: Any, records: Records, layer_class: type, hooks: dict[str, Any], operations: dict[Any, Any]
    ) -> None:
        self._records = records
        self._traces = Traces(records)
        records.noted = self._traces.note
        self._fingerprint = Fingerprint()
        self._seals = Seals(records, operations)
        self._surroundings = Surroundings(kernel, hooks)
        Audit(records, self._traces, layer_class).begin()

    def seen(self) -> list[dict[str, Any]]:
        """What was not told yet."""
        namespace, note = self._records.namespace, self._traces.note
        for name in self._fingerprint.replaced(namespace):
            note("replaced", name)
        for what in self._seals.broken():
            note("records", what)
        for kind, detail in self._surroundings.changes(namespace):
            note(kind, detail)
        return [asdict(trace) for trace in self._traces.take()]
