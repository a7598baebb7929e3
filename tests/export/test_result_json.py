"""result.json, written and read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.export.result_json import UnreadableResult, read, write
from grader.result import Result
from tests.report import samples

RESULTS = {
    "graded": samples.graded(),
    "unreadable": samples.without_grade("unreadable", "hw.ipynb: is not JSON"),
    "failed": samples.without_grade("failed", "no kernel could be started"),
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_comes_back_as_it_was_written(name: str, tmp_path: Path):
    """Is nothing lost on the way through the file?"""
    write(RESULTS[name], tmp_path / "result.json")
    assert read(tmp_path / "result.json") == RESULTS[name]


@given(text=st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_comes_back(text: str, tmp_path_factory: pytest.TempPathFactory):
    """Do the words of a student come back, whatever characters they hold?"""
    path = tmp_path_factory.mktemp("results") / "result.json"
    result = samples.without_grade("failed", text)
    write(result, path)
    assert read(path).reason == text


def test_the_same_result_gives_the_same_bytes(tmp_path: Path):
    """Do two files of one result differ in nothing?"""
    for name in ("a.json", "b.json"):
        write(samples.graded(), tmp_path / name)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def changed(**fields: Any) -> str:
    """The text of a result.json in which some fields of the whole are others."""
    return json.dumps({**json.loads(samples.graded().to_json()), **fields})


def overpaid() -> str:
    """A result in which a check earns more than it is worth."""
    content = json.loads(samples.graded().to_json())
    content["questions"][0]["checks"][0]["earned"] = 99
    return json.dumps(content)


BROKEN = {
    "not JSON": ("{", "JSON"),
    "an empty file": ("", "JSON"),
    "a list": ("[]", "schema"),
    "another version": (changed(schema="grader/result/v2"), "grader/result/v2"),
    "an unknown status": (changed(status="splendid"), "status"),
    "a field too many": (changed(bonus=3), "bonus"),
    "a negative score": (changed(score=-1), "score"),
    "a share of a point": (changed(score=1.5), "score"),
    "a number as text": (changed(score="69"), "score"),
    "an overpaid check": (overpaid(), "99 points"),
    "a deep nest": ("[" * 100_000, "JSON"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_result_is_refused_with_a_reason(name: str, tmp_path: Path):
    """Does the error name the file and the problem?"""
    content, problem = BROKEN[name]
    path = tmp_path / "result.json"
    path.write_text(content)
    with pytest.raises(UnreadableResult) as caught:
        read(path)
    assert str(path) in str(caught.value)
    assert problem in str(caught.value)
    assert len(str(caught.value)) < 1_500


def test_a_missing_file_a_folder_and_bytes_are_refused(tmp_path: Path):
    """Is there one kind of error for everything that cannot be read?"""
    (tmp_path / "bytes.json").write_bytes(b'{"schema": "\xff\xfe"}')
    for path in (tmp_path / "none.json", tmp_path, tmp_path / "bytes.json"):
        with pytest.raises(UnreadableResult, match=re.escape(str(path))):
            read(path)


def test_an_error_shows_no_control_characters(tmp_path: Path):
    """Can a broken file send escapes to the terminal of the one who reads it?"""
    path = tmp_path / "result.json"
    path.write_text(changed(**{"\u001b[31mred\u202e": 1, "schema": "grader/result/v1"}))
    with pytest.raises(UnreadableResult) as caught:
        read(path)
    assert not set(str(caught.value)) & {"\x1b", "\u202e"}


def test_the_duration_alone_differs_between_two_runs():
    """Is `duration_s` a field of its own, so that two runs can be compared without it?"""
    first, second = samples.graded(duration_s=1.0), samples.graded(duration_s=2.0)
    assert first != second
    assert first.model_copy(update={"duration_s": 2.0}) == second


def test_a_result_is_frozen(result: Result):
    """Is it impossible to change a grade in passing?"""
    with pytest.raises(ValueError, match="frozen"):
        result.score = 100  # type: ignore[misc]


@pytest.fixture
def result() -> Result:
    """A graded submission."""
    return samples.graded()
