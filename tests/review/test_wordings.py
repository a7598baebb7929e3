"""What decisions teach: the same sentence is decided the same, others are not touched, and what changes is told."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpx
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.gradebook.reviewing import Review, Subject
from grader.language.prose import Coverage, cover
from grader.language.prose.decided_cover import DecidedCover
from grader.language.prose.wordings import Sentences, Wordings, WordingsUnreadable, read_wordings
from grader.pack.questions import Concept, Misconception
from grader.review.exporting import wordings
from tests.review.classroom import served
from tests.transcript.test_regrade import CODE, PACK, command, points

MEMORY = Concept("q1.memory", "It keeps a state.", (("keeps|remembers", "state|memory"),), "Say what it keeps.")
ORDER = Concept("q1.order", "It reads in order.", (("reads", "order"),), "Say how it reads.")
WEIGHTS = Misconception("q1.wrong-weights", (("every step", "own weights"),), "All share them.", against="q1.memory")
ODD = "What came before is carried along in it."
RIGHT = "It keeps the state of the network."


def read(prose: Sequence[str], **statements: Sentences) -> Coverage:
    decided = Wordings(assignment="a", statements={f"q1.{name}": each for name, each in statements.items()})
    return DecidedCover(cover, decided)(prose, [MEMORY, ORDER], [WEIGHTS])


def said(found: Coverage) -> dict[str, bool]:
    return {each.concept.id: each.earned for each in found.concepts}


def test_a_confirmed_sentence_counts():
    """Does a sentence that people called right earn its point, however it is set, and nobody is asked?"""
    assert said(cover([ODD], [MEMORY, ORDER], []))["q1.memory"] is False
    found = read([f"Well. {ODD.upper()}"], memory=Sentences(said=(ODD,)))
    assert said(found) == {"q1.memory": True, "q1.order": False}
    assert next(each for each in found.decisions if each.id == "q1.memory").doubt == 0


def test_a_refused_sentence_does_not_count_but_another_does():
    """Does a sentence that people refused earn nothing, and one beside it that says the same its point?"""
    refused = Sentences(not_said=(RIGHT,))
    assert said(cover([RIGHT], [MEMORY, ORDER], []))["q1.memory"]
    assert not said(read([RIGHT], memory=refused))["q1.memory"]
    assert said(read([f"{RIGHT} It remembers, in its memory, what it saw."], memory=refused))["q1.memory"]


def test_another_sentence_is_not_touched():
    """Is a sentence with one word more, or a denial, not the one that was decided?"""
    assert not said(read(["What came before is not carried along in it."], memory=Sentences(said=(ODD,))))["q1.memory"]
    assert said(read([RIGHT, "It keeps the old state."], memory=Sentences(not_said=(RIGHT,))))["q1.memory"]


def test_a_mistake_is_spared_or_found_as_people_said():
    """Is what people do not call a mistake not held against its author, and what they do is?"""
    wrong = "In it every step has its own weights."
    text = [RIGHT, wrong]
    assert not said(cover(text, [MEMORY, ORDER], [WEIGHTS]))["q1.memory"]
    assert said(read(text, **{"wrong-weights": Sentences(not_said=(wrong,))}))["q1.memory"]
    new = "Its steps share nothing at all."
    assert said(cover([RIGHT, new], [MEMORY, ORDER], [WEIGHTS]))["q1.memory"]
    found = read([RIGHT, new], **{"wrong-weights": Sentences(said=(new,))})
    assert not said(found)["q1.memory"]
    assert [each.sentence for each in found.misconceptions] == [new]


def test_a_long_sentence_is_known_by_its_beginning():
    """Is a sentence known again that is longer than what is quoted of it?"""
    long = f"What came before is carried along in it, {'and so is all that came before that, ' * 9}as we know."
    quoted = long[:299] + "…"
    assert said(read([long], memory=Sentences(said=(quoted,))))["q1.memory"]


def review(number: int, verdict: str, agreed: bool, sentence: str, subject: str = "q1.memory") -> Review:
    about = Subject(f"s{number}", "q1.memory", subject, verdict, sentence, "0" * 64, 0)
    return Review(number, about, "act", agreed, 0, "prof", datetime.now(UTC))


def test_what_is_exported():
    """Does each verdict tell what its sentence says, and a sentence about which people differ tell nothing?"""
    made = wordings(
        [
            review(1, "missing", False, ODD),
            review(2, "missing", False, ODD.lower()),
            review(3, "said", False, RIGHT),
            review(4, "missing", True, "It is a network of layers."),
            review(5, "missing", False, "It is a network of layers."),
            review(6, "accused", True, "Every step is another one.", "q1.wrong"),
            review(7, "fail", False, "h_t = tanh(x_t) + b"),
            review(8, "missing", False, "It remembers."),
        ],
        "lines",
    )
    assert {name: (each.said, each.not_said) for name, each in made.statements.items()} == {
        "q1.memory": ((ODD.lower(),), (RIGHT,)),
        "q1.wrong": (("Every step is another one.",), ()),
    }


def test_the_file_is_read_as_it_was_written(tmp_path: Path):
    """Has the file a line for each sentence, and is one that is none refused with a reason?"""
    made = Wordings(assignment="lines", statements={"q1.memory": Sentences(said=("b b b", "a a a"))})
    path = tmp_path / "wordings.json"
    path.write_text(made.to_json())
    assert set(read_wordings(path).statements["q1.memory"].said) == {"a a a", "b b b"}
    assert read_wordings(path).to_json() == made.to_json()
    assert '    "a a a",\n    "b b b"\n' in path.read_text()
    path.write_text('{"schema": "grader/wordings/v2", "assignment": "x"}')
    with pytest.raises(WordingsUnreadable, match=r"wordings\.json: schema"):
        read_wordings(path)


@pytest.mark.slow
def test_from_a_decision_to_the_next_class(tmp_path: Path):
    """Does a decision on the page become a supplement, of which is told what it changes, and which then decides?"""
    (tmp_path / PACK.name).write_text(PACK.read_text())
    (tmp_path / "handed_in").mkdir()
    text = "## 1. Linear regression\n\nLinear regression predicts a linear combination of its inputs."
    cells = [new_markdown_cell(text), new_code_cell(CODE)]
    nbformat.write(new_notebook(cells=cells), tmp_path / "handed_in" / "ada.ipynb")
    out, file = tmp_path / "out", tmp_path / "wordings.json"
    assert command(tmp_path, "grade", tmp_path / "handed_in" / "ada.ipynb", "--out", out, "-q").returncode == 0
    assert points(tmp_path)["q1.sum"] == 0
    with served(out) as it, httpx.Client(base_url=it.address, follow_redirects=True, timeout=60) as client:
        client.headers["Origin"] = it.address
        client.get(it.entrance)
        student = re.search(r'href="(/students/\w+)"', client.get("/students").text)
        assert student
        verdict = re.search(r'href="([^"]+)">It predicts', client.get(student[1]).text)
        assert verdict
        html = client.get(verdict[1]).text
        assert "<mark>" in html
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
        assert client.post("/decide", data={**fields, "verdict": "disagree"}).status_code == 200
    told = command(tmp_path, "review", out, "--export-wordings", file)
    assert told.returncode == 0, told.stderr
    assert "1 confirmed and 0 refused" in told.stdout
    assert "q1.sum: 1 earn more, 0 earn less" in told.stdout
    assert points(tmp_path)["q1.sum"] == 0, "nothing is adopted yet"
    assert command(tmp_path, "regrade", out, "--wordings", file).returncode == 0
    assert points(tmp_path) == {"q1.sum": 1, "q1.weights": 4, "q1.linear": 5}
    made = json.loads((out / "ada" / "result.json").read_text())
    assert made["environment"]["wordings"] == read_wordings(file).digest()
    assert [flag for flag in made["flags"] if "q1.sum" in flag] == []
    again = tmp_path / "again"
    graded = command(
        tmp_path, "grade", tmp_path / "handed_in" / "ada.ipynb", "--out", again, "-q", "--wordings", file
    )  # fmt: skip
    assert graded.returncode == 0, graded.stderr
    assert json.loads((again / "ada" / "result.json").read_text())["score"] == 10
