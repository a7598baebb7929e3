"""A question's answer, put together from what the notebook says and what its kernel tells, and judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.answer.answer import Answer
from grader.answer.evidence import Nonsense, Survey
from grader.grading.constancy import differing
from grader.grading.judge import Reading, judge
from grader.grading.memory import Kept
from grader.grading.outcomes import Outcomes
from grader.grading.surveying import Surveys, asking
from grader.kernel.errors import KernelError
from grader.kernel.interface import LiveNotebook
from grader.language.prose import Cover
from grader.notebook.segment import AnswerBlocks, Segmentation
from grader.pack.questions import Assignment, Question


@dataclass(frozen=True, slots=True)
class Judging:
    """All that the answers of one run are judged by. `quoted` are texts that are nobody's own words."""

    pack: Assignment
    segmentation: Segmentation
    quoted: Sequence[str]
    covering: Cover
    surveys: Surveys
    outcomes: Outcomes
    seed: int
    """From which the numbers start that code is asked with."""

    def of(self, question: Question, blocks: AnswerBlocks, session: LiveNotebook | None) -> Kept:
        """What the answer in these blocks is worth, and what is to be said of it, to a person who looks."""
        said: list[str] = []
        answer = self._answer(question, blocks, session, said) if blocks.cells else None
        if question.id in self.segmentation.repeated:
            cells = ", ".join(str(cell + 1) for cell in sorted({block.cell for block in blocks.prose}))
            said.append(f"{question.id}: please look, it is answered more than once (cells {cells}); all was read")
        if question.id in self.segmentation.unread and not blocks.cells:
            cells = ", ".join(str(cell + 1) for cell in self.segmentation.unread[question.id])
            said.append(f"{question.id}: please look, no answer was found, but text speaks of it (cells {cells})")
        reading = Reading(blocks.cells, blocks.confidence)
        judged = judge(question, answer, reading, self.quoted, self.covering, self.pack.vocabulary)
        said += [] if answer is None else differing(answer, judged.result)
        return Kept(judged=judged, said=tuple(said))

    def _answer(
        self, question: Question, blocks: AnswerBlocks, session: LiveNotebook | None, said: list[str]
    ) -> Answer:
        cells = sorted({block.cell for block in blocks.code})
        survey, ask, unseen = Survey(), None, None
        if session is not None and cells:
            ask = asking(session)
            try:
                survey = self.surveys.of(question.id, blocks, session)
            except (KernelError, Nonsense) as error:
                unseen = f"what its code built could not be found out ({error})"
                said.append(f"{question.id}: {unseen}")
            if survey.overflow:
                said.append(f"{question.id}: so many layers were created that not all were recorded")
        return Answer(
            question.id,
            prose=[block.text for block in blocks.prose],
            code=[block.text for block in blocks.code],
            shown=[block.text for block in blocks.shown_code],
            cells=self.outcomes.of(cells),
            survey=survey,
            ask=ask,
            unseen=unseen,
            seed=self.seed,
            stand_ins=self.outcomes.stand_ins(cells),
        )
