"""One run of a notebook: cell by cell, each question judged as soon as the last of its cells has run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from grader.answer import evidence
from grader.answer.evidence import KernelEnvironment, Nonsense, Troubles
from grader.grading.bringing_files import bring
from grader.grading.judge import Judged
from grader.grading.judging_answers import Judging
from grader.grading.lives import Lives
from grader.grading.memory import Memory
from grader.grading.narrowing import narrowed
from grader.grading.outcomes import OF_MEMORY, Outcomes, wants_memory
from grader.grading.randomness import seed_for, seed_of_experiments
from grader.grading.surveying import ASK_SECONDS, Surveys
from grader.grading.tampering import Lookout
from grader.kernel.bounds.limits import Limits
from grader.kernel.errors import KernelError
from grader.kernel.generation import Generation
from grader.kernel.interface import Kernels, LiveNotebook
from grader.kernel.runs import CellRun
from grader.language.prose import Cover, cover
from grader.notebook.reading.read import Notebook
from grader.notebook.segment import Segmentation
from grader.notebook.source.bindings import statements
from grader.pack.questions import Assignment, Question
from grader.protocol import operations as ops
from grader.result.model import NO_SANDBOX, Environment

Progress = Callable[[int, int, str], None]
TROUBLES_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run of the notebook on one generation of Keras."""

    questions: tuple[Judged, ...]
    environment: Environment
    notebook: NotebookNode
    flags: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """What the notebook asked for and could not be had, for the student."""
    broken: bool = False
    """Whether the code of an answered question ended with an error that another Keras may not have."""
    taken_s: float = 0.0
    """So much of the notebook's time it has taken."""
    missed: bool = False
    """Whether a name was not there which a cell that was left out may have made."""

    @property
    def score(self) -> int:
        """The points of all questions."""
        return sum(judged.result.score for judged in self.questions)


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
        files: Sequence[tuple[str, Path]] = (),
        quoted: Sequence[str] = (),
        unseen: str = "",
        memory: Memory | None = None,
        only: Collection[str] | None = None,
    ) -> None:
        self._questions = [each for each in pack.questions if only is None or each.id in only]
        self._memory = memory or Memory()
        self._quoted = (*(question.prompt for question in pack.questions), *quoted)
        self._notebook = notebook
        self._segmentation = segmentation
        self._is_narrowed = False
        self._imports: tuple[tuple[int, str], ...] = ()
        self._kernels = kernels
        self._seed = seed
        self._limits = limits
        self._progress = progress
        self._files = files
        code = {cell.index: cell.source for cell in notebook.cells if cell.type == "code" and cell.source.strip()}
        found = {index: statements(source, index) for index, source in code.items()}
        if only is not None:
            needed = narrowed(only, code, found, self._question_of)
            self._is_narrowed = len(needed.cells) < len(code)
            self._imports = needed.imports
            code = {index: code[index] for index in needed.cells}
        self._code = list(code)
        self._lives = Lives(code, found, self._question_of, files)
        self._lookout = Lookout()
        self._generation: Generation = 3
        self._judged: dict[str, Judged] = {}
        self._flags: list[str] = []
        self._missed = False
        self._outcomes = Outcomes(found, self._question_of, self._flags)
        self._judging = Judging(
            pack,
            segmentation,
            self._quoted,
            covering,
            Surveys(segmentation, code),
            self._outcomes,
            seed_of_experiments(seed, [cell.source for cell in notebook.cells], unseen),
        )
        self._node = notebook.node

    def on(self, generation: Generation) -> Attempt:
        """Run and judge. Raises `LaunchError` where no kernel can be started."""
        node = self._node = self._notebook.copy_node()
        self._generation = generation
        if not self._code:
            self._judge_rest(None)
            return self._attempt(node, Environment(seed=self._seed))
        with self._kernels.session(node, generation, self._limits) as session:
            environment = evidence.read(KernelEnvironment, session.ask(ops.Environment(), timeout=ASK_SECONDS))
            bring(session, self._files)
            if self._imports:
                with suppress(KernelError):  # what is not there is missed where it is used
                    cells, texts = zip(*self._imports, strict=True)
                    session.ask(ops.Again(tuple(cells), tuple(texts)), timeout=self._limits.cell_s)
            self._run_cells(session)
            self._judge_rest(session)
            self._lookout.look(session, self._code[-1])
            if session.silenced:
                limit = self._limits.notebook_s + self._limits.asking_s
                self._flags.append(f"not all checks could ask its code: all took more than {limit:g} s (--timeout)")
            sandbox, taken_s = session.sandbox or NO_SANDBOX, session.taken_s
        return self._attempt(node, Environment(**environment.model_dump(), sandbox=sandbox, seed=self._seed), taken_s)

    def _attempt(self, node: NotebookNode, environment: Environment, taken_s: float = 0.0) -> Attempt:
        ordered = tuple(self._judged[question.id] for question in self._questions)
        notes = self._outcomes.notes
        flags = [*self._flags, *(f"not to be had here: {note}" for note in notes)]
        flags += self._lookout.flags([cell.source for cell in self._notebook.cells if cell.type == "code"])
        return Attempt(ordered, environment, node, tuple(flags), notes, self._outcomes.is_broken, taken_s, self._missed)

    def _run_cells(self, session: LiveNotebook) -> None:
        last_cells = {question.id: self._last_code_cell(question) for question in self._questions}
        current: str | None = ""
        for number, index in enumerate(self._code):
            question = self._question_of(index)
            self._progress(number, len(self._code), f"cell {index + 1}")
            run = self._run_cell(session, index, new_question=question != current)
            if wants_memory(run) and self._lives.answers_before(question):
                run = self._once_more(session, index)
            self._note(run)
            self._finish(session, run)
            current = question
            replaced = self._replace_dead(session, index, f"({run.excess})" if run.excess else "")
            if replaced and run.status in ("ok", "error"):  # what ends a kernel behind its cell is not run again either
                self._outcomes.died(index)
            for finished in [item for item in self._questions if last_cells[item.id] == index]:
                self._judge(finished, session)
                if self._lives.answers_before(question) and not session.alive:  # for what others left, perhaps
                    self._note(self._once_more(session, index))
                    self._judge(finished, session)
                replaced |= self._replace_dead(session, index, "while its answer was asked")
            current = "" if replaced else current
        self._progress(len(self._code), len(self._code), "")

    def _note(self, run: CellRun) -> None:
        self._missed |= self._is_narrowed and run.error is not None and run.error.ename == "NameError"
        self._outcomes.note(run, self._node.cells[run.index].get("execution_count"))

    def _run_cell(self, session: LiveNotebook, index: int, *, new_question: bool) -> CellRun:
        seed = self._seed_of(index) if new_question else None
        run = session.run_cell(index, seed=seed, outside=self._question_of(index) is None)
        self._lives.ran(index)
        with suppress(KernelError, Nonsense):  # of a kernel that has ended nobody knows more
            if run.status in ("ok", "error"):
                troubles = evidence.read(Troubles, session.ask(ops.Troubles(), timeout=TROUBLES_SECONDS))
                self._outcomes.hear(troubles, index)
                self._lookout.look(session, index)
        return run

    def _once_more(self, session: LiveNotebook, index: int) -> CellRun:
        """Run an answer in a clean kernel, for what others have left behind took the memory that it needs."""
        question = self._question_of(index)
        own = [cell for cell in self._code if cell <= index and (cell == index or self._question_of(cell) == question)]
        self._begin_anew(session, [cell for cell in self._code if cell in own or cell > index])
        why = "its kernel ended for what others had left there"
        self._flags.append(f"cell {index + 1}: {why}, and it was run again in a new kernel")
        runs = [self._run_cell(session, cell, new_question=cell == own[0]) for cell in own]
        return runs[-1]

    def _finish(self, session: LiveNotebook, run: CellRun) -> None:
        """Run what is behind a statement outside of the answers that took too long."""
        line = None if run.error is None else run.error.line
        if run.status != "timeout" or line is None or self._question_of(run.index) is not None or not session.alive:
            return
        rest = self._lives.rest_of(run.index, line)
        if rest:
            with suppress(KernelError):
                again = ops.Again(tuple(cell for cell, _ in rest), tuple(text for _, text in rest))
                session.ask(again, timeout=self._limits.cell_s)

    def _replace_dead(self, session: LiveNotebook, index: int, why: str) -> bool:
        """Go on with a new kernel, in which what is needed has run again, where the old one has ended."""
        if session.alive:
            return False
        died = f"the kernel died here {why}".rstrip()
        self._flags.append(f"cell {index + 1}: {died}, and a new one went on with the next cell")
        self._lives.ended_in(index, filled=OF_MEMORY in why)
        self._begin_anew(session, [cell for cell in self._code if cell > index])
        return True

    def _begin_anew(self, session: LiveNotebook, cells: Sequence[int]) -> None:
        self._lives.begin_anew(session, cells, seed_for(self._seed, None), self._limits.cell_s)

    def _seed_of(self, index: int) -> int:
        """The same question starts from the same randomness, wherever it stands in the notebook."""
        return seed_for(self._seed, self._question_of(index))

    def _question_of(self, index: int) -> str | None:
        blocks = [block for block in self._segmentation.blocks if block.cell == index]
        return next((block.question for block in blocks if block.question), None)

    def _last_code_cell(self, question: Question) -> int | None:
        return max((block.cell for block in self._segmentation.answer(question.id).code), default=None)

    def _judge_rest(self, session: LiveNotebook | None) -> None:
        for question in self._questions:
            if question.id not in self._judged:
                self._judge(question, session)

    def _judge(self, question: Question, session: LiveNotebook | None) -> None:
        blocks = self._segmentation.answer(question.id)
        kept = self._memory.judged(
            question, self._generation, blocks, self._quoted, lambda: self._judging.of(question, blocks, session)
        )
        self._judged[question.id] = kept.judged
        self._flags += kept.said
