"""Where the templates are, and the Jinja environment that fills them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.files import shipped
from grader.report import captions, charts
from grader.report.disagree import disagree
from grader.report.typeset import typeset
from grader.result import phrases as words
from grader.text import neutral

_INDEX = re.compile(r"(?<!\w)([A-Za-zα-ωΑ-Ω]\u0303?)_(?:\{([^{}\s]{1,12})\}|([A-Za-z0-9]))(?!\w)")
"""A symbol of one letter, maybe with a tilde, and its index."""


def folder(package: Path = shipped.PACKAGE) -> Path:
    """The folder of the templates: inside the installed package, or beside it in a checkout.

    Raises `FileNotFoundError` that says where they were looked for.
    """
    return shipped.path("templates/page.html", package).parent


@cache
def environment() -> Environment:
    """Jinja with everything escaped, and every unknown name an error."""
    made = Environment(
        loader=FileSystemLoader(folder(), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["words"] = words
    made.globals["captions"] = captions
    made.globals["charts"] = charts
    made.globals["disagree"] = disagree
    made.filters["spoken"] = spoken
    made.filters["typeset"] = typeset
    made.filters["breakable"] = breakable
    made.filters["harmless"] = harmless
    return made


def harmless(text: str, limit: int = 600) -> str:
    """A text that somebody wrote, in one line in which every character stands for itself."""
    return neutral(text, limit)


def breakable(name: str) -> Markup:
    """The name of a file, with places where it may go on in the next line."""
    return Markup().join(Markup("{}<wbr>").format(part) for part in re.split(r"(?<=[_.-])(?=\w)", name))


def spoken(message: str) -> Markup:
    """A message with what stands between backticks set as code, and with indices (h_{t-1}, W_f) set low."""
    parts = re.split("`([^`\n]+)`", message)
    # split() puts what the group caught, the code, at the odd places.
    return Markup().join(
        Markup("<code>{}</code>").format(part) if at % 2 else _set(part) for at, part in enumerate(parts)
    )


def _set(text: str) -> Markup:
    made, end = Markup(), 0
    for found in _INDEX.finditer(text):
        index = (found[2] or found[3]).replace("-", "−")
        made += Markup("{}{}<sub>{}</sub>").format(text[end : found.start()], found[1], index)
        end = found.end()
    return made + text[end:]
