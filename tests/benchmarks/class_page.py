"""How long the page of a class takes to make and to open, and how long it takes to find similar submissions.

    python -m tests.benchmarks.class_page [STUDENTS ...] [--similar]

Makes folders of so many results (1,000 and 5,000) at random. Prints seconds of making `index.html`, and of opening it
in Chromium, until all is laid out and painted, the median of five; then of searching, of sorting, and of showing the
checks by students. With `--similar` each result has an executed notebook beside it, made of the honest answers of the
corpora, so that a class of 1,000 has more in common than students have; the bound for 1,000 is a minute.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

from grader.report.index import write_index
from grader.similarity.of_folder import similar_in
from tests.report.browser import browsing
from tests.report.large_class import write_class
from tests.similarity.classes import assembled, whole

RUNS = 5
OPENED = """() => new Promise(done => requestAnimationFrame(() => setTimeout(() => {
  document.body.offsetHeight; done(performance.now()) })))"""
ACTIONS = {
    "searching": """() => { const field = document.querySelector('.search input'); field.value = '7';
                    field.dispatchEvent(new Event('input')) }""",
    "sorting": "() => document.querySelectorAll('.submissions thead button')[1].click()",
    "checks by students": "() => { document.querySelector('.heat').open = true }",
}


def shuffled(count: int) -> Iterator[list[tuple[bool, str]]]:
    """Notebooks, each of sentences and cells that were drawn from all, with words and names of its own."""
    rng = random.Random(1)
    cells = [cell for own in (*whole().values(), *assembled().values()) for cell in own if cell.text.strip()]
    for number in range(count):
        made = []
        for cell in rng.sample(cells, 25):
            words = cell.text.split(" ")
            for place in range(0, len(words), 9):
                words[place] = f"{words[place]}{rng.randrange(99)}" if words[place].isalpha() else words[place]
            made.append((cell.is_code, " ".join(words)))
        yield [*made, (False, f"This is the work of number {number}.")]


def timed(page: Page, action: str) -> float:
    """Milliseconds of an action, with the layout that it needs."""
    measured = "const before = performance.now(); (%s)(); document.body.offsetHeight; return performance.now() - before"
    return float(page.evaluate("() => { " + measured % action + " }"))


def opened(browser: Browser, address: str) -> tuple[Page, float, float]:
    """A page, the seconds until it was painted, and those of its thread, which no other program lengthens."""
    page = browser.new_page()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address)
    seconds = float(page.evaluate(OPENED)) / 1000
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return page, seconds, float(metrics["TaskDuration"])


def measure(root: Path, students: int, *, similar: bool) -> None:
    """Make, open, and print."""
    write_class(root, students, list(shuffled(students)) if similar else [])
    began = time.perf_counter()
    write_index(root)
    print(f"{students} submissions: page made in {time.perf_counter() - began:.1f} s", end=", ")
    print(f"{(root / 'index.html').stat().st_size / 1e6:.1f} MB", flush=True)
    if similar:
        for what in ("with similar ones", "once more"):
            began, used = time.perf_counter(), time.process_time()
            write_index(root, similar=similar_in)
            print(f"  {what} {time.perf_counter() - began:.1f} s, {time.process_time() - used:.1f} s of processor")
    with browsing() as browser:
        found = [opened(browser, (root / "index.html").as_uri()) for _ in range(RUNS)]
        wall, used = (statistics.median(column) for column in list(zip(*found, strict=True))[1:])
        print(f"  opened in {wall:.2f} s, {used:.2f} s of its thread", end="")
        for name, action in ACTIONS.items():
            print(f", {name} {timed(found[-1][0], action):.0f} ms", end="")
        print(flush=True)


def main() -> None:
    """Measure classes of the sizes that are given."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("students", type=int, nargs="*", default=[1_000, 5_000])
    asked.add_argument("--similar", action="store_true")
    given = asked.parse_args()
    for students in given.students:
        with tempfile.TemporaryDirectory() as home:
            measure(Path(home) / "class", students, similar=given.similar)
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")


if __name__ == "__main__":
    main()
