"""One run of a notebook: cell by cell, each question judged as soon as the last of its cells has run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nbformat import NotebookNode

from grader.answer import evidence
from grader.answer.answer import Answer, CellOutcome
from grader.answer.evidence import KernelEnvironment, Nonsense, Survey
from grader.grading.judge import Judged, Reading, judge
from grader.grading.surveying import ASK_SECONDS, Surveys, asking
from grader.kernel.errors import KernelError
from grader.kernel.generation import Generation
from grader.kernel.interface import Kernels, LiveNotebook
from grader.kernel.limits import Limits
from grader.language.prose import Cover, cover
from grader.notebook.read import Notebook
from grader.notebook.segment import AnswerBlocks, Segmentation
from grader.pack.questions import Assignment, Question
from grader.protocol import operations as ops
from grader.result.model import NO_SANDBOX, Environment

Progress = Callable[[int, int, str], None]
# What IPython adds to a SyntaxError: the name that it gave to the cell.
_IN_CELL = re.compile(r" \(\d{1,20}\.py, line \d{1,7}\)$")
_NO_ADDONS = "ModuleNotFoundError: No module named 'tensorflow_addons'"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run of the notebook on one generation of Keras."""

    questions: tuple[Judged, ...]
    environment: Environment
    notebook: NotebookNode
    flags: tuple[str, ...]

    @property
    def score(self) -> int:
        """The points of all questions."""
        return sum(judged.result.score for judged in self.questions)

    @property
    def broken(self) -> bool:
        """Whether the code of an answered question ended with an error."""
        return any(judged.result.status == "error" for judged in self.questions)


class Run:
    """Runs a notebook cell by cell, and judges each question as soon as the last of its cells has run."""

    def __init__(
        self,
        notebook: Notebook,
        segmentation: Segmentation,
        pack: Assignment,
        kernels: Kernels,
        seed: int,
        limits: Limits,
        progress: Progress,
        covering: Cover = cover,
    ) -> None:
        self._notebook = notebook
        self._segmentation = segmentation
        self._surveys = Surveys(segmentation)
        self._pack = pack
        self._kernels = kernels
        self._seed = seed
        self._limits = limits
        self._progress = progress
        self._covering = covering
        self._outcomes: dict[int, CellOutcome] = {}
        self._judged: dict[str, Judged] = {}
        self._flags: list[str] = []

    def on(self, generation: Generation) -> Attempt:
        """Run and judge. Raises `LaunchError` where no kernel can be started."""
        node = self._notebook.copy_node()
        code_cells = [cell.index for cell in self._notebook.cells if cell.type == "code" and cell.source.strip()]
        if not code_cells:
            self._judge_rest(None)
            return self._attempt(node, Environment(seed=self._seed))
        with self._kernels.session(node, generation, self._limits) as session:
            environment = evidence.read(KernelEnvironment, session.ask(ops.Environment(), timeout=ASK_SECONDS))
            self._run_cells(session, code_cells)
            self._judge_rest(session)
            if session.silenced:
                limit = self._limits.notebook_s + self._limits.asking_s
                self._flags.append(f"not all checks could ask its code: all took more than {limit:g} s (--timeout)")
            sandbox = session.sandbox or NO_SANDBOX
        return self._attempt(node, Environment(**environment.model_dump(), sandbox=sandbox, seed=self._seed))

    def _attempt(self, node: NotebookNode, environment: Environment) -> Attempt:
        ordered = tuple(self._judged[question.id] for question in self._pack.questions)
        return Attempt(ordered, environment, node, tuple(self._flags))

    def _run_cells(self, session: LiveNotebook, code_cells: Sequence[int]) -> None:
        last_cells = {question.id: self._last_code_cell(question) for question in self._pack.questions}
        current: str | None = ""
        for number, index in enumerate(code_cells):
            question = self._question_of(index)
            self._progress(number, len(code_cells), f"cell {index + 1}")
            self._run_cell(session, index, new_question=question != current)
            current = question
            for finished in [item for item in self._pack.questions if last_cells[item.id] == index]:
                self._judge(finished, session)
                self._replace_dead(session, index, "while its answer was asked")
        self._progress(len(code_cells), len(code_cells), "")

    def _run_cell(self, session: LiveNotebook, index: int, *, new_question: bool) -> None:
        run = session.run_cell(index, seed=self._seed_of(index) if new_question else None)
        error = run.error
        reason = run.excess if error is None else f"{error.ename}: {_IN_CELL.sub('', error.evalue)}"
        if reason == _NO_ADDONS:
            reason = f"{reason}. This is not your mistake: it is not installed where this was graded"
            self._flag_missing_addons()
        self._outcomes[index] = CellOutcome(index, run.status, reason, None if error is None else error.line)
        self._replace_dead(session, index, f"({run.excess})" if run.excess else "")

    def _replace_dead(self, session: LiveNotebook, index: int, why: str) -> None:
        """Go on with a new kernel, in which nothing has run, where the old one has ended."""
        if not session.alive:
            died = f"the kernel died here {why}".rstrip()
            self._flags.append(f"cell {index + 1}: {died}, and a new one went on with the next cell")
            session.restart()

    def _flag_missing_addons(self) -> None:
        """For the instructor, once in a notebook: what to install."""
        flag = (
            "the notebook uses tensorflow-addons, which is not installed, so its answer lost points: "
            "install the grader with its extra `legacy` on Python 3.11 and grade it again (--again)"
        )
        if flag not in self._flags:
            self._flags.append(flag)

    def _seed_of(self, index: int) -> int:
        """The same question starts from the same randomness, wherever it stands in the notebook."""
        text = f"{self._seed}:{self._question_of(index)}".encode()
        return int.from_bytes(hashlib.sha256(text).digest()[:4]) >> 1

    def _seed_of_experiments(self) -> int:
        """The same for the same cells, and not to be known when they were written: answers cannot be prepared."""
        cells = sorted(cell.source.encode("utf-8", "replace") for cell in self._notebook.cells)
        return int.from_bytes(hashlib.sha256(b"\0".join([str(self._seed).encode(), *cells])).digest()[:8])

    def _question_of(self, index: int) -> str | None:
        blocks = [block for block in self._segmentation.blocks if block.cell == index]
        return next((block.question for block in blocks if block.question), None)

    def _last_code_cell(self, question: Question) -> int | None:
        return max((block.cell for block in self._segmentation.answer(question.id).code), default=None)

    def _judge_rest(self, session: LiveNotebook | None) -> None:
        for question in self._pack.questions:
            if question.id not in self._judged:
                self._judge(question, session)

    def _judge(self, question: Question, session: LiveNotebook | None) -> None:
        blocks = self._segmentation.answer(question.id)
        answer = self._answer(question, blocks, session) if blocks.cells else None
        prompts = [item.prompt for item in self._pack.questions]
        if question.id in self._segmentation.repeated:
            cells = ", ".join(str(cell + 1) for cell in sorted({block.cell for block in blocks.prose}))
            self._flags.append(
                f"{question.id}: please look, it is answered more than once (cells {cells}); all was read"
            )
        reading = Reading(blocks.cells, blocks.confidence)
        self._judged[question.id] = judge(question, answer, reading, prompts, self._covering, self._pack.vocabulary)

    def _answer(self, question: Question, blocks: AnswerBlocks, session: LiveNotebook | None) -> Answer:
        cells = sorted({block.cell for block in blocks.code})
        survey, ask, unseen = Survey(), None, None
        if session is not None and cells:
            ask = asking(session)
            try:
                survey = self._surveys.of(question.id, blocks, session)
            except (KernelError, Nonsense) as error:
                unseen = f"what its code built could not be found out ({error})"
                self._flags.append(f"{question.id}: {unseen}")
            if survey.overflow:
                self._flags.append(f"{question.id}: so many layers were created that not all were recorded")
        return Answer(
            question.id,
            prose=[block.text for block in blocks.prose],
            code=[block.text for block in blocks.code],
            shown=[block.text for block in blocks.shown_code],
            cells=[self._outcomes[cell] for cell in cells if cell in self._outcomes],
            survey=survey,
            ask=ask,
            unseen=unseen,
            seed=self._seed_of_experiments(),
        )
