"""report.html in a real browser, where there is one: nothing is fetched, and nothing runs off the side of a phone."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from grader.report.html import render
from tests.report import samples
from tests.report.hostile import ATTACKS
from tests.report.pages import with_every_text

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PHONE = 360
# The page itself can run nothing, so a page around it looks how wide it became.
FRAME = """<!doctype html><body style="margin:0"><iframe src="report.html" width="360" height="700" frameborder="0"
 onload="const d = this.contentDocument.documentElement;
 document.title = 'width ' + d.scrollWidth + ' of ' + d.clientWidth"></iframe>"""

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.slow,
]


@contextmanager
def served(files: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """The address of a server of these files, and the paths that were asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            content = files.get(self.path.lstrip("/"))
            self.send_response(200 if content is not None else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((content or "").encode())

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def opened(address: str, profile: Path) -> str:
    """The page as the browser has it after loading."""
    command = [
        str(CHROMIUM),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--hide-scrollbars",
    ]
    command += [f"--user-data-dir={profile}", "--window-size=800,900", "--timeout=8000", "--dump-dom", address]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def hostile_page() -> str:
    """All attacks at once, in every place, with addresses that would be asked for."""
    attack = " ".join(ATTACKS.values()).replace("https://evil.example", "/stolen").replace("//evil.example", "/stolen")
    outputs = [
        new_output("stream", name="stdout", text=attack),
        new_output("display_data", {"text/html": f'{attack}<img src="/stolen"><video src="/stolen"></video>'}),
    ]
    cells = [new_markdown_cell(attack), new_code_cell(attack, outputs=outputs)]
    result = samples.graded(questions=(samples.full(1, (0, 1)),))
    return render(with_every_text(result, lambda _: attack), new_notebook(cells=cells))


def wide_page() -> str:
    """Everything that has no place to break: names, titles, facts, code, output, tables, equations, pictures."""
    long = "supercalifragilistic" * 12
    table = "<table><tr>" + f"<td>{long}</td>" * 4 + "</tr></table>"
    cells = [
        new_markdown_cell(
            f"# {long}\n\n{long} `{long}` $${long}$$\n\n| {long} | b |\n|---|---|\n| c | {long} |\n\n    {long}"
        ),
        new_code_cell(
            f"{long} = 1",
            outputs=[
                new_output("stream", name="stdout", text=long),
                new_output("display_data", {"text/html": table}),
                new_output("display_data", {"image/png": samples.png(1600, 60)}),
                new_output("error", ename="ValueError", evalue=long, traceback=[]),
            ],
        ),
    ]
    result = samples.graded(questions=(samples.full(1, (0, 1)), samples.bptt(()), samples.peephole(())), flags=(long,))
    return render(with_every_text(result, lambda _: long), new_notebook(cells=cells))


@pytest.mark.parametrize("policy", [True, False], ids=["as it is", "without its policy"])
def test_the_browser_asks_for_the_page_alone(policy: bool, tmp_path: Path):
    """Does opening a page full of attacks make one request, even in a browser that knows no policies?"""
    html = hostile_page() if policy else re.sub("<meta http-equiv[^>]*>", "", hostile_page())
    with served({"report.html": html}) as (address, asked):
        dom = opened(f"{address}/report.html", tmp_path)
    assert "<h1>" in dom
    assert asked == ["/report.html"]


def test_a_request_would_be_seen(tmp_path: Path):
    """Does the test above see what a page asks for, and does the policy stop even what the page would ask for?"""
    leak = '<img src="/stolen">'
    stopped = hostile_page().replace("</body>", f"{leak}</body>")
    with served({"leaky.html": leak, "report.html": stopped}) as (address, asked):
        opened(f"{address}/leaky.html", tmp_path)
        assert "/stolen" in asked
        asked.clear()
        opened(f"{address}/report.html", tmp_path)
        assert asked == ["/report.html"]


@pytest.mark.parametrize(
    "make", [lambda: render(samples.graded(), samples.notebook()), wide_page], ids=["usual", "wide"]
)
def test_the_page_fits_a_phone(make, tmp_path: Path):
    """Is there nothing to scroll to sideways at a width of 360 pixels (WCAG 1.4.10)?"""
    unfolded = make().replace("<details", "<details open")
    with served({"report.html": unfolded, "frame.html": FRAME}) as (address, _):
        dom = opened(f"{address}/frame.html", tmp_path)
    assert f"<title>width {PHONE} of {PHONE}</title>" in dom
