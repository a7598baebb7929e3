"""Regular expressions: is each one linear, and is one that is not told from one that is?"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from tests.linear.collect import ROOT, Site, Use
from tests.linear.patterns import why_not_linear

BOUNDED = {
    ("grader/report/charts.py", "<metadata>"): "what matplotlib draws of numbers, which holds each element once",
    ("grader/report/charts.py", "<svg [^>]*"): "what matplotlib draws of numbers, which holds one root",
    (
        "grader/report/markdown.py",
        "&#96;((?:",
    ): "at most `MESSAGE_LIMIT` characters, and what opens ends at the next sign",
}
"""Patterns that would take more on another text, by their file and beginning; and what makes theirs harmless."""

BAD = [
    (r"(a+)+b", 0),
    (r"(a|b)*c", 0),
    (r"(a|a)*b", 0),
    (r"(?:a*b?)*c", 0),
    (r"a+a+$", 0),
    (r"\s*#", 0),
    (r"^\s*#", re.MULTILINE),
    (r"^\s*>+", re.MULTILINE),
    (r"x.*y", 0),
    (r"x.*?y", 0),
    (r"```[\s\S]*?```", 0),
    (r"<!--.*?-->", re.DOTALL),
    (r"<[^>]*>", 0),
    (r"\w+(?=\()", 0),
    (r"\w+(?!x)y", 0),
    (r"\d+\.\d+x", 0),
    (r"'(?:[^'\\]|\\.)*'", 0),
    (r"[^x]{0,3000}x", 0),
    (r"\{[^}]{0,3000}\}", 0),
    (r"[ab]{0,400}[bc]{0,400}d", 0),
    (r"(?i:A)+b", 0),
    (r"\b[\w ]+\b:", 0),
]
GOOD = [
    (r"^[ \t]*#", re.MULTILINE),
    (r"^[^\S\n]*>+", re.MULTILINE),
    (r"^\s*#", 0),
    (r"\A\s*#", re.MULTILINE),
    (r"(?<!\s)\s*#", 0),
    (r"\s{0,60}#", 0),
    (r"\w+", 0),
    (r"a*", 0),
    (r"\d+(?:\.\d+)?", 0),
    (r"\b\w+\b:", 0),
    (r"(?<![A-Za-z])[A-Za-z]+\(", 0),
    (r"`[^`\n]{1,40}`", 0),
    (r"x[^\n]*", 0),
    (r"x[^\n]*\n?", 0),
    (r"(?:[#>]+|a)*", 0),
    (r"(?:\\.|[^\\])+", 0),
    (r"(?<!\\)'(?:[^'\\]|\\.)*'", 0),
    (r"#[^#]*#?", 0),
]


@cache
def collected() -> dict[str, list[dict[str, Any]]]:
    """What the packages compile; in a process of its own, since here their modules are imported already."""
    command = [sys.executable, "-m", "tests.linear.collect"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    return found


def uses() -> list[Use]:
    return [Use(**each) for each in collected()["uses"]]


def reason(use: Use) -> str | None:
    return why_not_linear(use.pattern, use.flags, restarts=use.restarts)


def excepted(use: Use) -> bool:
    return any(use.file == file and use.pattern.startswith(beginning) for file, beginning in BOUNDED)


@pytest.mark.parametrize("package", ["grader/language", "grader/notebook", ""])
def test_every_pattern_is_linear(package: str) -> None:
    """Is there no regular expression in the packages that may take more than linear time?"""
    named = ("grader/language", "grader/notebook")
    ours = [use for use in uses() if (use.file.startswith(package) if package else not use.file.startswith(named))]
    wrong = [
        f"{use.file}:{use.line}: {use.pattern!r}: {found}"
        for use in ours
        if not excepted(use) and (found := reason(use))
    ]
    assert len(ours) > 10
    assert not wrong, "\n".join(wrong)


def test_every_pattern_is_seen() -> None:
    """Is the pattern of every call of `re` known, also of one that is made while the program runs?"""
    assert [Site(**site) for site in collected()["unknown"]] == []


@pytest.mark.parametrize(("file", "beginning"), BOUNDED)
def test_every_exception_is_needed(file: str, beginning: str) -> None:
    """Does each exception stand for one pattern that is there, and that needs it?"""
    meant = [use for use in uses() if use.file == file and use.pattern.startswith(beginning)]
    assert [reason(use) is not None for use in meant] == [True]


def test_the_patterns_of_the_pack_are_among_them() -> None:
    """Are the expressions looked at that are built while the program runs: the topics of the questions?"""
    assert sum(use.file == "grader/notebook/headings/topics.py" for use in uses()) > 20


@pytest.mark.parametrize(("pattern", "flags"), BAD)
def test_a_slow_pattern_is_told(pattern: str, flags: int) -> None:
    """Is a pattern known that takes more than linear time where it is looked for in a text?"""
    assert why_not_linear(pattern, flags) is not None


@pytest.mark.parametrize(("pattern", "flags"), GOOD)
def test_a_linear_pattern_is_left_alone(pattern: str, flags: int) -> None:
    """Is a linear pattern not accused?"""
    assert why_not_linear(pattern, flags) is None


@pytest.mark.parametrize(("pattern", "slow"), [(r"\s*#", False), (r"x.*y", False), (r"a+a+$", True), (r"(a+)+b", True)])
def test_a_pattern_held_against_one_place(pattern: str, slow: bool) -> None:
    """Is a pattern that is tried at the beginning alone blamed only for what it does there?"""
    assert (why_not_linear(pattern, restarts=False) is not None) == slow


def test_what_cannot_be_analysed_is_refused() -> None:
    """Is a pattern with a back reference, which the analysis does not follow, not let pass?"""
    assert why_not_linear(r"(a+)b\1") is not None
