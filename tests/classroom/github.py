"""What GitHub's runner and the autograding reporter make of what a step says, written down from their sources.

`actions/runner`: `src/Runner.Common/ActionCommand.cs` (which lines are commands, and what is unescaped),
`src/Runner.Worker/FileCommandManager.cs` (the file of outputs). `classroom-resources/autograding-grading-reporter`:
`src/main.js`, `src/notify-classroom.js`, and `src/aggregate-results.js` of its earlier releases.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Command:
    """A line that the runner obeys."""

    name: str
    properties: dict[str, str] = field(default_factory=dict)
    data: str = ""


def commands(printed: str) -> list[Command]:
    """The commands among the lines of a log, but for those that are stopped."""
    found: list[Command] = []
    resume = None
    for line in printed.splitlines():
        command = _command(line)
        if resume is not None:
            resume = None if command is not None and command.name == resume else resume
        elif command is not None and command.name == "stop-commands":
            resume = command.data
        elif command is not None:
            found.append(command)
    return found


def _command(line: str) -> Command | None:
    stripped = line.lstrip()
    if stripped.startswith("::") and "::" in stripped[2:]:
        head, _, data = stripped[2:].partition("::")
        name, _, rest = head.partition(" ")
        pairs = [pair.partition("=") for pair in rest.split(",") if "=" in pair]
        return Command(name, {key.strip(): _property(value) for key, _, value in pairs}, _data(data))
    if "##[" in line:
        head, _, data = line[line.index("##[") + 3 :].partition("]")
        return Command(head.split(" ")[0], {}, data)
    return None


def _data(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def _property(text: str) -> str:
    return _data(text.replace("%3A", ":").replace("%2C", ","))


def outputs(content: str) -> dict[str, str]:
    """The outputs of a step, from the file that `$GITHUB_OUTPUT` names."""
    found = {}
    lines = iter(content.split("\n"))
    for line in lines:
        equals, heredoc = line.find("="), line.find("<<")
        if equals >= 0 and (heredoc < 0 or equals < heredoc):
            name, _, found[line[:equals]] = line.partition("=")
        elif heredoc >= 0:
            name, _, end = line.partition("<<")
            value = []
            for inner in lines:
                if inner == end:
                    break
                value.append(inner)
            found[name] = "\n".join(value)
        else:
            assert line == "", f"the runner refuses the line {line[:100]!r}"
    return found


@dataclass(frozen=True)
class Reported:
    """What the reporter shows: the sum of its notice, that of its table as it was and as it is, and its tests."""

    notice: float
    table: float
    most: int
    status: str
    tests: tuple[dict[str, Any], ...]
    printed: str


def report(runners: str, environment: dict[str, str]) -> Reported:
    """Read the variables of the named runners, as the reporter does."""
    read: list[dict[str, Any]] = []
    for runner in filter(None, runners.replace(",", " ").split()):
        assert runner.isalnum(), runner
        read.append(json.loads(base64.b64decode(environment[f"{runner.upper()}_RESULTS"], validate=True)))
    tests = tuple(test for result in read for test in result["tests"])
    passed = [sum(test["status"] == "pass" for test in result["tests"]) for result in read]
    table = [
        (count / len(result["tests"])) * (result["max_score"] or 1) for count, result in zip(passed, read, strict=True)
    ]
    statuses = {result["status"] for result in read}
    return Reported(
        notice=sum(test["score"] for result in read if result["max_score"] for test in result["tests"]),
        table=sum(table),
        most=sum(result["max_score"] for result in read),
        status="fail" if "fail" in statuses else "error" if "error" in statuses else "pass",
        tests=tests,
        printed="\n".join(map(_printed, tests)),
    )


def _printed(test: dict[str, Any]) -> str:
    sign, said = ("✅", "") if test["status"] == "pass" else ("❌", f"Error: {test['message']}\n")
    return f"{sign} {test['name']}\n{said}Test code:\n{test['test_code']}\n"
