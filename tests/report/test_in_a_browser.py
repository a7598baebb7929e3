"""The pages as people use them, in a real browser: with axe, with the keyboard, in the dark, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.report.html import render as render_report
from grader.report.index import render_index
from grader.similarity.similar_page import Shown, render
from grader.similarity.winnowing import NONE
from grader.similarity.works import GRAINS
from grader.statistics.alike import Alike
from tests.gradebook.classes import row
from tests.report import large_class, samples
from tests.report.hostile import ATTACKS
from tests.report.pages import with_every_text
from tests.report.test_browser import hostile_page, wide_page
from tests.similarity.classes import assembled

pytest.importorskip("playwright", reason="playwright is not installed (pip install -e '.[test]')")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.report.browser import CHROMIUM, browsing

A4 = 688
"""Pixels that a page of A4 has between its margins."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = [pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"), pytest.mark.slow]


def report() -> str:
    return render_report(samples.graded(), samples.notebook())


def unfolded() -> str:
    return report().replace("<details", "<details open")


def wide() -> str:
    return wide_page().replace("<details", "<details open")


def ungraded() -> str:
    return render_report(samples.without_grade("unreadable", "notebook.ipynb is no notebook: its JSON ends in line 3."))


def folder() -> str:
    results = {
        "ada": samples.graded(),
        "bob": samples.graded(questions=(samples.full(1, (1,)),)),
        "carol": samples.without_grade("unreadable", "it is no notebook"),
    }
    return render_index(
        (name, result.model_copy(update={"submission": result.submission.model_copy(update={"name": name})}))
        for name, result in results.items()
    )


def large_folder() -> str:
    given = [(each.submission.name, each) for each in large_class.results(30)]
    alike = [Alike((given[0][0], given[1][0]), 0.9, 0.4)]
    return render_index(given, absent=[row("carol")], alike=alike).replace("<details", "<details open")


def pairs() -> str:
    own = list(assembled().values())
    alike = Alike(("ada", "bob"), 1.0, 0.9)
    none = dict.fromkeys(GRAINS, NONE)
    return render([Shown.of(alike, own[0], own[0], none)], [alike], 12)


PAGES = {
    "report": report,
    "unfolded": unfolded,
    "wide": wide,
    "without a grade": ungraded,
    "folder": folder,
    "class": large_folder,
    "pairs": pairs,
}
every_page = pytest.mark.parametrize("make", PAGES.values(), ids=PAGES)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a page from the file system; at the end nothing may have been said on the console, or asked for."""
    said: list[str] = []
    asked: list[str] = []
    contexts = []

    def open_page(html: str, **options: Any) -> Page:
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8")
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        assert asked == [path.as_uri()] or all(url.startswith("data:") for url in asked[1:])
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


@every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened: Callable[..., Page], make: Callable[[], str], scheme: str) -> None:
    """Does axe find no violation of WCAG 2.2 AA, nor of good practice, in light and dark?"""
    page = opened(make(), color_scheme=scheme)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
    problems = [
        f"{rule['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    assert problems == []
    assert len(found["passes"]) > 8


def test_axe_would_find_something(opened: Callable[..., Page]) -> None:
    """Does the test above see what is wrong with a page?"""
    page = opened(report().replace('lang="en"', "").replace("--quiet: #635c50", "--quiet: #bbb5aa"))
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
    assert {"html-has-lang", "color-contrast"} <= {rule["id"] for rule in found["violations"]}


def hostile_folder() -> str:
    """All attacks as the name of a submission, and as the reason why it has no grade."""
    attack = " ".join(ATTACKS.values())
    return render_index([(attack, with_every_text(samples.without_grade("failed", "it broke"), lambda _: attack))])


@pytest.mark.parametrize("policy", [True, False], ids=["as it is", "without its policy"])
@pytest.mark.parametrize("make", [hostile_page, hostile_folder], ids=["report", "folder"])
def test_nothing_runs_and_nothing_is_asked_for(
    browser: Browser, tmp_path: Path, make: Callable[[], str], policy: bool
) -> None:
    """Does no attack run or fetch anything, also where the pointer goes over it and folds are opened?"""
    html = make().replace("<details", "<details open")
    path = tmp_path / "page.html"
    path.write_text(html if policy else re.sub("<meta http-equiv[^>]*>", "", html), encoding="utf-8")
    page = browser.new_page()
    ran: list[str] = []
    asked: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: ran.append(str(error)))
    page.on("popup", lambda popup: ran.append(popup.url))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    for element in page.locator("body *").all()[:400]:
        box = element.bounding_box()
        if box:
            page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(200)
    assert len(ATTACKS) >= 30
    assert ran == []
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
    page.close()


def test_what_runs_would_be_seen(browser: Browser, tmp_path: Path) -> None:
    """Does the test above see a script that runs?"""
    page = browser.new_page()
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    path = tmp_path / "page.html"
    path.write_text("<p><img src=x onerror=alert(1)>", encoding="utf-8")
    page.goto(path.as_uri())
    page.wait_for_timeout(200)
    assert ran == ["1"]
    page.close()


@every_page
def test_the_keyboard_reaches_everything(opened: Callable[..., Page], make: Callable[[], str]) -> None:
    """Does the tabulator come to every link, fold, button and scrolling part, in the order of the page, and leave?"""
    page = opened(make())
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('a[href], summary, button, input, select, [tabindex="0"]')]
              .filter(e => e.checkVisibility() && !e.closest('details:not([open]) > :not(summary)'))
              .map((e, i) => (e.dataset.place = i))"""
    )
    reached = []
    for _ in wanted:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("() => document.activeElement.dataset.place"))
    assert reached == [str(place) for place in wanted]
    scrolling = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility()
                && /auto|scroll/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1
                && !(e.tabIndex >= 0) && !e.querySelector('a[href], button, [tabindex="0"]'))
                .map(e => e.outerHTML.slice(0, 200))"""
    )
    assert scrolling == []


def test_folds_open_with_the_keyboard(opened: Callable[..., Page]) -> None:
    """Does a fold open by its key, and show what is in it?"""
    page = opened(report())
    for fold, within in (("whole", "article"), ("more", "li"), ("passed", "li")):
        inside = "" if fold == "whole" else "main > article "
        found = page.locator(f"{inside}details.{fold}").first
        assert not found.locator(within).first.is_visible()
        found.locator("summary").first.focus()
        page.keyboard.press("Enter")
        assert found.locator(within).first.is_visible()


def test_the_folders_page_sorts(opened: Callable[..., Page]) -> None:
    """Does the table sort by name and by points, up and down, and say so to those who cannot see it?"""
    page = opened(folder())

    def order() -> list[str]:
        return [cell.inner_text().split()[0] for cell in page.locator(".submissions tbody th").all()]

    button = page.locator(".submissions thead button", has_text="Points")
    button.focus()
    page.keyboard.press("Enter")
    up = order()
    assert page.locator('th[aria-sort="ascending"]').count() == 1
    page.keyboard.press("Enter")
    assert page.locator('th[aria-sort="descending"]').count() == 1
    assert order() == up[::-1]
    assert {*up} == {"ada", "bob", "carol"}
    page.locator(".submissions thead button").first.click()
    assert order() in (["ada", "bob", "carol"], ["carol", "bob", "ada"])


def test_the_folders_page_is_searched(opened: Callable[..., Page]) -> None:
    """Are the rows left that have all words of what is typed, with their number, and all again without any?"""
    page = opened(folder())
    field = page.get_by_label("Search")

    def left() -> list[str]:
        return [cell.inner_text().split()[0] for cell in page.locator(".submissions tbody th:visible").all()]

    field.fill("notebook CAR")
    assert (left(), page.locator("[role=status]").inner_text()) == (["carol"], "1 of 3")
    field.fill("nobody")
    assert (left(), page.locator("[role=status]").inner_text()) == ([], "0 of 3")
    field.fill("")
    assert (sorted(left()), page.locator("[role=status]").inner_text()) == (["ada", "bob", "carol"], "")


def test_the_folders_page_is_filtered(opened: Callable[..., Page]) -> None:
    """Are the rows of one kind left, of these the ones that are searched for, and all where all are asked for?"""
    page = opened(folder())

    def left() -> list[str]:
        return [cell.inner_text().split()[0] for cell in page.locator(".submissions tbody th:visible").all()]

    page.get_by_label("Show").select_option("without a grade")
    assert (left(), page.locator("[role=status]").inner_text()) == (["carol"], "1 of 3")
    page.get_by_label("Search").fill("ada")
    assert left() == []
    page.get_by_label("Search").fill("")
    page.get_by_label("Show").select_option("all")
    assert len(left()) == 3


def test_checks_by_students_are_sorted_both_ways(opened: Callable[..., Page]) -> None:
    """Does the head of a column sort the students by a check, a name the checks by a student, with the keyboard?"""
    page = opened(large_folder())
    page.wait_for_selector(".grid")

    def column() -> list[str]:
        return [row.locator("[role=cell]").nth(1).inner_text() for row in page.locator(".grid .rows .row").all()]

    def first_row() -> list[str]:
        return page.locator(".grid .rows .row").first.locator("[role=cell]").all_inner_texts()

    order = {sign: at for at, sign in enumerate("✗◐–?·✓")}
    before = sorted(column(), key=order.__getitem__)
    assert {"✗", "✓"} <= {*before}
    page.locator(".grid .heads button").nth(1).focus()
    page.keyboard.press("Enter")
    assert page.locator('.grid [aria-sort="ascending"]').count() == 1
    assert column() == before[: len(column())]
    page.keyboard.press("Enter")
    assert page.locator('.grid [aria-sort="descending"]').count() == 1
    assert column()[0] == before[-1]
    own = sorted(first_row(), key=order.__getitem__)
    page.locator(".grid .rows .row button").first.focus()
    page.keyboard.press("Enter")
    assert first_row() == own


def test_only_what_is_seen_of_a_large_class_is_in_the_page(opened: Callable[..., Page]) -> None:
    """Are a few dozen rows of checks there, and others after scrolling, with the number of all told?"""
    page = opened(render_index((each.submission.name, each) for each in large_class.results(300)))
    page.locator(".heat summary").click()
    rows = page.locator(".grid .rows .row")
    assert rows.count() < 80
    assert int(page.locator(".grid").get_attribute("aria-rowcount") or 0) > 280
    before = rows.first.get_attribute("aria-rowindex")
    page.locator(".map").evaluate("map => { map.scrollTop = map.scrollHeight }")
    page.wait_for_function(
        "() => Number(document.querySelector('.grid .rows .row').getAttribute('aria-rowindex')) > 100"
    )
    assert rows.first.get_attribute("aria-rowindex") != before
    assert rows.count() < 80


def test_a_row_of_the_folders_page_is_a_card_on_a_phone(opened: Callable[..., Page]) -> None:
    """Are all questions of a submission on the screen, without scrolling sideways in the table either?"""
    page = opened(folder(), viewport={"width": 360, "height": 740})
    boxes = [cell.bounding_box() for cell in page.locator(".submissions tbody td[data-name]").all()]
    assert len(boxes) == len(samples.graded().questions) + 1
    assert all(box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes)


@every_page
def test_nothing_is_cut_off_on_paper(opened: Callable[..., Page], make: Callable[[], str]) -> None:
    """Does everything fit a sheet of A4, with nothing that a reader would have to scroll to?"""
    page = opened(make(), viewport={"width": A4, "height": 900})
    page.emulate_media(media="print")
    cut = page.evaluate(
        """() => [...document.querySelectorAll('body, body *')].filter(e => {
              const s = getComputedStyle(e);
              if (!e.checkVisibility() || e.closest('math, svg') || s.clipPath !== 'none') return false;
              const hides = s.overflowX !== 'visible' || s.overflowY !== 'visible' || e === document.body;
              return hides && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
            }).map(e => e.outerHTML.slice(0, 160))"""
    )
    assert cut == []
    assert page.pdf().startswith(b"%PDF")


@every_page
def test_a_narrow_screen_needs_no_sideways_scrolling(opened: Callable[..., Page], make: Callable[[], str]) -> None:
    """Is the page as wide as a phone of 360 pixels (WCAG 1.4.10), but for tables, which scroll by themselves?"""
    page = opened(make(), viewport={"width": 360, "height": 740})
    assert page.evaluate("() => document.documentElement.scrollWidth") == 360
