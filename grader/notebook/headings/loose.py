"""Lines that begin with the name of a question, without a sign of a heading: "LSTM: ...", "<li><b>LSTM</b> ..."."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from grader.notebook.headings.labels import Label, label_of
from grader.notebook.headings.openings import TAGS

NAME_WORDS = 9

LEAD = 90
"""So many letters of a line are looked at: no name is longer."""

_BULLET = re.compile(
    r"(?:[-+*•◦▪●○➢➤→–][ \t]{1,4}|<(?:li|dt)\b[^<>\n]{0,100}>[ \t]{0,4}|\\item\b[ \t]{0,4})", re.IGNORECASE
)
_SET_OFF = re.compile(
    r"(?:[*_`\"“'\[]{1,3}|\\(?:textbf|textit|emph|underline)\{)(?P<text>[^*_`\"”'\]}\n]{1,90})[*_`\"”'\]}]{1,3}"
)
_ASKED = re.compile(
    r"[*_]{0,3}(?:q|que|ques|question|topic|frage|pregunta|quest[aã]o|domanda|вопрос)[*_]{0,3}[ \t]{0,2}[.:–—-]{1,2}"
    r"[*_]{0,3}[ \t]{1,4}",
    re.IGNORECASE,
)
"""The word for a question, without a number."""

_ENDS = re.compile(r"[.?!;][ \t]|[:=](?!\w)|[ \t][-–—]{1,2}>?[ \t]|[=-]>|[→—<|]|[ \t]{2}|\t")


@dataclass(frozen=True, slots=True)
class Named:
    """The name, with the number before it; whether it is all of the line; how many signs of a list are before it."""

    name: str
    label: Label | None
    is_alone: bool
    depth: int


def name_of_line(line: str, is_name: Callable[[str], bool]) -> Named | None:
    """The name with which a line begins; None for other lines."""
    body = line[: 2 * LEAD]
    bullet = _BULLET.match(body)
    body = body[bullet.end() :] if bullet else body
    while tag := TAGS.match(body):
        body = body[tag.end() :].lstrip()
    asked = _ASKED.match(body)
    body = body[asked.end() :] if asked else body
    set_off = _SET_OFF.match(body)
    end = _ENDS.search(body)
    leads = [set_off["text"]] if set_off else []
    leads.append(body[: end.start()] if end else body if len(body) <= LEAD else "")
    for lead in leads:
        label, name = label_of(lead.strip(), is_heading=True)
        name = name.strip(" \t*_`:.#=~-–—[]()\"'")
        if 0 < len(name.split()) <= NAME_WORDS and is_name(name):
            return Named(name, label, _says_nothing(line, lead), 1 if bullet else 0)
    return None


def _says_nothing(line: str, lead: str) -> bool:
    """Whether nothing but signs follows on the line."""
    rest = TAGS.sub(" ", line.partition(lead)[2])
    return not any(map(str.isalnum, rest))
