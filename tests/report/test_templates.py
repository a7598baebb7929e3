"""Where the templates are found, and what they and their stylesheet promise."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from grader.files.shipped import CHECKOUT, PACKAGE
from grader.report.templates import environment, folder, spoken

BODY, LARGE = 4.5, 3.0
TEXTS = ("ink", "quiet", "link", "pass", "partial", "fail", "skipped", "error")
CODE = ("ink", "code-word", "code-text", "code-number", "code-name", "code-remark")


def made(path: Path) -> Path:
    path.mkdir(parents=True)
    (path / "page.html").write_text("x")
    return path


def test_an_installed_package_has_its_own(tmp_path: Path):
    """Are the templates of a wheel found inside the package, even if others lie beside it?"""
    inside = made(tmp_path / "grader" / "templates")
    made(tmp_path / "templates")
    assert folder(tmp_path / "grader") == inside


def test_a_checkout_has_them_beside_the_package(tmp_path: Path):
    """Are the templates of a checkout found at its top?"""
    beside = made(tmp_path / "templates")
    assert folder(tmp_path / "grader") == beside


def test_missing_templates_say_where_they_should_be(tmp_path: Path):
    """Does a broken installation say what to do?"""
    with pytest.raises(FileNotFoundError, match="install the grader again"):
        folder(tmp_path / "grader")


def test_the_wheel_takes_them_along():
    """Does the build put the folder where it is looked for?"""
    project = PACKAGE.parent / "pyproject.toml"
    if not project.exists():
        pytest.skip("not a checkout")
    wheel = tomllib.loads(project.read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"]["templates"] == "grader/templates"
    # What is looked for at the top of a checkout is looked for in the package as well.
    assert {inside: f"grader/{name}" for name, inside in CHECKOUT.items()}.items() <= wheel["force-include"].items()


def test_a_name_that_is_not_there_is_an_error():
    """Is a misspelt name in a template an error, and not an empty place?"""
    with pytest.raises(UndefinedError):
        environment().from_string("{{ scroe }}").render()


def test_everything_is_escaped():
    """Is escaping on, also for templates that are named otherwise?"""
    assert environment().from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("a `b` c", "a <code>b</code> c"),
        ("`<b>`", "<code>&lt;b&gt;</code>"),
        ("one ` alone <", "one ` alone &lt;"),
        ("``", "``"),
        ("`a`b`c`", "<code>a</code>b<code>c</code>"),
    ],
)
def test_names_in_messages_are_set_as_code(message: str, shown: str):
    """Is what stands between backticks code, and everything escaped?"""
    assert environment().from_string("{{ x | spoken }}").render(x=message) == shown


def schemes() -> dict[str, dict[str, str]]:
    """The colours of the three schemes; print, as dark does, changes some of the light ones."""
    css = (folder() / "report.css").read_text()
    light, dark, paper = (
        dict(re.findall(r"--([\w-]+): (#\w+)", block)) for block in re.findall(r":root \{(.*?)\}", css, re.S)
    )
    return {"light": light, "dark": light | dark, "print": light | paper}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2), 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_standard_says():
    """Do black on white and the best-known borderline grey give the ratios that the standard's tools give?"""
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize(("names", "ground"), [(TEXTS, "paper"), (CODE, "tint"), (("pass",), "paper")])
def test_text_can_be_read(scheme: str, names: tuple[str, ...], ground: str):
    """Has every colour of text the contrast that WCAG 2.2 AA asks for (1.4.3)?"""
    colours = schemes()[scheme]
    weak = {name: contrast(colours[name], colours[ground]) for name in names}
    assert {name: ratio for name, ratio in weak.items() if ratio < BODY} == {}


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_the_ring_can_be_seen(scheme: str):
    """Do the earned arcs stand out from the track and the paper (1.4.11)?"""
    colours = schemes()[scheme]
    assert contrast(colours["pass"], colours["track"]) >= LARGE
    assert contrast(colours["pass"], colours["paper"]) >= LARGE


def test_the_stylesheet_asks_for_nothing():
    """Does the stylesheet load no font, picture or other sheet?"""
    css = (folder() / "report.css").read_text()
    assert re.findall(r"url\(|@import|@font-face|http", css) == []


def test_every_class_of_a_template_is_styled_or_structural():
    """Is no class left in the templates that the stylesheets have forgotten?"""
    css = "".join(file.read_text() for file in folder().glob("*.css"))
    used = set()
    for file in folder().rglob("*.html"):
        for value in re.findall(r'class="([^"]*)"', file.read_text()):
            used |= set(re.sub(r"\{[{%].*?[%}]\}", " ", value).split())
    assert {name for name in used if f".{name}" not in css} == set()


@pytest.mark.parametrize(
    ("said", "html"),
    [
        ("σ(W_f [h_{t-1}, x_t] + b_f)", "σ(W<sub>f</sub> [h<sub>t−1</sub>, x<sub>t</sub>] + b<sub>f</sub>)"),
        ("f_t * C\u0303_t", "f<sub>t</sub> * C\u0303<sub>t</sub>"),
        ("x_train, my_x_t and h_{<b>} stay", "x_train, my_x_t and h<sub>&lt;b&gt;</sub> stay"),
        ("`h_t` is code, __init__ and a_{} too", "<code>h_t</code> is code, __init__ and a_{} too"),
    ],
)
def test_indices_of_symbols_are_set_low(said: str, html: str):
    """Does a message look like mathematics, and its code like code?"""
    assert str(spoken(said)) == html
