"""Names in code that call a question: `def answer_4():`, `class Question4:`, `part_d = "..."`, `{"q4": "..."}`."""

from __future__ import annotations

import re

KEY_LENGTH = 120
"""So much of a line is looked at for a key."""

_WORDS = (
    "question|answer|ans|task|exercise|problem|solution|sol|part|item|q|a|ex|frage|aufgabe|antwort|pregunta|ejercicio|"
    "respuesta|exercice|reponse"
)
_NAME = (
    rf"(?:(?:{_WORDS})_?){{0,2}}(?:(?<=[a-z_])0?(?P<number>\d{{1,2}})|"
    r"(?:(?<=_)|(?<= ))(?P<letter>[a-j]))(?=_|\b)"
)
_DEFINED = re.compile(rf"(?:async[ ])?(?:def|class)[ ]{{1,4}}{_NAME}", re.IGNORECASE)
_VARIABLE = re.compile(rf"(?=[a-z_]{{1,12}}[_\d]){_NAME}\w{{0,12}}", re.IGNORECASE)
_ASSIGNED = re.compile(r"(?P<name>\w{1,30})[ \t]{0,4}=(?!=)")


def called_by_definition(line: str) -> tuple[int, bool] | None:
    """The number of the question after which a line names a function or class, and whether it is a letter."""
    return _number(_DEFINED.match(line))


def called_by_assignment(line: str) -> tuple[int, bool] | None:
    """The same for the variable to which a line assigns something."""
    assigned = _ASSIGNED.match(line)
    return called_by_name(assigned["name"]) if assigned else None


def called_by_name(name: str) -> tuple[int, bool] | None:
    """The same for a variable's name: "answer_4", "q4_text"."""
    return _number(_VARIABLE.fullmatch(name))


def key_of(line: str) -> str:
    """The key before a value on a line of a dictionary, or in an assignment to one; empty if there is none."""
    for opening in ("{", "["):
        _, found, rest = line[:KEY_LENGTH].partition(opening)
        line = rest if found else line
    ends = [at for sign in ":=]" if (at := line.find(sign)) >= 0]
    return line[: min(ends)].strip(" \t\"'").replace("_", " ") if ends else ""


def _number(found: re.Match[str] | None) -> tuple[int, bool] | None:
    if found is None:
        return None
    if found["number"]:
        return int(found["number"]), False
    return ord(found["letter"].lower()) - ord("a") + 1, True
