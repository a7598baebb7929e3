"""result.json: written atomically, read with care. Whatever reads a result from a file reads it here."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from grader.files.opened import read_bytes
from grader.files.whole import write_text
from grader.pack.pictures import KINDS
from grader.result.model import SCHEMA_NAME, Result
from grader.result.rules import contradictions
from grader.result.schema import schema
from grader.text import neutral

__all__ = ["UnreadableResult", "content_of", "parsed", "read", "schema", "write"]

MOST_BYTES = 64 * 1024 * 1024
MOST_PROBLEMS = 3


class UnreadableResult(Exception):
    """A file is not a result; the message names the file, what is wrong, and what to do."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{neutral(str(path))}: {problem}")
        self.path = path
        self.problem = problem


def write(result: Result, path: Path) -> str:
    """Write a result as `grader/result/v1`, whole or not at all. Returns its digest.

    Raises `OSError` where it cannot be written.
    """
    return write_text(path, result.to_json())


def read(path: Path) -> Result:
    """Read a result.json. Raises `UnreadableResult` that says what is wrong with the file."""
    return parsed(path, content_of(path))


def parsed(path: Path, content: bytes) -> Result:
    """The result that is the content of a file. Raises `UnreadableResult`, as `read` does."""
    found = _parsed(path, content)
    if _leave_out_pictures(found):
        content = json.dumps(found).encode()
    try:
        result = Result.model_validate_json(content, strict=True)
    except ValidationError as error:
        raise UnreadableResult(path, _problems(error)) from error
    for problem in contradictions(result):
        raise UnreadableResult(path, f"{problem}; grade the notebook again")
    return result


def content_of(path: Path) -> bytes:
    """What is in a file that may be a result. Raises `UnreadableResult`, as `read` does."""
    try:
        return read_bytes(path, MOST_BYTES)
    except FileNotFoundError as error:
        raise UnreadableResult(path, "there is no such file; grade the notebook first") from error
    except IsADirectoryError as error:
        raise UnreadableResult(path, f"is a folder; give the file {path / 'result.json'}") from error
    except (OSError, ValueError) as error:  # ValueError: a name that no system has
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableResult(path, f"cannot be read ({why})") from error


def _parsed(path: Path, content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content, parse_constant=_no_number, object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise UnreadableResult(path, f"not UTF-8 text (byte {error.start}); grade the notebook again") from error
    except _NotOurs as error:
        raise UnreadableResult(path, f"{error}, which no grader writes; grade the notebook again") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UnreadableResult(path, f"not JSON ({error.msg}, {where}); grade the notebook again") from error
    except (RecursionError, ValueError) as error:
        raise UnreadableResult(path, "JSON that no grader writes; grade the notebook again") from error
    name = found.get("schema") if isinstance(found, dict) else None
    if name != SCHEMA_NAME:
        shown = "no schema name" if name is None else f"the schema {neutral(str(name), 60)!r}"
        raise UnreadableResult(path, f"has {shown} where this grader reads {SCHEMA_NAME!r}; grade the notebook again")
    return dict(found)


def _leave_out_pictures(found: dict[str, Any]) -> bool:
    """Leave out what another version of the grader draws, and this one does not: no point rests on it."""
    questions = found.get("questions")
    some_left_out = False
    for question in questions if isinstance(questions, list) else ():
        pictures = question.get("pictures") if isinstance(question, dict) else None
        if isinstance(pictures, list):
            kept = [each for each in pictures if not isinstance(each, dict) or each.get("kind") in KINDS]
            some_left_out |= len(kept) < len(pictures)
            question["pictures"] = kept
    return some_left_out


class _NotOurs(Exception):
    """JSON that parsers read, each in its own way."""


def _no_number(constant: str) -> NoReturn:
    raise _NotOurs(f"has the number {constant}")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise _NotOurs(f"has the field {neutral(twice, 40)!r} twice in one place")
    return made


def _problems(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_input=False)
    shown = []
    for item in found[:MOST_PROBLEMS]:
        where = ".".join(neutral(str(part), 40) for part in item["loc"])
        what = neutral(item["msg"].removeprefix("Value error, "), 200)
        shown.append(f"{where}: {what}" if where else what)
    more = f"; and {len(found) - MOST_PROBLEMS} more" if len(found) > MOST_PROBLEMS else ""
    return f"does not follow {SCHEMA_NAME} ({'; '.join(shown)}{more}); grade the notebook again"
