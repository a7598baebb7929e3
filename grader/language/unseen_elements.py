"""Elements of HTML that a browser does not show, or shows struck out: by their names, attributes and styles."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

import tinycss2
from tinycss2.color3 import RGBA, parse_color

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,11})(?P<attributes>(?:\s[^<>]{0,1000})?)/?>")
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(?P<name>[a-zA-Z][\w-]{0,29})"
    r"(?:\s?=\s?(?:\"(?P<double>[^\"]{0,900})\"|'(?P<single>[^']{0,900})'|(?P<bare>[^\s\"'=<>`]{1,200})))?"
)
_SELECTOR = re.compile(r"(?P<tag>[a-zA-Z][a-zA-Z0-9]{0,11})?(?:(?P<sign>[.#])(?P<name>[\w-]{1,60}))?")
_RAW = frozenset(["script", "style", "template", "textarea", "title", "noscript", "iframe", "datalist", "head"])
"""What shows nothing of what it holds; one that nothing closes is read as text."""
_STRUCK = frozenset(["s", "del", "strike"])
_VOID = frozenset(["br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "source", "track"])
_BLOCKS = frozenset(["div", "p", "section", "article", "table", "ul", "ol", "li", "pre", "blockquote", "details"])
_LENGTH = re.compile(r"(-?\d{0,6}(?:\.\d{1,6})?)\s?([a-z%]{0,4})")
_LONGEST_SHEET = 10_000
_FAR = -200.0
_FAINT = 0.1
_BRIGHT = 0.93
_SMALLEST = {"": 0.0, "px": 3.0, "pt": 2.0, "em": 0.2, "rem": 0.2, "%": 20.0}

Style = Mapping[str, str]


def unseen_elements(text: str) -> Iterator[tuple[int, int]]:
    """Where what is not shown begins and ends, and the attributes of tags. Linear."""
    if "<" not in text:
        return
    tags = list(_TAG.finditer(text))
    hidden = _hidden_by_sheets(text, tags)
    closed = {tag["name"].lower(): tag.start() for tag in tags if tag["close"]}
    inside, begun, depth = "", 0, 0
    for tag in tags:
        name = tag["name"].lower()
        if inside:
            depth += 0 if name != inside or (name in _RAW and not tag["close"]) else -1 if tag["close"] else 1
            if depth == 0:
                yield begun, tag.start()
                inside = ""
        elif not tag["close"] and name not in _VOID and _is_unseen(name, _attributes(tag), hidden):
            if name in _RAW | _STRUCK and closed.get(name, 0) < tag.end():
                continue
            inside, begun, depth = name, tag.start(), 1
        elif '"' in tag["attributes"] or "'" in tag["attributes"]:
            yield tag.start("attributes"), tag.end("attributes")
    if inside:
        paragraph = text.find("\n\n", begun)
        yield begun, len(text) if inside in _BLOCKS or paragraph < 0 else paragraph


def is_unseen(style: str) -> bool:
    """Whether what has these declarations of CSS is not shown, or struck out: `display: none`."""
    return _hides(_declarations(tinycss2.parse_blocks_contents(style)))


def is_bright(colour: str) -> bool:
    """Whether text of this colour cannot be seen on a page."""
    found = parse_color(colour)
    return isinstance(found, RGBA) and (found.alpha < _FAINT or min(found[:3]) > _BRIGHT)


def _attributes(tag: re.Match[str]) -> dict[str, str]:
    return {
        found["name"].lower(): html.unescape(found["double"] or found["single"] or found["bare"] or "")
        for found in _ATTRIBUTE.finditer(tag["attributes"])
    }


def _is_unseen(name: str, attributes: Mapping[str, str], hidden: frozenset[str]) -> bool:
    if name in _RAW or name in _STRUCK or "hidden" in attributes:
        return True
    if name == "dialog" and "open" not in attributes:
        return True
    named = {name, f"#{attributes.get('id', '')}"}
    for each in attributes.get("class", "").split():
        named |= {f".{each}", f"{name}.{each}"}
    if not hidden.isdisjoint(named):
        return True
    style = _declarations(tinycss2.parse_blocks_contents(attributes.get("style", "")))
    coloured = {"color": attributes["color"]} if "color" in attributes else {}
    return _hides({**coloured, **style})


def _declarations(parsed: list[Any]) -> Style:
    return {
        item.lower_name: tinycss2.serialize(item.value).strip().lower() for item in parsed if item.type == "declaration"
    }


def _hides(style: Style) -> bool:
    """Whether any of the ways to show nothing is among these."""
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    on_colour = any(name.startswith("background") for name in style)
    if not on_colour and any(is_bright(style.get(name, "")) for name in ("color", "-webkit-text-fill-color")):
        return True
    if "line-through" in style.get("text-decoration", "") + style.get("text-decoration-line", ""):
        return True
    opacity = _length(style.get("opacity", ""))
    if opacity is not None and opacity[0] / (100 if opacity[1] == "%" else 1) < _FAINT:
        return True
    size = _length(style.get("font-size", ""))
    if size is not None and size[0] <= _SMALLEST.get(size[1], 0.0):
        return True
    moved = [_length(style.get(name, "")) for name in ("left", "top", "text-indent", "margin-left", "margin-top")]
    if any(length is not None and length[0] <= _FAR for length in moved):
        return True
    flat = any(
        (length := _length(style.get(name, ""))) and length[0] == 0 for name in ("height", "max-height", "width")
    )
    clipped = style.get("clip", "").startswith("rect(0") or "inset(100%" in style.get("clip-path", "")
    return clipped or "scale(0)" in style.get("transform", "") or (flat and style.get("overflow", "") == "hidden")


def _length(value: str) -> tuple[float, str] | None:
    found = _LENGTH.fullmatch(value)
    return (float(found[1]), found[2]) if found and found[1].strip("-.") else None


def _hidden_by_sheets(text: str, tags: list[re.Match[str]]) -> frozenset[str]:
    """The tags, classes and ids that a sheet of styles in the text hides."""
    found: set[str] = set()
    begun = 0
    for tag in tags:
        if tag["name"].lower() != "style":
            continue
        if not tag["close"]:
            begun = tag.end()
            continue
        sheet = text[begun : min(tag.start(), begun + _LONGEST_SHEET)]
        for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule" and _hides(_declarations(tinycss2.parse_blocks_contents(rule.content))):
                selectors = (each.strip() for each in tinycss2.serialize(rule.prelude).split(","))
                found.update(each for each in selectors if each and _SELECTOR.fullmatch(each))
    return frozenset(found)
