"""`course.toml`: what a course makes of points and of time. Everything in it may be left out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from grader.files.links import placed
from grader.files.opened import read_bytes
from grader.gradebook.suggest import student, unknown
from grader.pack.verdict import Kind
from grader.result.names import BadRequest
from grader.roll.roll import Row

COURSE = "course.toml"
"""The name of the file in a folder of results."""
MOST_BYTES = 1 << 20
REPOSITORY = re.compile(r"^[A-Za-z0-9][\w.-]{0,80}/[\w.-]{1,100}$")
"""What a repository on GitHub is called."""
KINDS = get_args(Kind)
FIRST_YEAR, LAST_YEAR = 1970, 9000
"""Of times that can be reckoned with, in every zone."""
Number = Annotated[Decimal, Field(decimal_places=9, allow_inf_nan=False)]
"""With a power of ten for its denominator that costs nothing to reckon with."""
Amount = Annotated[Number, Field(ge=0, le=1_000_000)]


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{name} is no time zone; give one such as Europe/Berlin, America/New_York or UTC") from error
    return name


def checked(moment: datetime) -> datetime:
    """A time of a course. Raises `ValueError` for one that cannot be reckoned with."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"{moment.year} is no year of a course")
    return moment


def _no_number(value: object) -> object:
    # 20261130 would be taken for seconds since 1970, and "1.7e9" as well.
    if isinstance(value, int | float | Decimal) or (isinstance(value, str) and _is_number(value)):
        raise ValueError(f"{value} is no time; write it as 2026-11-30T23:59:00")
    return value


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


Time = Annotated[datetime, BeforeValidator(_no_number), AfterValidator(checked)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid")


class Penalty(_Table):
    """What being late costs: so many per cent of the points for each hour or day that has begun, at most so many."""

    percent: Annotated[Number, Field(gt=0, le=100)] = Field(description="Of the points, for each that has begun.")
    per: Literal["hour", "day"] = Field(default="day", description="What is counted.")
    most: Annotated[Number, Field(gt=0, le=100)] = Field(
        default=Decimal(100), description="No more is taken off, in per cent."
    )


class Rounding(_Table):
    """To which step a grade is rounded, and which way: `half-up` to the nearest, and up from the middle."""

    step: Annotated[Number, Field(gt=0, le=1000)] = Field(
        default=Decimal("0.01"), description="0.5, say, for half points."
    )
    way: Literal["half-up", "half-even", "up", "down"] = Field(
        default="half-up", description="`half-up`: from the middle up; `half-even`: from the middle to the even step."
    )


class Course(_Table):
    """The settings of a course."""

    name: str | None = Field(default=None, min_length=1, description="By which a server tells classes apart.")
    gradebook: str | None = Field(default=None, description="The URL of the server that keeps the gradebook.")
    contact: str | None = Field(default=None, max_length=400, description="Whom students may ask about their grade.")
    repository: str | None = Field(
        default=None,
        pattern=REPOSITORY.pattern,
        description="Where students may open an issue about a verdict: owner/name on GitHub.",
    )
    timezone: Annotated[str, AfterValidator(_zone)] = Field(default="UTC", description="Of times without one.")
    deadline: Time | None = Field(default=None, description="After it, a submission is late.")
    grace_minutes: int = Field(default=0, ge=0, le=60 * 24 * 365, description="How late is still in time.")
    penalty: Penalty | None = Field(default=None, description="What being late costs; needs a deadline.")
    attempt: Literal["best", "last", "first"] = Field(
        default="last", description="Which of several submissions counts."
    )
    total: Annotated[Number, Field(gt=0, le=1_000_000)] | None = Field(default=None, description="Of a whole grade.")
    missing: Literal["blank", "zero"] = Field(default="blank", description="What who handed in nothing gets.")
    rounding: Rounding = Field(default=Rounding(), description="How a grade is rounded.")
    points: dict[str, Amount] = Field(default={}, description="What a question is worth, by its id.")
    weights: dict[Kind, Amount] = Field(
        default={}, description="What a point of a kind of check counts; 1 if not given."
    )
    extensions: dict[str, Time] = Field(default={}, description="Deadlines of their own, by student.")

    @model_validator(mode="after")
    def _there_is_a_deadline(self) -> Course:
        if self.penalty is not None and self.deadline is None:
            raise ValueError("a penalty needs a deadline; add deadline = 2026-11-30T23:59:00")
        if self.weights and not any(self.weights.get(kind, 1) for kind in KINDS):
            raise ValueError("the weights of all kinds are 0, so nothing would count")
        return self

    def moment(self, time: datetime) -> datetime:
        """A time, in the zone of the course unless it names one."""
        return time if time.tzinfo is not None else time.replace(tzinfo=ZoneInfo(self.timezone))

    @property
    def grace(self) -> timedelta:
        """How late is still in time."""
        return timedelta(minutes=self.grace_minutes)

    @property
    def is_plain(self) -> bool:
        """Whether a grade is the points as they are."""
        return not (self.penalty or self.total or self.points or self.weights)


PLAIN = Course.model_construct()
"""Nothing of what can be said. It is not validated, so that who has no settings waits for nothing."""


def read_course(folder: Path, given: Path | None = None) -> Course:
    """The settings beside the results, or those of another file; none where there is no such file beside the results.

    Raises `BadRequest` that says what is not right, and what would be.
    """
    path = folder / COURSE if given is None else given
    try:
        # What the instructor names may be a link, or a pipe.
        content = read_bytes(placed(path), MOST_BYTES) if given is None else given.read_bytes()
        text = content.decode("utf-8-sig")  # as some editors write it
    except (FileNotFoundError, NotADirectoryError):
        if given is None:
            return PLAIN
        raise BadRequest(f"--course {given}: there is no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise BadRequest(f"{path} cannot be read: {why}") from error
    try:
        return Course.model_validate(tomllib.loads(text, parse_float=Decimal))
    except tomllib.TOMLDecodeError as error:
        raise BadRequest(f"{path} is not TOML: {error}") from error
    except ValidationError as error:
        raise BadRequest(f"{path}: {'; '.join(_problem(each) for each in error.errors()[:3])}") from error
    except (RecursionError, ValueError) as error:  # nested without end, a number of thousands of digits
        raise BadRequest(f"{path} cannot be read: {error}") from error


def check_names(course: Course, questions: Iterable[str], rows: Sequence[Row]) -> None:
    """Raise `BadRequest` where the settings speak of a question or a student that there is not."""
    known = list(questions)
    for id_ in course.points:
        if known and id_ not in known:
            raise BadRequest(f"{COURSE}: points: {unknown('question', id_, known)}")
    for name in course.extensions:
        try:
            student(rows, name)
        except BadRequest as error:
            raise BadRequest(f"{COURSE}: extensions: {error}") from error


def _problem(error: Any) -> str:
    """One thing that is not right, in words."""
    *where, last = [str(part) for part in error["loc"] if part != "[key]"] or [""]
    place = ".".join(where)
    if error["type"] == "extra_forbidden":
        fields = _TABLES.get(place, Course).model_fields
        return f"{place + ': ' if place else ''}{unknown('setting', last, fields)}"
    if error["type"] == "literal_error" and "[key]" in error["loc"]:
        return f"{place}: {unknown('kind of check', last, KINDS)}"
    full = ".".join([*where, last]).strip(".")
    if error["type"] == "literal_error":
        return f"{full}: {error['input']!r} is not {error['ctx']['expected']}"
    return f"{full + ': ' if full else ''}{error['msg'].removeprefix('Value error, ')}"


_TABLES: dict[str, type[BaseModel]] = {"penalty": Penalty, "rounding": Rounding}
