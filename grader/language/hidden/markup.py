"""Which stretches of a Markdown text a reader does not see: elements that are hidden, comments, definitions of links.

The text is read as JupyterLab shows it: code and formulas are no markup; scripts, templates and form fields are taken
out with what is in them; styles of elements hold, style sheets do not. Every step takes linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from markdown_it import MarkdownIt

from grader.language.hidden.literals import PARAGRAPH_END, literals
from grader.language.hidden.styles import Paper, colour_of, style_of
from grader.language.hidden.tags import Tag, tags

NEVER_SHOWN = frozenset(
    {
        *("script", "style", "template", "textarea", "option", "select", "datalist", "noscript", "title", "head"),
        *("iframe", "object", "audio", "video", "canvas", "noembed", "noframes"),
    }
)
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
ENDS_WITH_PARAGRAPH = frozenset({"p", "span", "a", "em", "strong", "code", "sub", "sup", "label", "mark"})
"""Elements that end with the paragraph in which they stand, closed or not."""

DEEPEST = 100
"""Elements inside one another beyond this are not looked at."""

NOTHING = "\u2060"
"""A sign that shows as nothing and parts no word, and that `grader.language.seen` takes out."""

_NOT_NEW_LINE = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class Hidden:
    """A stretch of text, from `start` to before `end`, and why nobody sees it."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class _Element:
    """An element that is open; `why` says why nobody sees it, and is empty where somebody does."""

    name: str
    start: int
    paper: Paper
    why: str


def hidden_in(text: str) -> tuple[Hidden, ...]:
    """The stretches of a Markdown text that nobody sees, in order, none within another."""
    found = [*_markup(text), *_definitions(text)]
    kept: list[Hidden] = []
    for each in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def shown(text: str) -> str:
    """The text with `NOTHING` in place of what nobody sees: as long as before, and with the same lines."""
    return blanked(text, [(each.start, each.end) for each in hidden_in(text)], NOTHING)


def blanked(text: str, spans: Iterable[tuple[int, int]], filler: str = " ") -> str:
    """The text with a filler for each character of some spans but line breaks. Spans come in order of their starts."""
    pieces, at = list[str](), 0
    for start, end in spans:
        if end > at:
            first = max(start, at)
            pieces += [text[at:first], _NOT_NEW_LINE.sub(filler, text[first:end])]
            at = end
    return "".join([*pieces, text[at:]]) if pieces else text


def _markup(text: str) -> Iterator[Hidden]:
    if "<" not in text:
        return
    stretches = literals(text)
    yield from (Hidden(each.start, each.end, "a comment") for each in stretches if each.kind == "comment")
    masked = blanked(text, [(each.start, each.end) for each in stretches], " ")
    paragraphs = [found.start() for found in PARAGRAPH_END.finditer(text)]
    opened: list[_Element] = []
    for tag in tags(masked):
        yield from _leave_paragraphs(opened, tag.start, paragraphs)
        if tag.is_closing:
            yield from _close(opened, tag)
        elif tag.name not in VOID and len(opened) < DEEPEST:
            paper, why = _looked_at(tag, opened[-1].paper if opened else Paper())
            opened.append(_Element(tag.name, tag.start, paper, why))
    yield from _leave_paragraphs(opened, len(text), paragraphs)
    while opened:
        yield from _pop(opened, len(text))


def _leave_paragraphs(opened: list[_Element], place: int, paragraphs: Sequence[int]) -> Iterator[Hidden]:
    """End what ends with its paragraph, where that has ended before a place."""
    while opened and opened[-1].name in ENDS_WITH_PARAGRAPH:
        at = bisect_left(paragraphs, opened[-1].start)
        if at >= len(paragraphs) or paragraphs[at] >= place:
            return
        yield from _pop(opened, paragraphs[at])


def _close(opened: list[_Element], tag: Tag) -> Iterator[Hidden]:
    """End an element, and those that are open within it; a tag that closes nothing says nothing."""
    if all(each.name != tag.name for each in opened):
        return
    while opened:
        is_it = opened[-1].name == tag.name
        yield from _pop(opened, tag.end)
        if is_it:
            return


def _pop(opened: list[_Element], end: int) -> Iterator[Hidden]:
    element = opened.pop()
    if element.why and not any(outer.why for outer in opened):
        yield Hidden(element.start, end, element.why)


def _looked_at(tag: Tag, outer: Paper) -> tuple[Paper, str]:
    """The colours within an element, and why nobody sees it, if nobody does."""
    style = style_of(tag.attributes.get("style", ""))
    paper = style.on(outer)
    if tag.name == "font" and (colour := colour_of(tag.attributes.get("color", ""))) is not None:
        paper = Paper(colour, paper.ground)
    if tag.name in NEVER_SHOWN:
        return paper, f"the text of <{tag.name}>"
    if "hidden" in tag.attributes:
        return paper, "hidden by an attribute"
    if style.hides:
        return paper, "hidden by its style"
    return paper, "" if paper.is_legible else "in the colour of its paper"


def _definitions(text: str) -> Iterator[Hidden]:
    """Definitions of links, `[name]: address "title"`, which show nothing."""
    if "]:" not in text:
        return
    places: dict[str, object] = {}
    MarkdownIt("commonmark").parse(text, places)
    lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    once, again = places.get("references"), places.get("duplicate_refs")
    entries = [*(once.values() if isinstance(once, dict) else ()), *(again if isinstance(again, list) else ())]
    for entry in entries:
        first, last = entry["map"]
        start, end = (lines[min(line, len(lines) - 1)] for line in (first, last))
        yield Hidden(start, max(start, min(end - 1, len(text))), "the definition of a link")
