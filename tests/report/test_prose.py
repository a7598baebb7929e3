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
    """Is an equation of any delimiters kept from being read as emphasis, lists or headings?"""
    page = parse(html(f"Let\n{tex}\nbe it."))
    assert squeezed(page.text) == squeezed(f"Let\n{tex}\nbe it.")
    assert page.all("em", "ul", "h4", "h5") == []
    assert [element.attributes.get("class") for element in page.all("span", "div")] == ["maths"]


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
