"""Evidence and checks make a grade: every check of a question is run on the answer, and each outcome has its points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Literal

from grader.answer.answer import Answer
from grader.answer.ended import CellOutcome, describe, sentence
from grader.answer.evidence import Nonsense
from grader.answer.layer import Raised
from grader.grading.check_results import check_result
from grader.grading.explained import explained, unsaid
from grader.grading.unsure import findings
from grader.language.prose import Cover, Coverage, Decision, cover
from grader.pack.pictures import Picture
from grader.pack.questions import Check, Concept, Question
from grader.pack.verdict import Missed, Remark, Todo, Unanswerable, failed
from grader.pack.vocabulary import PLAIN, Vocabulary
from grader.result.model import Advisory, CheckResult, QuestionResult
from grader.result.wrong_statements import free

AnswerStatus = Literal["answered", "missing", "error", "timeout"]
UNSURE = 0.6
NO_ANSWER = "No answer to this question was found in the notebook."


@dataclass(frozen=True, slots=True)
class Reading:
    """Which cells of the notebook were read as an answer, and how sure that is (0 to 1)."""

    cells: tuple[int, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Judged:
    """One question's result, what a human should look at, and what was decided about its explanation."""

    result: QuestionResult
    flags: tuple[str, ...]
    decisions: tuple[Decision, ...] = ()


def judge(
    question: Question,
    answer: Answer | None,
    reading: Reading,
    prompts: Sequence[str],
    covering: Cover = cover,
    terms: Vocabulary = PLAIN,
) -> Judged:
    """Run all checks of a question on an answer, or note that there is none.

    `prompts` are the texts of the assignment's questions: prose copied from them earns nothing. `covering` reads it,
    with the `terms` of the pack.
    """
    if answer is None:
        return _missing(question)
    coverage = covering(
        answer.prose,
        question.concepts,
        question.misconceptions,
        copied_from=prompts,
        subject=question.subject,
        terms=terms,
    )
    shown = _shown(question, answer)
    nothing = unsaid(answer, coverage)
    checks = [
        check_result(finding.concept, explained(finding, shown.get(finding.concept.id), nothing))
        for finding in coverage.concepts
    ]
    for check in question.checks:
        checks.append(_run(check, answer, checks))
    decided = () if coverage.foreign else tuple(each for each in coverage.decisions if each.id not in shown)
    result = QuestionResult(
        id=question.id,
        number=question.number,
        title=question.title,
        prompt=question.prompt or None,
        score=sum(check.earned for check in checks),
        max_score=question.max_score,
        status=status_of(answer.cells),
        cells=reading.cells,
        confidence=round(reading.confidence, 2),
        checks=tuple(checks),
        pictures=tuple(_pictures(question, answer)),
        findings=tuple(findings(decided, coverage, question.misconceptions)),
        advisories=(
            *_misconceptions(coverage),
            *_remarks(question, answer),
            *_cell_problems(question, answer.cells),
        ),
    )
    doubts = [f"{question.id}: please look, {sentence}" for sentence in answer.doubts]
    return Judged(result, (*_flags(question, result, coverage), *doubts), decided)


def status_of(cells: Sequence[CellOutcome]) -> AnswerStatus:
    """How an answer's code ended, the worst of its cells deciding."""
    statuses = {cell.status for cell in cells}
    if statuses & {"timeout", "not_run"}:
        return "timeout"
    return "error" if statuses & {"error", "dead"} else "answered"


def _missing(question: Question) -> Judged:
    outcome = failed(NO_ANSWER, todo=Todo("Answer this question.", "missing"))
    everything: tuple[Check | Concept, ...] = (*question.concepts, *question.checks)
    checks = [check_result(judged, outcome) for judged in everything]
    result = QuestionResult(
        id=question.id,
        number=question.number,
        title=question.title,
        prompt=question.prompt or None,
        score=0,
        max_score=question.max_score,
        status="missing",
        cells=(),
        confidence=1.0,
        checks=tuple(checks),
    )
    return Judged(result, ())


def _shown(question: Question, answer: Answer) -> dict[str, str]:
    """What shows that the student knows a concept, besides sentences: an equation that is right."""
    found: dict[str, str] = {}
    for concepts, evidence in question.evidence:
        with _tolerant(answer):
            written = evidence(answer)
            found |= {} if written is None else dict.fromkeys(concepts, written)
    return found


@contextmanager
def _tolerant(answer: Answer, sentence: str = "its equations could not be looked at") -> Iterator[None]:
    """Our own mistake must never end the grading of a whole class."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        answer.doubt(f"{sentence} ({type(error).__name__})")


def _pictures(question: Question, answer: Answer) -> Iterator[Picture]:
    """What can be drawn. What cannot be measured, because the student's code fails, is no picture."""
    for function in question.pictures:
        made: list[Picture] = []
        with (
            _tolerant(answer, "its pictures could not be drawn"),
            suppress(Missed, Raised, Unanswerable, Nonsense),
        ):
            made += function(answer)
        yield from made


def _remarks(question: Question, answer: Answer) -> list[Advisory]:
    said: list[Remark] = []
    for function in question.remarks:
        with _tolerant(answer):
            said += function(answer)
    return [
        Advisory(id=f"{question.id}.remark-{number}", message=one.message, expected=one.expected, observed=one.observed)
        for number, one in enumerate(said, start=1)
    ]


def _run(check: Check, answer: Answer, earlier: Sequence[CheckResult]) -> CheckResult:
    premise = next((result for result in earlier if result.id == check.after), None)
    if premise is not None and premise.earned == 0:
        message = f"Not looked at, because it rests on an earlier check: {premise.title}"
        skipped = check_result(check, failed(message), "skipped")
        return skipped.model_copy(update={"after": premise.id})
    try:
        outcome = check.run(answer)
    except Missed as missed:
        outcome = missed.outcome
    except Raised as error:
        todo = Todo(f"Make your code run on other inputs, too: {sentence(error)}")
        outcome = failed(f"Running your code for this check failed: {error}", observed=str(error), todo=todo)
    except (Unanswerable, Nonsense) as error:
        message = f"This could not be found out ({error}). A human will look at it; it is not counted as your mistake."
        return check_result(check, failed(message), "error")
    except MemoryError:
        raise
    except Exception as error:  # our own mistake must never end the grading of a whole class
        message = f"The grader itself failed here ({type(error).__name__}). A human will look at it."
        return check_result(check, failed(message), "error")
    return check_result(check, outcome)


def _misconceptions(coverage: Coverage) -> list[Advisory]:
    """Those that cost nothing: no point was left, or the sentence may mean something else."""
    told = [
        Advisory(id=found.misconception.id, message=free(found.sentence, found.misconception.message))
        for found in coverage.free
    ]
    asked = [
        Advisory(
            id=found.misconception.id,
            message=f"Did you mean “{found.sentence}”? It costs nothing. {found.misconception.message}",
        )
        for found in coverage.asked
    ]
    return [*told, *asked]


def _cell_problems(question: Question, cells: Sequence[CellOutcome]) -> list[Advisory]:
    problems = [cell for cell in cells if cell.status != "ok"]
    return [Advisory(id=f"{question.id}.cell-{cell.index + 1}", message=describe(cell)) for cell in problems]


def _flags(question: Question, result: QuestionResult, coverage: Coverage) -> list[str]:
    flags = [f"{check.id}: the check could not be carried out" for check in result.checks if check.status == "error"]
    if coverage.foreign:
        flags.append(f"{question.id}: please look, the explanation is not in English, so it was not read")
    if coverage.listed:
        flags.append(f"{question.id}: please look, its explanation is a list of phrases, of which half may count")
    if result.confidence < UNSURE:
        flags.append(f"{question.id}: please look, it is not clear which cells answer it")
    return flags
