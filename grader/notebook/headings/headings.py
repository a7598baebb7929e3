"""Lines that stand over what follows: headings of every kind, labelled lines, items of lists, rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from grader.notebook.blocks.marks import Mark
from grader.notebook.headings.labels import Label, label_of

MAX_LINES, MAX_LINE = 3_000, 400
"""So many lines of a text are looked at, and so much of each: no heading is longer."""

MAX_TAGS = 6
FEW_WORDS = 6
MAX_WORDS = 16
"""What has more words is no title, but text in large letters."""

TITLE_LENGTH, MAX_SETEXT = 120, 100
BOLD, LINE, ROW, ITEM = 7, 8, 9, 10
"""Levels below those of headings, which are 1 to 6. Deeper items of lists have higher ones."""

_QUOTE = re.compile(r"[ \t]{0,12}(?:>[ \t]{0,3}){0,4}")
_TAG = re.compile(r"<(?P<tag>/?[a-zA-Z][a-zA-Z0-9]{0,9})(?:[ \t][^<>\n]{0,200})?>[ \t]{0,4}")
_TAGS = re.compile(r"<[^<>\n]{1,200}>")
_ATX = re.compile(r"(#{1,6})[ \t]{0,4}(?=[^\s#])")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:={2,200}|-{2,200})[ \t]{0,8}")
_BULLET = re.compile(r"(?:[-+*•◦▪●○➢➤→–][ \t]{1,4})")
_FRAME = re.compile(r"(?:[-=~_#*]{2,40}[ \t]{1,4}|[-=~]{3,40})(?=[\w(])")
_COLAB = re.compile(r"@title[ \t]{1,4}")
_ORNAMENT = re.compile(r"[^\w\s(\[#*<>|`'\"$\\=~+.,;:!?/@&{}-]{1,4}[ \t]{0,3}")
_BOLD = re.compile(r"(\*{1,3}|_{1,3}|<b>|<strong>)(?=\S)")
_CELLS = re.compile(r"[ \t]{0,3}\|(?P<first>[^|\n]{0,60})\|(?P<second>[^|\n]{0,160})\|")
_LINK = re.compile(r"\[(?P<text>[^\[\]\n]{1,160})\]\(#[^()\n]{0,160}\)[ \t]{0,3}")
_CLAUSE = re.compile(r"[.?!;]\s|:(?=\s|$)|\s[-–—=:]{1,2}>?\s|=>|->|→|—")
_SIGNS = re.compile(r"[*_`~]{1,3}|\\$")
_FORM_FIELD = re.compile(r"\{[^{}\n]{0,200}\}[ \t]{0,8}$")
_CLOSING = "*_:.#=~- \t"


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


def headings(text: str, marks: dict[int, Mark]) -> list[Heading]:
    """All headings of a text, in order. `marks` are its marks by where they begin."""
    return list(_headings(text, marks))


def _headings(text: str, marks: dict[int, Mark]) -> Iterator[Heading]:
    start = 0
    lines = text.split("\n", MAX_LINES)[:MAX_LINES]
    for index, line in enumerate(lines):
        end = start + len(line)
        found = _setext(lines, index, start) or _heading(line[:MAX_LINE], start, end, marks)
        if found is not None:
            yield found
        start = end + 1


def _setext(lines: list[str], index: int, start: int) -> Heading | None:
    line = lines[index]
    if index + 1 >= len(lines) or not 0 < len(line.strip()) <= MAX_SETEXT or _UNDERLINE.fullmatch(line):
        return None
    below = lines[index + 1][:MAX_LINE]
    if not _UNDERLINE.fullmatch(below) or (index and lines[index - 1].strip()) or line.lstrip()[0] in "|#>-*+":
        return None
    label, rest = label_of(line.strip(), is_heading=True)
    level = 1 if "=" in below else 2
    return Heading(start, start + len(line) + 1 + len(lines[index + 1]), level, label, _title(rest), is_alone=True)


def _heading(line: str, start: int, end: int, marks: dict[int, Mark]) -> Heading | None:
    quote = _QUOTE.match(line)
    at = quote.end() if quote else 0
    indentation = len(line[:at].replace("\t", "    ").replace(">", ""))
    if not line[at:].strip():
        return None
    row = _row(line, start, end)
    if row is not None:
        return row
    level, at, is_alone = _opening(line, at)
    mark = _numbered(start, line, marks)
    if mark is not None and (level is None or not is_alone):
        return _marked(line, start, end, mark)
    if level is not None:
        return _headed(line, at, start, end, level, is_alone=is_alone, mark=mark)
    return _item(line[at:], start, end, indentation)


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
    is_alone = not rest.strip(_CLOSING)
    label = Label("word", mark.number or 0)
    if bold and rest.rstrip(" \t:.").endswith(("**", "__")):
        return Heading(start, end, BOLD, label, _title(rest), is_alone=True)
    return Heading(start, end, BOLD if bold and is_alone else LINE, label, clause(rest), is_alone)


def _opening(line: str, at: int) -> tuple[int | None, int, bool]:
    """The level of a heading, where its text begins, and whether it is all of the line; None for other lines."""
    level: int | None = None
    for tag in islice(_leading_tags(line, at), MAX_TAGS):
        at = tag.end()
        name = tag["tag"].lower()
        if len(name) == 2 and name[0] == "h" and name[1] in "123456":
            level = int(name[1])
        elif name in ("summary", "b", "strong", "u") and level is None:
            level = BOLD
    if level is not None:
        return level, at, True
    ornament = _ORNAMENT.match(line, at)
    at = ornament.end() if ornament and not _keycap(line, at) else at
    atx = _ATX.match(line, at)
    if atx and line[atx.end() - 1] == "#" and line[atx.end()].isdigit():
        return LINE, atx.end(), False  # "#10: ..." shows as it stands
    if atx:
        return len(atx[1]), atx.end(), True
    for pattern in (_COLAB, _FRAME):
        match = pattern.match(line, at)
        if match:
            return BOLD, match.end(), True
    return _bold(line, at)


def _keycap(line: str, at: int) -> bool:
    return line[at] in "🔟①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿➀➁➂➃➄➅➆➇➈➉"


def _leading_tags(line: str, at: int) -> Iterator[re.Match[str]]:
    match = _TAG.match(line, at)
    while match:
        yield match
        match = _TAG.match(line, match.end())


def _bold(line: str, at: int) -> tuple[int | None, int, bool]:
    bold = _BOLD.match(line, at)
    if bold is None or len(bold[1]) == 1:
        return None, at, False
    close = line.find(bold[1].replace("<", "</"), bold.end())
    if close < 0:
        return None, at, False
    rest = line[close + len(bold[1]) :].strip(_CLOSING)
    return (BOLD, bold.end(), True) if not rest else (LINE, bold.end(), False)


def _headed(
    line: str, at: int, start: int, end: int, level: int, *, is_alone: bool, mark: Mark | None
) -> Heading | None:
    body = _FORM_FIELD.sub("", line[at:])
    label: Label | None
    if mark is not None:
        label, rest = Label("word", mark.number or 0), line[max(at, mark.end - start) :]
    else:
        label, rest = label_of(_TAGS.sub("", body).strip(" \t*_"), is_heading=True)
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
    label, rest = label_of(content, is_heading=False)
    if label is None and len(content.split()) <= FEW_WORDS and not bullet:
        label, rest = label_of(content, is_heading=True)
        return (
            Heading(start, end, LINE, label, _title(rest), is_alone=True) if label and label.style == "word" else None
        )
    if label is None:
        return None
    level = ITEM + min(5, indentation // 2 + (1 if bullet else 0))
    bold = _BOLD.match(rest)
    if bold and len(bold[1]) > 1 and not rest.partition(bold[1])[2].partition(bold[1])[2].strip(_CLOSING):
        return Heading(start, end, level, label, _title(rest), is_alone=True)
    link = _LINK.match(rest)
    is_link = link is not None and link.end() >= len(rest.rstrip())
    return Heading(start, end, level, label, clause(link["text"] if link else rest), not rest.strip(), is_link)


def _row(line: str, start: int, end: int) -> Heading | None:
    """A row of a table whose first cell is a number, or a name."""
    cells = _CELLS.match(line)
    if cells is None or not cells["first"].strip(" :-"):
        return None
    label, rest = label_of(cells["first"].strip(" *_") + ".", is_heading=True)
    title = cells["second"] if label and not rest.strip(" .") else cells["first"]
    return Heading(start, end, ROW, label, _title(title), is_alone=False)


def _title(text: str) -> str:
    return _SIGNS.sub("", _TAGS.sub(" ", text)).strip(" \t#:.=~-–—")[:TITLE_LENGTH]


def clause(text: str) -> str:
    """What a line begins with: the subject, before it is spoken of."""
    text = _title(text)
    end = _CLAUSE.search(text)
    return text[: end.start()] if end else text
