"""What was decided about a notebook, by what it was decided from: where nothing of that has changed, it still holds.

What a question was judged by is its own source code, with all that it imports of its pack, and that of the engine; what
was judged are the texts of its answer, and what kernels answered, which is as the transcript tells. So a memory is kept
beside the transcript, and is good for no other.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from grader.grading.judge import Judged
from grader.kernel.generation import Generation
from grader.notebook.reading.read import Notebook
from grader.notebook.segment import AnswerBlocks, Segmentation, segment
from grader.pack.questions import Assignment, Question
from grader.pack.sources import digest_of_engine, digest_of_question, in_order

_JUDGED = TypeAdapter(Judged)
_SEGMENTED = TypeAdapter(Segmentation)


class Kept(BaseModel):
    """A judgement, and what was said of it to the instructor besides."""

    model_config = ConfigDict(defer_build=True, extra="forbid", arbitrary_types_allowed=True)

    judged: Judged
    said: tuple[str, ...] = ()


class Remembered(BaseModel):
    """All that is kept of a notebook, by the digest of what it rests on."""

    model_config = ConfigDict(defer_build=True, extra="forbid")

    segmentations: dict[str, dict[str, Any]] = Field(default_factory=dict)
    questions: dict[str, Kept] = Field(default_factory=dict)


class Memory:
    """What is known of a notebook from before, and what comes to be known; without anything it remembers nothing.

    `reader` is what reads explanations, `decided` the digest of the sentences of a question that people decided.
    """

    def __init__(
        self,
        before: Remembered | None = None,
        reader: str = "",
        decided: Callable[[str], str | None] = lambda question: None,
    ) -> None:
        self._before, self._reader, self._decided = before, reader, decided
        self._judgings: Counter[tuple[Generation, str]] = Counter()
        self.now = Remembered()

    def segmentation(self, notebook: Notebook, pack: Assignment) -> Segmentation:
        """Which parts of the notebook answer which questions."""
        if self._before is None:
            return segment(notebook, pack)
        asked = [[each.id, each.number, each.title, each.prompt, in_order(each.topic)] for each in pack.questions]
        key = _digest([notebook.sha256, digest_of_engine(), asked, in_order(pack.vocabulary)])
        known = self._before.segmentations.get(key)
        found = segment(notebook, pack) if known is None else _SEGMENTED.validate_python(known)
        with suppress(ValueError):  # half of a pair of surrogates, which no file can hold
            self.now.segmentations[key] = known or _SEGMENTED.dump_python(found, mode="json")
        return found

    def judged(
        self,
        question: Question,
        generation: Generation,
        blocks: AnswerBlocks,
        quoted: tuple[str, ...],
        judging: Callable[[], Kept],
    ) -> Kept:
        """What is known of an answer that is made of these blocks, or else comes of judging it."""
        if self._before is None:
            return judging()
        self._judgings[generation, question.id] += 1
        times = self._judgings[generation, question.id]
        texts = [[block.text for block in part] for part in (blocks.prose, blocks.code, blocks.shown_code)]
        decided = self._decided(question.id)
        reader = self._reader if decided is None else f"{self._reader} {decided}"
        rests_on = [digest_of_question(question), digest_of_engine(), generation, times, quoted, reader]
        key = f"{question.id} {_digest([*rests_on, blocks.cells, blocks.confidence, texts])}"
        kept = self._before.questions.get(key) or judging()
        self.now.questions[key] = kept
        return kept


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:32]
