"""The queue of a class of 60 in a real browser, from the first decision to the last, by keyboard alone."""

from __future__ import annotations

import json
import re
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.gradebook.deciding import decisions
from grader.gradebook.reviewing import reviews
from grader.gradebook.store import gradebook
from tests.report.hostile import ATTACKS
from tests.review.classroom import SAME, Served, Student, grader, school, served

pytest.importorskip("playwright", reason="playwright is not installed (pip install -e '.[test]')")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.report.browser import CHROMIUM, browsing
from tests.report.test_in_a_browser import RULES

pytestmark = [pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"), pytest.mark.slow]

HOSTILE = " ".join(ATTACKS.values())
OWN = [Student(f"own-{n}", f"Sentence number {n} says what the gate keeps.", doubt=0.3 + n / 100) for n in range(20)]
ALIKE = [Student(f"same-{n}", SAME if n % 2 else SAME.lower(), equation="h_t = W x_t") for n in range(35)]
ODD = [
    Student("broken", "The gates decide.", "said", 0.5, status="error"),
    Student("wrong", "A sentence of its own that nobody else has.", wrong="Every step has its own weights."),
    Student("hostile", HOSTILE[:800], equation="<script>alert(1)</script>", code=HOSTILE, status="error"),
    Student("two-a", "Gates keep what is needed for long.", "said", 0.5),
    Student("two-b", "The gates keep what is needed for long", "said", 0.5),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found


def entered(browser: Browser, it: Served, **options: object) -> tuple[BrowserContext, Page, list[str]]:
    """A page on the queue, and what was asked for and said on the way."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    page, told = context.new_page(), list[str]()
    page.on("request", lambda each: told.append(each.url) if not each.url.startswith((it.address, "data:")) else None)
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(it.entrance)
    return context, page, told


def press(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def go_through(page: Page, most: int) -> Counter[str]:
    """Decide by keyboard: agree and disagree in turn; how often each, by the checks that it was about."""
    done: Counter[str] = Counter()
    for number in range(most):
        if page.title().startswith("Nothing is open"):
            break
        check = page.title().split(" ", maxsplit=1)[0]
        members = page.locator("input[name=member]").count()
        if number % 2:
            if page.locator("fieldset.points").count():
                page.keyboard.press("d")
            press(page, "Enter" if page.locator("fieldset.points").count() else "d")
            done[f"disagree {check}"] += members
        else:
            page.keyboard.press("c")
            page.keyboard.type(f"Seen, number {number}.")
            page.keyboard.press("Escape")
            press(page, "a")
            done[f"agree {check}"] += members
    return done


def test_a_queue_by_keyboard(browser: Browser, tmp_path: Path):
    """Is every decision in gradebook, report and export, though the server was killed in between?"""
    folder = school(tmp_path / "results", [*OWN, *ALIKE, *ODD])
    with served(folder) as it:
        context, page, told = entered(browser, it)
        total = int(page.locator("text=/of \\d+ open/").inner_text().split()[3])
        assert total < 45
        first = go_through(page, 7)
        press(page, "u")
        press(page, "a" if page.locator("fieldset.points").count() else "d")
        at = page.url
        it.kill()
        context.close()
    assert told == []
    with gradebook(folder) as book:
        kept = reviews(book)
    assert len({each.act for each in kept}) == 7
    with served(folder) as it:
        context, page, told = entered(browser, it)
        assert at.startswith("http://127.0.0.1")
        rest = go_through(page, 100)
        assert page.title().startswith("Nothing is open")
        context.close()
        it.process.send_signal(signal.SIGINT)
        assert it.process.wait(240) == 0
    assert told == []
    assert first
    assert rest
    with gradebook(folder) as book:
        stand, given = reviews(book), decisions(book)
    assert len({each.about.key for each in stand}) == len(stand)
    refused = [each for each in stand if not each.agreed]
    assert {(each.about.student, each.about.check) for each in refused} == {
        (key, override.check) for key, found in given.items() for override in found.overrides
    }
    for each in refused:
        report = (folder / each.about.student / "report.html").read_text()
        assert "looked at again" in report, each.about.student
    said = [comment.said for found in given.values() for comment in found.comments]
    assert any(text.startswith("Seen, number") for text in said)
    done = grader("gradebook", folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("decided by the instructor") == len({each.about.student for each in refused})
    out = tmp_path / "wordings.json"
    assert grader("review", folder, "--export-wordings", out).returncode == 0
    statements = json.loads(out.read_text())["statements"]
    sentences = [text for each in statements.values() for texts in each.values() for text in texts]
    assert len(sentences) >= 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, scheme: str, width: int):
    """Are all pages of a review sound for a screen reader, in both schemes, and no wider than a phone?"""
    folder = school(tmp_path / "results", [*ALIKE[:3], *ODD])
    with served(folder) as it:
        context, page, told = entered(
            browser, it, color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
        )
        pages = ["/", "/students"]
        page.goto(f"{it.address}/students")
        pages += [str(page.locator("main a").first.get_attribute("href"))]
        page.goto(f"{it.address}/")
        while page.locator("a[rel=next]").count():
            press(page, "j")
            pages.append(page.url.removeprefix(it.address))
        for path in pages:
            page.goto(f"{it.address}{path}")
            found = Axe().run(page, options={"runOnly": RULES})
            assert found.violations_count == 0, found.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        if width > 1000:
            page.goto(f"{it.address}/")
            page.keyboard.press("?")
            assert page.locator("#help").is_visible()
            assert Axe().run(page, options={"runOnly": RULES}).violations_count == 0
        assert told == []
        context.close()


def test_a_foreign_page_changes_nothing(browser: Browser, tmp_path: Path):
    """Does a site that is open in the same browser decide nothing, see nothing, and frame nothing?"""
    folder = school(tmp_path / "results", [Student("ada")])
    with served(folder) as it:
        context, page, _ = entered(browser, it)
        item = page.locator("input[name=member]").first.get_attribute("value")
        evil = context.new_page()
        evil.route("http://evil.example/**", lambda route: route.fulfill(body="<p>evil</p>", content_type="text/html"))
        evil.goto("http://evil.example/")
        evil.evaluate(
            """([address, item]) => fetch(address + "/decide", {method: "POST", mode: "no-cors", credentials: "include",
               body: new URLSearchParams({member: item, verdict: "agree", seen: "0-0"})}).catch(() => null)""",
            [it.address, item],
        )
        seen = evil.evaluate("(address) => fetch(address).then((r) => r.text()).catch(() => 'refused')", it.address)
        assert seen == "refused"
        evil.set_content(
            f'<form id="f" method="post" action="{it.address}/decide"><input name="member" value="{item}">'
            '<input name="verdict" value="agree"></form>'
        )
        with evil.expect_navigation():
            evil.evaluate("document.getElementById('f').submit()")
        assert re.search("elsewhere", evil.content())
        context.close()
    with gradebook(folder) as book:
        assert reviews(book) == []
