"""The JSON Schema of result.json, made from the model: `python -m grader.result.schema` writes the file anew."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from grader.files.links import placed
from grader.files.whole import write_text
from grader.result.model import SCHEMA_NAME, Result

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILE = "result.schema.json"


class _EveryField(GenerateJsonSchema):
    """Every field is required, also one with a default: `Result.to_json` writes them all."""

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,
        total: bool,
    ) -> bool:
        return True


def generate() -> dict[str, Any]:
    """The schema of what `Result.to_json` writes: every field is there, and no other.

    What no schema can say, that points add up and go with their status, the models see to.
    """
    made = Result.model_json_schema(by_alias=True, mode="serialization", schema_generator=_EveryField)
    return {"$schema": DIALECT, "$id": f"urn:{SCHEMA_NAME.replace('/', ':')}", **made, "title": SCHEMA_NAME}


def schema() -> dict[str, Any]:
    """The schema as shipped with the package (JSON Schema 2020-12)."""
    shipped: dict[str, Any] = json.loads(files("grader.result").joinpath(FILE).read_text(encoding="utf-8"))
    return shipped


def text() -> str:
    """The generated schema as the text of the shipped file."""
    return json.dumps(generate(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    write_text(placed(Path(__file__).with_name(FILE)), text())
