"""Markdown cells of the student's as HTML: what they wrote, without anything that loads, links or runs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from grader.report import tex
from grader.report.images import Unshowable, picture
from grader.report.maths import maths
from grader.report.page_limits import clip
from grader.text import neutral_lines

MOST_LINES, MOST_CHARACTERS = 800, 30_000
_TAGS = {
    *("p", "br", "hr", "blockquote", "pre", "code", "em", "strong", "s", "ul", "ol", "li", "span", "div"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "img"),
    *tex.ELEMENTS,
}
_CLASSES = {"span": {"maths", "address", "tex", "scroll"}, "div": {"maths", "tex", "scroll"}, "mtable": {tex.ALIGNED}}
_ATTRIBUTES = {"img": {"src", "alt", "width", "height"}, "ol": {"start"}, "div": {"tabindex", "role", "aria-label"}}
_ATTRIBUTES["span"] = _ATTRIBUTES["div"]
_ATTRIBUTES |= tex.ATTRIBUTES
_HEADING_BELOW = 2
_EQUATION = 'tabindex="0" role="group" aria-label="Equation"'
_NARROW = 30
_SCROLL = '<div class="scroll" tabindex="0" role="group" aria-label="Table">'


class _Renderer(RendererHTML):
    """Headings go below the page's own, links become text, pictures come from the cell alone, and TeX is set."""

    def heading_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        above = env.setdefault("headings", [])
        level = int(tokens[index].tag[1])
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        return f"<{_heading(above)}>"

    def heading_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return f"</{_heading(env['headings'])}>\n"

    def link_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        env.setdefault("links", []).append(str(tokens[index].attrs.get("href", "")))
        return ""

    def link_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        address = env["links"].pop()
        same = address == "".join(token.content for token in tokens[max(0, index - 1) : index])
        return "" if same else f' <span class="address">({escape(address[:300])})</span>'

    def image(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[index]
        named = token.content.strip()
        try:
            shown = _attached(str(token.attrs.get("src", "")), env.get("attachments", {}))
        except Unshowable as problem:
            return f"<em>[picture{': ' + escape(named) if named else ''}; not shown: {escape(problem)}]</em>"
        alt = escape(named or "Picture in the answer")
        return f'<img src="{shown.uri}" alt="{alt}" width="{shown.width}" height="{shown.height}">'

    def table_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return f"{_SCROLL}<table>\n"

    def table_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"

    def maths_inline(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        source = tokens[index].content
        shown = tex.as_mathml(source, display=False)
        if shown is None:
            return f'<span class="maths">{escape(source)}</span>'
        return f'<span class="tex scroll" {_EQUATION}>{shown}</span>' if _is_wide(source) else shown

    def maths_block(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        source = tokens[index].content
        shown = tex.as_mathml(source, display=True)
        if shown is None:
            return f'<div class="maths">{escape(source)}</div>\n'
        wide = f'<div class="tex scroll" {_EQUATION}>' if _is_wide(source) else '<div class="tex">'
        return f"{wide}{shown}</div>\n"


def _is_wide(source: str) -> bool:
    """Whether an equation may be wider than a phone, so that one has to scroll, with keys, too."""
    return len(source) > _NARROW


def prose(source: str, attachments: object = None) -> tuple[Markup, str]:
    """A Markdown cell as HTML, and a note if a part was left out. Raw HTML in it is shown as text."""
    text, note = clip(neutral_lines(source), MOST_LINES, MOST_CHARACTERS)
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable(["table", "strikethrough"])
    maths(parser)
    html = parser.render(text, {"attachments": attachments if isinstance(attachments, Mapping) else {}})
    return sanitised(html, _TAGS, _ATTRIBUTES), note


def sanitised(html: str, tags: set[str], attributes: dict[str, set[str]]) -> Markup:
    """HTML with these tags and attributes and no others; an address may only be data that the page holds itself."""
    clean = nh3.clean(
        html, tags=tags, attributes=attributes, allowed_classes=_CLASSES, url_schemes={"data"}, link_rel=None
    )
    return Markup(clean)


def _heading(above: Sequence[int]) -> str:
    """The element of a heading under so many others of the cell: no level of the page is left out."""
    return f"h{min(6, len(above) + _HEADING_BELOW)}"


def _attached(address: str, attachments: Mapping[str, Any]) -> Any:
    name = re.fullmatch("attachment:(.+)", address)
    found = attachments.get(name[1]) if name else None
    if not isinstance(found, Mapping):
        raise Unshowable("it is not in the notebook")
    mime = next((kind for kind in ("image/png", "image/jpeg") if isinstance(found.get(kind), str)), None)
    if mime is None:
        raise Unshowable("it is neither PNG nor JPEG")
    return picture(mime, found[mime])
