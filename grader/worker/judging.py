"""How a worker comes to a result: it runs a notebook, and records that; or it judges again what was recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from grader.grading.memory import Memory, Remembered
from grader.grading.options import Options
from grader.grading.record import Record, keep, record_of, recorded
from grader.grading.submission import Graded, HandedIn, judged, refused, taken_in
from grader.language.prose import Cover
from grader.language.prose.decided_cover import DecidedCover
from grader.notebook.reading.notebook_errors import UnreadableNotebook
from grader.notebook.reading.read import fingerprint
from grader.pack.questions import Assignment
from grader.result.file import UnreadableResult, read
from grader.result.model import Result
from grader.result.names import RESULT
from grader.result.proof import ALTERED, is_altered
from grader.transcript.recorded import NeverAsked, RecordedKernels
from grader.transcript.recording import RecordingKernels
from grader.worker.files import write
from grader.worker.line import Line, Message
from grader.worker.remote import RemoteKernels


def run(
    path: Path, name: str, pack: Assignment, kernels: RemoteKernels, options: Options, covering: Cover, *, record: bool
) -> tuple[Graded, Record | None]:
    """Grade a file, and the record of that where it is a notebook and one is wanted."""
    try:
        handed_in = taken_in(path, pack, options)
    except UnreadableNotebook as error:
        return Graded(refused(error, name, pack), None), None
    if not record:
        return judged(handed_in, name, pack, kernels, options, kernels.tell, covering), None
    return _ran(handed_in, name, pack, kernels, options, covering)


def _ran(
    handed_in: HandedIn, name: str, pack: Assignment, kernels: RemoteKernels, options: Options, covering: Cover
) -> tuple[Graded, Record]:
    recording, memory = RecordingKernels(kernels), Memory(Remembered(), options.matcher, _decided(covering))
    graded = judged(handed_in, name, pack, recording, options, kernels.tell, covering, memory)
    return graded, record_of(handed_in, options, recording.transcript, memory.now)


def regraded(pack: Assignment, covering: Cover, line: Line, job: Message) -> Message:
    """Judge a result's notebook again from its record; it is run where something is asked that was never asked.

    Says `how` that was done ("recorded", "run", or "kept" where it could not), `why` it was run or kept, and whether
    the result is another one than before. Files are written where it is.
    """
    folder, root = Path(job["folder"]), Path(job["folder"]).parent
    try:
        before = read(folder / RESULT)
    except UnreadableResult as error:
        return {"how": "kept", "why": str(error), "changed": False}
    if is_altered(folder, {}):  # it could name the record of somebody else
        return {"how": "kept", "why": f"{ALTERED}; grade it again", "changed": False}
    if before.status != "graded":
        return {"how": "kept", "why": "it has no grade", "changed": False}
    record = recorded(before, root)
    if record is None:
        return {"how": "kept", "why": "nothing was recorded of it, or not by you; grade it again", "changed": False}
    how, why, name = "recorded", "", before.submission.name
    try:
        graded, new = _from(record, name, pack, covering)
    except NeverAsked as error:
        how, why = "run", str(error)
        found = _run_again(record, name, pack, line, covering)
        if found is None:
            lost = f"{record.place.name}, or a file that it reads, is not there any more as it was"
            why = f"it has to be run ({why}), and {lost}"
            return {"how": "kept", "why": why, "changed": False}
        graded, again = found
        new = again.model_copy(update={"handed_in_with": record.handed_in_with})
    result = graded.result.marked(before.submission.chosen, record.handed_in_with.get(name, ()))
    result = result.model_copy(update={"contact": before.contact, "repository": before.repository})
    if (
        how == "recorded"
    ):  # the outputs are those of before; a record may be shared by files that were saved with others
        result = result.model_copy(update={"not_reproduced": before.not_reproduced})
    changed = _told(result) != _told(before)
    line.say(op="report")
    if job.get("dry"):
        return {"how": how, "why": why, "changed": changed, "moved": _moved(before, result)} | _scores(before, result)
    if changed:
        write(replace(graded, result=result), folder, reader=job["reader"])
    if new is not record:
        keep(new, root)
    return {"how": how, "why": why, "changed": changed, "moved": _moved(before, result)} | _scores(before, result)


def _scores(before: Result, result: Result) -> Message:
    return {"before": before.score, "score": result.score}


def _moved(before: Result, result: Result) -> dict[str, list[int]]:
    """What each check had earned and earns now, where that is not the same."""
    had = {check.id: check.earned for question in before.questions for check in question.checks}
    has = {check.id: check.earned for question in result.questions for check in question.checks}
    return {id_: [had.get(id_, 0), earned] for id_, earned in has.items() if had.get(id_, 0) != earned}


def _run_again(
    record: Record, name: str, pack: Assignment, line: Line, covering: Cover
) -> tuple[Graded, Record] | None:
    """Run the file that was recorded, if it and what it read are there; its cells alone where it read nothing else."""
    path, options = record.place, record.options
    if fingerprint(path) == record.sha256:
        given = taken_in(path, pack, options)
        if given.files_digest == record.files_digest:
            same = replace(given, unseen=record.unseen, secret=record.secret)
            return _ran(same, name, pack, RemoteKernels(line), options, covering)
    if record.files_digest is None:
        return _ran(record.handed_in, name, pack, RemoteKernels(line), options, covering)
    return None


def _decided(covering: Cover) -> Callable[[str], str | None]:
    """What tells the digest of the sentences of a question that people decided."""
    return covering.wordings.digest if isinstance(covering, DecidedCover) else lambda question: None


def _from(record: Record, name: str, pack: Assignment, covering: Cover) -> tuple[Graded, Record]:
    """The grade that follows from a record, and the record with what was remembered of that."""
    memory = Memory(record.remembered, record.matcher, _decided(covering))
    kernels = RecordedKernels(record.transcript)
    graded = judged(record.handed_in, name, pack, kernels, record.options, covering=covering, memory=memory)
    before, now = record.remembered, memory.now
    known = now.questions.keys() <= before.questions.keys() and now.segmentations.keys() <= before.segmentations.keys()
    return graded, record if known else record.model_copy(update={"remembered": now})


def _told(result: Result) -> Result:
    """All that a result tells but when it was made, by which version of the grader, and how long that took."""
    environment = result.environment.model_copy(update={"grader": None})
    return result.model_copy(update={"duration_s": 0.0, "graded_on": None, "environment": environment})
