"""Charts as static SVG, drawn by matplotlib: they take the page's colours and fonts, light and dark."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from grader.pack.pictures import Finite, Gradients, Losses
from grader.report.captions import raised

WIDTH, HEIGHT = 3.7, 2.05
"""Inches of 72 units each; the page scales them."""
MARGINS = {"left": 0.155, "right": 0.985, "bottom": 0.2}
TOP, LEGEND_ROW, LEGEND_COLUMNS = 0.965, 0.09, 2
"""Where the axes end, less so much for each row of the legend above them."""
COLOURS = {
    "#010101": "var(--ink)",
    "#020202": "var(--quiet)",
    "#030303": "var(--hair)",
    "#040404": "var(--link)",
    "#050505": "var(--partial)",
    "#060606": "var(--fail)",
    "#070707": "var(--error)",
}
"""What stands in a drawing for the colours of the stylesheet."""
INK, QUIET, HAIR, *SERIES = COLOURS
STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "font.size": 8.5,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": QUIET,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "text.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "grid.color": HAIR,
    "grid.linewidth": 0.7,
    "lines.linewidth": 1.6,
    "lines.markersize": 3.6,
    "legend.fontsize": 8.5,
    "legend.handlelength": 2.4,
    "legend.borderpad": 0.1,
    "legend.labelspacing": 0.25,
    "text.parse_math": False,
}
FEW = 30
MOST = 1e30
MARKERS = ("o", "s", "^", "D", "v", "P")
_PROLOGUE = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>\s*|<defs>\s*<style[^>]*>.*?</style>\s*</defs>\s*", re.DOTALL)
_FONT = re.compile(r"font-family: [^;\"]*;?\s*")
_ROOT = re.compile(r'<svg [^>]*viewBox="([^"]*)"[^>]*>')
_NAMES = re.compile(r'<g id="[^"]*">')


def prepare() -> None:
    """Import what draws, which takes half a second."""
    import matplotlib.backends.backend_svg
    import matplotlib.figure  # noqa: F401


@lru_cache(maxsize=256)
def losses(picture: Losses) -> Markup:
    """Both trainings, each as a share of its own first loss: tasks and scales differ, courses can be compared."""

    def draw(axes: Any) -> None:
        for values, colour, line, name in (
            (picture.reference, SERIES[1], "--", "model answer"),
            (picture.yours, SERIES[0], "-", "yours"),
        ):
            course = relative(values)
            if course:
                marker = "o" if len(course) <= FEW and name == "yours" else ""
                axes.plot(_numbers(course), _gaps(course), line, color=colour, marker=marker, label=name)
        axes.set_ylim(bottom=0)

    return _drawn(str(picture), "epoch", "loss (first epoch = 1)", draw)


@lru_cache(maxsize=256)
def gradients(picture: Gradients) -> Markup:
    """One line for each network, its input end on the left, on a logarithmic axis."""

    def draw(axes: Any) -> None:
        axes.set_yscale("log")
        axes.yaxis.set_major_formatter(_power)
        axes.yaxis.set_minor_formatter("")
        for place, network in enumerate(picture.networks):
            drawn = [_within(value) if value is not None and value > 0 else None for value in network.values]
            axes.plot(
                _numbers(drawn),
                _gaps(drawn),
                color=SERIES[place % len(SERIES)],
                marker=MARKERS[place % len(MARKERS)] if len(drawn) <= FEW else "",
                label=f"network {place + 1}",
            )

    over = picture.networks[0].over if picture.networks else "layers"
    return _drawn(str(picture), f"{over}, from input to loss", "gradient norm", draw)


def relative(values: Sequence[Finite]) -> tuple[Finite, ...]:
    """The values as shares of the first one; empty where that is no positive number."""
    first = values[0] if values else None
    if not first or first < 0:
        return ()
    return tuple(None if value is None else min(max(value / first, -MOST), MOST) for value in values)


def _within(value: float) -> float:
    """The value, or the end of what a logarithmic axis can show."""
    return min(max(value, 1 / MOST), MOST)


def _numbers(values: Sequence[Finite]) -> list[int]:
    return list(range(1, len(values) + 1))


def _gaps(values: Sequence[Finite]) -> list[float]:
    return [float("nan") if value is None else value for value in values]


def _power(value: float, _: object) -> str:
    """A power of ten as people write it."""
    exponent = round(math.log10(value)) if value > 0 else 0
    return "1" if exponent == 0 else f"10{raised(exponent)}"


def _drawn(salt: str, across: str, up: str, draw: Callable[[Any], None]) -> Markup:
    """The drawing as an element of a page: no prologue, no styles of its own, the colours of the page.

    Everything in it was written by matplotlib from numbers and our own words.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    held = io.StringIO()
    style: Any = {**STYLE, "svg.hashsalt": salt}
    with mpl.rc_context(style):
        figure = Figure(figsize=(WIDTH, HEIGHT))
        axes = figure.add_subplot()
        axes.set_xlabel(across)
        axes.set_ylabel(up)
        axes.margins(x=0.03)
        draw(axes)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
        rows = math.ceil(len(axes.lines) / LEGEND_COLUMNS)
        figure.subplots_adjust(**MARGINS, top=TOP - LEGEND_ROW * rows)
        if rows:
            # Above the axes, where no line can run through it.
            place: Any = {"loc": "lower left", "bbox_to_anchor": (0, 1.01), "borderaxespad": 0}
            axes.legend(frameon=False, labelcolor=INK, ncols=LEGEND_COLUMNS, **place)
        figure.savefig(held, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = _METADATA.sub("", _PROLOGUE.sub("", held.getvalue()))
    text = _NAMES.sub("<g>", _FONT.sub("", text))
    for placeholder, colour in COLOURS.items():
        text = text.replace(placeholder, colour)
    return Markup(_ROOT.sub(r'<svg class="chart" viewBox="\1" aria-hidden="true">', text, count=1))
