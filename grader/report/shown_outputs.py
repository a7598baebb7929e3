"""What a cell put out, as the page shows it: text, verified pictures, sanitised tables, errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal

from markupsafe import Markup, escape

from grader.report.images import Picture, Unshowable, picture
from grader.report.page_limits import Budget, clip
from grader.report.prose import sanitised
from grader.text import neutral, neutral_lines

MOST_OUTPUTS = 60
MOST_LINES, MOST_CHARACTERS, MOST_RAW = 300, 12_000, 400_000
MOST_HTML, MOST_DEPTH = 60_000, 60
UNFOLDED_LINES, UNFOLDED_CHARACTERS = 10, 1_200
_TAGS = {
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "p", "br", "hr", "pre", "code", "samp", "kbd"),
    *("b", "strong", "i", "em", "u", "s", "sub", "sup", "small", "ul", "ol", "li", "dl", "dt", "dd", "blockquote"),
    *("div", "span"),
}
_ATTRIBUTES = {cell: {"colspan", "rowspan"} for cell in ("th", "td")}
_TEXT_KINDS = ("text/plain", "text/markdown", "text/latex")

Form = Literal["text", "html", "picture", "error", "note"]


@dataclass(frozen=True, slots=True)
class Output:
    """One output. `body` is safe HTML; `fold` is the line to show while it is folded, "" if it is shown at once."""

    form: Form
    body: Markup
    label: str
    fold: str = ""
    note: str = ""
    picture: Picture | None = None


def shown(outputs: Iterable[Mapping[str, Any]], cell: int, budget: Budget) -> Iterator[Output]:
    """The outputs of the cell that people count as number `cell`, within what the page has room for."""
    for place, output in enumerate(outputs):
        if place == MOST_OUTPUTS:
            yield _note("This cell has more outputs than are shown here.")
            return
        made = _shown(output, cell, budget)
        if made is None:
            continue
        if not budget.for_text(len(made.body) + 200):
            yield _note("This output is not shown, because the page would become too long.")
            return
        yield made


def _shown(output: Mapping[str, Any], cell: int, budget: Budget) -> Output | None:
    match output.get("output_type"):
        case "stream":
            name = "Messages" if output.get("name") == "stderr" else "Output"
            return _text(_joined(output.get("text")), f"{name} of cell {cell}")
        case "error":
            return _error(output, cell)
        case "execute_result" | "display_data":
            data = output.get("data")
            return _rich(data, cell, budget) if isinstance(data, Mapping) else None
    return None


def _rich(data: Mapping[str, Any], cell: int, budget: Budget) -> Output | None:
    """The best form that can be shown safely: a picture, HTML, text."""
    problem = ""
    for mime in ("image/png", "image/jpeg"):
        if mime in data:
            try:
                return _picture(mime, data, cell, budget)
            except Unshowable as error:
                problem = f"A picture is not shown: {error}."
    html = _joined(data.get("text/html"))
    if html and len(html) <= MOST_HTML and (made := _html(html, cell)):
        return made
    text = next((_joined(data[mime]) for mime in _TEXT_KINDS if mime in data), "")
    if text:
        return _text(text, f"Output of cell {cell}", problem)
    kinds = ", ".join(neutral(str(mime), 40) for mime in list(data)[:4])
    return _note(problem or f"An output of the kind {kinds or 'unknown'} is not shown here.")


def _picture(mime: str, data: Mapping[str, Any], cell: int, budget: Budget) -> Output:
    made = picture(mime, _joined(data[mime]))
    if not budget.for_picture(len(made.uri)):
        raise Unshowable("the page would become too large")
    return Output("picture", Markup(), f"Picture that cell {cell} drew", picture=made)


def _html(html: str, cell: int) -> Output | None:
    """HTML with the elements of text and tables alone; None if it is nested as no such output is."""
    body = sanitised(neutral_lines(html), _TAGS, _ATTRIBUTES)
    if _depth(body) > MOST_DEPTH:
        return None
    lines = body.count("<tr") + body.count("\n") // 2
    fold = f"Output of cell {cell}" if lines > UNFOLDED_LINES or len(body) > 3 * UNFOLDED_CHARACTERS else ""
    return Output("html", body, f"Output of cell {cell}", fold)


def _depth(html: str) -> int:
    """How deep the elements of sanitised HTML, in which each is closed, are nested."""
    steps = (-1 if closing else 1 for closing, name in re.findall(r"<(/?)(\w+)", html) if name not in ("br", "hr"))
    return max(accumulate(steps), default=0)


def _text(raw: str, label: str, note: str = "") -> Output | None:
    text = neutral_lines(raw if len(raw) <= MOST_RAW else f"{raw[: MOST_RAW // 2]}\n{raw[-MOST_RAW // 2 :]}")
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    if not text:
        return None
    lines = text.count("\n") + 1
    kept, left_out = clip(text, MOST_LINES, MOST_CHARACTERS)
    if len(raw) > MOST_RAW:
        left_out = f"{len(raw) - len(kept):,} characters in the middle are not shown here."
    long = lines > UNFOLDED_LINES or len(text) > UNFOLDED_CHARACTERS
    fold = f"{label}, {lines:,} line{'s' * (lines > 1)}" if long else ""
    return Output("text", escape(kept), label, fold, " ".join(filter(None, (note, left_out))))


def _error(output: Mapping[str, Any], cell: int) -> Output:
    name = neutral(str(output.get("ename", "")), 80) or "Error"
    value = neutral(str(output.get("evalue", "")), 600)
    return Output("error", escape(f"{name}: {value}" if value else name), f"Error in cell {cell}")


def _note(text: str) -> Output:
    return Output("note", escape(text), "Note")


def _joined(value: object) -> str:
    """Text of a notebook, which may be a list of lines."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(item for item in value if isinstance(item, str))
    return ""
