"""What a worker does: grade one notebook, or make one report anew, with all that its home has imported."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.grading.options import Options
from grader.grading.submission import Graded, about, grade, unreadable
from grader.kernel.bounds.limits import Limits
from grader.language.prose import Cover, cover
from grader.pack.loading import load
from grader.pack.questions import Assignment, PackError
from grader.report import html
from grader.report.index import write_index
from grader.report.rebuild_report import rebuilt
from grader.result.model import Result
from grader.result.names import BadRequest
from grader.worker.answered import answered
from grader.worker.files import Misplaced, write
from grader.worker.line import Gone, Line, Message
from grader.worker.remote import RemoteKernels


@dataclass(frozen=True, slots=True)
class Desk:
    """The pack and the reader of explanations, as workers find them; `refused` says why they are not there."""

    pack: Assignment | None
    covering: Cover = cover
    refused: str | None = None
    about: Message = field(default_factory=dict)
    """What the grader is told: of the assignment, or why there is none."""

    @classmethod
    def of(cls, pack: str | None, matcher: str) -> Desk:
        """With nothing of a pack where none is named: to make reports anew, none is needed."""
        if not pack:
            return cls(None, about={"assignment": None})
        from grader.language.prose.semantic import MatcherMissing, SemanticCover

        try:
            loaded = load(None if pack == DEFAULT else pack)
            covering = cover if matcher == "patterns" else SemanticCover()
        except (PackError, MatcherMissing) as error:
            return cls(None, about={"refused": str(error)})
        told = {"assignment": about(loaded).model_dump(), "max_score": loaded.max_score}
        return cls(loaded, covering, about=told)

    def prepare(self) -> None:
        """Build what would be built at first use, once for all workers."""
        html.prepare()
        if self.pack is not None:
            for question in self.pack.questions:
                cover([question.prompt], question.concepts, question.misconceptions, terms=self.pack.vocabulary)
            self.pack.prepare()

    def be(self, connection: socket.socket) -> None:
        """Do the one thing that the grader asks for, and say what came of it."""
        line = Line(connection)
        try:
            job = line.hear()
            line.say(op="done", **self._done(line, job))
        except Gone:
            pass
        except Misplaced as error:
            line.say(op="done", failed=str(error))
        except MemoryError:
            line.say(op="done", memory=True)
        except Exception as error:  # our own mistake, or a full disk: it costs this submission, not the class
            line.say(op="done", failed=f"the grader itself failed: {type(error).__name__}: {error}")

    def _done(self, line: Line, job: Message) -> Message:
        if job["kind"] == "grade" and self.pack is not None:
            return self._grade(self.pack, line, job)
        if job["kind"] == "count" and self.pack is not None:
            return {"answered": answered(Path(job["path"]), self.pack)}
        line.say(op="report")
        if job["kind"] == "report":
            return {"problem": rebuilt(Path(job["folder"]), job["reader"])}
        return {"problem": _index(Path(job["folder"]), [Result.model_validate(item) for item in job["also"]])}

    def _grade(self, pack: Assignment, line: Line, job: Message) -> Message:
        given: dict[str, Any] = job["options"]
        options = Options(**{**given, "limits": Limits(**given["limits"])})

        def progress(done: int, total: int, text: str) -> None:
            line.say(op="progress", done=done, total=total, text=text)

        kernels = RemoteKernels(line)
        path, name = Path(job["path"]), job["name"]
        if job["problem"] is None:
            graded = grade(path, name, pack, kernels, options, progress, self.covering)
        else:
            graded = Graded(unreadable(path, name, pack, job["problem"]), None)
        graded = replace(graded, result=graded.result.marked(job["chosen"], job["flags"]))
        line.say(op="report")
        write(graded, Path(job["folder"]), reader=job["reader"])
        return {"result": graded.result.model_dump(mode="json")}


def _index(folder: Path, also: Sequence[Result]) -> str | None:
    """Write the page of a folder's results; why that cannot be done."""
    try:
        write_index(folder, also)
    except BadRequest as error:
        return str(error)
    except OSError as error:
        return f"{folder}: the index of the results cannot be written ({error.strerror})"
    return None


DEFAULT = "default"
"""The name of the pack that is shipped."""
