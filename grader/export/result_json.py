"""result.json: written atomically, read with care."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from grader.export.files import write_text
from grader.export.schema import schema
from grader.result import SCHEMA_NAME, Result
from grader.text import neutral

__all__ = ["UnreadableResult", "read", "schema", "write"]

MOST_BYTES = 64 * 1024 * 1024
MOST_PROBLEMS = 3


class UnreadableResult(Exception):
    """A file is not a result; the message names the file, what is wrong, and what to do."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{neutral(str(path))}: {problem}")
        self.path = path


def write(result: Result, path: Path) -> None:
    """Write a result as `grader/result/v1`, whole or not at all. Raises `OSError` where it cannot be written."""
    write_text(path, result.to_json())


def read(path: Path) -> Result:
    """Read a result.json. Raises `UnreadableResult` that says what is wrong with the file."""
    content = _bytes(path)
    _check_version(path, content)
    try:
        return Result.model_validate_json(content, strict=True)
    except ValidationError as error:
        raise UnreadableResult(path, _problems(error)) from error


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableResult(path, f"larger than {MOST_BYTES // 2**20} MB, so it is not a result of this grader")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableResult(path, "there is no such file; grade the notebook first") from error
    except IsADirectoryError as error:
        raise UnreadableResult(path, f"is a folder; give the file {path / 'result.json'}") from error
    except OSError as error:
        raise UnreadableResult(path, f"cannot be read ({error.strerror})") from error


def _check_version(path: Path, content: bytes) -> None:
    try:
        found = json.loads(content)
    except UnicodeDecodeError as error:
        raise UnreadableResult(path, f"not UTF-8 text (byte {error.start}); grade the notebook again") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UnreadableResult(path, f"not JSON ({error.msg}, {where}); grade the notebook again") from error
    except (RecursionError, ValueError) as error:
        raise UnreadableResult(path, "JSON that no grader writes; grade the notebook again") from error
    name = found.get("schema") if isinstance(found, dict) else None
    if name != SCHEMA_NAME:
        shown = "no schema name" if name is None else f"the schema {neutral(str(name), 60)!r}"
        raise UnreadableResult(path, f"has {shown} where this grader reads {SCHEMA_NAME!r}; grade the notebook again")


def _problems(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_input=False)
    shown = [
        f"{'.'.join(neutral(str(part), 40) for part in item['loc']) or 'the whole'}: {neutral(item['msg'], 200)}"
        for item in found[:MOST_PROBLEMS]
    ]
    more = f"; and {len(found) - MOST_PROBLEMS} more" if len(found) > MOST_PROBLEMS else ""
    return f"does not follow {SCHEMA_NAME} ({'; '.join(shown)}{more}); grade the notebook again"
