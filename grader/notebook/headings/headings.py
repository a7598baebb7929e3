"""Lines that stand over what follows: headings of every kind, labelled lines, items of lists, rows of tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from grader.language.hyphens import is_cut
from grader.notebook.blocks.marks import Mark
from grader.notebook.headings.labels import Label, label_of
from grader.notebook.headings.loose import name_of_line
from grader.notebook.headings.openings import BOLD, CLOSING, ITEM, LINE, ROW, TAGS, opening

MAX_LINES, MAX_LINE = 3_000, 400
"""So many lines of a text are looked at, and so much of each: no heading is longer."""

FEW_WORDS = 6
MAX_WORDS = 16
"""What has more words is no title, but text in large letters."""

TITLE_LENGTH, MAX_SETEXT = 120, 100
FITS = 2
"""A line of signs that is as long as the title above it, but for so many, underlines it."""

LOOSE = 16
"""The level of lines that have neither signs nor numbers, and say nothing but the name of a question."""

_QUOTE = re.compile(r"[ \t]{0,12}(?:>[ \t]{0,3}){0,4}")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:={2,200}|-{2,200}|~{3,200}|\^{3,200}|\+{3,200})[ \t]{0,8}")
_BULLET = re.compile(r"(?:[-+*•◦▪●○➢➤→–][ \t]{1,4})")
_BOLD = re.compile(r"(\*{1,3}|_{1,3}|<b>|<strong>)(?=\S)")
_CELLS = re.compile(r"[ \t]{0,3}\|(?P<first>[^|\n]{0,60})\|(?P<second>[^|\n]{0,400})(?P<end>\||$)")
_CELL_TAGS = re.compile(r"(?:</?t[rdh]\b[^<>\n]{0,100}>[ \t]{0,4})+", re.IGNORECASE)
_LINK = re.compile(r"\[(?P<text>[^\[\]\n]{1,160})\]\(#[^()\n]{0,160}\)[ \t]{0,3}")
_CLAUSE = re.compile(r"[.?!;]\s|:(?=\s|$)|\s[-–—=:]{1,2}>?\s|=>|->|→|—")
_POINTS = re.compile(r"[(\[]\d{1,3}[ ]?(?:points?|pts?|marks?|p|m)?\.?[)\]]", re.IGNORECASE)
"""What an answer is worth is no part of a title."""

_SIGNS = re.compile(r"[*_`~]{1,3}|\\$")
_FORM_FIELD = re.compile(r"\{[^{}\n]{0,200}\}[ \t]{0,8}$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line (two, if underlined) from `start` to `end`. `is_alone` is false where the text goes on behind its label.

    `title` is what it says without its label; `is_link` is true for a line of contents, which leads elsewhere.
    """

    start: int
    end: int
    level: int
    label: Label | None
    title: str
    is_alone: bool
    is_link: bool = False


def headings(text: str, marks: dict[int, Mark], is_name: Callable[[str], bool]) -> list[Heading]:
    """All headings of a text, in order. `marks` are its marks by where they begin; `is_name` knows the questions."""
    return list(_headings(text, marks, is_name))


def _nothing(title: str) -> bool:
    """Of a line that begins or ends in the middle of a word: it names no question."""
    return False


def _headings(text: str, marks: dict[int, Mark], is_name: Callable[[str], bool]) -> Iterator[Heading]:
    start = 0
    lines = text.split("\n", MAX_LINES)[:MAX_LINES]
    for index, line in enumerate(lines):
        end = start + len(line)
        goes_on = is_cut(line) or (index > 0 and is_cut(lines[index - 1]))
        found = _setext(lines, index, start) or _heading(
            line[:MAX_LINE], start, end, marks, _nothing if goes_on else is_name
        )
        if found is not None:
            yield found
        start = end + 1


def _setext(lines: list[str], index: int, start: int) -> Heading | None:
    line = lines[index]
    if index + 1 >= len(lines) or not 0 < len(line.strip()) <= MAX_SETEXT or _UNDERLINE.fullmatch(line):
        return None
    below = lines[index + 1][:MAX_LINE]
    if not _UNDERLINE.fullmatch(below) or line.lstrip()[0] in "|#>-*+":
        return None
    fits = abs(len(below.strip()) - len(line.strip())) <= FITS
    if index and lines[index - 1].strip() and not fits:
        return None  # the last line of a paragraph, and a rule
    label, rest = label_of(line.strip(), is_heading=True)
    level = 1 if "=" in below else 2
    return Heading(start, start + len(line) + 1 + len(lines[index + 1]), level, label, _title(rest), is_alone=True)


def _heading(line: str, start: int, end: int, marks: dict[int, Mark], is_name: Callable[[str], bool]) -> Heading | None:
    quote = _QUOTE.match(line)
    at = quote.end() if quote else 0
    indentation = len(line[:at].replace("\t", "    ").replace(">", ""))
    if not line[at:].strip():
        return None
    row = _row(line, start, end)
    if row is not None:
        return row
    begin = at
    level, at, is_alone = opening(line, at)
    mark = _numbered(start, line, marks)
    if mark is not None and (level is None or not is_alone):
        return _marked(line, start, end, mark)
    if level is not None:
        found = _headed(line, at, start, end, level, is_alone=is_alone, mark=mark)
    else:
        found = _item(line[at:], start, end, indentation)
    return found or _loose(line[begin:], start, end, indentation, is_name)


def _numbered(start: int, line: str, marks: dict[int, Mark]) -> Mark | None:
    """The mark with a word and a number at the beginning of the line."""
    for place in range(start, start + len(line) - len(line.lstrip()) + 1):
        mark = marks.get(place)
        if mark is not None and mark.strength == "strong" and mark.number is not None:
            return mark
    return None


def _marked(line: str, start: int, end: int, mark: Mark) -> Heading:
    rest = line[mark.end - start :]
    bold = line.lstrip(" \t>")[:2] in ("**", "__")
    is_alone = not rest.strip(CLOSING)
    label = Label("word", mark.number or 0)
    if bold and rest.rstrip(" \t:.").endswith(("**", "__")):
        return Heading(start, end, BOLD, label, _title(rest), is_alone=True)
    return Heading(start, end, BOLD if bold and is_alone else LINE, label, clause(rest), is_alone)


def _headed(
    line: str, at: int, start: int, end: int, level: int, *, is_alone: bool, mark: Mark | None
) -> Heading | None:
    body = _FORM_FIELD.sub("", line[at:])
    label: Label | None
    if mark is not None:
        label, rest = Label("word", mark.number or 0), line[max(at, mark.end - start) :]
    else:
        label, rest = label_of(TAGS.sub("", body).strip(" \t*_"), is_heading=True)
    if not is_alone and label is None:
        return None  # "**Advantages:** it is fast" is text like other text
    link = _LINK.match(rest)
    is_alone = is_alone and len(rest.split()) <= MAX_WORDS
    title = _title(link["text"] if link else rest) if is_alone else clause(rest)
    found = Heading(start, end, level, label, title, is_alone)
    return replace(found, is_link=True) if link and link.end() >= len(rest.rstrip()) else found


def _item(body: str, start: int, end: int, indentation: int) -> Heading | None:
    bullet = _BULLET.match(body)
    content = body[bullet.end() :] if bullet else body
    link = _LINK.match(content)
    if link and bullet and link.end() >= len(content.rstrip()):
        label, rest = label_of(link["text"], is_heading=True)
        return Heading(start, end, ITEM, label, _title(rest), is_alone=True, is_link=True)
    depth = min(5, indentation // 2 + (1 if bullet else 0))
    level, at, is_alone = opening(content, 0) if bullet else (None, 0, False)
    if level is not None and is_alone and len(content.split()) <= MAX_WORDS:
        label, rest = label_of(content[at:], is_heading=True)
        return Heading(start, end, ITEM + depth, label, _title(rest), is_alone=True)
    label, rest = label_of(content, is_heading=False)
    if label is None and not bullet:
        return _called(content, start, end)
    if label is None:
        return None
    level = ITEM + depth
    bold = _BOLD.match(rest)
    if bold and len(bold[1]) > 1 and not rest.partition(bold[1])[2].partition(bold[1])[2].strip(CLOSING):
        return Heading(start, end, level, label, _title(rest), is_alone=True)
    link = _LINK.match(rest)
    is_link = link is not None and link.end() >= len(rest.rstrip())
    return Heading(start, end, level, label, clause(link["text"] if link else rest), not rest.strip(), is_link)


def _called(line: str, start: int, end: int) -> Heading | None:
    """A line that begins with a word and a number; whether they call a question is seen from the others like it."""
    label, rest = label_of(line, is_heading=True)
    if label is None or label.style not in ("word", "ordinal", "other"):
        return None
    is_apart = not rest or line[: len(line) - len(rest)].rstrip()[-1:] in CLOSING
    if len(line.split()) <= FEW_WORDS:
        is_called = is_apart or label.style == "other"
        return Heading(start, end, LINE, label, _title(rest), is_alone=True) if is_called else None
    is_called = is_apart and label.style in ("ordinal", "other")
    return Heading(start, end, LINE, label, clause(rest), is_alone=False) if is_called else None


def _loose(line: str, start: int, end: int, indentation: int, is_name: Callable[[str], bool]) -> Heading | None:
    """A line, or an item of a list, that begins with the name of a question."""
    found = name_of_line(line, is_name)
    if found is None:
        return None
    level = LOOSE + min(3, indentation // 2 + found.depth)
    return Heading(start, end, level, found.label, found.name, found.is_alone)


def _row(line: str, start: int, end: int) -> Heading | None:
    """A row of a table whose first cell is a number, or a name."""
    if line.lstrip()[:3].lower() in ("<tr", "<td", "<th"):
        line = _CELL_TAGS.sub("|", line)
    cells = _CELLS.match(line)
    if cells is None or not cells["first"].strip(" :-"):
        return None
    if not cells["end"] and len(line) < MAX_LINE:
        return None  # "|x| < 1"
    label, rest = label_of(cells["first"].strip(" *_") + ".", is_heading=True)
    title = cells["second"] if label and not rest.strip(" .") else cells["first"]
    return Heading(start, end, ROW, label, _title(title), is_alone=False)


def _title(text: str) -> str:
    return _SIGNS.sub("", _POINTS.sub(" ", TAGS.sub(" ", text))).strip(" \t#:.=~-–—")[:TITLE_LENGTH]


def clause(text: str) -> str:
    """What a line begins with: the subject, before it is spoken of."""
    text = _title(text)
    end = _CLAUSE.search(text)
    return text[: end.start()] if end else text
