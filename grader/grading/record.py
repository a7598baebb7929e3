"""What is kept of a submission beside its result, so that it can be judged again without being run.

A record lies in the folder `.records` beside the folders of results, under a name that is made of what went into it:
two students who hand in the same notebook have one. It tells what no student may know (`HandedIn.unseen`), so it is no
part of what students are given.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, unquote_to_bytes

from nbformat import NotebookNode, from_dict
from pydantic import BaseModel, ConfigDict, Field

from grader.files.opened import read_bytes
from grader.files.whole import write_bytes
from grader.grading.memory import Remembered
from grader.grading.options import Options
from grader.grading.submission import HandedIn
from grader.kernel.generation import KerasChoice
from grader.notebook.reading.read import Notebook, of_node
from grader.result.model import Matcher, Result
from grader.result.proof import signed, unsigned
from grader.transcript.transcript import Transcript

FOLDER = ".records"
MOST_BYTES, MOST_UNPACKED = 16 << 20, 256 << 20
"""A larger record is not kept, nor read: the notebook is run again where that is needed."""
LEVEL = 1
"""Of compression: numbers that were drawn at random hardly get smaller by a higher one."""


class Record(BaseModel):
    """One submission. Its cells have the text of the outputs that were saved with them, and nothing else of these."""

    model_config = ConfigDict(defer_build=True, extra="forbid")

    schema_name: Literal["grader/record/v1"] = Field(default="grader/record/v1", alias="schema")
    path: str
    sha256: str
    notebook: dict[str, Any]
    mended: tuple[str, ...]
    unseen: str
    secret: str | None
    files_digest: str | None
    left_out: tuple[str, ...]
    keras: KerasChoice
    seed: int
    matcher: Matcher
    doubt: float | None
    transcript: Transcript
    remembered: Remembered
    handed_in_with: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """For each student who handed in this file, by name, what is to be looked at in how that was done."""

    @property
    def name(self) -> str:
        """What its file is called."""
        return _name(self.sha256, self.seed, self.files_digest, self.secret)

    @property
    def place(self) -> Path:
        """Where the file was."""
        return Path(os.fsdecode(unquote_to_bytes(self.path)))

    @property
    def handed_in(self) -> HandedIn:
        """What was handed in, without the files beside it: those have been brought."""
        node = from_dict(self.notebook)
        notebook = of_node(self.place, self.sha256, node, self.mended)
        return HandedIn(notebook, self.unseen, self.secret, (), self.files_digest, self.left_out)

    @property
    def options(self) -> Options:
        """How it was graded, as far as that is told by the result."""
        return Options(self.keras, self.seed, matcher=self.matcher, doubt=self.doubt)


def record_of(handed_in: HandedIn, options: Options, transcript: Transcript, remembered: Remembered) -> Record:
    """The record of a submission that was graded."""
    notebook = handed_in.notebook
    return Record(
        path=written(notebook.path),
        sha256=notebook.sha256,
        notebook=_with_texts_alone(notebook),
        mended=notebook.mended,
        unseen=handed_in.unseen,
        secret=handed_in.secret,
        files_digest=handed_in.files_digest,
        left_out=handed_in.left_out,
        keras=options.keras,
        seed=options.seed,
        matcher=options.matcher,
        doubt=options.doubt,
        transcript=transcript,
        remembered=remembered,
    )


def written(path: Path) -> str:
    """A path as text, whatever bytes are in its names."""
    return quote(os.fsencode(path))


def keep(record: Record, root: Path) -> None:
    """Write a record beside the results in a folder; nothing where it is too large, or cannot be written as text.

    It costs nobody a grade: the notebook can be run again.
    """
    place = root / FOLDER / record.name
    known = _at(place)
    if known is not None:  # of others who handed in the same
        record = record.model_copy(update={"handed_in_with": known.handed_in_with | record.handed_in_with})
    try:
        text = record.model_dump_json(by_alias=True).encode()
    except ValueError:  # half of a pair of surrogates somewhere, which no file can hold
        return
    content = signed(zlib.compress(text, LEVEL)) if len(text) <= MOST_UNPACKED else None
    if content is None or len(content) > MOST_BYTES:
        return
    with suppress(OSError):
        (root / FOLDER).mkdir(mode=0o700, exist_ok=True)
        write_bytes(place, content)


def recorded(result: Result, root: Path) -> Record | None:
    """The record of a result in a folder; None where there is none, or it is none of ours."""
    about = result.environment
    return _at(root / FOLDER / _name(result.submission.sha256 or "", about.seed, about.files, about.secret))


def _at(place: Path) -> Record | None:
    try:
        content = unsigned(read_bytes(place, MOST_BYTES + 1_024))
        if content is None:
            return None
        found = Record.model_validate_json(zlib.decompressobj().decompress(content, MOST_UNPACKED))
    except (OSError, ValueError, zlib.error):
        return None
    # One of ours may have been laid into the place of another.
    return found if place.name == found.name else None


def _name(sha256: str, seed: int, files: str | None, secret: str | None) -> str:
    return f"{hashlib.sha256(json.dumps([sha256, seed, files, secret]).encode()).hexdigest()[:40]}.z"


def _with_texts_alone(notebook: Notebook) -> NotebookNode:
    node = notebook.copy_node()
    for cell, read in zip(node.cells, notebook.cells, strict=True):
        if cell.cell_type == "code":
            text = read.saved_output_text
            cell.outputs = [{"output_type": "stream", "name": "stdout", "text": text}] if text else []
    return node
