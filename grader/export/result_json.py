"""result.json: the grade as a file, from which every report and export can be made again."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from grader.export.files import write_text
from grader.result import Result
from grader.text import one_line

MOST_PROBLEMS = 3


class UnreadableResult(Exception):
    """A file is not a result.json; the message names the file, what is wrong, and what to do."""


def write(result: Result, path: Path) -> None:
    """Write a result in one step; raises `OSError` where that is not possible."""
    write_text(path, result.to_json())


def read(path: Path) -> Result:
    """The result in a file. Raises `UnreadableResult` for a file that is missing or does not hold one."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableResult(f"{path}: is not text in UTF-8; {_AGAIN}") from error
    except OSError as error:
        raise UnreadableResult(f"{path}: cannot be read ({error.strerror}); {_AGAIN}") from error
    try:
        return Result.model_validate_json(text)
    except ValidationError as error:
        raise UnreadableResult(f"{path}: is not a result of the grader: {_problems(error)}; {_AGAIN}") from error


_AGAIN = "give a result.json that `grader grade` wrote, or grade the notebook again"


def _problems(error: ValidationError) -> str:
    """The first few problems, each with its place: `questions.0.score: Input should be ...`."""
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    texts = []
    for problem in problems[:MOST_PROBLEMS]:
        place = ".".join(map(str, problem["loc"]))
        texts.append(one_line(f"{place}: {problem['msg']}" if place else problem["msg"], 200))
    if len(problems) > MOST_PROBLEMS:
        texts.append(f"and {len(problems) - MOST_PROBLEMS} more")
    return ", ".join(texts)
