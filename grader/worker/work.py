"""What a worker does: grade one notebook, or make one report anew, with all that its home has imported."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.gradebook.how_it_stands import Standing
from grader.grading.options import Options
from grader.grading.record import Record, keep, written
from grader.grading.reproduced import not_reproduced
from grader.grading.submission import Graded, about, unreadable
from grader.kernel.bounds.limits import Limits
from grader.language.prose import Cover, cover
from grader.language.prose.decided_cover import DecidedCover
from grader.language.prose.wordings import WordingsUnreadable, read_wordings
from grader.notebook.reading.notebook_errors import UnreadableNotebook
from grader.notebook.reading.read import fingerprint, read
from grader.pack.loading import load
from grader.pack.questions import Assignment, PackError
from grader.pack.sources import digest_of_engine, digest_of_question
from grader.report import html
from grader.report.index import write_index
from grader.report.rebuild_report import rebuilt
from grader.result.model import Result, SubmissionInfo
from grader.result.names import BadRequest, Reader
from grader.similarity.of_folder import similar_in
from grader.statistics.alike import Alike
from grader.worker.files import Misplaced, write
from grader.worker.judging import regraded, run
from grader.worker.line import Gone, Line, Message
from grader.worker.looking import answered, content
from grader.worker.remote import RemoteKernels, nothing


@dataclass(frozen=True, slots=True)
class Desk:
    """The pack and the reader of explanations, as workers find them; `refused` says why they are not there."""

    pack: Assignment | None
    covering: Cover = cover
    refused: str | None = None
    about: Message = field(default_factory=dict)
    """What the grader is told: of the assignment, or why there is none."""
    is_prepared: bool = False

    @classmethod
    def of(cls, pack: str | None, matcher: str, wordings: str | None = None) -> Desk:
        """With nothing of a pack where none is named: to make reports anew, none is needed."""
        if not pack:
            return cls(None, about={"assignment": None})
        from grader.language.prose.semantic import MatcherMissing, SemanticCover

        try:
            loaded = load(None if pack == DEFAULT else pack)
            covering: Cover = cover if matcher == "patterns" else SemanticCover()
            if wordings is not None:
                covering = DecidedCover(covering, read_wordings(Path(wordings)))
        except (PackError, MatcherMissing, WordingsUnreadable) as error:
            return cls(None, about={"refused": str(error)})
        told = {"assignment": about(loaded).model_dump(), "max_score": loaded.max_score}
        return cls(loaded, covering, about=told)

    def prepared(self) -> Desk:
        """With all built that would be built at first use, once for all workers."""
        self._prepare()
        return replace(self, is_prepared=True)

    def _prepare(self) -> None:
        html.prepare()
        Result.model_rebuild()
        if self.pack is not None:
            digest_of_engine()
            for question in self.pack.questions:
                digest_of_question(question)
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
        if job["kind"] == "regrade" and self.pack is not None:
            return regraded(self.pack, self.covering, line, job)
        if job["kind"] == "count" and self.pack is not None:
            return {"answered": answered(Path(job["path"]), self.pack)}
        if job["kind"] == "content":
            return {"content": content(Path(job["path"]), _options(job["options"]))}
        line.say(op="report")
        if job["kind"] == "report":
            standing = Standing.model_validate_json(job.get("standing") or "{}")
            return {"problem": rebuilt(Path(job["folder"]), job["reader"], standing)}
        also = [Result.model_validate(item) for item in job["also"]]
        standings = {name: Standing.model_validate_json(text) for name, text in job.get("standings", {}).items()}
        return {"problem": _index(Path(job["folder"]), also, standings)}

    def _grade(self, pack: Assignment, line: Line, job: Message) -> Message:
        options = _options(job["options"])
        path, name = Path(job["path"]), job["name"]
        if job["problem"] is None:
            kernels = RemoteKernels(line, nothing if self.is_prepared else self._prepare)
            graded, record = run(path, name, pack, kernels, options, self.covering, record=job["record"])
        else:
            graded, record = Graded(unreadable(path, name, pack, job["problem"]), None), None
        line.say(op="report")
        made = _written(graded, path, job, job["reader"])
        if isinstance(made, str):
            return {"failed": made}
        twins = [_of_twin(graded, twin, job["reader"]) for twin in job["twins"]]
        if record is not None:
            _keep(record, [job, *job["twins"]])
        return {"result": made.model_dump(mode="json"), "twins": twins}


def _keep(record: Record, jobs: Sequence[Message]) -> None:
    """Keep a record for each file of the same cells, with what was said of how each notebook was handed in."""
    by_file: dict[str, Record] = {}
    for job in jobs:
        sha256 = fingerprint(Path(job["path"]))
        if sha256 is not None:
            own = by_file.get(sha256) or record.model_copy(
                update={"sha256": sha256, "path": written(Path(job["path"])), "handed_in_with": {}}
            )
            own.handed_in_with[job["name"]] = tuple(job["flags"])
            by_file[sha256] = own
    for own in by_file.values():
        keep(own, Path(jobs[0]["folder"]).parent)


def _options(given: dict[str, Any]) -> Options:
    return Options(**{**given, "limits": Limits(**given["limits"])})


def _of_twin(graded: Graded, twin: Message, reader: Reader) -> Message:
    """What a notebook of the same cells got, which was written for it: whose it is, or why that could not be."""
    made = _written(graded, Path(twin["path"]), twin, reader)
    if isinstance(made, str):
        return {"failed": made}
    return {"submission": made.submission.model_dump(), "not_reproduced": made.not_reproduced}


def _written(graded: Graded, path: Path, job: Message, reader: Reader) -> Result | str:
    """The result under the name of a job, with what is known of how the notebook was handed in, written to its folder;
    or why that cannot be done."""
    result = graded.result
    if result.submission.name != job["name"]:
        about = SubmissionInfo(name=job["name"], file=path.name, sha256=fingerprint(path))
        result = result.model_copy(update={"submission": about, "not_reproduced": _of_own_outputs(path, graded)})
    result = result.marked(job["chosen"], job["flags"])
    try:
        write(replace(graded, result=result), Path(job["folder"]), reader=reader)
    except Misplaced as error:
        return str(error)
    return result


def _of_own_outputs(path: Path, graded: Graded) -> tuple[str, ...]:
    """What a file was saved with and the run of the same cells does not give."""
    if graded.notebook is None:
        return ()
    try:
        return not_reproduced(read(path), graded.notebook)
    except UnreadableNotebook:  # another file by now
        return ()


def _index(folder: Path, also: Sequence[Result], standings: Mapping[str, Standing]) -> str | None:
    """Write the page of a folder's results, and that of similar ones; why that cannot be done.

    The first is written whatever becomes of the second.
    """
    problems: list[str] = []

    def similar(root: Path, digests: Mapping[str, str | None], prompts: Sequence[str]) -> Sequence[Alike]:
        try:
            return similar_in(root, digests, prompts)
        except BadRequest as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(f"{root}: the page of similar submissions cannot be written ({error.strerror})")
        return ()

    try:
        write_index(folder, also, standings, similar)
    except BadRequest as error:
        return str(error)
    except OSError as error:
        return f"{folder}: the index of the results cannot be written ({error.strerror})"
    return "; ".join(problems) or None


DEFAULT = "default"
"""The name of the pack that is shipped."""
