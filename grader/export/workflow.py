"""What a step of a GitHub workflow says to its runner: commands on standard output, lines in the file of its outputs.

A command is a line that begins with `::`, or that has `##[` anywhere in it; what it holds is escaped as
`actions/toolkit` does it (`packages/core/src/command.ts`).
"""

from __future__ import annotations

import re
import secrets
from typing import Literal

from grader.text import neutral, neutral_lines

Level = Literal["error", "warning", "notice"]
LONGEST = 4_000
"""How many characters of a message are shown."""
TITLE = 200
_NAME = re.compile(r"[a-z][a-z0-9-]*")


def annotation(level: Level, file: str, title: str, message: str) -> str:
    """A line that has GitHub show a message, at a file of the repository if one is named, whatever the texts hold."""
    named = {"file": neutral(file, TITLE), "title": neutral(title, TITLE)}
    where = ",".join(f"{name}={_property(text)}" for name, text in named.items() if text)
    return f"::{level} {where}::{_data(neutral_lines(message, LONGEST).strip())}"


def output(name: str, value: str) -> str:
    """What sets an output of the step, as text for the file that `$GITHUB_OUTPUT` names, ending in a line break.

    Raises `ValueError` where the name is none.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of an output")
    if len(value.splitlines()) <= 1 and not value.endswith(("\n", "\r")) and "<<" not in value:
        return f"{name}={value}\n"
    end = f"end-{secrets.token_hex(16)}"  # a value cannot hold what nobody knew when it was written
    return f"{name}<<{end}\n{value}\n{end}\n"


def silence() -> tuple[str, str]:
    """Two lines between which the runner takes nothing for a command."""
    token = secrets.token_hex(16)
    return f"::stop-commands::{token}", f"::{token}::"


def no_command(text: str, limit: int) -> str:
    """The text on one line, so that a program may print it behind words of its own, and no runner obeys it."""
    return neutral(text, limit).replace("##[", "## [")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
