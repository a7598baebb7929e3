"""What a program that renders notebooks makes of a text of Markdown: its elements and its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from nbconvert.filters.markdown_mistune import markdown2html_mistune

VOID = {"br", "hr", "img", "input", "meta", "link", "wbr"}


@dataclass
class Node:
    """An element, or the whole (tag "")."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words in it."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def elements(self) -> list[Node]:
        """All elements in it, in the order of the page."""
        found = []
        for child in self.children:
            if isinstance(child, Node):
                found += [child, *child.elements]
        return found

    def all(self, *tags: str) -> list[Node]:
        """The elements with one of these names."""
        return [element for element in self.elements if element.tag in tags]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in [node.tag for node in self._open[1:]]:
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def parse(html: str) -> Node:
    """A page as a tree."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def rendered(source: str) -> Node:
    """Markdown as a notebook program renders it: raw HTML is let through, tables and strikethrough are known."""
    return parse(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(source))


def exported(source: str) -> Node:
    """Markdown as `jupyter nbconvert` renders it, with its headings freed from the links that it puts into them."""
    page = parse(markdown2html_mistune(source))
    for element in page.elements:
        element.children = [child for child in element.children if isinstance(child, str) or not _anchor(child)]
    return page


def _anchor(node: Node) -> bool:
    return node.tag == "a" and node.attributes.get("class") == "anchor-link"
