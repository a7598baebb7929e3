"""Whether a style hides what it is for: as a browser shows it on white paper.

Only what an element says itself is looked at, and the colours around it: Jupyter's sanitiser takes style sheets away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import tinycss2
from tinycss2.color3 import RGBA, parse_color

FAINT, TINY_PX, AWAY_PX = 0.1, 3.0, -200.0
SAME = 1.15
"""Below this contrast (WCAG 2.2, from 1 to 21) letters cannot be told from their paper."""

PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "ex": 8.0, "cm": 37.8, "mm": 3.78, "in": 96.0, "pc": 16.0}
NOTHING = ("none", "hidden", "collapse")
SIZES = ("width", "height", "max-width", "max-height")
OFFSETS = ("left", "top", "right", "bottom", "text-indent", "margin-left", "margin-top")


BLACK, WHITE = RGBA(0, 0, 0, 1), RGBA(1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Paper:
    """The colours of letters and of what is behind them."""

    ink: RGBA = BLACK
    ground: RGBA = WHITE

    @property
    def is_legible(self) -> bool:
        """Whether letters can be told from their ground."""
        if self.ink.alpha <= FAINT:
            return False
        light, dark = sorted((_luminance(self.ink), _luminance(self.ground)), reverse=True)
        return (light + 0.05) / (dark + 0.05) >= SAME


@dataclass(frozen=True, slots=True)
class Style:
    """What an element's `style` says: whether it hides by itself, and its colours, where it has any."""

    hides: bool = False
    ink: RGBA | None = None
    ground: RGBA | None = None

    def on(self, paper: Paper) -> Paper:
        """The colours within an element that stands on this paper."""
        return replace(paper, ink=self.ink or paper.ink, ground=self.ground or paper.ground)


@lru_cache(maxsize=256)
def style_of(text: str) -> Style:
    """The style that a `style` attribute gives. Never raises: what is no CSS says nothing."""
    said = dict(_declarations(text))
    ground = _colour(said.get("background-color", "")) or _colour(said.get("background", "").partition(" ")[0])
    if ground is not None and ground.alpha <= FAINT:
        ground = None
    return Style(_hides(said), _colour(said.get("color", "")), ground)


def colour_of(text: str) -> RGBA | None:
    """A colour as the attribute of a `font` gives it."""
    return _colour(text) or _colour(f"#{text}")


def _declarations(text: str) -> Iterator[tuple[str, str]]:
    for item in tinycss2.parse_declaration_list(text, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration":
            yield item.lower_name, tinycss2.serialize(item.value).strip().lower()


def _hides(said: dict[str, str]) -> bool:
    clipped = said.get("overflow", said.get("overflow-y", "")) in ("hidden", "clip")
    out_of_place = said.get("position", "") in ("absolute", "fixed")
    return (
        said.get("display") == "none"
        or said.get("visibility") in NOTHING
        or said.get("content-visibility") == "hidden"
        or _number(said.get("opacity", "1"), 1.0) <= FAINT
        or _pixels(said.get("font-size", ""), 16.0) < TINY_PX
        or (clipped and any(_pixels(said.get(name, ""), 16.0) < TINY_PX for name in SIZES))
        or any(_pixels(said.get(name, ""), 0.0) <= AWAY_PX for name in OFFSETS)
        or (out_of_place and "rect(0" in said.get("clip", "").replace(" ", ""))
        or said.get("clip-path", "").replace(" ", "").startswith(("inset(50%", "inset(100%", "circle(0"))
        or "scale(0)" in said.get("transform", "").replace(" ", "")
    )


def _colour(text: str) -> RGBA | None:
    found = parse_color(text) if text else None
    return found if isinstance(found, RGBA) else None


def _luminance(colour: RGBA) -> float:
    """Relative luminance of sRGB, as WCAG 2.2 defines it."""
    parts = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour[:3]]
    return float(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2])


def _number(text: str, otherwise: float) -> float:
    scale = 0.01 if text.endswith("%") else 1.0
    try:
        return float(text.removesuffix("%")) * scale
    except ValueError:
        return otherwise


def _pixels(text: str, otherwise: float) -> float:
    """A length in pixels; `otherwise` where it is none, or in a unit that depends on the window."""
    tokens: Iterable[object] = tinycss2.parse_component_value_list(text, skip_comments=True)
    for token in tokens:
        if isinstance(token, tinycss2.ast.DimensionToken) and token.lower_unit in PIXELS:
            return float(token.value) * PIXELS[token.lower_unit]
        if isinstance(token, tinycss2.ast.PercentageToken):
            return float(token.value) / 100 * 16.0
        if isinstance(token, tinycss2.ast.NumberToken) and not token.value:
            return 0.0
        if isinstance(token, tinycss2.ast.IdentToken):
            return otherwise
    return otherwise
