"""Markdown cells as the page shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report.prose import prose
from tests.report import samples
from tests.report.markup import parse
from tests.report.pages import squeezed


def html(source: str) -> str:
    return str(prose(source)[0])


def test_markdown_is_set():
    """Are emphasis, lists, code and tables what they are in Jupyter?"""
    page = parse(html("**a** *b* `c` ~~d~~\n\n- e\n\n| f |\n|---|\n| g |\n"))
    assert [element.tag for element in page.elements][:6] == ["p", "strong", "em", "code", "s", "ul"]
    assert page.all("td")[0].text == "g"


def test_html_is_shown_as_text():
    """Is raw HTML in Markdown shown, and not obeyed?"""
    assert html("a <b>c</b>") == "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"


def test_a_link_becomes_its_words_and_its_address():
    """Can one read where a link led to, without being able to follow it?"""
    page = parse(html("see [the paper](https://example.org/lstm) and <https://example.org/x>"))
    assert squeezed(page.text) == "see the paper (https://example.org/lstm) and https://example.org/x"
    assert page.all("a") == []


@pytest.mark.parametrize(
    ("levels", "expected"),
    [("#", "3"), ("##", "3"), ("# ## ###", "345"), ("## ## ##", "333"), ("# ### ##", "344"), ("### # ####", "334")],
)
def test_headings_go_below_those_of_the_page(levels: str, expected: str):
    """Do a student's headings start below the page's, equal ones equal, and no level left out?"""
    page = parse(html("\n\n".join(f"{level} x" for level in levels.split())))
    assert "".join(element.tag[1] for element in page.all("h1", "h2", "h3", "h4", "h5", "h6")) == expected


@pytest.mark.parametrize(
    "tex",
    [
        r"$h_{t-1} * W_x * x_t$",
        r"$$\begin{aligned} f_t &= \sigma(W_f * x_t) \\ i_t &= \sigma(W_i * x_t) \end{aligned}$$",
        r"\(a_b * c_d * e\)",
        r"\[ a_b * c_d * e < 1 \]",
        "$$\na_b\n= c_d\n- e * f * g\n$$",
        "\\begin{equation}\nc_t = f_t * c_{t-1} + i_t * g_t\n\\end{equation}",
    ],
)
def test_equations_are_kept_as_written(tex: str):
    """Is an equation of any delimiters kept from being read as emphasis, lists or headings, and its source with it?"""
    page = parse(html(f"Let\n{tex}\nbe it."))
    assert [squeezed(each.text) for each in page.all("annotation")] == [squeezed(tex)]
    assert len(page.all("math")) == 1
    assert page.all("em", "ul", "h4", "h5") == []


@pytest.mark.parametrize(
    "tex", [r"$\cancel{x}$", r"$x_{$", r"$\unheard{x}$", "$$a \\\\ b$$", "$" + "{" * 900 + "}" * 900 + "$"]
)
def test_equations_that_cannot_be_set_as_they_are_meant_stay_source(tex: str):
    """Is TeX shown as it was written where it is struck out, broken, unknown or too deep?"""
    page = parse(html(f"Let {tex} be it."))
    assert squeezed(page.text) == squeezed(f"Let {tex} be it.")
    assert page.all("math") == []
    assert [element.attributes.get("class") for element in page.all("span")] == ["maths"]


def test_equations_are_set():
    """Do fractions, indices and aligned rows stand as such, whatever environment they are in?"""
    page = parse(html("$\\frac{a}{b_t}$\n\n\\begin{align}a &= b \\\\ c &= d\\end{align}"))
    assert len(page.all("mfrac")) == 1
    assert len(page.all("msub")) == 1
    assert [table.attributes["class"] for table in page.all("mtable")] == ["aligned"]
    assert [squeezed(cell.text) for cell in page.all("mtd")] == ["a", "=b", "c", "=d"]


@pytest.mark.parametrize(
    "tex",
    [
        r"$\text{<script>alert(1)</script>}$",
        r"$\href{javascript:alert(1)}{x}$",
        r"$\style{color:red" + '" onload="x' + r"}{y}$",
        r"$\class{margin}{x}$",
        "$x</annotation></semantics></math><img src=x onerror=alert(1)>$",
    ],
)
def test_equations_load_and_run_nothing(tex: str):
    """Are scripts, addresses, styles and classes in TeX of no use?"""
    page = parse(html(tex))
    assert page.all("script", "img", "a") == []
    known = {"encoding", "stretchy", "class", "tabindex", "role", "aria-label"}
    assert {name for element in page.elements for name in element.attributes} <= known
    assert {element.attributes.get("class", "maths") for element in page.elements} <= {"maths", "tex scroll"}


def test_what_tex_hides_is_shown():
    """Is nothing white, and nothing a phantom?"""
    page = parse(html(r"$\color{white}{x} + \phantom{y}$"))
    assert [squeezed(each.text) for each in page.all("mi")] == ["x", "y"]
    assert page.all("mphantom") == []


@pytest.mark.parametrize(
    "tex",
    [r"$\text{&#xD800;}$", r"$\unicode{xD800}$", r"$\mbox{a&#xD800;}$", r"$\text{&#x202E;a}$", r"$\unicode{x202E}$"],
)
def test_characters_that_are_not_seen_stay_source(tex: str):
    """Does a formula that names half a character, or one that turns the direction of writing, stay as written?"""
    page = parse(html(tex))
    assert page.all("math") == []
    assert squeezed(page.text) == tex


@pytest.mark.parametrize(
    ("width", "kept"),
    [
        ("0.5em", "0.5em"),
        ("4em", "4em"),
        ("1cm", "1cm"),
        ("4.1em", None),
        ("99999em", None),
        ("9cm", None),
        ("-50em", None),
        ("+1em", None),
        ("50vw", None),
    ],
)
def test_space_is_small_and_moves_nothing_back(width: str, kept: str | None):
    """Is space as wide as it was wanted where that is little, and never less than none?"""
    (space,) = parse(html(rf"$a\hspace{{{width}}}b$")).all("mspace")
    assert space.attributes.get("width") == kept


@pytest.mark.parametrize("text", ["it costs $5 and *not* $6", "a $ b", r"\$5 *and* \$6", "`$x` *and* `y$`"])
def test_dollars_alone_are_no_equation(text: str):
    """Is money left alone?"""
    assert 'class="maths"' not in html(text)


@given(st.text("$\\[]()ab *_`\n{}begin", max_size=60))
def test_no_text_is_lost_or_loops(text: str):
    """Does everything that looks a little like an equation come to an end, with its letters kept?"""
    shown = parse(html(text)).text
    assert [c for c in shown if c in "$"] == [c for c in text if c in "$"]


def test_a_picture_of_the_cell_is_shown():
    """Is an attached picture shown if it is one, and named if not?"""
    attachments = {"a.png": {"image/png": samples.png(20, 10)}, "b.png": {"image/png": "aGFsbG8="}}
    body, _ = prose("![cell](attachment:a.png) ![b](attachment:b.png) ![c](https://example.org/c.png)", attachments)
    page = parse(str(body))
    (image,) = page.all("img")
    assert (image.attributes["alt"], image.attributes["width"], image.attributes["height"]) == ("cell", "20", "10")
    assert "[picture: b; not shown: it is not a PNG picture, though it says so]" in page.text
    assert "[picture: c; not shown: it is not in the notebook]" in page.text
