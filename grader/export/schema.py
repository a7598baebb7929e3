"""The JSON Schema of result.json, shipped beside this file; `python -m grader.export.schema` writes it again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from grader.export.files import write_text
from grader.result import SCHEMA_NAME, Result

SHIPPED = Path(__file__).with_name("result.schema.json")
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of what `Result.to_json` writes: every field is there, also those that are null."""
    described = Result.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": DIALECT, "$id": f"urn:{SCHEMA_NAME.replace('/', ':')}", **described}


def text() -> str:
    """The schema as the text of the shipped file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    write_text(SHIPPED, text())
