"""The grade as data: the contract `grader/result/v1`. Reports and exports read this and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from grader.pack.pictures import Picture
from grader.pack.questions import MOST_NUMBER
from grader.pack.verdict import Kind, Reason, Status
from grader.text import neutral

SCHEMA_NAME = "grader/result/v1"

NO_SANDBOX = ("none",)
"""What an environment says whose kernels nothing held in."""


MOST = 2**128
"""No number of ours is larger, seeds included; a larger one would not fit where a page computes with it."""


def _without_halves(value: object) -> object:
    return value.encode(errors="replace").decode() if isinstance(value, str) else value


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid", allow_inf_nan=False)

    @field_validator("*", mode="after")
    @classmethod
    def _of_a_size(cls, value: object) -> object:
        numbers = value if isinstance(value, tuple) else (value,)
        if any(isinstance(number, int) and abs(number) > MOST for number in numbers):
            raise ValueError("a number far too large")
        return value

    @field_validator("*", mode="after")
    @classmethod
    def _writable(cls, value: object) -> object:
        """Text of students may hold halves of surrogate pairs, which no file can: they become question marks."""
        if isinstance(value, tuple):
            return tuple(map(_without_halves, value))
        return _without_halves(value)


class CheckResult(_Record):
    """One check of one question."""

    id: str = Field(description="The question's id, a dot, and the name of the check.")
    kind: Kind = Field(description="What it judges.")
    title: str = Field(description="What the check looks for, in one sentence.")
    points: int = Field(ge=0, le=1_000, description="How many it may earn.")
    earned: int = Field(ge=0, le=1_000, description="How many it earned.")
    status: Status = Field(
        description="How it came out; `error`: it could not be carried out, so a person has to; `skipped`: see `after`."
    )
    message: str = Field(description="Written to the student: what was found, and what to do.")
    expected: str | None = Field(default=None, description="What was expected, if that can be said in short.")
    observed: str | None = Field(default=None, description="What was found instead, or the sentence that decided.")
    after: str | None = Field(default=None, description="The id of the check for whose failure this one was skipped.")
    why: str | None = Field(default=None, description="Why it matters, to the student.")
    todo: str | None = Field(default=None, description="What to do about it: one sentence in the imperative.")
    reason: Reason | None = Field(
        default=None, description="Why points are lost, where several checks may have lost theirs for one thing."
    )
    about: str | None = Field(default=None, description="What the reason concerns, as a noun, to tell several as one.")

    @model_validator(mode="after")
    def _points_fit(self) -> CheckResult:
        if self.earned > self.points:
            raise ValueError(f"{self.id}: {self.earned} points earned of {self.points}")
        if not self._status_fits():
            raise ValueError(f"{self.id}: {self.status} does not go with {self.earned} of {self.points} points")
        return self

    def _status_fits(self) -> bool:
        match self.status:
            case "pass":
                return self.earned == self.points
            case "partial":
                return 0 < self.earned < self.points
            case _:
                return self.earned == 0


class Advisory(_Record):
    """A remark that costs nothing: a misconception where no point is left, an unusual choice, how a cell ended.

    `observed` is the equation that it is about, `expected` the right one.
    """

    id: str = Field(description="What it is about.")
    message: str = Field(description="Written to the student.")
    expected: str | None = Field(default=None, description="The right equation.")
    observed: str | None = Field(default=None, description="The equation that it is about.")


class Finding(_Record):
    """What was decided about one statement of an explanation, and how likely that is wrong: for the instructor alone.

    `check` is the one whose points rest on it, if any do.
    """

    id: str = Field(description="That of a concept or of a misconception.")
    check: str | None = Field(default=None, description="The check whose points rest on it, if any do.")
    statement: str = Field(description="What was looked for.")
    verdict: Literal["said", "missing", "accused", "spared"] = Field(
        description="`said` or `missing` of a concept, `accused` or `spared` of a misconception."
    )
    sentence: str | None = Field(default=None, description="The one that decided, or that came closest.")
    words: tuple[str, ...] = Field(default=(), description="What decided, where no pattern fits.")
    doubt: float = Field(ge=0, le=1, description="The probability that it is wrong.")


class QuestionResult(_Record):
    """One question: its checks, and the cells of the notebook that were read as its answer."""

    id: str = Field(description="The letter q and its number.")
    number: int = Field(ge=1, le=MOST_NUMBER, description="As the assignment counts.")
    title: str = Field(description="What it is called.")
    prompt: str | None = Field(default=None, description="The question as the assignment states it.")
    score: int = Field(ge=0, description="The points of its checks.")
    max_score: int = Field(ge=0, description="What they may earn.")
    status: Literal["answered", "missing", "error", "timeout"] = Field(
        description="`missing`: no answer was found; `error` and `timeout`: how its code ended."
    )
    cells: tuple[Annotated[int, Field(ge=0, le=10**6)], ...] = Field(
        description="Zero-based indices of the cells that were read as this answer."
    )
    confidence: float = Field(ge=0, le=1, description="How sure the reading of these cells as this answer is.")
    checks: tuple[CheckResult, ...] = Field(description="What was judged, in the order of the assignment.")
    advisories: tuple[Advisory, ...] = Field(default=(), description="Remarks that cost nothing.")
    pictures: tuple[Picture, ...] = Field(default=(), description="What a report draws, beside the checks.")
    findings: tuple[Finding, ...] = Field(
        default=(), description="What was decided about its explanation, and may be wrong: for the instructor alone."
    )

    @model_validator(mode="after")
    def _adds_up(self) -> QuestionResult:
        earned, points = sum(check.earned for check in self.checks), sum(check.points for check in self.checks)
        if self.score != earned:
            raise ValueError(f"{self.id}: score {self.score} where its checks sum to {earned}")
        if self.max_score != points:
            raise ValueError(f"{self.id}: max_score {self.max_score} where its checks sum to {points}")
        if self.status == "missing" and self.score:
            raise ValueError(f"{self.id}: score {self.score} where no answer was found")
        return self


class AssignmentInfo(_Record):
    """Which assignment, in which version of its pack."""

    id: str = Field(description="By which its pack is known.")
    title: str = Field(description="What it is called.")
    version: str = Field(description="The version of its pack.")


class SubmissionInfo(_Record):
    """Which file was graded. `name` is also the name of the folder that holds the results."""

    name: str = Field(description="Also the name of the folder that holds the results.")
    file: str = Field(description="The name of the file that was graded.")
    sha256: str | None = Field(description="Of the file; null where it could not be read.")
    chosen: str | None = Field(
        default=None, description="Where several notebooks were handed in: that this one was graded, and which not."
    )


Matcher = Literal["patterns", "semantic"]


class Environment(_Record):
    """On what the notebook was run, and what read its explanations. Fields are null where no kernel was started."""

    grader: str | None = Field(default=None, description="The version of the grader.")
    python: str | None = Field(default=None, description="The version of Python.")
    tensorflow: str | None = Field(default=None, description="The version of TensorFlow.")
    keras: str | None = Field(default=None, description="The version of Keras.")
    keras_generation: Literal[2, 3] | None = Field(default=None, description="On which Keras it was run.")
    sandbox: tuple[str, ...] = Field(default=(), description="What held its code in; `none` where nothing did.")
    seed: int = Field(default=0, description="From which all randomness started.")
    matcher: Matcher = Field(default="patterns", description="What read the explanations.")
    doubt: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="From which doubt on a decision about an explanation is flagged; null for the grader's own bound.",
    )
    secret: str | None = Field(
        default=None,
        description="The fingerprint of a secret that went into what was asked; null where none was given.",
    )
    files: str | None = Field(
        default=None, description="SHA-256 of the files that its code may have read; null where there were none."
    )
    wordings: str | None = Field(
        default=None, description="SHA-256 of the sentences that people had decided; null where none were given."
    )


class Result(_Record):
    """Everything that a grade says. Two runs on the same notebook on one day differ in `duration_s` alone."""

    # The field is called `schema` in JSON, which is a name that pydantic keeps for itself.
    schema_: Literal["grader/result/v1"] = Field(
        default="grader/result/v1", alias="schema", description="The form of the file."
    )
    assignment: AssignmentInfo = Field(description="Which assignment.")
    submission: SubmissionInfo = Field(description="What was graded.")
    status: Literal["graded", "unreadable", "failed"] = Field(
        description="`unreadable`: it is no notebook; `failed`: the grader could not do it."
    )
    reason: str | None = Field(default=None, description="Why there is no grade; null where there is one.")
    score: int = Field(ge=0, description="The points of all questions.")
    max_score: int = Field(ge=0, description="What they may earn.")
    environment: Environment = Field(description="On what it was run.")
    questions: tuple[QuestionResult, ...] = Field(default=(), description="In the order of the assignment.")
    flags: tuple[str, ...] = Field(default=(), description="What a human should look at.")
    not_reproduced: tuple[str, ...] = Field(
        default=(),
        description="What was saved with the notebook and a fresh run does not give: for the instructor alone.",
    )
    notes: tuple[str, ...] = Field(
        default=(), description="What the notebook asked for and could not be had where it was graded, to the student."
    )
    graded_on: date | None = Field(default=None, description="The day, where the grader was.")
    contact: str | None = Field(default=None, max_length=400, description="Whom students may ask about the grade.")
    repository: str | None = Field(
        default=None, max_length=200, description="Where they may open an issue about a verdict: owner/name on GitHub."
    )
    duration_s: float = Field(ge=0, description="How long grading took, in seconds.")

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="after")
    def _adds_up(self) -> Result:
        earned = sum(question.score for question in self.questions)
        points = sum(question.max_score for question in self.questions)
        if self.status != "graded" and (self.score or earned):
            raise ValueError(f"score {self.score or earned} where there is no grade ({self.status})")
        if self.score != earned:
            raise ValueError(f"score {self.score} where the questions sum to {earned}")
        if self.status == "graded" and self.max_score != points:
            raise ValueError(f"max_score {self.max_score} where the questions sum to {points}")
        numbers = [question.number for question in self.questions]
        if len(set(numbers)) < len(numbers):
            raise ValueError(f"question {max(numbers, key=numbers.count)} is there more than once")
        return self

    def marked(self, chosen: str | None, flags: Iterable[str]) -> Result:
        """The same with what is known of how it was handed in; what is to be looked at there comes last."""
        about = self.submission.model_copy(update={"chosen": chosen})
        return self.model_copy(update={"submission": about, "flags": (*self.flags, *flags)})

    def to_json(self) -> str:
        """The text of result.json, ending in a newline."""
        return self.model_dump_json(by_alias=True, indent=1) + "\n"


def without_grade(
    assignment: AssignmentInfo,
    max_score: int,
    path: Path,
    name: str,
    status: Literal["unreadable", "failed"],
    reason: str,
    took_s: float = 0.0,
    contact: str | None = None,
) -> Result:
    """The result of a submission that has no grade, for the reason given."""
    return Result(
        assignment=assignment,
        submission=SubmissionInfo(name=name, file=path.name, sha256=None),
        status=status,
        reason=reason if neutral(reason) else "no reason was given",
        score=0,
        max_score=max_score,
        environment=Environment(),
        graded_on=date.today(),
        contact=contact,
        duration_s=round(took_s, 2),
    )
