"""The page of a review through real HTTP: the queue, who may ask, two reviewers, and what a student wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from grader.gradebook.deciding import decisions
from grader.gradebook.reviewing import reviews
from grader.gradebook.store import gradebook
from tests.report.hostile import ATTACKS
from tests.report.markup import parse
from tests.review.classroom import MISTAKE, SAME, STATEMENT, Served, Student, grader, school, served

CLASS = (
    Student("ada"),
    Student("bob", "the forget gate decides how much of old state is kept"),
    Student("carol", "A forget gate decides how much of the old state is kept!", equation="h_t = W x_t"),
    Student("dan", "Another sentence that is near to it.", wrong="Every step has its own weights."),
    Student("eve", "The gates decide what is kept of the state.", "said", 0.5, status="error"),
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Served]]:
    folder = school(tmp_path_factory.mktemp("class") / "results", CLASS)
    with served(folder) as it:
        yield folder, it


@pytest.fixture
def client(page: tuple[Path, Served]) -> Iterator[httpx.Client]:
    with entered(page[1]) as made:
        yield made


@contextmanager
def entered(it: Served) -> Iterator[httpx.Client]:
    """A browser that has opened the address."""
    headers = {"Origin": it.address}
    with httpx.Client(base_url=it.address, headers=headers, follow_redirects=True, timeout=60) as made:
        assert made.get(it.entrance).status_code == 200
        yield made


def fields(html: str) -> dict[str, list[str]]:
    """What the form of a decision would send, all members taken."""
    form = html.partition('id="decide"')[2].partition("</form>")[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="(?:hidden|checkbox)" name="(\w+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    return found


def heading(html: str) -> str:
    return re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)[1]  # type: ignore[index]


def find(client: httpx.Client, wanted: str) -> str:
    """The first page of the queue about a statement."""
    html = client.get("/").text
    while wanted not in heading(html):
        following = re.search(r'href="([^"]*)" rel="next"', html)
        assert following, f"{wanted} is not in the queue"
        html = client.get(following[1]).text
    return html


def decide(client: httpx.Client, html: str, verdict: str, **more: object) -> httpx.Response:
    return client.post("/decide", data={**fields(html), "verdict": verdict, **more})


def standing(folder: Path) -> tuple[dict[tuple[str, str], tuple[int, str, str]], int]:
    """The overrides in the gradebook, and how many reviews stand."""
    with gradebook(folder) as book:
        given = {
            (key, each.check): (each.points, each.by, each.why)
            for key, found in decisions(book).items()
            for each in found.overrides
        }
        return given, len(reviews(book))


def test_only_whoever_has_the_secret_is_answered(page: tuple[Path, Served]):
    """Does nothing come without the secret, and does the cookie stay out of the reach of scripts and other sites?"""
    _, it = page
    for path in ("/", "/students", "/?key=wrong", "/static/review.js"):
        answer = httpx.get(f"{it.address}{path}")
        assert answer.status_code == 403
        assert STATEMENT not in answer.text
    cookie = httpx.get(it.entrance).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1.evil.example:1"])
def test_another_name_is_refused(page: tuple[Path, Served], client: httpx.Client, host: str):
    """Is a name that somebody leads to this machine no way in, even with the cookie?"""
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", None])
def test_another_origin_decides_nothing(page: tuple[Path, Served], client: httpx.Client, origin: str | None):
    """Is what another page sends refused, even with the cookie?"""
    html = client.get("/").text
    del client.headers["Origin"]
    headers = {} if origin is None else {"Origin": origin}
    before = standing(page[0])
    answer = client.post("/decide", data={**fields(html), "verdict": "agree"}, headers=headers)
    assert answer.status_code == 403
    assert client.post("/undo", data={"act": "x"}, headers=headers).status_code == 403
    assert standing(page[0]) == before


def test_a_policy_forbids_all_that_is_not_ours(client: httpx.Client):
    """Does every answer say what may run: our script, and nothing within the page?"""
    answer = client.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert " on" not in "".join(re.findall(r"<[^>]+>", answer.text)).replace(" once", "")
    assert re.findall(r"<script[^>]*>", answer.text) == ['<script src="/static/review.js" defer>']


def test_those_who_wrote_the_same_are_one_decision(page: tuple[Path, Served], client: httpx.Client):
    """Is a group decided at once, one of it taken out, and undone, with whose, when and why in the gradebook?"""
    folder, _ = page
    html = find(client, STATEMENT)
    members = fields(html)["member"]
    assert len(members) == 3
    assert "<mark>" in html
    answer = decide(client, html, "disagree", member=members[:2], said="It says so.")
    assert answer.status_code == 200
    given, count = standing(folder)
    assert count == 2
    assert len(given) == 2
    assert set(given.values()) == {(1, "prof", "looked at again, it earns 1 of 1. It says so.")}
    assert len(fields(find(client, STATEMENT))["member"]) == 1
    act = re.search(r'name="act" value="(\w+)"', client.get("/").text)
    assert act
    client.post("/undo", data={"act": act[1]})
    assert standing(folder) == ({}, 0)
    assert len(fields(find(client, STATEMENT))["member"]) == 3


def test_the_later_of_two_is_shown_what_the_other_decided(page: tuple[Path, Served]):
    """Does nobody overwrite what they have not seen, and may they after they have?"""
    folder, it = page
    with entered(it) as one, entered(it) as other:
        html = find(one, MISTAKE.split(".", maxsplit=1)[0])
        stale = find(other, MISTAKE.split(".", maxsplit=1)[0])
        assert decide(one, html, "agree", said="Read page 3.").status_code == 200
        answer = decide(other, stale, "disagree")
        assert answer.status_code == 409
        assert "agreed with the grader" in answer.text
        assert "Read page 3." in answer.text
        assert standing(folder)[0] == {}
        assert decide(other, answer.text, "disagree").status_code == 200
        assert standing(folder)[0]["dan", "q1.shared"][0] == 1


def test_an_override_of_the_command_line_is_not_overwritten_unseen(page: tuple[Path, Served], client: httpx.Client):
    """Does what somebody entered elsewhere count as seen only when it was shown?"""
    folder, _ = page
    html = find(client, "It computes")
    done = grader("override", "eve", "q1.computes", 2, "--why", "By hand.", "--by", "tutor", "--results", folder)
    assert done.returncode == 0, done.stderr
    answer = decide(client, html, "disagree", points=5)
    assert answer.status_code == 409
    assert "tutor gave 2 points" in answer.text
    assert standing(folder)[0]["eve", "q1.computes"][0] == 2


def test_names_are_hidden_until_they_are_asked_for(page: tuple[Path, Served], client: httpx.Client):
    """Does no page name a student, but where somebody wants it?"""
    pages = [client.get(path).text for path in ("/", "/students")]
    assert not any(re.search(rf"\b{each.name}\b", html) for html in pages for each in CLASS)
    shown = client.post("/names", data={"show": "1", "back": "/students"}).text
    assert all(re.search(rf"\b{each.name}\b", shown) for each in CLASS)
    away = client.post("/names", data={"show": "", "back": "//evil.example/"})
    assert away.url.host == "127.0.0.1"


def test_any_verdict_can_be_overruled(page: tuple[Path, Served], client: httpx.Client):
    """Can a verdict that nobody doubts be opened from its student, and decided in the same way?"""
    folder, _ = page
    client.post("/names", data={"show": "1", "back": "/students"})
    student = re.search(r'href="(/students/\w+)">ada<', client.get("/students").text)
    assert student
    verdict = re.search(r'href="([^"]+)">It computes', client.get(student[1]).text)
    assert verdict
    html = client.get(verdict[1]).text
    assert "layer" in html
    assert decide(client, html, "disagree", points="9").status_code == 400
    assert decide(client, html, "disagree", points="4").status_code == 200
    assert standing(folder)[0]["ada", "q1.computes"][0] == 4
    assert "4 by prof" in client.get(student[1]).text


def test_what_students_object_to_stands_in_the_queue(page: tuple[Path, Served], client: httpx.Client, tmp_path: Path):
    """Does a mail that began with the link in a report come to the queue once, with its text, until it is decided?"""
    folder, _ = page
    mail = tmp_path / "objection.eml"
    mail.write_text(
        "From: carol@example.org\nTo: prof@example.org\nSubject: I disagree: q1.shared\nContent-Type: text/plain\n\n"
        "Submission: carol\nCheck: q1.shared\n\nReason: <b>I said so</b> in the second line.\n"
    )
    first = grader("requests", "import", mail, "--results", folder, "--by", "prof")
    assert (first.returncode, first.stdout) == (0, "1 new request, 0 known already\n"), first.stderr
    assert grader("requests", "import", mail, "--results", folder).stdout == "0 new requests, 1 known already\n"
    html = find(client, "The same weights")
    assert "&lt;b&gt;I said so&lt;/b&gt; in the second line." in html
    assert len(fields(html)["member"]) == 1
    assert decide(client, html, "agree", said="Where?").status_code == 200
    assert "I said so" not in client.get("/").text
    (tmp_path / "none.txt").write_text("Dear professor")
    assert grader("requests", "import", tmp_path / "none.txt", "--results", folder).returncode == 2


def test_hostile_work_is_inert(tmp_path: Path):
    """Is everything of a student's text, in sentences, cells, equations and names of files?"""
    attack = "\n\n".join(ATTACKS.values())
    students = [
        Student("mallory", f"{text} which the gates decide", equation=text, code=text, status="error", wrong=text)
        for text in (attack,)
    ]
    folder = school(tmp_path / "results", students)
    with served(folder) as it, entered(it) as client:
        html, seen = client.get("/").text, 0
        while True:
            seen += 1
            elements = parse(html).elements
            assert [each.attributes.get("src") for each in elements if each.tag == "script"] == ["/static/review.js"]
            assert not [name for each in elements for name in each.attributes if name.startswith("on")]
            addresses = {each.attributes.get(name) or "" for each in elements for name in ("href", "src", "action")}
            assert {address[:1] for address in addresses} <= {"", "/", "d", "#"}
            assert not {"style", "iframe", "svg", "base"} & {each.tag for each in elements}
            following = re.search(r'href="([^"]*)" rel="next"', html)
            if not following:
                break
            html = client.get(following[1]).text
        assert seen >= 3


def test_a_taken_port_is_told(page: tuple[Path, Served]):
    """Does the command say what to change where somebody else has the port?"""
    folder, it = page
    done = grader("review", folder, "--no-browser", "--port", it.address.rpartition(":")[2])
    assert done.returncode == 2
    assert "choose another" in done.stderr


def test_the_sentence_is_marked_in_its_paragraph(client: httpx.Client):
    """Does the screen show the paragraph of the sentence, and not the rest of the cell?"""
    html = find(client, STATEMENT)
    assert SAME.rstrip(".").split(maxsplit=1)[1] in re.sub("</?mark>", "", html)
    assert "It reads a sequence." not in html
