"""Reports and the page of the class follow the decisions: made anew beside the review, never in its way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from grader.batch.class_reports import kept, shown
from grader.gradebook.whole_class import Where
from grader.result.names import BadRequest

CALM_S = 3.0
"""So long nobody has decided anything before reports are made: a whole sitting is one run, not hundreds."""


@dataclass(slots=True)
class Publisher:
    """Makes the reports of students anew about whom something was decided."""

    where: Where
    say: Callable[[str], None] = lambda text: None
    _waiting: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _called: threading.Event = field(default_factory=threading.Event)
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin with what a review that was killed has left undone."""
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def tell(self, folders: Collection[str]) -> None:
        """Have the reports in these folders made anew, soon."""
        with self._lock:
            self._waiting |= set(folders)
        self._called.set()

    def end(self) -> None:
        """Make what is still to be made, and be done."""
        self._ended.set()
        self._called.set()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        self._do(lambda: kept(self.where))
        while True:
            self._called.wait()
            while not self._ended.is_set():
                self._called.clear()
                if not self._called.wait(CALM_S):
                    break
            with self._lock:
                folders, self._waiting = self._waiting, set()
            if folders:
                self._do(lambda folders=folders: shown(self.where, folders))  # type: ignore[misc]
            if self._ended.is_set() and not self._waiting:
                return

    def _do(self, make: Callable[[], list[str]]) -> None:
        try:
            problems = make()
        except (BadRequest, OSError) as error:
            problems = [str(error)]
        for problem in problems:
            self.say(problem)
