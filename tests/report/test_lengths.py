"""How long the reports of the sample submissions are, on a desk, on a phone and on paper; and what is seen first."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.kernel.pool import KernelPool
from grader.report.html import render
from grader.result.actions import actions
from grader.result.model import Result
from tests.grades import ROOT, graded

pytest.importorskip("playwright", reason="playwright is not installed (pip install -e '.[test]')")
pytest.importorskip("pypdf", reason="pypdf is not installed (pip install -e '.[test]')")
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.report.browser import CHROMIUM, browsing

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 640}
SCREENS = {"complete": (4, 6), "half_finished": (8, 14), "wrong_everywhere": (14, 24)}
"""So many screens at most, on a desk and on a phone."""
PAGES = {"complete": 2, "half_finished": 8}
pytestmark = [pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"), pytest.mark.slow]


@dataclass(frozen=True)
class Sample:
    """A sample submission with its report."""

    name: str
    result: Result
    file: Path


@pytest.fixture(scope="module", params=SCREENS)
def sample(request: pytest.FixtureRequest, pool: KernelPool, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Each of them, graded once."""
    (notebook,) = (ROOT / "submissions" / request.param).glob("*.ipynb")
    made = graded(notebook, pool)
    file = tmp_path_factory.mktemp(request.param) / "report.html"
    file.write_text(render(made.result, made.notebook), encoding="utf-8")
    return Sample(request.param, made.result, file)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found


def opened(browser: Browser, sample: Sample, viewport: dict[str, int]) -> Page:
    page = browser.new_page(viewport=viewport, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(sample.file.as_uri())
    return page


@pytest.mark.parametrize(("place", "viewport"), [(0, DESK), (1, PHONE)], ids=["desk", "phone"])
def test_a_report_is_no_longer_than_it_has_to_be(
    browser: Browser, sample: Sample, place: int, viewport: dict[str, int]
) -> None:
    """Does it fit its number of screens?"""
    page = opened(browser, sample, viewport)
    height = page.evaluate("() => document.documentElement.scrollHeight")
    assert height <= SCREENS[sample.name][place] * viewport["height"]
    page.close()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_first_screen_says_what_there_is_and_what_to_do(
    browser: Browser, sample: Sample, viewport: dict[str, int]
) -> None:
    """Are name, score, every question and every action on the first screen, none of them cut?"""
    page = opened(browser, sample, viewport)
    wanted = page.locator("h1, .score, .strip .points, .next h2, .next .what")
    assert wanted.count() == 3 + len(sample.result.questions) + len(actions(sample.result))
    for element in wanted.all():
        box = element.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] + box["height"] <= viewport["height"]
    page.close()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_no_number_is_broken(browser: Browser, sample: Sample, viewport: dict[str, int]) -> None:
    """Does each score and each gain stand on one line?"""
    page = opened(browser, sample, viewport)
    broken = page.evaluate(
        """() => [...document.querySelectorAll('.score, .points, .plus, .strip .number, .worth')]
              .filter(e => e.checkVisibility() && e.getClientRects().length === 1 &&
                           e.getBoundingClientRect().height > 1.9 * parseFloat(getComputedStyle(e).fontSize) + 40)
              .map(e => e.outerHTML)"""
    )
    lines = page.evaluate(
        """() => [...document.querySelectorAll('.score, .points, .plus, .strip .number, .worth')]
              .filter(e => getComputedStyle(e).whiteSpace !== 'nowrap').map(e => e.outerHTML)"""
    )
    assert (broken, lines) == ([], [])
    page.close()


def test_a_link_at_the_top_opens_what_is_folded(browser: Browser, sample: Sample) -> None:
    """Does the strip lead to each question, also to one that is folded away, and is there a way back?"""
    page = opened(browser, sample, DESK)
    for number in range(1, len(sample.result.questions) + 1):
        page.locator(f'.strip a[href="#question-{number}"]').click()
        assert page.locator(f"#question-{number}").is_visible()
    for link in page.locator(".up").all():
        link.click()
        assert page.evaluate("() => document.getElementById('top').getBoundingClientRect().top") >= 0
    page.close()


def test_on_paper_is_what_matters(browser: Browser, sample: Sample) -> None:
    """Does it print on few sheets, with the questions that lost points and none of the folded ones?"""
    page = opened(browser, sample, DESK)
    printed = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    assert len(printed.pages) <= PAGES.get(sample.name, len(printed.pages))
    text = " ".join(" ".join(sheet.extract_text() for sheet in printed.pages).split())
    assert f"{sample.result.score} of {sample.result.max_score}" in text
    for question in sample.result.questions:
        asked = " ".join((question.prompt or "").split())
        assert (asked in text) == (question.score < question.max_score), question.id
    page.close()
