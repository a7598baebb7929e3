"""The outputs of one cell: how much is kept, and streams written as a terminal would show them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any

_BACKSPACES = re.compile("\b+")


@dataclass(slots=True)
class Allowance:
    """How much output a cell may still write, in characters, and how much was dropped."""

    limit: int
    used: int = 0
    dropped: int = 0

    @property
    def room(self) -> int:
        """What may still be taken."""
        return max(0, self.limit - self.used)

    def take(self, size: int) -> bool:
        """Use so much, or count it as dropped; whether it fitted."""
        fits = size <= self.room
        if fits:
            self.used += size
        else:
            self.dropped += size
        return fits


def merged(outputs: list[Any]) -> tuple[list[Any], list[int]]:
    """The outputs with neighbouring pieces of one stream made one and shown as a terminal would.

    Also gives the new place of each old output.
    """
    kept: list[Any] = []
    places: list[int] = []
    for stream, group in groupby(outputs, key=_stream_name):
        pieces = list(group)
        if stream is None:
            places += range(len(kept), len(kept) + len(pieces))
            kept += pieces
            continue
        text = shown("".join(piece["text"] for piece in pieces))
        places += [len(kept)] * len(pieces)
        kept.append({**pieces[0], "text": text})
    return kept, places


def _stream_name(output: Any) -> str | None:
    return output["name"] if output["output_type"] == "stream" else None


def shown(text: str) -> str:
    """What a terminal shows in the end: a return begins its line anew, a backspace takes one character back.

    Takes time linear in the text. (A pattern such as `.*\\r` takes quadratic time on one long line.)
    """
    if "\r" not in text and "\b" not in text:
        return text
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    line = line.rstrip("\r")
    # Keras 2 goes back over its progress bar by backspaces, and then writes a return.
    line = _take_back(line) if "\b" in line else line
    return line.rpartition("\r")[2]


def _take_back(line: str) -> str:
    kept: list[str] = []
    length = 0
    for piece in re.split("(\b+)", line):
        if not piece.startswith("\b"):
            kept.append(piece)
            length += len(piece)
            continue
        back = min(len(piece), length)
        length -= back
        while back:
            last = kept.pop()
            if len(last) > back:
                kept.append(last[:-back])
            back = max(0, back - len(last))
    return "".join(kept)
