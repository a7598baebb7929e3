"""index.html: the results of a folder in one table."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from grader.report.index import render_index, write_index
from grader.result.doubts import with_doubt
from grader.result.file import write as write_result
from grader.result.model import Result
from grader.result.names import BadRequest
from grader.statistics.alike import Alike
from tests.gradebook.classes import call_the_roll, row
from tests.report import large_class, samples
from tests.report.hostile import ATTACKS
from tests.report.markup import Node, parse
from tests.report.pages import squeezed, with_every_text

ELEMENTS = {
    *("html", "head", "meta", "link", "title", "style", "body", "main", "header", "nav", "section", "script"),
    *("h1", "h2", "h3", "p", "div", "span", "a", "wbr", "strong", "code", "sub", "abbr", "blockquote"),
    *("ol", "ul", "li", "dl", "dt", "dd", "details", "summary", "svg", "rect"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("button", "label", "input", "select", "option"),
}
"""All that the page consists of, whoever wrote the texts in it."""


def named(result: Result, name: str) -> Result:
    submission = result.submission.model_copy(update={"name": name})
    return result.model_copy(update={"submission": submission})


def page(*results: Result) -> Node:
    return parse(render_index((result.submission.name, result) for result in results))


def table(node: Node) -> Node:
    """The table of all submissions."""
    (found,) = [each for each in node.all("table") if each.attributes.get("class") == "submissions"]
    return found


def names(node: Node) -> list[str]:
    return [squeezed(cell.text) for cell in table(node).all("th") if cell.attributes.get("scope") == "row"]


@pytest.fixture
def unreadable() -> Result:
    return named(samples.without_grade("unreadable", "for a reason"), "carol")


def test_each_submission_has_a_row_with_its_points(result: Result) -> None:
    """Are name, total and the points of each question there, with a link to the report?"""
    made = table(page(named(result, "ada lovelace")))
    (link,) = [node for node in made.all("a") if node.attributes.get("href")]
    assert link.attributes["href"] == "ada%20lovelace/report.html"
    cells = [squeezed(cell.text) for cell in made.all("td")]
    assert cells[0] == str(result.score)
    assert [cell.split()[0] for cell in cells[1:11]] == [str(question.score) for question in result.questions]


def test_what_needs_a_person_comes_first(result: Result, unreadable: Result) -> None:
    """Do those without a grade stand first, then broken ones, then the lowest scores?"""
    full = samples.graded(questions=(samples.full(1, (1,)),))
    low = samples.graded(questions=(samples.missing(1),))
    made = page(named(full, "high"), named(result, "broken"), named(low, "low"), unreadable)
    assert names(made) == ["carol", "broken", "low", "high"]


def test_a_class_has_means(unreadable: Result) -> None:
    """Is the mean told of the points and of each question, over those with a grade, and left out for one alone?"""
    five, ten = samples.graded(questions=(samples.missing(1),)), samples.graded(questions=(samples.full(1, (1,)),))
    foot = table(page(named(five, "ada"), named(ten, "bob"), unreadable)).all("tfoot")
    half = (five.score + ten.score) / 2
    assert [squeezed(cell.text) for node in foot for cell in node.all("td")] == [
        "Mean",
        f"{half:.1f}",
        f"{half:.1f}",
        "",
        "",
    ]
    assert not page(named(ten, "bob"), unreadable).all("tfoot")


def test_what_was_earned_unseen_comes_before_what_is_doubtful(result: Result) -> None:
    """Does a flag of integrity stand before many flags, and many before one?"""
    many = samples.graded().model_copy(update={"flags": ("q1.a: look", "q2.b: look")})
    one = many.model_copy(update={"flags": ("q1.a: look",)})
    odd = many.model_copy(update={"flags": ("integrity: a patched module",)})
    made = page(named(one, "one"), named(many, "many"), named(odd, "odd"))
    assert names(made) == ["odd", "many", "one"]


def test_the_policy_allows_the_pages_own_script_alone(result: Result) -> None:
    """Is the hash in the policy that of the one script, and no other allowed?"""
    html = render_index([("a", result)])
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in html
    assert html.count("<script") == 1


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_no_text_is_more_than_text(result: Result, attack: str) -> None:
    """Do names, titles and reasons bring no element, attribute or address into the page?"""
    hostile = with_every_text(result, lambda text: attack)
    made = page(named(hostile, attack), named(samples.without_grade("failed", "for a reason"), attack))
    assert {node.tag for node in made.elements} <= ELEMENTS
    assert len(made.all("script")) == 1
    for node in made.elements:
        assert not [name for name in node.attributes if name.startswith("on")]
        if node.tag == "a":
            assert re.fullmatch(
                r"[\w.%~-]+/report\.html|#[a-z]+|similar\.html(#pair-\d+)?", str(node.attributes["href"]), re.ASCII
            )


def test_a_page_of_somebody_elses_is_left_alone(tmp_path: Path, result: Result) -> None:
    """Is an index.html that we have not written kept, and one that we have written anew?"""
    (tmp_path / "ada").mkdir()
    write_result(named(result, "ada"), tmp_path / "ada" / "result.json")
    write_index(tmp_path)
    write_index(tmp_path)
    (tmp_path / "index.html").write_text("<html>my own page</html>")
    with pytest.raises(BadRequest, match="was not written by the grader"):
        write_index(tmp_path)
    assert (tmp_path / "index.html").read_text() == "<html>my own page</html>"


def test_a_folder(tmp_path: Path, result: Result) -> None:
    """Are all results of a folder in it, and those that left none, and what cannot be read is left out?"""
    for name in ("ada", "bob", "torn"):
        (tmp_path / name).mkdir()
        write_result(named(result, name), tmp_path / name / "result.json")
    (tmp_path / "torn" / "result.json").write_text("{")
    write_index(tmp_path, [named(samples.without_grade("failed", "for a reason"), "lost"), named(result, "ada")])
    assert sorted(names(parse((tmp_path / "index.html").read_text()))) == ["ada", "bob", "lost"]


def test_the_most_doubtful_comes_first(result: Result) -> None:
    """Does one flag of great doubt stand before several of little, and are their reasons told, the largest first?"""
    calm = samples.graded(questions=(samples.full(1, (1,)),), flags=())
    little = calm.model_copy(update={"flags": tuple(with_doubt(f"q1.a: look {at}", 0.2) for at in range(3))})
    great = calm.model_copy(update={"flags": (with_doubt("q1.b: look", 0.3), with_doubt("q1.c: look", 0.6))})
    made = page(named(calm, "calm"), named(little, "little"), named(great, "great"))
    assert names(made) == ["great", "little", "calm"]
    (needing,) = [each for each in made.all("ol") if each.attributes.get("class") == "needing"]
    assert [squeezed(each.text).split()[0] for each in needing.all("p")] == ["great", "little"]
    assert squeezed(needing.all("ul")[0].text) == "q1.c: look (doubt 60%) q1.b: look (doubt 30%)"


def test_who_is_missing_and_who_is_alike(result: Result) -> None:
    """Are those named who handed in nothing, with the reason, and pairs, linked to the page on which they stand?"""
    alike = [Alike(("ada", "bob"), 0.93, 0.0)]
    html = render_index(
        [("ada", named(result, "ada")), ("bob", named(result, "bob"))], absent=[row("carol")], alike=alike
    )
    made = parse(html)
    (missing,) = [each for each in made.all("ul") if each.attributes.get("class") == "absent"]
    assert squeezed(missing.text) == "Carol nothing was handed in"
    (pair,) = [each for each in made.all("ul") if each.attributes.get("class") == "alike"]
    assert squeezed(pair.text) == "ada and bob 93 % of the code"
    assert "similar.html#pair-1" in html


def test_the_roll_beside_the_results_is_read(tmp_path: Path, result: Result) -> None:
    """Are names and missing students those of the roll, and is one that nobody can read no reason to have no page?"""
    (tmp_path / "s1").mkdir()
    write_result(named(result, "s1"), tmp_path / "s1" / "result.json")
    call_the_roll(tmp_path, [row("s1", "s1", person={"name": "Ada Lovelace"}), row("bob")])
    write_index(tmp_path)
    made = (tmp_path / "index.html").read_text()
    assert "Ada Lovelace" in made
    assert "Bob" in made
    (tmp_path / "roll.json").write_text("{")
    write_index(tmp_path)
    assert "Ada Lovelace" not in (tmp_path / "index.html").read_text()


def test_the_class_at_a_glance() -> None:
    """Does a class of 40 have its figures, what is missed, believed and left out, and a letter for each check?"""
    given = list(large_class.results(40))
    made = page(*given)
    assert {str(each.attributes.get("id")) for each in made.all("section")} >= {
        *("look", "points", "missed", "beliefs", "unsaid", "checks", "submissions")
    }
    (figures,) = [each for each in made.all("table") if each.attributes.get("class") == "questions"]
    assert len(figures.all("tr")) == 11
    graded = [each for each in given if each.status == "graded"]
    counts = [int(squeezed(each.text) or 0) for each in made.all("span") if each.attributes.get("class") == "count"]
    assert sum(counts) == len(graded)
    signs = [str(each.attributes["data-signs"]) for each in made.all("tr") if each.attributes.get("data-signs")]
    checks = sum(len(question.checks) for question in graded[0].questions)
    assert [len(each) for each in signs] == [checks] * len(graded)
    beliefs = next(each for each in made.all("section") if each.attributes.get("id") == "beliefs")
    assert not re.search(r"student-\d", beliefs.text)


def test_of_few_nothing_is_reckoned(result: Result) -> None:
    """Are there no means and no spreads of questions for three submissions, and is it said why?"""
    made = page(*(named(result, name) for name in "abc"))
    assert "fewer than 5" in made.text
    assert not [each for each in made.all("table") if each.attributes.get("class") == "questions"]
