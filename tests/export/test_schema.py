"""The JSON Schema of result.json."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import grader.result
from grader.result.actions import actions
from grader.result.file import read
from grader.result.schema import generate, schema, text
from tests.report import samples

SHIPPED = Path(grader.result.__path__[0]) / "result.schema.json"


def valid(instance: Any) -> bool:
    """Whether the shipped schema accepts it, as any program that uses the schema would find."""
    return bool(jsonschema.Draft202012Validator(schema()).is_valid(instance))


def graded() -> Any:
    """The sample result, as JSON."""
    return json.loads(samples.graded().to_json())


def test_the_shipped_schema_is_the_one_that_the_model_gives():
    """Did somebody change the result, and forget the schema? Then run `python -m grader.result.schema`."""
    assert SHIPPED.read_text(encoding="utf-8") == text()
    assert schema() == generate()


def test_the_module_writes_the_shipped_file():
    """Does the command leave an up-to-date file as it is?"""
    before = SHIPPED.read_bytes()
    subprocess.run([sys.executable, "-m", "grader.result.schema"], check=True, timeout=60)
    assert SHIPPED.read_bytes() == before


def test_it_is_a_json_schema():
    """Is it correct by the rules of JSON Schema 2020-12?"""
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("status", ["unreadable", "failed"])
def test_results_are_valid(status: str):
    """Does the schema accept what the grader writes, with a grade and without?"""
    assert valid(graded())
    assert valid(json.loads(samples.without_grade(status, "a reason").to_json()))


def test_a_result_of_before_is_read(tmp_path: Path):
    """Is a result without what was added to the schema read as before, and does it have a page and things to do?"""
    older = graded()
    for question in older["questions"]:
        del question["prompt"]
        for check in question["checks"]:
            for name in ("todo", "reason", "about"):
                del check[name]
    (tmp_path / "result.json").write_text(json.dumps(older))
    found = read(tmp_path / "result.json")
    assert found.score == older["score"]
    assert len(actions(found)) == 3


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where every field of a JSON value is; of a list, its first item stands for all."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key)
            yield from paths(item, (*path, key))
    elif isinstance(value, list) and value:
        yield from paths(value[0], (*path, 0))


def holder(value: Any, path: tuple[Any, ...]) -> Any:
    """What holds the field at the end of the path."""
    for key in path[:-1]:
        value = value[key]
    return value


FIELDS = list(paths(graded()))


@pytest.mark.parametrize("path", FIELDS, ids=lambda path: ".".join(map(str, path)))
def test_a_result_without_one_of_its_fields_is_not_valid(path: tuple[Any, ...]):
    """Can whoever reads a valid result rely on every field?"""
    broken = copy.deepcopy(graded())
    del holder(broken, path)[path[-1]]
    assert not valid(broken)


@pytest.mark.parametrize("path", FIELDS, ids=lambda path: ".".join(map(str, path)))
def test_a_field_of_another_type_is_not_valid(path: tuple[Any, ...]):
    """Has every field a type?"""
    broken = copy.deepcopy(graded())
    holder(broken, path)[path[-1]] = {"other": "type"}
    assert not valid(broken)


@pytest.mark.parametrize("path", [path for path in FIELDS if path[-1] in ("status", "kind", "schema")], ids=str)
def test_a_word_of_our_own_is_not_valid(path: tuple[Any, ...]):
    """Are statuses and kinds closed lists?"""
    broken = copy.deepcopy(graded())
    holder(broken, path)[path[-1]] = "splendid"
    assert not valid(broken)


@pytest.mark.parametrize("name", ["score", "max_score", "earned", "points"])
def test_points_are_whole_and_not_negative(name: str):
    """Are -1 and 1.5 points refused, wherever points are?"""
    for path in (path for path in FIELDS if path[-1] == name):
        for value in (-1, 1.5):
            broken = copy.deepcopy(graded())
            holder(broken, path)[name] = value
            assert not valid(broken), path


def test_a_field_too_many_is_not_valid():
    """Does the contract say all that there is?"""
    assert not valid({**graded(), "bonus": 1})
