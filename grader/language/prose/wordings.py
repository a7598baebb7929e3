"""Sentences that people decided, as a supplement to a pack: what says a statement, and what does not.

The file is JSON with a line for each sentence, so that a change of it is read as a difference. A sentence is known
again by its words: case, articles, endings and punctuation count for nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from grader.language.prose.words import stem

ARTICLES = frozenset({"a", "an", "the"})
CUT = "…"
"""Where a long sentence was quoted in part."""
SHORTEST = 3
"""A text of fewer words says different things in different places, so no decision about it is one about all."""
Form = tuple[str, ...]


class WordingsUnreadable(Exception):
    """A file has no sentences that could be read; the message names it, and says why."""


class Sentences(BaseModel):
    """What people decided about one concept or misconception: sentences that say it, and sentences that do not."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid")

    said: tuple[str, ...] = ()
    not_said: tuple[str, ...] = ()


class Wordings(BaseModel):
    """All that was decided for an assignment, by the ids of concepts and misconceptions."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid", populate_by_name=True)

    schema_name: Literal["grader/wordings/v1"] = Field(default="grader/wordings/v1", alias="schema")
    assignment: str
    statements: dict[str, Sentences] = {}

    def digest(self, question: str | None = None) -> str | None:
        """The SHA-256 of what is decided, of all or of a question; None where nothing is."""
        mine = {
            name: each.model_dump(mode="json")
            for name, each in sorted(self.statements.items())
            if question is None or name.startswith(f"{question}.")
        }
        return hashlib.sha256(json.dumps(mine).encode()).hexdigest() if mine else None

    def to_json(self) -> str:
        """The text of the file: everything in order, a line for each sentence."""
        ordered = {
            name: {"said": sorted(each.said), "not_said": sorted(each.not_said)}
            for name, each in sorted(self.statements.items())
        }
        made = {"schema": self.schema_name, "assignment": self.assignment, "statements": ordered}
        return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def read_wordings(path: Path) -> Wordings:
    """The sentences in a file. Raises `WordingsUnreadable`."""
    try:
        return Wordings.model_validate_json(path.read_bytes())
    except OSError as error:
        raise WordingsUnreadable(f"--wordings {path}: cannot be read ({error.strerror})") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise WordingsUnreadable(f"--wordings {path}: {where}: {first['msg']}") from error


@lru_cache(maxsize=16_384)
def form_of(text: str) -> Form:
    """By what a sentence is known again: its words by their stems, its signs and figures."""
    words = "".join(letter if letter.isalnum() or letter in "'+-=<>*/^_" else " " for letter in text.casefold()).split()
    cleaned = (word.strip("'-_*") for word in words)
    return tuple(stem(word) if word.isalpha() else word for word in cleaned if word and word not in ARTICLES)


class Known:
    """Sentences of one kind, to be known again."""

    def __init__(self, sentences: Collection[str]) -> None:
        self._whole = {form_of(each) for each in sentences if not each.endswith(CUT)}
        # The last word before the cut may be half of one.
        self._begun = {form_of(each)[:-1] for each in sentences if each.endswith(CUT)}
        self._lengths = sorted({len(each) for each in self._begun})

    def __contains__(self, text: object) -> bool:
        """Whether a sentence is one of them."""
        if not isinstance(text, str):
            return False
        form = form_of(text)
        if len(form) < SHORTEST:
            return False
        return form in self._whole or any(form[:length] in self._begun for length in self._lengths if length)
