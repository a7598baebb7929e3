"""What a safe and well-made page is, as questions that a test asks of its HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, get_args

from grader.pack.verdict import Reason
from grader.result.model import Result
from tests.report.markup import Node, parse

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_ELEMENTS = """
    html head meta title link style body a header main nav section article footer h1 h2 h3 h4 h5 h6 div p span strong em
    small ol ul li dl dt dd details summary pre code svg g circle path img table caption thead tbody tfoot tr th td
    blockquote br hr s samp kbd b i u sub sup
    wbr figure figcaption rect mark text tspan use defs clippath
    math mrow mi mn mo msub msup mover mfrac mtext mspace msubsup munder munderover msqrt mroot mtable mtr mtd mstyle
    semantics annotation
"""
_ATTRIBUTES = """
    lang charset http-equiv content name rel href class id role tabindex aria-label aria-labelledby aria-hidden
    focusable viewbox width height cx cy r d transform pathlength stroke-dasharray stroke-dashoffset src alt
    colspan rowspan start display accent scope encoding stretchy fence form separator width displaystyle
    x y rx dy text-anchor preserveaspectratio clip-path xlink:href style
"""
ELEMENTS, ATTRIBUTES = set(_ELEMENTS.split()), set(_ATTRIBUTES.split())
PICTURE = re.compile("data:image/(png|jpeg);base64,[A-Za-z0-9+/]+=*")
DECLARATION = (
    r"(?:fill|stroke|text-anchor|opacity|font-size|max-width|(?:fill|stroke)-[a-z]+): (?:var\(--[a-z]+\)|[\w., -]+)"
)
STYLE = re.compile(rf"{DECLARATION}(?:; {DECLARATION})*")
"""What our own drawings may say in a style: no address, no position, nothing that is not a colour or a width."""
NOT_TO_CHANGE = frozenset({"schema_", "kind", "status", "matcher", "role", "over", "style", "shape"})


def dangers(html: str) -> list[str]:
    """Everything in a page that could load, link or run something, or that no template of ours writes."""
    page = parse(html)
    found = []
    for element in page.elements:
        if element.tag not in ELEMENTS:
            found.append(f"<{element.tag}>")
        for name, value in element.attributes.items():
            if name not in ATTRIBUTES or name.startswith("on"):
                found.append(f"<{element.tag} {name}>")
            if name == "style" and not STYLE.fullmatch(value or ""):
                found.append(f"<{element.tag} style={value!r}>")
            if name in ("xlink:href", "clip-path") and not re.fullmatch(r"(url\()?#[mp][0-9a-f]{10}\)?", value or ""):
                found.append(f"<{element.tag} {name}={value!r}>")
            if name in ("href", "src") and not _harmless_address(element.tag, name, value or ""):
                found.append(f"<{element.tag} {name}={value!r}>")
    for tag, most in {"style": 1, "title": 1, "link": 1, "html": 1, "body": 1, "head": 1}.items():
        found += [f"{len(page.all(tag))} x <{tag}>"] if len(page.all(tag)) > most else []
    style = "".join(element.text for element in page.all("style"))
    found += re.findall(r"url\(|@import|expression\(|http", style)
    policies = [meta.attributes.get("content") for meta in page.all("meta") if "http-equiv" in meta.attributes]
    if len(policies) != 1 or not str(policies[0]).startswith(POLICY):
        found.append(f"policies {policies}")
    return found


def _harmless_address(tag: str, name: str, value: str) -> bool:
    if tag == "img":
        return name == "src" and PICTURE.fullmatch(value) is not None
    if tag == "link":
        return value == "data:,"
    return tag == "a" and name == "href" and re.fullmatch(r"#[a-z0-9-]+", value) is not None


def faults(html: str) -> list[str]:
    """What makes a page hard to use for somebody: headings, landmarks, names of pictures, links that lead nowhere."""
    page = parse(html)
    ids = Counter(element.attributes["id"] for element in page.elements if "id" in element.attributes)
    found = [f"id {name} {count} times" for name, count in ids.items() if count > 1]
    targets = [str(element.attributes["href"])[1:] for element in page.all("a")]
    found += [f"link to #{target}, which is not there" for target in targets if target not in ids]
    named = [str(element.attributes.get("aria-labelledby", "")) for element in page.elements]
    found += [f"labelled by {name}, which is not there" for name in named if name and name not in ids]
    levels = [int(element.tag[1]) for element in page.elements if re.fullmatch("h[1-6]", element.tag)]
    found += [
        f"h{after} after h{before}" for before, after in zip([0, *levels], levels, strict=False) if after > before + 1
    ]
    found += [f"{len(page.all(tag))} x <{tag}>" for tag in ("h1", "main") if len(page.all(tag)) != 1]
    found += ["img without alt" for element in page.all("img") if not element.attributes.get("alt")]
    found += ["svg without a name" for element in page.all("svg") if not _named(element)]
    found += ["details without summary" for element in page.all("details") if _first_tag(element) != "summary"]
    found += ["scrolls, but not by keyboard" for element in page.all("pre") if _stuck(element)]
    found += ["no language"] if page.all("html")[0].attributes.get("lang") != "en" else []
    found += ["no title"] if not page.all("title")[0].text.strip() else []
    found += ["no skip link first"] if page.all("a")[0].attributes.get("href") != "#main" else []
    return found


def _named(svg: Node) -> bool:
    hidden = svg.attributes.get("aria-hidden") == "true"
    return hidden or (svg.attributes.get("role") == "img" and bool(svg.attributes.get("aria-label")))


def _first_tag(element: Node) -> str:
    return next((child.tag for child in element.children if isinstance(child, Node)), "")


def _stuck(pre: Node) -> bool:
    """Code in prose and in HTML outputs wraps or stands in an element that scrolls; our own has to take the focus."""
    ours = "aria-label" in pre.attributes
    return ours and pre.attributes.get("tabindex") != "0"


def article(html: str, number: int) -> Node:
    """The part of the page about one question."""
    return next(it for it in parse(html).all("article") if it.attributes.get("id") == f"question-{number}")


def squeezed(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def with_every_text(result: Result, change: Callable[[str], str]) -> Result:
    """The result with every text that is free to choose changed."""
    return Result.model_validate(_changed(result.model_dump(), change))


def _is_kept(key: str, item: Any) -> bool:
    return key in NOT_TO_CHANGE or (key == "reason" and item in get_args(Reason))


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: item if _is_kept(key, item) else _changed(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_changed(item, change) for item in value)
    return value
